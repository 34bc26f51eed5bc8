"""The ``preview`` command: which parcels a draft of the charters would judge otherwise."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from charters.editing_files import draft_charters
from charters.editions import charters_in_use
from charters.editions_command import EditionOption
from geodata.command_line import LanguageOption, both, examples, working
from geodata.language import Text
from geodata.store import DEMO_STORE, read_layers
from zones.commands import check_targets, hand_over, judgment_day, parcels_of
from zones.measures import ground_of, keep_facts
from zones.preview import preview
from zones.preview_files import PreviewFormat, preview_content
from zones.projects import Project, example_projects, read_project
from zones.sites import each_parcel

__all__ = ["add_preview"]

_BY_SUFFIX: dict[str, PreviewFormat] = {".json": "json", ".csv": "csv", ".geojson": "geojson"}


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
        PreviewFormat | None, typer.Option("--format", help="text, json, csv, geojson")
    ] = None,
    out: Annotated[Path | None, typer.Option(help="Fichier écrit. / File written.")] = None,
    lang: LanguageOption = "fr",
) -> None:
    """Judge every parcel twice for each project, and say what differs."""
    check_targets([out], sources=[charter_draft, *(project or []), store])
    asked: PreviewFormat = output or _BY_SUFFIX.get(out.suffix.lower() if out else "", "text")
    projects = _projects(project or [], date)
    before = charters_in_use(edition)
    after = draft_charters(charter_draft, base=edition)
    with working(Text("Lecture et jugement…", "Reading and judging…"), lang):
        layers = read_layers(store)
        ground = ground_of(each_parcel(parcels_of(layers)), layers)
        keep_facts(ground)
        impacts = preview(ground, layers, projects, before=before, after=after)
        content = preview_content(impacts, output=asked, language=lang)
    hand_over(content, out=out, language=lang)


def _projects(files: Sequence[Path], date: str | None) -> list[tuple[str, Project, dt.date]]:
    """Projects to judge, each with its day."""
    named = {each.stem: read_project(each) for each in files} or example_projects()
    return [(name, each, judgment_day(date, each)) for name, each in named.items()]
