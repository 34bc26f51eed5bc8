"""The draft of the charters at work: its key in the session and in the address."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import streamlit as st

from charters.editing_checks import checked
from charters.editing_drafts import (
    CharterDraft,
    discard_draft,
    draft_ids,
    keep_change,
    new_draft,
    read_draft,
    restore_draft,
)
from charters.editing_state import DraftState, state_of
from charters.entries import Entry
from charters.wording import said
from geodata.errors import Fault, PlanningError
from zones.ui.components.edit_words import edit_say, field_title
from zones.ui.components.session import language

__all__ = [
    "Done",
    "add_step",
    "attempt",
    "begin_again",
    "edited_charters",
    "edited_draft",
    "enter",
    "faults_at",
    "fresh",
    "kept_drafts",
    "say_outcome",
    "switch",
    "take_back",
    "take_up",
    "thrown_away",
]

_ADDRESS, _OPEN, _FRESH, _THROWN = "draft", "edit_open", "edit_fresh", "edit_thrown"
_OUTCOME, _SAID, _FORMS = "edit_outcome", "edit_said", "edit_forms"
_FORM = "form"

Done = tuple[str, dict[str, object]]
"""Word of what was done, and its values: said in the language that the page has by then."""


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What the last act of the planner came to."""

    place: str = _FORM
    """Part of the page that it was done in."""
    done: Done | None = None
    faults: tuple[Fault, ...] = field(default=())


def enter() -> None:
    """Begin to draw the page: no fault is said yet."""
    st.session_state[_SAID] = set()


def switch() -> None:
    """Turn to something else, or leave the page: what was wrong or done is said no more."""
    st.session_state[_OUTCOME] = _Outcome()
    st.session_state.pop(_THROWN, None)


def edited_draft() -> CharterDraft:
    """Draft named by the address or opened in this session, else one that has no step yet."""
    named = st.query_params.get(_ADDRESS) or st.session_state.get(_OPEN)
    if named:
        try:
            found = read_draft(named)
        except PlanningError as error:
            st.session_state[_OUTCOME] = _Outcome(faults=error.faults)
            _leave()
        else:
            _open(found)
            return found
    made: CharterDraft | None = st.session_state.get(_FRESH)
    empty = new_draft()
    if made is None or made.base != empty.base:
        st.session_state[_FRESH] = made = empty
    return made


def edited_charters(draft: CharterDraft) -> DraftState:
    """What the draft makes of the charters."""
    return state_of(draft.base, draft.changes)


def take_up(draft: CharterDraft) -> None:
    """Work on ``draft``; it survives a reload by the address, another page by the session."""
    switch()
    _open(draft)
    st.session_state.pop(_FRESH, None)


def begin_again(draft: CharterDraft | None = None) -> None:
    """Work on a draft without a step; discard ``draft``, which can be taken back."""
    switch()
    if draft is not None:
        discard_draft(draft)
        st.session_state[_THROWN] = draft
    _leave()
    st.session_state.pop(_FRESH, None)


def thrown_away() -> CharterDraft | None:
    """Draft that was just discarded."""
    found: CharterDraft | None = st.session_state.get(_THROWN)
    return found


def take_back() -> None:
    """Keep the discarded draft again, and work on it."""
    thrown = thrown_away()
    if thrown is not None:
        attempt(lambda: take_up(restore_draft(thrown)))


def kept_drafts() -> tuple[CharterDraft, ...]:
    """Drafts that can be resumed, the last changed first; those that cannot be read are left."""
    found = []
    for name in draft_ids():
        try:
            found.append(read_draft(name))
        except PlanningError:
            continue
    return tuple(found)


def attempt(act: Callable[[], Done | None], *, place: str = _FORM) -> None:
    """Do something in a part of the page; say there what was done, or every fault."""
    try:
        done = act()
    except PlanningError as error:
        st.session_state[_OUTCOME] = _Outcome(place, faults=error.faults)
    else:
        st.session_state[_OUTCOME] = _Outcome(place, done=done)


def add_step(kind: type[Entry], given: Mapping[str, object]) -> None:
    """Add a change to the draft and empty the form, or say what is wrong beside each field."""
    draft = edited_draft()

    def act() -> Done:
        change, faults = checked(kind, given, edited_charters(draft).charters)
        if change is None:
            raise PlanningError(*faults)
        take_up(keep_change(draft, change))
        st.session_state[_FORMS] = _filled() + 1
        return ("kept", {})

    with st.spinner(edit_say("checking")):
        attempt(act)


def fresh(key: str) -> str:
    """Key of a field that is empty again once a step is added."""
    return f"{key}_{_filled()}"


def faults_at(*fields: str, place: str = _FORM) -> None:
    """Say beside a field what is wrong with it, as plain text: a fault repeats what was typed."""
    outcome = _outcome()
    if outcome.place != place:
        return
    for number, fault in enumerate(outcome.faults):
        if _field(fault) in fields and number not in st.session_state[_SAID]:
            st.session_state[_SAID].add(number)
            with st.container(key=f"field_fault_{place}_{number}"):
                st.text(f"{fault.what.say(language())} {fault.remedy.say(language())}")


def say_outcome() -> None:
    """Say what was done, and the faults that no field of the page has said.

    To be called once every field is drawn.
    """
    outcome = _outcome()
    if outcome.done is not None:
        word, values = outcome.done
        st.success(edit_say(word, **values), icon=":material/check:")
    rest = [
        fault
        for number, fault in enumerate(outcome.faults)
        if number not in st.session_state[_SAID]
    ]
    if rest:
        with st.container(key="field_fault_rest", border=True):
            for fault in rest:
                st.text(_whole(fault))


def _outcome() -> _Outcome:
    """What the last act came to."""
    found: _Outcome = st.session_state.get(_OUTCOME, _Outcome())
    return found


def _filled() -> int:
    """How many times a form was filled and added."""
    return int(st.session_state.get(_FORMS, 0))


def _open(draft: CharterDraft) -> None:
    """Name a draft in the address and in the session."""
    if st.query_params.get(_ADDRESS) != draft.id:
        st.query_params[_ADDRESS] = draft.id
    st.session_state[_OPEN] = draft.id


def _leave() -> None:
    """Name no draft any more."""
    st.query_params.pop(_ADDRESS, None)
    st.session_state.pop(_OPEN, None)


def _field(fault: Fault) -> str:
    """Field that a fault is of."""
    return fault.where.split(",")[0]


def _whole(fault: Fault) -> str:
    """Fault of a field that is not on the screen, with the field's name in words."""
    name = field_title(_field(fault))
    if not name:
        return fault.say(language())
    return said(name, f"{fault.what.say(language())} {fault.remedy.say(language())}", language())
