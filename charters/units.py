"""The units that articles may use, and how they combine.

Every unit is a factor times base dimensions; ``"%"`` is a hundredth of the share ``"1"``. Numbers
travel in base units inside the judge and are reported in the unit of the article, shares as 0-1.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass

from geodata.language import Language, Text

__all__ = ["Unit", "reported_unit", "unit", "unit_text"]

_SIMPLE: dict[str, tuple[float, str, int]] = {
    "1": (1.0, "", 0),
    "%": (0.01, "", 0),
    "bool": (1.0, "", 0),
    "m": (1.0, "length", 1),
    "km": (1000.0, "length", 1),
    "mm": (0.001, "length", 1),
    "m2": (1.0, "length", 2),
    "100m2": (100.0, "length", 2),
    "ha": (10_000.0, "length", 2),
    "m3": (1.0, "length", 3),
    "kW": (1.0, "power", 1),
    "kWh": (1.0, "energy", 1),
    "min": (1.0, "time", 1),
    "day": (1440.0, "time", 1),
    "month": (1.0, "months", 1),
    "year": (12.0, "months", 1),
    "job": (1.0, "job", 1),
    "space": (1.0, "space", 1),
    "room": (1.0, "room", 1),
    "EUR": (1.0, "money", 1),
    "l/s": (1.0, "flow", 1),
}

_TEXTS: dict[str, Text] = {
    "1": Text("", ""),
    "bool": Text("", ""),
    "m2": Text("m²", "m²"),
    "m3": Text("m³", "m³"),
    "day": Text("jour(s)", "day(s)"),
    "month": Text("mois", "month(s)"),
    "year": Text("an(s)", "year(s)"),
    "job": Text("emploi(s)", "job(s)"),
    "space": Text("place(s)", "space(s)"),
    "room": Text("chambre(s)", "room(s)"),
    "EUR": Text("€", "€"),
    "EUR/m2": Text("€/m²", "€/m²"),
    "l/s/ha": Text("l/s/ha", "l/s/ha"),
    "ha/year": Text("ha par an", "ha a year"),
    "kWh/m2": Text("kWh/m²", "kWh/m²"),
    "m2/space": Text("m² par place", "m² per space"),
    "job/ha": Text("emploi(s)/ha", "job(s)/ha"),
    "space/100m2": Text("place(s) pour 100\u00a0m²", "space(s) per 100\u00a0m²"),
    "space/job": Text("place par emploi", "space per job"),
}


@dataclass(frozen=True, slots=True)
class Unit:
    """A factor to base units, and the base dimensions with their exponents."""

    factor: float
    """How many base units one unit is."""
    dimension: tuple[tuple[str, int], ...]
    """Base dimensions and exponents, sorted, none of exponent 0."""

    def __mul__(self, other: Unit) -> Unit:
        return Unit(self.factor * other.factor, _merged(self.dimension, other.dimension, 1))

    def __truediv__(self, other: Unit) -> Unit:
        return Unit(self.factor / other.factor, _merged(self.dimension, other.dimension, -1))


@functools.cache
def unit(name: str) -> Unit:
    """Unit called ``name``: one of the table, or two of them joined by ``/``.

    Raises
    ------
    KeyError
        The table holds no such unit.
    """
    if name not in _SIMPLE and "/" in name:
        above, below = name.rsplit("/", 1)
        return unit(above) / unit(below)
    factor, base, exponent = _SIMPLE[name]
    return Unit(factor, ((base, exponent),) if exponent else ())


def reported_unit(name: str) -> str:
    """Unit in which frames and JSON give a value of unit ``name``: shares are 0-1."""
    return "1" if name == "%" else name


def unit_text(name: str, language: Language, *, is_single: bool = False) -> str:
    """Unit as written after a number on screen, in the plural unless ``is_single``."""
    text = _TEXTS[name].say(language) if name in _TEXTS else name
    return text.replace("(s)", "" if is_single else "s")


def _merged(
    left: tuple[tuple[str, int], ...], right: tuple[tuple[str, int], ...], sign: int
) -> tuple[tuple[str, int], ...]:
    """Sum of two dimensions, the second times ``sign``."""
    exponents = dict(left)
    for base, exponent in right:
        exponents[base] = exponents.get(base, 0) + sign * exponent
    return tuple(sorted((base, exponent) for base, exponent in exponents.items() if exponent))
