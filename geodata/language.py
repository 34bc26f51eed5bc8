"""The two languages of the desk: bilingual texts, numbers and dates as a reader expects them."""

from __future__ import annotations

import datetime as dt
import functools
import re
from typing import Literal, NamedTuple

from babel.dates import format_date
from babel.numbers import format_decimal

__all__ = ["DEFAULT_LANGUAGE", "Language", "Text", "date_text", "number_text", "typeset"]

Language = Literal["fr", "en"]

DEFAULT_LANGUAGE: Language = "fr"

_LOCALES: dict[Language, str] = {"fr": "fr_FR", "en": "en_GB"}
_UNIT = re.compile(r"(?<=\d) (?=(?:m²|m|km|ha|kW|kWh|€|l/s|l/s/ha|min|%)(?![\w/²]))")
_FRENCH = (
    (re.compile(r" +(?=[:;?!»%])"), "\u00a0"),
    (re.compile(r"« +"), "«\u00a0"),
    (re.compile(r"n° +(?=\d)"), "n°\u00a0"),
    (re.compile(r"(?<!\d)(?<!\d[.,])(\d{1,3}) (?=\d{3}(?!\d))"), "\\1\u202f"),
)


class Text(NamedTuple):
    """One thing said in French and in English."""

    fr: str
    en: str

    def say(self, language: Language, /, **values: object) -> str:
        """Text in ``language``, with ``{name}`` places filled from ``values``."""
        chosen = self.fr if language == "fr" else self.en
        return chosen.format(**values) if values else chosen


@functools.lru_cache(maxsize=16_384)  # verdicts repeat the same thresholds, and Babel is slow
def number_text(value: float, language: Language, *, decimals: int = 2) -> str:
    """Number with the language's separators and at most ``decimals`` decimals, sign kept."""
    pattern = "#,##0" + ("." + "#" * decimals if decimals else "")
    return str(
        format_decimal(round(value, decimals) + 0.0, format=pattern, locale=_LOCALES[language])
    )


def date_text(day: dt.date, language: Language) -> str:
    """Date in words, such as « 1er juillet 2026 »."""
    text = str(format_date(day, format="long", locale=_LOCALES[language]))
    return f"1er{text[1:]}" if language == "fr" and day.day == 1 else text


def typeset(text: Text) -> Text:
    """Text whose numbers keep their units, and whose French punctuation keeps its word.

    Whoever writes an article types plain spaces; no-break spaces are the desk's business.
    """
    french = text.fr
    for pattern, instead in _FRENCH:
        french = pattern.sub(instead, french)
    return Text(_UNIT.sub("\u00a0", french), _UNIT.sub("\u00a0", text.en))
