"""What Géorisques lists for each commune: remarks for the planner, for it publishes no outlines."""

from __future__ import annotations

from typing import Any

from geodata.fetching.paging import Collected, collect
from geodata.fetching.task import Brought, Task, each_commune
from geodata.language import Text

__all__ = ["bring"]

_FLOOD = "inondation"


def bring(task: Task) -> Brought:
    """Remarks: the risks of each commune, and its flood-risk territories.

    Raises
    ------
    FetchError
        With every commune that failed.
    """
    answers = each_commune(task, lambda commune: _asked(task, commune))
    remarks = [
        _remark(commune, listed, areas)
        for commune, (listed, areas) in zip(task.communes, answers, strict=True)
    ]
    files = [file for each in answers for one in each for file in one.downloads]
    return Brought(
        remarks=(*remarks, _NO_OUTLINE), is_unchanged=all(file.is_unchanged for file in files)
    )


def _asked(task: Task, commune: str) -> tuple[Collected, Collected]:
    """Risks and flood-risk territories of one commune."""
    values = {"commune": commune}
    return (
        collect(task.session, task.name, "risks", values=values),
        collect(task.session, task.name, "flood_areas", values=values),
    )


def _remark(commune: str, listed: Collected, areas: Collected) -> Text:
    """What one commune has to reckon with."""
    details = [
        each
        for row in listed.rows
        if isinstance(row, dict)
        for each in row.get("risques_detail") or []
    ]
    names = sorted({str(_label(each)) for each in details if _label(each)})
    flood = [name for name in names if _FLOOD in name.lower()]
    territories = sorted({str(_territory(row)) for row in areas.rows if _territory(row)})
    shown = ", ".join(names) or "—"
    tri = ", ".join(territories) or "—"
    return Text(
        f"{commune} : {len(names)} risque(s) recensé(s) : {shown}. Inondation : "
        f"{'oui' if flood else 'non recensée'} ; TRI : {tri}.",
        f"{commune}: {len(names)} risk(s) listed: {shown}. Flood: "
        f"{'yes' if flood else 'not listed'}; flood-risk territories: {tri}.",
    )


def _label(detail: Any) -> object:  # noqa: ANN401 - JSON is anything
    """Name of one risk."""
    return detail.get("libelle_risque_long") if isinstance(detail, dict) else None


def _territory(row: Any) -> object:  # noqa: ANN401 - JSON is anything
    """Name of one flood-risk territory."""
    return row.get("libelle_tri") if isinstance(row, dict) else None


_NO_OUTLINE = Text(
    "Géorisques ne donne pas les contours du PPRI : demander la couche à la DDTM et l'importer "
    "comme flood_zones.",
    "Géorisques gives no outlines of the flood plan: ask the DDTM for the layer and import it as "
    "flood_zones.",
)
