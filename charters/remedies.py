"""The least change of one figure that makes a requirement met, for every site at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from charters.facts import Column, Facts
from charters.judge import Outcome, weigh
from charters.model import Article, Charter, Requirement
from charters.operators import Array
from charters.units import unit
from charters.vocabulary import ProjectField, project_fields

__all__ = ["Proposal", "proposals"]

_DECIMALS = 2
_DOUBLINGS = 40
_HALVINGS = 60

_Try = Callable[[Array], tuple[Array, Array]]


@dataclass(frozen=True, slots=True, eq=False)
class Proposal:
    """New value of one lever for every site, in the unit of ``fields.yaml``."""

    field: str
    """Name of the project field."""
    current: Array
    """Value now, NaN where not given."""
    proposed: Array
    """Least change that makes the requirement met, NaN where none does."""


def proposals(
    article: Article, requirement: Requirement, facts: Facts, *, charter: Charter, on: Array
) -> Iterator[Proposal]:
    """One proposal per lever of ``requirement``, in the order of preference.

    A linear lever is solved in closed form (the zero of the straight line through two margins);
    any other by bisection. Each value is judged again before it is proposed.
    """
    for lever in requirement.levers:
        field = project_fields()[lever.removeprefix("project.")]
        column = facts[lever]

        def attempt(figures: Array, lever: str = lever) -> tuple[Array, Array]:
            none, sure = np.zeros(figures.shape, np.int8), np.zeros(figures.shape)
            changed = {**facts, lever: Column(figures, none, sure)}
            weighing = weigh(article, requirement, changed, tables=charter.tables, on=on)
            return weighing.margin - weighing.tolerance, weighing.outcome == Outcome.COMPLIANT

        factor = unit(field.unit).factor
        found = _solved(attempt, column, field) / factor
        if field.within is not None:
            whole = facts[f"project.{field.within}"].values / factor
            found = np.where(found > whole, np.nan, found)
        yield Proposal(lever.removeprefix("project."), column.values / factor, found)


def _solved(attempt: _Try, column: Column, field: ProjectField) -> Array:
    """Figures in base units that meet the requirement, NaN where none is found."""
    start = np.where(column.missing > 0, 0.0, column.values)
    if field.type == "yes_no":
        yes = np.ones(start.shape)
        return np.where(attempt(yes)[1], yes, np.nan)
    step = np.maximum(1.0, np.abs(start) / 8)
    first, second = attempt(start)[0], attempt(start + step)[0]
    with np.errstate(divide="ignore", invalid="ignore"):
        slope = (second - first) / step
        line = start - first / slope
    guess = _rounded(line, start, field)
    is_met = np.isfinite(guess) & attempt(guess)[1]
    if not np.all(is_met):
        searched = _bisected(attempt, start, np.sign(slope), field)
        guess = np.where(is_met, guess, searched)
    return guess


def _rounded(figures: Array, start: Array, field: ProjectField) -> Array:
    """Figures rounded away from ``start``, NaN outside what the field accepts."""
    grain = unit(field.unit).factor * (1.0 if field.whole else 10.0**-_DECIMALS)
    scaled = figures / grain
    outward = np.where(figures >= start, np.ceil(scaled - 1e-7), np.floor(scaled + 1e-7)) * grain
    outward = np.round(outward, 9)
    low = field.least * unit(field.unit).factor
    high = np.inf if field.most is None else field.most * unit(field.unit).factor
    return np.where((outward >= low) & (outward <= high), outward, np.nan)


def _bisected(attempt: _Try, start: Array, direction: Array, field: ProjectField) -> Array:
    """Figures found by doubling the step until met, then halving the interval."""
    near, step = start, np.maximum(1.0, np.abs(start) / 8)
    far = np.full(np.broadcast_shapes(start.shape, direction.shape), np.nan)
    for _ in range(_DOUBLINGS):
        trial = np.maximum(start + direction * step, 0.0)
        is_new = np.isnan(far) & attempt(trial)[1]
        far = np.where(is_new, trial, far)
        if not np.isnan(far).any():
            break
        near, step = np.where(np.isnan(far), trial, near), step * 2
    for _ in range(_HALVINGS):
        middle = (near + far) / 2
        is_met = attempt(middle)[1]
        far, near = np.where(is_met, middle, far), np.where(is_met, near, middle)
    return _rounded(far, start, field)
