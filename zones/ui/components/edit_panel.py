"""The forms that change the charters: a value, a row, a text, a nature, an end."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import get_args

import streamlit as st

from charters.editing import AddRow, AddValue, EditText, EndArticle, SetNature
from charters.editing_apply import article_of
from charters.entries import Entry
from charters.figures import parameter_title
from charters.model import Article, Charter, Requirement, Severity
from charters.wording import KINDS, SEVERITIES
from zones.ui.components.edit_article import show_new_article
from zones.ui.components.edit_choice import ask_choice, choice
from zones.ui.components.edit_session import add_step, faults_at
from zones.ui.components.edit_source import history, source_fields, value_fields
from zones.ui.components.edit_words import CHANGES, edit_say
from zones.ui.components.session import asked_edit, language

__all__ = ["show_forms"]

_KINDS = ("commitment", "indicator")


def show_forms(charters: tuple[Charter, ...]) -> None:
    """Choice of what changes, and its form."""
    by_id = {each.id: each for each in charters}
    _ask(asked_edit(), charters)
    name = choice(
        edit_say("charter"),
        list(by_id),
        words=lambda each: by_id[each].title.say(language()),
        key="edit_charter",
    )
    st.session_state.setdefault("edit_kind", "add_value")
    kind = st.pills(
        edit_say("kind_of_change"),
        list(CHANGES),
        required=True,
        format_func=lambda each: CHANGES[each].say(language()),
        key="edit_kind",
        label_visibility="collapsed",
    )
    _FORMS[str(kind)](by_id[str(name)])


def _ask(wanted: str | None, charters: tuple[Charter, ...]) -> None:
    """Open the forms at the article that was asked for, on its first figure."""
    for charter in charters:
        for article, each in charter.requirements:
            if wanted in (article.id, each.id):
                ask_choice("edit_charter", charter.id)
                st.session_state["edit_kind"] = "add_value" if each.parameters else "edit_text"
                ask_choice(f"edit_requirement_{charter.id}", each.id)
                ask_choice(f"edit_end_{charter.id}", article.id)
                return


def _value(charter: Charter) -> None:
    """A dated value of a parameter."""
    chosen = _requirement(charter, only=lambda each: bool(each.parameters))
    if chosen is None:
        return
    names: list[str] = list(chosen.parameters)
    parameter = str(
        choice(
            edit_say("parameter"),
            names,
            words=lambda each: parameter_title(each, chosen).say(language()),
            key=f"edit_parameter_{chosen.id}",
        )
    )
    if chosen.kind == "legal":
        st.info(edit_say("legal"), icon=":material/gavel:")
    figure = chosen.parameters[parameter]
    history(figure.values, figure.unit)
    key = f"edit_{chosen.id}_{parameter}"
    given = {
        "charter": charter.id,
        "requirement": chosen.id,
        "parameter": parameter,
        **value_fields(figure.unit, key=key),
        **source_fields(charter, key=key),
    }
    _add(AddValue, given)


def _row(charter: Charter) -> None:
    """A dated value of a table."""
    tables: list[str] = sorted(charter.tables)
    if not tables:
        return
    name = st.selectbox(edit_say("table"), tables, key=f"edit_table_{charter.id}")
    table = charter.tables[name]
    keys = sorted({each.key for each in table.rows})
    row = st.selectbox(
        edit_say("key"), keys, accept_new_options=True, key=f"edit_key_{charter.id}_{name}"
    )
    faults_at("table", "key")
    history([each for each in table.rows if each.key == row], table.unit)
    key = f"edit_{charter.id}_{name}_{row}"
    given = {
        "charter": charter.id,
        "table": name,
        "key": row,
        **value_fields(table.unit, key=key),
        **source_fields(charter, key=key),
    }
    _add(AddRow, given)


def _text(charter: Charter) -> None:
    """Other words, in both languages."""
    chosen = _requirement(charter)
    if chosen is None:
        return
    part = st.segmented_control(
        edit_say("part"),
        ["title", "remedy", "note"],
        default="title",
        required=True,
        format_func=lambda each: edit_say(f"part_{each}"),
        key="edit_part",
    )
    article = next(each for each in charter.articles if each.id == article_of(chosen.id))
    now = article.note if part == "note" else getattr(chosen, str(part))
    texts = {
        each: st.text_area(
            edit_say(each),
            "" if now is None else now.say(each),
            key=f"edit_{chosen.id}_{part}_{each}",
        )
        for each in ("fr", "en")
    }
    faults_at("text", "part")
    _add(EditText, {"charter": charter.id, "requirement": chosen.id, "part": part, "text": texts})


def _nature(charter: Charter) -> None:
    """Nature and weight, where they are the charter's to choose."""
    chosen = _requirement(charter)
    if chosen is None:
        return
    if chosen.kind == "legal":
        st.info(edit_say("legal_nature"), icon=":material/gavel:")
        return
    kind = st.radio(
        edit_say("kind"),
        _KINDS,
        index=_KINDS.index(chosen.kind),
        format_func=lambda each: KINDS[each].say(language()),
        key=f"edit_{chosen.id}_kind",
    )
    severities = list(get_args(Severity))
    severity = st.radio(
        edit_say("severity"),
        severities,
        index=severities.index(chosen.severity),
        format_func=lambda each: SEVERITIES[each].say(language()),
        key=f"edit_{chosen.id}_severity",
    )
    faults_at("kind", "severity")
    given = {
        "charter": charter.id,
        "requirement": chosen.id,
        "kind": kind,
        "severity": severity,
    }
    _add(SetNature, given)


def _end(charter: Charter) -> None:
    """First day on which an article is no longer in force."""
    by_id: dict[str, Article] = {each.id: each for each in charter.articles}
    name = choice(
        edit_say("requirement"),
        list(by_id),
        words=lambda each: f"{each} · {by_id[each].title.say(language())}",
        key=f"edit_end_{charter.id}",
    )
    faults_at("article")
    day = st.date_input(
        edit_say("ends_on"),
        None,
        dt.date(1900, 1, 1),
        dt.date(2199, 12, 31),
        key=f"edit_end_{name}_to",
        format="DD/MM/YYYY",
    )
    faults_at("to")
    sourced = source_fields(charter, key=f"edit_end_{name}")
    _add(EndArticle, {"charter": charter.id, "article": name, "to": day, **sourced})


_FORMS: dict[str, Callable[[Charter], None]] = {
    "add_value": _value,
    "add_row": _row,
    "edit_text": _text,
    "set_nature": _nature,
    "end_article": _end,
    "add_article": show_new_article,
}


def _requirement(
    charter: Charter, *, only: Callable[[Requirement], bool] = lambda _: True
) -> Requirement | None:
    """Requirement that is chosen."""
    by_id = {each.id: each for _, each in charter.requirements if only(each)}
    name = choice(
        edit_say("requirement"),
        list(by_id),
        words=lambda each: f"{each} · {by_id[each].title.say(language())}",
        key=f"edit_requirement_{charter.id}",
    )
    faults_at("requirement", "parameter")
    return by_id.get(str(name))


def _add(kind: type[Entry], given: Mapping[str, object]) -> None:
    """The button that adds the step."""
    if st.button(edit_say("add"), type="primary", icon=":material/add:", key="edit_add"):
        add_step(kind, given)
        st.rerun()
