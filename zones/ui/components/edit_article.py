"""A new article, by a form or as the text of its file."""

from __future__ import annotations

import streamlit as st

from charters.conditions import Comparator
from charters.editing import AddArticle
from charters.editing_article import ArticleForm, measurable_facts, next_id
from charters.entries import Entry
from charters.model import Charter, Severity
from charters.units import unit_text
from charters.vocabulary import project_fields, title, written_unit
from charters.wording import KINDS, SEVERITIES
from zones.ui.components.edit_choice import choice
from zones.ui.components.edit_session import add_step, faults_at, fresh, switch
from zones.ui.components.edit_source import (
    day_field,
    figure_field,
    new_source_fields,
    source_fields,
    text_fields,
)
from zones.ui.components.edit_words import COMPARISONS, edit_say
from zones.ui.components.session import language

__all__ = ["show_new_article"]

_KINDS = ("commitment", "indicator")
_SEVERITIES: tuple[Severity, ...] = ("recommended", "mandatory", "information")
_SIGNS: tuple[Comparator, ...] = ("<=", ">=", "<", ">", "=")


def show_new_article(charter: Charter) -> None:
    """Fields of the article, or its text; either way the same loader checks it."""
    way = st.segmented_control(
        edit_say("how"),
        ["by_form", "by_text"],
        default="by_form",
        required=True,
        format_func=edit_say,
        key="edit_way",
        label_visibility="collapsed",
        on_change=switch,
    )
    kind: type[Entry] = AddArticle if way == "by_text" else ArticleForm
    given = _by_text(charter) if way == "by_text" else _by_form(charter)
    if st.button(edit_say("add"), type="primary", icon=":material/add:", key="edit_add"):
        add_step(kind, given)
        st.rerun()


def _by_text(charter: Charter) -> dict[str, object]:
    """The file of the article, and a source that comes with it."""
    content = st.text_area(edit_say("content"), height=320, key=fresh("edit_content"))
    faults_at("content")
    given: dict[str, object] = {"charter": charter.id, "content": content or None}
    if st.checkbox(edit_say("with_source"), key=fresh("edit_with_source")):
        with st.container(border=True, gap="small"):
            given["new_source"] = new_source_fields(key="edit_content")
    return given


def _by_form(charter: Charter) -> dict[str, object]:
    """Fields of the form, each with what is wrong beside it."""
    key = f"edit_new_{charter.id}"
    st.caption(next_id(charter))
    given: dict[str, object] = {"id": next_id(charter), "charter": charter.id}
    given["title"] = text_fields("title", key=key)
    chapters = {each.chapter.fr: each.chapter for each in charter.articles}
    first, second = st.columns([3, 2])
    with first:
        chapter = choice(
            edit_say("chapter"),
            list(chapters),
            words=lambda each: chapters[each].say(language()),
            key=fresh(f"{key}_chapter"),
        )
        given["chapter"] = chapters.get(str(chapter))
        faults_at("chapter")
        given["kind"] = choice(
            edit_say("kind"),
            _KINDS,
            words=lambda each: KINDS[each].say(language()),
            key=fresh(f"{key}_kind"),
        )
        faults_at("kind")
    with second:
        given["from"] = day_field("from", key=f"{key}_from")
        given["severity"] = choice(
            edit_say("severity"),
            _SEVERITIES,
            words=lambda each: SEVERITIES[each].say(language()),
            key=fresh(f"{key}_severity"),
        )
        faults_at("severity")
    given |= _figure(key)
    given |= source_fields(charter, key=key)
    given["remedy"] = text_fields("remedy", key=key)
    return given


def _figure(key: str) -> dict[str, object]:
    """What is measured, how it is held to a figure, and for which uses."""
    fact = choice(
        edit_say("fact"),
        sorted(measurable_facts(), key=_fact),
        words=_fact,
        key=fresh(f"{key}_fact"),
        is_filled=False,
    )
    faults_at("fact")
    unit = "1" if fact is None else written_unit(fact)
    signs = ("=",) if unit == "bool" else _SIGNS
    first, second = st.columns(2)
    with first:
        op = choice(
            edit_say("op"),
            signs,
            words=lambda each: COMPARISONS[each].say(language()),
            key=fresh(f"{key}_op_{len(signs)}"),
        )
        faults_at("op")
    with second:
        value = figure_field(unit, key=f"{key}_{fact}")
    options = project_fields()["use"].options
    kept = f"{fresh(key)}_uses_kept"
    uses = st.multiselect(
        edit_say("uses"),
        list(options),
        default=st.session_state.get(kept, []),
        format_func=lambda each: options[each].title.say(language()),
        placeholder="",
        key=fresh(f"{key}_uses_{language()}"),
    )
    st.session_state[kept] = uses
    faults_at("uses")
    return {"fact": fact, "op": op, "value": value, "uses": tuple(uses)}


def _fact(path: str) -> str:
    """Name of a fact and its unit."""
    written = unit_text(written_unit(path), language())
    return title(path).say(language()) + (f" ({written})" if written else "")
