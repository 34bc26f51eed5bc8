"""What the page says of the day of judgment, in both languages, and the days it offers."""

from __future__ import annotations

import datetime as dt
from typing import Final

from geodata.language import Text

__all__ = ["DAY_WORDS", "first_day", "last_day"]

_FIRST, _LAST = dt.date(2000, 1, 1), dt.date(2099, 12, 31)

DAY_WORDS: Final[dict[str, Text]] = {
    "judge_on": Text("Juger à une autre date", "Judge on another day"),
    "judge_on_help": Text(
        "Les valeurs en vigueur ce jour-là ; sans elle, celles de la date de dépôt.",
        "The values in force on that day; without it, those of the filing date.",
    ),
    "back_to_filing": Text("Revenir au dépôt", "Back to filing"),
    "on_day": Text("au {day}", "on {day}"),
    "judged_only": Text("jugé au {day}", "judged on {day}"),
    "judged_and_filed": Text(
        "jugé au {day}, dépôt au {filed}", "judged on {day}, filed on {filed}"
    ),
}


def first_day(day: dt.date | None) -> dt.date:
    """First day that a calendar offers, no later than the ``day`` that a file gave."""
    return min(_FIRST, day or _FIRST)


def last_day(day: dt.date | None) -> dt.date:
    """Last day that a calendar offers, no earlier than the ``day`` that a file gave."""
    return max(_LAST, day or _LAST)
