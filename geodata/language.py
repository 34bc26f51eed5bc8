"""The two languages of the desk: bilingual texts, numbers and dates as a reader expects them."""

from __future__ import annotations

import datetime as dt
import functools
from typing import Literal, NamedTuple

from babel.dates import format_date
from babel.numbers import format_decimal

__all__ = ["DEFAULT_LANGUAGE", "Language", "Text", "date_text", "number_text"]

Language = Literal["fr", "en"]

DEFAULT_LANGUAGE: Language = "fr"

_LOCALES: dict[Language, str] = {"fr": "fr_FR", "en": "en_GB"}


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
    """Date in words, such as « 1 juillet 2026 »."""
    return str(format_date(day, format="long", locale=_LOCALES[language]))
