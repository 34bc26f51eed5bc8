"""What each kind of change may mean: names that exist, law that stays, articles that begin."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from charters.editing import (
    AddArticle,
    AddRow,
    AddValue,
    EditText,
    EndArticle,
    NewSource,
    SetNature,
)
from charters.editing_apply import article_of
from charters.editing_values import locked_faults, period_faults, unit_faults
from charters.entries import Entry
from charters.model import Article, Charter, DatedValue, Requirement, Table
from charters.places import Place, fault_at
from geodata.errors import CharterError, Fault, did_you_mean
from geodata.language import Text
from geodata.yaml_reading import parse_yaml

__all__ = ["MEANINGS"]

_Valid = Mapping[str, Any]


def _of_value(valid: _Valid, charters: Sequence[Charter]) -> Iterator[Fault]:
    """Faults of a dated value of a parameter."""
    charter = _charter(valid, charters)
    yield from _source(valid, charter)
    requirement = _requirement(valid, charter)
    if isinstance(requirement, Fault):
        yield requirement
        return
    if requirement is None or "parameter" not in valid:
        return
    parameter = requirement.parameters.get(valid["parameter"])
    if parameter is None:
        what = ("ce paramètre n'existe pas", "this parameter does not exist")
        yield _unknown("parameter", what, valid["parameter"], requirement.parameters)
        return
    yield from unit_faults(valid, parameter.unit)
    yield from period_faults(valid, parameter.values)
    if requirement.kind == "legal" and charter is not None:
        yield from locked_faults(valid, parameter.values, charter)


def _of_row(valid: _Valid, charters: Sequence[Charter]) -> Iterator[Fault]:
    """Faults of a dated value of a table."""
    charter = _charter(valid, charters)
    yield from _source(valid, charter)
    if charter is None or "table" not in valid:
        return
    table: Table | None = charter.tables.get(valid["table"])
    if table is None:
        what = ("cette table n'existe pas", "this table does not exist")
        yield _unknown("table", what, valid["table"], charter.tables)
        return
    rows: list[DatedValue] = [each for each in table.rows if each.key == valid.get("key")]
    yield from unit_faults(valid, table.unit)
    yield from period_faults(valid, rows)


def _of_text(valid: _Valid, charters: Sequence[Charter]) -> Iterator[Fault]:
    """Faults of new words."""
    charter = _charter(valid, charters)
    if charter is None or "requirement" not in valid:
        return
    ids = {each.id for each in charter.articles} | {each.id for _, each in charter.requirements}
    if valid["requirement"] not in ids:
        what = ("cet article n'existe pas", "this article does not exist")
        yield _unknown("requirement", what, valid["requirement"], ids)
    elif valid.get("part") == "remedy":
        found = _requirement(valid, charter)
        if isinstance(found, Fault):
            yield found


def _of_nature(valid: _Valid, charters: Sequence[Charter]) -> Iterator[Fault]:
    """Faults of another nature: the law is the law, and a charter does not make it."""
    found = _requirement(valid, _charter(valid, charters))
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


def _of_end(valid: _Valid, charters: Sequence[Charter]) -> Iterator[Fault]:
    """Faults of an end: it comes after the beginning, and says where it comes from."""
    charter = _charter(valid, charters)
    yield from _source(valid, charter)
    article = _article(valid.get("article"), charter)
    if isinstance(article, Fault):
        yield article
    elif article is not None and "until" in valid and valid["until"] <= article.in_force.since:
        since = article.in_force.since
        what = (f"l'article commence le {since}", f"the article begins on {since}")
        yield fault_at(Place("to"), *what)


def _of_article(valid: _Valid, charters: Sequence[Charter]) -> Iterator[Fault]:
    """Faults of a new article that its own file cannot show; the loader checks the rest."""
    charter = _charter(valid, charters)
    yield from _new_source(valid, charter)
    if charter is None or "content" not in valid:
        return
    try:
        document, _ = parse_yaml(valid["content"].encode(), name="content")
    except CharterError as error:
        yield from error.faults
        return
    name = document.get("id") if isinstance(document, dict) else None
    prefix = charter.articles[0].id.partition("-")[0] if charter.articles else "XX"
    if not isinstance(name, str) or article_of(name) != name or not name.startswith(f"{prefix}-"):
        what = Text(
            f"L'identifiant « {name} » n'est pas de la forme {prefix}-21.",
            f"The id “{name}” is not of the form {prefix}-21.",
        )
        yield Fault(what, "content", Text("Écrire id: au début.", "Write id: at the beginning."))
    elif any(each.id == name for each in charter.articles):
        what = Text(f"L'article {name} existe déjà.", f"Article {name} exists already.")
        remedy = Text("Prendre le numéro suivant.", "Take the next number.")
        yield Fault(what, "content", remedy)


def _charter(valid: _Valid, charters: Sequence[Charter]) -> Charter | None:
    """Charter that is changed."""
    return next((each for each in charters if each.id == valid.get("charter")), None)


def _article(name: str | None, charter: Charter | None) -> Article | Fault | None:
    """Article of that id; None where the form names none."""
    if charter is None or name is None:
        return None
    known = {each.id: each for each in charter.articles}
    what = ("cet article n'existe pas", "this article does not exist")
    return known.get(name) or _unknown("article", what, name, known)


def _requirement(valid: _Valid, charter: Charter | None) -> Requirement | Fault | None:
    """Requirement that is changed; None where the form names none."""
    name = valid.get("requirement")
    if charter is None or name is None:
        return None
    known = {each.id: each for _, each in charter.requirements}
    what = ("cette exigence n'existe pas", "this requirement does not exist")
    return known.get(name) or _unknown("requirement", what, name, known)


def _source(valid: _Valid, charter: Charter | None) -> Iterator[Fault]:
    """Faults of the source that is cited: it is known, or comes with the change."""
    yield from _new_source(valid, charter)
    new: NewSource | None = valid.get("new_source")
    name = valid.get("source")
    if "new_source" not in valid:  # it is described, and at fault itself
        return
    if charter is None or name is None or name in charter.sources or (new and new.id == name):
        return
    what = ("cette source n'est pas connue", "this source is not known")
    yield _unknown("source", what, name, charter.sources)


def _new_source(valid: _Valid, charter: Charter | None) -> Iterator[Fault]:
    """Fault of a new source under a name that is taken."""
    new: NewSource | None = valid.get("new_source")
    if new is not None and charter is not None and new.id in charter.sources:
        what = Text(f"La source {new.id} existe déjà.", f"The source {new.id} exists already.")
        remedy = Text("La choisir, ou prendre un autre nom.", "Choose it, or take another name.")
        yield Fault(what, "new_source.id", remedy)


def _unknown(field: str, what: tuple[str, str], word: str, known: Iterable[str]) -> Fault:
    """Fault of a name that does not exist."""
    return Fault(fault_at(Place(field), *what).what, field, did_you_mean(word, known))


MEANINGS: dict[type[Entry], Callable[[_Valid, Sequence[Charter]], Iterator[Fault]]] = {
    AddValue: _of_value,
    AddRow: _of_row,
    EditText: _of_text,
    SetNature: _of_nature,
    EndArticle: _of_end,
    AddArticle: _of_article,
}
"""Faults of the valid fields of a change, by its kind."""
