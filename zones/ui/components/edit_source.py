"""The fields of a source, and of a dated value: the same on every form."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import streamlit as st

from charters.model import Charter, DatedValue
from charters.units import unit as unit_of
from charters.units import unit_text
from charters.wording import quantity_text
from geodata.errors import Fault
from geodata.language import Language, date_text, number_text
from geodata.typed_numbers import typed_number
from zones.ui.components.edit_choice import choice
from zones.ui.components.edit_session import faults_at, fresh
from zones.ui.components.edit_words import edit_say
from zones.ui.components.session import language

__all__ = [
    "day_field",
    "figure_field",
    "history",
    "new_source_fields",
    "source_fields",
    "text_fields",
    "value_fields",
]

_NEW, _YES_OR_NO = "", "bool"
_LEAST, _MOST = dt.date(1900, 1, 1), dt.date(2199, 12, 31)
_VERIFIED = ("text", "summary", "memory", "model")
_SHOWN = 5


def source_fields(charter: Charter, *, key: str) -> dict[str, object]:
    """Source that is cited: one of the list, or a new one that is described."""
    chosen = choice(
        edit_say("source"),
        [_NEW, *sorted(charter.sources)],
        words=lambda each: _citation(charter, each),
        key=fresh(f"{key}_source"),
        is_filled=False,
    )
    if chosen != _NEW:
        faults_at("source")
        return {"source": chosen}
    with st.container(border=True, gap="small"):
        new = new_source_fields(key=key)
        faults_at("source")
    return {"source": new["id"], "new_source": new}


def new_source_fields(*, key: str) -> dict[str, object]:
    """Source that no edition cites yet."""
    first, second = st.columns(2)
    with first:
        name = st.text_input(edit_say("new_source.id"), key=fresh(f"{key}_new_id")).strip()
        faults_at("new_source.id")
    with second:
        day = day_field("new_source.date", key=f"{key}_new_date")
    texts = {
        each: st.text_input(edit_say(f"new_source.{each}"), key=fresh(f"{key}_new_{each}"))
        for each in ("fr", "en")
    }
    faults_at("new_source.text")
    first, second = st.columns(2)
    with first:
        address = st.text_input(edit_say("new_source.url"), key=fresh(f"{key}_new_url")).strip()
        faults_at("new_source.url")
    with second:
        verified = choice(
            edit_say("new_source.verified"),
            _VERIFIED,
            words=lambda each: edit_say(f"verified_{each}"),
            key=fresh(f"{key}_new_verified"),
        )
        faults_at("new_source.verified")
    return {
        "id": name or None,
        "text": texts,
        "date": day,
        "url": address or None,
        "verified": verified,
    }


def value_fields(unit: str, *, key: str) -> dict[str, object]:
    """Days, figure and unit of a dated value."""
    first, second = st.columns(2)
    with first:
        start = day_field("from", key=f"{key}_from")
    with second:
        end = day_field("to", key=f"{key}_to")
    figure = figure_field(unit, key=key)
    faults_at("unit")
    doubt = st.checkbox(edit_say("to_check"), key=fresh(f"{key}_doubt"))
    return {
        "from": start,
        "to": end,
        "value": figure,
        "unit": unit,
        "confidence": "to_check" if doubt else "checked",
    }


def day_field(name: str, *, key: str) -> dt.date | None:
    """A day, and what is wrong with it; ``name`` is also the word of its label."""
    field = "to" if name == "ends_on" else name
    day: dt.date | None = st.date_input(
        edit_say(name), None, _LEAST, _MOST, fresh(key), format="DD/MM/YYYY"
    )
    faults_at(field)
    return day


def figure_field(unit: str, *, key: str) -> float | str | Fault | None:
    """Figure in a unit that the label says, as the language of the page writes it."""
    if unit == _YES_OR_NO:
        chosen = choice(
            edit_say("value"),
            ("1", "0"),
            words=lambda each: quantity_text(float(each), unit, language()),
            key=fresh(f"{key}_value"),
            is_filled=False,
        )
        faults_at("value")
        return chosen
    written = unit_text(unit, language())
    label = edit_say("value_in", unit=written) if written else edit_say("value")
    kept = fresh(f"{key}_value")
    now = _rewritten(*st.session_state.get(kept, ("", language())))
    words = st.text_input(label, now, key=f"{kept}_{language()}").strip()
    st.session_state[kept] = (words, language())
    faults_at("value")
    return typed_number(words, language()) if words else None


def text_fields(name: str, *, key: str) -> dict[str, str]:
    """One text in both languages, and what is wrong with it."""
    columns = st.columns(2)
    texts = {
        each: column.text_input(edit_say(f"{name}_{each}"), key=fresh(f"{key}_{name}_{each}"))
        for column, each in zip(columns, ("fr", "en"), strict=True)
    }
    faults_at(name)
    return texts


def history(rows: Sequence[DatedValue], unit: str) -> None:
    """Values there are, which stay."""
    st.caption(edit_say("history"))
    told = [
        {
            edit_say("column_from"): date_text(row.since, language()),
            edit_say("column_to"): "–" if row.until is None else date_text(row.until, language()),
            edit_say("column_value"): quantity_text(
                row.value * unit_of(unit).factor, unit, language()
            ),
            edit_say("column_source"): row.source,
        }
        for row in rows
    ]
    with st.container(
        key="edit_history", height=240 if len(told) > _SHOWN else "content", border=False
    ):
        st.table(told, border="horizontal", hide_index=True)


def _rewritten(words: str, was: Language) -> str:
    """Figure typed in one language as the page's language writes it: 1,000 is « 1 000 »."""
    figure = typed_number(words, was)
    if was == language() or isinstance(figure, Fault):
        return words
    return number_text(figure, language(), decimals=9)


def _citation(charter: Charter, name: str) -> str:
    """Name of a source and the beginning of what it says."""
    if name == _NEW:
        return edit_say("new")
    return f"{name} · {charter.sources[name].text.say(language()):.70}"
