"""Length of a site's edge along the lines that the local plan protects for shops.

An edge counts where it lies beside a protected line, no farther than 3 m, and runs along it, within
45° of its direction. So the sides that go back from the street do not count, nor does an edge past
the end of the line.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import shapely

from charters.facts import Missing
from charters.vocabulary import site_measures
from zones.measures.features import Array, Features, Selection, features_of, kept, label, ready
from zones.measures.ground import Ground
from zones.measures.registry import Drawn, Reading, measure, missing_where

__all__ = ["FRONTAGE_REACH_M", "protected_frontage_m"]

FRONTAGE_REACH_M = 3.0
"""How far from the line an edge may lie."""

_PROTECTED = Selection("plu_prescriptions", "typepsc", ("22",))
_LINE = 1
_LEAST_COSINE = np.cos(np.radians(45.0))


class _Band(NamedTuple):
    """Protected lines and the ground beside them."""

    lines: Features
    """Straight segments of the lines."""
    ground: Features
    """Ground within reach, cut square at the ends of the lines."""


class _Frontage(NamedTuple):
    """Pieces of edge that count."""

    site: Array
    """Position of the site of each piece."""
    line: Array
    """Pieces."""
    near: Array
    """Positions of the sites that a protected line passes within reach, tolerance included."""


def _show(ground: Ground, threshold: float | None) -> Drawn:  # noqa: ARG001 - one signature
    """Edges that count, and the protected lines beside them."""
    features = features_of(ground.layers[_PROTECTED.layer], _PROTECTED)
    beside = shapely.dwithin(features.shapes, ground.shapes[0], FRONTAGE_REACH_M)
    beside &= shapely.get_dimensions(features.shapes) == _LINE
    targets = np.flatnonzero(beside).tolist()
    lines = _frontages(ground).line
    return [("target", label(features, each), features.shapes[each]) for each in targets] + [
        ("frontage", "", each) for each in lines
    ]


@measure(show=_show)
def protected_frontage_m(ground: Ground) -> Reading:
    """Length in metres of the site's edge along a protected shopping line.

    Certain (0) where no protected line passes within reach of the site, tolerance included.
    """
    found = _frontages(ground)
    count = len(ground.shapes)
    length = np.bincount(found.site, weights=shapely.length(found.line), minlength=count)
    certain = np.ones(count, dtype=bool)
    certain[found.near] = False
    return Reading(length, missing_where(np.isnan(ground.area_m2), Missing.UNDEFINED), certain)


def _frontages(ground: Ground) -> _Frontage:
    """Edges beside a protected line and along it, of the few sites that one passes."""
    layer = ground.layers[_PROTECTED.layer]
    band = kept(layer, "protected band", lambda: _band(features_of(layer, _PROTECTED)))
    reach = FRONTAGE_REACH_M + site_measures()["protected_frontage_m"].tolerance
    near = np.unique(band.lines.tree.query(ground.shapes, predicate="dwithin", distance=reach)[0])
    edges = ready(shapely.boundary(ground.shapes[near]))
    along = _runs_along(edges.pieces, band.lines)
    pieces, owners = edges.pieces[along], edges.owners[along]
    at, part = band.ground.tree.query(pieces, predicate="intersects")
    lines = shapely.intersection(pieces[at], band.ground.shapes[part])
    real = shapely.length(lines) > 0
    return _Frontage(near[owners[at[real]]], lines[real], near)


def _band(features: Features) -> _Band:
    """Segments of the protected lines, and the ground beside them."""
    lines = features.shapes[shapely.get_dimensions(features.shapes) == _LINE]
    merged = shapely.line_merge(shapely.union_all(lines))
    beside = shapely.buffer(merged, FRONTAGE_REACH_M, cap_style="flat")
    segments = ready(shapely.get_parts(merged)).pieces
    return _Band(ready(segments), ready(shapely.get_parts(beside)))


def _runs_along(edges: Array, lines: Features) -> Array:
    """Whether each straight edge has, within reach, a line segment of nearly its direction."""
    edge, line = lines.tree.query(edges, predicate="dwithin", distance=FRONTAGE_REACH_M)
    cosine = np.abs(np.sum(_directions(edges[edge]) * _directions(lines.shapes[line]), axis=1))
    along = np.zeros(len(edges), dtype=bool)
    along[edge[cosine >= _LEAST_COSINE]] = True
    return along


def _directions(segments: Array) -> Array:
    """Unit vectors of two-point lines; zero for a segment without length."""
    ends = shapely.get_coordinates(segments).reshape(-1, 2, 2)
    step = ends[:, 1] - ends[:, 0]
    length = np.hypot(step[:, 0], step[:, 1])[:, np.newaxis]
    unit: Array = np.divide(step, length, out=np.zeros_like(step), where=length > 0)
    return unit
