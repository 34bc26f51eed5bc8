"""Whether a change is sound: everything that is wrong at once, at the field that it concerns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from pydantic import ConfigDict, TypeAdapter, ValidationError

from charters.editing import Change, NewSource
from charters.editing_article import ArticleForm
from charters.editing_meanings import MEANINGS
from charters.entries import Entry
from charters.entry_faults import entry_faults
from charters.model import Charter
from charters.places import Place
from geodata.errors import Fault
from geodata.language import Text

__all__ = ["change_faults", "checked"]

_FINITE = ConfigDict(allow_inf_nan=False)


def checked(
    kind: type[Entry], given: Mapping[str, object], charters: Sequence[Charter]
) -> tuple[Change | None, list[Fault]]:
    """Change that a form describes, or None and every fault, ``where`` being the field's name.

    Parameters
    ----------
    kind
        One of the changes of :mod:`charters.editing`, or the form of a new article.
    given
        Fields of the form by name, as in a file: ``from``, ``to``, ``value``…; a fault stands for
        what the form could not read.
    charters
        Charters that are to be changed.
    """
    valid, faults = _fields(kind, given)
    faults += MEANINGS[kind](valid, charters)
    if faults:
        return None, list(dict.fromkeys(faults))
    made: Change | ArticleForm = kind.model_validate(dict(given))  # type: ignore[assignment]
    return made.article() if isinstance(made, ArticleForm) else made, []


def change_faults(change: Change, charters: Sequence[Charter]) -> list[Fault]:
    """Faults of a change that was sound for another edition."""
    valid = {name: getattr(change, name) for name in type(change).model_fields}
    return list(dict.fromkeys(MEANINGS[type(change)](valid, charters)))


def _fields(
    kind: type[Entry], given: Mapping[str, object], *, above: str = ""
) -> tuple[dict[str, Any], list[Fault]]:
    """Fields that can be read, each on its own so that all of them are told of, and the faults."""
    valid: dict[str, Any] = {}
    faults: list[Fault] = []
    for name, field in kind.model_fields.items():
        key = field.alias or name
        entry = given.get(key)
        if key == "source" and entry is None and _is_unnamed(given.get("new_source")):
            continue  # the name of the new source is missing, and told there
        if entry is None:
            faults += [_missing(above + key)] if field.is_required() else []
            valid |= {} if field.is_required() else {name: field.get_default()}
        elif isinstance(entry, Fault):
            faults.append(replace(entry, where=above + key))
        elif _is_blank(entry):
            faults.append(_missing(above + key))
        elif name == "new_source" and isinstance(entry, Mapping):
            inner, wrong = _fields(NewSource, entry, above=f"{key}.")
            faults += wrong
            valid |= {} if wrong else {name: NewSource.model_validate(inner)}
        else:
            try:
                read = TypeAdapter(field.rebuild_annotation(), config=_FINITE)
                valid[name] = read.validate_python(entry)
            except ValidationError as error:
                faults += _refused(entry, entry_faults(error, Place(above + key)))
    return valid, faults


def _is_unnamed(source: object) -> bool:
    """Whether a new source is described and has no name yet."""
    return isinstance(source, Mapping) and source.get("id") is None


def _is_blank(entry: object) -> bool:
    """Whether a text was written in neither language."""
    if not isinstance(entry, Mapping) or set(entry) != {"fr", "en"}:
        return False
    return not any(str(each).strip() for each in entry.values())


def _refused(entry: object, faults: Sequence[Fault]) -> list[Fault]:
    """Faults of what was written in a field, which the form names itself."""
    plain = f"{entry:.40}" if isinstance(entry, str) else str(entry)
    what = Text(f"« {plain} » ne convient pas.", f"“{plain}” does not fit.")
    if isinstance(entry, Mapping):
        what = Text("Ce texte ne convient pas.", "This text does not fit.")
    return [replace(each, what=what) for each in faults]


def _missing(key: str) -> Fault:
    """Fault of a field that must be filled."""
    what = Text("Ce champ est vide.", "This field is empty.")
    return Fault(what, key, Text("Le remplir.", "Fill it."))
