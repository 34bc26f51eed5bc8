"""What shapes share with features, and how far they are: for one shape or for a million.

A few shapes are asked of GEOS. Many go through compiled loops on flat arrays, in one thread per
core, because GEOS makes an object for every answer; where a distance is so small that only exact
predicates can tell a touch from a gap, GEOS is asked all the same. Both ways agree within
a millionth of a square metre and of a millimetre.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import numpy as np
import shapely

from zones.measures.features import Array, Features
from zones.measures.outlines import Grid, Outlines, grid_of, outlines_of

__all__ = ["FEW", "NOISE_M2", "Nearest", "Overlaps", "nearest_pieces", "shared_ground"]

NOISE_M2 = 0.01
"""Overlaps up to this area are numeric noise and count as none."""
FEW = 1000
"""Shapes that GEOS measures before the compiled loops would be loaded."""

_TOUCH_M = 1e-6
_CHUNK = 20_000


class Overlaps(NamedTuple):
    """Pairs of a shape and a feature that share ground."""

    site: Array
    """Positions of the shapes."""
    feature: Array
    """Positions of the features."""
    area_m2: Array
    """Area shared, above ``NOISE_M2``."""


class Nearest(NamedTuple):
    """Nearest feature of each shape."""

    distance_m: Array
    """Distance to it, infinite where there is none."""
    piece: Array
    """Position of its nearest piece, -1 where there is none."""


def shared_ground(
    shapes: Array,
    area_m2: Array,
    features: Features,
    *,
    outlines: Callable[[], Outlines] | None = None,
) -> Overlaps:
    """Every pair of a shape and a polygon that share more ground than noise.

    Parameters
    ----------
    shapes, area_m2
        Polygons in the work CRS, and their areas.
    features
        Polygons; those of many points are asked piece by piece.
    outlines
        Outlines of ``shapes``, where they are at hand; called only if they are needed.
    """
    if len(shapes) < FEW:
        site, feature = features.tree.query(shapes)
        polygons, grounds = features.shapes[feature], shapes[site]
        whole = shapely.covers(polygons, grounds)
        area = np.where(whole, area_m2[site], 0.0)
        cut = np.flatnonzero(~whole & shapely.intersects(polygons, grounds))
        if len(cut):
            area[cut] = _clipped_m2(shapes, features, site[cut], feature[cut])
    else:
        flat = outlines_of(shapes) if outlines is None else outlines()
        site, feature, area = _counted_m2(flat, shapes, area_m2, features)
    real = area > NOISE_M2
    return Overlaps(site[real], feature[real], area[real])


def nearest_pieces(
    shapes: Array,
    features: Features,
    *,
    limit_m: Array | None = None,
    outlines: Callable[[], Outlines] | None = None,
) -> Nearest:
    """Nearest piece of ``features`` to each shape, from edge to edge; 0 where they meet.

    Parameters
    ----------
    shapes
        Shapes in the work CRS.
    features
        Points or lines; polygons are asked of GEOS however many the shapes are.
    limit_m
        How far each shape need be looked from; what is farther may be found or not.
    outlines
        As in :func:`shared_ground`.
    """
    found = Nearest(np.full(len(shapes), np.inf), np.full(len(shapes), -1))
    asked = np.arange(len(shapes))
    if len(shapes) >= FEW:
        flat = outlines_of(shapes) if outlines is None else outlines()
        limit = np.full(len(shapes), np.inf) if limit_m is None else limit_m
        asked = _search(flat, features, limit, found)
    (place, piece), metres = features.piece_tree.query_nearest(
        shapes[asked], return_distance=True, all_matches=False
    )
    found.distance_m[asked[place]] = metres
    found.piece[asked[place]] = piece
    return found


def _clipped_m2(shapes: Array, features: Features, site: Array, feature: Array) -> Array:
    """Area of each pair that GEOS overlays, piece by piece where a polygon was cut."""
    if features.pieces is features.shapes:
        areas: Array = shapely.area(shapely.intersection(features.shapes[feature], shapes[site]))
        return areas
    asked = np.unique(site)
    at, piece = features.piece_tree.query(shapes[asked])
    parts = shapely.area(shapely.intersection(features.pieces[piece], shapes[asked[at]]))
    table = np.zeros((len(shapes), len(features.shapes)))
    np.add.at(table, (asked[at], features.owners[piece]), parts)
    found: Array = table[site, feature]
    return found


def _counted_m2(
    flat: Outlines, shapes: Array, area_m2: Array, features: Features
) -> tuple[Array, Array, Array]:
    """Shape, feature and area of each pair, by the compiled loops."""
    from zones.measures.area_loops import shared_areas  # noqa: PLC0415 - for many shapes only

    if "outlines" not in features.memo:
        features.memo["outlines"] = outlines_of(features.pieces)
    other: Outlines = features.memo["outlines"]
    site, piece = features.piece_tree.query(shapes)
    area = np.empty(len(site))

    def count(chunk: slice) -> None:
        shared_areas(flat, area_m2, other, site[chunk], piece[chunk], area[chunk])

    _in_threads(count, len(site))
    if features.pieces is features.shapes:
        return site, piece, area
    width = max(len(features.shapes), 1)
    keys, slot = np.unique(site * width + features.owners[piece], return_inverse=True)
    return keys // width, keys % width, np.bincount(slot, weights=area, minlength=len(keys))


def _search(flat: Outlines, features: Features, limit: Array, found: Nearest) -> Array:
    """Fill in distances by the compiled loops; the positions of the shapes left to GEOS."""
    from zones.measures.distance_loops import nearest_segments  # noqa: PLC0415 - the same

    if "grid" not in features.memo:
        features.memo["grid"] = grid_of(features)
    grid: Grid | None = features.memo["grid"]
    if grid is None:
        return np.arange(len(found.piece))

    def search(chunk: slice) -> None:
        nearest_segments(flat, grid, limit, chunk.start, chunk.stop, *found)

    _in_threads(search, len(found.piece))
    has_no_edge = np.diff(flat.start) == 0
    return np.flatnonzero((found.distance_m <= _TOUCH_M) | has_no_edge)


def _in_threads(work: Callable[[slice], None], count: int) -> None:
    """``work`` on every chunk of ``count`` entries, on all cores; it lets go of the interpreter."""
    chunks: Iterable[slice] = (
        slice(first, min(first + _CHUNK, count)) for first in range(0, count, _CHUNK)
    )
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        for _ in threads.map(work, chunks):
            pass
