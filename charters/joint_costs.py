"""What a joint change may touch, within which bounds, and what each change costs.

The cost of a figure is its change relative to what it is, times the weight of its group: programme
figures (staff, floor area) weigh more than equipment (parking, roofs). A figure that is 0 or not
given is compared with the whole of which it is a part, else with a usual size of its unit. Each
field touched costs ``FIELD_COST`` more, so that of two equal changes the one of fewer fields wins.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from charters.facts import Facts
from charters.joint_programme import Affine, Programme
from charters.model import Requirement
from charters.tree import requirement_fields
from charters.units import unit
from charters.vocabulary import Group, ProjectField, project_fields

__all__ = [
    "FIELD_COST",
    "FILL_COST",
    "WEIGHTS",
    "YES_NO_COST",
    "Lever",
    "change_cost",
    "fill_cost",
    "grain_of",
    "leaning_of",
    "levers",
]

WEIGHTS: Mapping[Group, float] = {
    "general": 5.0,
    "building": 5.0,
    "retail": 3.0,
    "hotel": 3.0,
    "energy": 1.0,
    "parking": 1.0,
    "mobility": 1.0,
    "ground": 1.0,
}
"""Cost of changing a figure of this group by 100 %."""
YES_NO_COST = 0.25
"""Cost of changing a yes or a no: as much as a quarter of a figure."""
FILL_COST = 0.1
"""Cost of giving what the project does not say, times the weight of its group."""
FIELD_COST = 0.001
"""Cost of touching one field more, whatever it is."""
_LEANING = 1e-4
_USUAL: Mapping[str, float] = {
    "m2": 1000.0,
    "m": 10.0,
    "job": 50.0,
    "space": 50.0,
    "room": 50.0,
    "kW": 100.0,
    "kWh": 100_000.0,
    "l/s": 10.0,
    "%": 100.0,
}
"""Size with which a figure of 0 is compared, by unit."""
_REACH = 20.0
"""No figure is proposed beyond this many times what it is compared with."""


@dataclass(frozen=True, slots=True)
class Lever:
    """One field that may change, in the unit of ``fields.yaml``."""

    name: str
    """Name of the field."""
    field: ProjectField
    """What it accepts."""
    current: float | None
    """Figure now, or 0 and 1 for no and yes; None where not given."""
    high: float
    """Largest figure proposed."""
    size: float
    """Figure with which a change is compared."""
    weight: float
    """Cost of changing it by ``size``."""

    @property
    def path(self) -> str:
        """Name among the facts."""
        return f"project.{self.name}"

    @property
    def factor(self) -> float:
        """How many base units one unit is."""
        return unit(self.field.unit).factor

    @property
    def is_yes_no(self) -> bool:
        """Whether it is a yes or a no."""
        return self.field.type == "yes_no"

    def cost_of(self, proposed: float) -> float:
        """Cost of changing it to ``proposed``."""
        if self.current is None:
            return FIELD_COST + self.weight * FILL_COST
        away = abs(proposed - self.current)
        return FIELD_COST + self.weight * away / self.size if away else 0.0


def levers(
    requirements: Iterable[Requirement], facts: Facts, *, goals: Iterable[Requirement]
) -> tuple[Lever, ...]:
    """Fields that may change: the levers of ``requirements``, and what ``goals`` lack.

    Choices are not changed; neither is a field that records what is.
    """
    named = {path for each in requirements for path in each.levers}
    asked = {path for each in goals for path in requirement_fields(each)}
    found = []
    for name, field in project_fields().items():
        path = f"project.{name}"
        is_open = path in named or (path in asked and bool(facts[path].missing[0]))
        if is_open and field.type != "choice" and not field.recorded:
            found.append(_lever(name, field, facts))
    return tuple(found)


def change_cost(lever: Lever, line: Affine, programme: Programme) -> Affine:
    """Cost of moving a figure away from what it is now; 0 where it is not given."""
    if lever.current is None:
        return Affine(0.0)
    shift = line - Affine(lever.current)
    span = max(lever.high, lever.current) - min(lever.field.least, lever.current)
    away, touched = programme.add(0.0, span / lever.size), programme.choice()
    for sign in (1.0, -1.0):
        programme.require(away - shift.times(sign / lever.size))
    programme.require(touched.times(span / lever.size) - away)
    return away.times(lever.weight) + touched.times(FIELD_COST)


def fill_cost(lever: Lever, line: Affine, given: Affine, leaning: float) -> Affine:
    """Cost of giving a figure; of two that do, the one that demands least of the project."""
    lean = line.times(leaning * _LEANING / lever.size)
    return given.times(FIELD_COST + lever.weight * FILL_COST) + lean


def leaning_of(line: Affine, pulls: Iterable[Affine]) -> float:
    """1 where the inequalities pull a figure up, −1 where most of them pull it down."""
    (place,) = line.terms
    is_up = [each.terms[place] > 0 for each in pulls if place in each.terms]
    return -1.0 if is_up and sum(is_up) < len(is_up) / 2 else 1.0


def grain_of(lever: Lever, figure: float) -> float:
    """Step to which a figure is rounded: an integer, or about a thousandth of it."""
    if lever.field.whole or lever.is_yes_no:
        return 1.0
    return next((step for most, step in ((100.0, 0.01), (1000.0, 0.1)) if figure < most), 1.0)


def _lever(name: str, field: ProjectField, facts: Facts) -> Lever:
    """Lever of one field, with what a change of it is compared with."""
    now = _figure(name, facts)
    if field.type == "yes_no":
        return Lever(name, field, now, 1.0, 1.0, WEIGHTS[field.group] * YES_NO_COST)
    whole = None if field.within is None else _figure(field.within, facts)
    size = whole or now or _USUAL.get(field.unit, 1.0)
    high = _REACH * max(size, now or 0.0, _USUAL.get(field.unit, 1.0))
    most = high if field.most is None else field.most
    return Lever(name, field, now, most, size, WEIGHTS[field.group])


def _figure(name: str, facts: Facts) -> float | None:
    """Figure of the project in the unit of its field, None where not given."""
    column = facts[f"project.{name}"]
    if column.missing[0]:
        return None
    return float(column.values[0]) / unit(project_fields()[name].unit).factor
