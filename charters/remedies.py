"""The least change of one figure that makes a requirement met, for every site at once."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import cast

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
    any other by bisection, both upwards and downwards. Each value is judged again before it is
    proposed; one larger than the figure of which it is a part is not.
    """
    known = cast("dict[str, Column]", facts)
    for lever in requirement.levers:
        field = project_fields()[lever.removeprefix("project.")]
        column = facts[lever]

        def attempt(figures: Array, lever: str = lever) -> tuple[Array, Array]:
            none, sure = np.zeros(figures.shape, np.int8), np.zeros(figures.shape)
            changed = ChainMap({lever: Column(figures, none, sure)}, known)
            weighing = weigh(article, requirement, changed, tables=charter.tables, on=on)
            return weighing.margin - weighing.tolerance, weighing.outcome == Outcome.COMPLIANT

        found = _solved(attempt, column, field)
        if field.within is not None:
            found = np.where(found > facts[f"project.{field.within}"].values, np.nan, found)
        factor = unit(field.unit).factor
        yield Proposal(lever.removeprefix("project."), column.values / factor, found / factor)


def _solved(attempt: _Try, column: Column, field: ProjectField) -> Array:
    """Figures in base units that meet the requirement, NaN where none is found."""
    start = np.where(column.missing > 0, 0.0, column.values)
    if field.type == "yes_no":
        yes = np.ones(start.shape)
        return np.where(attempt(yes)[1], yes, np.nan)
    step = np.maximum(1.0, np.abs(start) / 8)
    (first, is_met), second = attempt(start), attempt(start + step)[0]
    with np.errstate(divide="ignore", invalid="ignore"):
        slope = (second - first) / step
        line = start - first / slope
    guess = _rounded(line, start, field, is_met=is_met)
    guess = np.where(attempt(guess)[1], guess, np.nan)
    toward = np.clip(start - guess, -_grain(field), _grain(field))
    is_solved = is_met | (np.isfinite(guess) & ~attempt(guess + toward)[1])
    if not np.all(is_solved):
        up, down = (_bisected(attempt, start, sign, field) for sign in (1.0, -1.0))
        is_up = ~(np.abs(down - start) < np.abs(up - start)) & np.isfinite(up)
        guess = np.where(is_solved, guess, np.where(is_up, up, down))
    return guess


def _grain(field: ProjectField) -> float:
    """Smallest step of a figure, in base units."""
    return unit(field.unit).factor * (1.0 if field.whole else 10.0**-_DECIMALS)


def _rounded(figures: Array, start: Array, field: ProjectField, *, is_met: Array) -> Array:
    """Figures rounded away from a ``start`` that is not met, NaN outside what the field accepts."""
    grain = _grain(field)
    scaled = figures / grain
    is_up = (figures >= start) ^ is_met
    rounded = np.where(is_up, np.ceil(scaled - 1e-7), np.floor(scaled + 1e-7)) * grain
    rounded = np.round(rounded, 9)
    low = field.least * unit(field.unit).factor
    high = np.inf if field.most is None else field.most * unit(field.unit).factor
    is_fit = np.isfinite(rounded) & (rounded >= low) & (rounded <= high)
    return np.where(is_fit, rounded, np.nan)


def _bisected(attempt: _Try, start: Array, sign: float, field: ProjectField) -> Array:
    """Figures found by doubling the step until met, towards 0 or up, then halving the interval."""
    near, step = start, np.maximum(_grain(field), np.abs(start) / 64)
    far = np.full(start.shape, np.nan)
    for left in reversed(range(_DOUBLINGS)):
        trial = np.maximum(start + sign * step, near / 2 if left else 0.0)
        met = attempt(trial)[1]
        near, far = np.broadcast_arrays(near, far, met)[:2]
        far = np.where(np.isnan(far) & met, trial, far)
        if not np.isnan(far).any() or not (trial > 0).any():
            break
        near, step = np.where(np.isnan(far), trial, near), step * 2
    if np.isnan(far).all():
        return far
    for _ in range(_HALVINGS):
        middle = (near + far) / 2
        is_met = attempt(middle)[1]
        far, near = np.where(is_met, middle, far), np.where(is_met, near, middle)
    found = _rounded(far, start, field, is_met=np.zeros(1, bool))
    return np.where(attempt(found)[1], found, np.nan)
