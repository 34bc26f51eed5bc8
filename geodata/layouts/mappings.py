"""A planner's own mapping of columns: checked strictly, saved as YAML, read back the same."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from typing import TypeAlias

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from geodata.catalog import catalog, contract
from geodata.errors import DataError, Fault, SelectionError, did_you_mean
from geodata.language import Text
from geodata.writing.files import replacing
from geodata.yaml_reading import read_yaml
from geodata.yaml_writing import yaml_text

__all__ = [
    "Constant",
    "Mapping",
    "load_mapping",
    "mapping_names",
    "mappings_folder",
    "save_mapping",
]

_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}")
_FOLDER_VARIABLE = "TECHNOPOLE_MAPPINGS"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Constant(_Strict):
    """The same value for every feature."""

    constant: str | bool | float | int
    """That value."""


Source: TypeAlias = str | Constant


class Mapping(_Strict):
    """Where each column of a layer comes from, for a layout of the planner's own."""

    name: str = Field(pattern=f"^{_NAME.pattern}$")
    """Name it is saved under: small letters, digits, ``-`` and ``_``."""
    layer: str
    """Layer of the catalog."""
    columns: dict[str, Source]
    """Column of the file, or constant, by column of the catalog."""
    values: dict[str, dict[str, str]] = {}
    """Word of the catalog by word of the file, by column of the catalog, where lists differ."""
    crs: str | None = None
    """Reference system of the coordinates, where files of this layout do not say it."""

    @model_validator(mode="after")
    def _known(self) -> Mapping:
        """Refuse layers and columns that do not exist."""
        if self.layer not in catalog():
            raise ValueError(f"layer: {self.layer}")
        columns = contract(self.layer).columns
        unknown = [each for each in (*self.columns, *self.values) if each not in columns]
        if unknown:
            raise ValueError(f"columns: {', '.join(unknown)}")
        for name, source in self.columns.items():
            allowed = columns[name].values
            if allowed and isinstance(source, Constant) and source.constant not in allowed:
                raise ValueError(f"{name}: {source.constant} ({', '.join(allowed)})")
        return self


def mappings_folder() -> Path:
    """Folder of the planner's mappings: ``TECHNOPOLE_MAPPINGS``, else where the system keeps such.

    It need not exist.
    """
    named = os.environ.get(_FOLDER_VARIABLE)
    if named:
        return Path(named)
    home = Path.home()
    kept = {
        "win32": Path(os.environ.get("APPDATA") or home / "AppData" / "Roaming"),
        "darwin": home / "Library" / "Application Support",
    }.get(sys.platform, Path(os.environ.get("XDG_CONFIG_HOME") or home / ".config"))
    return kept / "technopole" / "mappings"


def mapping_names(folder: Path | None = None) -> tuple[str, ...]:
    """Names of the mappings that were saved, in alphabetical order."""
    files = sorted((folder or mappings_folder()).glob("*.yaml"))
    return tuple(file.stem for file in files if _NAME.fullmatch(file.stem))


def save_mapping(mapping: Mapping, *, folder: Path | None = None) -> Path:
    """Write ``mapping`` under its name, replacing an older one whole; returns the file.

    Raises
    ------
    StoreError
        The file cannot be written.
    """
    target = folder or mappings_folder()
    target.mkdir(parents=True, exist_ok=True)
    file = target / f"{mapping.name}.yaml"
    content = mapping.model_dump(exclude_defaults=True)
    with replacing(file) as aside:
        aside.write_text(yaml_text(content), encoding="utf-8")
    return file


def load_mapping(name: str, *, folder: Path | None = None) -> Mapping:
    """Mapping saved under ``name``.

    Raises
    ------
    SelectionError
        None is saved under that name.
    DataError
        The file is no mapping: unknown keys, layer or columns, or not plain YAML.
    """
    known = mapping_names(folder)
    if name not in known:
        raise SelectionError(_unknown(name, known))
    file = (folder or mappings_folder()) / f"{name}.yaml"
    content, lines = read_yaml(file, refuse=DataError)
    try:
        made = Mapping.model_validate(content)
    except ValidationError as error:
        raise DataError(*(_wrong(each, lines, file.name) for each in error.errors())) from error
    if made.name != name:
        raise DataError(_other_name(made.name, file.name))
    return made


def _unknown(name: str, known: tuple[str, ...]) -> Fault:
    """Fault of a name under which nothing is saved."""
    none = Text(
        "Aucune n'est enregistrée : en créer une dans la page d'import.",
        "None is saved: make one on the import page.",
    )
    shown = name[:60]
    return Fault(
        Text(f"Correspondance inconnue : « {shown} ».", f"Unknown mapping: “{shown}”."),
        "",
        did_you_mean(name, known) if known else none,
    )


def _wrong(error: object, lines: dict[tuple[str | int, ...], int], name: str) -> Fault:
    """Fault of one entry of a mapping file."""
    place = tuple(error["loc"])  # type: ignore[index]
    while place and place not in lines:
        place = place[:-1]
    line = lines.get(place, 1)
    key = " → ".join(str(each) for each in place) or "?"
    met = str(error["msg"])[:120]  # type: ignore[index]
    return Fault(
        Text(f"Entrée refusée : {key} ({met}).", f"Entry refused: {key} ({met})."),
        f"{name}, l. {line}",
        Text("Corriger le fichier, ou refaire la correspondance.", "Correct or redo the mapping."),
    )


def _other_name(met: str, name: str) -> Fault:
    """Fault of a file that was renamed."""
    return Fault(
        Text(f"La correspondance se nomme « {met} ».", f"The mapping is called “{met}”."),
        name,
        Text("Rendre au fichier ce nom.", "Give the file that name back."),
    )
