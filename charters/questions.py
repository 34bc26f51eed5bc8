"""Which fields of the project the articles need, so that nothing else is asked."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterable
from typing import cast

from charters.facts import Column, Facts, Missing, missing
from charters.judge import scope_of
from charters.model import AllOf, AnyOf, Charter, Condition, NoneOf, Requirement
from charters.operators import Array, Scope, holds
from charters.tree import conditions_of, fields_of_condition, fields_of_value
from charters.vocabulary import project_fields

__all__ = ["ALWAYS_ASKED", "asked_fields"]

ALWAYS_ASKED = ("use", "cluster", "staff", "floor_area")
"""Fields that describe any project."""


def asked_fields(charters: Iterable[Charter], facts: Facts, *, on: Array) -> tuple[str, ...]:
    """Fields that could change a verdict at one site, in the order of the form.

    A field of a condition is asked while what is always known leaves the condition open; the
    fields of a measure, while the requirement may apply; those of a way out, while it is open.
    """
    unknown = {
        f"project.{name}": missing(Missing.NOT_GIVEN, words=field.type == "choice")
        for name, field in project_fields().items()
        if name not in ALWAYS_ASKED
    }
    partly = ChainMap(unknown, cast("dict[str, Column]", facts))
    asked = set(ALWAYS_ASKED)
    for charter in charters:
        for article, requirement in charter.requirements:
            is_past = article.in_force.until is not None and on[0] >= article.in_force.until
            if is_past or on[0] < article.in_force.since:
                continue
            bare = scope_of(requirement, partly, tables=charter.tables, on=on)
            truth = holds(requirement.applies_when, bare)[0]
            if truth < 0:
                continue
            if truth == 0:
                asked |= _names(_open_fields(requirement.applies_when, bare))
            full = scope_of(requirement, facts, tables=charter.tables, on=on)
            if holds(requirement.applies_when, full)[0] >= 0:
                asked |= _names(_weighed(requirement))
                for exemption in requirement.exceptions:
                    if holds(exemption.when, full)[0] >= 0:
                        asked |= _names(fields_of_condition(exemption.when))
    return tuple(name for name in project_fields() if name in asked)


def _open_fields(condition: Condition | None, scope: Scope) -> Iterable[str]:
    """Facts that the parts of a condition read that are still open."""
    match condition:
        case AllOf() | AnyOf() | NoneOf():
            for part in conditions_of(condition):
                if holds(part, scope)[0] == 0:
                    yield from _open_fields(part, scope)
        case _:
            yield from fields_of_condition(condition)


def _weighed(requirement: Requirement) -> Iterable[str]:
    """Facts that the alternatives read."""
    for alternative in requirement.any_of:
        yield from fields_of_value(alternative.measure.value)
        yield from fields_of_value(alternative.requirement.threshold)


def _names(paths: Iterable[str]) -> set[str]:
    """Names of the project fields among ``paths``."""
    return {path.removeprefix("project.") for path in paths if path.startswith("project.")}
