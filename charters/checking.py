"""What a charter must keep beyond its shape: names that exist, units that fit, dates in order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from string import Formatter

from charters.checking_conditions import condition_faults
from charters.checking_dates import dates_faults, source_faults
from charters.checking_units import dimension_faults, is_shown_word, unit_name_faults
from charters.model import Article, Charter, Requirement
from charters.places import Place, fault_at
from charters.tree import fields_of_condition, fields_of_value
from charters.vocabulary import fact_paths
from geodata.errors import CharterError, Fault, did_you_mean
from geodata.language import Text

__all__ = ["check_charter"]


def check_charter(charter: Charter, places: Mapping[str, Place] | None = None) -> None:
    """Refuse names that do not exist, units that do not fit, dates that overlap.

    Parameters
    ----------
    charter
        Charter to check.
    places
        Files by id of the article, or by name of the table; ids stand for them when None.

    Raises
    ------
    CharterError
        Every fault, with the file and line it is in.
    """
    files = {} if places is None else places
    faults: list[Fault] = []
    for article in charter.articles:
        faults += _article_faults(article, charter, files.get(article.id, Place(article.id)))
    for name, count in Counter(article.id for article in charter.articles).items():
        if count > 1:
            what = ("l'article est écrit deux fois", "the article is written twice")
            faults.append(fault_at(Place(name), *what))
    for name, table in charter.tables.items():
        place = files.get(name, Place(f"{name}.csv")).at("rows")
        for key in sorted({row.key for row in table.rows}):
            rows = {i: row for i, row in enumerate(table.rows) if row.key == key}
            faults += dates_faults(key, rows, charter, place=place)
        faults += unit_name_faults(table.unit, place=place)
    if faults:
        raise CharterError(*faults)


def _article_faults(article: Article, charter: Charter, place: Place) -> Iterator[Fault]:
    """Faults of one article."""
    if article.charter != charter.id:
        yield fault_at(
            place.at("charter"),
            f"sa charte est {charter.id}, et non {article.charter}",
            f"its charter is {charter.id}, not {article.charter}",
        )
    if article.in_force.until is not None and article.in_force.until <= article.in_force.since:
        yield fault_at(
            place.at("in_force", "to"),
            f"l'article cesse le {article.in_force.until}, avant d'entrer en vigueur",
            f"the article ends on {article.in_force.until}, before it is in force",
        )
    for position, source in enumerate(article.sources):
        yield from source_faults(source, charter, place=place.at("sources", position))
    for position, requirement in enumerate(article.requirements):
        yield from _requirement_faults(requirement, charter, place.at("requirements", position))


def _requirement_faults(
    requirement: Requirement, charter: Charter, place: Place
) -> Iterator[Fault]:
    """Faults of one requirement: names first, units only where every name exists."""
    unknown = {
        (path, str(here)): None
        for here, paths in _facts_read(requirement, place)
        for path in paths
        if path not in fact_paths()
    }
    for path, where in unknown:
        yield Fault(
            Text(f"Le champ « {path} » n'existe pas.", f"The field “{path}” does not exist."),
            where,
            did_you_mean(path, fact_paths()),
        )
    for name, parameter in requirement.parameters.items():
        here = place.at("parameters", name)
        yield from unit_name_faults(parameter.unit, place=here.at("unit"))
        values = dict(enumerate(parameter.values))
        yield from dates_faults(name, values, charter, place=here.at("values"))
    for position, exemption in enumerate(requirement.exceptions):
        here = place.at("exceptions", position, "source")
        yield from source_faults(exemption.source, charter, place=here)
    for position, lever in enumerate(requirement.levers):
        if not lever.startswith("project."):
            yield fault_at(
                place.at("levers", position),
                f"le levier {lever} n'est pas un champ du projet",
                f"the lever {lever} is not a field of the project",
            )
    if not _is_fillable(
        requirement.remedy, {"missing", *requirement.shown, *requirement.parameters}
    ):
        yield fault_at(
            place.at("remedy"),
            "les places à remplir du remède sont {missing} et les noms de ce qui est montré ou "
            "les mêmes dans les deux langues",
            "the places to fill in the remedy are {missing} and the names of what is shown or "
            "the same in both languages",
        )
    if not unknown:
        yield from _unit_faults(requirement, charter, place)


def _facts_read(requirement: Requirement, place: Place) -> Iterator[tuple[Place, Iterable[str]]]:
    """Facts that each part of a requirement names, and where that part is."""
    yield place.at("applies_when"), fields_of_condition(requirement.applies_when)
    for position, exemption in enumerate(requirement.exceptions):
        yield place.at("exceptions", position, "when"), fields_of_condition(exemption.when)
    for position, alternative in enumerate(requirement.any_of):
        here, threshold = place.at("any_of", position), alternative.requirement.threshold
        yield here.at("measure", "value"), fields_of_value(alternative.measure.value)
        yield here.at("requirement", "threshold"), fields_of_value(threshold)
    for position, lever in enumerate(requirement.levers):
        yield place.at("levers", position), (lever,)
    for name, each in requirement.shown.items():
        yield place.at("shown", name, "value"), fields_of_value(each.value)


def _unit_faults(requirement: Requirement, charter: Charter, place: Place) -> Iterator[Fault]:
    """Faults of words and units, once every name is known."""
    here = place.at("applies_when")
    yield from condition_faults(requirement.applies_when, requirement, place=here)
    for position, exemption in enumerate(requirement.exceptions):
        here = place.at("exceptions", position, "when")
        yield from condition_faults(exemption.when, requirement, place=here)
    for position, alternative in enumerate(requirement.any_of):
        here, measure = place.at("any_of", position), alternative.measure
        parts = [
            (Text("la mesure", "the measure"), measure.value, here.at("measure", "value")),
            (
                Text("le seuil", "the threshold"),
                alternative.requirement.threshold,
                here.at("requirement", "threshold"),
            ),
        ]
        where = here.at("measure", "unit")
        yield from dimension_faults(parts, measure.unit, requirement, charter, place=where)
    for name, each in requirement.shown.items():
        if not is_shown_word(each):
            here = place.at("shown", name)
            parts = [(each.title, each.value, here.at("value"))]
            where = here.at("unit")
            yield from dimension_faults(parts, each.unit, requirement, charter, place=where)


def _is_fillable(remedy: Text, known: set[str]) -> bool:
    """Whether the places of a remedy are all ``known``, and the same in both languages."""
    try:
        places = [{name for _, name, _, _ in Formatter().parse(text)} - {None} for text in remedy]
    except ValueError:
        return False
    return places[0] == places[1] and places[0] <= known
