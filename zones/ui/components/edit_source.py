"""The fields of a source, and of a dated value: the same on every form."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import streamlit as st

from charters.editing import NewSource
from charters.model import Charter, DatedValue
from charters.units import unit as unit_of
from charters.wording import quantity_text
from geodata.language import date_text
from zones.ui.components.edit_session import faults_at
from zones.ui.components.edit_words import edit_say
from zones.ui.components.session import language

__all__ = ["FIELDS", "history", "source_fields", "value_fields"]

_NEW, _YES_OR_NO = "", "bool"
_LEAST, _MOST = dt.date(1900, 1, 1), dt.date(2199, 12, 31)
_VERIFIED = ("text", "summary", "memory", "model")

FIELDS = (
    *("requirement", "parameter", "table", "key", "from", "to", "value", "unit", "source"),
    *(f"new_source.{name}" for name in NewSource.model_fields),
    *("text", "part", "kind", "severity", "article", "content", "author", "reason"),
)
"""Fields that say their own faults."""


def source_fields(charter: Charter, *, key: str) -> dict[str, object]:
    """Source that is cited: one of the list, or a new one that is described."""
    known = sorted(charter.sources)
    chosen = st.selectbox(
        edit_say("source"),
        [_NEW, *known],
        index=None,
        placeholder="",
        format_func=lambda each: _citation(charter, each),
        key=f"{key}_source_{language()}",
    )
    if chosen != _NEW:
        faults_at("source", *(each for each in FIELDS if each.startswith("new_source")))
        return {"source": chosen}
    with st.container(border=True, gap="small"):
        faults_at("source")
        first, second = st.columns(2)
        name = first.text_input(edit_say("new_source.id"), key=f"{key}_new_id").strip()
        day = second.date_input(
            edit_say("new_source.date"), None, _LEAST, _MOST, f"{key}_new_date", format="DD/MM/YYYY"
        )
        faults_at("new_source.id", "new_source.date")
        texts = {
            each: st.text_input(edit_say(f"new_source.{each}"), key=f"{key}_new_{each}")
            for each in ("fr", "en")
        }
        faults_at("new_source.text")
        first, second = st.columns(2)
        address = first.text_input(edit_say("new_source.url"), key=f"{key}_new_url").strip()
        verified = second.selectbox(
            edit_say("new_source.verified"),
            _VERIFIED,
            format_func=lambda each: edit_say(f"verified_{each}"),
            key=f"{key}_new_verified_{language()}",
        )
        faults_at("new_source.url", "new_source.verified")
    new = {
        "id": name or None,
        "text": texts,
        "date": day,
        "url": address or None,
        "verified": verified,
    }
    return {"source": name or None, "new_source": new}


def value_fields(unit: str, *, key: str) -> dict[str, object]:
    """Days, figure and unit of a dated value."""
    first, second = st.columns(2)
    start = first.date_input(
        edit_say("from"), None, _LEAST, _MOST, f"{key}_from", format="DD/MM/YYYY"
    )
    end = second.date_input(edit_say("to"), None, _LEAST, _MOST, f"{key}_to", format="DD/MM/YYYY")
    faults_at("from", "to")
    first, second = st.columns([2, 1])
    if unit == _YES_OR_NO:
        figure = first.selectbox(
            edit_say("value"),
            ("1", "0"),
            format_func=lambda each: quantity_text(float(each), unit, language()),
            key=f"{key}_value_{language()}",  # its own labels in each language
        )
        written = unit
    else:
        figure = first.text_input(edit_say("value"), key=f"{key}_value")
        written = second.text_input(edit_say("unit"), unit, key=f"{key}_unit").strip()
    faults_at("value", "unit")
    doubt = st.checkbox(edit_say("to_check"), key=f"{key}_doubt")
    return {
        "from": start,
        "to": end,
        "value": _figure(figure),
        "unit": written or None,
        "confidence": "to_check" if doubt else "checked",
    }


def history(rows: Sequence[DatedValue], unit: str) -> None:
    """Values there are, which stay."""
    st.caption(edit_say("history"))
    st.dataframe(
        [
            {
                edit_say("column_from"): date_text(row.since, language()),
                edit_say("column_to"): (
                    "–" if row.until is None else date_text(row.until, language())
                ),
                edit_say("column_value"): quantity_text(
                    row.value * unit_of(unit).factor, unit, language()
                ),
                edit_say("column_source"): row.source,
            }
            for row in rows
        ],
        hide_index=True,
        height=36 + 35 * min(len(rows), 4),
    )


def _figure(words: str) -> str | None:
    """What was typed, with the decimal comma and the blanks of a French figure taken away."""
    plain = words.replace("\u00a0", "").replace("\u202f", "").replace(" ", "").replace(",", ".")
    return plain or None


def _citation(charter: Charter, name: str) -> str:
    """Name of a source and the beginning of what it says."""
    if name == _NEW:
        return edit_say("new")
    return f"{name} · {charter.sources[name].text.say(language()):.70}"
