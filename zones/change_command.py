"""What ``python -m zones change`` does: say what must change, and write the project changed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Literal

import typer

from charters.editions import charters_in_use
from charters.editions_command import EditionOption
from geodata.command_line import LanguageOption, both, examples, working
from geodata.language import Text
from geodata.store import DEMO_STORE, read_layers
from zones.change import change_at, changed, lock_names
from zones.change_report import change_document, change_text
from zones.commands import check_targets, ids_in, judgment_day, parcels_of, write_all
from zones.measures import ground_of
from zones.projects import project_text, read_project
from zones.sites import one_site

__all__ = ["NO_CHANGE", "add_change"]

NO_CHANGE = 3
"""Exit code where no change meets everything asked, or none could be confirmed."""
_DEMO = "démonstration / demonstration"


def add_change(app: typer.Typer) -> None:
    """Add the command to the command line of the sites."""
    app.command(
        "change",
        help=both(
            Text(
                "Dire ce qu'il faut changer au projet pour respecter les chartes ensemble. "
                "Code 3 : rien n'y suffit.",
                "Say what must change in the project to meet the charters together. "
                "Code 3: nothing is enough.",
            )
        ),
        epilog=examples(
            "python -m zones change --parcels 80021000ZX0012,80021000ZX0013 \\",
            "  --project zones/examples/battery_workshop.yaml --all",
            "python -m zones change --parcels 80021000ZX0012 --project projet.yaml \\",
            "  --lock parking_area,staff --format json --out projet_change.yaml",
        ),
    )(_change)


def _change(  # noqa: PLR0913 - the options of the command
    *,
    parcels: Annotated[
        str, typer.Option(help="Le site : identifiants séparés par des virgules. / Site: ids.")
    ],
    project: Annotated[Path, typer.Option(help="Fichier du projet (YAML). / Project file (YAML).")],
    lock: Annotated[
        str, typer.Option(help="Champs à ne pas changer. / Fields to leave as they are.")
    ] = "",
    everything: Annotated[
        bool,
        typer.Option("--all", help="Recommandations comprises. / Recommended ones included."),
    ] = False,
    out: Annotated[
        Path | None, typer.Option(help="Projet changé (YAML). / Project changed (YAML).")
    ] = None,
    output: Annotated[
        Literal["text", "json"], typer.Option("--format", help="text ou / or json")
    ] = "text",
    date: Annotated[
        str | None,
        typer.Option(help="Jour du jugement, AAAA-MM-JJ. / Day of judgment, YYYY-MM-DD."),
    ] = None,
    store: Annotated[
        Path, typer.Option(help="Dépôt des couches. / Layer store.", show_default=_DEMO)
    ] = DEMO_STORE,
    edition: EditionOption = None,
    lang: LanguageOption = "fr",
) -> None:
    """Print the answer; write the project changed where there is a change to write."""
    check_targets([out], sources=[project, store])
    described, locked = read_project(project), lock_names(lock)
    day, charters = judgment_day(date, described), charters_in_use(edition)
    goal: Literal["mandatory", "all"] = "all" if everything else "mandatory"
    with working(Text("Recherche de la modification…", "Looking for the change…"), lang):
        layers = dict(read_layers(store))
        site = one_site(parcels_of(layers), ids_in(parcels))
        answer = change_at(
            ground_of(site, layers),
            described,
            charters=charters,
            day=day,
            goal=goal,
            locked=locked,
        )
    titles = {each.id: each.title for one in charters for _, each in one.requirements}
    if output == "json":
        found = change_document(answer, titles=titles, goal=goal, language=lang)
        told = {"day": str(day), "project": described.name.say(lang), **found}
        typer.echo(json.dumps(told, ensure_ascii=False, indent=2, allow_nan=False))
    else:
        typer.echo(change_text(answer, titles=titles, goal=goal, language=lang), nl=False)
    if out is not None and answer.changes:
        write_all({out: project_text(changed(described, answer.changes)).encode()})
    if answer.status in ("conflict", "unconfirmed"):
        raise typer.Exit(NO_CHANGE)
