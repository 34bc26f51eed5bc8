"""Shapes as flat arrays of corners, and segments listed by the cells of a grid."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import shapely

from zones.measures.features import Array, Features

__all__ = ["Grid", "Outlines", "grid_of", "outlines_of"]

_LEAST_CELL_M = 1.0
_POLYGON = 2


class Outlines(NamedTuple):
    """Rings of polygons one after the other, in the order of the polygons."""

    points: Array
    """Corners in metres of the work CRS, shape (n, 2)."""
    signs: Array
    """1 where a corner and the next make an edge with the inside on its left, -1 on its right;
    0 where a ring ends."""
    start: Array
    """First corner of each polygon, and the number of corners."""
    box: Array
    """West, south, east, north of each polygon."""


class Grid(NamedTuple):
    """Segments by the square cells that their boxes touch."""

    segments: Array
    """x, y of both ends of each piece, shape (n, 4); a point is a segment without length."""
    corner: Array
    """Lower left of the grid."""
    size: float
    """Side of a cell in metres."""
    shape: tuple[int, int]
    """Columns and rows."""
    cells: Array
    """First entry of each cell in ``listed``, row by row, and the number of entries."""
    listed: Array
    """Segments of the cells, one after the other."""


def outlines_of(shapes: Array) -> Outlines:
    """Outlines of polygons and multipolygons; whatever has no ring has no corner."""
    owner, length, is_outer = _rings(shapes)
    points = shapely.get_coordinates(shapes[_is_polygon(shapes)])
    first = np.cumsum(length) - length
    moved = points - np.repeat(points[first], length, axis=0)
    cross = np.zeros(len(points))
    cross[:-1] = moved[:-1, 0] * moved[1:, 1] - moved[1:, 0] * moved[:-1, 1]
    last = first + length - 1
    cross[last] = 0.0
    turn = np.where(np.add.reduceat(cross, first) >= 0, 1, -1) if len(first) else first
    signs = np.repeat((turn * np.where(is_outer, 1, -1)).astype(np.int8), length)
    signs[last] = 0
    corners = np.bincount(owner, weights=length, minlength=len(shapes)).astype(np.int64)
    start = np.concatenate([[0], np.cumsum(corners)])
    return Outlines(points, signs, start, shapely.bounds(shapes).reshape(-1, 4))


def grid_of(features: Features) -> Grid | None:
    """Grid of the pieces of ``features``; None where one is neither a point nor straight."""
    counts = shapely.get_num_coordinates(features.pieces)
    if not len(counts) or np.any(counts > 2) or np.any(counts < 1):  # noqa: PLR2004 - two ends
        return None
    points = shapely.get_coordinates(features.pieces)
    first = np.cumsum(counts) - counts
    segments = np.hstack([points[first], points[first + counts - 1]])
    low = np.minimum(segments[:, :2], segments[:, 2:])
    high = np.maximum(segments[:, :2], segments[:, 2:])
    corner, reach = low.min(axis=0), np.ptp(np.vstack([low, high]), axis=0)
    spread = float(np.sqrt(max(reach[0], 1.0) * max(reach[1], 1.0) / len(segments)))
    size = max(spread, float(np.mean(high - low)), _LEAST_CELL_M)
    columns, rows = (int(each) for each in reach // size + 1)
    return Grid(
        segments,
        corner,
        size,
        (columns, rows),
        *_by_cell((low - corner) // size, (high - corner) // size, columns, rows),
    )


def _rings(shapes: Array) -> tuple[Array, Array, Array]:
    """Shape, number of points and kind (outer or hole) of every ring, in the order of points."""
    is_polygon = _is_polygon(shapes)
    is_plain = is_polygon & (shapely.get_num_geometries(shapes) == 1)
    is_plain &= shapely.get_num_interior_rings(shapes) == 0
    is_plain &= shapely.get_type_id(shapes) == shapely.GeometryType.POLYGON
    # Most sites are one ring: only the others are taken apart, for that makes objects.
    plain, other = np.flatnonzero(is_plain), np.flatnonzero(is_polygon & ~is_plain)
    parts, part_of = shapely.get_parts(shapes[other], return_index=True)
    real = ~shapely.is_empty(parts)
    parts, part_of = parts[real], part_of[real]
    rings, ring_of = shapely.get_rings(parts, return_index=True)
    is_outer = np.ones(len(plain) + len(rings), dtype=bool)
    is_outer[len(plain) + 1 :] = ring_of[1:] != ring_of[:-1]
    owner = np.concatenate([plain, other[part_of[ring_of]]])
    length = np.concatenate(
        [shapely.get_num_coordinates(shapes[plain]), shapely.get_num_coordinates(rings)]
    )
    order = np.argsort(owner, kind="stable")
    return owner[order], length[order], is_outer[order]


def _is_polygon(shapes: Array) -> Array:
    """Whether each shape has an inside."""
    found: Array = (shapely.get_dimensions(shapes) == _POLYGON) & ~shapely.is_empty(shapes)
    return found


def _by_cell(low: Array, high: Array, columns: int, rows: int) -> tuple[Array, Array]:
    """Segments of each cell, given the first and last column and row of each segment."""
    low, high = low.astype(np.int64), high.astype(np.int64)
    wide, tall = (high - low + 1).T
    segment = np.repeat(np.arange(len(low)), wide * tall)
    rank = np.arange(len(segment)) - np.repeat(np.cumsum(wide * tall) - wide * tall, wide * tall)
    column = low[segment, 0] + rank % wide[segment]
    row = low[segment, 1] + rank // wide[segment]
    cell = row * columns + column
    order = np.argsort(cell, kind="stable")
    cells = np.searchsorted(cell[order], np.arange(columns * rows + 1))
    return cells, segment[order]
