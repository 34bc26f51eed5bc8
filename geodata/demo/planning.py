"""Planning: the zones of the pact, the demonstration plan and its prescriptions."""

from __future__ import annotations

import functools
from typing import Any

import geopandas as gpd
import shapely

from geodata.demo.ground import facts, ground, outline, surface
from geodata.demo.labels import EDITION_DATE, Label, labelled
from geodata.demo.parcels import parcels
from geodata.demo.streets import POLES, streets
from geodata.demo.territory import (
    commune_outlines,
    quarter_outlines,
    somme,
    territory,
    zone_outlines,
)

__all__ = ["planned_communes", "plu_zone_frame", "prescription_frame", "zone_frame"]

_PLANNED = ("80021", "80261", "80639", "80379")
_SHORTEST_FRONT_M = 12.0


def zone_frame() -> gpd.GeoDataFrame:
    """The ``zones`` layer: published attributes, schematic outlines of the published areas.

    The station district is not a ZAC: it carries the CNIG code 99-00, “another perimeter”.
    """
    rows, labels = [], []
    for zone, about in facts()["zones"].items():
        is_zac = about["created_year"] is not None
        row = {
            "id": f"zone-{zone.replace('_', '-')}",
            "typeinf": "02" if is_zac else "99",
            "stypeinf": "00",
            "txt": "ZAC" if is_zac else "Autre périmètre",
            "idurba": "80021_PLU_DEMO",
            "datvalid": EDITION_DATE,
            "published_area_ha": about["area_ha"] if is_zac else None,
            "geometry": zone_outlines()[zone],
        }
        kept = ("libelle", "theme", "created_year", "developer", "programme")
        rows.append(row | {name: about[name] for name in kept})
        labels.append(_zone_label(about, is_zac=is_zac))
    return labelled("zones", rows, labels)


def planned_communes() -> shapely.Geometry:
    """Area of the communes that have a demonstration plan, work CRS."""
    outlines = [commune_outlines()[code] for code in _PLANNED]
    return surface(shapely.union_all(outlines).intersection(territory()))


def plu_zone_frame() -> gpd.GeoDataFrame:
    """The ``plu_zones`` layer: a partition of the communes that have a demonstration plan."""
    rows = []
    left = planned_communes()
    for libelle, area in _plan_areas().items():
        taken, left = left.intersection(area), left.difference(area)
        for commune in _PLANNED:
            part = surface(taken.intersection(commune_outlines()[commune]))
            if not part.is_empty:
                rows.append(_plan_row(libelle, commune, part))
    return labelled("plu_zones", rows)


def prescription_frame() -> gpd.GeoDataFrame:
    """The ``plu_prescriptions`` layer: areas 26, 38, 39, 44, 48 and shopping lines 22-03."""
    zones = zone_outlines()
    areas = {
        **zones,
        "near_station": zones["gare"].buffer(140, quad_segs=3),
        "near_somme": somme().buffer(420, quad_segs=3).intersection(zones["gare_la_vallee"]),
    }
    shared = {
        "nature": "Démonstration, sans valeur réglementaire",
        "idurba": "80021_PLU_DEMO",
        "datvalid": EDITION_DATE,
    }
    rows = [
        {**about, **shared, "geometry": surface(areas[about["area"]])}
        for about in facts()["prescriptions"]
    ]
    for name, line in _shopping_lines().items():
        row = {"libelle": "Linéaire commercial protégé", "txt": name, "typepsc": "22"}
        rows.append({**row, **shared, "stypepsc": "03", "geometry": line})
    return labelled("plu_prescriptions", rows)


def _zone_label(about: dict[str, Any], *, is_zac: bool) -> Label:
    """Label of a zone: real attributes, a schematic outline at an assumed position."""
    return Label(
        about["source"],
        source_date=None,
        licence="inconnue",
        geom_precision=f"approx ±{about['metres']} m",
        confidence="medium" if is_zac else "low",
    )


def _plan_row(libelle: str, commune: str, shape: shapely.Geometry) -> dict[str, Any]:
    """Columns of one zone of the plan."""
    about = facts()["plan"][libelle]
    return {
        "libelle": libelle,
        "libelong": f"{about['libelong']} (démonstration)",
        "typezone": about["typezone"],
        "destoui": about["destoui"],
        "idurba": f"{commune}_PLU_DEMO",
        "datvalid": EDITION_DATE,
        "geometry": shape,
    }


def _plan_areas() -> dict[str, shapely.Geometry]:
    """Area of each zone of the plan; the first one wins where two meet."""
    zones, quarters = zone_outlines(), quarter_outlines()
    town = outline(ground()["town"])
    around = [quarters[name].buffer(60) for name in ("intercampus", "valley")]
    areas = {
        "UG": zones["gare"],
        "UV": zones["gare_la_vallee"],
        "US": zones["intercampus"],
        "AUE": zones["renancourt"],
        "UE": shapely.union_all([quarters[name].buffer(180) for name in POLES]),
        "UA": outline(ground()["old_centre"]),
        "N": somme().buffer(90, quad_segs=3),
        "AUS": quarters["renancourt"].buffer(210),
        "UB": shapely.union_all([town, *around]),
        "A": territory(),
    }
    return {libelle: areas[libelle] for libelle in facts()["plan"]}


@functools.cache
def _shopping_lines() -> dict[str, shapely.Geometry]:
    """Protected shopping fronts: the street edges of parcels along three streets."""
    centre = zone_outlines()["gare"].buffer(220)
    shapes = [parcel.shape for parcel in parcels() if parcel.plot.quarter == "valley"]
    edges = shapely.union_all(shapes).boundary.intersection(centre)
    found: dict[str, shapely.Geometry] = {}
    for street in streets():
        if street.name and street.name in facts()["shopping_streets"]:
            reach = street.axis.buffer(street.width_m / 2 + 0.4, cap_style="flat")
            line = shapely.line_merge(edges.intersection(reach))
            fronts = [part for part in line.geoms if part.length > _SHORTEST_FRONT_M]
            found[street.name] = shapely.MultiLineString(fronts)
    return found
