"""The ledger of planned shops and hotels, and what the partners said of the dossiers."""

from __future__ import annotations

from typing import Any

import geopandas as gpd

from geodata.demo.commerce import hotel_frame, shop_frame
from geodata.demo.ground import observatory, spot
from geodata.demo.labels import labelled
from geodata.demo.parcels import parcels

__all__ = ["opening_frame", "opinion_frame"]

_DATES = {
    "filed_on": "filed",
    "decided_on": "decided",
    "expected_on": "expected",
    "opened_on": "opened",
    "lapsed_on": "lapsed",
}


def opening_frame() -> gpd.GeoDataFrame:
    """The ``openings`` layer: made-up projects, whatever became of them.

    A project that is also a shop or a hotel of the inventory has its size and its place, and names
    it in ``unit_id``, so that nothing is counted twice.
    """
    units = {"shop": shop_frame(), "hotel": hotel_frame()}
    rows = [
        {
            **(_of_the_inventory(project, units) if "unit" in project else _drawn(project)),
            **{column: _day(project.get(key)) for column, key in _DATES.items()},
            "name": f"{project['name']} (projet fictif)",
            "decision": project["decision"],
        }
        for project in observatory()["openings"]
    ]
    return labelled("openings", rows)


def opinion_frame() -> gpd.GeoDataFrame:
    """The ``opinions`` layer: a row for each partner of each made-up dossier, answered or not."""
    shapes = {parcel.id: parcel.shape for parcel in parcels()}
    rows = []
    for dossier in observatory()["opinions"]:
        point = shapes[dossier["parcel"]].representative_point()
        for partner, (opinion, received, has_conflict) in dossier["answers"].items():
            row = {"dossier": dossier["dossier"], "charter": dossier["charter"], "partner": partner}
            answer = {"opinion": opinion, "received_on": _day(received)}
            conflict = {"has_conflict_of_interest": has_conflict, "geometry": point}
            rows.append({**row, **answer, **conflict, "referred_on": _day(dossier["referred"])})
    return labelled("opinions", rows)


def _of_the_inventory(
    project: dict[str, Any], units: dict[str, gpd.GeoDataFrame]
) -> dict[str, Any]:
    """Kind, size and place of a project, taken from its shop or its hotel."""
    kind = project["unit"].split("-")[0].removesuffix("s")
    unit = units[kind].loc[project["unit"]]
    shared = {"kind": kind, "unit_id": project["unit"], "geometry": unit.geometry}
    if kind == "hotel":
        return {**shared, "rooms": unit["rooms"], "stars": unit["stars"]}
    family = project.get("family", unit["family"])
    return {**shared, "family": family, "sales_area_m2": unit["sales_area_m2"]}


def _drawn(project: dict[str, Any]) -> dict[str, Any]:
    """Kind, size and place of a project that is in no inventory."""
    shared = {"kind": project["kind"], "geometry": spot(*project["drawn"])}
    if project["kind"] == "hotel":
        return {**shared, "rooms": project["rooms"], "stars": project["stars"]}
    return {**shared, "family": project["family"], "sales_area_m2": project["area"]}


def _day(value: object) -> str | None:
    """ISO date of the file, or nothing."""
    return None if value is None else str(value)
