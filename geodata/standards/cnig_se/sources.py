"""What our layers know of economic sites: their outlines, none over another."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geodata.crs import WORK_CRS
from geodata.language import Text
from geodata.layers import Layer, Layers
from geodata.standards.cnig_se.standard import folded, standard

__all__ = ["Sources", "covers", "features_of", "known_value", "sources"]

_ZAC = ("02", "00")
"""Type and subtype of a ZAC in the planning standard."""
_SAME_SHARE = 0.5
"""A ZAC that an economic site covers by half is that site."""
_SLIVER_M = 0.1
_COVERED_SHARE = 0.999


@dataclass(frozen=True, slots=True)
class Sources:
    """Sites to deliver, before they have an identifier."""

    sites: gpd.GeoDataFrame
    """One row per site, work CRS: ``key``, ``name``, ``type``, ``vocation``, ``state``,
    ``declared_ha``, ``units``, ``vacant``, ``jobs``, ``day``, ``producer``, ``demo``,
    ``developer``, ``created_year``, ``about``."""
    notes: tuple[Text, ...]
    """What was decided on the way, for the metadata."""


def sources(layers: Layers) -> Sources:
    """Sites of the layers ``economic_sites``, then the ZAC of ``zones`` that are none of them.

    Two sites may not overlap: what a later one shares with an earlier one is taken off the later.
    """
    sites, zones = _economic_sites(layers), _zac(layers)
    _complete(sites, zones)
    strangers = [row for row, zone in enumerate(zones.geometry) if not _is_among(zone, sites)]
    every = pd.concat([sites, zones.iloc[strangers]], ignore_index=True)
    return _apart(gpd.GeoDataFrame(every, geometry="geometry", crs=WORK_CRS))


def features_of(layers: Layers, layer: str) -> gpd.GeoDataFrame:
    """Features of a layer, none when the store does not hold it."""
    if layer in layers:
        return layers[layer].features
    return gpd.GeoDataFrame({"geometry": []}, geometry="geometry", crs=WORK_CRS)


def covers(layers: Layers, layer: str, shape: shapely.Geometry) -> bool:
    """Whether absence inside ``shape`` is a fact."""
    area = layers[layer].coverage if layer in layers else None
    if area is None:
        return False
    return bool(area.intersection(shape).area >= _COVERED_SHARE * shape.area)


def known_value(value: object, name: str) -> str:
    """Value of the list ``name`` that ours means, else ``inconnu``."""
    if not isinstance(value, str):
        return "inconnu"
    spellings = {folded(each): each for each in standard().values(name)}
    variants = {folded(each): right for each, right in standard().variants.get(name, {}).items()}
    return spellings.get(folded(value)) or variants.get(folded(value)) or "inconnu"


def _economic_sites(layers: Layers) -> gpd.GeoDataFrame:
    """Rows of the economic sites."""
    features = features_of(layers, "economic_sites")
    if features.empty:
        return _rows(None, features)
    return _rows(
        layers["economic_sites"],
        features,
        name=features["site_nom"],
        type=features["site_type"],
        vocation=features["site_vocadomi"],
        state=features["site_etat"],
        declared_ha=features["site_surf_brute"],
        units=features["site_uf_nbre"],
        vacant=features["site_uf_vacant_nbre"],
        jobs=features["site_nb_emploi"],
    )


def _zac(layers: Layers) -> gpd.GeoDataFrame:
    """Rows of the ZAC; type, vocation and state are not in the planning document."""
    features = features_of(layers, "zones")
    if features.empty:
        return _rows(None, features)
    is_zac = (features["typeinf"] == _ZAC[0]) & (features["stypeinf"] == _ZAC[1])
    zones = features[is_zac]
    return _rows(
        layers["zones"],
        zones,
        name=zones["libelle"],
        declared_ha=zones["published_area_ha"],
        developer=zones["developer"],
        created_year=zones["created_year"],
        about=zones["programme"],
    )


def _rows(
    layer: Layer | None, features: gpd.GeoDataFrame, **columns: pd.Series
) -> gpd.GeoDataFrame:
    """Rows of one layer with the columns of every site; what is not given is missing."""
    texts = ("name", "type", "vocation", "state", "developer", "about")
    numbers = ("declared_ha", "units", "vacant", "jobs", "created_year")
    table = {name: pd.Series(None, index=features.index, dtype=object) for name in texts}
    table |= {name: pd.Series(np.nan, index=features.index) for name in numbers}
    table |= columns
    if layer is None:
        table |= {name: pd.Series([], dtype=object) for name in ("key", "day", "producer", "demo")}
    else:
        table["key"] = pd.Series([f"{layer.id}:{each}" for each in features.index], features.index)
        days = features["source_date"].astype(object)
        table["day"] = days.where(days.notna(), layer.edition.date or None)
        table["producer"] = pd.Series(layer.edition.producer, index=features.index)
        table["demo"] = features["demo"]
    made = gpd.GeoDataFrame(table, geometry=features.geometry, crs=WORK_CRS)
    return made.reset_index(drop=True)


def _complete(sites: gpd.GeoDataFrame, zones: gpd.GeoDataFrame) -> None:
    """Developer, year and programme of the ZAC that is the site; ``sites`` are our own copy."""
    for row, shape in enumerate(sites.geometry):
        for zone in zones.itertuples():
            common = shape.intersection(zone.geometry).area
            if common > 0.9 * max(shape.area, zone.geometry.area):
                for name in ("developer", "created_year", "about"):
                    sites.loc[row, name] = getattr(zone, name)


def _is_among(zone: shapely.Geometry, sites: gpd.GeoDataFrame) -> bool:
    """Whether an economic site covers a ZAC by half."""
    if sites.empty:
        return False
    common = shapely.intersection(sites.geometry.to_numpy(), zone)
    return bool(shapely.area(common).max() > _SAME_SHARE * zone.area)


def _apart(sites: gpd.GeoDataFrame) -> Sources:
    """Sites without what they share with an earlier one."""
    shapes = [_areas(shapely.make_valid(shape)) for shape in sites.geometry]
    notes: list[Text] = []
    if not shapes:
        return Sources(sites, ())
    tree = shapely.STRtree(shapes)
    pairs = sorted(zip(*tree.query(shapes, predicate="intersects"), strict=True))
    for later, earlier in pairs:
        if earlier >= later:
            continue
        common = shapes[later].intersection(shapes[earlier])
        if common.area and not common.buffer(-_SLIVER_M).is_empty:
            shapes[later] = _areas(shapes[later].difference(shapes[earlier]))
            names = sites["name"].iloc[later], sites["name"].iloc[earlier]
            notes.append(
                Text(
                    f"« {names[0]} » est livré sans ses {common.area:.0f} m² communs avec "
                    f"« {names[1]} ».",
                    f"“{names[0]}” is delivered without the {common.area:.0f} m² it shares with "
                    f"“{names[1]}”.",
                )
            )
    kept = sites.set_geometry(gpd.GeoSeries(shapes, index=sites.index, crs=WORK_CRS))
    return Sources(kept[~kept.geometry.is_empty].reset_index(drop=True), tuple(notes))


def _areas(shape: shapely.Geometry) -> shapely.MultiPolygon:
    """Polygons of a shape, without lines and points."""
    parts = [each for each in shapely.get_parts(shape) if each.geom_type == "Polygon"]
    nested = [p for each in shapely.get_parts(shape) for p in shapely.get_parts(each)]
    parts = parts or [each for each in nested if each.geom_type == "Polygon"]
    return shapely.multipolygons([each for each in parts if each.area > 0])
