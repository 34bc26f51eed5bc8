"""The steps of a draft: said one by one, undone, discarded, resumed."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from charters.editing import AddArticle, AddRow, AddValue, Change, EditText, EndArticle, SetNature
from charters.editing_drafts import CharterDraft, undo_change
from charters.figures import parameter_title
from charters.model import Charter
from charters.wording import KINDS, SEVERITIES
from geodata.language import date_text, number_text
from zones.difference_files import outcome_text
from zones.ui.components.edit_session import (
    attempt,
    begin_again,
    edited_charters,
    kept_drafts,
    take_up,
)
from zones.ui.components.edit_words import edit_say
from zones.ui.components.session import language

__all__ = ["show_steps"]


def show_steps(edited: CharterDraft) -> None:
    """What the draft changes, step by step, and the ways out."""
    st.subheader(edit_say("draft"), anchor=False)
    if not edited.changes:
        st.info(edit_say("no_steps"), icon=":material/edit_note:")
        _resume()
        return
    state = edited_charters(edited)
    for number, change in enumerate(edited.changes, 1):
        st.text(f"{number}. {_step(change, state.charters)}")
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


def _resume() -> None:
    """Drafts that were left earlier."""
    found = {each.id: each for each in kept_drafts()}
    if not found:
        return
    first, second = st.columns([3, 1], vertical_alignment="bottom")
    name = first.selectbox(
        edit_say("resume"),
        list(found),
        format_func=lambda each: edit_say("resume_choice", id=each, count=len(found[each].changes)),
        key="edit_resume",
    )
    second.button(
        edit_say("resume"),
        icon=":material/history_edu:",
        key="edit_take_up",
        on_click=take_up,
        args=(found[str(name)],),
    )


def _undone(edited: CharterDraft) -> None:
    """Take the last step back."""
    if len(edited.changes) == 1:
        begin_again(edited)
    else:
        take_up(undo_change(edited))


def _step(change: Change, charters: Sequence[Charter]) -> str:
    """One step in a line."""
    match change:
        case AddValue() | AddRow():
            where = (
                f"{change.requirement} · {_figure(change, charters)}"
                if isinstance(change, AddValue)
                else f"{change.table} · {change.key}"
            )
            return edit_say(
                "value_step",
                where=where,
                value=number_text(change.value, language(), decimals=4),
                unit=change.unit,
                day=date_text(change.since, language()),
                source=change.source,
            )
        case EditText():
            part = edit_say(f"part_{change.part}")
            return edit_say("text_step", where=change.requirement, part=part)
        case SetNature():
            return edit_say(
                "nature_step",
                where=change.requirement,
                kind=KINDS[change.kind].say(language()),
                severity=SEVERITIES[change.severity].say(language()).lower(),
            )
        case EndArticle():
            day = date_text(change.until, language())
            return edit_say("end_step", where=change.article, day=day, source=change.source)
        case AddArticle():
            first = change.content.partition("\n")[0].removeprefix("id:").strip()
            return edit_say("article_step", where=first[:20])


def _figure(change: AddValue, charters: Sequence[Charter]) -> str:
    """Name of the figure that a value is of."""
    pairs = (pair for charter in charters for pair in charter.requirements)
    found = next(each for _, each in pairs if each.id == change.requirement)
    return parameter_title(change.parameter, found).say(language())


def _outcome(word: str) -> str:
    """Outcome in words."""
    return outcome_text(word).say(language())
