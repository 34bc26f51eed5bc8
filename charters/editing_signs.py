"""Whether a dated figure may be below zero: what it is compared with says so.

A length, an area or a count cannot; a share can where it is a change, or a term that is added.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from charters.model import (
    AllOf,
    AnyOf,
    Comparison,
    Condition,
    Difference,
    FieldValue,
    NoneOf,
    ParameterValue,
    Requirement,
    Sum,
    TableValue,
    Value,
)
from charters.tree import conditions_of, parts_of
from charters.units import unit
from charters.vocabulary import is_signed

__all__ = ["is_signed_parameter", "is_signed_table"]


def is_signed_parameter(requirement: Requirement, name: str) -> bool:
    """Whether a parameter of a requirement may be below zero."""
    wanted = ParameterValue(parameter=name)
    conditions = [requirement.applies_when, *(each.when for each in requirement.exceptions)]
    compared = (each for condition in conditions for each in _comparisons(condition))
    return any(is_signed(each.field) for each in compared if each.value == wanted) or _is_signed(
        requirement, lambda node: node == wanted, unit_name=requirement.parameters[name].unit
    )


def is_signed_table(requirements: Iterable[Requirement], name: str, *, unit_name: str) -> bool:
    """Whether the values of a table that these requirements read may be below zero."""
    return any(
        _is_signed(each, lambda node: isinstance(node, TableValue) and node.table == name,
                   unit_name=unit_name)
        for each in requirements
    )  # fmt: skip


def _is_signed(requirement: Requirement, is_it: Callable[[Value], bool], *, unit_name: str) -> bool:
    """Whether a figure is held against what may be below zero, or is a share that is added."""
    trees: list[Value] = [each.value for each in requirement.shown.values()]
    for alternative in requirement.any_of:
        measure, threshold = alternative.measure.value, alternative.requirement.threshold
        if is_it(threshold) and _may_fall_below(measure):
            return True
        trees += [measure, threshold]
    is_share = not unit(unit_name).dimension and unit_name != "bool"
    return is_share and any(_is_term(tree, is_it) for tree in trees)


def _may_fall_below(node: Value) -> bool:
    """Whether a value may be below zero."""
    if isinstance(node, FieldValue):
        return is_signed(node.field)
    return isinstance(node, Difference) or any(_may_fall_below(part) for part in parts_of(node))


def _is_term(node: Value, is_it: Callable[[Value], bool]) -> bool:
    """Whether a figure is added or taken away somewhere in a value."""
    parts = tuple(parts_of(node))
    if isinstance(node, Sum | Difference) and any(is_it(part) for part in parts):
        return True
    return any(_is_term(part, is_it) for part in parts)


def _comparisons(condition: Condition | None) -> Iterator[Comparison]:
    """Comparisons inside a condition."""
    if isinstance(condition, Comparison):
        yield condition
    elif isinstance(condition, AllOf | AnyOf | NoneOf):
        for part in conditions_of(condition):
            yield from _comparisons(part)
