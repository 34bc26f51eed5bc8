"""The ``preview`` command: which parcels a draft of the charters would judge otherwise."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from charters.editing_files import draft_charters
from charters.editions import charters_in_use
from charters.editions_command import EditionOption
from geodata.command_line import LanguageOption, both, examples, working
from geodata.errors import culprits
from geodata.language import Language, Text, date_text, number_text
from geodata.store import DEMO_STORE, read_layers
from geodata.writing import csv, geojson
from geodata.writing.plain import json_text
from zones.commands import check_targets, hand_over, judgment_day, parcels_of
from zones.difference_files import outcome_text
from zones.exports import metadata
from zones.measures import ground_of, keep_facts
from zones.preview import Impact, impact_counts, impact_parcels, impact_table, preview
from zones.projects import Project, example_projects, read_project
from zones.sites import each_parcel

__all__ = ["add_preview"]

Format = Literal["text", "json", "csv", "geojson"]

_BY_SUFFIX: dict[str, Format] = {".json": "json", ".csv": "csv", ".geojson": "geojson"}


def add_preview(app: typer.Typer) -> None:
    """Add the command to the command line of the sites."""
    app.command(
        "preview",
        help=both(
            Text(
                "Dire quelles parcelles changeraient de verdict selon un brouillon des chartes.",
                "Say which parcels a draft of the charters would judge otherwise.",
            )
        ),
        epilog=examples(
            "python -m zones preview --charter-draft brouillon/industrial_parks",
            "python -m zones preview --charter-draft PI-05.yaml --date 2027-01-01 \\",
            "  --project zones/examples/hotel.yaml --format csv --out changements.csv",
        ),
    )(_preview)


def _preview(
    *,
    charter_draft: Annotated[
        Path,
        typer.Option(
            "--charter-draft",
            help="Dossier d'une charte, article (YAML) ou brouillon. / Charter folder, article or "
            "draft.",
        ),
    ],
    project: Annotated[
        list[Path] | None,
        typer.Option(help="Projet, à répéter ; les exemples sans lui. / Project; the examples."),
    ] = None,
    date: Annotated[
        str | None, typer.Option(help="Jour du jugement ; sinon celui du dépôt. / Day judged.")
    ] = None,
    store: Annotated[
        Path, typer.Option(help="Dépôt des couches. / Layer store.", show_default="démo / demo")
    ] = DEMO_STORE,
    edition: EditionOption = None,
    output: Annotated[
        Format | None, typer.Option("--format", help="text, json, csv, geojson")
    ] = None,
    out: Annotated[Path | None, typer.Option(help="Fichier écrit. / File written.")] = None,
    lang: LanguageOption = "fr",
) -> None:
    """Judge every parcel twice for each project, and say what differs."""
    check_targets([out], sources=[charter_draft, *(project or []), store])
    asked: Format = output or _BY_SUFFIX.get(out.suffix.lower() if out else "", "text")
    projects = _projects(project or [], date)
    before = charters_in_use(edition)
    after = draft_charters(charter_draft, base=edition)
    with working(Text("Lecture et jugement…", "Reading and judging…"), lang):
        layers = read_layers(store)
        ground = ground_of(each_parcel(parcels_of(layers)), layers)
        keep_facts(ground)
        impacts = preview(ground, layers, projects, before=before, after=after)
        content = _content(impacts, asked, lang)
    hand_over(content, out=out, language=lang)


def _projects(files: Sequence[Path], date: str | None) -> list[tuple[str, Project, dt.date]]:
    """Projects to judge, each with its day."""
    named = {each.stem: read_project(each) for each in files} or example_projects()
    return [(name, each, judgment_day(date, each)) for name, each in named.items()]


def _content(impacts: Sequence[Impact], asked: Format, language: Language) -> bytes:
    """Bytes of the answer."""
    match asked:
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
