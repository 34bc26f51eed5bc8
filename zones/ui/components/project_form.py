"""The project: a short form whose figures are followed at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from charters.units import unit_text
from charters.vocabulary import ProjectField, project_fields
from geodata.language import Text
from zones.projects import Project, example_projects
from zones.ui.components.day_words import DAY_WORDS, first_day, last_day
from zones.ui.components.session import (
    change_field,
    change_project,
    draft,
    judge_on,
    language,
    open_draft,
    say,
)
from zones.ui.words import GROUPS

__all__ = ["show_form"]

_COLUMNS = 2


def show_form(asked: Sequence[str]) -> None:
    """Fields ``asked``, grouped; each change is followed by a rerun."""
    project = draft().project
    _examples()
    named, dated = st.columns([3, 2])
    st.session_state["form_name"] = project.name.say(language())
    named.text_input(say("name"), key="form_name", max_chars=80, on_change=_rename)
    st.session_state["form_date"] = project.filing_date
    dated.date_input(
        say("filing_date"),
        key="form_date",
        value=None,
        format="DD/MM/YYYY",
        help=say("filing_help"),
        min_value=first_day(project.filing_date),
        max_value=last_day(project.filing_date),
        on_change=_redate,
    )
    _another_day()
    for group, title in GROUPS.items():
        names = [name for name in asked if project_fields()[name].group == group]
        if names:
            st.markdown(f"**{title.say(language())}**")
            cells = st.columns(_COLUMNS)
            for position, name in enumerate(names):
                with cells[position % _COLUMNS]:
                    _field(name, project_fields()[name], project)
    st.caption(say("only_asked"))


def _another_day() -> None:
    """Day of judgment, where it is another than the filing date, and the way back."""
    asked, back = st.columns([3, 2], vertical_alignment="bottom")
    st.session_state["form_judged_on"] = draft().judged_on
    asked.date_input(
        DAY_WORDS["judge_on"].say(language()),
        key="form_judged_on",
        value=None,
        format="DD/MM/YYYY",
        help=DAY_WORDS["judge_on_help"].say(language()),
        min_value=first_day(draft().judged_on),
        max_value=last_day(draft().judged_on),
        on_change=lambda: judge_on(st.session_state["form_judged_on"]),
    )
    back.button(
        DAY_WORDS["back_to_filing"].say(language()),
        icon=":material/event_repeat:",
        key="form_back",
        on_click=lambda: judge_on(None),
        disabled=draft().judged_on is None,
        width="stretch",
    )


def _examples() -> None:
    """Choice of an example project, which replaces the one at work."""
    st.session_state["form_example"] = None
    st.selectbox(
        say("example"),
        list(example_projects()),
        index=None,
        format_func=lambda name: example_projects()[name].name.say(language()),
        placeholder=say("example_hint"),
        key="form_example",
        on_change=_take_example,
    )


def _field(name: str, field: ProjectField, project: Project) -> None:
    """Widget of one field."""
    key, said = f"form_{name}", language()
    st.session_state[key] = project.values.get(name)
    if field.type == "choice":
        st.selectbox(
            field.title.say(said),
            list(field.options),
            index=None,
            format_func=lambda option: field.options[option].title.say(said),
            placeholder=say("not_given"),
            key=key,
            on_change=_take,
            args=(name,),
        )
    elif field.type == "yes_no":
        st.selectbox(
            field.title.say(said),
            [True, False],
            index=None,
            format_func=lambda answer: say("yes") if answer else say("no"),
            placeholder=say("not_given"),
            key=key,
            on_change=_take,
            args=(name,),
        )
    else:
        _number(name, field, key)


def _number(name: str, field: ProjectField, key: str) -> None:
    """Widget of one number; an empty one is a figure not given."""
    suffix = unit_text(field.unit, language())
    title = field.title.say(language())
    given = st.session_state[key]
    st.session_state[key] = None if given is None else float(given)
    is_whole = field.whole or given is None or float(given).is_integer()
    st.number_input(
        f"{title} ({suffix})" if suffix else title,
        min_value=float(field.least),
        max_value=None if field.most is None else float(field.most),
        value=None,
        step=1.0 if field.whole else 10.0,
        format="%.0f" if is_whole else "%.2f",
        placeholder=say("not_given"),
        key=key,
        on_change=_take,
        args=(name,),
    )


def _take(name: str) -> None:
    """Put the answer of a widget into the project."""
    value = st.session_state[f"form_{name}"]
    field = project_fields()[name]
    if field.type == "number" and value is not None:
        value = round(value) if field.whole else float(value)
    change_field(name, value)


def _take_example() -> None:
    """Work on an example project, on the same site."""
    name = st.session_state["form_example"]
    if name in example_projects():
        open_draft(replace(draft(), project=example_projects()[name]))


def _rename() -> None:
    """Rename the project, in both languages."""
    name = st.session_state["form_name"].strip()
    if name:
        change_project(name=Text(name, name))


def _redate() -> None:
    """Change the filing date."""
    change_project(filing_date=st.session_state["form_date"])
