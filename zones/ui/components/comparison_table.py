"""Cases side by side: articles by charter with outcomes and figures, and fields to edit."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import streamlit as st

from charters.wording import CHARTER_OUTCOMES, OUTCOMES
from geodata.language import Language
from zones.comparison import Case, Row, comparison_rows
from zones.figures import figure_texts
from zones.palette import OUTCOMES as LOOKS
from zones.ui.components.comparison_words import told

__all__ = ["Column", "TableAct", "TableEdit", "asked_of_table", "show_comparison"]

_TABLE = st.components.v2.component(
    "technopole_comparison",
    js=Path(__file__).with_suffix(".js").read_text(encoding="utf-8"),
    css=Path(__file__).with_suffix(".css").read_text(encoding="utf-8"),
    isolate_styles=False,
)
_LOOKS = {each.key: each for each in LOOKS}
_LOOK_OF = {"to_discuss": "reservations"}
_MARKS = {"outcome": ("≠", "differs"), "figure": ("~", "figures_differ"), "": ("", None)}


@dataclass(frozen=True, slots=True)
class Column:
    """Head of one case."""

    title: str
    """Name of the project or of the site."""
    note: str
    """What it is."""
    actions: tuple[str, ...] = ()
    """Words of :mod:`~zones.ui.components.comparison_words` that the reader may act by."""
    is_current: bool = False
    """Whether the desk works on it."""


@dataclass(frozen=True, slots=True)
class TableAct:
    """A button pressed in the head of a column."""

    act: str
    column: int


@dataclass(frozen=True, slots=True)
class TableEdit:
    """A figure typed in a cell; the text is what the reader typed."""

    column: int
    field: str
    text: str


def show_comparison(
    cases: Sequence[Case],
    columns: Sequence[Column],
    *,
    extra: Sequence[Mapping[str, Any]],
    caption: str,
    only_differences: bool,
    language: Language,
    key: str,
    on_ask: Callable[[], None],
) -> None:
    """Show ``cases`` under ``columns``; ``on_ask`` runs before the rerun of an act or an edit.

    ``extra`` are groups of rows put before the articles: ``key``, ``title``, ``folded`` and
    ``rows``, each row with ``id``, ``title``, ``mark``, ``kind`` ``"field"``, ``options`` and one
    cell per case.
    """
    _TABLE(
        key=key,
        on_act_change=on_ask,
        on_edit_change=on_ask,
        data={
            "caption": caption,
            "corner": told("article"),
            "language": language,
            "columns": [
                {
                    "title": each.title,
                    "note": each.note,
                    "mark": each.is_current,
                    "actions": [{"act": word, "label": told(word)} for word in each.actions],
                }
                for each in columns
            ],
            "groups": [
                _overall(cases, language),
                *extra,
                *_groups(cases, only_differences=only_differences, language=language),
            ],
        },
    )


def asked_of_table(key: str, *, columns: int) -> TableAct | TableEdit | None:
    """What was just asked of the table, None unless it names one of its ``columns``."""
    said = st.session_state.get(key, {})
    for kind in ("act", "edit"):
        asked = said.get(kind)
        if not isinstance(asked, Mapping):
            continue
        column = asked.get("column")
        if isinstance(column, bool) or not isinstance(column, int) or not 0 <= column < columns:
            continue
        if kind == "act":
            return TableAct(str(asked.get("act")), column)
        return TableEdit(column, str(asked.get("field")), str(asked.get("value"))[:80])
    return None


def _overall(cases: Sequence[Case], language: Language) -> dict[str, Any]:
    """Outcome of each charter in every case."""
    rows = []
    for verdicts in cases[0].assessment.verdicts.values():
        charter = verdicts.charter
        outcomes = [each.outcome(charter.id) for each in cases]
        mark, said = _MARKS["outcome" if len(set(outcomes)) > 1 else ""]
        rows.append(
            {
                "id": charter.id,
                "kind": "overall",
                "title": charter.title.say(language),
                "strong": True,
                "mark": mark,
                "mark_text": said and told(said),
                "cells": [
                    _outcome(each, CHARTER_OUTCOMES[each].say(language)) for each in outcomes
                ],
            }
        )
    return {"key": "overall", "title": told("overall"), "rows": rows, "folded": False}


def _groups(
    cases: Sequence[Case],
    *,
    only_differences: bool,
    language: Language,
) -> list[dict[str, Any]]:
    """One group of articles per charter."""
    rows = [
        row
        for row in comparison_rows(cases)
        if _is_shown(row) and (row.difference == "outcome" or not only_differences)
    ]
    return [
        {
            "key": charter.id,
            "title": f"{charter.title.say(language)} ({charter.edition})",
            "rows": [_row(row, language) for row in rows if row.charter == charter.id],
            "folded": False,
        }
        for charter in (each.charter for each in cases[0].assessment.verdicts.values())
    ]


def _is_shown(row: Row) -> bool:
    """Whether the requirement applies in one case at least."""
    return any(each is not None and each.outcome != "not_applicable" for each in row.cells)


def _row(row: Row, language: Language) -> dict[str, Any]:
    """One requirement in every case."""
    mark, said = _MARKS[row.difference]
    cells: list[dict[str, str | None] | None] = []
    for each in row.cells:
        if each is None:
            cells.append(None)
            continue
        value, threshold, margin = figure_texts(each, language)
        is_said = each.unit == "bool" and value is not None
        figures = (
            each.reason.say(language) if is_said else " · ".join(filter(None, (value, threshold)))
        )
        text = OUTCOMES[each.outcome].say(language)
        cells.append({**_outcome(each.outcome, text), "figures": figures, "margin": margin})
    return {
        "id": row.article,
        "title": row.title.say(language),
        "mark": mark,
        "mark_text": said and told(said),
        "cells": cells,
    }


def _outcome(key: str, text: str) -> dict[str, str]:
    """Outcome with its symbol and its ink."""
    look = _LOOKS[_LOOK_OF.get(key, key)]
    return {"outcome": key, "text": text, "symbol": look.symbol, "ink": look.ink}
