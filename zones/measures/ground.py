"""Sites on their layers: coverage, overlaps and nearest features, each computed once per call."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeVar, cast

import geopandas as gpd
import numpy as np
import shapely

from charters.facts import Facts
from geodata.layers import Layers
from zones.measures.features import Array, Features, Selection, coverage_of, features_of

__all__ = [
    "NOISE_M2",
    "Ground",
    "Nearest",
    "Overlaps",
    "covered",
    "edge_distance",
    "ground_of",
    "nearest",
    "once",
    "overlaps",
    "overlaps_with",
    "selected",
    "within",
]

NOISE_M2 = 0.01
"""Overlaps up to this area are numeric noise and count as none."""

_Once = TypeVar("_Once")


class Overlaps(NamedTuple):
    """Pairs of a site and a feature that share ground."""

    site: Array
    """Positions of the sites."""
    feature: Array
    """Positions of the features."""
    area_m2: Array
    """Area shared, above ``NOISE_M2``."""


class Nearest(NamedTuple):
    """Nearest feature of each site."""

    distance_m: Array
    """Distance to it, infinite where there is none."""
    piece: Array
    """Position of its nearest piece, -1 where there is none."""


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
    return once(ground, ("covered", key), lambda: within(area, ground.shapes, ground.area_m2))


def within(area: Features, shapes: Array, shape_area_m2: Array) -> Array:
    """Whether each shape lies in ``area``; overlays only where its outline crosses a shape."""
    inside = np.zeros(len(shapes), dtype=bool)
    shape, part = area.tree.query(shapes)
    inside[shape[shapely.covers(area.shapes[part], shapes[shape])]] = True
    shape = shape[~inside[shape]]
    if len(shape):
        unsure = np.unique(shape)
        pairs = _overlaps(shapes[unsure], shape_area_m2[unsure], area)
        shared = np.bincount(pairs.site, weights=pairs.area_m2, minlength=len(unsure))
        inside[unsure] = shared >= shape_area_m2[unsure] - NOISE_M2
    return inside


def edge_distance(ground: Ground, layer: str) -> Array:
    """Distance in metres from each site to the outline of the coverage of ``layer``."""
    key, _, outline = coverage_of(ground.layers[layer])
    return once(ground, ("edge", key), lambda: _nearest(ground.shapes, outline).distance_m)


def nearest(ground: Ground, selection: Selection) -> Nearest:
    """Nearest selected feature of each site, measured from the site's edge (0 inside)."""
    features = selected(ground, selection)
    return once(ground, ("nearest", selection), lambda: _nearest(ground.shapes, features))


def overlaps(ground: Ground, selection: Selection) -> Overlaps:
    """Every pair of a site and a selected polygon that share more ground than noise."""
    return overlaps_with(ground, selected(ground, selection), key=selection)


def overlaps_with(ground: Ground, features: Features, *, key: Hashable) -> Overlaps:
    """Every pair of a site and one of ``features`` that share more ground than noise."""
    return once(
        ground,
        ("overlaps", key),
        lambda: _overlaps(ground.shapes, ground.area_m2, features),
    )


def once(ground: Ground, key: Hashable, build: Callable[[], _Once]) -> _Once:
    """What ``build`` makes, made once on this ground."""
    if key not in ground.memo:
        ground.memo[key] = build()
    return cast("_Once", ground.memo[key])


def _nearest(shapes: Array, features: Features) -> Nearest:
    """Nearest piece of ``features`` to each shape."""
    distance = np.full(len(shapes), np.inf)
    piece = np.full(len(shapes), -1)
    (site, found), metres = features.piece_tree.query_nearest(
        shapes, return_distance=True, all_matches=False
    )
    distance[site] = metres
    piece[site] = found
    return Nearest(distance, piece)


def _overlaps(shapes: Array, areas: Array, features: Features) -> Overlaps:
    """Shared areas: the whole site where a polygon covers it, an overlay only where it is cut."""
    site, feature = features.tree.query(shapes)
    polygons, grounds = features.shapes[feature], shapes[site]
    whole = shapely.covers(polygons, grounds)
    area = np.where(whole, areas[site], 0.0)
    cut = np.flatnonzero(~whole & shapely.intersects(polygons, grounds))
    if features.pieces is features.shapes:
        area[cut] = shapely.area(shapely.intersection(polygons[cut], grounds[cut]))
    elif len(cut):
        area[cut] = _pieced_areas(shapes, features, site[cut], feature[cut])
    real = area > NOISE_M2
    return Overlaps(site[real], feature[real], area[real])


def _pieced_areas(shapes: Array, features: Features, site: Array, feature: Array) -> Array:
    """Areas shared by pairs of a site and a polygon, added up over the polygon's pieces."""
    asked = np.unique(site)
    at, piece = features.piece_tree.query(shapes[asked])
    width = len(features.shapes)
    wanted = site * width + feature
    order = np.argsort(wanted)
    found = asked[at] * width + features.owners[piece]
    slot = np.searchsorted(wanted[order], found).clip(max=len(order) - 1)
    hit = wanted[order][slot] == found
    parts = shapely.area(shapely.intersection(features.pieces[piece[hit]], shapes[asked[at[hit]]]))
    areas = np.empty(len(site))
    areas[order] = np.bincount(slot[hit], weights=parts, minlength=len(order))
    return areas
