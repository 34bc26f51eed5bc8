"""What a charter must keep beyond its shape: names that exist, units that fit, dates in order."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from string import Formatter

from charters.model import (
    AllOf,
    AnyOf,
    Article,
    Ceiling,
    Charter,
    Comparison,
    Condition,
    DatedValue,
    Difference,
    Equal,
    FieldValue,
    Greatest,
    Least,
    Measure,
    NoneOf,
    ParameterValue,
    Product,
    Quotient,
    Requirement,
    Shown,
    Sum,
    TableValue,
    Value,
)
from charters.units import Unit, unit
from charters.vocabulary import project_fields, site_measures
from geodata.errors import CharterError, Fault, did_you_mean
from geodata.language import Text

__all__ = [
    "check_charter",
    "fields_of_condition",
    "fields_of_value",
    "is_shown_word",
    "measure_title",
    "parts_of",
    "requirement_fields",
]

_NO_DIMENSION = unit("1").dimension


def check_charter(charter: Charter) -> None:
    """Refuse names that do not exist, units that do not fit, dates that overlap.

    Raises
    ------
    CharterError
        Every fault, with the article it is in.
    """
    faults = [fault for article in charter.articles for fault in _article_faults(article, charter)]
    for name, count in Counter(article.id for article in charter.articles).items():
        if count > 1:
            faults.append(
                _fault(name, "l'article est écrit deux fois", "the article is written twice")
            )
    for name, table in charter.tables.items():
        for key in sorted({row.key for row in table.rows}):
            rows = [row for row in table.rows if row.key == key]
            faults += _dates_faults(f"{name}.csv", key, rows, charter)
    if faults:
        raise CharterError(*faults)


def requirement_fields(requirement: Requirement) -> tuple[str, ...]:
    """Every fact that ``requirement`` may read, each once, in order."""
    named: list[str] = list(fields_of_condition(requirement.applies_when))
    for exemption in requirement.exceptions:
        named += fields_of_condition(exemption.when)
    for alternative in requirement.any_of:
        named += fields_of_value(alternative.measure.value)
        named += fields_of_value(alternative.requirement.threshold)
    for each in requirement.shown.values():
        named += fields_of_value(each.value)
    return tuple(dict.fromkeys(named))


def fields_of_value(node: Value) -> Iterator[str]:
    """Facts that a value reads, with the fields of the project that these depend on."""
    match node:
        case FieldValue(field=path):
            yield path
            yield from _fields_behind(path)
        case TableValue(key=path):
            yield path
        case ParameterValue():
            return
        case _:
            for part in parts_of(node):
                yield from fields_of_value(part)


def fields_of_condition(condition: Condition | None) -> Iterator[str]:
    """Facts that a condition reads."""
    match condition:
        case None:
            return
        case AllOf() | AnyOf() | NoneOf():
            for part in _conditions(condition):
                yield from fields_of_condition(part)
        case _:
            yield condition.field
            yield from _fields_behind(condition.field)


def _fields_behind(path: str) -> Iterator[str]:
    """Fields of the project that a fact of the site depends on."""
    group, _, name = path.partition(".")
    if group == "site" and name in site_measures():
        yield from (each for each in site_measures()[name].reads if each != "day")


def measure_title(measure: Measure) -> Text:
    """Name of what is measured: its own title, or that of the one fact it reads."""
    if measure.title is not None:
        return measure.title
    path = next(fields_of_value(measure.value))
    group, _, name = path.partition(".")
    return (project_fields() if group == "project" else site_measures())[name].title


def parts_of(node: Value) -> Sequence[Value]:
    """Values inside an operator; none inside a fact or a dated value."""
    match node:
        case Sum(sum=parts) | Product(product=parts) | Least(min=parts) | Greatest(max=parts):
            return parts
        case Quotient(quotient=pair) | Difference(difference=pair) | Equal(same=pair):
            return pair
        case Ceiling(ceil=inner):
            return (inner,)
        case _:
            return ()


def _conditions(condition: AllOf | AnyOf | NoneOf) -> Sequence[Condition]:
    """Conditions inside a combination."""
    match condition:
        case AllOf(all=parts) | AnyOf(any=parts) | NoneOf(none=parts):
            return parts


def _article_faults(article: Article, charter: Charter) -> Iterator[Fault]:
    """Faults of one article."""
    if article.charter != charter.id:
        yield _fault(
            article.id,
            f"sa charte est {charter.id}, et non {article.charter}",
            f"its charter is {charter.id}, not {article.charter}",
        )
    if article.in_force.until is not None and article.in_force.until <= article.in_force.since:
        yield _fault(
            article.id,
            f"l'article cesse le {article.in_force.until}, avant d'entrer en vigueur",
            f"the article ends on {article.in_force.until}, before it is in force",
        )
    for source in article.sources:
        yield from _source_faults(article.id, source, charter)
    for requirement in article.requirements:
        yield from _requirement_faults(requirement, charter)


def _requirement_faults(requirement: Requirement, charter: Charter) -> Iterator[Fault]:
    """Faults of one requirement: names first, units only where every name exists."""
    where = requirement.id
    unknown = [
        path
        for path in (*requirement_fields(requirement), *requirement.levers)
        if not _exists(path)
    ]
    for path in dict.fromkeys(unknown):
        yield Fault(
            Text(f"Le champ « {path} » n'existe pas.", f"The field “{path}” does not exist."),
            where,
            did_you_mean(path, _paths()),
        )
    for name, parameter in requirement.parameters.items():
        yield from _unit_name_faults(where, parameter.unit)
        yield from _dates_faults(where, name, parameter.values, charter)
    for exemption in requirement.exceptions:
        yield from _source_faults(where, exemption.source, charter)
    for lever in requirement.levers:
        if not lever.startswith("project."):
            yield _fault(
                where,
                f"le levier {lever} n'est pas un champ du projet",
                f"the lever {lever} is not a field of the project",
            )
    if not _is_fillable(requirement.remedy, {"missing", *requirement.shown}):
        yield _fault(
            where,
            "les places à remplir du remède sont {missing} et les noms de ce qui est montré, "
            "les mêmes dans les deux langues",
            "the places to fill in the remedy are {missing} and the names of what is shown, "
            "the same in both languages",
        )
    if unknown:
        return
    for condition in (requirement.applies_when, *(each.when for each in requirement.exceptions)):
        yield from _condition_faults(condition, requirement)
    for alternative in requirement.any_of:
        measure, threshold = alternative.measure, alternative.requirement.threshold
        parts = {
            Text("la mesure", "the measure"): measure.value,
            Text("le seuil", "the threshold"): threshold,
        }
        yield from _unit_faults(parts, measure.unit, requirement, charter)
    for each in requirement.shown.values():
        if not is_shown_word(each):
            yield from _unit_faults({each.title: each.value}, each.unit, requirement, charter)


def is_shown_word(shown: Shown) -> bool:
    """Whether what is shown is a word rather than a figure."""
    return isinstance(shown.value, FieldValue) and _is_word(shown.value.field)


def _unit_faults(
    parts: Mapping[Text, Value], name: str, requirement: Requirement, charter: Charter
) -> Iterator[Fault]:
    """Faults of values, by what they are, that cannot be written in the unit ``name``."""
    yield from _unit_name_faults(requirement.id, name)
    try:
        expected = unit(name)
        for part, node in parts.items():
            if _unit_of(node, requirement, charter).dimension != expected.dimension:
                yield _fault(
                    requirement.id,
                    f"{part.fr} n'est pas en « {name} »",
                    f"{part.en} is not in “{name}”",
                )
    except (KeyError, _UnitMismatchError) as error:
        yield _fault(
            requirement.id,
            f"unité ou nom inconnu, ou termes d'unités différentes : {error}",
            f"unknown unit or name, or terms of different units: {error}",
        )


class _UnitMismatchError(ValueError):
    """Terms of a sum have different units, or a word stands for a number."""


def _unit_of(node: Value, requirement: Requirement, charter: Charter) -> Unit:
    """Unit of a value, from the units of what it reads."""
    match node:
        case FieldValue(field=path):
            if _is_word(path):
                raise _UnitMismatchError(path)
            return unit(_field_unit(path))
        case ParameterValue(parameter=name):
            return unit(requirement.parameters[name].unit)
        case TableValue(table=name, key=path):
            if not _is_word(path):
                raise _UnitMismatchError(path)
            return unit(charter.tables[name].unit)
        case Equal(same=pair):
            if not all(_is_word(each.field) for each in pair):
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


def _condition_faults(condition: Condition | None, requirement: Requirement) -> Iterator[Fault]:
    """Faults of a condition: words that are no choice, figures without the unit of their field."""
    match condition:
        case None:
            return
        case AllOf() | AnyOf() | NoneOf():
            for part in _conditions(condition):
                yield from _condition_faults(part, requirement)
        case Comparison(value=ParameterValue(parameter=name)):
            if name not in requirement.parameters:
                yield _fault(
                    requirement.id,
                    f"le paramètre « {name} » n'existe pas",
                    f"the parameter “{name}” does not exist",
                )
            else:
                written = requirement.parameters[name].unit
                yield from _figure_faults(condition.field, written, requirement.id)
        case Comparison(value=str(), op=op) if op != "=":
            yield _fault(
                requirement.id,
                f"un mot se compare par « = », et non par « {op} »",
                f"a word is compared with “=”, not with “{op}”",
            )
        case _:
            words = _words_of(condition)
            if words and not _is_word(condition.field):
                yield _fault(
                    requirement.id,
                    f"{condition.field} est un nombre, et non un mot tel que « {words[0]} »",
                    f"{condition.field} is a number, not a word such as “{words[0]}”",
                )
                return
            choices = _choices(condition.field)
            for word in words:
                if choices and word not in choices:
                    yield Fault(
                        Text(
                            f"« {word} » n'est pas un choix de {condition.field}.",
                            f"“{word}” is no choice of {condition.field}.",
                        ),
                        requirement.id,
                        did_you_mean(word, choices),
                    )
            if not words:
                yield from _figure_faults(
                    condition.field, getattr(condition, "unit", None), requirement.id
                )


def _figure_faults(path: str, written: str | None, where: str) -> Iterator[Fault]:
    """Fault of a figure whose unit is not that of its field."""
    if _is_word(path):
        yield _fault(
            where,
            f"{path} est un mot et ne se compare pas à un nombre",
            f"{path} is a word and is not compared with a number",
        )
        return
    try:
        fits = unit(written or "1").dimension == unit(_field_unit(path)).dimension
    except KeyError:
        fits = False
    if not fits:
        yield _fault(
            where,
            f"{path} se compare en {_field_unit(path)}, et non en {written or 'nombre nu'}",
            f"{path} is compared in {_field_unit(path)}, not in {written or 'a bare number'}",
        )


def _words_of(condition: Condition) -> tuple[str, ...]:
    """Words that a condition names."""
    if isinstance(condition, Comparison):
        return (condition.value,) if isinstance(condition.value, str) else ()
    return tuple(getattr(condition, "member", ())) or tuple(getattr(condition, "not_in", ()))


def _dates_faults(
    where: str, name: str, values: Sequence[DatedValue], charter: Charter
) -> Iterator[Fault]:
    """Faults of dated values: unknown source, two values for one day."""
    ordered = sorted(values, key=lambda each: each.since)
    for each in ordered:
        yield from _source_faults(where, each.source, charter)
        if each.until is not None and each.until <= each.since:
            yield _fault(
                where,
                f"« {name} » finit le {each.until}, avant de commencer",
                f"“{name}” ends on {each.until}, before it begins",
            )
    for first, second in itertools.pairwise(ordered):
        if first.since == second.since or (first.until is not None and first.until > second.since):
            yield _fault(
                where,
                f"« {name} » a deux valeurs le {second.since}",
                f"“{name}” has two values on {second.since}",
            )


def _source_faults(where: str, source: str, charter: Charter) -> Iterator[Fault]:
    """Fault of a source that is not in the list."""
    if source not in charter.sources:
        yield Fault(
            Text(
                f"La source « {source} » n'est pas dans sources.yaml.",
                f"The source “{source}” is not in sources.yaml.",
            ),
            where,
            did_you_mean(source, charter.sources),
        )


def _unit_name_faults(where: str, name: str) -> Iterator[Fault]:
    """Fault of a unit that does not exist."""
    try:
        unit(name)
    except KeyError:
        yield _fault(where, f"l'unité « {name} » n'existe pas", f"the unit “{name}” does not exist")


def _exists(path: str) -> bool:
    """Whether a fact of that path exists."""
    return path in _paths()


def _paths() -> set[str]:
    """Paths of every fact."""
    return {f"project.{name}" for name in project_fields()} | {
        f"site.{name}" for name in site_measures()
    }


def _field_unit(path: str) -> str:
    """Unit of a fact."""
    group, _, name = path.partition(".")
    return project_fields()[name].unit if group == "project" else site_measures()[name].unit


def _is_word(path: str) -> bool:
    """Whether a fact is a word rather than a number."""
    group, _, name = path.partition(".")
    if group == "project":
        return project_fields()[name].type == "choice"
    return site_measures()[name].category


def _is_fillable(remedy: Text, known: set[str]) -> bool:
    """Whether the places of a remedy are all ``known``, and the same in both languages."""
    try:
        places = [{name for _, name, _, _ in Formatter().parse(text)} - {None} for text in remedy]
    except ValueError:
        return False
    return places[0] == places[1] and places[0] <= known


def _choices(path: str) -> tuple[str, ...]:
    """Words that a fact may be."""
    group, _, name = path.partition(".")
    return (
        tuple(project_fields()[name].options)
        if group == "project"
        else site_measures()[name].values
    )


def _fault(where: str, fr: str, en: str) -> Fault:
    """Fault of one article."""
    what = Text(f"{fr[0].upper()}{fr[1:]}.", f"{en[0].upper()}{en[1:]}.")
    return Fault(what, where, Text("Corriger l'article.", "Correct the article."))
