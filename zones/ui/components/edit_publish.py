"""Publication of a draft, the editions there are, and the way back to an earlier one."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from charters.difference_report import difference_text
from charters.differences import Side
from charters.editing_drafts import CharterDraft, carried_over, publish_draft
from charters.editions import CharterEdition, charters_of, choices, edition_in_use, editions
from charters.editions_publishing import choose_edition
from geodata.errors import PlanningError
from geodata.language import date_text
from zones.ui.components.edit_session import Done, attempt, begin_again, faults_at, take_up
from zones.ui.components.edit_words import edit_say
from zones.ui.components.session import language

__all__ = ["edition_line", "show_editions", "show_publication"]


def show_publication(edited: CharterDraft) -> None:
    """Author, reason, and the button; or what came into use meanwhile."""
    st.subheader(edit_say("publication"), anchor=False)
    now = edition_in_use()
    if now != edited.base:
        st.warning(edit_say("overtaken", number=now), icon=":material/update:")
        st.button(
            edit_say("carry_over", number=now),
            icon=":material/sync:",
            key="edit_carry_over",
            on_click=attempt,
            args=(lambda: _carried(edited),),
            kwargs={"place": "publish"},
        )
        return
    author, reason = _signature("publish")
    if st.button(
        edit_say("publish"), type="primary", icon=":material/publish:", key="edit_publish"
    ):
        attempt(lambda: _published(edited, author, reason), place="publish")
        st.rerun()


def show_editions() -> None:
    """Every edition with what it changed, and the choice of the one to judge by."""
    now = edition_in_use()
    with st.expander(edit_say("editions"), icon=":material/history:"):
        for each in editions():
            st.text(edition_line(each) + (f" · {edit_say('in_use')}" if each.number == now else ""))
            if each.base is not None and each.published is not None:
                with st.popover(edit_say("what_changed"), key=f"edit_changed_{each.number}"):
                    st.text(_changes(each.base, each.number, each.published.date()))
        for choice in choices():
            day = date_text(choice.chosen.date(), language())
            said = edit_say(
                "wayback", number=choice.edition, author=choice.author, reason=choice.reason
            )
            st.text(f"{day} · {said}")
        others = [each.number for each in editions() if each.number != now]
        if not others:
            return
        number = st.selectbox(edit_say("edition"), others, key=f"edit_edition_{now}")
        author, reason = _signature("choose")
        if st.button(edit_say("choose"), icon=":material/undo:", key="edit_choose"):
            attempt(lambda: _chosen(int(number or now), author, reason), place="choose")
            st.rerun()


def _changes(base: int, number: int, day: dt.date) -> str:
    """What an edition changed of the one before it, for a reader."""
    try:
        before, after = (
            [Side(each, day) for each in charters_of(edition)] for edition in (base, number)
        )
    except PlanningError as error:
        return error.say(language())
    return difference_text(before, after, language=language())


def edition_line(edition: CharterEdition) -> str:
    """Number, day, author, base and reason of an edition."""
    if edition.published is None:
        return f"{edition.number} · {edit_say('packaged')} ({edition.reason})"
    day = date_text(edition.published.date(), language())
    base = edit_say("from_edition", number=edition.base)
    return f"{edition.number} · {day} · {edition.author} · {base} · {edition.reason}"


def _signature(key: str) -> tuple[str, str]:
    """Who decides, and why."""
    first, second = st.columns([1, 2])
    author = first.text_input(edit_say("author"), key=f"edit_author_{key}")
    reason = second.text_input(edit_say("reason"), key=f"edit_reason_{key}")
    with first:
        faults_at("author", place=key)
    with second:
        faults_at("reason", place=key)
    return author, reason


def _published(edited: CharterDraft, author: str, reason: str) -> Done:
    """Publish, and say which edition it is."""
    at = dt.datetime.now(dt.UTC)
    made = publish_draft(edited, author=author, reason=reason, at=at)
    begin_again()
    return ("published", {"number": made.number})


def _chosen(number: int, author: str, reason: str) -> Done:
    """Go back to an edition, and say so."""
    choose_edition(number, author=author, reason=reason, at=dt.datetime.now(dt.UTC))
    return ("chosen", {"number": number})


def _carried(edited: CharterDraft) -> Done:
    """Put the steps on the edition in use."""
    carried = carried_over(edited)
    take_up(carried)
    return ("carried", {"number": carried.base})
