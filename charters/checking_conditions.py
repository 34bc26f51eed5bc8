"""Conditions of an article: words that are choices, figures in the unit of their fact."""

from __future__ import annotations

from collections.abc import Iterator

from charters.model import AllOf, AnyOf, Comparison, Condition, NoneOf, ParameterValue, Requirement
from charters.places import Place, fault_at
from charters.tree import conditions_of
from charters.units import unit
from charters.vocabulary import fact_choices, fact_unit, is_word
from geodata.errors import Fault, did_you_mean
from geodata.language import Text

__all__ = ["condition_faults", "figure_faults"]


def condition_faults(
    condition: Condition | None, requirement: Requirement, *, place: Place
) -> Iterator[Fault]:
    """Faults of a condition: words that are no choice, figures without the unit of their field."""
    match condition:
        case None:
            return
        case AllOf() | AnyOf() | NoneOf():
            operator = type(condition).__name__.removesuffix("Of").lower()
            for position, part in enumerate(conditions_of(condition)):
                yield from condition_faults(part, requirement, place=place.at(operator, position))
        case Comparison(value=ParameterValue(parameter=name)):
            if name not in requirement.parameters:
                yield fault_at(
                    place,
                    f"le paramètre « {name} » n'existe pas",
                    f"the parameter “{name}” does not exist",
                )
            else:
                written = requirement.parameters[name].unit
                yield from figure_faults(condition.field, written, place=place)
        case Comparison(value=str(), op=op) if op != "=":
            yield fault_at(
                place,
                f"un mot se compare par « = », et non par « {op} »",
                f"a word is compared with “=”, not with “{op}”",
            )
        case _:
            words = _words_of(condition)
            if words and not is_word(condition.field):
                yield fault_at(
                    place,
                    f"{condition.field} est un nombre, et non un mot tel que « {words[0]} »",
                    f"{condition.field} is a number, not a word such as “{words[0]}”",
                )
                return
            choices = fact_choices(condition.field)
            for word in words:
                if choices and word not in choices:
                    yield Fault(
                        Text(
                            f"« {word} » n'est pas un choix de {condition.field}.",
                            f"“{word}” is no choice of {condition.field}.",
                        ),
                        str(place),
                        did_you_mean(word, choices),
                    )
            if not words:
                yield from figure_faults(
                    condition.field, getattr(condition, "unit", None), place=place
                )


def figure_faults(path: str, written: str | None, *, place: Place) -> Iterator[Fault]:
    """Fault of a figure whose unit is not that of its field."""
    if is_word(path):
        yield fault_at(
            place,
            f"{path} est un mot et ne se compare pas à un nombre",
            f"{path} is a word and is not compared with a number",
        )
        return
    try:
        fits = unit(written or "1").dimension == unit(fact_unit(path)).dimension
    except KeyError:
        fits = False
    if not fits:
        yield fault_at(
            place,
            f"{path} se compare en {fact_unit(path)}, et non en {written or 'nombre nu'}",
            f"{path} is compared in {fact_unit(path)}, not in {written or 'a bare number'}",
        )


def _words_of(condition: Condition) -> tuple[str, ...]:
    """Words that a condition names."""
    if isinstance(condition, Comparison):
        return (condition.value,) if isinstance(condition.value, str) else ()
    return tuple(getattr(condition, "member", ())) or tuple(getattr(condition, "not_in", ()))
