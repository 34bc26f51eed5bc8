"""A number as somebody types it in the language of the page; one that could be two is refused."""

from __future__ import annotations

import re

from geodata.errors import Fault
from geodata.language import Language, Text, number_text

__all__ = ["typed_number"]

_BLANKS = re.compile(r"\s")
_GROUPED = re.compile(r"(\d{1,3}(?: \d{3})+|\d+)([.,]\d*)?", re.ASCII)
_COMMAS = re.compile(r"(\d{1,3}(?:,\d{3})+)(\.\d*)?", re.ASCII)
_TWO_WAYS = re.compile(r"([1-9]\d{0,2})\.(\d{3})", re.ASCII)
_REMEDIES: dict[Language, Text] = {
    "fr": Text(
        "Écrire un nombre seul, tel que 12,5 ou 1 000.",
        "Write a number alone, the French way: 12,5 or 1 000.",
    ),
    "en": Text(
        "Écrire un nombre seul, à l'anglaise : 12.5 ou 1,000.",
        "Write a number alone, such as 12.5 or 1,000.",
    ),
}
"""What to write instead, by the language of the page on which it was typed."""


def typed_number(words: str, language: Language, *, where: str = "") -> float | Fault:
    """Number that was typed, or the fault of what is none, at ``where``.

    Blanks group thousands in both languages. French has a decimal comma; a point is taken for one
    unless it may as well group thousands, as in ``12.500``. English has a decimal point; commas
    group thousands, and ``12,5`` is refused.
    """
    plain = _BLANKS.sub(" ", words.strip()).replace("−", "-")
    sign, digits = (-1.0, plain[1:].strip()) if plain.startswith("-") else (1.0, plain)
    if language == "fr" and (both := _TWO_WAYS.fullmatch(digits)):
        return _ambiguous(words, sign * float(digits), sign * float(both[1] + both[2]), where)
    if language == "en" and (found := _COMMAS.fullmatch(digits)):
        return sign * float(found[1].replace(",", "") + (found[2] or ""))
    found = _GROUPED.fullmatch(digits)
    if found is None or (language == "en" and "," in digits):
        return _no_number(words, language, where)
    return sign * float(found[1].replace(" ", "") + (found[2] or "").replace(",", "."))


def _no_number(words: str, language: Language, where: str) -> Fault:
    """Fault of what is no number."""
    shown = f"{words.strip():.40}"
    what = Text(f"« {shown} » n'est pas un nombre.", f"“{shown}” is not a number.")
    return Fault(what, where, _REMEDIES[language])


def _ambiguous(words: str, small: float, large: float, where: str) -> Fault:
    """Fault of a number that is read in two ways."""
    shown = words.strip()
    fr, en = (
        [number_text(each, language, decimals=3) for each in (small, large)]
        for language in ("fr", "en")
    )
    what = Text(
        f"« {shown} » se lit {fr[0]} ou {fr[1]}.", f"“{shown}” reads as {en[0]} or {en[1]}."
    )
    remedy = Text("Écrire l'un ou l'autre.", "Write one or the other.")
    return Fault(what, where, remedy)
