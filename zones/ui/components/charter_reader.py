"""A charter to read on screen: contents, search, filters, and every article as a document."""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import streamlit as st

from charters.document import charter_sheet
from charters.editions import charters_in_use
from charters.sheets import CharterSheet
from charters.wording import KINDS, PHASES, SEVERITIES
from geodata.language import Language
from zones.palette import OUTCOMES as LOOKS
from zones.ui.components.charter_words import CHARTER_WORDS

__all__ = ["Reading", "asked_of_reader", "charter_document", "show_charter"]

_READER = st.components.v2.component(
    "technopole_charter",
    js=Path(__file__).with_suffix(".js").read_text(encoding="utf-8"),
    css=Path(__file__).with_suffix(".css").read_text(encoding="utf-8"),
    isolate_styles=False,
)
_LOOK_OF = {"to_discuss": "reservations"}
_SILENT = frozenset({"kind", "severity", "phase", "outcome", "url"})


@dataclass(frozen=True, slots=True)
class Reading:
    """Which charter is read, and where."""

    charter: str
    """Id of the charter."""
    edition: int
    """Number of the edition."""
    on: dt.date
    """Day that selects the values in force."""
    article: str | None
    """Article, or requirement, to bring into view."""
    asked: int
    """How many times an article was asked for; another count brings it into view again."""


def show_charter(
    reading: Reading,
    *,
    language: Language,
    key: str,
    on_edit: Callable[[], None] | None,
    on_verdict: Callable[[], None] | None,
) -> None:
    """Show a charter; :func:`asked_of_reader` tells the callbacks which article was meant.

    Parameters
    ----------
    reading
        What to read.
    language
        Language of the page; the search looks into both.
    key
        Streamlit key.
    on_edit
        Called when an article is to be edited; without it there is no such button.
    on_verdict
        Called when the verdict of a requirement is asked for; without it there is no such button.
    """
    document = charter_document(reading.charter, reading.edition, reading.on, language)
    nothing = lambda: None  # noqa: E731 - the component wants a function for each of its triggers
    _READER(
        key=key,
        on_edit_change=on_edit or nothing,
        on_verdict_change=on_verdict or nothing,
        data={
            **document,
            "open": {"id": reading.article, "count": reading.asked},
            "can_edit": on_edit is not None,
            "has_verdict": on_verdict is not None,
        },
    )


def asked_of_reader(key: str, what: str, *, known: frozenset[str]) -> str | None:
    """Id for which the button ``what`` was just pressed, None unless it is ``known``."""
    asked = st.session_state.get(key, {}).get(what)
    return asked if isinstance(asked, str) and asked in known else None


@functools.lru_cache(maxsize=16)
def charter_document(charter: str, edition: int, on: dt.date, language: Language) -> dict[str, Any]:
    """Everything the page shows of a charter; an edition is never changed."""
    chosen = next(each for each in charters_in_use(edition) if each.id == charter)
    sheet = charter_sheet(chosen, on=on, language=language)
    other = charter_sheet(chosen, on=on, language="en" if language == "fr" else "fr")
    return {
        "sheet": dataclasses.asdict(sheet),
        "chapters": _chapters(sheet),
        "elsewhere": [" · ".join(dict.fromkeys(_texts(each))) for each in other.articles],
        "language": language,
        "texts": {name: text.say(language) for name, text in CHARTER_WORDS.items()},
        "phases": {name: text.say(language) for name, text in PHASES.items()},
        "kinds": {name: text.say(language) for name, text in KINDS.items()},
        "severities": {name: text.say(language) for name, text in SEVERITIES.items()},
        "looks": _looks(),
    }


def _chapters(sheet: CharterSheet) -> list[dict[str, Any]]:
    """Chapters in the order of their first article, with the places of their articles."""
    places: dict[str, list[int]] = {}
    for position, article in enumerate(sheet.articles):
        places.setdefault(article.chapter, []).append(position)
    return [{"title": title, "articles": found} for title, found in places.items()]


def _texts(node: object, name: str = "") -> Iterator[str]:
    """Every text of a sheet that a reader may look for."""
    if isinstance(node, str):
        if node and name not in _SILENT:
            yield node
    elif isinstance(node, tuple):
        for each in node:
            yield from _texts(each, name)
    elif dataclasses.is_dataclass(node):
        for field in dataclasses.fields(node):
            yield from _texts(getattr(node, field.name), field.name)


def _looks() -> dict[str, dict[str, str]]:
    """Symbol and ink of each outcome."""
    known = {each.key: {"symbol": each.symbol, "ink": each.ink} for each in LOOKS}
    return known | {name: known[look] for name, look in _LOOK_OF.items()}
