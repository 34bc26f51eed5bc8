"""One project at one site and day before the judge: what it must meet, and whether it does."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

import numpy as np

from charters.facts import Column, Facts
from charters.joint_costs import Lever
from charters.judge import Outcome, judge
from charters.model import Charter, Requirement
from charters.units import unit
from charters.vocabulary import project_fields, site_measures

__all__ = [
    "Case",
    "Figures",
    "Goal",
    "Measuring",
    "facts_with",
    "goals_of",
    "judged",
    "meets",
    "settled",
    "slopes",
]

_ROUNDING = 1e-6
_STEP = 0.1

Goal: TypeAlias = Literal["mandatory", "all"]
"""Every mandatory requirement that can fail, or also the recommended ones and the indicators."""
Figures: TypeAlias = Mapping[str, float]
"""Figures by field name, in the unit of ``fields.yaml``; 0 and 1 for no and yes."""
Measuring: TypeAlias = Callable[[Facts], Facts]
"""Facts of the site that depend on the project, from the facts of the project."""


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """What is judged."""

    charters: Sequence[Charter]
    """Charters to meet together."""
    facts: Facts
    """Every fact of the project and the site; columns of length 1."""
    on: np.ndarray[Any, Any]
    """Day, datetime64[D] of length 1."""
    levers: Mapping[str, Lever]
    """Fields that may change, by name."""
    measure: Measuring | None = None
    """How to measure again what depends on the project; None where nothing does."""
    memo: dict[tuple[tuple[str, float], ...], Facts] = field(default_factory=dict)
    """What was measured again, by the figures that it depends on."""


def goals_of(charters: Sequence[Charter], goal: Goal) -> dict[str, Requirement]:
    """Requirements to meet by id: those whose failure ``goal`` does not accept."""
    return {
        each.id: each
        for charter in charters
        for _, each in charter.requirements
        if (each.severity == "mandatory" and each.kind != "indicator")
        or (goal == "all" and each.severity != "information")
    }


def facts_with(case: Case, figures: Figures) -> Facts:
    """Facts of the project changed to ``figures``, measured again where they depend on it."""
    changed = dict(case.facts)
    for name, figure in figures.items():
        value = np.array([figure * case.levers[name].factor])
        changed[f"project.{name}"] = Column(value, np.zeros(1, np.int8), np.zeros(1))
    read = {each for one in site_measures().values() for each in one.reads}
    key = tuple(sorted(item for item in figures.items() if f"project.{item[0]}" in read))
    if case.measure is None or not key:
        return changed
    if key not in case.memo:
        case.memo[key] = case.measure(changed)
    return {**changed, **case.memo[key]}


def judged(case: Case, trials: Sequence[Figures]) -> dict[str, np.ndarray[Any, Any]]:
    """Outcome code of every trial by requirement id; one batch where nothing is measured again."""
    facts = [facts_with(case, each) for each in trials]
    moved = {
        path for each in facts for path, column in each.items() if column is not case.facts[path]
    }
    together = {**case.facts, **{path: _joined([each[path] for each in facts]) for path in moved}}
    codes: dict[str, np.ndarray[Any, Any]] = {}
    for charter in case.charters:
        found = judge(charter, together, on=case.on, sites=len(trials)).codes
        codes.update(
            (each.id, found[:, place]) for place, (_, each) in enumerate(charter.requirements)
        )
    return codes


def settled(
    codes: Mapping[str, np.ndarray[Any, Any]], goals: Collection[str]
) -> np.ndarray[Any, Any]:
    """Whether each trial meets every one of ``goals``, or is not concerned."""
    count = max((len(each) for each in codes.values()), default=1)
    met = np.ones(count, bool)
    for each in goals:
        met &= codes[each] <= int(Outcome.COMPLIANT)
    return met


def meets(case: Case, trials: Sequence[Figures], goals: Collection[str]) -> np.ndarray[Any, Any]:
    """Whether each trial meets ``goals`` with no part larger than its whole."""
    fits = np.array([all(_fits(case, each, name) for name in each) for each in trials], bool)
    met: np.ndarray[Any, Any] = fits & settled(judged(case, trials), goals)
    return met


def slopes(case: Case, reference: Figures) -> dict[str, dict[str, float]]:
    """How fast each fact of the site that depends on levers changes, by path and lever.

    Per unit of the lever, between two measurements around ``reference``.
    """
    if case.measure is None:
        return {}
    here = facts_with(case, reference)
    found = {}
    for name, measure in site_measures().items():
        path, read = f"site.{name}", [each.removeprefix("project.") for each in measure.reads]
        if measure.category or here[path].missing[0]:
            continue
        rates = [(each, _slope(case, reference, path, each)) for each in read]
        found[path] = {each: rate for each, rate in rates if rate is not None}
    return {path: rates for path, rates in found.items() if rates}


def _slope(case: Case, reference: Figures, path: str, name: str) -> float | None:
    """Change of one fact for one unit of a lever, None where it cannot be measured."""
    lever = case.levers.get(name)
    now = None if lever is None else reference.get(name, lever.current)
    if lever is None or now is None:
        return None
    step = 1.0 if lever.field.whole or lever.is_yes_no else _STEP * lever.size
    ends = [facts_with(case, {**reference, name: each})[path] for each in (now, now + step)]
    if ends[0].missing[0] or ends[1].missing[0]:
        return None
    return float(ends[1].values[0] - ends[0].values[0]) / step


def _fits(case: Case, figures: Figures, name: str) -> bool:
    """Whether a changed figure fits in its whole, and its parts in it."""
    pairs = [
        (part, each.within)
        for part, each in project_fields().items()
        if each.within is not None and name in (part, each.within)
    ]
    for part, whole in pairs:
        less, most = (_figure(case, figures, each) for each in (part, whole))
        if less is not None and most is not None and less > most + _ROUNDING:
            return False
    return True


def _figure(case: Case, figures: Figures, name: str) -> float | None:
    """Figure of a field with the changes, None where not given."""
    if name in figures:
        return figures[name]
    column = case.facts[f"project.{name}"]
    if column.missing[0]:
        return None
    return float(column.values[0]) / unit(project_fields()[name].unit).factor


def _joined(columns: Sequence[Column]) -> Column:
    """Columns of one site each under one another."""
    return Column(
        np.concatenate([each.values for each in columns]),
        np.concatenate([each.missing for each in columns]),
        np.concatenate([each.tolerance for each in columns]),
    )
