"""What the fields of a change name: a charter, an article, a requirement, a source."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from charters.editing import NewSource
from charters.model import Article, Charter, Requirement
from charters.places import Place, fault_at
from geodata.errors import Fault, did_you_mean
from geodata.language import Text

__all__ = [
    "article_named",
    "article_with",
    "charter_of_form",
    "new_source_faults",
    "requirement_named",
    "source_faults",
    "unknown_fault",
]

_Valid = Mapping[str, Any]


def article_with(requirement: Requirement, charter: Charter) -> Article:
    """Article of a requirement."""
    return next(article for article, each in charter.requirements if each.id == requirement.id)


def charter_of_form(valid: _Valid, charters: Sequence[Charter]) -> Charter | None:
    """Charter that is changed."""
    return next((each for each in charters if each.id == valid.get("charter")), None)


def article_named(name: str | None, charter: Charter | None) -> Article | Fault | None:
    """Article of that id; None where the form names none."""
    if charter is None or name is None:
        return None
    known = {each.id: each for each in charter.articles}
    what = ("cet article n'existe pas", "this article does not exist")
    return known.get(name) or unknown_fault("article", what, name, known)


def requirement_named(valid: _Valid, charter: Charter | None) -> Requirement | Fault | None:
    """Requirement that is changed; None where the form names none."""
    name = valid.get("requirement")
    if charter is None or name is None:
        return None
    known = {each.id: each for _, each in charter.requirements}
    what = ("cette exigence n'existe pas", "this requirement does not exist")
    return known.get(name) or unknown_fault("requirement", what, name, known)


def source_faults(valid: _Valid, charter: Charter | None) -> Iterator[Fault]:
    """Faults of the source that is cited: it is known, or comes with the change."""
    yield from new_source_faults(valid, charter)
    new: NewSource | None = valid.get("new_source")
    name = valid.get("source")
    if "new_source" not in valid:  # it is described, and at fault itself
        return
    if charter is None or name is None or name in charter.sources or (new and new.id == name):
        return
    what = ("cette source n'est pas connue", "this source is not known")
    yield unknown_fault("source", what, name, charter.sources)


def new_source_faults(valid: _Valid, charter: Charter | None) -> Iterator[Fault]:
    """Fault of a new source under a name that is taken."""
    new: NewSource | None = valid.get("new_source")
    if new is not None and charter is not None and new.id in charter.sources:
        what = Text(f"La source {new.id} existe déjà.", f"The source {new.id} exists already.")
        remedy = Text("La choisir, ou prendre un autre nom.", "Choose it, or take another name.")
        yield Fault(what, "new_source.id", remedy)


def unknown_fault(field: str, what: tuple[str, str], word: str, known: Iterable[str]) -> Fault:
    """Fault of a name that does not exist."""
    return Fault(fault_at(Place(field), *what).what, field, did_you_mean(word, known))
