"""A small mixed-integer linear programme: variables, what they must satisfy, and its solution.

Formulas are trees of *all* and *any* over linear inequalities. They are enforced one way only (a
binary that is 1 makes its part hold), which is enough: no goal rewards a part for not holding.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

__all__ = [
    "Affine",
    "AtLeast",
    "Both",
    "Either",
    "Formula",
    "Programme",
    "Variable",
    "both",
    "either",
    "enforce",
    "inequalities",
    "interval",
    "simplified",
    "solve",
]

_ROUNDING = 1e-9
_SECONDS = 5.0
_INFEASIBLE = 2
_GAP = 1e-6


@dataclass(frozen=True, slots=True)
class Affine:
    """A constant, plus coefficients times variables."""

    constant: float
    """Value where every variable is 0."""
    terms: Mapping[int, float] = field(default_factory=dict)
    """Coefficient by position of the variable; none is 0."""

    def __add__(self, other: Affine) -> Affine:
        terms = dict(self.terms)
        for place, weight in other.terms.items():
            terms[place] = terms.get(place, 0.0) + weight
        kept = {place: weight for place, weight in terms.items() if weight}
        return Affine(self.constant + other.constant, kept)

    def __sub__(self, other: Affine) -> Affine:
        return self + other.times(-1.0)

    def times(self, factor: float) -> Affine:
        """Every coefficient multiplied."""
        if not factor:
            return Affine(0.0)
        terms = {place: weight * factor for place, weight in self.terms.items()}
        return Affine(self.constant * factor, terms)


@dataclass(frozen=True, slots=True)
class AtLeast:
    """The value is 0 or more."""

    value: Affine


@dataclass(frozen=True, slots=True)
class Both:
    """Every part holds."""

    parts: tuple[Formula, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """At least one part holds."""

    parts: tuple[Formula, ...]


Formula: TypeAlias = bool | AtLeast | Both | Either


@dataclass(frozen=True, slots=True)
class Variable:
    """One unknown."""

    low: float
    """Smallest value."""
    high: float
    """Largest value."""
    grain: float
    """Smallest step that means something."""
    is_whole: bool
    """Whether only integers are accepted."""


@dataclass(slots=True)
class Programme:
    """Unknowns and inequalities, in the order in which they were added."""

    variables: list[Variable] = field(default_factory=list)
    rows: list[tuple[Mapping[int, float], float]] = field(default_factory=list)
    """Coefficients, and what their sum must reach."""

    def add(
        self, low: float, high: float, *, grain: float = _ROUNDING, is_whole: bool = False
    ) -> Affine:
        """One more unknown."""
        self.variables.append(Variable(low, high, grain, is_whole))
        return Affine(0.0, {len(self.variables) - 1: 1.0})

    def choice(self) -> Affine:
        """One more unknown that is 0 or 1."""
        return self.add(0.0, 1.0, grain=1.0, is_whole=True)

    def require(self, value: Affine) -> None:
        """Demand that ``value`` is 0 or more."""
        size = max((abs(each) for each in value.terms.values()), default=0.0)
        if size:
            scaled = {place: each / size for place, each in value.terms.items()}
            self.rows.append((scaled, -value.constant / size))


def both(parts: Iterable[Formula]) -> Formula:
    """All of ``parts``, without those that always hold."""
    kept = [part for part in parts if part is not True]
    if any(part is False for part in kept):
        return False
    return True if not kept else kept[0] if len(kept) == 1 else Both(tuple(kept))


def either(parts: Iterable[Formula]) -> Formula:
    """Any of ``parts``, without those that never hold."""
    kept = [part for part in parts if part is not False]
    if any(part is True for part in kept):
        return True
    return False if not kept else kept[0] if len(kept) == 1 else Either(tuple(kept))


def interval(value: Affine, programme: Programme) -> tuple[float, float]:
    """Least and greatest that ``value`` can be within the bounds of the unknowns."""
    low = high = value.constant
    for place, weight in value.terms.items():
        each = programme.variables[place]
        ends = (weight * each.low, weight * each.high)
        low, high = low + min(ends), high + max(ends)
    return low, high


def simplified(formula: Formula, programme: Programme) -> Formula:
    """``formula`` without what the bounds of the unknowns alone decide."""
    match formula:
        case AtLeast(value=value):
            low, high = interval(value, programme)
            slack = _ROUNDING * max(1.0, abs(value.constant))
            return True if low >= -slack else False if high < -slack else formula
        case Both(parts=parts):
            return both(simplified(part, programme) for part in parts)
        case Either(parts=parts):
            return either(simplified(part, programme) for part in parts)
    return formula


def inequalities(formula: Formula) -> Iterator[Affine]:
    """Linear forms inside ``formula``."""
    match formula:
        case AtLeast(value=value):
            yield value
        case Both(parts=parts) | Either(parts=parts):
            for part in parts:
                yield from inequalities(part)


def enforce(formula: Formula, programme: Programme, *, when: Affine) -> None:
    """Make ``formula`` hold where the binary ``when`` is 1."""
    match simplified(formula, programme):
        case False:
            programme.require(when.times(-1.0))
        case AtLeast(value=value):
            low = min(0.0, interval(value, programme)[0])
            programme.require(value + when.times(low) - Affine(low))
        case Both(parts=parts):
            for part in parts:
                enforce(part, programme, when=when)
        case Either(parts=parts):
            choices = [programme.choice() for _ in parts]
            for choice, part in zip(choices, parts, strict=True):
                enforce(part, programme, when=choice)
            programme.require(sum(choices, Affine(0.0)) - when)


def solve(
    programme: Programme,
    *,
    cost: Affine,
    bounds: Mapping[int, tuple[float, float]],
    rows: Iterable[int] | None = None,
) -> np.ndarray[Any, Any] | None:
    """Values of the unknowns of least ``cost``, None where no values satisfy everything.

    ``bounds`` replace those of the unknowns at these positions. Of the inequalities only ``rows``
    are looked at, all of them by default; an unknown in none of them, nor in the cost, is at its
    smallest.

    Raises
    ------
    TimeoutError
        Neither values nor the proof that there are none were found in five seconds.
    """
    low = np.array([each.low for each in programme.variables])
    high = np.array([each.high for each in programme.variables])
    for place, (least, most) in bounds.items():
        low[place], high[place] = least, most
    weights = np.zeros(len(low))
    weights[list(cost.terms)] = list(cost.terms.values())
    kept = [programme.rows[row] for row in (range(len(programme.rows)) if rows is None else rows)]
    used = np.unique([*cost.terms, *(place for row, _ in kept for place in row)]).astype(int)
    if not len(used):
        return low
    whole = np.array([each.is_whole for each in programme.variables], int)
    found = milp(
        weights[used],
        integrality=whole[used],
        bounds=Bounds(low[used], high[used]),
        constraints=_constraints(kept, used),
        options={"time_limit": _SECONDS, "mip_rel_gap": _GAP},
    )
    if found.x is not None:
        low[used] = found.x
        return low
    if found.status == _INFEASIBLE:
        return None
    raise TimeoutError(found.message)


def _constraints(
    rows: Sequence[tuple[Mapping[int, float], float]], used: np.ndarray[Any, Any]
) -> LinearConstraint:
    """Inequalities as a sparse matrix over the unknowns ``used``."""
    place = np.repeat(np.arange(len(rows)), [len(row) for row, _ in rows])
    column = np.searchsorted(used, np.array([each for row, _ in rows for each in row], int))
    weight = np.array([each for row, _ in rows for each in row.values()], float)
    matrix = csr_array((weight, (place, column)), shape=(len(rows), len(used)))
    return LinearConstraint(matrix, lb=np.array([least for _, least in rows], float))
