"""What each kind of change may mean: names that exist, law that stays, articles that begin."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from charters.editing import (
    AddArticle,
    AddRow,
    AddValue,
    EditText,
    EndArticle,
    SetNature,
)
from charters.editing_apply import article_of, new_article_id
from charters.editing_article import ArticleForm, measurable_facts
from charters.editing_law import law_faults, locked_faults
from charters.editing_names import (
    article_named,
    article_with,
    charter_of_form,
    new_source_faults,
    requirement_named,
    source_faults,
    unknown_fault,
)
from charters.editing_new import order_fault
from charters.editing_signs import is_signed_parameter, is_signed_table
from charters.editing_tables import table_users, table_words
from charters.editing_values import (
    nothing_changes,
    period_faults,
    said_on,
    same_faults,
    sign_faults,
    unit_faults,
    use_faults,
    year_faults,
)
from charters.entries import Entry
from charters.model import Article, Charter, DatedValue, Requirement, Table
from charters.places import Place, fault_at
from charters.vocabulary import is_signed, written_unit
from geodata.errors import CharterError, Fault
from geodata.language import Text

__all__ = ["MEANINGS"]

_Valid = Mapping[str, Any]


def _of_value(valid: _Valid, charters: Sequence[Charter]) -> Iterator[Fault]:
    """Faults of a dated value of a parameter."""
    charter = charter_of_form(valid, charters)
    yield from source_faults(valid, charter)
    requirement = requirement_named(valid, charter)
    if isinstance(requirement, Fault):
        yield requirement
        return
    if charter is None or requirement is None or "parameter" not in valid:
        return
    parameter = requirement.parameters.get(valid["parameter"])
    if parameter is None:
        what = ("ce paramètre n'existe pas", "this parameter does not exist")
        yield unknown_fault("parameter", what, valid["parameter"], requirement.parameters)
        return
    article = article_with(requirement, charter)
    yield from unit_faults(valid, parameter.unit)
    yield from period_faults(valid, parameter.values)
    yield from use_faults(valid, parameter.values, [article.in_force])
    yield from same_faults(valid, parameter.values)
    if parameter.unit != "bool":
        is_signed = is_signed_parameter(requirement, valid["parameter"])
        yield from sign_faults(valid, is_signed=is_signed)
    if requirement.kind == "legal":
        yield from locked_faults(valid, parameter.values, charter)


def _of_row(valid: _Valid, charters: Sequence[Charter]) -> Iterator[Fault]:
    """Faults of a dated value of a table."""
    charter = charter_of_form(valid, charters)
    yield from source_faults(valid, charter)
    if charter is None or "table" not in valid:
        return
    table: Table | None = charter.tables.get(valid["table"])
    if table is None:
        what = ("cette table n'existe pas", "this table does not exist")
        yield unknown_fault("table", what, valid["table"], charter.tables)
        return
    words, key = table_words(charter, valid["table"]), valid.get("key")
    if words and key is not None and key not in words:
        what = ("aucun article ne lit cette clé", "no article reads this key")
        yield unknown_fault("key", what, key, words)
    rows: list[DatedValue] = [each for each in table.rows if each.key == key]
    users = table_users(charter, valid["table"])
    yield from unit_faults(valid, table.unit)
    yield from period_faults(valid, rows)
    yield from use_faults(valid, rows, [article.in_force for article, _ in users])
    yield from same_faults(valid, rows)
    readers = [each for _, each in users]
    is_signed = is_signed_table(readers, valid["table"], unit_name=table.unit)
    yield from sign_faults(valid, is_signed=is_signed)
    if any(each.kind == "legal" for each in readers):
        yield from locked_faults(valid, rows, charter)


def _of_text(valid: _Valid, charters: Sequence[Charter]) -> Iterator[Fault]:
    """Faults of new words."""
    charter = charter_of_form(valid, charters)
    if charter is None or "requirement" not in valid:
        return
    ids = {each.id for each in charter.articles} | {each.id for _, each in charter.requirements}
    if valid["requirement"] not in ids:
        what = ("cet article n'existe pas", "this article does not exist")
        yield unknown_fault("requirement", what, valid["requirement"], ids)
        return
    part, name = valid.get("part"), valid["requirement"]
    is_whole = part == "note" or (part != "remedy" and article_of(name) == name)
    found: Article | Requirement | Fault | None = (
        article_named(article_of(name), charter) if is_whole else requirement_named(valid, charter)
    )
    if isinstance(found, Fault):
        yield found
    elif found is not None and {"text", "part"} <= set(valid):
        is_same = getattr(found, valid["part"]) == valid["text"]
        yield from [nothing_changes("text")] * is_same


def _of_nature(valid: _Valid, charters: Sequence[Charter]) -> Iterator[Fault]:
    """Faults of another nature: the law is the law, and a charter does not make it."""
    found = requirement_named(valid, charter_of_form(valid, charters))
    if isinstance(found, Fault):
        yield found
    elif found is not None and found.kind == "legal":
        yield Fault(
            Text(
                "Un rappel de la loi garde sa nature et son poids.",
                "A reminder of the law keeps its nature and its weight.",
            ),
            "kind",
            Text(
                "Mettre fin à l'article, ou en ajouter un autre.",
                "End the article, or add another one.",
            ),
        )
    elif valid.get("kind") == "legal":
        yield Fault(
            Text(
                "Un engagement ne devient pas un rappel de la loi.",
                "A commitment does not become a reminder of the law.",
            ),
            "kind",
            Text(
                "Ajouter un article qui cite le texte de loi.",
                "Add an article that cites the text of the law.",
            ),
        )
    elif found is not None and (found.kind, found.severity) == (
        valid.get("kind"),
        valid.get("severity"),
    ):
        yield nothing_changes("kind")


def _of_end(valid: _Valid, charters: Sequence[Charter]) -> Iterator[Fault]:
    """Faults of an end: it comes after the beginning, and says where it comes from."""
    charter = charter_of_form(valid, charters)
    yield from source_faults(valid, charter)
    article = article_named(valid.get("article"), charter)
    if isinstance(article, Fault):
        yield article
        return
    if article is None or charter is None:
        return
    if any(each.kind == "legal" for each in article.requirements):
        yield from law_faults(valid, charter)
    yield from year_faults(valid)
    if "until" not in valid:
        return
    if valid["until"] == article.in_force.until:
        yield nothing_changes("to")
    elif valid["until"] <= article.in_force.since:
        what = said_on(
            "l'article commence le {}", "the article begins on {}", article.in_force.since
        )
        yield fault_at(Place("to"), *what)


def _of_article(valid: _Valid, charters: Sequence[Charter]) -> Iterator[Fault]:
    """Faults of a new article that its own file cannot show; the loader checks the rest."""
    charter = charter_of_form(valid, charters)
    yield from new_source_faults(valid, charter)
    if charter is None or "content" not in valid:
        return
    try:
        name = new_article_id(valid["content"])
    except CharterError as error:
        yield from error.faults
        return
    prefix = charter.articles[0].id.partition("-")[0] if charter.articles else "XX"
    if name is None or article_of(name) != name or not name.startswith(f"{prefix}-"):
        what = Text(
            f"L'identifiant « {name or ''} » n'est pas de la forme {prefix}-21.",
            f"The id “{name or ''}” is not of the form {prefix}-21.",
        )
        yield Fault(what, "content", Text("Écrire id: au début.", "Write id: at the beginning."))
    elif any(each.id == name for each in charter.articles):
        what = Text(f"L'article {name} existe déjà.", f"Article {name} exists already.")
        remedy = Text("Prendre le numéro suivant.", "Take the next number.")
        yield Fault(what, "content", remedy)


def _of_form(valid: _Valid, charters: Sequence[Charter]) -> Iterator[Fault]:
    """Faults of a new article described by a form; what it makes is checked as any article."""
    yield from source_faults(valid, charter_of_form(valid, charters))
    yield from year_faults(valid)
    fact = valid.get("fact")
    if fact is None:
        return
    if fact not in measurable_facts():
        what = ("ce n'est pas une grandeur mesurée", "this is no measured quantity")
        yield unknown_fault("fact", what, fact, measurable_facts())
        return
    yield from unit_faults(valid, written_unit(fact))
    if written_unit(fact) != "bool":
        yield from sign_faults(valid, is_signed=is_signed(fact))
    elif valid.get("op", "=") != "=":
        yield order_fault("op")


MEANINGS: dict[type[Entry], Callable[[_Valid, Sequence[Charter]], Iterator[Fault]]] = {
    AddValue: _of_value,
    AddRow: _of_row,
    EditText: _of_text,
    SetNature: _of_nature,
    EndArticle: _of_end,
    AddArticle: _of_article,
    ArticleForm: _of_form,
}
"""Faults of the valid fields of a change, or of the form of an article, by its kind."""
