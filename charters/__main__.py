"""Command line of the charters: list, show and check the articles."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Annotated, Literal

import typer

from charters.difference_report import difference_json, difference_text
from charters.differences import Side
from charters.document import article_sheet
from charters.editions import charters_in_use
from charters.editions_command import (
    EditionFromOption,
    EditionOption,
    EditionToOption,
    add_editions,
)
from charters.examples import example_faults
from charters.figures import is_to_check
from charters.loading import load_charter
from charters.model import Article, Charter
from charters.needs import articles_by_layer
from charters.places import gathered
from charters.plain import plain_text
from charters.printing_command import DateOption, add_printing
from charters.selection import article_named, charter_named
from charters.wording import KINDS, SEVERITIES
from geodata.catalog import catalog
from geodata.command_line import LanguageOption, application, asked_day, both, examples, run, today
from geodata.errors import CharterError, Fault, SelectionError
from geodata.language import Text

app = application(
    Text(
        "Les deux chartes modèles : lister, lire et vérifier leurs articles.",
        "The two model charters: list, read and check their articles.",
    )
)

add_editions(app)
add_printing(app)

Format = Literal["text", "json"]


@app.command(
    "list",
    help=both(Text("Lister les exigences.", "List the requirements.")),
    epilog="Exemple / example: python -m charters list --format json",
)
def list_requirements(
    *,
    output: Annotated[Format, typer.Option("--format", help="text ou / or json")] = "text",
    edition: EditionOption = None,
    lang: LanguageOption = "fr",
) -> None:
    """Print one line, or one JSON object, per requirement."""
    rows = [
        (charter, article, requirement)
        for charter in charters_in_use(edition)
        for article, requirement in charter.requirements
    ]
    if output == "json":
        listed = [
            {
                "charter": charter.id,
                "article": each.id,
                "kind": each.kind,
                "severity": each.severity,
                "measure": "|".join(alternative.measure.name for alternative in each.any_of),
                "unit": each.any_of[0].measure.unit,
                "in_force": _period(article),
                "sources": list(article.sources),
                "confidence": _confidence(charter, article),
            }
            for charter, article, each in rows
        ]
        typer.echo(json.dumps(listed, ensure_ascii=False, indent=1))
        return
    for charter in charters_in_use(edition):
        typer.echo(
            f"{charter.title.say(lang)} ({charter.edition})\n{charter.model_notice.say(lang)}"
        )
        for _, each in charter.requirements:
            nature = f"{KINDS[each.kind].say(lang)}, {SEVERITIES[each.severity].say(lang).lower()}"
            typer.echo(f"  {each.id:7} {each.title.say(lang)} · {nature}")


@app.command(
    help=both(Text("Lire un article.", "Read an article.")),
    epilog="Exemple / example: python -m charters show PI-02 --date 2027-07-01 --lang en",
)
def show(
    article: Annotated[str, typer.Argument(help="PI-02, CH-01, PI-05a…")],
    *,
    edition: EditionOption = None,
    date: DateOption = None,
    lang: LanguageOption = "fr",
) -> None:
    """Print one article as its data say it, with the values of a day, today if none is named."""
    on = today() if date is None else asked_day(date, option="--date")
    charter, found = article_named(charters_in_use(edition), article)
    typer.echo(plain_text(article_sheet(found, charter, on=on, language=lang), lang))


@app.command(
    help=both(
        Text("Dire quels articles lisent quelle couche.", "Say which articles read a layer.")
    ),
    epilog="Exemple / example: python -m charters layers",
)
def layers(*, lang: LanguageOption = "fr") -> None:
    """Print the articles that need each layer of the catalog."""
    needs = articles_by_layer(charters_in_use())
    for name, layer in catalog().items():
        unused = Text("aucun article", "no article").say(lang)
        typer.echo(
            f"{name:20} {layer.title.say(lang)} · {', '.join(needs.get(name, ())) or unused}"
        )


@app.command(
    help=both(
        Text(
            "Vérifier les fichiers des chartes et jouer leurs exemples.",
            "Check the charter files and run their examples.",
        )
    ),
    epilog="Exemple / example: python -m charters lint --charter DOSSIER",
)
def lint(
    *,
    charter: Annotated[
        Path | None, typer.Option(help="Dossier d'une autre charte. / Folder of another charter.")
    ] = None,
    edition: EditionOption = None,
    lang: LanguageOption = "fr",
) -> None:
    """Load every file, run every example, and say what was checked."""
    try:
        charters = charters_in_use(edition) if charter is None else (load_charter(charter),)
    except CharterError as error:
        raise CharterError(*gathered(error.faults)) from None
    faults = [fault for each in charters for fault in example_faults(each)]
    if faults:
        raise CharterError(*gathered(faults))
    for each in charters:
        examples = sum(len(article.examples) for article in each.articles)
        count = len(each.articles)
        done = Text(
            f"{each.title.fr} : {count} articles et {examples} exemples, aucune faute.",
            f"{each.title.en}: {count} articles and {examples} examples, no fault.",
        )
        typer.echo(done.say(lang))


@app.command(
    help=both(
        Text(
            "Dire ce qui change dans les chartes entre deux dates ou deux éditions.",
            "Say what changes in the charters between two dates or two editions.",
        )
    ),
    epilog=examples(
        "python -m charters diff --from 2015-01-01 --to 2026-11-22",
        "python -m charters diff --from 2026-01-01 --to 2026-12-31 --charter industrial_parks \\",
        "  --format json --lang en",
        "python -m charters diff --edition-from 1 --edition-to 2",
    ),
)
def diff(
    *,
    start: Annotated[str | None, typer.Option("--from", help="Premier jour. / First day.")] = None,
    end: Annotated[str | None, typer.Option("--to", help="Dernier jour. / Last day.")] = None,
    edition_from: EditionFromOption = None,
    edition_to: EditionToOption = None,
    charter: Annotated[
        str | None, typer.Option(help="Une seule charte. / One charter only.")
    ] = None,
    output: Annotated[Format, typer.Option("--format", help="text ou / or json")] = "text",
    lang: LanguageOption = "fr",
) -> None:
    """Print the articles that begin or end, and the values and texts that change."""
    last = today() if end is None else asked_day(end, option="--to")
    first = last if start is None else asked_day(start, option="--from")
    if start is None and edition_from is None and edition_to is None:
        what = Text("Il n'y a rien à comparer.", "There is nothing to compare.")
        remedy = Text(
            "Donner --from, ou --edition-from et --edition-to.",
            "Give --from, or --edition-from and --edition-to.",
        )
        raise SelectionError(Fault(what, "", remedy))
    before, after = (
        [Side(each, day) for each in _chosen(charter, edition)]
        for day, edition in ((first, edition_from), (last, edition_to))
    )
    report = difference_json if output == "json" else difference_text
    typer.echo(report(before, after, language=lang))


def _chosen(charter: str | None, edition: int | None) -> tuple[Charter, ...]:
    """Both charters of an edition, or the one that is named."""
    known = charters_in_use(edition)
    return known if charter is None else (charter_named(known, charter, option="--charter"),)


def _period(article: Article) -> dict[str, str | None]:
    """Days on which an article is in force."""
    until: dt.date | None = article.in_force.until
    return {"from": str(article.in_force.since), "to": None if until is None else str(until)}


def _confidence(charter: Charter, article: Article) -> str:
    """``to_check`` as soon as one value of the article, or of its tables, is to be checked."""
    doubts = (is_to_check(each, charter) for each in article.requirements)
    return "to_check" if any(doubts) else "checked"


if __name__ == "__main__":
    run(app, name="python -m charters")
