"""Two days or two editions over every parcel: map, counts, table and files of what changes."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from charters.difference_report import difference_text
from charters.differences import Side
from charters.editions import charters_of, edition_in_use, editions
from geodata.language import number_text
from zones.assessment import Assessment, assess
from zones.difference_files import (
    DifferenceFormat,
    changed_parcels,
    difference_content,
    outcome_text,
)
from zones.differences import Aligned, aligned, changed_outcomes, difference_counts
from zones.ui.components.comparison_words import told
from zones.ui.components.day_words import first_day, last_day
from zones.ui.components.session import draft, language, look_at_site, say, set_parcels
from zones.ui.components.site_panel import short_id
from zones.ui.components.territory import Territory
from zones.ui.components.times_map import show_times_map

__all__ = ["show_times"]

_TABLE_KEY = "times_table"
_SHOWN, _HECTARE, _COUNTS_HEIGHT = 1000, 10_000, 230


def show_times(ground: Territory, *, day: dt.date) -> None:
    """The project of the desk on every parcel, before and after."""
    sides = _asked(day)
    if sides is None:
        st.warning(told("give_days"), icon=":material/event_busy:")
        return
    if sides[0] == sides[1]:
        st.info(told("same_sides"), icon=":material/drag_handle:")
        return
    with st.spinner(told("judging"), show_time=True):
        before, after = (_judged(ground, *side) for side in sides)
        pair = aligned(before, after)
        found = changed_outcomes(before, after)
    left, right = st.columns([3, 2], gap="medium")
    with right:
        article = _article(found)
        mine = found if article is None else found[found["article"] == article]
        _summary(pair, mine)
        with st.container(key="tall", height=600, border=False):
            _counts(before, after, article)
            parcel = _table(mine, before, after)
            _files(ground, before, after)
            _rules(before, after)
    with left:
        show_times_map(ground, pair, article=article, parcel=parcel, on_open=_open)


def _asked(day: dt.date) -> tuple[tuple[dt.date, int], tuple[dt.date, int]] | None:
    """Day and edition of both sides, None while a day is missing."""
    known = [each.number for each in editions()]
    sides = []
    columns = st.columns(4 if len(known) > 1 else 2)
    starts = {"before": day.replace(month=1, day=1), "after": day}
    for place, side in enumerate(starts):
        given = columns[place].date_input(
            f"{told(side)} · {told('date')}",
            value=starts[side],
            key=f"times_{side}",
            format="DD/MM/YYYY",
            min_value=first_day(day),
            max_value=last_day(day),
        )
        edition = edition_in_use()
        if len(known) > 1:
            edition = columns[place + 2].selectbox(
                f"{told(side)} · {told('edition')}",
                known,
                index=known.index(edition),
                format_func=lambda number: told("edition_name", number=number),
                key=f"times_edition_{side}",
            )
        sides.append((given, edition))
    if any(given is None for given, _ in sides):
        return None
    return sides[0], sides[1]


def _judged(ground: Territory, day: dt.date, edition: int) -> Assessment:
    """Every parcel judged; the facts are those that the territory keeps."""
    return assess(
        ground.sites,
        draft().project,
        ground.layers,
        charters=charters_of(edition),
        day=day,
        ground=ground.ground,
    )


def _article(found: pd.DataFrame) -> str | None:
    """Article to look at alone, among those that change."""
    counts = found.loc[found["article"] != "", "article"].astype(object).value_counts()
    names = sorted(counts.index)
    if st.session_state.get("times_article") not in {None, *names}:
        st.session_state["times_article"] = None
    chosen: str | None = st.selectbox(
        told("filter"),
        names,
        index=None,
        format_func=lambda name: f"{name} ({counts[name]})",
        placeholder=told("filter_hint"),
        key="times_article",
        disabled=not names,
    )
    return chosen


def _summary(pair: Aligned, found: pd.DataFrame) -> None:
    """How many parcels change, and how much ground."""
    changed = np.isin(pair.site_ids, found["site_id"].unique())
    if not changed.any():
        st.success(told("nothing_changes"), icon=":material/drag_handle:")
        return
    area = number_text(pair.planar_area_m2[changed].sum() / _HECTARE, language(), decimals=1)
    counts = {"changed": int(changed.sum()), "every": len(changed)}
    figures = {name: number_text(each, language(), decimals=0) for name, each in counts.items()}
    st.markdown(f"**{told('changed', area=area, **figures)}**")


def _files(ground: Territory, before: Assessment, after: Assessment) -> None:
    """Downloads, made when they are asked for; both provenances go with them."""
    demo = "_DEMO" if after.provenance.demo_share or before.provenance.demo_share else ""
    said = language()

    def made(output: DifferenceFormat) -> bytes:
        return difference_content(
            before, after, demo=ground.parcels["demo"], output=output, language=said
        )

    with st.container(horizontal=True):
        st.download_button(
            told("download_csv"),
            lambda: made("csv"),
            file_name=f"changements{demo}.csv",
            mime="text/csv",
            icon=":material/download:",
            on_click="ignore",
            key="times_csv",
        )
        st.download_button(
            told("download_geojson"),
            lambda: made("geojson"),
            file_name=f"changements{demo}.geojson",
            mime="application/geo+json",
            icon=":material/download:",
            on_click="ignore",
            key="times_geojson",
        )


def _table(found: pd.DataFrame, before: Assessment, after: Assessment) -> str | None:
    """Changed parcels and what changes; the parcel whose row is ticked."""
    if found.empty:
        return None
    ids = pd.unique(found["site_id"])
    shown = found[found["site_id"].isin(ids[:_SHOWN])]
    features = changed_parcels(shown, before, after, language=language())
    table = pd.DataFrame(
        {
            told("parcel"): [short_id(each) for each in features.index],
            told("area"): features["contenance_m2"].to_numpy(),
        }
    )
    for charter in after.outcomes:
        pairs = zip(features[f"{charter}_before"], features[f"{charter}_after"], strict=True)
        table[say(charter)] = [_step(*each) for each in pairs]
    table.insert(2, told("what_changes"), features["articles"].to_numpy())
    event: Any = st.dataframe(
        table,
        hide_index=True,
        height=300,
        key=_TABLE_KEY,
        on_select="rerun",
        selection_mode="single-row",
        column_config={
            told("parcel"): st.column_config.TextColumn(width=70),
            told("area"): st.column_config.NumberColumn(format="localized", width=105),
        },
    )
    st.caption(
        told("row_help")
        if len(ids) <= _SHOWN
        else f"{told('row_help')} {told('more_rows', shown=_SHOWN)}"
    )
    rows = event.selection.rows
    if not rows or rows[0] >= len(features):
        return None
    parcel = str(features.index[rows[0]])
    st.button(
        told("open_parcel", parcel=short_id(parcel)),
        icon=":material/map:",
        key="times_open",
        on_click=_open,
        args=(parcel,),
    )
    return parcel


def _step(before: str, after: str) -> str:
    """One outcome to another; said once where it stays."""
    old, new = (outcome_text(each).say(language()) for each in (before, after))
    return old if before == after else f"{old} → {new}"


def _open(parcel: str) -> None:
    """Make the parcel the site of the desk."""
    set_parcels((parcel,))
    look_at_site()
    st.toast(told("now_site", parcel=short_id(parcel)), icon=":material/check:")


def _counts(before: Assessment, after: Assessment, article: str | None) -> None:
    """How many parcels go from each outcome to each other, unchanged ones included."""
    counts = difference_counts(before, after).astype(object)
    rows = counts[counts["article"] == (article or "")]
    steps = [_step(*each) for each in zip(rows["before"], rows["after"], strict=True)]
    table = pd.DataFrame(
        {
            told("charter"): [say(each) for each in rows["charter"]],
            told("step"): steps,
            told("parcels"): rows["sites"].astype(int),
            told("hectares"): (rows["planar_area_m2"].astype(float) / _HECTARE).round(1),
        }
    )
    st.caption(told("steps"))
    st.dataframe(
        table,
        hide_index=True,
        height=min(38 * (len(table) + 1), _COUNTS_HEIGHT),
        key="times_counts",
        column_config={
            told("charter"): st.column_config.TextColumn(width=120),
            told("parcels"): st.column_config.NumberColumn(format="localized", width=80),
            told("hectares"): st.column_config.NumberColumn(format="localized", width=70),
        },
    )


def _rules(before: Assessment, after: Assessment) -> None:
    """What changes in the charters themselves."""
    sides = [
        [Side(each.charter, judged.provenance.day) for each in judged.verdicts.values()]
        for judged in sorted((before, after), key=lambda each: each.provenance.day)
    ]
    with st.expander(told("rules"), icon=":material/gavel:"):
        st.text(difference_text(*sides, language=language()))
