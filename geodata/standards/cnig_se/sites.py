"""SITE-ECO: areas, vacancy, counts, commune and access of each site."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geodata.layers import Layers
from geodata.standards.cnig_se.issuer import Issuer
from geodata.standards.cnig_se.lands import HECTARE_M2
from geodata.standards.cnig_se.road_distance import road_distances_m
from geodata.standards.cnig_se.sources import covers, features_of, known_value

__all__ = ["site_rows"]

_DECIMALS = 4
_DECLARED_SHARE = 0.05
"""A declared area that differs more from the outline is not delivered."""
_STOP_REACH_M = 500.0
_ROAD_REACH_M = 1000.0
_VACANT = {"vacant", "friche"}
_FOR_SALE = {"en vente", "en vente avec contraintes"}
_RESERVED = {"réservé par option de réservation", "réservé par une délibération de l'EPCI"}
_DIVISIONS = {
    "site_voca_industrielle": (*range(5, 40),),
    "site_voca_commerciale": (45, 46, 47),
    "site_voca_tertiaire": (*range(58, 79), *range(80, 89)),
    "site_voca_touristique": (55, 79),
}
"""Divisions of NAF rev. 2 behind each yes or no."""


def site_rows(
    layers: Layers, sites: gpd.GeoDataFrame, lands: gpd.GeoDataFrame, *, issuer: Issuer
) -> pd.DataFrame:
    """Columns of SITE-ECO on the index of ``sites``, identifiers left out, and ``key``.

    Vacancy and land units are those of the layer, else those of an inventory of lands; parcels
    are no land units, so they give none. The useful area is the sum of the lands that count, known
    only where lands cover the site.
    """
    rows = pd.DataFrame(index=sites.index)
    rows["key"] = sites["key"]
    rows["site_nom"] = sites["name"]
    rows["site_type"] = sites["type"].map(lambda value: known_value(value, "site_type"))
    rows["site_vocadomi"] = sites["vocation"].map(lambda value: known_value(value, "site_vocadomi"))
    rows["site_etat"] = sites["state"].map(lambda value: known_value(value, "site_etat"))
    rows["site_surf_brute"] = _gross(sites)
    rows["site_creation_date"] = _years(sites["created_year"])
    rows["source_producteur"] = sites["producer"]
    rows["site_moa_type"] = "inconnu"
    rows["site_moa_amngt"] = sites["developer"]
    rows["site_epci_nom"], rows["site_epci_siren"] = issuer.name, issuer.siren
    parts = [
        _communes(layers, sites),
        _lands(layers, sites, lands),
        _companies(layers, sites),
        _access(layers, sites),
    ]
    rows = rows.join(parts)
    rows["site_description"] = _descriptions(sites, rows.pop("unknown_staff"))
    return rows


def _gross(sites: gpd.GeoDataFrame) -> pd.Series:
    """Declared area where the outline agrees with it, else that of the outline, in hectares."""
    measured = sites.area / HECTARE_M2
    declared = sites["declared_ha"].astype("float64")
    agrees = (declared - measured).abs() <= _DECLARED_SHARE * measured
    return declared.where(agrees, measured).round(_DECIMALS)


def _years(values: pd.Series) -> pd.Series:
    """Years as text of four digits."""
    return values.map(lambda year: f"{int(year):04d}" if pd.notna(year) else None).astype(object)


def _communes(layers: Layers, sites: gpd.GeoDataFrame) -> pd.DataFrame:
    """Commune that holds the largest part of each site."""
    communes = features_of(layers, "communes")
    found = pd.DataFrame(
        {"site_comm_nom": None, "site_comm_insee": None}, index=sites.index, dtype=object
    )
    if communes.empty:
        return found
    for row, shape in sites.geometry.items():
        near = communes.iloc[communes.sindex.query(shape, predicate="intersects")]
        if len(near):
            largest = near.loc[near.intersection(shape).area.idxmax()]
            found.loc[row] = [largest["name"], largest["insee"]]
    return found


def _lands(layers: Layers, sites: gpd.GeoDataFrame, lands: gpd.GeoDataFrame) -> pd.DataFrame:
    """Useful area, land units, vacancy, and what is for sale or reserved."""
    rows: list[dict[str, Any]] = []
    for row, site in sites.iterrows():
        own = lands[lands["site"] == row]
        has_inventory = own["key"].str.startswith("economic_lands:").any()
        is_known = has_inventory or covers(layers, "parcels", site.geometry)
        useful = own.loc[own["terr_utile"] == "oui", "terr_surf_brute"].sum()
        units, vacant = site["units"], site["vacant"]
        if has_inventory and pd.isna(units):
            units, vacant = len(own), own["terr_etat_occup"].isin(_VACANT).sum()
        entry: dict[str, Any] = {
            "site_surf_utile": round(float(useful), _DECIMALS) if is_known else None,
            "site_uf_nbre": _whole(units),
            "site_uf_vacant_nbre": _whole(vacant),
            "site_taux_vacance": _rate(vacant, units),
            "site_surf_comm_dispo": None,
            "site_surf_projet": None,
        }
        if has_inventory:
            stage, area = own["terr_stade_comm"], own["terr_surf_brute"]
            entry["site_surf_comm_dispo"] = round(area[stage.isin(_FOR_SALE)].sum(), _DECIMALS)
            entry["site_surf_projet"] = round(area[stage.isin(_RESERVED)].sum(), _DECIMALS)
        rows.append(entry)
    return pd.DataFrame(rows, index=sites.index, dtype=object)


def _whole(value: float) -> int | None:
    """Count, or None."""
    return None if pd.isna(value) else int(value)


def _rate(vacant: float, units: float) -> int | None:
    """Vacant units per hundred, a whole number as the law's rate."""
    if pd.isna(vacant) or pd.isna(units) or units <= 0:
        return None
    return int(np.floor(100 * vacant / units + 0.5))


def _companies(layers: Layers, sites: gpd.GeoDataFrame) -> pd.DataFrame:
    """Establishments, jobs and activities, where the layer speaks for the whole site."""
    companies = features_of(layers, "companies")
    rows: list[dict[str, Any]] = []
    for _, site in sites.iterrows():
        entry: dict[str, Any] = {
            "site_nb_etab": None,
            "site_nb_emploi": _whole(site["jobs"]),
            "unknown_staff": 0,
            **dict.fromkeys(_DIVISIONS),
        }
        if covers(layers, "companies", site.geometry):
            own = companies.iloc[companies.sindex.query(site.geometry, predicate="intersects")]
            entry["site_nb_etab"] = len(own)
            if entry["site_nb_emploi"] is None and own["staff"].notna().any():
                entry["site_nb_emploi"] = int(own["staff"].sum())
                entry["unknown_staff"] = int(own["staff"].isna().sum())
            division = pd.to_numeric(own["naf"].str[:2], errors="coerce")
            for name, members in _DIVISIONS.items():
                entry[name] = "oui" if division.isin(members).any() else "non"
        rows.append(entry)
    return pd.DataFrame(rows, index=sites.index, dtype=object)


def _access(layers: Layers, sites: gpd.GeoDataFrame) -> pd.DataFrame:
    """Transit within 500 m, main road, motorway, and the station nearest by road."""
    stops, roads = features_of(layers, "transit_stops"), features_of(layers, "roads")
    rows: list[dict[str, Any]] = []
    for shape in sites.geometry:
        entry: dict[str, Any] = {"desserte_tc": None}
        reach = shape.buffer(_STOP_REACH_M)
        if len(stops) and stops.sindex.query(reach, predicate="intersects").size:
            entry["desserte_tc"] = "oui"
        elif covers(layers, "transit_stops", reach):
            entry["desserte_tc"] = "non"
        entry["desserte_route_nom"] = _nearest_road(
            roads, shape, ("high_traffic", "boulevard"), reach=_ROAD_REACH_M
        )
        entry["autoroute_nom"] = _nearest_road(roads, shape, ("motorway",))
        rows.append(entry)
    return pd.DataFrame(rows, index=sites.index, dtype=object).join(_stations(layers, sites))


def _nearest_road(
    roads: gpd.GeoDataFrame,
    shape: shapely.Geometry,
    classes: tuple[str, ...],
    *,
    reach: float = np.inf,
) -> str | None:
    """Name of the nearest named road of some classes."""
    if roads.empty:
        return None
    named = roads[roads["road_class"].isin(classes) & roads["name"].notna()]
    gaps = named.distance(shape)
    if named.empty or gaps.min() > reach:
        return None
    return str(named.loc[gaps.idxmin(), "name"])


def _stations(layers: Layers, sites: gpd.GeoDataFrame) -> pd.DataFrame:
    """Passenger station nearest by road, and the kilometres; no distance where no road leads."""
    stations, roads = features_of(layers, "stations"), features_of(layers, "roads")
    found = pd.DataFrame({"gare_nom": None, "gare_dist": None}, index=sites.index, dtype=object)
    if stations.empty or sites.empty:
        return found
    metres = road_distances_m(sites.geometry, stations.geometry, roads=roads.geometry)
    for row, by_road, shape in zip(sites.index, metres, sites.geometry, strict=True):
        nearest = int(np.argmin(by_road))
        if np.isfinite(by_road[nearest]):
            found.loc[row, "gare_dist"] = round(float(by_road[nearest]) / 1000, 1)
        else:
            nearest = int(stations.distance(shape).to_numpy().argmin())
        found.loc[row, "gare_nom"] = stations["name"].iloc[nearest]
    return found


def _descriptions(sites: gpd.GeoDataFrame, unknown_staff: pd.Series) -> pd.Series:
    """What a reader of the row has to know."""
    texts = []
    for (_, site), unknown in zip(sites.iterrows(), unknown_staff, strict=True):
        parts = ["DÉMONSTRATION : contour schématique ou fictif."] if site["demo"] else []
        if isinstance(site["about"], str):
            parts.append(site["about"].rstrip(" .") + ".")
        if unknown:
            parts.append(f"Emplois : {unknown} établissement(s) d'effectif inconnu non compté(s).")
        texts.append(" ".join(parts) or None)
    return pd.Series(texts, index=sites.index, dtype=object)
