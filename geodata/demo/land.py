"""Land: units of economic sites, brownfields, and what covered the ground in two surveys."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import numpy as np
import shapely

from geodata.demo.buildings import building_frame
from geodata.demo.ground import facts, observatory, surface
from geodata.demo.labels import EDITION_DATE, labelled
from geodata.demo.parcels import Parcel, parcels
from geodata.demo.streets import chance
from geodata.demo.territory import quarter_outlines, zone_outlines

__all__ = ["brownfield_frame", "economic_land_frame", "land_cover_frame", "surveyed"]

# How units are owned, developed, sold and occupied, and how many in a hundred are so.
_STAGES = (
    (62, "établissement industriel et commercial", "viabilisé et aménagé",
     "vendu, commercialisation achevée", "occupé"),
    (12, "aménageur", "viabilisé non aménagé", "en vente", "inoccupé"),
    (7, "aménageur", "viabilisation en cours", "non commercialisé", "inoccupé"),
    (9, "aménageur", "viabilisé non aménagé", "réservé par option de réservation", "inoccupé"),
    (6, "SEM ou SPLA", "viabilisé non aménagé", "réservé par une délibération de l'EPCI",
     "inoccupé"),
    (4, "commune", "non aménageable", "non commercialisable", "inoccupé"),
)  # fmt: skip
_VACANT = (
    "établissement industriel et commercial",
    "viabilisé et aménagé",
    "vendu, commercialisation achevée",
    "vacant",
)
# Quarters surveyed at each date: Renancourt and the outer poles of the north and east never.
_SURVEYS = {"2021-08-15": ("valley", "intercampus", "south"), "2025-07-01": ("south",)}
_PAVED_SHARE = 0.35
_BUILT_SINCE_SHARE = 0.12
_FORECOURT_M = 5.0
_GENERALISED_M = 0.3
_CELL_M = 250.0


def economic_land_frame() -> gpd.GeoDataFrame:
    """The ``economic_lands`` layer: as many made-up units as each made-up site counts."""
    rows: list[dict[str, Any]] = []
    for site in facts()["made_up_sites"]:
        source = chance(f"lands {site['id']}")
        zone = zone_outlines()[site["zone"]]
        inside = [each for each in parcels() if zone.contains(each.shape)]
        chosen = sorted(source.choice(len(inside), site["units"], replace=False))
        empty = set(source.choice(site["units"], site["vacant"], replace=False).tolist())
        stages = source.choice(len(_STAGES), site["units"], p=[s[0] / 100 for s in _STAGES])
        for rank, (which, stage) in enumerate(zip(chosen, stages, strict=True)):
            states = _VACANT if rank in empty else _STAGES[int(stage)][1:]
            rows.append({"site_id": site["id"], **_land(inside[int(which)], *states)})
    return labelled("economic_lands", rows)


def brownfield_frame() -> gpd.GeoDataFrame:
    """The ``brownfields`` layer: made-up vacant, coming and converted sites, on whole parcels."""
    shapes = {parcel.id: parcel.shape for parcel in parcels()}
    rows = [
        {
            "name": f"{about['name']} (friche fictive)",
            "status": about["status"],
            "usable_area_m2": about["usable"],
            "geometry": surface(shapely.union_all([shapes[each] for each in about["parcels"]])),
        }
        for about in observatory()["brownfields"]
    ]
    return labelled("brownfields", rows)


def surveyed() -> shapely.Geometry:
    """Area where the land cover is known at some date, work CRS."""
    return shapely.union_all([quarter_outlines()[name] for name in next(iter(_SURVEYS.values()))])


def land_cover_frame() -> gpd.GeoDataFrame:
    """The ``land_cover`` layer: sealed and unsealed ground, in 2021 and for part of it in 2025."""
    rows: list[dict[str, Any]] = []
    for rank, (day, quarters) in enumerate(_SURVEYS.items()):
        for quarter in quarters:
            sealed = _sealed(quarter, survey=rank).simplify(_GENERALISED_M)
            for cell in _cells(quarter_outlines()[quarter]):
                kinds = (
                    ("CS1.1.1.2", True, cell.intersection(sealed)),
                    ("CS2.2.1", False, cell.difference(sealed)),
                )
                rows += [
                    {"code_cs": code, "is_sealed": is_sealed, "observed_on": day, "geometry": part}
                    for code, is_sealed, shape in kinds
                    if not (part := surface(shape)).is_empty
                ]
    return labelled("land_cover", rows)


def _land(parcel: Parcel, owner: str, works: str, sales: str, occupation: str) -> dict[str, Any]:
    """Columns of one unit."""
    return {
        "terr_refcad": parcel.id,
        "terr_surf_brute": round(parcel.shape.area / 1e4, 4),
        "terr_utile": works != "non aménageable",
        "terr_actu_date": EDITION_DATE,
        "terr_maitrise_fonc": owner,
        "terr_stade_amngt": works,
        "terr_stade_comm": sales,
        "terr_etat_occup": occupation,
        "geometry": parcel.shape,
    }


def _cells(area: shapely.Polygon) -> list[shapely.Geometry]:
    """Squares of the survey that cover an area, so that no shape is large."""
    west, south, east, north = (round(each / _CELL_M) for each in area.buffer(_CELL_M).bounds)
    squares = [
        shapely.box(*(np.array([x, y, x + 1, y + 1]) * _CELL_M))
        for x in range(west, east)
        for y in range(south, north)
    ]
    return [square.intersection(area) for square in squares if square.intersects(area)]


def _ground_states() -> tuple[frozenset[str], frozenset[str]]:
    """Parcels wholly paved in 2021, and those built over since."""
    source = chance("land cover")
    draws = source.random((len(parcels()), 2))
    busy = np.array([each.plot.style in {"activity", "centre"} for each in parcels()])
    ids = np.array([parcel.id for parcel in parcels()])
    paved = busy & (draws[:, 0] < _PAVED_SHARE)
    return frozenset(ids[paved]), frozenset(ids[draws[:, 1] < _BUILT_SINCE_SHARE])


def _sealed(quarter: str, *, survey: int) -> shapely.Geometry:
    """Sealed ground of a quarter: streets, paved parcels, buildings and their forecourts."""
    paved, built_since = _ground_states()
    held = [parcel for parcel in parcels() if parcel.plot.quarter == quarter]
    land = shapely.union_all([parcel.shape for parcel in held])
    streets = quarter_outlines()[quarter].difference(land)
    whole = [each.shape for each in held if each.id in (paved | built_since if survey else paved)]
    spared = [each.shape for each in held if each.id in built_since and not survey]
    built = building_frame().geometry.to_numpy()
    around = shapely.union_all(shapely.buffer(built, _FORECOURT_M, join_style="mitre"))
    forecourts = around.intersection(land).difference(shapely.union_all(spared))
    return shapely.union_all([streets, *whole, forecourts])
