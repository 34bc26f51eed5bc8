"""Facts × charter × date → verdicts, on whole columns.

:func:`judge` keeps one compact code per site and requirement; values, thresholds and margins are
made by :func:`weigh` for the rows that somebody reads or exports.
"""

from __future__ import annotations

import datetime as dt
import enum
import functools
from dataclasses import dataclass

import numpy as np

from charters.facts import Facts
from charters.model import Alternative, Article, Charter, Requirement, Table
from charters.operators import Array, Scope, compare, evaluate, holds, is_within

__all__ = ["Outcome", "Verdicts", "Weighing", "judge", "scope_of", "weigh"]


class Outcome(enum.IntEnum):
    """What a requirement says of a site, the worst last."""

    NOT_APPLICABLE = 0
    COMPLIANT = 1
    TO_DISCUSS = 2
    TO_INVESTIGATE = 3
    NON_COMPLIANT = 4

    @property
    def key(self) -> str:
        """Word used in files and JSON."""
        return self.name.lower()


# Plain integers: numpy asks an enumeration for its array protocol at every comparison.
_NOT_APPLICABLE, _COMPLIANT = int(Outcome.NOT_APPLICABLE), int(Outcome.COMPLIANT)
_TO_INVESTIGATE = int(Outcome.TO_INVESTIGATE)


@dataclass(frozen=True, slots=True, eq=False)
class Verdicts:
    """Outcome of every requirement for every site."""

    charter: Charter
    """The charter judged by."""
    codes: Array
    """:class:`Outcome` codes, int8, sites × requirements."""
    weighings: tuple[Weighing, ...] = ()
    """What explains them, by requirement; kept for a single site, whose reader comes next."""


@dataclass(frozen=True, slots=True, eq=False)
class Weighing:
    """One requirement weighed for every site; arrays of length n or 1, in base units."""

    outcome: Array
    """:class:`Outcome` codes."""
    applies: Array
    """1 applies, −1 does not, 0 undecided."""
    alternative: Array
    """Position of the alternative that is reported: the best one."""
    value: Array
    """Measured value, NaN where missing or not applicable, as threshold and margin are."""
    threshold: Array
    """Threshold, NaN where missing."""
    margin: Array
    """Signed distance to the threshold, positive on the good side."""
    tolerance: Array
    """Reach within which the value cannot be told from the threshold."""
    missing: Array
    """:class:`~charters.facts.Missing` code of the value or the threshold."""


def judge(charter: Charter, facts: Facts, *, on: Array, sites: int) -> Verdicts:
    """Outcome codes of ``sites`` sites on the days ``on`` (datetime64[D], length n or 1)."""
    codes = np.empty((sites, len(charter.requirements)), np.int8)
    kept: list[Weighing] = []
    for position, (article, requirement) in enumerate(charter.requirements):
        weighing = weigh(article, requirement, facts, tables=charter.tables, on=on)
        codes[:, position] = weighing.outcome
        if sites == 1:
            kept.append(weighing)
    return Verdicts(charter, codes, tuple(kept))


def weigh(
    article: Article, requirement: Requirement, facts: Facts, *, tables: dict[str, Table], on: Array
) -> Weighing:
    """Outcome of one requirement with everything that explains it."""
    scope = scope_of(requirement, facts, tables=tables, on=on)
    applies = np.minimum(_in_force(article, on), holds(requirement.applies_when, scope))
    for exemption in requirement.exceptions:
        applies = np.where(holds(exemption.when, scope) == 1, np.int8(-1), applies)
    if np.all(applies < 0):
        return _not_applicable(applies)
    tries = [_attempt(alternative, scope) for alternative in requirement.any_of]
    best = np.where(applies < 0, 0, _best(tries))
    met, value, threshold, margin, tolerance, missing = (
        _pick([getattr(each, name) for each in tries], best)
        for name in ("met", "value", "threshold", "margin", "tolerance", "missing")
    )
    decided = np.where(
        met > 0, _COMPLIANT, np.where(met == 0, _TO_INVESTIGATE, _failure(requirement))
    )
    undecided = np.where(applies < 0, _NOT_APPLICABLE, _TO_INVESTIGATE)
    outcome = np.where(applies > 0, decided, undecided).astype(np.int8)
    if np.any(applies < 0):
        blank = applies < 0
        value, threshold, margin = (
            np.where(blank, np.nan, each) for each in (value, threshold, margin)
        )
        tolerance, missing = (np.where(blank, 0, each) for each in (tolerance, missing))
    return Weighing(outcome, applies, best, value, threshold, margin, tolerance, missing)


def _not_applicable(applies: Array) -> Weighing:
    """Weighing of a requirement that applies to no site: nothing else is looked at."""
    none, zero = np.full(1, np.nan), np.zeros(1)
    outcome = np.full(applies.shape, _NOT_APPLICABLE, np.int8)
    position, known = np.zeros(1, np.intp), np.zeros(1, np.int8)
    return Weighing(outcome, applies, position, none, none, none, zero, known)


def scope_of(
    requirement: Requirement, facts: Facts, *, tables: dict[str, Table], on: Array
) -> Scope:
    """Names that the trees of ``requirement`` use."""
    return Scope(facts=facts, parameters=requirement.parameters, tables=tables, on=on)


@dataclass(frozen=True, slots=True, eq=False)
class _Attempt:
    """One alternative weighed; ``met`` is 1, −1 or 0 as in Kleene's logic."""

    met: Array
    value: Array
    threshold: Array
    margin: Array
    tolerance: Array
    missing: Array


def _attempt(alternative: Alternative, scope: Scope) -> _Attempt:
    """Compare one measure with its threshold."""
    measured = evaluate(alternative.measure.value, scope)
    required = evaluate(alternative.requirement.threshold, scope)
    op = alternative.requirement.op
    missing = np.where(measured.missing > 0, measured.missing, required.missing)
    tolerance = measured.tolerance + required.tolerance
    with np.errstate(invalid="ignore"):
        gap = measured.values - required.values
        margin = {"<": -gap, "<=": -gap, ">": gap, ">=": gap, "=": -np.abs(gap)}[op]
        is_met = compare(measured.values, op, required.values)
        is_close = is_within(gap, tolerance)
    met = np.where((missing > 0) | is_close, 0, np.where(is_met, 1, -1)).astype(np.int8)
    return _Attempt(met, measured.values, required.values, margin, tolerance, missing)


def _best(tries: list[_Attempt]) -> Array:
    """Position of the alternative to report: met before undecided before failed, then margin."""
    if len(tries) == 1:
        return np.zeros(1, np.intp)
    shape = np.broadcast_shapes(*(each.met.shape for each in tries))
    best, state = np.zeros(shape, np.intp), np.full(shape, -2.0)
    room = np.full(shape, -np.inf)
    for position, each in enumerate(tries):
        here = np.where(np.isnan(each.margin), -np.inf, each.margin)
        is_better = (each.met > state) | ((each.met == state) & (here > room))
        best = np.where(is_better, position, best)
        state = np.where(is_better, each.met, state)
        room = np.where(is_better, here, room)
    return best


def _pick(arrays: list[Array], position: Array) -> Array:
    """Entry of the array at ``position``, site by site."""
    return arrays[0] if len(arrays) == 1 else np.choose(position, arrays)


def _in_force(article: Article, on: Array) -> Array:
    """1 on days when the article is in force, −1 on others."""
    since, until = _bounds(article.in_force.since, article.in_force.until)
    return np.where((on >= since) & (on < until), np.int8(1), np.int8(-1))


@functools.lru_cache(maxsize=1024)
def _bounds(since: dt.date, until: dt.date | None) -> tuple[np.datetime64, np.datetime64]:
    """First day of a period, and first day after it."""
    return np.datetime64(since), np.datetime64(until or "9999-12-31")


def _failure(requirement: Requirement) -> Outcome:
    """Outcome of a requirement that applies, is decided, and is not met."""
    if requirement.kind == "indicator":
        return Outcome.TO_DISCUSS
    if requirement.if_not_met == "to_investigate":
        return Outcome.TO_INVESTIGATE
    return Outcome.NON_COMPLIANT
