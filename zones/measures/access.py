"""Access of places to a network of streets: where the straight way from a place meets its street.

A place reaches the network in a straight line to its nearest street, or to any other that is no
more than ``TIE_M`` farther, from the point or the corner of its boundary that makes the way
shortest.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import shapely

from zones.measures.features import Array, Features

__all__ = ["TIE_M", "Access", "access_of", "facing", "same_street"]

TIE_M = 1.0
"""Streets that are no more than this farther than the nearest give access too."""


class Access(NamedTuple):
    """Straight ways from places to the network; a place has as many as it has useful points."""

    place: Array
    """Position of the place."""
    edge: Array
    """Piece of street that is reached."""
    along_m: Array
    """Position on that piece, from its start."""
    off_m: Array
    """Length of the straight way to it."""
    start: Array
    """Coordinates of the point of the place where it begins, work CRS."""
    is_joined: Array
    """Whether the place's boundary runs straight from this point to that of the next way."""


def access_of(lines: Features, shapes: Array) -> Access:
    """Ways from ``shapes`` (points or polygons, work CRS) to ``lines``, streets of a network."""
    place, edge = _nearest_edges(lines, shapes)
    starts, pair, is_joined = _starts(shapes[place], lines.shapes[edge])
    return _ways_from(lines, place[pair], edge[pair], starts, is_joined)


def facing(lines: Features, origins: Access, targets: Access) -> Access:
    """``origins`` with the ways from the points of a boundary that face a target on its street."""
    way, target = same_street(origins, targets)
    joined = origins.is_joined[way]
    way, target = way[joined], target[joined]
    begin, span = origins.along_m[way], origins.along_m[(way + 1) % max(len(origins.edge), 1)]
    span = span - begin
    part = np.divide(targets.along_m[target] - begin, span, out=np.zeros(len(way)), where=span != 0)
    is_between = (part > 0) & (part < 1)
    way, part = way[is_between], part[is_between, np.newaxis]
    starts = (1 - part) * origins.start[way] + part * origins.start[way + 1]
    more = _ways_from(
        lines, origins.place[way], origins.edge[way], starts, np.zeros(len(way), dtype=bool)
    )
    return Access(*(np.concatenate(pair) for pair in zip(origins, more, strict=True)))


def same_street(origins: Access, targets: Access) -> tuple[Array, Array]:
    """Pairs of a way and a target on one piece of street; ``targets`` are sorted by piece."""
    first = np.searchsorted(targets.edge, origins.edge, side="left")
    number = np.searchsorted(targets.edge, origins.edge, side="right") - first
    way = np.repeat(np.arange(len(first)), number)
    rank = np.arange(len(way)) - np.repeat(np.cumsum(number) - number, number)
    return way, first[way] + rank


def _nearest_edges(lines: Features, shapes: Array) -> tuple[Array, Array]:
    """Pairs of a shape and a piece of street that gives it access."""
    tree, owners = lines.piece_tree, lines.owners
    (place, _), metres = tree.query_nearest(shapes, return_distance=True, all_matches=False)
    found, segment = tree.query(shapes[place], predicate="dwithin", distance=metres + TIE_M)
    width = max(len(lines.shapes), 1)
    pairs = np.unique(place[found] * width + owners[segment])
    return pairs // width, pairs % width


def _ways_from(
    lines: Features, place: Array, edge: Array, starts: Array, is_joined: Array
) -> Access:
    """Ways from points to the piece of street that each leads to."""
    points, reached = shapely.points(starts), lines.shapes[edge]
    along, off = shapely.line_locate_point(reached, points), shapely.distance(reached, points)
    return Access(place, edge, along, off, starts, is_joined)


def _starts(shapes: Array, lines: Array) -> tuple[Array, Array, Array]:
    """Points of shapes where a way to the line beside each may begin, whose, and how joined.

    The nearest point, and the corners: along a straight street no other makes a shorter way, but
    one that faces a target. Where the line crosses the shape, its points inside.
    """
    nearest = shapely.get_coordinates(shapely.shortest_line(shapes, lines))[::2]
    broad = np.flatnonzero(shapely.get_dimensions(shapes) > 0)
    crossed = broad[shapely.intersects(lines[broad], shapes[broad])]
    parts, part_of = shapely.get_parts(shapes[broad], return_index=True)
    rings, ring_of = shapely.get_rings(parts, return_index=True)
    inside = shapely.intersection(lines[crossed], shapes[crossed])
    cuts, cut_of = shapely.get_parts(inside, return_index=True)
    strings = np.concatenate([rings, cuts])
    whose = np.concatenate([broad[part_of[ring_of]], crossed[cut_of]])
    corners, string = shapely.get_coordinates(strings, return_index=True)
    is_joined = np.append(string[1:] == string[:-1], np.zeros(min(len(string), 1), dtype=bool))
    return (
        np.concatenate([nearest, corners]),
        np.concatenate([np.arange(len(shapes)), whose[string]]),
        np.concatenate([np.zeros(len(shapes), dtype=bool), is_joined]),
    )
