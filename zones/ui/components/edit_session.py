"""The draft of the charters at work: its key in the session and in the address."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from charters.editing_checks import checked
from charters.editing_drafts import (
    CharterDraft,
    discard_draft,
    draft_ids,
    keep_change,
    new_draft,
    read_draft,
)
from charters.editing_state import DraftState, state_of
from charters.entries import Entry
from geodata.errors import Fault, PlanningError
from zones.ui.components.edit_words import edit_say
from zones.ui.components.session import language

__all__ = [
    "add_step",
    "attempt",
    "begin_again",
    "edited_charters",
    "edited_draft",
    "faults_at",
    "kept_drafts",
    "say_outcome",
    "take_up",
]

_ADDRESS, _FAULTS, _DONE, _FRESH = "draft", "edit_faults", "edit_done", "edit_fresh"


def edited_draft() -> CharterDraft:
    """Draft named by the address of the page, else one that has no step yet."""
    named = st.query_params.get(_ADDRESS)
    if named:
        try:
            return read_draft(named)
        except PlanningError as error:
            st.session_state[_FAULTS] = error.faults
            del st.query_params[_ADDRESS]
    fresh: CharterDraft | None = st.session_state.get(_FRESH)
    made = new_draft()
    if fresh is None or fresh.base != made.base:
        st.session_state[_FRESH] = fresh = made
    return fresh


def edited_charters(draft: CharterDraft) -> DraftState:
    """What the draft makes of the charters."""
    return state_of(draft.base, draft.changes)


def take_up(draft: CharterDraft) -> None:
    """Work on ``draft``, and name it in the address, so that it survives a reload."""
    st.query_params[_ADDRESS] = draft.id
    st.session_state.pop(_FRESH, None)


def begin_again(draft: CharterDraft | None = None) -> None:
    """Work on a draft without a step; forget ``draft``."""
    if draft is not None:
        discard_draft(draft)
    st.query_params.pop(_ADDRESS, None)
    st.session_state.pop(_FRESH, None)


def kept_drafts() -> tuple[CharterDraft, ...]:
    """Drafts that can be resumed, the last changed first; those that cannot be read are left."""
    found = []
    for name in draft_ids():
        try:
            found.append(read_draft(name))
        except PlanningError:
            continue
    return tuple(found)


def attempt(act: Callable[[], str | None]) -> None:
    """Do something; say what it says, or every fault."""
    st.session_state[_FAULTS], st.session_state[_DONE] = (), None
    try:
        st.session_state[_DONE] = act()
    except PlanningError as error:
        st.session_state[_FAULTS] = error.faults


def add_step(kind: type[Entry], given: Mapping[str, object]) -> None:
    """Add a change to the draft, or say what is wrong beside each field."""
    draft = edited_draft()

    def act() -> str:
        change, faults = checked(kind, given, edited_charters(draft).charters)
        if change is None:
            raise PlanningError(*faults)
        take_up(keep_change(draft, change))
        return edit_say("kept")

    with st.spinner(edit_say("checking")):
        attempt(act)


def faults_at(*fields: str) -> None:
    """Say beside a field what is wrong with it, as plain text: a fault repeats what was typed."""
    for fault in st.session_state.get(_FAULTS, ()):
        if fault.where.split(",")[0] in fields:
            with st.container(key=f"field_fault_{hash((fault.where, fault.what))}"):
                st.text(f"{fault.what.say(language())} {fault.remedy.say(language())}")


def say_outcome(*fields: str) -> None:
    """Say what was done, and the faults that no field of the page has said."""
    done = st.session_state.get(_DONE)
    if done:
        st.success(done, icon=":material/check:")
    rest: list[Fault] = [
        fault
        for fault in st.session_state.get(_FAULTS, ())
        if fault.where.split(",")[0] not in fields
    ]
    if rest:
        with st.container(key="field_fault_rest", border=True):
            for fault in rest:
                st.text(fault.say(language()))
