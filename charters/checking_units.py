"""The unit of a value, from the units of what it reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from charters.model import (
    Ceiling,
    Charter,
    Equal,
    FieldValue,
    ParameterValue,
    Product,
    Quotient,
    Requirement,
    Shown,
    TableValue,
    Value,
)
from charters.places import Place, fault_at
from charters.tree import parts_of
from charters.units import Unit, unit
from charters.vocabulary import fact_unit, is_word
from geodata.errors import Fault
from geodata.language import Text

__all__ = ["dimension_faults", "is_shown_word", "unit_name_faults"]


def dimension_faults(
    parts: Iterable[tuple[Text, Value, Place]],
    name: str,
    requirement: Requirement,
    charter: Charter,
    *,
    place: Place,
) -> Iterator[Fault]:
    """Faults of values that cannot be written in the unit ``name``.

    Parameters
    ----------
    parts
        What each value is, the value, and where it stands.
    name
        Unit that the article says.
    requirement, charter
        Where dated values and tables are looked up.
    place
        Where the unit stands.
    """
    yield from unit_name_faults(name, place=place)
    here = place
    try:
        expected = unit(name)
        for part, node, here in parts:
            if _unit_of(node, requirement, charter).dimension != expected.dimension:
                yield fault_at(
                    here, f"{part.fr} n'est pas en « {name} »", f"{part.en} is not in “{name}”"
                )
    except (KeyError, _UnitMismatchError) as error:
        yield fault_at(
            here,
            f"unité ou nom inconnu, ou termes d'unités différentes : {error}",
            f"unknown unit or name, or terms of different units: {error}",
        )


def is_shown_word(shown: Shown) -> bool:
    """Whether what is shown is a word rather than a figure."""
    return isinstance(shown.value, FieldValue) and is_word(shown.value.field)


def unit_name_faults(name: str, *, place: Place) -> Iterator[Fault]:
    """Fault of a unit that does not exist."""
    try:
        unit(name)
    except KeyError:
        yield fault_at(
            place, f"l'unité « {name} » n'existe pas", f"the unit “{name}” does not exist"
        )


class _UnitMismatchError(ValueError):
    """Terms of a sum have different units, or a word stands for a number."""


def _unit_of(node: Value, requirement: Requirement, charter: Charter) -> Unit:
    """Unit of a value, from the units of what it reads."""
    match node:
        case FieldValue(field=path):
            if is_word(path):
                raise _UnitMismatchError(path)
            return unit(fact_unit(path))
        case ParameterValue(parameter=name):
            return unit(requirement.parameters[name].unit)
        case TableValue(table=name, key=path):
            if not is_word(path):
                raise _UnitMismatchError(path)
            return unit(charter.tables[name].unit)
        case Equal(same=pair):
            if not all(is_word(each.field) for each in pair):
                raise _UnitMismatchError("same")
            return unit("bool")
        case Ceiling(ceil=inner):
            return _unit_of(inner, requirement, charter)
        case Product():
            product = unit("1")
            for part in parts_of(node):
                product = product * _unit_of(part, requirement, charter)
            return product
        case Quotient(quotient=(first, second)):
            return _unit_of(first, requirement, charter) / _unit_of(second, requirement, charter)
        case _:
            units = [_unit_of(part, requirement, charter) for part in parts_of(node)]
            if len({each.dimension for each in units}) > 1:
                raise _UnitMismatchError(type(node).__name__)
            return units[0]
