"""What changes over every parcel, as tables: how many from each verdict, and which parcels."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from charters.wording import said
from geodata.language import Language, Text, number_text
from zones.difference_files import outcome_text
from zones.ui.components.comparison_words import told
from zones.ui.components.session import language, say
from zones.ui.components.site_panel import short_id

__all__ = ["change_texts", "count_rows", "show_counts", "show_parcels"]

_SHOWN, _HECTARE = 1000, 10_000
_HEIGHT, _HEAD, _LINE = 300, 38, 19  # pixels
_LINE_SIGNS, _MOST_LINES = 36, 4


def show_counts(counts: pd.DataFrame, *, article: str | None) -> None:
    """How many parcels go from each outcome to each other; those that stay in a line."""
    rows = count_rows(counts, article=article)
    spoken = language()
    steps = [
        told("unchanged") if step is None else _step(*step).say(spoken) for step in rows["step"]
    ]
    table = pd.DataFrame(
        {
            told("charter"): [say(each) for each in rows["charter"]],
            told("step"): steps,
            told("parcels"): [number_text(each, spoken, decimals=0) for each in rows["sites"]],
            told("hectares"): [
                number_text(each / _HECTARE, spoken, decimals=1) for each in rows["planar_area_m2"]
            ],
        }
    )
    st.caption(told("steps"))
    with st.container(key="times_counts"):
        st.table(table, border="horizontal", hide_index=True)


def show_parcels(found: pd.DataFrame, contenances: pd.Series, *, key: str) -> str | None:
    """Changed parcels and what changes there; the parcel whose row is ticked."""
    if found.empty:
        return None
    every = pd.unique(found["site_id"])
    ids = every[:_SHOWN]
    spoken = language()
    texts = change_texts(found[found["site_id"].isin(ids)], say, language=spoken)
    joined = [" · ".join(texts[each]) for each in ids]
    lines = min(
        _MOST_LINES, math.ceil(np.quantile([len(each) for each in joined], 0.9) / _LINE_SIGNS)
    )
    row_height = _HEAD + _LINE * (lines - 1)
    table = pd.DataFrame(
        {
            told("parcel"): [short_id(each) for each in ids],
            told("area"): contenances.reindex(ids).to_numpy(),
            told("what_changes"): joined,
        }
    )
    event: Any = st.dataframe(
        table,
        hide_index=True,
        height=min(_HEIGHT, _HEAD + row_height * len(table)),
        row_height=row_height,
        key=key,
        on_select="rerun",
        selection_mode="single-row",
        column_config={
            told("parcel"): st.column_config.TextColumn(width=72),
            told("area"): st.column_config.NumberColumn(format="localized", width=96),
            told("what_changes"): st.column_config.TextColumn(width=240),
        },
    )
    most = number_text(_SHOWN, spoken, decimals=0)
    more = "" if len(every) <= _SHOWN else f" {told('more_rows', shown=most)}"
    st.caption(f"{told('row_help')}{more}")
    rows = event.selection.rows
    if not rows or rows[0] >= len(ids):
        return None
    parcel = str(ids[rows[0]])
    st.markdown("\n".join(f"- {each}" for each in texts[parcel]))
    return parcel


def count_rows(counts: pd.DataFrame, *, article: str | None) -> pd.DataFrame:
    """Rows of :func:`zones.differences.difference_counts` for a reader.

    Returns
    -------
    Of one requirement, or of each charter's own outcome: one row per pair of outcomes that differ,
    then one for all that stay. Columns ``charter``, ``step`` (both outcomes, None where they are
    the same), ``sites`` and ``planar_area_m2``.
    """
    rows = counts[counts["article"] == (article or "")].astype(object)
    listed: list[tuple[str, tuple[str, str] | None, int, float]] = []
    for charter in dict.fromkeys(rows["charter"]):
        mine = rows[rows["charter"] == charter]
        stays = mine["before"] == mine["after"]
        moved = mine[~stays]
        listed += zip(
            moved["charter"],
            zip(moved["before"], moved["after"], strict=True),
            moved["sites"],
            moved["planar_area_m2"],
            strict=True,
        )
        if stays.any():
            kept = mine[stays]
            listed.append((charter, None, kept["sites"].sum(), kept["planar_area_m2"].sum()))
    return pd.DataFrame(listed, columns=["charter", "step", "sites", "planar_area_m2"])


def change_texts(
    found: pd.DataFrame, name: Callable[[str], str], *, language: Language
) -> dict[str, list[str]]:
    """What changes at each site: « Sans objet → Conforme : PI-06a, PI-06b », a text per step.

    Parameters
    ----------
    found
        Rows of :func:`zones.differences.changed_outcomes`.
    name
        Function that names a charter, whose own outcome is listed among its requirements'.
    """
    steps: dict[str, dict[tuple[str, str], list[str]]] = {}
    columns = (found[each].astype(object) for each in ("charter", "article", "before", "after"))
    for site, charter, article, before, after in zip(found["site_id"], *columns, strict=True):
        of_site = steps.setdefault(site, {})
        of_site.setdefault((before, after), []).append(article or name(charter))
    return {
        site: [said(_step(*step), ", ".join(each), language) for step, each in of.items()]
        for site, of in steps.items()
    }


def _step(before: str, after: str) -> Text:
    """One outcome to another."""
    old, new = outcome_text(before), outcome_text(after)
    return Text(f"{old.fr} → {new.fr}", f"{old.en} → {new.en}")
