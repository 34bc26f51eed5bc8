"""Layers become the compact drawing of the map: geometry, ids, class words and feature names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geodata.crs import to_web
from geodata.layers import Layer, Layers

__all__ = ["drawing"]

Drawing: TypeAlias = dict[str, Any]

_DECIMALS = 6
"""Decimals of a degree kept: 0.1 m, for drawing only."""
_POINT, _LINE, _AREA = 0, 1, 2
_KINDS = {_POINT: "point", _LINE: "line", _AREA: "area"}


@dataclass(frozen=True, slots=True)
class _Source:
    """Which columns of a layer the map may know."""

    layer: str
    style: str | None = None
    """Column whose word chooses the style."""
    name: str | None = None
    """Column with the feature's name."""


_SOURCES = (
    _Source("communes", name="name"),
    _Source("context", style="kind", name="name"),
    _Source("roads", style="road_class", name="name"),
    _Source("streets", name="name"),
    _Source("neighbourhoods", name="name"),
    _Source("land_cover", style="is_sealed"),
    _Source("buildings"),
    _Source("plu_zones", style="typezone", name="libelle"),
    _Source("plu_prescriptions", style="typepsc", name="libelle"),
    _Source("urbanised_areas", style="kind", name="name"),
    _Source("ort_perimeters", name="name"),
    _Source("moratoriums", style="scope", name="name"),
    _Source("economic_sites", name="site_nom"),
    _Source("economic_lands", style="terr_etat_occup"),
    _Source("brownfields", style="status", name="name"),
    _Source("flood_zones", style="zone_type"),
    _Source("commercial_sectors", style="kind", name="name"),
    _Source("hotel_sectors", style="kind", name="name"),
    _Source("heat_perimeters", name="name"),
    _Source("heat_mains", name="name"),
    _Source("cycle_links", name="name"),
    _Source("transit_lines", style="mode", name="name"),
    _Source("transit_stops", style="mode", name="name"),
    _Source("stations", name="name"),
    _Source("shops", style="family", name="name"),
    _Source("hotels", style="status", name="name"),
    _Source("openings", style="decision", name="name"),
    _Source("opinions", style="opinion", name="dossier"),
    _Source("cluster_anchors", style="theme", name="name"),
    _Source("zones", style="theme", name="libelle"),
)


def drawing(layers: Layers) -> Drawing:
    """Everything the map draws, ready for JSON.

    Returns
    -------
    dict
        ``origin`` and ``bounds`` (west, south, east, north in degrees), ``parcels`` and
        ``layers``. Shapes are flat integer lists: ``points`` holds longitude and latitude steps
        of 1e-6 degree from one vertex to the next, the first one from ``origin``; ``rings``,
        ``parts`` and ``features`` count the vertices of a ring, the rings of a part and the parts
        of a feature.
    """
    origin = _origin(layers)
    parcels = layers["parcels"].features if "parcels" in layers else None
    return {
        "origin": origin.tolist(),
        "bounds": _bounds(layers),
        "parcels": _parcels(parcels, origin=origin),
        "layers": [
            part
            for source in _SOURCES
            if source.layer in layers
            for part in _parts(layers[source.layer], source=source, origin=origin)
        ],
    }


def _parcels(parcels: gpd.GeoDataFrame | None, *, origin: np.ndarray) -> Drawing:
    """Parcels in the order of the layer, with their ids and nothing else."""
    if parcels is None:
        return {"ids": [], "points": [], "rings": [], "parts": [], "features": []}
    shapes = to_web(parcels[["geometry"]]).geometry.to_numpy()
    return {"ids": parcels.index.astype(str).tolist(), **_flat(shapes, kind=_AREA, origin=origin)}


def _parts(layer: Layer, *, source: _Source, origin: np.ndarray) -> Iterator[Drawing]:
    """One drawing per geometry family found in the layer."""
    features = layer.features
    shapes = to_web(features[["geometry"]]).geometry.to_numpy()
    dimensions = shapely.get_dimensions(shapes)
    for kind, word in _KINDS.items():
        of_kind = dimensions == kind
        if not of_kind.any():
            continue
        chosen = features[of_kind]
        yield {
            "id": layer.id,
            "kind": word,
            "ids": chosen.index.astype(str).tolist(),
            "styles": _words(chosen, source.style),
            "names": _words(chosen, source.name),
            **_flat(shapes[of_kind], kind=kind, origin=origin),
        }


def _words(features: gpd.GeoDataFrame, column: str | None) -> list[str]:
    """Words of ``column``, empty where missing; no list at all where there is no such column."""
    if column is None or column not in features:
        return []
    words = features[column].astype(object)
    return [str(each) for each in words.where(pd.notna(words), "")]


def _flat(shapes: np.ndarray, *, kind: int, origin: np.ndarray) -> dict[str, list[int]]:
    """Shapes of one family as flat integer lists; an empty shape counts no part."""
    parts, feature_of_part = shapely.get_parts(shapes, return_index=True)
    is_drawn = ~shapely.is_empty(parts)
    parts, feature_of_part = parts[is_drawn], feature_of_part[is_drawn]
    rings, part_of_ring = (
        shapely.get_rings(parts, return_index=True)
        if kind == _AREA
        else (parts, np.arange(len(parts)))
    )
    vertices, ring_of_vertex = shapely.get_coordinates(rings, return_index=True)
    if kind == _AREA:
        is_closing = np.append(np.diff(ring_of_vertex) != 0, True)[: len(vertices)]
        vertices, ring_of_vertex = vertices[~is_closing], ring_of_vertex[~is_closing]
    steps = np.rint((vertices - origin) * 10**_DECIMALS).astype(np.int64)
    steps[1:] -= steps[:-1].copy()
    return {
        "points": steps.ravel().tolist(),
        "rings": np.bincount(ring_of_vertex, minlength=len(rings)).tolist(),
        "parts": np.bincount(part_of_ring, minlength=len(parts)).tolist(),
        "features": np.bincount(feature_of_part, minlength=len(shapes)).tolist(),
    }


def _origin(layers: Layers) -> np.ndarray:
    """South-west corner of everything drawn, in degrees."""
    corners = [_web_bounds(layers[each])[:2] for each in _drawn(layers)]
    return np.round(np.min(corners, axis=0), _DECIMALS) if corners else np.zeros(2)


def _bounds(layers: Layers) -> list[float]:
    """What the first view shows: the zones, else the parcels, else everything."""
    drawn = _drawn(layers)
    shown = next(([each] for each in ("zones", "parcels") if each in drawn), drawn)
    if not shown:
        return [-180.0, -60.0, 180.0, 70.0]
    boxes = np.array([_web_bounds(layers[each]) for each in shown])
    west, south = boxes[:, :2].min(axis=0)
    east, north = boxes[:, 2:].max(axis=0)
    return [round(float(each), _DECIMALS) for each in (west, south, east, north)]


def _drawn(layers: Layers) -> list[str]:
    """Ids of the layers that the map draws and that hold a shape."""
    known = ["parcels", *(source.layer for source in _SOURCES)]
    return [
        each
        for each in known
        if each in layers and not layers[each].features.geometry.is_empty.all()
    ]


def _web_bounds(layer: Layer) -> np.ndarray:
    """West, south, east and north of a layer, in degrees."""
    return np.asarray(to_web(layer.features[["geometry"]]).total_bounds)
