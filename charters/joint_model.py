"""The programme of a case: unknowns for the fields, a switch per requirement, and the cost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from charters.facts import Facts
from charters.joint_case import Case, Figures, facts_with, slopes
from charters.joint_costs import Lever, change_cost, fill_cost, leaning_of
from charters.joint_formulas import Demand, demand
from charters.joint_programme import (
    Affine,
    Programme,
    enforce,
    inequalities,
    solve,
)
from charters.joint_terms import Reading, Side
from charters.model import Charter, Requirement
from charters.operators import Scope
from charters.units import unit
from charters.vocabulary import project_fields

__all__ = ["Model", "build", "figures_of", "place_of", "solution"]


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """A programme, and what its unknowns stand for."""

    programme: Programme
    """Unknowns and inequalities."""
    lines: Mapping[str, Affine]
    """Figure of each lever by name, in the unit of its field."""
    given: Mapping[str, Affine]
    """Whether a figure not known yet is given, by name of its lever."""
    leaning: Mapping[str, float]
    """1 where a figure to give is pulled up, −1 where it is pulled down."""
    switches: Mapping[str, Affine]
    """1 where a requirement is enforced, by id."""
    demands: Mapping[str, Demand]
    """What each requirement asks, by id."""
    cost: Affine
    """Cost of the change."""
    blocks: Mapping[str, range]
    """Rows of each requirement, by id."""
    wholes: range
    """Rows that keep parts within their wholes."""
    counting: range
    """Rows that count the cost."""
    held: frozenset[str]
    """Levers held at their ``reference`` for a product of two unknowns."""
    reference: Figures
    """Figures around which the programme is linear."""
    hold: Side
    """Side of such a product that is held."""


def build(case: Case, goals: Mapping[str, Requirement], *, reference: Figures, hold: Side) -> Model:
    """Programme for the requirements ``goals``, linear around the figures ``reference``."""
    programme = Programme()
    lines = {name: _unknown(each, programme) for name, each in case.levers.items()}
    given = {name: programme.choice() for name, each in case.levers.items() if each.current is None}
    facts = facts_with(case, reference)
    figures = {
        case.levers[name].path: line.times(case.levers[name].factor) for name, line in lines.items()
    }
    figures |= _sloped(case, reference, lines, facts)
    is_given = {f"project.{name}": each for name, each in given.items()}
    held: set[str] = set()
    demands, switches, blocks = {}, {}, {}
    _parts_within_wholes(case, lines, given, programme)
    wholes = range(len(programme.rows))
    for charter, each in _pairs(case.charters, goals):
        start = len(programme.rows)
        scope = Scope(facts, each.parameters, charter.tables, case.on)
        reading = Reading(scope, figures, programme, hold, held)
        demands[each.id] = demand(each, reading, given=is_given)
        switches[each.id] = programme.choice()
        enforce(demands[each.id].settled, programme, when=switches[each.id])
        blocks[each.id] = range(start, len(programme.rows))
    start = len(programme.rows)
    pulls = [each for every in demands.values() for each in inequalities(every.met)]
    leaning = {name: leaning_of(lines[name], pulls) for name in given}
    parts = [change_cost(case.levers[name], line, programme) for name, line in lines.items()]
    parts += [
        fill_cost(case.levers[name], lines[name], given[name], leaning[name]) for name in given
    ]
    return Model(
        programme=programme,
        lines=lines,
        given=given,
        leaning=leaning,
        switches=switches,
        demands=demands,
        cost=sum(parts, Affine(0.0)),
        blocks=blocks,
        wholes=wholes,
        counting=range(start, len(programme.rows)),
        held=frozenset(path.removeprefix("project.") for path in held),
        reference=reference,
        hold=hold,
    )


def solution(
    model: Model,
    case: Case,
    *,
    goals: Iterable[str],
    free: Iterable[str] = (),
    locked: Iterable[str] = (),
    pinned: Figures | None = None,
    cost: Affine | None = None,
) -> np.ndarray[Any, Any] | None:
    """Values of the unknowns that enforce ``goals`` at least cost, None where there are none.

    Requirements in ``free`` may be enforced or not. ``locked`` fields stay as they are, ``pinned``
    ones take their figure; ``cost`` replaces that of the model.

    Raises
    ------
    TimeoutError
        The solver came to no end.
    """
    wanted, open_ones = set(goals), set(free)
    bounds = {
        place_of(switch): (float(name in wanted), float(name in wanted or name in open_ones))
        for name, switch in model.switches.items()
    }
    for name in locked:
        bounds |= _still(model, case, name, {})
    for name in model.held:
        bounds |= _still(model, case, name, model.reference)
    for name, figure in (pinned or {}).items():
        bounds[place_of(model.lines[name])] = _exactly(model, name, figure)
    rows = [
        *model.wholes,
        *(row for name in sorted(wanted | open_ones) for row in model.blocks[name]),
    ]
    if cost is None:
        return solve(model.programme, cost=model.cost, bounds=bounds, rows=[*rows, *model.counting])
    return solve(model.programme, cost=cost, bounds=bounds, rows=rows)


def figures_of(model: Model, case: Case, values: np.ndarray[Any, Any]) -> dict[str, float]:
    """Figures that ``values`` change or give, by field name."""
    found = {}
    for name, line in model.lines.items():
        lever, ((place, weight),) = case.levers[name], line.terms.items()
        figure = float(values[place]) * weight
        if lever.field.whole or lever.is_yes_no:
            figure = float(round(figure))
        if name in model.given:
            is_moved = values[place_of(model.given[name])] > 1 / 2
        else:
            is_moved = abs(figure - (lever.current or 0.0)) > 1e-6 * lever.size
        if is_moved:
            found[name] = figure
    return found


def place_of(single: Affine) -> int:
    """Position of the only unknown of ``single``."""
    (place,) = single.terms
    return place


def _still(
    model: Model, case: Case, name: str, reference: Figures
) -> dict[int, tuple[float, float]]:
    """Bounds that leave a field as it is, or as ``reference`` has it."""
    if name not in model.lines:
        return {}
    figure = reference.get(name, case.levers[name].current)
    bounds = {} if figure is None else {place_of(model.lines[name]): _exactly(model, name, figure)}
    if name in model.given:
        bounds[place_of(model.given[name])] = (float(figure is not None),) * 2
    return bounds


def _exactly(model: Model, name: str, figure: float) -> tuple[float, float]:
    """Bounds that leave one figure."""
    ((_, weight),) = model.lines[name].terms.items()
    return (figure / weight,) * 2


def _pairs(
    charters: Iterable[Charter], goals: Mapping[str, Requirement]
) -> Iterator[tuple[Charter, Requirement]]:
    """Goals with their charters."""
    for charter in charters:
        for _, each in charter.requirements:
            if each.id in goals:
                yield charter, each


def _unknown(lever: Lever, programme: Programme) -> Affine:
    """Figure of a lever: an integer as it is, any other in multiples of its size."""
    is_whole = lever.field.whole or lever.is_yes_no
    size = 1.0 if is_whole else lever.size
    least = min(lever.field.least, lever.field.least if lever.current is None else lever.current)
    most = max(lever.high, lever.high if lever.current is None else lever.current)
    grain = 1.0 if is_whole else 0.01 / size
    return programme.add(least / size, most / size, grain=grain, is_whole=is_whole).times(size)


def _sloped(
    case: Case, reference: Figures, lines: Mapping[str, Affine], facts: Facts
) -> dict[str, Affine]:
    """Facts of the site that depend on levers, as straight lines around ``reference``."""
    found = {}
    for path, rates in slopes(case, reference).items():
        line = Affine(float(facts[path].values[0]))
        for name, rate in rates.items():
            now = reference.get(name, case.levers[name].current)
            line += (lines[name] - Affine(now or 0.0)).times(rate)
        found[path] = line
    return found


def _parts_within_wholes(
    case: Case, lines: Mapping[str, Affine], given: Mapping[str, Affine], programme: Programme
) -> None:
    """Demand that no part is larger than the figure it is a part of, where both are given."""
    for name, field in project_fields().items():
        if field.within is None or not {name, field.within} & set(lines):
            continue
        ends = [_line_or_figure(each, case, lines) for each in (name, field.within)]
        if ends[0] is None or ends[1] is None:
            continue
        gap = ends[1] - ends[0]
        slack = sum(
            (Affine(1.0) - given[each] for each in (name, field.within) if each in given),
            Affine(0.0),
        )
        most = case.levers[name].high if name in lines else ends[0].constant
        programme.require(gap + slack.times(most))


def _line_or_figure(name: str, case: Case, lines: Mapping[str, Affine]) -> Affine | None:
    """Figure of a field, that may change or not; None where it is not given and may not."""
    if name in lines:
        return lines[name]
    column = case.facts[f"project.{name}"]
    if column.missing[0]:
        return None
    return Affine(float(column.values[0]) / unit(project_fields()[name].unit).factor)
