"""Walks over what an article holds: the parts of a value or condition, and the facts they read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from charters.keeping import kept_for_each
from charters.model import (
    AllOf,
    AnyOf,
    Ceiling,
    Condition,
    Difference,
    Equal,
    FieldValue,
    Greatest,
    Least,
    Measure,
    NoneOf,
    ParameterValue,
    Product,
    Quotient,
    Requirement,
    Sum,
    TableValue,
    Value,
)
from charters.vocabulary import project_fields, site_measures
from geodata.language import Text

__all__ = [
    "conditions_of",
    "deciding_fields",
    "fields_of_condition",
    "fields_of_value",
    "measure_title",
    "parts_of",
    "requirement_fields",
]


@kept_for_each
def deciding_fields(requirement: Requirement) -> tuple[str, ...]:
    """Facts that decide whether ``requirement`` applies, each once, in order."""
    named: list[str] = list(fields_of_condition(requirement.applies_when))
    for exemption in requirement.exceptions:
        named += fields_of_condition(exemption.when)
    return tuple(dict.fromkeys(named))


@kept_for_each
def requirement_fields(requirement: Requirement) -> tuple[str, ...]:
    """Every fact that ``requirement`` may read, each once, in order."""
    named = [*deciding_fields(requirement)]
    for alternative in requirement.any_of:
        named += fields_of_value(alternative.measure.value)
        named += fields_of_value(alternative.requirement.threshold)
    for each in requirement.shown.values():
        named += fields_of_value(each.value)
    return tuple(dict.fromkeys(named))


def fields_of_value(node: Value) -> Iterator[str]:
    """Facts that a value reads, with the fields of the project that these depend on."""
    match node:
        case FieldValue(field=path):
            yield path
            yield from _fields_behind(path)
        case TableValue(key=path):
            yield path
        case ParameterValue():
            return
        case _:
            for part in parts_of(node):
                yield from fields_of_value(part)


def fields_of_condition(condition: Condition | None) -> Iterator[str]:
    """Facts that a condition reads."""
    match condition:
        case None:
            return
        case AllOf() | AnyOf() | NoneOf():
            for part in conditions_of(condition):
                yield from fields_of_condition(part)
        case _:
            yield condition.field
            yield from _fields_behind(condition.field)


def _fields_behind(path: str) -> Iterator[str]:
    """Fields of the project that a fact of the site depends on."""
    group, _, name = path.partition(".")
    if group == "site" and name in site_measures():
        yield from (each for each in site_measures()[name].reads if each != "day")


def measure_title(measure: Measure) -> Text:
    """Name of what is measured: its own title, or that of the one fact it reads."""
    if measure.title is not None:
        return measure.title
    path = next(fields_of_value(measure.value))
    group, _, name = path.partition(".")
    return (project_fields() if group == "project" else site_measures())[name].title


def parts_of(node: Value) -> Sequence[Value]:
    """Values inside an operator; none inside a fact or a dated value."""
    match node:
        case Sum(sum=parts) | Product(product=parts) | Least(min=parts) | Greatest(max=parts):
            return parts
        case Quotient(quotient=pair) | Difference(difference=pair) | Equal(same=pair):
            return pair
        case Ceiling(ceil=inner):
            return (inner,)
        case _:
            return ()


def conditions_of(condition: AllOf | AnyOf | NoneOf) -> Sequence[Condition]:
    """Conditions inside a combination."""
    match condition:
        case AllOf(all=parts) | AnyOf(any=parts) | NoneOf(none=parts):
            return parts
