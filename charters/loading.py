"""Article files → a charter, or one error that lists every fault with file and line."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeAlias

from pydantic import TypeAdapter, ValidationError

from charters.checking import check_charter
from charters.entry_faults import SHORTHAND, entry_faults
from charters.model import Article, Charter, Source, Table
from charters.places import Place, fault_at
from charters.tables import table_of
from geodata.errors import CharterError, Fault, MissingFileError
from geodata.language import Text
from geodata.yaml_reading import YAML_LIMIT, Lines, parse_yaml

__all__ = [
    "CHARTERS",
    "HEAD",
    "PACKAGED",
    "SOURCES",
    "Files",
    "charter_of",
    "load_charter",
    "load_charters",
    "read_files",
]

CHARTERS = ("industrial_parks", "commercial_hotel")
"""Ids of the two charters, in the order of the screen."""
PACKAGED = Path(__file__).parent
"""Folder of the packaged charters."""
HEAD, SOURCES = "charter.yaml", "sources.yaml"

Files: TypeAlias = Mapping[str, bytes]
"""Content by name, relative to a folder, with ``/`` between folders."""


@functools.cache
def load_charters() -> tuple[Charter, ...]:
    """Both packaged charters."""
    return tuple(load_charter(PACKAGED / name) for name in CHARTERS)


def load_charter(folder: Path, *, sources: Path = PACKAGED / SOURCES) -> Charter:
    """Charter kept in ``folder``: ``charter.yaml``, one file per article, ``tables/*.csv``.

    Raises
    ------
    MissingFileError
        The folder holds no ``charter.yaml``.
    CharterError
        Every fault of every file, with file and line.
    """
    if not (folder / HEAD).is_file():
        raise MissingFileError(
            Fault(
                Text("Le fichier charter.yaml manque.", "The file charter.yaml is missing."),
                folder.name,
                Text("Désigner le dossier d'une charte.", "Name the folder of a charter."),
            )
        )
    return charter_of(read_files(folder), folder=folder.name, sources=_head_of(sources))


def read_files(folder: Path) -> dict[str, bytes]:
    """Files that make the charter in ``folder``; of one that is too large, enough to refuse it."""
    found = [*sorted(folder.glob("*.yaml")), *sorted(folder.glob("tables/*.csv"))]
    return {file.relative_to(folder).as_posix(): _head_of(file) for file in found}


def charter_of(files: Files, *, folder: str, sources: bytes) -> Charter:
    """Charter that these files make.

    Parameters
    ----------
    files
        ``charter.yaml``, one file per article, ``tables/<name>.csv``.
    folder
        Name of their folder, said where a fault is.
    sources
        What the articles may cite, YAML.

    Raises
    ------
    CharterError
        Every fault of every file, with file and line.
    """
    faults: list[Fault] = []
    head, head_place = _head(files.get(HEAD, b""), folder, faults)
    cited = _sources(sources, faults)
    tables: dict[str, Table | None] = {}
    articles: list[Article] = []
    places: dict[str, Place] = {}
    for name, content in files.items():
        stem = Path(name).stem
        if name.startswith("tables/"):
            tables[stem], places[stem] = table_of(content, name=name, faults=faults)
        elif name != HEAD:
            place = Place(f"{folder}/{name}")
            article, places[stem] = _article(content, stem, place, faults)
            articles += [] if article is None else [article]
    if faults:
        raise CharterError(*faults)
    try:
        charter = Charter.model_validate(
            {**head, "articles": articles, "tables": tables, "sources": cited}
        )
    except ValidationError as error:
        raise CharterError(*entry_faults(error, head_place)) from None
    check_charter(charter, places)
    return charter


def _head_of(file: Path) -> bytes:
    """Content of a file, cut just beyond what is accepted."""
    with file.open("rb") as opened:
        return opened.read(YAML_LIMIT + 1)


def _head(content: bytes, folder: str, faults: list[Fault]) -> tuple[dict[str, Any], Place]:
    """Entries of ``charter.yaml``, which names neither articles nor tables nor sources."""
    entries, lines = _read(content, f"{folder}/{HEAD}", faults) or ({}, {})
    place = Place(f"{folder}/{HEAD}", lines)
    if not isinstance(entries, dict):
        faults.append(fault_at(place, "une charte est attendue", "a charter is expected"))
        return {}, place
    faults.extend(
        fault_at(place.at(name), f"« {name} » n'a rien à faire ici", f"“{name}” is not for here")
        for name in sorted({"articles", "tables", "sources"} & set(entries))
    )
    return entries, place


def _sources(content: bytes, faults: list[Fault]) -> dict[str, Source]:
    """What the articles may cite."""
    found = _read(content, SOURCES, faults)
    if found is None:
        return {}
    try:
        return TypeAdapter(dict[str, Source]).validate_python(found[0])
    except ValidationError as error:
        faults.extend(entry_faults(error, Place(SOURCES, found[1])))
        return {}


def _article(
    content: bytes, stem: str, place: Place, faults: list[Fault]
) -> tuple[Article | None, Place]:
    """Article of one file; a file with one requirement writes it without a list."""
    found = _read(content, place.file, faults)
    if found is None:
        return None, place
    entry, lines = found
    here = Place(place.file, lines)
    if not isinstance(entry, dict):
        faults.append(fault_at(here, "un article est attendu", "an article is expected"))
        return None, here
    try:
        article = Article.model_validate(_with_requirements(entry))
    except ValidationError as error:
        faults.extend(entry_faults(error, here))
        return None, here
    if article.id != stem:
        faults.append(
            fault_at(
                here.at("id"),
                f"l'article s'appelle {article.id}, son fichier {stem}",
                f"the article is called {article.id}, its file {stem}",
            )
        )
    return article, here


def _with_requirements(entry: dict[str, Any]) -> dict[str, Any]:
    """Article entry in which requirements are a list with ids and titles."""
    listed = entry.get("requirements")
    if listed is None:
        single = {key: entry[key] for key in SHORTHAND if key in entry}
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


def _read(content: bytes, name: str, faults: list[Fault]) -> tuple[Any, Lines] | None:
    """Strict YAML of a file, or its faults noted."""
    try:
        return parse_yaml(content, name=name)
    except CharterError as error:
        faults.extend(error.faults)
        return None
