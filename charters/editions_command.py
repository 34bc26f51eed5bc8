"""The commands of editions: list them, choose the one to judge by, publish a draft."""

from __future__ import annotations

import datetime as dt
import json
from typing import Annotated, Literal

import typer

from charters.editions import CharterEdition, choices, edition_in_use, editions
from charters.editions_publishing import choose_edition
from geodata.command_line import LanguageOption, both, examples
from geodata.language import Language, Text, date_text

__all__ = [
    "AuthorOption",
    "EditionFromOption",
    "EditionOption",
    "EditionToOption",
    "ReasonOption",
    "add_editions",
]

EditionOption = Annotated[
    int | None,
    typer.Option("--edition", help="Édition des chartes. / Edition of the charters.", min=1),
]
"""Type of the ``edition`` parameter; None is the edition in use."""
EditionFromOption = Annotated[
    int | None,
    typer.Option("--edition-from", help="Édition de départ. / Edition to start from.", min=1),
]
EditionToOption = Annotated[
    int | None,
    typer.Option("--edition-to", help="Édition d'arrivée. / Edition to arrive at.", min=1),
]
"""Types of the parameters of a command that compares two editions; None as above."""
AuthorOption = Annotated[str, typer.Option("--author", help="Qui décide. / Who decides.")]
ReasonOption = Annotated[str, typer.Option("--reason", help="Pourquoi. / Why.")]


def add_editions(app: typer.Typer) -> None:
    """Add the commands to the command line of the charters."""
    app.command(
        "editions",
        help=both(Text("Lister les éditions des chartes.", "List the editions of the charters.")),
        epilog=examples("python -m charters editions --format json"),
    )(_editions)
    app.command(
        "use",
        help=both(
            Text(
                "Juger selon une édition, jusqu'à la prochaine publication.",
                "Judge by an edition, until the next publication.",
            )
        ),
        epilog=examples(
            'python -m charters use --edition 1 --author "A. Petit" --reason "vote annulé"'
        ),
    )(_use)


def _editions(
    *,
    output: Annotated[
        Literal["text", "json"], typer.Option("--format", help="text ou / or json")
    ] = "text",
    lang: LanguageOption = "fr",
) -> None:
    """Print the editions, the one in use, and the ways back that were taken."""
    now = edition_in_use()
    if output == "json":
        listed = {
            "in_use": now,
            "editions": [each.model_dump(mode="json", by_alias=True) for each in editions()],
            "choices": [each.model_dump(mode="json") for each in choices()],
        }
        typer.echo(json.dumps(listed, ensure_ascii=False, indent=1))
        return
    for each in editions():
        used = Text("  ← en usage", "  ← in use").say(lang) if each.number == now else ""
        typer.echo(f"{each.number:4}  {_origin(each, lang)}{used}")
    for choice in choices():
        said = Text(
            f"Retour à l'édition {choice.edition} ({choice.author}) : {choice.reason}",
            f"Back to edition {choice.edition} ({choice.author}): {choice.reason}",
        )
        typer.echo(f"      {date_text(choice.chosen.date(), lang)} · {said.say(lang)}")


def _use(
    *,
    edition: Annotated[int, typer.Option("--edition", help="1, 2…", min=1)],
    author: AuthorOption,
    reason: ReasonOption,
    lang: LanguageOption = "fr",
) -> None:
    """Choose an edition, and say so."""
    choose_edition(edition, author=author, reason=reason, at=dt.datetime.now(dt.UTC))
    said = Text(
        f"Les chartes sont jugées selon l'édition {edition}.",
        f"The charters are judged by edition {edition}.",
    )
    typer.echo(said.say(lang))


def _origin(edition: CharterEdition, language: Language) -> str:
    """Who published an edition, when, from which one and why."""
    if edition.published is None:
        packaged = Text("fournie avec le programme", "comes with the program")
        return f"{packaged.say(language)} ({edition.reason})"
    day = date_text(edition.published.date(), language)
    base = Text(f"depuis l'édition {edition.base}", f"from edition {edition.base}").say(language)
    return f"{day} · {edition.author} · {base} · {edition.reason}"
