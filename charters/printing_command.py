"""The command that prints a charter."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from charters.editions import charters_in_use
from charters.editions_command import EditionOption
from charters.printing import charter_pdf
from charters.selection import charter_named
from geodata.command_line import LanguageOption, asked_day, both, examples, today, working
from geodata.language import Text
from geodata.writing.files import replacing

__all__ = ["DateOption", "add_printing"]

DateOption = Annotated[
    str | None,
    typer.Option(
        "--date",
        help="Jour qui choisit les valeurs datées. / Day that selects the dated values.",
        metavar="AAAA-MM-JJ",
    ),
]
"""Type of the ``date`` parameter; None is today."""


def add_printing(app: typer.Typer) -> None:
    """Add the command to the command line of the charters."""
    app.command(
        "print",
        help=both(Text("Imprimer une charte en PDF.", "Print a charter as PDF.")),
        epilog=examples(
            "python -m charters print industrial_parks --out charte.pdf",
            "python -m charters print commercial_hotel --out charter.pdf --lang en \\",
            "  --date 2027-07-01",
        ),
    )(_print)


def _print(
    charter: Annotated[str, typer.Argument(help="industrial_parks, commercial_hotel")],
    *,
    out: Annotated[Path, typer.Option("--out", help="Fichier PDF. / PDF file.")],
    date: DateOption = None,
    edition: EditionOption = None,
    lang: LanguageOption = "fr",
) -> None:
    """Write the charter, with the values in force on a day, today if none is named."""
    on = today() if date is None else asked_day(date, option="--date")
    chosen = charter_named(charters_in_use(edition), charter, option="")
    with working(Text("Mise en page…", "Typesetting…"), lang):
        pdf = charter_pdf(chosen, on=on, language=lang)
    with replacing(out) as aside:
        aside.write_bytes(pdf)
    typer.echo(Text(f"{out.name} est écrit.", f"{out.name} is written.").say(lang))
