"""What must change in a project so that one site meets the charters together."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Collection, Iterable, Sequence

import numpy as np

from charters.facts import Facts
from charters.joint import Answer, FieldChange, least_change
from charters.joint_case import Goal
from charters.model import Charter
from charters.vocabulary import project_fields, site_measures
from geodata.errors import Fault, SelectionError, did_you_mean
from geodata.language import Text
from zones.measures import Ground, measure_ground
from zones.projects import Project, Value, project_facts

__all__ = ["change_at", "changed", "lock_names"]


def change_at(
    site: Ground,
    project: Project,
    *,
    charters: Sequence[Charter],
    day: dt.date,
    goal: Goal = "mandatory",
    locked: Collection[str] = (),
) -> Answer:
    """The least change of ``project`` that meets the charters on one site.

    Parameters
    ----------
    site
        One site on its layers.
    project
        What is to be built there.
    charters
        Charters to meet together.
    day
        Day that selects the values in force.
    goal
        ``mandatory`` requirements, or ``all``.
    locked
        Fields of the project that must not change.
    """
    given = project_facts(project)
    dependent = [
        name for name, each in site_measures().items() if any(read != "day" for read in each.reads)
    ]

    def measure(facts: Facts) -> Facts:
        described = {path: column for path, column in facts.items() if path in given}
        return measure_ground(site, project=described, day=day, only=dependent)

    facts = {**measure_ground(site, project=given, day=day), **given}
    return least_change(
        charters,
        facts,
        on=np.array([day], "datetime64[D]"),
        goal=goal,
        locked=locked,
        measure=measure if dependent else None,
    )


def changed(project: Project, changes: Iterable[FieldChange]) -> Project:
    """``project`` with the figures proposed."""
    values = {**project.values, **{each.field: _value(each) for each in changes}}
    return dataclasses.replace(project, values=values)


def lock_names(words: str) -> tuple[str, ...]:
    """Names of fields written with commas between them.

    Raises
    ------
    SelectionError
        A name that no field of a project has.
    """
    names = tuple(dict.fromkeys(each.strip() for each in words.split(",") if each.strip()))
    faults = [
        Fault(
            Text(f"Le champ « {name} » est inconnu.", f"The field “{name}” is unknown."),
            "--lock",
            did_you_mean(name, project_fields()),
        )
        for name in names
        if name not in project_fields()
    ]
    if faults:
        raise SelectionError(*faults)
    return names


def _value(change: FieldChange) -> Value:
    """Figure as a project file has it."""
    field = project_fields()[change.field]
    if field.type == "yes_no":
        return bool(change.proposed)
    return int(change.proposed) if float(change.proposed).is_integer() else change.proposed
