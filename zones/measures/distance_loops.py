"""Distance from polygons to the nearest of many straight segments, by the cells of a grid."""

from __future__ import annotations

import math

from zones.measures.features import Array
from zones.measures.loops import compiled, holds
from zones.measures.outlines import Grid, Outlines

__all__ = ["nearest_segments"]


@compiled
def nearest_segments(
    sites: Outlines, grid: Grid, limit: Array, low: int, high: int, metres: Array, found: Array
) -> None:
    """Distance from each site to its nearest segment, 0 where the site holds or meets it.

    Parameters
    ----------
    sites
        Sites.
    grid
        Segments by the cells of a grid.
    limit
        How far to look from each site, in metres.
    low, high
        Sites from ``low`` to before ``high`` are asked.
    metres, found
        Written for these sites: the distance, infinite where nothing is found, and the position of
        the segment, -1.
    """
    points, signs, start, box = sites.points, sites.signs, sites.start, sites.box
    segments, corner, size = grid.segments, grid.corner, grid.size
    cells, listed = grid.cells, grid.listed
    columns, rows = grid.shape
    for one in range(low, high):
        metres[one], found[one] = math.inf, -1
        if start[one] == start[one + 1]:
            continue
        west, south, east, north = box[one]
        i0 = math.floor((west - corner[0]) / size)
        i1 = math.floor((east - corner[0]) / size)
        j0 = math.floor((south - corner[1]) / size)
        j1 = math.floor((north - corner[1]) / size)
        # Rings of cells that lie outside the grid on every side are passed over.
        ring = max(0, i0 - columns + 1, -i1, j0 - rows + 1, -j1)
        best, which = limit[one], -1
        while True:
            for j in range(max(j0 - ring, 0), min(j1 + ring, rows - 1) + 1):
                is_side = ring == 0 or j == j0 - ring or j == j1 + ring
                step = 1 if is_side else max(i1 - i0 + 2 * ring, 1)
                for i in range(i0 - ring, i1 + ring + 1, step):
                    if i < 0 or i >= columns:
                        continue
                    for at in range(cells[j * columns + i], cells[j * columns + i + 1]):
                        segment = listed[at]
                        if segment == which:
                            continue
                        if _box_gap(segments[segment], west, south, east, north) > best:
                            continue
                        gap = _site_gap(
                            points, signs, start[one], start[one + 1] - 1, segments[segment]
                        )
                        if gap < best or (which < 0 and gap <= best):
                            best, which = gap, segment
            is_whole = i0 - ring <= 0 and i1 + ring >= columns - 1
            is_whole = is_whole and j0 - ring <= 0 and j1 + ring >= rows - 1
            if is_whole or ring * size > best:
                break
            ring += 1
        if which >= 0:
            metres[one], found[one] = best, which


@compiled
def _box_gap(segment: Array, west: float, south: float, east: float, north: float) -> float:
    """Distance from the box of a segment to a box."""
    across = max(min(segment[0], segment[2]) - east, west - max(segment[0], segment[2]), 0.0)
    along = max(min(segment[1], segment[3]) - north, south - max(segment[1], segment[3]), 0.0)
    return math.sqrt(across * across + along * along)


@compiled
def _site_gap(points: Array, signs: Array, first: int, last: int, segment: Array) -> float:
    """Distance from a site to a segment."""
    u0, v0, u1, v1 = segment[0], segment[1], segment[2], segment[3]
    if holds(points, signs, first, last, u0, v0):
        return 0.0
    is_point = u0 == u1 and v0 == v1
    best = math.inf
    for i in range(first, last):
        if signs[i] == 0:
            continue
        x0, y0, x1, y1 = points[i, 0], points[i, 1], points[i + 1, 0], points[i + 1, 1]
        best = min(best, _square_gap(u0, v0, x0, y0, x1, y1))
        if is_point:
            continue
        best = min(best, _square_gap(u1, v1, x0, y0, x1, y1), _square_gap(x0, y0, u0, v0, u1, v1))
        if _meet(x0, y0, x1, y1, u0, v0, u1, v1):
            return 0.0
    return math.sqrt(best)


@compiled
def _square_gap(x: float, y: float, x0: float, y0: float, x1: float, y1: float) -> float:
    """Square of the distance from a point to a segment."""
    across, along = x1 - x0, y1 - y0
    length = across * across + along * along
    part = 0.0
    if length > 0.0:
        part = min(max(((x - x0) * across + (y - y0) * along) / length, 0.0), 1.0)
    dx, dy = x0 + part * across - x, y0 + part * along - y
    return dx * dx + dy * dy


@compiled
def _meet(
    x0: float, y0: float, x1: float, y1: float, u0: float, v0: float, u1: float, v1: float
) -> bool:
    """Whether two segments cross."""
    a = (x1 - x0) * (v0 - y0) - (y1 - y0) * (u0 - x0)
    b = (x1 - x0) * (v1 - y0) - (y1 - y0) * (u1 - x0)
    c = (u1 - u0) * (y0 - v0) - (v1 - v0) * (x0 - u0)
    d = (u1 - u0) * (y1 - v0) - (v1 - v0) * (x1 - u0)
    return ((a > 0) != (b > 0)) and ((c > 0) != (d > 0))
