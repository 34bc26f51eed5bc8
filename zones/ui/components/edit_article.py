"""A new article, by a form or as the text of its file."""

from __future__ import annotations

import datetime as dt
from typing import get_args

import streamlit as st

from charters.conditions import Comparator
from charters.editing import AddArticle
from charters.editing_article import ArticleForm, article_text, measurable_facts, next_id
from charters.model import Charter, Kind, Severity
from charters.vocabulary import fact_unit, project_fields, title
from charters.wording import KINDS, SEVERITIES
from geodata.language import Text
from zones.ui.components.edit_session import add_step, faults_at
from zones.ui.components.edit_source import source_fields
from zones.ui.components.edit_words import edit_say
from zones.ui.components.session import language

__all__ = ["show_new_article"]

_KINDS: tuple[Kind, ...] = ("commitment", "indicator")


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
    )
    if way == "by_text":
        content: str | None = st.text_area(edit_say("content"), height=320, key="edit_content")
        given: dict[str, object] = {}
    else:
        content, given = _by_form(charter)
    faults_at("content")
    entry: dict[str, object] = {"charter": charter.id, "content": content or None}
    entry |= {name: each for name, each in given.items() if name == "new_source"}
    if st.button(edit_say("add"), type="primary", icon=":material/add:", key="edit_add"):
        add_step(AddArticle, entry)
        st.rerun()


def _by_form(charter: Charter) -> tuple[str | None, dict[str, object]]:
    """Text of the article, None until the form is filled; and its source."""
    key = f"edit_new_{charter.id}"
    st.caption(next_id(charter))
    titles = _both("title", key)
    chapters = list(dict.fromkeys(each.chapter for each in charter.articles))
    first, second = st.columns(2)
    chapter = first.selectbox(
        edit_say("chapter"),
        chapters,
        format_func=lambda each: each.say(language()),
        key=f"{key}_c_{language()}",
    )
    since = second.date_input(
        edit_say("from"),
        None,
        dt.date(1900, 1, 1),
        dt.date(2199, 12, 31),
        key=f"{key}_from",
        format="DD/MM/YYYY",
    )
    kind = first.selectbox(
        edit_say("kind"),
        _KINDS,
        format_func=lambda each: KINDS[each].say(language()),
        key=f"{key}_kind_{language()}",
    )
    severity = second.selectbox(
        edit_say("severity"),
        list(get_args(Severity)),
        index=1,
        format_func=lambda each: SEVERITIES[each].say(language()),
        key=f"{key}_severity_{language()}",
    )
    fact = st.selectbox(
        edit_say("fact"),
        measurable_facts(),
        format_func=lambda each: f"{title(each).say(language())} ({fact_unit(each)})",
        key=f"{key}_fact_{language()}",
    )
    first, second = st.columns(2)
    op = first.selectbox(edit_say("op"), get_args(Comparator), index=1, key=f"{key}_op")
    figure = second.number_input(edit_say("value"), value=None, key=f"{key}_value")
    uses = st.multiselect(
        edit_say("uses"),
        list(project_fields()["use"].options),
        format_func=lambda each: project_fields()["use"].options[each].title.say(language()),
        placeholder="",
        key=f"{key}_uses_{language()}",
    )
    sourced = source_fields(charter, key=key)
    remedies = _both("remedy", key)
    source = sourced["source"]
    if since is None or figure is None or source is None or chapter is None or fact is None:
        return None, sourced
    form = ArticleForm(
        id=next_id(charter),
        charter=charter.id,
        title=titles,
        chapter=chapter,
        kind=kind,
        severity=severity,
        since=since,
        fact=fact,
        op=op,
        value=float(figure),
        source=str(source),
        remedy=remedies,
        uses=tuple(uses),
    )
    return article_text(form), sourced


def _both(name: str, key: str) -> Text:
    """One text in both languages."""
    columns = st.columns(2)
    return Text(
        *(
            column.text_input(edit_say(f"{name}_{each}"), key=f"{key}_{name}_{each}")
            for column, each in zip(columns, ("fr", "en"), strict=True)
        )
    )
