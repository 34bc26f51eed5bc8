"""What one cell must look like, by kind of column, and the value that would be right."""

from __future__ import annotations

import datetime as dt
import difflib
import functools
import re
from dataclasses import dataclass

from geodata.language import Text
from geodata.standards.cnig_se.findings import Severity
from geodata.standards.cnig_se.forms import FORMS
from geodata.standards.cnig_se.standard import StandardColumn, folded, standard

__all__ = ["Misfit", "day_of", "misfit", "number_of", "one_of"]

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_FRENCH_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", re.ASCII)
_NUMBER = re.compile(r"-?\d{1,15}(\.\d{1,20})?([eE][-+]?\d{1,2})?", re.ASCII)
_MOST = 1e12
_LUHN_EXEMPT = "356000000"
"""La Poste, whose establishments follow another check sum."""
_TRUE = {"oui", "o", "true", "vrai", "1", "yes", "y", "t"}
_FALSE = {"non", "n", "false", "faux", "0", "no", "f"}


@dataclass(frozen=True, slots=True)
class Misfit:
    """Why a value does not fit its column."""

    rule: str
    """Name of the rule."""
    what: Text
    """What is wrong."""
    expected: Text
    """What is expected."""
    suggestion: str = ""
    """Value that would be right, where it can be told."""
    severity: Severity = "error"
    """Errors refuse the delivery."""


def misfit(value: str, column: StandardColumn, *, is_demo: bool = False) -> Misfit | None:
    """Why ``value`` does not fit ``column``; None when it does, or is empty.

    The check digits of made-up establishments are wrong on purpose: ``is_demo`` forgives them.
    """
    if not value or column.kind in {"text", "geometry", "geopoint"}:
        return _padded(value) if value and column.kind == "text" else None
    if not column.several:
        return _single(value, column, is_demo=is_demo)
    parts = value.split(standard().several)
    faults = [_single(part, column, is_demo=is_demo) for part in parts]
    first = next((each for each in faults if each), None)
    if first is None:
        return None
    whole = [fault.suggestion if fault else part for part, fault in zip(parts, faults, strict=True)]
    # a part that is empty comes from a separator too many
    known = [each for each, part in zip(whole, parts, strict=True) if part]
    suggestion = standard().several.join(known) if known and all(known) else ""
    return Misfit(first.rule, first.what, first.expected, suggestion, first.severity)


def number_of(value: str) -> float | None:
    """Number that a cell says, or None."""
    return float(value) if _NUMBER.fullmatch(value) else None


def day_of(value: str) -> dt.date | None:
    """Day that a cell says, or None."""
    if not _DAY.fullmatch(value):
        return None
    try:
        return dt.date.fromisoformat(value)
    except ValueError:
        return None


def one_of(name: str) -> Text:
    """The values of a list."""
    words = " | ".join(standard().values(name))
    return Text(f"une valeur de la liste : {words}", f"a value of the list: {words}")


@functools.lru_cache(maxsize=65536)
def _single(value: str, column: StandardColumn, *, is_demo: bool) -> Misfit | None:
    """Why one value does not fit."""
    if column.kind == "list":
        return _listed(value, column.list)
    if column.kind == "yes_no":
        return _yes_no(value)
    if column.kind in {"count", "percent", "hectares", "km", "money"}:
        return _number(value, column.kind)
    if column.kind == "date":
        return _day(value)
    if column.kind == "siret":
        return _siret(value, is_demo=is_demo)
    form = FORMS[column.kind]
    if form.pattern.fullmatch(value) or (form.may_be_unknown and value in standard().common_values):
        return None
    repaired = form.repair(value)
    suggestion = repaired if repaired != value and form.pattern.fullmatch(repaired) else ""
    return Misfit("pattern", _WRONG_FORM, form.expected, suggestion, form.severity)


def _listed(value: str, name: str) -> Misfit | None:
    """Why a value is not of its list: another spelling, cut at a separator, or unknown."""
    values = standard().values(name)
    if value in values:
        return None
    spellings = {folded(each): each for each in values}
    variants = {folded(each): right for each, right in standard().variants.get(name, {}).items()}
    known = spellings.get(folded(value)) or variants.get(folded(value))
    expected = one_of(name)
    if known:
        return Misfit("list_variant", _OTHER_SPELLING, expected, known, "warning")
    whole = [each for each in values if folded(value) in [folded(p) for p in each.split(",")]]
    if whole:
        return Misfit("list_cut", _cut(whole[0]), expected, whole[0])
    near = difflib.get_close_matches(folded(value), spellings, n=1, cutoff=0.75)
    suggestion = spellings[near[0]] if near else ""
    return Misfit("list", _NOT_LISTED, expected, suggestion)


def _yes_no(value: str) -> Misfit | None:
    """Why a value is neither yes nor no."""
    if value in {"oui", "non"}:
        return None
    plain = folded(value)
    suggestion = "oui" if plain in _TRUE else "non" if plain in _FALSE else ""
    severity: Severity = "warning" if plain in {"oui", "non"} else "error"
    return Misfit("yes_no", _NOT_YES_NO, Text("oui ou non", "oui or non"), suggestion, severity)


def _number(value: str, kind: str) -> Misfit | None:
    """Why a value is not the number its column holds."""
    expected = _NUMBERS[kind]
    number = number_of(value)
    if number is None:
        repaired = re.sub(r"(?<=\d)[\s\u00a0\u202f](?=\d{3})", "", value.strip()).replace(",", ".")
        repaired = repaired.removesuffix("%").removesuffix("ha").removesuffix("km").strip()
        suggestion = repaired if number_of(repaired) is not None else ""
        return Misfit("number", _NOT_A_NUMBER, expected, suggestion)
    if not 0 <= number <= (100 if kind == "percent" else _MOST):
        return Misfit("range", _OUT_OF_RANGE, expected)
    if kind in {"count", "percent"} and number != int(number):
        return Misfit("integer", _NOT_WHOLE, expected, str(round(number)))
    return None


def _day(value: str) -> Misfit | None:
    """Why a value is no day."""
    if day_of(value):
        return None
    expected = Text("AAAA-MM-JJ", "YYYY-MM-DD")
    french = _FRENCH_DAY.fullmatch(value.strip())
    suggestion = f"{french[3]}-{int(french[2]):02}-{int(french[1]):02}" if french else ""
    suggestion = suggestion or value.strip().replace("/", "-")[:10]
    return Misfit("date", _NOT_A_DAY, expected, suggestion if day_of(suggestion) else "")


def _siret(value: str, *, is_demo: bool) -> Misfit | None:
    """Why a value is no SIRET; a wrong check digit is for review."""
    expected = Text("14 chiffres", "14 digits")
    if not re.fullmatch(r"[0-9]{14}", value):
        repaired = re.sub(r"\s", "", value)
        suggestion = repaired if re.fullmatch(r"[0-9]{14}", repaired) else ""
        return Misfit("pattern", _WRONG_FORM, expected, suggestion)
    if is_demo or value.startswith(_LUHN_EXEMPT) or _luhn(value):
        return None
    return Misfit("siret_check_digit", _BAD_CHECK_DIGIT, expected, severity="warning")


def _luhn(digits: str) -> bool:
    """Whether the check digit of a SIRET is right."""
    doubled = [int(each) * (1 + rank % 2) for rank, each in enumerate(reversed(digits))]
    return sum(each // 10 + each % 10 for each in doubled) % 10 == 0


def _padded(value: str) -> Misfit | None:
    """Blanks around a text are for review."""
    if value == value.strip():
        return None
    return Misfit(
        "blanks", _BLANKS, Text("texte sans blanc autour", "text without blanks around"),
        value.strip(), "warning",
    )  # fmt: skip


_NUMBERS = {
    "count": Text("nombre entier", "whole number"),
    "percent": Text("entier de 0 à 100", "whole number from 0 to 100"),
    "hectares": Text("hectares, point décimal", "hectares, decimal point"),
    "km": Text("kilomètres, point décimal", "kilometres, decimal point"),
    "money": Text("nombre, point décimal", "number, decimal point"),
}


def _cut(whole: str) -> Text:
    """A value that stops at its comma."""
    return Text(
        f"La valeur est coupée au séparateur : « {whole} » est une seule valeur ; vérifier aussi "
        "la cellule voisine.",
        f"The value is cut at the separator: “{whole}” is one value; check the next cell too.",
    )


_WRONG_FORM = Text("La valeur n'a pas la forme voulue.", "The value has not the form wanted.")
_OTHER_SPELLING = Text(
    "La valeur est comprise, mais écrite autrement que dans la liste.",
    "The value is understood, but not written as in the list.",
)
_NOT_LISTED = Text("La valeur n'est pas dans la liste.", "The value is not in the list.")
_NOT_YES_NO = Text("La valeur n'est ni oui ni non.", "The value is neither oui nor non.")
_NOT_A_NUMBER = Text("Ce n'est pas un nombre.", "This is not a number.")
_OUT_OF_RANGE = Text("Ce nombre est impossible.", "This number is impossible.")
_NOT_WHOLE = Text("Ce nombre n'est pas entier.", "This number is not whole.")
_NOT_A_DAY = Text("Ce n'est pas une date.", "This is not a date.")
_BAD_CHECK_DIGIT = Text("La clé de contrôle est fausse.", "The check digit is wrong.")
_BLANKS = Text("Le texte a des blancs autour.", "The text has blanks around it.")
