"""Variants: the project of the desk beside examples, opened files and copies to edit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import geopandas as gpd
import streamlit as st

from charters.editions import charters_in_use
from charters.examples import facts_of
from charters.questions import asked_fields
from charters.units import unit, unit_text
from charters.vocabulary import ProjectField, project_fields
from charters.wording import quantity_text
from geodata.errors import PlanningError
from geodata.language import date_text
from zones.comparison import Case, compare
from zones.comparison_files import comparison_content
from zones.drafts import read_draft
from zones.projects import Value, example_projects
from zones.ui.components.comparison_session import (
    MOST_VARIANTS,
    add_variant,
    copy_current,
    edit_variant,
    remove_variant,
    say_faults,
    variants,
)
from zones.ui.components.comparison_table import (
    Column,
    TableAct,
    TableEdit,
    asked_of_table,
    show_comparison,
)
from zones.ui.components.comparison_words import told
from zones.ui.components.session import can_undo, draft, language, open_draft, undo
from zones.ui.components.site_panel import site_line
from zones.ui.components.territory import Territory

__all__ = ["show_variants"]

_KEY = "variant_table"


def show_variants(ground: Territory, site: gpd.GeoDataFrame | None, *, day: dt.date) -> None:
    """Projects side by side on the site of the desk."""
    if site is None:
        st.info(told("no_site"), icon=":material/touch_app:")
        return
    st.markdown(f"**{site_line(site, ground.layers)}**")
    _ways_in()
    projects = [draft().project, *(each.project for each in variants())]
    cases = compare(site, projects, ground.layers, charters=charters_in_use(), day=day)
    if len(cases) == 1:
        st.info(told("variants_alone"), icon=":material/add_notes:")
    with st.container(key="variant_tools", horizontal=True, vertical_alignment="center"):
        only = st.toggle(told("only_differences"), key="variant_only", disabled=len(cases) == 1)
        st.caption(told("judged_on", day=date_text(day, language())), width="content")
        st.space("stretch")
        _download(cases)
    names = ["current", *(each.origin for each in variants())]
    show_comparison(
        cases,
        [
            Column(
                project.name.say(language()),
                told(name),
                () if name == "current" else ("take", "remove"),
                is_current=name == "current",
            )
            for project, name in zip(projects, names, strict=True)
        ],
        extra=[_fields(cases, only_differences=only and len(cases) > 1)],
        caption=told("variants"),
        only_differences=only and len(cases) > 1,
        language=language(),
        key=_KEY,
        on_ask=_answer,
    )
    st.caption(told("legend"))


def _ways_in() -> None:
    """Copy, example and file; nothing more once there are four."""
    is_full = len(variants()) >= MOST_VARIANTS
    copy, example, file = st.columns([2, 2, 2], vertical_alignment="bottom")
    copy.button(
        told("add_copy"),
        icon=":material/content_copy:",
        key="variant_copy",
        on_click=copy_current,
        disabled=is_full,
        width="stretch",
    )
    st.session_state["variant_example"] = None
    example.selectbox(
        told("add_example"),
        list(example_projects()),
        index=None,
        format_func=lambda name: example_projects()[name].name.say(language()),
        placeholder=told("add_example"),
        key="variant_example",
        on_change=_add_example,
        disabled=is_full,
        label_visibility="collapsed",
    )
    with (
        file.popover(told("add_file"), icon=":material/folder_open:", disabled=is_full),
        st.container(key=f"opening_{language()}"),
    ):
        st.file_uploader(
            told("add_file"),
            type=["yaml", "yml"],
            key="variant_file",
            max_upload_size=1,
            on_change=_add_file,
            label_visibility="collapsed",
        )
    if is_full:
        st.caption(told("variants_full"))
    taken = st.session_state.pop("variant_taken", None)
    if taken is not None:
        said, back = st.columns([4, 1], vertical_alignment="center")
        said.success(told("taken", name=taken), icon=":material/check:")
        back.button(
            told("undo"),
            icon=":material/undo:",
            key="variant_undo",
            on_click=undo,
            disabled=not can_undo(),
            width="stretch",
        )


def _add_example() -> None:
    """Put an example beside the others."""
    name = st.session_state["variant_example"]
    if name in example_projects():
        add_variant(example_projects()[name], "example")


def _add_file() -> None:
    """Put the project of a saved file beside the others, or say what is wrong with it."""
    uploaded = st.session_state["variant_file"]
    if uploaded is None:
        return
    try:
        add_variant(read_draft(uploaded.getvalue(), name=uploaded.name).project, "file")
    except PlanningError as error:
        say_faults(error.faults)


def _answer() -> None:
    """Do what was asked of the table; the first column is the desk's own."""
    asked = asked_of_table(_KEY, columns=len(variants()) + 1)
    if asked is None or asked.column == 0:
        return
    position = asked.column - 1
    match asked:
        case TableEdit(field=name, text=text):
            edit_variant(position, name, text)
        case TableAct(act="remove"):
            remove_variant(position)
        case TableAct(act="take"):
            chosen = variants()[position].project
            open_draft(replace(draft(), project=chosen))
            st.session_state["variant_taken"] = chosen.name.say(language())


def _download(cases: Sequence[Case]) -> None:
    """The comparison as a table."""
    demo = "_DEMO" if cases[0].assessment.provenance.demo_share else ""
    said = language()
    st.download_button(
        told("download_csv"),
        lambda: comparison_content(cases, output="csv", language=said),
        file_name=f"variantes{demo}.csv",
        mime="text/csv",
        icon=":material/download:",
        on_click="ignore",
        key="variant_csv",
    )


def _fields(cases: Sequence[Case], *, only_differences: bool) -> dict[str, Any]:
    """Fields that an article reads in one case at least, those of copies to be edited."""
    asked: set[str] = set()
    for case in cases:
        facts = {**facts_of({}), **case.assessment.facts}
        asked |= set(asked_fields(charters_in_use(), facts, on=case.assessment.on))
    origins = ["current", *(each.origin for each in variants())]
    rows = []
    for name, field in project_fields().items():
        given = [case.project.values.get(name) for case in cases]
        is_known = any(value is not None for value in given)
        differs = len(set(given)) > 1
        if (name not in asked and not is_known) or (only_differences and not differs):
            continue
        written = unit_text(field.unit, language()) if field.type == "number" else ""
        suffix = f" ({written})" if written else ""
        rows.append(
            {
                "kind": "field",
                "id": name,
                "title": f"{field.title.say(language())}{suffix}",
                "mark": "~" if differs else "",
                "mark_text": told("figures_differ") if differs else None,
                "options": _options(field),
                "cells": [
                    {
                        "text": _said(field, value),
                        "value": _typed(value),
                        "editable": origin == "copy",
                    }
                    for value, origin in zip(given, origins, strict=True)
                ],
            }
        )
    is_folded = "copy" not in origins
    return {"key": "fields", "title": told("fields"), "rows": rows, "folded": is_folded}


def _options(field: ProjectField) -> list[tuple[str, str]] | None:
    """Choices of a field with their names, None for a number."""
    if field.type == "number":
        return None
    empty = ("", told("not_given"))
    if field.type == "yes_no":
        return [empty, ("true", told("yes")), ("false", told("no"))]
    return [empty, *((key, each.title.say(language())) for key, each in field.options.items())]


def _said(field: ProjectField, value: Value | None) -> str:
    """Value of a field as it is read."""
    if value is None:
        return told("not_given")
    if field.type == "choice":
        return field.options[str(value)].title.say(language())
    if field.type == "yes_no":
        return told("yes") if value else told("no")
    return quantity_text(float(value) * unit(field.unit).factor, field.unit, language())


def _typed(value: Value | None) -> str:
    """Value of a field as it is typed."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return value
    figure = f"{value:.12g}"  # no thousands separators: they are easily taken for a decimal sign
    return figure.replace(".", ",") if language() == "fr" else figure
