"""TERRAIN-ECO: the land units of an inventory, else the parcels of each site."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geodata.crs import WORK_CRS
from geodata.layers import Layers
from geodata.standards.cnig_se.sources import features_of, known_value

__all__ = ["HECTARE_M2", "land_rows"]

HECTARE_M2 = 10_000
_INSIDE_SHARE = 0.5
"""A parcel belongs to the site that holds at least half of it."""
_LEAST_M2 = 1.0
"""Smaller pieces come from outlines that do not follow the cadastre."""
_AREA_DECIMALS = 4
_LISTS = (
    "terr_maitrise_fonc",
    "terr_stade_amngt",
    "terr_stade_comm",
    "terr_etat_occup",
    "terr_usage",
)
_NOT_USEFUL = {
    "voirie ou infrastructure",
    "parkings, stationnement",
    "zone de retournement poids-lourds",
    "autres équipements publics",
    "bassin d'orage ou de rétention",
    "espace vert",
    "espace naturel ou forestier",
}
"""Uses that receive no business, where the inventory does not say whether a land counts."""


def land_rows(layers: Layers, sites: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Lands of all sites: columns of the standard, ``key``, ``site`` (its row), ``day``, ``since``.

    Shapes are cut at the outline of the site; areas are planar, in hectares. An inventory of lands
    wins over parcels, site by site. A land for which no use says otherwise counts as useful: public
    streets are no parcels.
    """
    inventory = _pieces(layers, "economic_lands", sites, _site_named(layers, sites))
    rest = sites[~sites.index.isin(inventory["site"])]
    parcels = _pieces(layers, "parcels", rest, None)
    rows = [_inventory_columns(inventory), _parcel_columns(parcels, layers)]
    every = pd.concat(rows, ignore_index=True)
    for name in _LISTS:
        every[name] = every[name].map(lambda value, name=name: known_value(value, name))
    every["key"] = every["key"].astype("str")
    lands = gpd.GeoDataFrame(every, geometry="geometry", crs=WORK_CRS)
    lands["terr_surf_brute"] = (lands.area / HECTARE_M2).round(_AREA_DECIMALS)
    return lands


def _pieces(
    layers: Layers, layer: str, sites: gpd.GeoDataFrame, named: pd.Series | None
) -> gpd.GeoDataFrame:
    """Features of a layer by site, cut at its outline, one row per polygon."""
    features = features_of(layers, layer)
    empty = gpd.GeoDataFrame({"site": [], "feature": [], "key": []}, geometry=[], crs=WORK_CRS)
    if features.empty or sites.empty:
        return empty
    shapes = features.geometry.to_numpy()
    outlines = sites.geometry.to_numpy()
    rank, feature = features.sindex.query(outlines, predicate="intersects")
    common = shapely.intersection(shapes[feature], outlines[rank])
    share = shapely.area(common) / shapely.area(shapes[feature])
    kept = share >= _INSIDE_SHARE
    if named is not None:
        own = named.iloc[feature].to_numpy()
        site = sites.index.to_numpy()[rank]
        kept = np.where(pd.isna(own), kept, own == site)
    rows: list[dict[str, Any]] = []
    for position in np.flatnonzero(kept):
        parts = _polygons(common[position])
        for number, part in enumerate(parts, 1):
            identifier = features.index[feature[position]]
            suffix = f"#{number}" if len(parts) > 1 else ""
            rows.append(
                {
                    "site": sites.index[rank[position]],
                    "feature": identifier,
                    "key": f"{layer}:{identifier}{suffix}",
                    "geometry": part,
                }
            )
    if not rows:
        return empty
    pieces = gpd.GeoDataFrame(rows, geometry="geometry", crs=WORK_CRS)
    about = pd.DataFrame(features.drop(columns=features.geometry.name))
    pieces = pieces.join(about, on="feature")
    edition = layers[layer].edition.date or None
    days = pieces["source_date"].astype(object)
    return pieces.assign(edition_day=days.where(days.notna(), edition))


def _polygons(shape: shapely.Geometry) -> list[shapely.Polygon]:
    """Polygons of a shape that are more than slivers, the largest first."""
    parts = [p for each in shapely.get_parts(shape) for p in shapely.get_parts(each)]
    areas = [p for p in parts if p.geom_type == "Polygon" and p.area >= _LEAST_M2]
    return sorted(areas, key=lambda each: -each.area)


def _site_named(layers: Layers, sites: gpd.GeoDataFrame) -> pd.Series | None:
    """Row of the site that each land of the inventory names; missing where it names none."""
    lands = features_of(layers, "economic_lands")
    if lands.empty:
        return None
    rows = {str(key).partition(":")[2]: row for row, key in sites["key"].items()}
    return lands["site_id"].astype(object).map(rows)


def _inventory_columns(pieces: gpd.GeoDataFrame) -> pd.DataFrame:
    """Columns of the standard out of an inventory of lands."""
    if pieces.empty:
        return _columns(pieces)
    useful = pieces["terr_utile"].astype("boolean")
    by_use = ~pieces["terr_usage"].isin(_NOT_USEFUL)
    updated = pieces["terr_actu_date"].astype(object)
    return _columns(
        pieces,
        terr_refcad=pieces["terr_refcad"],
        terr_utile=np.where(useful.fillna(by_use).astype(bool), "oui", "non"),
        terr_url_cartofriches=pieces["terr_url_cartofriches"],
        terr_cle_en_main=pieces["terr_cle_en_main"].astype(object).map({True: "oui", False: "non"}),
        day=updated.where(updated.notna(), pieces["edition_day"]),
        since=pieces["terr_identif_date"].astype(object),
        **{name: pieces[name] for name in _LISTS},
    )


def _parcel_columns(pieces: gpd.GeoDataFrame, layers: Layers) -> pd.DataFrame:
    """Columns of the standard that parcels, buildings and establishments allow."""
    if pieces.empty:
        return _columns(pieces)
    is_occupied = _hit(pieces, features_of(layers, "companies"))
    is_built = _hit(pieces, features_of(layers, "buildings"))
    return _columns(
        pieces,
        terr_refcad=pieces["feature"],
        terr_utile="oui",
        terr_etat_occup=np.where(is_occupied, "occupé", "inconnu"),
        terr_usage=np.where(is_occupied & is_built, "bâti productif", "inconnu"),
        day=pieces["edition_day"],
    )


def _columns(pieces: gpd.GeoDataFrame, **columns: Any) -> pd.DataFrame:  # noqa: ANN401 - cells
    """Frame with every column of a land; what is not given is missing."""
    names = ("terr_refcad", "terr_utile", "terr_url_cartofriches", "terr_cle_en_main")
    table = pd.DataFrame(index=pieces.index)
    for name in ("key", "site", "feature", "geometry"):
        table[name] = pieces[name]
    for name in (*names, *_LISTS, "day", "since"):
        table[name] = pd.Series(columns.get(name), index=pieces.index, dtype=object)
    return table


def _hit(pieces: gpd.GeoDataFrame, features: gpd.GeoDataFrame) -> np.ndarray:
    """Whether each piece holds the middle of a feature."""
    hit = np.zeros(len(pieces), dtype=bool)
    if not features.empty:
        points = shapely.point_on_surface(features.geometry.to_numpy())
        tree = shapely.STRtree(pieces.geometry.to_numpy())
        hit[tree.query(points, predicate="intersects")[1]] = True
    return hit
