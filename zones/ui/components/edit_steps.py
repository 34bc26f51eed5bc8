"""The steps of a draft: said one by one, undone, discarded, resumed."""

from __future__ import annotations

import streamlit as st

from charters.editing_drafts import CharterDraft, changed_on, undo_change
from charters.editing_words import step_text
from charters.editions import charters_of
from geodata.language import date_text
from zones.difference_files import outcome_text
from zones.ui.components.edit_choice import choice
from zones.ui.components.edit_session import (
    attempt,
    begin_again,
    edited_charters,
    kept_drafts,
    take_back,
    take_up,
    thrown_away,
)
from zones.ui.components.edit_words import edit_say
from zones.ui.components.session import language

__all__ = ["show_steps"]


def show_steps(edited: CharterDraft) -> None:
    """What the draft changes, step by step, and the ways out."""
    st.subheader(edit_say("draft"), anchor=False)
    if not edited.changes:
        _back()
        st.info(edit_say("no_steps"), icon=":material/edit_note:")
        _resume()
        return
    state = edited_charters(edited)
    for number, change in enumerate(edited.changes, 1):
        st.text(f"{number}. {step_text(change, state.charters, language())}")
    moved = state.moved
    if moved:
        listed = ", ".join(
            f"{each.requirement} ({_outcome(each.before)} → {_outcome(each.after)})"
            for each in moved
        )
        st.warning(edit_say("moved", count=len(moved), list=listed), icon=":material/rule:")
    with st.container(horizontal=True):
        st.button(
            edit_say("undo_step"),
            icon=":material/undo:",
            key="edit_undo",
            on_click=attempt,
            args=(lambda: _undone(edited),),
        )
        st.button(
            edit_say("discard"),
            icon=":material/delete:",
            key="edit_discard",
            on_click=begin_again,
            args=(edited,),
        )


def _back() -> None:
    """The way back to the draft that was just discarded."""
    thrown = thrown_away()
    if thrown is None:
        return
    said, back = st.columns([3, 1], vertical_alignment="center")
    said.warning(edit_say("discarded", count=len(thrown.changes)), icon=":material/delete:")
    back.button(
        edit_say("take_back"),
        icon=":material/undo:",
        key="edit_take_back",
        on_click=take_back,
        width="stretch",
    )


def _resume() -> None:
    """Drafts that were left earlier."""
    found = {each.id: each for each in kept_drafts() if each.changes}
    if not found:
        return
    name = choice(
        edit_say("resume"), list(found), words=lambda each: _draft(found[each]), key="edit_resume"
    )
    st.button(
        edit_say("resume"),
        icon=":material/history_edu:",
        key="edit_take_up",
        on_click=take_up,
        args=(found[str(name)],),
    )


def _draft(kept: CharterDraft) -> str:
    """Day of a draft, how many steps it has, and the first of them."""
    day = changed_on(kept)
    first = step_text(kept.changes[0], charters_of(kept.base), language())
    return edit_say(
        "resume_choice",
        day="–" if day is None else date_text(day, language()),
        count=len(kept.changes),
        step=first,
    )


def _undone(edited: CharterDraft) -> None:
    """Take the last step back."""
    if len(edited.changes) == 1:
        begin_again(edited)
    else:
        take_up(undo_change(edited))


def _outcome(word: str) -> str:
    """Outcome in words."""
    return outcome_text(word).say(language())
