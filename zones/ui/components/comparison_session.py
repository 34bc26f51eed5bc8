"""What a planner compares: the only place that knows these keys of the session."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import streamlit as st

from charters.vocabulary import ProjectField, project_fields
from geodata.errors import Fault, ProjectError
from geodata.language import Text
from geodata.typed_numbers import typed_number
from zones.comparison import MOST_CASES
from zones.projects import Project, Value, number_remedy, project_document, project_from
from zones.ui.components.comparison_words import COMPARISON_WORDS
from zones.ui.components.session import draft, language

__all__ = [
    "MOST_VARIANTS",
    "Variant",
    "add_sites",
    "add_variant",
    "copy_current",
    "edit_variant",
    "faults_said",
    "remove_site",
    "remove_variant",
    "say_faults",
    "set_sites",
    "sites",
    "variants",
]

MOST_VARIANTS = 3
"""Variants beside the project of the desk."""

Origin = Literal["example", "file", "copy"]
_VARIANTS, _SITES, _FAULTS = "compared_variants", "compared_sites", "compared_faults"
Site = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Variant:
    """A project put beside that of the desk."""

    project: Project
    """What it would be."""
    origin: Origin
    """Where it comes from; only a copy may be edited."""


def variants() -> tuple[Variant, ...]:
    """Projects beside that of the desk."""
    found: tuple[Variant, ...] = st.session_state.get(_VARIANTS, ())
    return found


def add_variant(project: Project, origin: Origin) -> None:
    """Put a project beside the others, as long as there is room."""
    if len(variants()) < MOST_VARIANTS:
        st.session_state[_VARIANTS] = (*variants(), Variant(project, origin))


def copy_current() -> None:
    """Put a copy of the project of the desk beside it, to be edited."""
    project = draft().project
    taken = {project.name, *(each.project.name for each in variants())}
    names = (_numbered(project.name, number) for number in itertools.count(2))
    add_variant(replace(project, name=next(name for name in names if name not in taken)), "copy")


def remove_variant(position: int) -> None:
    """Take a project away."""
    kept = (*variants()[:position], *variants()[position + 1 :])
    st.session_state[_VARIANTS] = kept


def edit_variant(position: int, name: str, text: str) -> None:
    """Give a figure of a copy as it was typed; what is wrong is said, and changes nothing."""
    chosen = variants()[position]
    field = project_fields().get(name)
    if chosen.origin != "copy" or field is None:
        return
    try:
        value = _typed(field, text)
        document = {**project_document(chosen.project), name: value}
        edited = project_from(document, lines={}, where="")
    except ProjectError as error:
        say_faults(error.faults)
        return
    changed = Variant(replace(edited, name=chosen.project.name), "copy")
    st.session_state[_VARIANTS] = (
        *variants()[:position],
        changed,
        *variants()[position + 1 :],
    )


def sites() -> tuple[Site, ...]:
    """Sites compared, each as its parcel ids."""
    found: tuple[Site, ...] = st.session_state.get(_SITES, ())
    return found


def set_sites(chosen: Sequence[Site]) -> None:
    """Compare these sites."""
    st.session_state[_SITES] = tuple(dict.fromkeys(chosen))[:MOST_CASES]


def add_sites(chosen: Sequence[Site]) -> None:
    """Compare these sites too; one that is there already counts once."""
    set_sites((*sites(), *(tuple(sorted(set(each))) for each in chosen)))


def remove_site(site: Site) -> None:
    """Take a site away."""
    set_sites([each for each in sites() if each != site])


def say_faults(faults: Sequence[Fault]) -> None:
    """Say once what is wrong with what was just asked."""
    st.session_state[_FAULTS] = [each.say(language()) for each in faults]


def faults_said() -> list[str]:
    """What was wrong, told once."""
    found: list[str] = st.session_state.pop(_FAULTS, [])
    return found


def _numbered(name: Text, number: int) -> Text:
    """Name of the copy of that number."""
    word = COMPARISON_WORDS["copy_name"]
    return Text(
        word.fr.format(name=name.fr, number=number), word.en.format(name=name.en, number=number)
    )


def _typed(field: ProjectField, text: str) -> Value | None:
    """Value that a reader typed, None where the cell was emptied."""
    word = text.strip()
    if not word:
        return None
    if field.type == "choice":
        return word
    if field.type == "yes_no":
        return word == "true"
    number = typed_number(word, language())
    if isinstance(number, Fault):
        raise ProjectError(Fault(number.what, field.title.say(language()), number_remedy(field)))
    return round(number) if field.whole and number.is_integer() else number
