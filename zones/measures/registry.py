"""The list of measures: one function per fact, and the rules that hold for all of them."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from typing import Any, TypeAlias, cast

import numpy as np
import shapely

from charters.facts import Column, Missing, column_at
from charters.vocabulary import site_measures
from geodata.errors import Fault, SelectionError, did_you_mean
from geodata.language import Text
from zones.measures.features import Array
from zones.measures.ground import Ground, covered

__all__ = [
    "Drawn",
    "Measure",
    "Reading",
    "ground_at",
    "measure",
    "measures",
    "missing_where",
    "named",
    "read",
    "take_back",
]

Drawn: TypeAlias = list[tuple[str, str, shapely.Geometry]]
"""Evidence: role, label, geometry in the work CRS."""


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """What a measure found; arrays have one entry per site."""

    values: Array
    """Numbers, or words."""
    missing: Array
    """:class:`~charters.facts.Missing` codes, int8."""
    certain: Array | None = None
    """Where the value cannot be confused with another, whatever the tolerance of the measure."""


@dataclass(frozen=True, slots=True)
class Measure:
    """How one fact is found and shown."""

    name: str
    """Name in ``charters/measures.yaml``."""
    find: Callable[[Ground], Reading]
    """Reading of every site at once."""
    show: Callable[[Ground, float | None], Drawn]
    """Evidence for a ground of one site and a threshold."""
    is_from_layers: bool = field(default=True)
    """Whether the value comes from layers; else the sites carry it."""


# Plain integers: numpy asks an enumeration for its array protocol at every comparison.
_KNOWN, _OUTSIDE = int(Missing.KNOWN), int(Missing.OUTSIDE_COVERAGE)
_NOT_GIVEN = int(Missing.NOT_GIVEN)
_MEASURES: dict[str, Measure] = {}


def measure(
    *, show: Callable[[Ground, float | None], Drawn], is_from_layers: bool = True
) -> Callable[[Callable[[Ground], Reading]], Callable[[Ground], Reading]]:
    """Enter the decorated function in the list under its own name."""

    def enter(find: Callable[[Ground], Reading]) -> Callable[[Ground], Reading]:
        name = getattr(find, "__name__", "")
        _MEASURES[name] = Measure(name, find, show, is_from_layers)
        return find

    return enter


def missing_where(is_missing: Array, why: Missing) -> Array:
    """Codes: ``why`` where the mask is true, known elsewhere."""
    codes = np.full(len(is_missing), _KNOWN, dtype=np.int8)
    codes[is_missing] = int(why)
    return codes


def measures() -> dict[str, Measure]:
    """Every measure by name."""
    return dict(_MEASURES)


def named(names: Iterable[str]) -> list[Measure]:
    """Measures called ``names``, with or without ``site.`` before them.

    Raises
    ------
    SelectionError
        A name that no measure has.
    """
    asked = [each.removeprefix("site.") for each in names]
    faults = [
        Fault(
            Text(f"Aucune mesure « {each} ».", f"No measure “{each}”."),
            "",
            did_you_mean(each, _MEASURES),
        )
        for each in asked
        if each not in _MEASURES
    ]
    if faults:
        raise SelectionError(*faults)
    return [_MEASURES[each] for each in asked]


def read(chosen: Measure, ground: Ground) -> Column:
    """Column of one measure.

    A layer that is not loaded, a site that is not wholly within a layer's coverage, then a field of
    the project or a day that is not given, make the value missing before anything is measured. The
    tolerance is the one of ``measures.yaml`` where the reading is not certain. The column is kept
    with the ground, for the last project and day that it depends on.
    """
    reads = site_measures()[chosen.name].reads
    asked = tuple(ground.day if each == "day" else _given(ground, each) for each in reads)
    found = ground.memo.get(("column", chosen.name))
    if found is None or found[0] != asked:
        found = (asked, _measured(chosen, ground, is_ready=None not in asked))
        ground.memo["column", chosen.name] = found
    return cast("Column", found[1])


def ground_at(ground: Ground, position: int) -> Ground:
    """One of the sites alone, with the columns that are known of it.

    What is asked of it later is measured on it alone.
    """
    place = slice(position, position + 1)
    memo: dict[Hashable, Any] = {
        key: (found[0], column_at(found[1], position))
        for key, found in ground.memo.copy().items()
        if isinstance(key, tuple) and key[0] == "column"
    }
    return dataclasses.replace(
        ground,
        sites=ground.sites.iloc[place],
        shapes=ground.shapes[place],
        area_m2=ground.area_m2[place],
        memo=memo,
    )


def take_back(ground: Ground, name: str, column: Column) -> None:
    """Let ``ground`` have the column of a measure that depends on the layers alone."""
    ground.memo["column", name] = ((), column)


def _given(ground: Ground, path: str) -> float | str | None:
    """What the project says of one field, None where it does not."""
    column = ground.project.get(path)
    return None if column is None or column.missing[0] else cast("float | str", column.values[0])


def _measured(chosen: Measure, ground: Ground, *, is_ready: bool) -> Column:
    """Column of one measure, as :func:`read` describes it."""
    declared = site_measures()[chosen.name]
    why = _unreachable(chosen, ground, declared.layers)
    if not is_ready:
        why[why == _KNOWN] = _NOT_GIVEN
    if np.all(why != _KNOWN):
        return _column(np.full(len(why), np.nan), why, np.zeros(len(why)), declared.category)
    reading = chosen.find(ground)
    why = np.where(why != _KNOWN, why, reading.missing)
    tolerance = np.full(len(why), declared.tolerance)
    if reading.certain is not None:
        tolerance[reading.certain] = 0.0
    return _column(reading.values, why, tolerance, declared.category)


def _unreachable(chosen: Measure, ground: Ground, layers: Iterable[str]) -> Array:
    """Codes of what keeps a value from being measured at all."""
    why = np.full(len(ground.shapes), _KNOWN, dtype=np.int8)
    if not chosen.is_from_layers:
        return why
    if not ground.layers.keys() >= set(layers):
        why[:] = Missing.NO_LAYER
        return why
    for layer in layers:
        why[~covered(ground, layer)] = _OUTSIDE
    return why


def _column(values: Array, why: Array, tolerance: Array, is_word: bool) -> Column:  # noqa: FBT001 - private
    """Column with every missing value blank."""
    unknown = why != _KNOWN
    if is_word:
        blank = values.astype(object)
        blank[unknown] = None
    else:
        blank = np.where(unknown, np.nan, values)
    return Column(blank, why, np.where(unknown, 0.0, tolerance))
