"""The least change of a project that meets the charters together, or what stands in its way.

The closed trees of the articles become a mixed-integer linear programme at one site and day; HiGHS
solves it; the judge then judges every proposal again, and one that it does not confirm is not
shown. What is not linear is handled as follows, always with that confirmation: facts of the site
that depend on the project, and tolerances, are taken as straight lines around the last proposal,
up to six times; of a product of two figures that may change, one side is held at what it is while
the other changes, and the other way round, and the cheaper of both is kept. With either of them,
that no change exists is not proved, and the answer says so.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

import numpy as np

from charters.facts import Facts
from charters.joint_case import (
    Case,
    Figures,
    Goal,
    Measuring,
    goals_of,
    judged,
    meets,
    settled,
    slopes,
)
from charters.joint_conflicts import Conflict, conflicts, set_aside
from charters.joint_costs import levers
from charters.joint_model import Model, build, figures_of, solution
from charters.joint_terms import Side
from charters.joint_tidying import least, reasons, rounded
from charters.judge import Outcome
from charters.model import Charter, Requirement

__all__ = ["Answer", "FieldChange", "Status", "least_change"]

Status: TypeAlias = Literal["met", "proposed", "conflict", "unconfirmed"]
_ROUNDS = 6


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field to change or to give, in the unit of ``fields.yaml``; 0 and 1 are no and yes."""

    field: str
    """Name of the field."""
    current: float | None
    """Figure now, None where not given."""
    proposed: float
    """Figure proposed."""
    requirements: tuple[str, ...]
    """Requirements that are not met without it."""
    cost: float
    """What it counts for in the total."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What must change so that the charters are met together."""

    status: Status
    """``met`` as it is, ``proposed``, in ``conflict``, or ``unconfirmed``: nothing to show."""
    changes: tuple[FieldChange, ...]
    """The proposal; in a conflict, one that meets all but what is set aside."""
    conflicts: tuple[Conflict, ...]
    """Requirements that no change meets together."""
    set_aside: tuple[str, ...]
    """Requirements that the proposal gives up, the fewest."""
    undecided: tuple[str, ...]
    """Requirements that no change of the project decides: the site's data, or a choice, lack."""
    worsened: tuple[str, ...]
    """Requirements outside the goal whose outcome the proposal makes worse."""
    levers: tuple[str, ...]
    """Fields that could change, locked ones included."""
    is_confirmed: bool
    """Whether the judge confirms that the changes meet everything but what is set aside."""
    is_proved: bool
    """Whether a conflict is proved: everything asked was linear in the figures that may change."""


def least_change(
    charters: Sequence[Charter],
    facts: Facts,
    *,
    on: np.ndarray[Any, Any],
    goal: Goal = "mandatory",
    locked: Collection[str] = (),
    measure: Measuring | None = None,
) -> Answer:
    """The least weighted change of the project that meets ``goal`` at one site.

    Parameters
    ----------
    charters
        Charters to meet together.
    facts
        Every fact of the project and the site, columns of length 1, in base units.
    on
        Day that selects the values in force, datetime64[D] of length 1.
    goal
        ``mandatory`` requirements, or ``all``: the recommended ones and the indicators too.
    locked
        Names of the project's fields that must not change.
    measure
        Facts of the site that depend on the project, from the facts of the project.
    """
    wanted = goals_of(charters, goal)
    every = [each for charter in charters for _, each in charter.requirements]
    opened = {each.name: each for each in levers(every, facts, goals=wanted.values())}
    case = Case(charters, facts, on, opened, measure)
    now = judged(case, [{}])
    models = [build(case, wanted, reference={}, hold="first")]
    if models[0].held:
        models.append(build(case, wanted, reference={}, hold="last"))
    undecided = tuple(
        name
        for name in wanted
        if now[name][0] == Outcome.TO_INVESTIGATE and models[0].demands[name].met is False
    )
    goals = {name: each for name, each in wanted.items() if name not in undecided}
    fixed = tuple(each for each in locked if each in opened)
    found = _Found("met", {}) if settled(now, list(goals))[0] else None
    if found is None:
        found = _searched(case, wanted, goals, models, locked=fixed)
    kept = [name for name in goals if name not in found.aside]
    why = reasons(case, found.figures, goals=kept)
    return Answer(
        status=found.status,
        changes=tuple(
            FieldChange(
                field=name,
                current=opened[name].current,
                proposed=figure,
                requirements=why[name],
                cost=opened[name].cost_of(figure),
            )
            for name, figure in found.figures.items()
        ),
        conflicts=found.conflicts,
        set_aside=found.aside,
        undecided=undecided,
        worsened=_worsened(case, found.figures, now, besides=goals),
        levers=tuple(opened),
        is_confirmed=found.is_confirmed,
        is_proved=not models[0].held and not slopes(case, {}),
    )


@dataclass(frozen=True, slots=True)
class _Found:
    """Figures that the judge has confirmed, and what they leave out."""

    status: Status
    figures: Figures
    aside: tuple[str, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    is_confirmed: bool = True


_UNCONFIRMED = _Found("unconfirmed", {}, is_confirmed=False)


def _searched(
    case: Case,
    wanted: Mapping[str, Requirement],
    goals: Mapping[str, Requirement],
    models: Sequence[Model],
    *,
    locked: Collection[str],
) -> _Found:
    """A confirmed proposal for ``goals``, or for as many of them as can be met."""
    try:
        if any(solution(each, case, goals=goals, locked=locked) is not None for each in models):
            figures = _confirmed(case, wanted, list(goals), models, locked=locked)
            return _UNCONFIRMED if figures is None else _Found("proposed", figures)
        aside = set_aside(models[0], case, goals, locked=locked)
        named = conflicts(models[0], case, goals, aside=aside, locked=locked)
        kept = [name for name in goals if name not in aside]
        partial = _confirmed(case, wanted, kept, models, locked=locked)
    except TimeoutError:
        return _UNCONFIRMED
    return _Found("conflict", partial or {}, aside, named, is_confirmed=partial is not None)


def _confirmed(
    case: Case,
    wanted: Mapping[str, Requirement],
    goals: Sequence[str],
    models: Sequence[Model],
    *,
    locked: Collection[str],
) -> dict[str, float] | None:
    """Cheapest proposal that the judge confirms, None where it confirms none."""
    found = [_approached(case, wanted, goals, model, locked=locked) for model in models]
    good = [each for each in found if each is not None]
    if not good:
        return None
    return min(good, key=lambda each: sum(case.levers[k].cost_of(v) for k, v in each.items()))


def _approached(
    case: Case,
    wanted: Mapping[str, Requirement],
    goals: Sequence[str],
    model: Model,
    *,
    locked: Collection[str],
) -> dict[str, float] | None:
    """Proposal of one programme, solved again around the last proposal until it is confirmed."""
    side: Side = model.hold
    for _ in range(_ROUNDS):
        values = solution(model, case, goals=goals, locked=locked)
        if values is None:
            return None
        figures = figures_of(model, case, values)
        tried = rounded(model, case, figures, goals=goals, locked=locked)
        if meets(case, [tried], goals)[0]:
            return least(case, tried, goals=goals)
        model = build(case, wanted, reference=tried, hold=side)
    return None


def _worsened(
    case: Case,
    figures: Figures,
    now: Mapping[str, np.ndarray[Any, Any]],
    *,
    besides: Collection[str],
) -> tuple[str, ...]:
    """Requirements not in ``besides`` that the figures make worse."""
    if not figures:
        return ()
    then = judged(case, [figures])
    return tuple(each for each in now if each not in besides and then[each][0] > now[each][0])
