"""Two days or two editions over every parcel: map, counts, table and files of what changes."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from charters.difference_report import difference_text
from charters.differences import Side
from charters.editions import charters_of, edition_in_use, editions
from geodata.language import number_text
from zones.assessment import Assessment, assess
from zones.difference_files import DifferenceFormat, difference_content
from zones.differences import Aligned, aligned, changed_outcomes, difference_counts
from zones.ui.components.comparison_words import told
from zones.ui.components.day_words import first_day, last_day
from zones.ui.components.session import (
    draft,
    keep_choice,
    kept_choice,
    language,
    look_at_site,
    set_parcels,
)
from zones.ui.components.site_panel import short_id
from zones.ui.components.territory import Territory
from zones.ui.components.times_map import show_times_map
from zones.ui.components.times_table import show_counts, show_parcels

__all__ = ["show_times"]

_TABLE_KEY = "times_table"
_HECTARE = 10_000


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
        with st.container(key="times_side", height=600, border=False):
            show_counts(difference_counts(before, after), article=article)
            parcel = show_parcels(mine, after.sites["contenance_m2"], key=_TABLE_KEY)
            if parcel is not None:
                st.button(
                    told("open_parcel", parcel=short_id(parcel)),
                    icon=":material/map:",
                    key="times_open",
                    on_click=_open,
                    args=(parcel,),
                )
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
            edition = _edition(columns[place + 2], side, known, edition)
        sides.append((given, edition))
    if any(given is None for given, _ in sides):
        return None
    return sides[0], sides[1]


def _edition(place: DeltaGenerator, side: str, known: list[int], default: int) -> int:
    """Edition of one side; a list of another key in each language, for it keeps its first words."""
    name, key = f"edition_{side}", f"times_edition_{side}_{language()}"
    chosen = kept_choice(name, among=known, default=default)
    st.session_state[key] = chosen
    place.selectbox(
        f"{told(side)} · {told('edition')}",
        known,
        format_func=lambda number: told("edition_name", number=number),
        key=key,
        on_change=keep_choice,
        args=(name,),
        kwargs={"key": key},
        filter_mode=None,  # nothing to type, so nothing is said of what is not found
    )
    return chosen


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


def _open(parcel: str) -> None:
    """Make the parcel the site of the desk."""
    set_parcels((parcel,))
    look_at_site()
    st.toast(told("now_site", parcel=short_id(parcel)), icon=":material/check:")


def _rules(before: Assessment, after: Assessment) -> None:
    """What changes in the charters themselves."""
    sides = [
        [Side(each.charter, judged.provenance.day) for each in judged.verdicts.values()]
        for judged in sorted((before, after), key=lambda each: each.provenance.day)
    ]
    with st.expander(told("rules"), icon=":material/gavel:"):
        st.text(difference_text(*sides, language=language()))
