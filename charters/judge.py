"""Facts × charter × date → verdicts, on whole columns.

:func:`judge` keeps one compact code per site and requirement; values, thresholds and margins are
made by :func:`weigh` for the rows that somebody reads or exports.
"""

from __future__ import annotations

import datetime as dt
import enum
import functools
from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any

import numpy as np

from charters.facts import Column, Facts
from charters.keeping import kept_for_each
from charters.model import Alternative, Article, Charter, Requirement, Table
from charters.operators import Array, Scope, evaluate, holds, satisfied, slack
from charters.recalling import Recent, recalled

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
_NOT_APPLICABLE = int(Outcome.NOT_APPLICABLE)


@dataclass(frozen=True, slots=True, eq=False)
class Verdicts:
    """Outcome of every requirement for every site."""

    charter: Charter
    """The charter judged by."""
    codes: Array
    """:class:`Outcome` codes, int8, sites × requirements."""


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
    codes = np.empty((sites, len(charter.requirements)), np.int8, order="F")
    known: dict[Hashable, Array] = {}
    for position, (article, requirement) in enumerate(charter.requirements):
        if sites == 1:
            # Its reader comes next, and wants the whole.
            weighing = weigh(article, requirement, facts, tables=charter.tables, on=on)
            codes[:, position] = weighing.outcome
        else:
            codes[:, position] = recalled(
                _recent_outcomes(requirement),
                scope_of(requirement, facts, tables=charter.tables, on=on, known=known),
                owner=article,
                find=functools.partial(_outcome, article, requirement),
            )
    return Verdicts(charter, codes)


def weigh(
    article: Article, requirement: Requirement, facts: Facts, *, tables: dict[str, Table], on: Array
) -> Weighing:
    """Outcome of one requirement with all that explains it; for one site it is kept a while."""
    return recalled(
        _recent_weighings(requirement),
        scope_of(requirement, facts, tables=tables, on=on),
        owner=article,
        find=functools.partial(_weighed, article, requirement),
        is_kept=lambda found: found.outcome.size == found.value.size == 1,
    )


@kept_for_each
def _recent_weighings(requirement: Requirement) -> Recent[Weighing]:  # noqa: ARG001 - one for each
    """Last weighings of a requirement at one site."""
    return Recent()


@kept_for_each
def _recent_outcomes(requirement: Requirement) -> Recent[Array]:  # noqa: ARG001 - one for each
    """Last outcomes of a requirement at many sites."""
    return Recent()


def _weighed(article: Article, requirement: Requirement, scope: Scope) -> Weighing:
    """Weighing of one requirement."""
    applies = _applies(article, requirement, scope)
    if (applies < 0).all():
        return _not_applicable(applies)
    tries = [_attempt(alternative, scope) for alternative in requirement.any_of]
    best = _best(tries)
    chosen = tries[0] if len(tries) == 1 else _picked(tries, best)
    outcome = _decided(requirement, applies, chosen.met)
    value, threshold, margin = chosen.value, chosen.threshold, chosen.margin
    tolerance, missing = chosen.tolerance, chosen.missing
    blank = applies < 0
    if blank.any():
        best = np.where(blank, 0, best)
        value, threshold, margin = (
            np.where(blank, np.nan, each) for each in (value, threshold, margin)
        )
        tolerance, missing = (np.where(blank, 0, each) for each in (tolerance, missing))
    return Weighing(outcome, applies, best, value, threshold, margin, tolerance, missing)


def _outcome(article: Article, requirement: Requirement, scope: Scope) -> Array:
    """Outcome of one requirement alone: that of :func:`weigh`, without what explains it."""
    applies = _applies(article, requirement, scope)
    if (applies < 0).all():
        return np.full(1, _NOT_APPLICABLE, np.int8)
    met = functools.reduce(np.maximum, (_met(each, scope)[2] for each in requirement.any_of))
    return _decided(requirement, applies, met)


def _applies(article: Article, requirement: Requirement, scope: Scope) -> Array:
    """1 where the requirement applies, −1 where it does not, 0 where that is undecided."""
    applies = _in_force(article, scope.on)
    if (applies < 0).all():
        return applies
    applies = np.minimum(applies, holds(requirement.applies_when, scope))
    for exemption in requirement.exceptions:
        if (applies < 0).all():
            break
        is_exempt = holds(exemption.when, scope) == 1
        if is_exempt.any():
            applies = np.where(is_exempt, np.int8(-1), applies)
    return applies


def _decided(requirement: Requirement, applies: Array, met: Array) -> Array:
    """Outcome codes from whether the requirement applies and whether it is met."""
    outcome: Array = _outcomes_of(_failure(requirement))[3 * applies + met + 4]
    return outcome


@functools.cache
def _outcomes_of(failure: Outcome) -> Array:
    """Outcome by ``3 × applies + met``: does not apply, undecided, applies; failed to met."""
    doubt = Outcome.TO_INVESTIGATE
    rows = [Outcome.NOT_APPLICABLE] * 3 + [doubt] * 3 + [failure, doubt, Outcome.COMPLIANT]
    return np.array(rows, np.int8)


def _not_applicable(applies: Array) -> Weighing:
    """Weighing of a requirement that applies to no site: nothing else is looked at."""
    none, zero = np.full(1, np.nan), np.zeros(1)
    outcome = np.full(applies.shape, _NOT_APPLICABLE, np.int8)
    position, known = np.zeros(1, np.intp), np.zeros(1, np.int8)
    return Weighing(outcome, applies, position, none, none, none, zero, known)


def scope_of(
    requirement: Requirement,
    facts: Facts,
    *,
    tables: dict[str, Table],
    on: Array,
    known: dict[Hashable, Array] | None = None,
) -> Scope:
    """Names that the trees of ``requirement`` use, and what others have found of the same facts."""
    return Scope(facts, requirement.parameters, tables, on, {} if known is None else known)


@dataclass(frozen=True, slots=True, eq=False)
class _Attempt:
    """One alternative weighed; ``met`` is 1, −1 or 0 as in Kleene's logic."""

    met: Array
    value: Array
    threshold: Array
    margin: Array
    tolerance: Array
    missing: Array


def _met(alternative: Alternative, scope: Scope) -> tuple[Column, Column, Array]:
    """Measure and threshold of an alternative, and whether it is met, as in Kleene's logic."""
    measured = evaluate(alternative.measure.value, scope)
    required = evaluate(alternative.requirement.threshold, scope)
    return measured, required, satisfied(measured, alternative.requirement.op, required)


def _attempt(alternative: Alternative, scope: Scope) -> _Attempt:
    """Compare one measure with its threshold."""
    measured, required, met = _met(alternative, scope)
    missing = np.where(measured.missing > 0, measured.missing, required.missing)
    gap = measured.values - required.values
    gap = np.where(np.abs(gap) <= slack(required.values), 0.0, gap)
    op = alternative.requirement.op
    margin = -np.abs(gap) if op == "=" else gap if op in {">", ">="} else -gap
    tolerance = measured.tolerance + required.tolerance
    return _Attempt(met, measured.values, required.values, margin, tolerance, missing)


def _best(tries: list[_Attempt]) -> Array:
    """Position of the alternative to report: met before undecided before failed, then margin.

    Margins are compared in proportion to their thresholds, for their units may differ.
    """
    if len(tries) == 1:
        return np.zeros(1, np.intp)
    shape = np.broadcast_shapes(*(each.met.shape for each in tries))
    best, state = np.zeros(shape, np.intp), np.full(shape, -2.0)
    room = np.full(shape, -np.inf)
    for position, each in enumerate(tries):
        size = np.abs(each.threshold)
        here = each.margin / np.where(size > 0, size, 1.0)
        here = np.where(np.isnan(here), -np.inf, here)
        is_better = (each.met > state) | ((each.met == state) & (here > room))
        best = np.where(is_better, position, best)
        state = np.where(is_better, each.met, state)
        room = np.where(is_better, here, room)
    return best


def _picked(tries: list[_Attempt], position: Array) -> _Attempt:
    """The attempt at ``position``, site by site."""
    return _Attempt(
        met=np.choose(position, [each.met for each in tries]),
        value=np.choose(position, [each.value for each in tries]),
        threshold=np.choose(position, [each.threshold for each in tries]),
        margin=np.choose(position, [each.margin for each in tries]),
        tolerance=np.choose(position, [each.tolerance for each in tries]),
        missing=np.choose(position, [each.missing for each in tries]),
    )


def _in_force(article: Article, on: Array) -> Array:
    """1 on days when the article is in force, −1 on others; for one day it is looked up once."""
    since, until = article.in_force.since, article.in_force.until
    return _in_force_on(since, until, on[0]) if on.shape == (1,) else _days(since, until, on)


@functools.lru_cache(maxsize=1024)
def _in_force_on(since: dt.date, until: dt.date | None, day: Any) -> Array:  # noqa: ANN401 - NumPy's day
    """Whether one day lies in a period."""
    return _days(since, until, np.array([day]))


def _days(since: dt.date, until: dt.date | None, on: Array) -> Array:
    """Whether each day lies in a period: 1 or −1."""
    end = np.datetime64(until or "9999-12-31")
    return np.where((on >= np.datetime64(since)) & (on < end), np.int8(1), np.int8(-1))


def _failure(requirement: Requirement) -> Outcome:
    """Outcome of a requirement that applies, is decided, and is not met."""
    if requirement.kind == "indicator":
        return Outcome.TO_DISCUSS
    if requirement.if_not_met == "to_investigate":
        return Outcome.TO_INVESTIGATE
    return Outcome.NON_COMPLIANT
