"""A solution as a planner would write it: rounded, confirmed, and no more than enough."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

import numpy as np

from charters.joint_case import Case, Figures, judged, meets, settled
from charters.joint_costs import Lever, grain_of
from charters.joint_model import Model, figures_of, solution

__all__ = ["least", "reasons", "rounded"]

_TRIALS = 24
_ROUNDS = 8
_FINE = 0.01


def rounded(
    model: Model,
    case: Case,
    figures: Figures,
    *,
    goals: Collection[str],
    locked: Collection[str],
) -> dict[str, float]:
    """Figures of a solution, written with few digits and confirmed by the judge where possible.

    Each is rounded away from what it is now; where that does not do, one after the other is
    rounded one way or the other and the programme is solved again for the rest.
    """
    simple = {name: next(_roundings(model, case, name, each)) for name, each in figures.items()}
    if meets(case, [simple], goals)[0]:
        return simple
    pinned: dict[str, float] = {}
    now = dict(figures)
    for name in figures:
        lever = case.levers[name]
        if lever.field.whole or lever.is_yes_no or name not in now:
            continue
        for each in _roundings(model, case, name, now[name]):
            tried = {**pinned, name: each}
            found = solution(model, case, goals=goals, locked=locked, pinned=tried)
            if found is not None:
                pinned, now = tried, figures_of(model, case, found)
                break
    return {**now, **{name: each for name, each in pinned.items() if name in now}}


def least(case: Case, figures: Figures, *, goals: Sequence[str]) -> dict[str, float]:
    """``figures`` without those not needed, each as near to what it is now as it may be."""
    kept = dict(figures)
    while kept:
        names = list(kept)
        is_spare = meets(case, [_without(kept, name) for name in names], goals)
        spare = [name for name, each in zip(names, is_spare, strict=True) if each]
        if not spare:
            break
        kept = _without(kept, max(spare, key=lambda each: case.levers[each].cost_of(kept[each])))
    names = [name for name in kept if _back(case.levers[name], kept[name]) != kept[name]]
    trials = [{**kept, name: _back(case.levers[name], kept[name])} for name in names]
    if trials:
        is_loose = meets(case, trials, goals)
        for name in (each for each, loose in zip(names, is_loose, strict=True) if loose):
            kept[name] = _nearest(case, kept, name, goals)
    return kept


def _without(figures: Figures, name: str) -> dict[str, float]:
    """Figures but one."""
    return {each: figure for each, figure in figures.items() if each != name}


def _back(lever: Lever, figure: float) -> float:
    """Figure one grain nearer to what it is now; itself where there is no such figure."""
    if lever.current is None or lever.is_yes_no:
        return figure
    grain = grain_of(lever, abs(figure))
    return figure + float(np.clip(lever.current - figure, -grain, grain))


def reasons(case: Case, figures: Figures, *, goals: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Requirements that are no longer met when one figure alone goes back, by field name."""
    trials = [_without(figures, name) for name in figures]
    if not trials:
        return {}
    codes = judged(case, trials)
    return {
        name: tuple(each for each in goals if not settled(codes, [each])[place])
        for place, name in enumerate(figures)
    }


def _nearest(case: Case, figures: Figures, name: str, goals: Sequence[str]) -> float:
    """Figure of ``name`` nearest to what it is now with which ``goals`` stay met."""
    lever, good = case.levers[name], figures[name]
    if lever.current is None or lever.is_yes_no:
        return good
    bad = lever.current
    for _ in range(_ROUNDS):
        grain = grain_of(lever, max(abs(good), abs(bad)))
        steps = np.linspace(bad, good, _TRIALS + 2)[1:-1]
        away = np.ceil if good > bad else np.floor
        trials = np.unique(np.round(away(steps / grain) * grain, 9))
        low, high = min(bad, good), max(bad, good)
        trials = trials[(trials > low + 1e-9) & (trials < high - 1e-9)]
        if not len(trials):
            break
        trials = trials if good > bad else trials[::-1]
        is_good = meets(case, [{**figures, name: float(each)} for each in trials], goals)
        if not is_good.any():
            bad = float(trials[-1])
            continue
        first = int(np.argmax(is_good))
        good, bad = float(trials[first]), bad if first == 0 else float(trials[first - 1])
    return good


def _roundings(model: Model, case: Case, name: str, figure: float) -> Iterator[float]:
    """Ways to write a figure, the preferred first."""
    lever = case.levers[name]
    if lever.field.whole or lever.is_yes_no:
        yield figure
        return
    is_up = model.leaning[name] > 0 if lever.current is None else figure > lever.current
    for grain in dict.fromkeys((grain_of(lever, abs(figure)), _FINE)):
        for upward in (is_up, not is_up):
            found = _stepped(figure, grain, upward=upward)
            if _is_accepted(lever, found):
                yield found
    yield figure


def _stepped(figure: float, grain: float, *, upward: bool) -> float:
    """Figure rounded to ``grain`` in one direction."""
    scaled = figure / grain
    step = np.ceil(scaled - 1e-4) if upward else np.floor(scaled + 1e-4)
    return round(float(step) * grain, 9)


def _is_accepted(lever: Lever, figure: float) -> bool:
    """Whether the field accepts a figure."""
    most = lever.field.most
    return figure >= lever.field.least and (most is None or figure <= most)
