"""What is to be built: a project file becomes figures with units, checked all at once."""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from charters.facts import Column, Missing, known, missing
from charters.units import unit, unit_text
from charters.vocabulary import ProjectField, project_fields
from geodata.errors import Fault, MissingFileError, ProjectError, did_you_mean
from geodata.language import Text
from geodata.yaml_reading import Lines, parse_yaml
from geodata.yaml_writing import yaml_text

__all__ = [
    "Project",
    "Value",
    "example_projects",
    "number_remedy",
    "part_faults",
    "project_facts",
    "project_from",
    "project_text",
    "read_project",
]

Value: TypeAlias = bool | float | str
"""A yes or no, a figure in the unit of its field, or a choice."""

EXAMPLES = Path(__file__).parent / "examples"
"""Folder of the example projects."""

_HEAD = ("name", "filing_date")


@dataclass(frozen=True, slots=True)
class Project:
    """A project as described; what is not given is not there."""

    name: Text
    """Label of the dossier."""
    filing_date: dt.date | None
    """Day on which the application is, or would be, filed."""
    values: Mapping[str, Value]
    """Values by field name, figures in the unit of ``charters/fields.yaml``."""


def read_project(path: Path) -> Project:
    """Project described by the YAML file at ``path``.

    Raises
    ------
    MissingFileError
        There is no such file.
    ProjectError
        Every unknown field, wrong value or contradiction, with its line.
    """
    if not path.is_file():
        raise MissingFileError(
            Fault(
                Text("Le fichier du projet n'existe pas.", "The project file does not exist."),
                path.name,
                Text("Vérifier son nom et son dossier.", "Check its name and folder."),
            )
        )
    document, lines = parse_yaml(path.read_bytes(), name=path.name, refuse=ProjectError)
    return project_from(document, lines=lines, where=path.name)


def project_from(document: Any, *, lines: Lines, where: str) -> Project:  # noqa: ANN401 - plain data
    """Project of plain data, whose ``lines`` say where each entry stands in the file ``where``.

    A fault names a field by its key where there is such a file, else by its title.

    Raises
    ------
    ProjectError
        Every unknown field, wrong value or contradiction.
    """
    if not isinstance(document, dict):
        what = Text(
            "Un projet est une liste de champs, tels que « use: office ».",
            "A project is a list of fields, such as “use: office”.",
        )
        raise ProjectError(Fault(what, where, Text("Corriger le fichier.", "Correct the file.")))
    faults: list[Fault] = []
    values: dict[str, Value] = {}
    for key, value in document.items():
        place = _place(key, lines, where)
        if key in _HEAD:
            continue
        if key not in project_fields():
            what = Text(f"Le champ « {key} » est inconnu.", f"The field “{key}” is unknown.")
            faults.append(Fault(what, place, did_you_mean(key, (*project_fields(), *_HEAD))))
            continue
        if value is None:
            continue
        field = project_fields()[key]
        wrong = _value_fault(field, Text(key, key) if lines else field.title, value, place)
        if wrong is None:
            values[key] = value
        else:
            faults.append(wrong)
    filing_date = _filing_date(
        document.get("filing_date"), _place("filing_date", lines, where), faults
    )
    name = _name(document.get("name"), where, _place("name", lines, where), faults)
    faults += [
        dataclasses.replace(fault, where=_place(part, lines, where))
        for part, fault in _too_large(values, where)
    ]
    if faults:
        raise ProjectError(*faults)
    return Project(name, filing_date, values)


def number_remedy(field: ProjectField) -> Text:
    """What to write where a number is wanted, with its unit in words."""
    french, english = (unit_text(field.unit, each) for each in ("fr", "en"))
    return Text(
        f"Écrire un nombre{f' en {french}' if french else ''}.",
        f"Write a number{f' in {english}' if english else ''}.",
    )


def part_faults(values: Mapping[str, Value], *, where: str) -> Iterator[Fault]:
    """Faults of figures larger than the figure they are a part of."""
    return (fault for _, fault in _too_large(values, where))


def project_facts(project: Project) -> dict[str, Column]:
    """Columns ``project.<field>`` of length 1, in base units; missing where not given."""
    return {f"project.{name}": _column(name, project.values.get(name)) for name in project_fields()}


@functools.lru_cache(maxsize=4096, typed=True)
def _column(name: str, value: Value | None) -> Column:
    """Column of one field: the same one each time, so that what has not changed can be told."""
    field = project_fields()[name]
    if value is None:
        return missing(Missing.NOT_GIVEN, words=field.type == "choice")
    if isinstance(value, str):
        return known(value)
    return known(float(value) * unit(field.unit).factor)


def project_text(project: Project) -> str:
    """YAML that :func:`read_project` reads back as the same project."""
    return yaml_text(project_document(project))


def project_document(project: Project) -> dict[str, Any]:
    """Plain data of ``project``."""
    same = project.name.fr == project.name.en
    return {
        "name": project.name.fr if same else {"fr": project.name.fr, "en": project.name.en},
        **({} if project.filing_date is None else {"filing_date": project.filing_date}),
        **project.values,
    }


@functools.cache
def example_projects() -> dict[str, Project]:
    """Example projects by file name, in the order of the screen."""
    order = ("digital_offices", "health_centre", "battery_workshop", "food_store", "hotel")
    return {name: read_project(EXAMPLES / f"{name}.yaml") for name in order}


def _too_large(values: Mapping[str, Value], where: str) -> Iterator[tuple[str, Fault]]:
    """Fields larger than the figure they are a part of, with their faults."""
    for name, value in values.items():
        field = project_fields()[name]
        if field.within is None or field.within not in values:
            continue
        whole, most = project_fields()[field.within].title, values[field.within]
        if float(value) > float(most):
            what = Text(
                f"« {field.title.fr} » ({_plain(value)}) dépasse « {whole.fr} » ({_plain(most)}).",
                f"“{field.title.en}” ({_plain(value)}) is over “{whole.en}” ({_plain(most)}).",
            )
            remedy = Text("Corriger l'un des deux.", "Correct one of the two.")
            yield name, Fault(what, where, remedy)


def _place(key: str, lines: Lines, where: str) -> str:
    """File, and the line of ``key`` where it is known."""
    line = next((at for path, at in lines.items() if path[-1:] == (key,)), 0)
    return f"{where}, l. {line}" if line else where


def _plain(figure: Value) -> str:
    """Figure as a planner wrote it: no power of ten."""
    return f"{figure:.12g}"


def _value_fault(field: ProjectField, name: Text, value: Any, place: str) -> Fault | None:  # noqa: ANN401 - plain data
    """Fault of one value, None where it is right."""
    if field.type == "choice":
        if isinstance(value, str) and value in field.options:
            return None
        what = Text(
            f"« {name.fr} » ne peut valoir « {value} ».", f"“{name.en}” cannot be “{value}”."
        )
        return Fault(what, place, did_you_mean(str(value), field.options))
    if field.type == "yes_no":
        if isinstance(value, bool):
            return None
        what = Text(f"« {name.fr} » vaut « {value} ».", f"“{name.en}” is “{value}”.")
        return Fault(what, place, Text("Écrire true ou false.", "Write true or false."))
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        what = Text(
            f"« {name.fr} » vaut « {value} », qui n'est pas un nombre.",
            f"“{name.en}” is “{value}”, which is not a number.",
        )
        return Fault(what, place, number_remedy(field))
    return _range_fault(field, name, value, place)


def _range_fault(field: ProjectField, name: Text, value: float, place: str) -> Fault | None:
    """Fault of a number outside what its field accepts."""
    is_low, is_high = value < field.least, field.most is not None and value > field.most
    if not is_low and not is_high and not (field.whole and value != int(value)):
        return None
    what = Text(f"« {name.fr} » vaut {_plain(value)}.", f"“{name.en}” is {_plain(value)}.")
    if not is_low and not is_high:
        return Fault(what, place, Text("Écrire un nombre entier.", "Write a whole number."))
    most = "" if field.most is None else f"{field.most:g}"
    remedy = Text(
        f"Écrire un nombre d'au moins {field.least:g}{f' et au plus {most}' if most else ''}.",
        f"Write a number of at least {field.least:g}{f' and at most {most}' if most else ''}.",
    )
    return Fault(what, place, remedy)


def _filing_date(value: Any, place: str, faults: list[Fault]) -> dt.date | None:  # noqa: ANN401 - plain data
    """Filing date, or None; a fault where it is no date."""
    if value is None or isinstance(value, dt.date):
        return value
    what = Text(
        f"La date de dépôt « {value} » n'est pas une date.",
        f"The filing date “{value}” is not a date.",
    )
    remedy = Text("L'écrire AAAA-MM-JJ.", "Write it YYYY-MM-DD.")
    faults.append(Fault(what, place, remedy))
    return None


def _name(value: Any, where: str, place: str, faults: list[Fault]) -> Text:  # noqa: ANN401 - plain data
    """Label of the dossier; the file's name where none is given; a fault where it is no text."""
    if isinstance(value, dict) and set(value) == {"fr", "en"}:
        return Text(str(value["fr"]), str(value["en"]))
    if isinstance(value, dict | list):
        what = Text(f"Le nom « {value} » n'est pas un texte.", f"The name “{value}” is not a text.")
        remedy = Text("Écrire un texte, ou {fr: …, en: …}.", "Write a text, or {fr: …, en: …}.")
        faults.append(Fault(what, place, remedy))
    label = str(value) if value is not None and value != "" else Path(where).stem
    return Text(label, label)
