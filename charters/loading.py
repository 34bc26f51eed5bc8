"""Article files → a charter, or one error that lists every fault with file and line."""

from __future__ import annotations

import csv
import functools
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError

from charters.checking import check_charter
from charters.model import Article, Charter, Requirement, Source, Table
from geodata.errors import CharterError, Fault, MissingFileError, did_you_mean
from geodata.language import Text
from geodata.yaml_reading import Lines, YamlPath, read_yaml

__all__ = ["CHARTERS", "load_charter", "load_charters"]

CHARTERS = ("industrial_parks", "commercial_hotel")
"""Ids of the two charters, in the order of the screen."""

_FOLDER = Path(__file__).parent
_T = TypeVar("_T")

_SHARED = (
    "kind",
    "severity",
    "applies_when",
    "parameters",
    "exceptions",
    "levers",
    "shown",
    "remedy",
)
_SINGLE = (*_SHARED, "measure", "requirement", "any_of", "if_not_met")


@functools.cache
def load_charters() -> tuple[Charter, ...]:
    """Both packaged charters."""
    return tuple(load_charter(_FOLDER / name) for name in CHARTERS)


def load_charter(folder: Path, *, sources: Path = _FOLDER / "sources.yaml") -> Charter:
    """Charter kept in ``folder``: ``charter.yaml``, one file per article, ``tables/*.csv``.

    Raises
    ------
    MissingFileError
        The folder holds no ``charter.yaml``.
    CharterError
        Every fault of every file, with file and line.
    """
    if not (folder / "charter.yaml").is_file():
        raise MissingFileError(
            Fault(
                Text("Le fichier charter.yaml manque.", "The file charter.yaml is missing."),
                folder.name,
                Text("Désigner le dossier d'une charte.", "Name the folder of a charter."),
            )
        )
    faults: list[Fault] = []
    head, lines = _head(folder / "charter.yaml", faults)
    cited = _validated(dict[str, Source], sources, faults) or {}
    tables = {file.stem: _table(file, faults) for file in sorted(folder.glob("tables/*.csv"))}
    articles: list[Article] = []
    for file in sorted(folder.glob("*.yaml")):
        if file.name == "charter.yaml":
            continue
        article = _article(file, faults)
        if article is not None:
            articles.append(article)
    if faults:
        raise CharterError(*faults)
    try:
        charter = Charter.model_validate(
            {**head, "articles": articles, "tables": tables, "sources": cited}
        )
    except ValidationError as error:
        raise CharterError(*_said(error, folder / "charter.yaml", lines)) from None
    check_charter(charter)
    return charter


def _head(file: Path, faults: list[Fault]) -> tuple[dict[str, Any], Lines]:
    """Entries of ``charter.yaml``, which names neither articles nor tables nor sources."""
    entries, lines = _read(file, faults) or ({}, {})
    if not isinstance(entries, dict):
        faults.append(_fault(file, lines, (), "une charte est attendue", "a charter is expected"))
        return {}, lines
    faults.extend(
        _fault(
            file, lines, (name,), f"« {name} » n'a rien à faire ici", f"“{name}” is not for here"
        )
        for name in sorted({"articles", "tables", "sources"} & set(entries))
    )
    return entries, lines


def _article(file: Path, faults: list[Fault]) -> Article | None:
    """Article of one file; a file with one requirement writes it without a list."""
    found = _read(file, faults)
    if found is None:
        return None
    entry, lines = found
    if not isinstance(entry, dict):
        faults.append(_fault(file, lines, (), "un article est attendu", "an article is expected"))
        return None
    try:
        article = Article.model_validate(_with_requirements(entry))
    except ValidationError as error:
        faults.extend(_said(error, file, lines))
        return None
    if article.id != file.stem:
        faults.append(
            _fault(
                file,
                lines,
                ("id",),
                f"l'article s'appelle {article.id}, son fichier {file.stem}",
                f"the article is called {article.id}, its file {file.stem}",
            )
        )
    return article


def _with_requirements(entry: dict[str, Any]) -> dict[str, Any]:
    """Article entry in which requirements are a list with ids and titles."""
    listed = entry.get("requirements")
    if listed is None:
        single = {key: entry[key] for key in _SINGLE if key in entry}
        rest = {key: value for key, value in entry.items() if key not in single}
        listed = [single]
    else:
        rest = {key: value for key, value in entry.items() if key != "requirements"}
    if not isinstance(listed, list) or not all(isinstance(each, dict) for each in listed):
        return entry
    letters = (
        [""] if entry.get("requirements") is None else [chr(97 + i) for i in range(len(listed))]
    )
    requirements = [
        {
            "title": rest.get("title"),
            **_with_alternatives(each),
            "id": f"{rest.get('id')}{letter}",
        }
        for each, letter in zip(listed, letters, strict=True)
    ]
    return {**rest, "requirements": requirements}


def _with_alternatives(requirement: dict[str, Any]) -> dict[str, Any]:
    """Requirement entry in which a single measure is a list of one alternative."""
    if "any_of" in requirement:
        return requirement
    pair = {key: requirement[key] for key in ("measure", "requirement") if key in requirement}
    rest = {key: value for key, value in requirement.items() if key not in pair}
    return {**rest, "any_of": [pair]}


def _table(file: Path, faults: list[Fault]) -> Table | None:
    """Dated table of one CSV file: ``key;from;to;value;unit;source;confidence``."""
    try:
        text = file.read_text(encoding="utf-8-sig")  # spreadsheets write a byte order mark
        rows = list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))
    except (UnicodeDecodeError, csv.Error):
        faults.append(
            _fault(
                file,
                {},
                (),
                "la table n'est pas un CSV en UTF-8",
                "the table is not CSV in UTF-8",
            )
        )
        return None
    units = {row.get("unit") for row in rows}
    if len(units) != 1:
        faults.append(
            _fault(
                file,
                {},
                (),
                f"une table a une seule unité, et non {len(units)}",
                f"a table has one unit, not {len(units)}",
            )
        )
        return None
    plain = [
        {str(key): value for key, value in row.items() if key != "unit" and value not in ("", None)}
        for row in rows
    ]
    lines: Lines = {("rows",): 1} | {("rows", i): i + 2 for i in range(len(rows))}
    try:
        return Table.model_validate({"unit": units.pop(), "rows": plain})
    except ValidationError as error:
        faults.extend(_said(error, file, lines))
        return None


def _validated(kind: type[_T], file: Path, faults: list[Fault]) -> _T | None:
    """Content of ``file`` as ``kind``."""
    found = _read(file, faults)
    if found is None:
        return None
    try:
        return TypeAdapter(kind).validate_python(found[0])
    except ValidationError as error:
        faults.extend(_said(error, file, found[1]))
        return None


def _read(file: Path, faults: list[Fault]) -> tuple[Any, Lines] | None:
    """Strict YAML of ``file``, or its faults noted."""
    try:
        return read_yaml(file)
    except CharterError as error:
        faults.extend(error.faults)
        return None


def _said(error: ValidationError, file: Path, lines: Lines) -> list[Fault]:
    """Faults of a validation error, each once and at the line of its entry."""
    details = error.errors()
    places = [tuple(detail["loc"]) for detail in details]
    told = [
        _entry_fault(detail, file, lines)
        for detail, place in zip(details, places, strict=True)
        # a list whose entries are all wrong is not also too short
        if detail["type"] != "too_short"
        or not any(other[: len(place)] == place != other for other in places)
    ]
    return list(dict.fromkeys(told))


def _entry_fault(detail: Any, file: Path, lines: Lines) -> Fault:  # noqa: ANN401 - pydantic's detail
    """One fault, said for a planner."""
    path = tuple(detail["loc"])
    name = str(path[-1]) if path else file.name
    where = _place(file, lines, path)
    correct = Text("Corriger cette entrée.", "Correct this entry.")
    match detail["type"]:
        case "extra_forbidden":
            if name in _known_keys():
                what = Text(
                    f"La clé « {name} » n'a pas sa place ici.", f"The key “{name}” is out of place."
                )
                return Fault(what, where, Text("La déplacer ou l'ôter.", "Move or remove it."))
            what = Text(f"La clé « {name} » est inconnue.", f"The key “{name}” is unknown.")
            return Fault(what, where, did_you_mean(name, _known_keys()))
        case "missing":
            what = Text(f"L'entrée « {name} » manque.", f"The entry “{name}” is missing.")
            return Fault(what, where, Text("L'ajouter.", "Add it."))
        case "union_tag_not_found" | "union_tag_invalid":
            what = Text(
                "Aucun opérateur connu n'est nommé ici.", "No known operator is named here."
            )
            return Fault(what, where, Text("Voir charters/README.md.", "See charters/README.md."))
        case _:
            what = Text(
                f"La valeur {detail['input']!r:.80} de « {name} » est refusée.",
                f"The value {detail['input']!r:.80} of “{name}” is refused ({detail['msg']}).",
            )
            return Fault(what, where, correct)


def _known_keys() -> set[str]:
    """Every key that some entry may have."""
    models: Sequence[type[BaseModel]] = (Article, Requirement, Source, Table)
    keys = {key for model in models for key in model.model_fields}
    return keys | set(_SINGLE) | {"requirements", "from", "to", "unit", "value", "source", "title"}


def _fault(file: Path, lines: Lines, path: YamlPath, fr: str, en: str) -> Fault:
    """Fault at the line of ``path``."""
    fix = Text("Corriger le fichier.", "Correct the file.")
    return Fault(
        Text(f"{fr[0].upper()}{fr[1:]}.", f"{en[0].upper()}{en[1:]}."),
        _place(file, lines, path),
        fix,
    )


def _place(file: Path, lines: Lines, path: YamlPath) -> str:
    """File and line of the nearest entry that is in the file."""
    wrappers = {"requirements", "any_of", 0}
    plain: list[str | int] = []
    for step in path:
        if (*plain, step) in lines:
            plain.append(step)
        elif step not in wrappers:
            continue
    line = lines.get(tuple(plain))
    return f"{file.parent.name}/{file.name}" + (f", l. {line}" if line else "")
