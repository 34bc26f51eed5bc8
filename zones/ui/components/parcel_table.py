"""The parcels as a table: the whole journey without the map."""

from __future__ import annotations

import numpy as np
import pandas as pd
import streamlit as st

from zones.assessment import Assessment
from zones.measures import measure_ground
from zones.palette import OUTCOMES
from zones.ui.components.session import draft, language, look_at_site, say, set_parcels
from zones.ui.components.site_panel import short_id
from zones.ui.components.territory import Territory

__all__ = ["show_table"]

_KEY = "parcel_table"


def show_table(ground: Territory, assessment: Assessment | None) -> None:
    """Parcels with their verdicts; ticking a row makes it part of the site."""
    table = _table(ground, assessment)
    chosen = _filtered(table)
    st.caption(f"{say('table_count', count=len(chosen))} · {say('table_help')}")
    if chosen.empty:
        st.info(say("table_empty"), icon=":material/search_off:")
        return
    ids = chosen.index.tolist()
    places = [position for position, parcel in enumerate(ids) if parcel in draft().parcels]
    st.session_state[_KEY] = {"selection": {"rows": places, "columns": [], "cells": []}}
    st.dataframe(
        chosen,
        hide_index=True,
        height=420,
        key=_KEY,
        on_select=lambda: _take(ids),
        selection_mode="multi-row",
        column_config={
            say("column_parcel"): st.column_config.TextColumn(width=70),
            say("column_area"): st.column_config.NumberColumn(format="%d", width=80),
            say("column_zone"): st.column_config.TextColumn(width=110),
        },
    )


def _table(ground: Territory, assessment: Assessment | None) -> pd.DataFrame:
    """One row per parcel, in the language of the page."""
    said = language()
    zones = measure_ground(ground.ground, only=["zone"])["site.zone"]
    names = ground.layers["zones"].features["libelle"].to_dict() if "zones" in ground.layers else {}
    table = pd.DataFrame(
        {
            say("column_parcel"): [short_id(each) for each in ground.sites.index],
            say("column_area"): ground.sites["contenance_m2"].to_numpy(),
            say("column_zone"): [names.get(each, "–") for each in zones.values],
        },
        index=ground.sites.index,
    )
    if assessment is not None:
        labels = np.array([look.title.say(said) for look in OUTCOMES])
        for charter, codes in assessment.outcomes.items():
            table[say(charter)] = labels[codes]
    return table


def _filtered(table: pd.DataFrame) -> pd.DataFrame:
    """Rows that answer the search and the filters; those of the site come first."""
    words, zone = st.columns([3, 2])
    typed = words.text_input(say("search"), placeholder=say("search_hint"), key="parcel_search")
    zones = sorted(set(table[say("column_zone")]))
    wanted = zone.selectbox(
        say("filter_zone"), zones, index=None, placeholder=say("every"), key="parcel_zone"
    )
    is_kept = np.ones(len(table), bool)
    if typed.strip():
        flat = typed.replace(" ", "").upper()
        short = table[say("column_parcel")].str.replace(" ", "").str.upper()
        is_kept &= (
            short.str.startswith(flat) | table.index.str.contains(flat, regex=False)
        ).to_numpy()
    if wanted is not None:
        is_kept &= (table[say("column_zone")] == wanted).to_numpy()
    is_site = table.index.isin(draft().parcels)
    rows = table[is_kept]
    order = np.argsort(~is_site[is_kept], kind="stable")
    return rows.iloc[order]


def _take(ids: list[str]) -> None:
    """Make the ticked rows the site; parcels that the filter hides stay in it."""
    rows = st.session_state[_KEY]["selection"]["rows"]
    ticked = [ids[row] for row in rows if 0 <= row < len(ids)]
    kept = [each for each in draft().parcels if each not in ids or each in ticked]
    look_at_site()
    set_parcels((*kept, *(each for each in ticked if each not in kept)))
