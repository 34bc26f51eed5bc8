"""The closed tree of operators, evaluated on whole columns; there is no expression text to run.

Values are :class:`~charters.facts.Column` in base units. Conditions are int8 arrays in Kleene's
three-valued logic: 1 true, −1 false, 0 undecided; *and* is the minimum, *or* the maximum.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import numpy as np

from charters.facts import Column, Facts, Missing, known
from charters.keeping import kept_for_each
from charters.model import (
    AllOf,
    AnyOf,
    Between,
    Ceiling,
    Comparison,
    Condition,
    DatedValue,
    Difference,
    Equal,
    FieldValue,
    Greatest,
    Least,
    Member,
    NoneOf,
    NotMember,
    Parameter,
    ParameterValue,
    Product,
    Quotient,
    Sum,
    Table,
    TableRow,
    TableValue,
    Value,
)
from charters.units import unit

__all__ = [
    "Array",
    "Scope",
    "dated",
    "evaluate",
    "holds",
    "is_within",
    "rows_by_key",
    "satisfied",
    "slack",
]

Array: TypeAlias = np.ndarray[Any, Any]

_TESTS: Mapping[str, Callable[[Array, Array], Array]] = {
    "<": lambda gap, slack: gap < -slack,
    "<=": lambda gap, slack: gap <= slack,
    "=": lambda gap, slack: np.abs(gap) <= slack,
    ">=": lambda gap, slack: gap >= -slack,
    ">": lambda gap, slack: gap > slack,
}
"""Tests of a value less its bound; within the slack, which is rounding, the two are equal."""


@dataclass(frozen=True, slots=True, eq=False)
class Scope:
    """What the names in a tree stand for."""

    facts: Facts
    """Columns by path."""
    parameters: Mapping[str, Parameter]
    """Dated figures of the article."""
    tables: Mapping[str, Table]
    """Dated tables of the charter."""
    on: Array
    """Day (datetime64[D]) that selects dated values; length n or 1."""
    known: dict[Hashable, Array] = field(default_factory=dict)
    """What comparisons of the same facts have found, which several requirements share."""


def evaluate(node: Value, scope: Scope) -> Column:
    """Value of ``node`` for every site, in base units; first-order tolerance."""
    match node:
        case FieldValue(field=path):
            return scope.facts[path]
        case ParameterValue(parameter=name):
            return _parameter(scope.parameters[name], scope.on)
        case TableValue():
            return _table_value(scope.tables[node.table], scope.facts[node.key], scope)
        case Sum(sum=terms):
            return functools.reduce(_added, (evaluate(term, scope) for term in terms))
        case Product(product=factors):
            return functools.reduce(_multiplied, (evaluate(factor, scope) for factor in factors))
        case Difference(difference=(first, second)):
            return _added(evaluate(first, scope), _negated(evaluate(second, scope)))
        case Quotient(quotient=(first, second)):
            return _divided(evaluate(first, scope), evaluate(second, scope))
        case Least(min=terms):
            return _extreme([evaluate(term, scope) for term in terms], np.minimum)
        case Greatest(max=terms):
            return _extreme([evaluate(term, scope) for term in terms], np.maximum)
        case Ceiling(ceil=inner):
            column = evaluate(inner, scope)
            # 15 % of 40 must be 6 places, not 7 by the last binary digit
            return Column(np.ceil(column.values - 1e-9), column.missing, column.tolerance)
        case Equal(same=(first, second)):
            return _same(scope.facts[first.field], scope.facts[second.field])


def holds(condition: Condition | None, scope: Scope) -> Array:
    """Truth of ``condition`` for every site: 1 true, −1 false, 0 undecided."""
    match condition:
        case None:
            return np.ones(1, np.int8)
        case AllOf(all=parts):
            return _every(parts, scope)
        case AnyOf(any=parts):
            return _some(parts, scope)
        case NoneOf(none=parts):
            return -_some(parts, scope)
        case Member(field=path, member=words):
            return _is_one_of(scope.facts[path], words, scope)
        case NotMember(field=path, not_in=words):
            return -_is_one_of(scope.facts[path], words, scope)
        case Between(field=path, between=(low, high)):
            column, factor = scope.facts[path], unit(condition.unit or "1").factor
            above = satisfied(column, ">=", known(low * factor))
            return np.minimum(above, satisfied(column, "<=", known(high * factor)))
        case Comparison():
            return _comparison(condition, scope)


def _every(parts: tuple[Condition, ...], scope: Scope) -> Array:
    """Truth of a conjunction; what cannot change it any more is not looked at."""
    truth = holds(parts[0], scope)
    for part in parts[1:]:
        if (truth < 0).all():
            break
        truth = np.minimum(truth, holds(part, scope))
    return truth


def _some(parts: tuple[Condition, ...], scope: Scope) -> Array:
    """Truth of a disjunction; what cannot change it any more is not looked at."""
    truth = holds(parts[0], scope)
    for part in parts[1:]:
        if (truth > 0).all():
            break
        truth = np.maximum(truth, holds(part, scope))
    return truth


def satisfied(measured: Column, op: str, required: Column) -> Array:
    """Truth of ``measured op required``: 1 true, −1 false, 0 where it cannot be told.

    That is where one of them is missing, or where they differ by less than their tolerances. Sums
    that differ by rounding only are equal.
    """
    gap = measured.values - required.values
    truth = _TESTS[op](gap, slack(required.values))
    is_decided = (measured.missing == 0) & (required.missing == 0)
    tolerance = measured.tolerance + required.tolerance
    if tolerance.any():
        is_decided = is_decided & ~is_within(gap, tolerance)
    return _kleene(truth, is_decided)


def is_within(gap: Array, tolerance: Array) -> Array:
    """Whether a gap is smaller than the tolerance by more than rounding."""
    with np.errstate(invalid="ignore"):
        return np.abs(gap) < tolerance * (1 - 1e-9)


def dated(values: tuple[DatedValue, ...], on: Array) -> tuple[Array, Array]:
    """Position of the value in force on each day, and whether there is one."""
    if len(values) == 1:
        (only,) = values
        is_given = on >= np.datetime64(only.since)
        if only.until is not None:
            is_given &= on < np.datetime64(only.until)
        return np.zeros(on.shape, np.intp), is_given
    since = np.array([each.since for each in values], "datetime64[D]")
    order = np.argsort(since, kind="stable")
    until = np.array(
        [each.until or np.datetime64("9999-12-31") for each in values], "datetime64[D]"
    )
    place = np.searchsorted(since[order], on, side="right") - 1
    position = order[np.maximum(place, 0)]
    return position, (place >= 0) & (on < until[position])


def slack(figure: Array) -> Array:
    """How far two figures may differ by rounding only."""
    return 1e-9 + 1e-12 * np.abs(figure)


def _comparison(condition: Comparison, scope: Scope) -> Array:
    """Truth of one comparison with a word, a figure or a dated value; undecided when too close."""
    column = scope.facts[condition.field]
    if isinstance(condition.value, str):
        return _is_one_of(column, (condition.value,), scope)
    bound = (
        evaluate(condition.value, scope)
        if isinstance(condition.value, ParameterValue)
        else known(float(condition.value) * unit(condition.unit or "1").factor)
    )
    if bound.values.shape != (1,):  # one bound per day
        return satisfied(column, condition.op, bound)
    key = (id(column), condition.op, bound.values[0], bound.missing[0])
    if key not in scope.known:
        scope.known[key] = satisfied(column, condition.op, bound)
    return scope.known[key]


def _is_one_of(column: Column, words: tuple[str, ...], scope: Scope) -> Array:
    """Truth that each value is one of ``words``."""
    found = functools.reduce(np.logical_or, (_is_word(column, each, scope) for each in words))
    return _kleene(found, column.missing == 0)


def _is_word(column: Column, word: str, scope: Scope) -> Array:
    """Whether each value is ``word``."""
    key = (id(column), word)
    if key not in scope.known:
        scope.known[key] = column.values == word
    return scope.known[key]


def _kleene(truth: Array, is_decided: Array) -> Array:
    """1 where true, −1 where false, 0 where undecided; in whole bytes, for speed."""
    signed: Array = (2 * truth.view(np.int8) - np.int8(1)) * is_decided.view(np.int8)
    return signed


def _parameter(parameter: Parameter, on: Array) -> Column:
    """Value in force on each day, in base units; for one day it is looked up once."""
    return _figure_on(parameter)(on[0]) if on.shape == (1,) else _figures(parameter, on)


@kept_for_each
def _figure_on(parameter: Parameter) -> Callable[[Any], Column]:
    """Value of a parameter on one day, kept for some days."""
    return functools.lru_cache(maxsize=64)(lambda day: _figures(parameter, np.array([day])))


def _figures(parameter: Parameter, on: Array) -> Column:
    """Value in force on each day, in base units."""
    position, is_given = dated(parameter.values, on)
    figures = np.array([each.value for each in parameter.values]) * unit(parameter.unit).factor
    return _with_gaps(figures[position], is_given)


def _table_value(table: Table, key: Column, scope: Scope) -> Column:
    """Value in force for each word of ``key``, in base units."""
    shape = np.broadcast_shapes(key.values.shape, scope.on.shape)
    values, is_given = np.full(shape, np.nan), np.zeros(shape, bool)
    factor = unit(table.unit).factor
    for word, rows in rows_by_key(table).items():
        is_word = _is_word(key, word, scope)
        if not is_word.any():
            continue
        position, in_force = dated(rows, scope.on)
        chosen = is_word & in_force
        figures = np.array([row.value for row in rows]) * factor
        values = np.where(chosen, figures[position], values)
        is_given |= chosen
    gaps = _with_gaps(values, is_given)
    return Column(gaps.values, np.where(key.missing > 0, key.missing, gaps.missing), gaps.tolerance)


@kept_for_each
def rows_by_key(table: Table) -> dict[str, tuple[TableRow, ...]]:
    """Dated values of a table by their key."""
    keys = dict.fromkeys(row.key for row in table.rows)
    return {key: tuple(row for row in table.rows if row.key == key) for key in keys}


def _with_gaps(values: Array, is_given: Array) -> Column:
    """Column of ``values``, missing for want of a dated value where not given."""
    code = np.where(is_given, np.int8(Missing.KNOWN), np.int8(Missing.NO_TABLE_VALUE))
    return Column(np.where(is_given, values, np.nan), code.astype(np.int8), np.zeros(values.shape))


def _why(first: Column, second: Column) -> Array:
    """Reason of the first that is missing."""
    return np.where(first.missing > 0, first.missing, second.missing).astype(np.int8)


def _added(first: Column, second: Column) -> Column:
    return Column(
        first.values + second.values, _why(first, second), first.tolerance + second.tolerance
    )


def _negated(column: Column) -> Column:
    return Column(-column.values, column.missing, column.tolerance)


def _multiplied(first: Column, second: Column) -> Column:
    reach = np.abs(first.values) * second.tolerance + np.abs(second.values) * first.tolerance
    return Column(first.values * second.values, _why(first, second), reach)


def _divided(first: Column, second: Column) -> Column:
    is_zero = second.values == 0
    divisor = np.where(is_zero, np.nan, second.values)
    ratio = first.values / divisor
    reach = (first.tolerance + np.abs(ratio) * second.tolerance) / np.abs(divisor)
    why = _why(first, second)
    why = np.where((why == 0) & is_zero, np.int8(Missing.UNDEFINED), why).astype(np.int8)
    return Column(ratio, why, reach)


def _extreme(columns: list[Column], pick: Callable[[Array, Array], Array]) -> Column:
    return Column(
        functools.reduce(pick, (column.values for column in columns)),
        functools.reduce(
            lambda a, b: np.where(a > 0, a, b), (column.missing for column in columns)
        ),
        functools.reduce(np.maximum, (column.tolerance for column in columns)),
    )


def _same(first: Column, second: Column) -> Column:
    why = _why(first, second)
    truth = np.where(why > 0, np.nan, first.values == second.values).astype(np.float64)
    return Column(truth, why, np.zeros(truth.shape))
