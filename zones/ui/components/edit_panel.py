"""The forms that change the charters: a value, a row, a text, a nature, an end."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import get_args

import streamlit as st

from charters.editing import AddRow, AddValue, EditText, EndArticle, SetNature
from charters.editing_apply import article_of
from charters.editing_tables import table_key, table_title, table_users, table_words
from charters.entries import Entry
from charters.figures import parameter_title
from charters.model import Article, Charter, Requirement, Severity
from charters.vocabulary import title
from charters.wording import KINDS, SEVERITIES, word_text
from zones.ui.components.edit_article import show_new_article
from zones.ui.components.edit_choice import ask_choice, choice
from zones.ui.components.edit_session import add_step, faults_at, fresh, switch
from zones.ui.components.edit_source import day_field, history, source_fields, value_fields
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
        turns=True,
    )
    faults_at("charter")
    st.session_state.setdefault("edit_kind", "add_value")
    kind = st.pills(
        edit_say("kind_of_change"),
        list(CHANGES),
        required=True,
        format_func=lambda each: CHANGES[each].say(language()),
        key="edit_kind",
        label_visibility="collapsed",
        on_change=switch,
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
            turns=True,
        )
    )
    faults_at("parameter")
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
    if not charter.tables:
        return
    name = str(
        choice(
            edit_say("table"),
            sorted(charter.tables),
            words=lambda each: table_title(charter, each).say(language()),
            key=f"edit_table_{charter.id}",
            turns=True,
        )
    )
    faults_at("table")
    table, by, words = charter.tables[name], table_key(charter, name), table_words(charter, name)
    row = choice(
        title(by).say(language()) if by else edit_say("key"),
        words or sorted({each.key for each in table.rows}),
        words=lambda each: word_text(each, by).say(language()),
        key=f"edit_key_{charter.id}_{name}",
        is_open=not words,
        turns=True,
    )
    faults_at("key")
    if any(each.kind == "legal" for _, each in table_users(charter, name)):
        st.info(edit_say("legal"), icon=":material/gavel:")
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
        on_change=switch,
    )
    faults_at("part")
    article = next(each for each in charter.articles if each.id == article_of(chosen.id))
    now = article.note if part == "note" else getattr(chosen, str(part))
    texts = {
        each: st.text_area(
            edit_say(each),
            "" if now is None else now.say(each),
            key=fresh(f"edit_{chosen.id}_{part}_{each}"),
        )
        for each in ("fr", "en")
    }
    faults_at("text")
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
        key=fresh(f"edit_{chosen.id}_kind"),
    )
    severities = list(get_args(Severity))
    severity = st.radio(
        edit_say("severity"),
        severities,
        index=severities.index(chosen.severity),
        format_func=lambda each: SEVERITIES[each].say(language()),
        key=fresh(f"edit_{chosen.id}_severity"),
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
        turns=True,
    )
    faults_at("article")
    if any(each.kind == "legal" for each in by_id[str(name)].requirements):
        st.info(edit_say("legal_end"), icon=":material/gavel:")
    day = day_field("ends_on", key=f"edit_end_{name}_to")
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
        turns=True,
    )
    faults_at("requirement")
    return by_id.get(str(name))


def _add(kind: type[Entry], given: Mapping[str, object]) -> None:
    """The button that adds the step."""
    if st.button(edit_say("add"), type="primary", icon=":material/add:", key="edit_add"):
        add_step(kind, given)
        st.rerun()
