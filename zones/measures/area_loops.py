"""Area that two polygons share, as a sum over pairs of edges; no shape is made.

The ground under an edge, down to a base line, counts with the sign of its direction; what two
polygons share is the signed sum of what the grounds under their edges share. Every term varies
continuously with every coordinate, so that edges that coincide need no special case.
"""

from __future__ import annotations

from typing import TypeAlias

from zones.measures.features import Array
from zones.measures.loops import compiled, holds
from zones.measures.outlines import Outlines

__all__ = ["shared_areas"]

Edge: TypeAlias = tuple[float, float, float, float]
"""x, y of both ends."""


@compiled
def shared_areas(
    sites: Outlines, areas: Array, pieces: Outlines, site: Array, piece: Array, shared: Array
) -> None:
    """Area in m² that each pair of a site and a piece shares, written to ``shared``.

    Parameters
    ----------
    sites, areas
        Sites and their areas.
    pieces
        Pieces of other polygons.
    site, piece
        Positions of the pairs.
    shared
        One entry per pair.
    """
    points, signs, start = sites.points, sites.signs, sites.start
    other, other_signs = pieces.points, pieces.signs
    for pair in range(len(site)):
        one, two = site[pair], piece[pair]
        west, south, east, north = sites.box[one]
        first, last = pieces.start[two], pieces.start[two + 1] - 1
        if not _passes(other, other_signs, first, last, west, south, east, north):
            middle_x, middle_y = (west + east) / 2, (south + north) / 2
            inside = holds(other, other_signs, first, last, middle_x, middle_y)
            shared[pair] = areas[one] if inside else 0.0
            continue
        total = 0.0
        for j in range(first, last):
            if other_signs[j] == 0:
                continue
            u0, v0 = other[j, 0] - west, other[j, 1] - south
            u1, v1 = other[j + 1, 0] - west, other[j + 1, 1] - south
            if v0 <= 0.0 and v1 <= 0.0:
                continue
            way = -other_signs[j]
            if u0 > u1:
                u0, v0, u1, v1, way = u1, v1, u0, v0, -way
            if u1 <= 0.0 or u0 >= east - west:
                continue
            for i in range(start[one], start[one + 1] - 1):
                if signs[i] == 0:
                    continue
                x0, y0 = points[i, 0] - west, points[i, 1] - south
                x1, y1 = points[i + 1, 0] - west, points[i + 1, 1] - south
                sign = -signs[i] * way
                if x0 > x1:
                    x0, y0, x1, y1, sign = x1, y1, x0, y0, -sign
                low, high = max(x0, u0), min(x1, u1)
                if low < high:
                    total += sign * _under_both((x0, y0, x1, y1), (u0, v0, u1, v1), low, high)
        shared[pair] = min(max(total, 0.0), areas[one])


@compiled
def _passes(
    points: Array,
    signs: Array,
    first: int,
    last: int,
    west: float,
    south: float,
    east: float,
    north: float,
) -> bool:
    """Whether the box of an edge meets the inside of a box."""
    for j in range(first, last):
        if signs[j] != 0:
            x0, y0, x1, y1 = points[j, 0], points[j, 1], points[j + 1, 0], points[j + 1, 1]
            if (
                max(x0, x1) > west and min(x0, x1) < east
                and max(y0, y1) > south and min(y0, y1) < north
            ):  # fmt: skip
                return True
    return False


@compiled
def _under_both(one: Edge, two: Edge, low: float, high: float) -> float:
    """Area above 0 and under two straight lines, between two abscissas."""
    x0, y0, x1, y1 = one
    u0, v0, u1, v1 = two
    slope, other = (y1 - y0) / (x1 - x0), (v1 - v0) / (u1 - u0)
    a_low, a_high = y0 + slope * (low - x0), y0 + slope * (high - x0)
    b_low, b_high = v0 + other * (low - u0), v0 + other * (high - u0)
    gap_low, gap_high = a_low - b_low, a_high - b_high
    width = high - low
    if gap_low * gap_high >= 0.0:
        return _above_zero(min(a_low, b_low), min(a_high, b_high), width)
    part = gap_low / (gap_low - gap_high)
    middle = a_low + part * (a_high - a_low)
    return _above_zero(min(a_low, b_low), middle, part * width) + _above_zero(
        middle, min(a_high, b_high), (1.0 - part) * width
    )


@compiled
def _above_zero(left: float, right: float, width: float) -> float:
    """Area between 0 and the positive part of a straight line."""
    if left >= 0.0 and right >= 0.0:
        return (left + right) / 2 * width
    if left <= 0.0 and right <= 0.0:
        return 0.0
    most = max(left, right)
    return most * most / (abs(left) + abs(right)) / 2 * width
