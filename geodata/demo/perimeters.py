"""Perimeters: moratoriums, urbanised areas, revitalisation areas, hotel sectors."""

from __future__ import annotations

import geopandas as gpd
import shapely

from geodata.demo.ground import ground, observatory, outline, surface
from geodata.demo.labels import labelled
from geodata.demo.streets import POLES
from geodata.demo.territory import quarter_outlines, zone_outlines

__all__ = [
    "hotel_sector_frame",
    "moratorium_frame",
    "ort_frame",
    "urbanised_frame",
]

_AROUND_M = 120.0


def moratorium_frame() -> gpd.GeoDataFrame:
    """The ``moratoriums`` layer: made-up ones, past, running, without end and to come."""
    rows = []
    for about in observatory()["moratoriums"]:
        ends = about["ends"]
        days = {"starts_on": str(about["starts"]), "ends_on": None if ends is None else str(ends)}
        kept = {name: about[name] for name in ("scope", "authority")}
        name = f"{about['name']} (démonstration)"
        rows.append({"name": name, **kept, **days, "geometry": _drawn(about["drawn"])})
    return labelled("moratoriums", rows)


def urbanised_frame() -> gpd.GeoDataFrame:
    """The ``urbanised_areas`` layer: the town, the quarters, and one study of L111-8.

    The strips along the ring road and the southern motorway are left out, so that some parcels lie
    in the setback of L111-6.
    """
    strips = shapely.union_all([_drawn(drawn) for drawn in ground()["setback_strips"].values()])
    areas = {"Agglomération": outline(ground()["town"])}
    for name, shape in quarter_outlines().items():
        kind = "Pôle" if name in POLES else "Quartier"
        areas[f"{kind} « {name} »"] = shape.buffer(_AROUND_M, quad_segs=3)
    rows, done = [], strips
    for name, shape in areas.items():
        label = f"{name} (démonstration)"
        left = surface(shape.difference(done))
        rows.append({"name": label, "kind": "urbanised", "geometry": left})
        done = done.union(shape)
    study = {"name": "Étude d'entrée de ville au nord (démonstration)", "kind": "study"}
    rows.append({**study, "geometry": _drawn(ground()["setback_study"])})
    return labelled("urbanised_areas", rows)


def ort_frame() -> gpd.GeoDataFrame:
    """The ``ort_perimeters`` layer: the centre, and one whose date of signature is unknown."""
    rows = [
        {
            "name": f"{about['name']} (démonstration)",
            "signed_on": None if about["signed"] is None else str(about["signed"]),
            "geometry": _drawn(about["drawn"]),
        }
        for about in observatory()["ort_perimeters"]
    ]
    return labelled("ort_perimeters", rows)


def hotel_sector_frame() -> gpd.GeoDataFrame:
    """The ``hotel_sectors`` layer: where former charters wanted hotels; no overlap."""
    zones = zone_outlines()
    areas = {
        "station": zones["gare"],
        "zac": shapely.union_all([zones["gare_la_vallee"], zones["intercampus"]]),
        "centre": outline(ground()["centre_sector"]).union(outline(ground()["old_centre"])),
        "west": outline(ground()["hotel_west"]),
    }
    rows, done = [], shapely.Polygon()
    for kind, shape in areas.items():
        name = f"{observatory()['hotel_sectors'][kind]} (démonstration)"
        rows.append({"name": name, "kind": kind, "geometry": surface(shape.difference(done))})
        done = done.union(shape)
    return labelled("hotel_sectors", rows)


def _drawn(drawn: list[tuple[float, float]]) -> shapely.Polygon:
    """Drawn ring with its corners as they are."""
    return outline(drawn, rounds=0)
