"""What one planner works on: the only place that knows the keys of the session."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, TypeVar

import streamlit as st

from geodata.language import DEFAULT_LANGUAGE, Language, Text
from zones.drafts import Draft
from zones.projects import Value, example_projects
from zones.ui.words import WORDS

__all__ = [
    "article_on_map",
    "ask_article",
    "asked_article",
    "asked_edit",
    "asked_page",
    "can_undo",
    "change_field",
    "choose_article",
    "chosen_article",
    "draft",
    "edit_article",
    "judge_on",
    "keep_choice",
    "kept_choice",
    "language",
    "lock_field",
    "locked_fields",
    "look_at_site",
    "looks",
    "map_article",
    "open_draft",
    "read_article",
    "say",
    "see_article",
    "set_parcels",
    "show_verdict_of",
    "start",
    "toggle_parcel",
    "undo",
]

_DRAFT, _PAST, _ARTICLE, _LANGUAGE, _LOOKS = "draft", "past", "article", "language", "looks"
_LOCKS, _ON_MAP = "locks", "article_on_map"
_READ, _PAGE, _EDIT, _CHOICES = "read", "page", "edit_asked", "choices"
_REMEMBERED = 50
_Choice = TypeVar("_Choice")


def start() -> None:
    """Give a new session its first project."""
    if _DRAFT not in st.session_state:
        st.session_state[_DRAFT] = Draft((), example_projects()["digital_offices"])
        st.session_state[_PAST] = ()
        st.session_state[_ARTICLE] = None
        st.session_state[_LANGUAGE] = DEFAULT_LANGUAGE


def language() -> Language:
    """Language of the page."""
    return "en" if st.session_state.get(_LANGUAGE) == "en" else "fr"


def say(word: str, **values: object) -> str:
    """One of the page's own words."""
    text: Text = WORDS[word]
    return text.say(language(), **values)


def draft() -> Draft:
    """Site and project now."""
    found: Draft = st.session_state[_DRAFT]
    return found


def open_draft(opened: Draft) -> None:
    """Work on ``opened``; what was there can be brought back."""
    if opened == draft():
        return
    st.session_state[_PAST] = (*st.session_state[_PAST], draft())[-_REMEMBERED:]
    st.session_state[_DRAFT] = opened


def undo() -> None:
    """Go back to the draft before the last change."""
    if can_undo():
        *earlier, last = st.session_state[_PAST]
        st.session_state[_PAST] = tuple(earlier)
        st.session_state[_DRAFT] = last


def can_undo() -> bool:
    """Whether there is a change to undo."""
    return bool(st.session_state.get(_PAST))


def toggle_parcel(parcel: str) -> None:
    """Add a parcel to the site, or take it out."""
    now = draft().parcels
    kept = tuple(each for each in now if each != parcel)
    set_parcels(kept if parcel in now else (*now, parcel))


def set_parcels(parcels: tuple[str, ...]) -> None:
    """Make these parcels the site."""
    open_draft(replace(draft(), parcels=parcels))


def change_field(name: str, value: Value | None) -> None:
    """Give one figure of the project, or take it away."""
    project = draft().project
    values = {key: each for key, each in project.values.items() if key != name}
    if value is not None:
        values[name] = value
    change_project(values=values)


def change_project(**changes: Any) -> None:  # noqa: ANN401 - fields of a project
    """Change the name, the filing date or the values of the project."""
    open_draft(replace(draft(), project=replace(draft().project, **changes)))


def judge_on(day: dt.date | None) -> None:
    """Judge on another day than the filing date; on that again when None."""
    open_draft(replace(draft(), judged_on=None if day == draft().project.filing_date else day))


def chosen_article() -> str | None:
    """Id of the requirement whose evidence is shown."""
    found: str | None = st.session_state.get(_ARTICLE)
    return found


def choose_article(requirement: str | None) -> None:
    """Show the evidence of a requirement; the same one again hides it."""
    st.session_state[_ARTICLE] = None if requirement == chosen_article() else requirement


def look_at_site() -> None:
    """Ask the map to bring the site into view."""
    st.session_state[_LOOKS] = looks() + 1


def looks() -> int:
    """How many times the site was asked to be brought into view."""
    return int(st.session_state.get(_LOOKS, 0))


def locked_fields() -> frozenset[str]:
    """Fields of the project that no proposal may change."""
    found: frozenset[str] = st.session_state.get(_LOCKS, frozenset())
    return found


def lock_field(name: str, *, is_locked: bool) -> None:
    """Keep a field of the project as it is, or let it go."""
    others = locked_fields() - {name}
    st.session_state[_LOCKS] = others | {name} if is_locked else others


def article_on_map() -> str | None:
    """Id of the requirement by which the parcels are coloured, None for the charters."""
    found: str | None = st.session_state.get(_ON_MAP)
    return found


def map_article(requirement: str | None) -> None:
    """Colour the parcels by a requirement, or by the charters again."""
    st.session_state[_ON_MAP] = requirement


def see_article(requirement: str) -> None:
    """Open the articles at a requirement."""
    st.session_state[_ARTICLE] = requirement
    st.session_state["panel_choice"] = "verdict"


def kept_choice(name: str, *, among: Sequence[_Choice], default: _Choice) -> _Choice:
    """What was last chosen under a name, as long as it is still offered; else the default.

    Streamlit forgets a widget that one run does not draw: what must outlive it is kept here.
    """
    found = st.session_state.get(_CHOICES, {}).get(name)
    return found if found in among else default


def keep_choice(name: str, *, key: str) -> None:
    """Keep what was just chosen in the widget ``key``."""
    kept = st.session_state.get(_CHOICES, {})
    st.session_state[_CHOICES] = {**kept, name: st.session_state[key]}


def ask_article(requirement: str | None) -> None:
    """Bring an article, or a requirement, into view in its charter; none when None."""
    st.session_state[_READ] = (requirement, asked_article()[1] + 1)


def asked_article() -> tuple[str | None, int]:
    """Article to bring into view, and how many times one was asked for."""
    found: tuple[str | None, int] = st.session_state.get(_READ, (None, 0))
    return found


def read_article(requirement: str) -> None:
    """Go to the page of the charters, at the article of a requirement."""
    ask_article(requirement)
    st.session_state[_PAGE] = ("charters", {})


def show_verdict_of(requirement: str) -> None:
    """Go to the desk, with the verdict of a requirement open."""
    see_article(requirement)
    st.session_state[_PAGE] = ("desk", {})


def edit_article(article: str) -> None:
    """Go to the editing of the charters, at an article."""
    st.session_state[_EDIT] = article
    st.session_state[_PAGE] = ("editing", {})


def asked_edit() -> str | None:
    """Article to edit, once; None where none was asked for."""
    found: str | None = st.session_state.pop(_EDIT, None)
    return found


def asked_page() -> tuple[str, dict[str, str]] | None:
    """Page to go to, once, and what its address says; None to stay."""
    found: tuple[str, dict[str, str]] | None = st.session_state.pop(_PAGE, None)
    return found
