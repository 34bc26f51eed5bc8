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

__all__ = ["ALWAYS_ASKED", "asked_fields", "open_fields"]

ALWAYS_ASKED = ("use", "cluster", "staff", "floor_area")
"""Fields that describe any project."""


def asked_fields(charters: Iterable[Charter], facts: Facts, *, on: Array) -> tuple[str, ...]:
    """Fields that could change a verdict at one site, in the order of the form.

    A field of a condition is asked while what is always known leaves the condition open, and, as
    long as it is not given, while what is given does; the fields of a measure, while the
    requirement may apply; those of a way out, while it is open.
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
            full = scope_of(requirement, facts, tables=charter.tables, on=on)
            if truth == 0:
                opened = open_fields(requirement.applies_when, bare)
                asked |= _names(_still_asked(opened, requirement.applies_when, full))
            if holds(requirement.applies_when, full)[0] >= 0:
                asked |= _names(_weighed(requirement))
                for exemption in requirement.exceptions:
                    if holds(exemption.when, full)[0] >= 0:
                        named = fields_of_condition(exemption.when)
                        asked |= _names(_still_asked(named, exemption.when, full))
    return tuple(name for name in project_fields() if name in asked)


def open_fields(condition: Condition | None, scope: Scope, *, site: int = 0) -> Iterable[str]:
    """Facts that leave a condition open at one site: those read by its parts that are open."""
    truth = holds(condition, scope)
    if truth[site if len(truth) > 1 else 0] != 0:
        return
    match condition:
        case AllOf() | AnyOf() | NoneOf():
            for part in conditions_of(condition):
                yield from open_fields(part, scope, site=site)
        case _:
            yield from fields_of_condition(condition)


def _still_asked(paths: Iterable[str], condition: Condition | None, scope: Scope) -> Iterable[str]:
    """Those of ``paths`` that are given, or still leave ``condition`` open."""
    still = set(open_fields(condition, scope))
    return (path for path in paths if path in still or not scope.facts[path].missing[0])


def _weighed(requirement: Requirement) -> Iterable[str]:
    """Facts that the alternatives read."""
    for alternative in requirement.any_of:
        yield from fields_of_value(alternative.measure.value)
        yield from fields_of_value(alternative.requirement.threshold)


def _names(paths: Iterable[str]) -> set[str]:
    """Names of the project fields among ``paths``."""
    return {path.removeprefix("project.") for path in paths if path.startswith("project.")}
