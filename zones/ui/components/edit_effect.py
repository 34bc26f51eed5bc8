"""Which parcels a draft changes, before anything is published: counts, list and map."""

from __future__ import annotations

import datetime as dt
import functools
from typing import Final

import numpy as np
import pandas as pd
import streamlit as st

from charters.editing_days import day_to_judge
from charters.editing_drafts import CharterDraft
from charters.editions import charters_of
from geodata.language import date_text, number_text
from zones.difference_files import outcome_text
from zones.preview import Impact, impact_counts, impact_table, moved_parcels, preview
from zones.preview_files import PreviewFormat, preview_content
from zones.projects import Project, example_projects, project_text
from zones.ui.components.edit_choice import choice
from zones.ui.components.edit_session import edited_charters
from zones.ui.components.edit_words import edit_say
from zones.ui.components.map_frame import MapState, show_map
from zones.ui.components.session import draft, language, say
from zones.ui.components.territory import Territory

__all__ = ["show_effect"]

_CURRENT, _ALL = "current", "all"
_SHOWN = 500
_UNCHANGED = "-"
_KEPT = "edit_impacts"
_FILES: Final[dict[PreviewFormat, str]] = {"csv": "text/csv", "geojson": "application/geo+json"}


def show_effect(edited: CharterDraft, ground: Territory) -> None:
    """Parcels whose verdict changes: counts, list and map."""
    st.subheader(edit_say("effect"), anchor=False)
    names = [_CURRENT, *example_projects(), _ALL]
    first, second = st.columns([2, 1])
    with first:
        chosen = choice(edit_say("for_project"), names, words=_project_name, key="edit_project")
    after = edited_charters(edited).charters
    day = second.date_input(
        edit_say("on_day"),
        day_to_judge(edited.changes, after, on=draft().project.filing_date),
        dt.date(1900, 1, 1),
        dt.date(2199, 12, 31),
        key=f"edit_day_{edited.id}_{len(edited.changes)}",
        format="DD/MM/YYYY",
    )
    if day is None:
        st.info(edit_say("no_day"))
        return
    impacts = _impacts(ground, edited, _projects(str(chosen)), day)
    for each in impacts:
        _said(each, number_text(len(ground.sites), language()))
    counts = pd.concat([impact_counts(each).assign(project=each.name) for each in impacts])
    if counts.empty:
        return
    _counts(counts, is_single=len(impacts) == 1)
    _list(impacts, ground)
    _map(impacts, ground)


def _said(impact: Impact, total: str) -> None:
    """How many parcels change for one project: of the charter, and of an article only."""
    charter, article = moved_parcels(impact)
    count, of_charter, of_article = (
        number_text(each, language()) for each in (charter + article, charter, article)
    )
    st.text(
        edit_say(
            "moves" if charter + article else "nothing_moves",
            project=impact.after.project.name.say(language()),
            day=date_text(impact.after.provenance.day, language()),
            count=count,
            total=total,
            charter=of_charter,
            article=of_article,
        )
    )


def _counts(counts: pd.DataFrame, *, is_single: bool) -> None:
    """How many parcels go from one outcome to another, per charter and article."""
    told = pd.DataFrame(
        {
            edit_say("column_project"): counts["project"].map(_project_name),
            edit_say("column_rule"): _rules(counts),
            edit_say("column_before"): counts["before"].map(_outcome),
            edit_say("column_after"): counts["after"].map(_outcome),
            edit_say("column_count"): counts["sites"],
        }
    )
    shown = told.drop(columns=edit_say("column_project")) if is_single else told
    written = shown.reset_index(drop=True).style.format(
        lambda each: number_text(each, language()), subset=[edit_say("column_count")]
    )
    st.dataframe(written, hide_index=True, height=36 + 35 * min(len(told), 6), key="edit_counts")


def _list(impacts: tuple[Impact, ...], ground: Territory) -> None:
    """Parcels that change, one by one, and all of them as a file."""
    table = impact_table(impacts)
    count = table["site_id"].nunique()
    with st.expander(edit_say("list", count=number_text(count, language()))):
        few = table.head(_SHOWN)
        told = pd.DataFrame(
            {
                edit_say("column_project"): few["project"].map(_project_name),
                edit_say("column_parcel"): few["site_id"],
                edit_say("column_rule"): _rules(few),
                edit_say("column_before"): few["before"].map(_outcome),
                edit_say("column_after"): few["after"].map(_outcome),
            }
        )
        shown = told.drop(columns=edit_say("column_project")) if len(impacts) == 1 else told
        if len(table) > _SHOWN:
            shown_count, total = (number_text(each, language()) for each in (_SHOWN, len(table)))
            st.caption(edit_say("list_cut", shown=shown_count, total=total))
        st.dataframe(shown, hide_index=True, height=260, key="edit_list")
        _downloads(impacts, ground)


def _downloads(impacts: tuple[Impact, ...], ground: Territory) -> None:
    """Every parcel that changes, as a table and as a map."""
    demo = "_DEMO" if ground.label is not None else ""
    said = language()
    with st.container(horizontal=True):
        for output, mime in _FILES.items():
            st.download_button(
                edit_say(f"download_{output}"),
                functools.partial(preview_content, impacts, output=output, language=said),
                file_name=f"changements{demo}.{output}",
                mime=mime,
                icon=":material/download:",
                on_click="ignore",
                key=f"edit_{output}",
            )


def _map(impacts: tuple[Impact, ...], ground: Territory) -> None:
    """Parcels that change, in the worst colour that the draft gives them."""
    worst = np.zeros(len(ground.sites), np.uint8)
    is_changed = np.zeros(len(ground.sites), bool)
    for impact in impacts:
        is_changed |= ground.sites.index.isin(impact.changes["site_id"])
        codes = np.maximum.reduce(list(impact.after.outcomes.values())).astype(np.uint8)
        worst = np.maximum(worst, codes)
    signs = np.where(is_changed, worst + ord("0"), ord(_UNCHANGED)).astype(np.uint8)
    state = MapState(codes=signs.tobytes().decode("ascii"), language=language())
    st.caption(edit_say("map"))
    with st.container(key="changes_box"):
        show_map(ground.document, state, key="edit_map", on_click=lambda: None, height=380)


def _impacts(
    ground: Territory,
    edited: CharterDraft,
    projects: tuple[tuple[str, Project], ...],
    day: dt.date,
) -> tuple[Impact, ...]:
    """Effect of a draft; the last one is kept for the session."""
    texts = tuple((name, project_text(each)) for name, each in projects)
    key = (edited.base, edited.changes, texts, day)
    kept = st.session_state.get(_KEPT)
    if kept is None or kept[0] is not ground or kept[1] != key:
        total = number_text(len(ground.sites), language())
        with st.spinner(edit_say("judging", count=total)):
            made = preview(
                ground.ground,
                ground.layers,
                [(name, each, day) for name, each in projects],
                before=charters_of(edited.base),
                after=edited_charters(edited).charters,
            )
        st.session_state[_KEPT] = kept = (ground, key, made)
    impacts: tuple[Impact, ...] = kept[2]
    return impacts


def _projects(chosen: str) -> tuple[tuple[str, Project], ...]:
    """Projects to judge."""
    if chosen == _ALL:
        return tuple(example_projects().items())
    return ((chosen, draft().project if chosen == _CURRENT else example_projects()[chosen]),)


def _project_name(name: str) -> str:
    """Name of a choice of projects."""
    if name == _ALL:
        return edit_say("all_examples")
    if name == _CURRENT:
        return edit_say("current_project", name=draft().project.name.say(language()))
    return example_projects()[name].name.say(language())


def _rules(rows: pd.DataFrame) -> pd.Series:
    """Id of each requirement, or that the whole charter is meant."""
    return rows["article"].where(
        rows["article"] != "", edit_say("whole_charter") + " · " + rows["charter"].map(say)
    )


def _outcome(word: str) -> str:
    """Outcome in words."""
    return outcome_text(word).say(language())
