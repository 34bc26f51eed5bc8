"""What a draft of the charters would change, as a file: text, table, JSON, or parcels to map."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Literal

from geodata.errors import culprits
from geodata.language import Language, Text, date_text, number_text
from geodata.writing import csv, geojson
from geodata.writing.plain import json_text
from zones.difference_files import outcome_text
from zones.exports import metadata
from zones.preview import Impact, impact_counts, impact_parcels, impact_table

__all__ = ["PreviewFormat", "preview_content"]

PreviewFormat = Literal["text", "json", "csv", "geojson"]
"""Kind of file."""


def preview_content(
    impacts: Sequence[Impact], *, output: PreviewFormat, language: Language
) -> bytes:
    """Bytes of the file; GeoJSON and JSON say what the judgments rest on.

    CSV has one row per project, site and outcome that changes, GeoJSON one feature per project and
    site.
    """
    match output:
        case "json":
            return (json_text(_document(impacts, language)) + "\n").encode()
        case "csv":
            return csv.to_text(impact_table(impacts)).encode("utf-8-sig")
        case "geojson":
            features = impact_parcels(impacts, language=language)
            return geojson.to_text(features, metadata=_metadata(impacts, language)).encode()
        case _:
            lines = (line for each in impacts for line in _lines(each, language))
            return ("\n".join(lines) + "\n").encode()


def _document(impacts: Sequence[Impact], language: Language) -> dict[str, Any]:
    """The answer for a program: per project, counts and every change."""
    listed = [
        {
            "project": each.name,
            "day": str(each.after.provenance.day),
            "sites": len(each.after.sites),
            "sites_changed": int(each.changes["site_id"].nunique()),
            "counts": impact_counts(each).astype(object).to_dict("records"),
            "changes": each.changes.astype(object).to_dict("records"),
        }
        for each in impacts
    ]
    return {**_metadata(impacts, language), "projects": listed}


def _metadata(impacts: Sequence[Impact], language: Language) -> dict[str, Any]:
    """What the charters in use and the layers are."""
    return metadata(impacts[0].before, language=language)


def _lines(impact: Impact, language: Language) -> Iterator[str]:
    """What changes for one project, for a reader."""
    count = int(impact.changes["site_id"].nunique())
    total = number_text(len(impact.after.sites), language)
    day = date_text(impact.after.provenance.day, language)
    name = impact.after.project.name.say(language)
    said = Text(
        f"{name} · {day} : {number_text(count, 'fr')} parcelles sur {total} changent.",
        f"{name} · {day}: {number_text(count, 'en')} of {total} parcels change.",
    )
    yield said.say(language)
    for row in impact_counts(impact).itertuples():
        before, after = (outcome_text(str(each)).say(language) for each in (row.before, row.after))
        rule = row.article or row.charter
        is_row = (impact.changes["charter"] == row.charter) & (
            impact.changes["article"] == row.article
        )
        is_row &= (impact.changes["before"] == row.before) & (impact.changes["after"] == row.after)
        ids = culprits(impact.changes.loc[is_row, "site_id"])
        yield f"  {rule} : {before} → {after} · {number_text(row.sites, language)} ({ids})"
