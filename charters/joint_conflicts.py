"""When no change meets every requirement: which ones are in conflict, and which locks matter.

The fewest requirements are set aside so that the others can be met; each of them is then in
conflict with a set of others of which none can be left out (deletion filter).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from charters.joint_case import Case
from charters.joint_model import Model, place_of, solution
from charters.joint_programme import Affine
from charters.model import Requirement
from charters.tree import requirement_fields
from charters.vocabulary import project_fields

__all__ = ["Conflict", "conflicts", "set_aside"]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Requirements that no change meets together; without any one of them, a change does."""

    requirements: tuple[str, ...]
    """Their ids, that of the requirement set aside first."""
    locks: tuple[str, ...]
    """Locked fields whose release ends the conflict, none of them superfluous; empty: none does."""


def set_aside(
    model: Model, case: Case, goals: Mapping[str, Requirement], *, locked: Collection[str]
) -> tuple[str, ...]:
    """The fewest of ``goals`` without which the others can be met, mandatory ones last.

    Raises
    ------
    TimeoutError
        The solver came to no end.
    """
    dear = float(len(goals) + 1)
    worth = sum(
        (
            model.switches[name].times(-dear if each.severity == "mandatory" else -1.0)
            for name, each in goals.items()
        ),
        Affine(0.0),
    )
    found = solution(model, case, goals=(), free=goals, locked=locked, cost=worth)
    if found is None:
        return tuple(goals)
    return tuple(each for each in goals if found[place_of(model.switches[each])] < 1 / 2)


def conflicts(
    model: Model,
    case: Case,
    goals: Mapping[str, Requirement],
    *,
    aside: Sequence[str],
    locked: Collection[str],
) -> tuple[Conflict, ...]:
    """One conflict for each requirement in ``aside``.

    Raises
    ------
    TimeoutError
        The solver came to no end.
    """
    found = [_conflict(model, case, goals, name, aside=aside, locked=locked) for name in aside]
    return tuple(dict.fromkeys(found))


def _conflict(
    model: Model,
    case: Case,
    goals: Mapping[str, Requirement],
    name: str,
    *,
    aside: Sequence[str],
    locked: Collection[str],
) -> Conflict:
    """What stands against the requirement ``name``, which is set aside."""

    def is_met(wanted: Collection[str], kept: Collection[str]) -> bool:
        found = solution(model, case, goals=wanted, locked=kept, cost=Affine(0.0))
        return found is not None

    others: tuple[str, ...] = ()
    if is_met((name,), locked):
        left = {each: goals[each] for each in goals if each not in aside}
        others = _related(goals[name], left, model)
        others = _filtered(others, lambda kept: not is_met((name, *kept), locked))
    wanted = (name, *others)
    locks: tuple[str, ...] = ()
    if locked and is_met(wanted, ()):
        locks = _filtered(tuple(locked), lambda kept: is_met(wanted, set(locked) - set(kept)))
    return Conflict(wanted, locks)


def _filtered(names: Sequence[str], is_enough: Callable[[Sequence[str]], bool]) -> tuple[str, ...]:
    """Part of ``names`` that is enough, and of which nothing can be left out.

    Halves are tried before single names, which is quick where few names matter.
    """
    kept, size = list(names), max(1, len(names) // 2)
    while True:
        start = 0
        while start < len(kept):
            fewer = kept[:start] + kept[start + size :]
            if is_enough(fewer):
                kept = fewer
            else:
                start += size
        if size == 1:
            return tuple(kept)
        size //= 2


def _related(
    requirement: Requirement, others: Mapping[str, Requirement], model: Model
) -> tuple[str, ...]:
    """Those of ``others`` that share a lever with ``requirement``, directly or through others."""

    def read(each: Requirement) -> set[str]:
        paths = {path.removeprefix("project.") for path in requirement_fields(each)}
        wholes = {_whole(path) for path in paths}
        return {path for path in paths | wholes if path in model.lines}

    reached, left = read(requirement), dict(others)
    while True:
        near = [each for each, other in left.items() if read(other) & reached]
        if not near:
            return tuple(each for each in others if each not in left)
        for each in near:
            reached |= read(left.pop(each))


def _whole(name: str) -> str:
    """Figure of which the field ``name`` is a part, or the field itself."""
    field = project_fields().get(name)
    return name if field is None or field.within is None else field.within
