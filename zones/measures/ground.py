"""Sites on their layers: coverage, overlaps and nearest features, each computed once per call."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

import geopandas as gpd
import numpy as np
import shapely

from charters.facts import Facts
from geodata.layers import Layers
from zones.measures.bulk import FEW, NOISE_M2, Nearest, Overlaps, nearest_pieces, shared_ground
from zones.measures.features import Array, Features, Selection, coverage_of, features_of
from zones.measures.outlines import Outlines, outlines_of

__all__ = [
    "NOISE_M2",
    "Ground",
    "Nearest",
    "Overlaps",
    "covered",
    "edge_distance",
    "ground_of",
    "is_bounded",
    "nearest",
    "once",
    "overlaps",
    "overlaps_with",
    "selected",
    "shared_m2",
    "within",
]

_NUMERIC_M = 1e-6

_Once = TypeVar("_Once")


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """Sites and the layers they lie on."""

    sites: gpd.GeoDataFrame
    """Sites as :mod:`zones.sites` makes them, in the work CRS."""
    shapes: Array
    """Their geometries."""
    area_m2: Array
    """Their planar areas."""
    layers: Layers
    """Layers by id."""
    project: Facts = field(default_factory=dict)
    """What is to be built there, by ``project.<field>``; columns of length 1."""
    day: dt.date | None = None
    """Day that is judged."""
    memo: dict[Hashable, Any] = field(default_factory=dict)
    """What several measures ask, once it is known."""


def ground_of(sites: gpd.GeoDataFrame, layers: Layers) -> Ground:
    """Sites put on ``layers``."""
    shapes = sites.geometry.to_numpy()
    return Ground(sites, shapes, shapely.area(shapes), layers)


def selected(ground: Ground, selection: Selection) -> Features:
    """Features that ``selection`` names, on the layer of this ground."""
    return features_of(ground.layers[selection.layer], selection)


def covered(ground: Ground, layer: str) -> Array:
    """Whether each site lies within the coverage of ``layer``, but for numeric noise.

    A layer without coverage covers nothing.
    """
    key, area, _ = coverage_of(ground.layers[layer])
    outlines = functools.partial(_outlines, ground)
    return once(
        ground,
        ("covered", key),
        lambda: within(area, ground.shapes, ground.area_m2, outlines=outlines),
    )


def within(
    area: Features,
    shapes: Array,
    area_m2: Array,
    *,
    outlines: Callable[[], Outlines] | None = None,
) -> Array:
    """Whether each shape lies in ``area``, but for numeric noise."""
    pairs = shared_ground(shapes, area_m2, area, outlines=outlines)
    shared = np.bincount(pairs.site, weights=pairs.area_m2, minlength=len(shapes))
    inside: Array = shared >= area_m2 - NOISE_M2
    # Noise would say that a shape of no size lies anywhere.
    tiny = np.flatnonzero(~(area_m2 > NOISE_M2))
    inside[tiny] = False
    inside[tiny[area.tree.query(shapes[tiny], predicate="covered_by")[0]]] = True
    return inside


def edge_distance(ground: Ground, layer: str) -> Array:
    """Distance in metres from each site to the outline of the coverage of ``layer``."""
    key, _, outline = coverage_of(ground.layers[layer])
    return once(ground, ("edge", key), lambda: _nearest(ground, outline).distance_m)


def is_bounded(ground: Ground, layer: str, distance_m: Array) -> Array:
    """Whether the outline of the coverage of ``layer`` is as far from each site as ``distance_m``.

    Nothing that is found farther away tells the nearest feature: one beyond the coverage may be
    nearer. Never where nothing is found (an infinite distance).
    """
    if len(ground.shapes) < FEW:
        edge = edge_distance(ground, layer)
    else:  # a search that need not go far costs less than the distance itself, kept or not
        outline = coverage_of(ground.layers[layer]).outline
        edge = _nearest(ground, outline, limit_m=distance_m).distance_m
    bounded: Array = np.isfinite(distance_m) & (distance_m <= edge + _NUMERIC_M)
    return bounded


def nearest(ground: Ground, selection: Selection) -> Nearest:
    """Nearest selected feature of each site, measured from the site's edge (0 inside)."""
    features = selected(ground, selection)
    return once(ground, ("nearest", selection), lambda: _nearest(ground, features))


def overlaps(ground: Ground, selection: Selection) -> Overlaps:
    """Every pair of a site and a selected polygon that share more ground than noise."""
    return overlaps_with(ground, selected(ground, selection), key=selection)


def shared_m2(ground: Ground, pairs: Overlaps) -> Array:
    """Area in m² of each site in all of its pairs together; 0 without one."""
    shared: Array = np.bincount(pairs.site, weights=pairs.area_m2, minlength=len(ground.shapes))
    return shared


def overlaps_with(ground: Ground, features: Features, *, key: Hashable) -> Overlaps:
    """Every pair of a site and one of ``features`` that share more ground than noise."""
    return once(
        ground,
        ("overlaps", key),
        lambda: shared_ground(
            ground.shapes,
            ground.area_m2,
            features,
            outlines=functools.partial(_outlines, ground),
        ),
    )


def once(ground: Ground, key: Hashable, build: Callable[[], _Once]) -> _Once:
    """What ``build`` makes, made once on this ground."""
    if key not in ground.memo:
        ground.memo[key] = build()
    return cast("_Once", ground.memo[key])


def _nearest(ground: Ground, features: Features, *, limit_m: Array | None = None) -> Nearest:
    """Nearest piece of ``features`` to each site."""
    outlines = functools.partial(_outlines, ground)
    return nearest_pieces(ground.shapes, features, limit_m=limit_m, outlines=outlines)


def _outlines(ground: Ground) -> Outlines:
    """Outlines of the sites."""
    return once(ground, "outlines", lambda: outlines_of(ground.shapes))
