"""What is known about sites and projects: columns of numbers with units, and why one is missing."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np

from geodata.language import Text

__all__ = ["MISSING_TEXTS", "Column", "Facts", "Missing", "column_at", "known", "missing"]


class Missing(enum.IntEnum):
    """Why a value is not there."""

    KNOWN = 0
    NOT_GIVEN = 1
    NO_LAYER = 2
    OUTSIDE_COVERAGE = 3
    NULL_DATUM = 4
    UNDEFINED = 5
    NO_TABLE_VALUE = 6
    COVERAGE_EDGE = 7
    UNREACHABLE = 8
    AWAITED = 9


MISSING_TEXTS: dict[Missing, Text] = {
    Missing.NOT_GIVEN: Text(
        "le projet ne renseigne pas\u00a0: {names}", "the project does not give: {names}"
    ),
    Missing.NO_LAYER: Text("la couche manque\u00a0: {layers}", "the layer is not loaded: {layers}"),
    Missing.OUTSIDE_COVERAGE: Text(
        "aucune couche ne couvre ce lieu\u00a0: {layers}", "no layer covers this place: {layers}"
    ),
    Missing.NULL_DATUM: Text(
        "la donnée est vide dans la couche ({layers})\u00a0: {names}",
        "the datum is empty in the layer ({layers}): {names}",
    ),
    Missing.UNDEFINED: Text(
        "la valeur ne se calcule pas ici (rien à mesurer ou division par zéro)\u00a0: {names}",
        "the value cannot be computed here (nothing to measure or division by zero): {names}",
    ),
    Missing.NO_TABLE_VALUE: Text(
        "aucune valeur n'est en vigueur à cette date, ou pour ce secteur\u00a0: {names}",
        "no value is in force on that date, or for that sector: {names}",
    ),
    Missing.COVERAGE_EDGE: Text(
        "la couche ({layers}) s'arrête trop près du site pour conclure\u00a0: {names}",
        "the layer ({layers}) stops too close to the site to conclude: {names}",
    ),
    Missing.UNREACHABLE: Text(
        "aucun chemin ne mène du site à ce qui est cherché ({layers})\u00a0: {names}",
        "no way leads from the site to what is looked for ({layers}): {names}",
    ),
    Missing.AWAITED: Text(
        "des avis restent à demander, ou à recevoir dans leur délai ({layers})\u00a0: {names}",
        "opinions remain to be asked for, or to be received in time ({layers}): {names}",
    ),
}


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """One fact for every site; arrays of one length, which is the number of sites or 1."""

    values: np.ndarray[Any, Any]
    """Numbers (float64, NaN where missing) or words (object, None where missing)."""
    missing: np.ndarray[Any, Any]
    """:class:`Missing` codes, int8."""
    tolerance: np.ndarray[Any, Any]
    """Reach (float64, unit of the value) within which a threshold cannot be told from the value."""


Facts: TypeAlias = Mapping[str, Column]
"""Columns by path: ``project.<field>`` and ``site.<measure>``."""


def column_at(column: Column, position: int) -> Column:
    """One site's entry of a column; the column itself where it holds for every site."""
    if column.values.shape[0] == 1:
        return column
    place = slice(position, position + 1)
    return Column(column.values[place], column.missing[place], column.tolerance[place])


def known(value: float | str) -> Column:
    """One value that holds for every site, with tolerance 0."""
    kind = object if isinstance(value, str) else np.float64
    return Column(np.array([value], dtype=kind), np.zeros(1, np.int8), np.zeros(1))


def missing(why: Missing, *, words: bool = False) -> Column:
    """One value that is missing for every site."""
    values = np.array([None], dtype=object) if words else np.array([np.nan])
    return Column(values, np.full(1, why, np.int8), np.zeros(1))
