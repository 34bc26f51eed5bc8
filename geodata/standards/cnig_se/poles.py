"""POLE-ECO: the groups of an inventory, else sites that lie close together."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely

from geodata.crs import WORK_CRS
from geodata.language import Text
from geodata.layers import Layers
from geodata.standards.cnig_se.registry import Registry
from geodata.standards.cnig_se.sources import features_of, known_value
from geodata.standards.cnig_se.standard import standard

__all__ = ["Poles", "pole_rows"]

_CLOSE_M = 500.0
"""Sites nearer than that to each other are one group."""


@dataclass(frozen=True, slots=True)
class Poles:
    """Groups of sites."""

    rows: pd.DataFrame
    """Columns of POLE-ECO."""
    shapes: gpd.GeoSeries
    """Centroids, work CRS."""
    pole_of_site: pd.Series
    """Identifier of the group by row of site."""
    notes: tuple[Text, ...]
    """How groups were made."""


def pole_rows(
    layers: Layers,
    about: gpd.GeoDataFrame,
    sites: pd.DataFrame,
    *,
    registry: Registry,
    day: dt.date,
) -> Poles:
    """Groups of ``sites``; ``about`` holds their outlines on the same index.

    A site belongs to the inventoried group whose outline holds its middle. The others are grouped
    where they lie within 500 m of each other, so that each site has a group, as the published
    table schema wants; a site that lies alone is a group of its own.
    """
    groups = _groups(layers, about)
    rows: list[dict[str, Any]] = []
    points: list[shapely.Point] = []
    pole_of_site = pd.Series(None, index=sites.index, dtype=object)
    for key, members, inventoried in groups:
        own = sites.loc[members]
        largest = own["site_surf_brute"].astype(float).idxmax()
        days = [each for each in about.loc[members, "day"] if isinstance(each, str) and each]
        updated = min(dt.date.fromisoformat(max(days)), day) if days else day
        registry.reserve([key], class_="POLE-ECO")
        identifier, since = registry.identify(
            _known_key(key, members, about, registry),
            class_="POLE-ECO",
            commune=own.loc[largest, "site_comm_insee"],
            since=updated,
        )
        pole_of_site[members] = identifier
        centre = shapely.union_all(about.loc[members].geometry.to_numpy()).centroid
        points.append(centre)
        rows.append(
            {
                "pole_id": identifier,
                "pole_nom": own.loc[largest, "site_nom"],
                "pole_vocadomi": _vocation(own),
                "pole_identif_date": since.isoformat(),
                "pole_actu_date": max(updated, since).isoformat(),
                "pole_nb_site": len(own),
                "pole_nb_etab": _sum(own["site_nb_etab"]),
                "pole_nb_emploi": _sum(own["site_nb_emploi"]),
                "pole_surface": round(float(own["site_surf_brute"].astype(float).sum()), 4),
                "pole_rayonnement": None,
                **inventoried,
            }
        )
    names = [each for each in standard().tables["pole_eco"].columns if each != "pole_geompoint"]
    return Poles(
        pd.DataFrame(rows, columns=names),
        gpd.GeoSeries(points, crs=WORK_CRS),
        pole_of_site,
        (_GROUPED,) if rows else (),
    )


def _groups(layers: Layers, about: gpd.GeoDataFrame) -> list[tuple[str, list[int], dict[str, Any]]]:
    """Key, rows of sites and inventoried columns of each group."""
    groups: list[tuple[str, list[int], dict[str, Any]]] = []
    left = about
    poles = features_of(layers, "economic_poles")
    for identifier, pole in poles.iterrows():
        middles = left.geometry.representative_point()
        members = list(left.index[middles.within(pole.geometry)])
        if members:
            groups.append((f"economic_poles:{identifier}", members, _inventoried(pole)))
            left = left.drop(index=members)
    if left.empty:
        return groups
    reach = shapely.union_all(left.geometry.buffer(_CLOSE_M / 2).to_numpy())
    for area in shapely.get_parts(reach):
        members = list(left.index[left.intersects(area)])
        first = left.loc[members].area.idxmax()
        # the standard draws a group as a point: the one point among the sites is theirs
        inside = poles[poles.geom_type.eq("Point") & poles.intersects(area)]
        if len(inside) == 1:
            groups.append(
                (f"economic_poles:{inside.index[0]}", members, _inventoried(inside.iloc[0]))
            )
        else:
            groups.append((f"group:{left.loc[first, 'key']}", members, {}))
    return groups


def _inventoried(pole: pd.Series) -> dict[str, Any]:
    """Columns that the inventory gives of a group."""
    return {
        "pole_nom": pole["pole_nom"],
        "pole_rayonnement": _listed(pole["pole_rayonnement"]),
    }


def _known_key(key: str, members: list[int], about: gpd.GeoDataFrame, registry: Registry) -> str:
    """Key under which one of the members had a group already: the group keeps its number."""
    keys = [key, *(f"group:{about.loc[each, 'key']}" for each in members)]
    if key.startswith("economic_poles:"):
        return key
    known = {each: registry.has(each, class_="POLE-ECO") for each in keys}
    ranked = sorted((given, each) for each, given in known.items() if given)
    return ranked[0][1] if ranked else key


def _vocation(sites: pd.DataFrame) -> str:
    """Vocation that all sites share, else none that dominates."""
    words = set(sites["site_vocadomi"])
    if len(words) > 1:
        return "mixte, sans dominante"
    return known_value(words.pop(), "pole_vocadomi")


def _listed(value: object) -> str | None:
    """Reach of a group, empty where the inventory says none."""
    return known_value(value, "pole_rayonnement") if isinstance(value, str) else None


def _sum(values: pd.Series) -> int | None:
    """Sum of counts, unknown as soon as one is."""
    return None if values.isna().any() else int(values.sum())


_GROUPED = Text(
    "Pôles : ceux de l'inventaire, sinon les sites à moins de 500 m l'un de l'autre.",
    "Poles: those of the inventory, else sites within 500 m of each other.",
)
