"""A change put into the files of an edition: rows are added, texts replaced, the rest is kept."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from typing import Any

from charters.editing import (
    AddArticle,
    AddRow,
    AddValue,
    Change,
    EditText,
    EndArticle,
    NewSource,
    SetNature,
)
from charters.loading import SOURCES, Files
from geodata.errors import CharterError, Fault
from geodata.language import Text
from geodata.yaml_reading import parse_yaml
from geodata.yaml_writing import yaml_text

__all__ = ["article_of", "new_article_id", "with_change"]


def with_change(files: Files, change: Change) -> dict[str, bytes]:
    """Files of an edition with one change, which :mod:`charters.editing_checks` has accepted.

    Raises
    ------
    CharterError
        What it changes is not there, or the text of a new article is no YAML.
    """
    changed = dict(files)
    new_source = getattr(change, "new_source", None)
    if new_source is not None:
        changed[SOURCES] = _with_source(changed[SOURCES], new_source)
    match change:
        case AddRow():
            path = f"{change.charter}/tables/{change.table}.csv"
            changed[path] = _with_row(_content(files, path), change)
        case AddArticle():
            name = new_article_id(change.content)
            changed[f"{change.charter}/{name}.yaml"] = change.content.encode()
        case EndArticle():
            path = f"{change.charter}/{change.article}.yaml"
            changed[path] = _written(_ended(_document(files, path), change))
        case _:
            path = f"{change.charter}/{article_of(change.requirement)}.yaml"
            changed[path] = _written(_with_requirement(_document(files, path), change))
    return changed


def new_article_id(content: str) -> str | None:
    """Id that the text of a new article gives it, None where it gives none.

    Raises
    ------
    CharterError
        The text is no YAML.
    """
    document, _ = parse_yaml(content.encode(), name="content")
    name = document.get("id") if isinstance(document, dict) else None
    return name if isinstance(name, str) else None


def article_of(requirement: str) -> str:
    """Id of the article of a requirement: PI-05 of PI-05b."""
    return requirement.rstrip("abcdefghijklmnopqrstuvwxyz")


def _with_requirement(
    document: dict[str, Any], change: AddValue | EditText | SetNature
) -> dict[str, Any]:
    """Article in which one requirement, or a text of the article, is changed."""
    if isinstance(change, EditText) and _is_of_article(document, change):
        return {**document, change.part: change.text._asdict()}
    if "requirements" not in document:
        return _changed(document, change)
    position = ord(change.requirement[-1]) - ord("a")
    listed = list(document["requirements"])
    listed[position] = _changed(listed[position], change)
    return {**document, "requirements": listed}


def _is_of_article(document: Mapping[str, Any], change: EditText) -> bool:
    """Whether a text is one of the article rather than of one of several requirements."""
    return change.part == "note" or change.requirement == document["id"]


def _changed(entry: Mapping[str, Any], change: AddValue | EditText | SetNature) -> dict[str, Any]:
    """Requirement with one change."""
    match change:
        case EditText():
            return {**entry, change.part: change.text._asdict()}
        case SetNature():
            return {**entry, "kind": change.kind, "severity": change.severity}
        case _:
            parameter = entry["parameters"][change.parameter]
            rows = sorted([*parameter["values"], _row(change)], key=lambda each: each["from"])
            dated = {**parameter, "values": rows}
            return {**entry, "parameters": {**entry["parameters"], change.parameter: dated}}


def _row(change: AddValue | AddRow) -> dict[str, Any]:
    """Dated value, in the order in which articles write it."""
    whole = int(change.value) if change.value.is_integer() else change.value
    row: dict[str, Any] = {"from": change.since, "to": change.until, "value": whole}
    row |= {"source": change.source, "confidence": change.confidence}
    if change.confidence == "checked":
        del row["confidence"]
    return {name: each for name, each in row.items() if each is not None}


def _with_row(content: bytes, change: AddRow) -> bytes:
    """Table of a spreadsheet with one more line."""
    line = io.StringIO()
    row = {"unit": change.unit, "key": change.key, **_row(change)}
    header = content.decode("utf-8-sig").partition("\n")[0].strip().split(";")
    csv.writer(line, delimiter=";", lineterminator="\n").writerow(
        [str(row.get(name, "")) for name in header]
    )
    return content.rstrip(b"\r\n") + b"\n" + line.getvalue().encode()


def _ended(document: dict[str, Any], change: EndArticle) -> dict[str, Any]:
    """Article that ends, with the source that says so."""
    sources = list(dict.fromkeys([*document["sources"], change.source]))
    in_force = {**document["in_force"], "to": change.until}
    return {**document, "in_force": in_force, "sources": sources}


def _with_source(content: bytes, source: NewSource) -> bytes:
    """Sources with one more at the end; the rest keeps its comments."""
    entry = source.model_dump(mode="python", exclude_none=True, exclude={"id"})
    entry["text"] = source.text._asdict()
    return content.rstrip(b"\n") + b"\n" + yaml_text({source.id: entry}).encode()


def _document(files: Files, path: str) -> dict[str, Any]:
    """Entries of an article file."""
    document, _ = parse_yaml(_content(files, path), name=path)
    return dict(document)


def _content(files: Files, path: str) -> bytes:
    """Content of a file that must be there."""
    if path in files:
        return files[path]
    what = Text(
        f"Le fichier {path} n'est pas dans cette édition.", f"{path} is not in this edition."
    )
    raise CharterError(Fault(what, path, Text("Choisir un autre article.", "Choose another.")))


def _written(document: object) -> bytes:
    """Text of an article file."""
    return yaml_text(document).encode()
