"""What a requirement asks of the figures that may change, as a formula of linear inequalities.

A requirement is settled where it does not apply, or applies and one of its alternatives is met.
An exception counts only where it already holds: it needs a document, which no figure replaces.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from charters.facts import known
from charters.joint_programme import (
    Affine,
    AtLeast,
    Formula,
    both,
    either,
    interval,
    simplified,
)
from charters.joint_terms import Reading, Term, frozen, is_open, term
from charters.model import (
    AllOf,
    Alternative,
    AnyOf,
    Between,
    Comparison,
    Condition,
    Greatest,
    Least,
    NoneOf,
    ParameterValue,
    Requirement,
    Value,
)
from charters.operators import evaluate, holds
from charters.tree import fields_of_condition, fields_of_value
from charters.units import unit

__all__ = ["Demand", "demand"]

_OPPOSITE = {"<": ">=", "<=": ">", ">=": "<", ">": "<="}
_STRICT = 1e-5


@dataclass(frozen=True, slots=True)
class Demand:
    """What one requirement asks."""

    settled: Formula
    """It does not apply, or is met."""
    met: Formula
    """It applies and is met."""


def demand(requirement: Requirement, reading: Reading, *, given: Mapping[str, Affine]) -> Demand:
    """What ``requirement`` asks; ``given`` says of a figure not known yet whether it is given."""
    applies = _truth(requirement.applies_when, reading, given=given, wanted=True)
    is_not = _truth(requirement.applies_when, reading, given=given, wanted=False)
    if is_not is True:
        # what cannot apply holds no figure that its measure depends on
        return Demand(settled=True, met=False)
    exempted = [
        _truth(each.when, reading, given=given, wanted=True)
        for each in requirement.exceptions
        if holds(each.when, reading.scope)[0] == 1
    ]
    tries = [_attempt(each, reading, given=given) for each in requirement.any_of]
    met = simplified(both((applies, either(tries))), reading.programme)
    settled = simplified(either((is_not, *exempted, met)), reading.programme)
    return Demand(settled, met)


def _truth(
    condition: Condition | None, reading: Reading, *, given: Mapping[str, Affine], wanted: bool
) -> Formula:
    """``condition`` certainly holds, or certainly does not: undecided is neither."""

    def part(each: Condition, *, turned: bool = False) -> Formula:
        return _truth(each, reading, given=given, wanted=wanted != turned)

    match condition:
        case None:
            return wanted
        case AllOf(all=parts):
            return (both if wanted else either)(part(each) for each in parts)
        case AnyOf(any=parts):
            return (either if wanted else both)(part(each) for each in parts)
        case NoneOf(none=parts):
            return (both if wanted else either)(part(each, turned=True) for each in parts)
    if not is_open(tuple(fields_of_condition(condition)), reading):
        return bool(holds(condition, reading.scope)[0] == (1 if wanted else -1))
    return both(
        (
            _are_given(fields_of_condition(condition), given),
            _compared(condition, reading, wanted=wanted),
        )
    )


def _compared(condition: Condition, reading: Reading, *, wanted: bool) -> Formula:
    """A comparison of a figure that may change."""
    if not isinstance(condition, Comparison | Between) or condition.field not in reading.figures:
        return bool(holds(condition, reading.scope)[0] == (1 if wanted else -1))
    figure, factor = reading.figures[condition.field], unit(condition.unit or "1").factor
    reach = Affine(float(reading.scope.facts[condition.field].tolerance[0]))
    if isinstance(condition, Between):
        least, most = (Affine(each * factor) for each in condition.between)
        ends = ((">=", least), ("<=", most))
        if wanted:
            return both(_ordered(figure - bound, op, reading, reach=reach) for op, bound in ends)
        return either(
            _ordered(figure - bound, _OPPOSITE[op], reading, reach=reach) for op, bound in ends
        )
    if isinstance(condition.value, ParameterValue):
        column = evaluate(condition.value, reading.scope)
        if column.missing[0]:
            return False
        bound = Affine(float(column.values[0]))
    else:
        bound = Affine(float(condition.value) * factor)
    gap = figure - bound
    if wanted:
        return _ordered(gap, condition.op, reading, reach=reach)
    if condition.op == "=":
        return either(_ordered(gap, op, reading, reach=reach) for op in ("<", ">"))
    return _ordered(gap, _OPPOSITE[condition.op], reading, reach=reach)


def _attempt(alternative: Alternative, reading: Reading, *, given: Mapping[str, Affine]) -> Formula:
    """One alternative is met, tolerance included."""
    value, bound = alternative.measure.value, alternative.requirement.threshold
    paths = (*fields_of_value(value), *fields_of_value(bound))
    reach = _reach((value, bound), paths, reading)
    reached = _reached(value, alternative.requirement.op, bound, reach, reading)
    return both((_are_given(paths, given), reached))


class _Reach(NamedTuple):
    """Tolerance of a comparison."""

    line: Affine
    """As a straight line of the figures that may change."""
    now: float
    """As it is now."""


def _reach(nodes: Sequence[Value], paths: Sequence[str], reading: Reading) -> _Reach:
    """Tolerance of ``nodes`` together, linear around the figures as they are."""
    facts = dict(reading.scope.facts)
    figures = [path for path in dict.fromkeys(paths) if path in reading.figures]
    if not any(facts[path].tolerance[0] > 0 for path in paths if path in facts):
        return _Reach(Affine(0.0), 0.0)
    for path in figures:
        if facts[path].missing[0]:
            facts[path] = known(0.0)

    def at(path: str | None = None, step: float = 0.0) -> float:
        moved = {} if path is None else {path: known(float(facts[path].values[0]) + step)}
        scope = replace(reading.scope, facts={**facts, **moved})
        return float(sum(evaluate(node, scope).tolerance[0] for node in nodes))

    now = at()
    if not np.isfinite(now):
        return _Reach(Affine(0.0), 0.0)
    line = Affine(now)
    for path in figures:
        figure = float(facts[path].values[0])
        step = max(1.0, abs(figure))
        slope = (at(path, step) - now) / step
        line += (reading.figures[path] - Affine(figure)).times(slope if np.isfinite(slope) else 0.0)
    return _Reach(line, now)


def _reached(value: Value, op: str, bound: Value, reach: _Reach, reading: Reading) -> Formula:
    """``value op bound`` by at least ``reach``; *min* and *max* on top are taken apart."""
    is_upward = op in (">", ">=")
    for node, is_value in ((value, True), (bound, False)):
        if isinstance(node, Greatest | Least) and op != "=":
            parts = node.max if isinstance(node, Greatest) else node.min
            is_all = (isinstance(node, Least) == is_upward) == is_value
            found = (
                _reached(part, op, bound, reach, reading)
                if is_value
                else _reached(value, op, part, reach, reading)
                for part in parts
            )
            return both(found) if is_all else either(found)
    first, second = term(value, reading), term(bound, reading)
    if first is None or second is None:
        return False
    if not _is_joinable(first, second):
        held, node = (second, bound) if reading.hold == "last" else (first, value)
        fixed = frozen(node, reading)
        first, second = (first, fixed) if held is second else (fixed, second)
        if first is None or second is None:
            return False
    return _joined(first, second, op, reach, reading)


def _is_joinable(first: Term, second: Term) -> bool:
    """Whether the difference of two terms has a linear numerator."""
    return (
        (first.is_linear and second.is_linear)
        or first.is_constant
        or second.is_constant
        or first.below == second.below
    )


def _joined(first: Term, second: Term, op: str, reach: _Reach, reading: Reading) -> Formula:
    """Comparison of two terms, multiplied by the denominator that may change."""
    below = second.below if first.is_linear and not second.is_linear else first.below
    if not below.terms:
        return _ordered(first.line - second.line, op, reading, reach=reach.line)
    if interval(below, reading.programme)[0] < -_STRICT:
        return False  # a denominator of either sign: not a quantity
    tops = [
        each.above if each.below == below else below.times(each.line.constant)
        for each in (first, second)
    ]
    return both(
        (
            _ordered(below, ">", reading),
            _ordered(tops[0] - tops[1], op, reading, reach=below.times(reach.now)),
        )
    )


def _ordered(gap: Affine, op: str, reading: Reading, *, reach: Affine | None = None) -> Formula:
    """``gap op 0``, by at least ``reach`` where there is one."""
    room = Affine(0.0) if reach is None else reach
    has_room = bool(room.terms or room.constant)
    if op in ("<", "<="):
        return _ordered(gap.times(-1.0), ">" if op == "<" else ">=", reading, reach=reach)
    if op == "=":
        return False if has_room else both((AtLeast(gap), AtLeast(gap.times(-1.0))))
    step = Affine(0.0 if op == ">=" or has_room else _step(gap, reading))
    return AtLeast(gap - room - step)


def _step(gap: Affine, reading: Reading) -> float:
    """What « more than » means: a grain of a single figure, else a hundred-thousandth."""
    if len(gap.terms) == 1:
        ((place, weight),) = gap.terms.items()
        return abs(weight) * reading.programme.variables[place].grain
    return _STRICT * max(1.0, abs(gap.constant))


def _are_given(paths: Iterable[str], given: Mapping[str, Affine]) -> Formula:
    """Every figure among ``paths`` that is not known yet is given."""
    asked = dict.fromkeys(path for path in paths if path in given)
    return both(AtLeast(given[path] - Affine(1.0)) for path in asked)
