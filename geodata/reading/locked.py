"""The parent's side of the reading process: what it is given, what it may use, what comes back."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyogrio
import shapely

from geodata.errors import DataError, Fault, FileFormatError, MissingCrsError, MissingFileError
from geodata.language import Text
from geodata.reading.limits import MAX_BYTES, MAX_SECONDS
from geodata.reading.worker import JSON_MARK, SHAPES

__all__ = ["RawFile", "locked_environment", "read_raw"]

_EXTENSIONS = (".geojson", ".json", ".geojson.gz", ".json.gz", ".gz")
_ERRORS: dict[str, type[DataError]] = {
    each.__name__: each for each in (DataError, FileFormatError, MissingCrsError)
}
_PACKAGES = Path(__file__).resolve().parents[2]
_DEAD_PROXY = "http://127.0.0.1:9"
_INHERITED = ("PATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR", "LD_LIBRARY_PATH")
_CHUNK = 2**20
_MODULE = "geodata.reading.worker"


@dataclass(frozen=True, slots=True)
class RawFile:
    """What one file holds, before its meaning is known."""

    name: str
    """Name of the file, without its folder."""
    rows: pd.DataFrame
    """Properties, one row per feature, in the order of the file; ``id`` is among them."""
    shapes: Any
    """Array of shapes in the file's own coordinates, None where there is none to be read."""
    crs: str | None
    """Name of the reference system in the file, if it gives one."""
    digest: str
    """SHA-256 of the file."""


def read_raw(path: Path) -> RawFile:
    """Content of a GeoJSON file (``.geojson``, ``.json``, or either with ``.gz``).

    The file is copied under a generated name, then read by a separate process with no network, no
    GDAL driver and bounded memory and time. Nothing the user wrote becomes a path.

    Raises
    ------
    MissingFileError
        There is no such file.
    FileFormatError
        Not a format that is read, empty, damaged, or larger than the limits.
    DataError
        Features or a ``crs`` member that cannot be understood.
    """
    _require_readable(path)
    with tempfile.TemporaryDirectory(prefix="technopole-") as folder:
        copy = Path(folder) / f"{uuid.uuid4().hex}.geojson"
        result = copy.with_suffix(".arrow")
        digest = _copied(path, copy)
        answer = _answer(path.name, copy, result)
        rows, shapes = _frame(result)
    return RawFile(path.name, rows, shapes, answer["crs"], digest)


def locked_environment() -> dict[str, str]:
    """Environment of the reading process: no network, and no GDAL driver, for it needs none.

    Names are separated by commas, because several drivers have a space in theirs.
    """
    kept = {name: os.environ[name] for name in _INHERITED if name in os.environ}
    return {
        **kept,
        "PYTHONPATH": str(_PACKAGES),
        "PYTHONUTF8": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
        "GDAL_SKIP": ",".join(sorted(pyogrio.list_drivers())),
        "GDAL_HTTP_PROXY": _DEAD_PROXY,
        "http_proxy": _DEAD_PROXY,
        "https_proxy": _DEAD_PROXY,
        "NO_PROXY": "",
        "CPL_VSIL_CURL_ALLOWED_EXTENSIONS": ".none",
        "PROJ_NETWORK": "OFF",
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
    }


def _require_readable(path: Path) -> None:
    """Refuse what cannot be a file of ours, before copying it."""
    try:
        size = path.stat().st_size
    except (OSError, ValueError) as error:
        raise MissingFileError(
            Fault(
                Text("Ce fichier n'existe pas.", "This file does not exist."),
                path.name,
                Text("Vérifier le chemin.", "Check the path."),
            )
        ) from error
    if not path.is_file():
        raise FileFormatError(
            Fault(
                Text("C'est un dossier, pas un fichier.", "This is a folder, not a file."),
                path.name,
                Text("Indiquer un fichier de ce dossier.", "Name a file of this folder."),
            )
        )
    if not path.name.lower().endswith(_EXTENSIONS):
        known = ", ".join(_EXTENSIONS[:-1])
        raise FileFormatError(
            Fault(
                Text("Ce format n'est pas lu.", "This format is not read."),
                path.name,
                Text(f"Formats lus : {known}.", f"Formats read: {known}."),
            )
        )
    if not 0 < size <= MAX_BYTES:
        raise FileFormatError(_bad_size(path.name, size))


def _copied(path: Path, copy: Path) -> str:
    """Copy the file and return its SHA-256."""
    digest = hashlib.sha256()
    try:
        with path.open("rb") as source, copy.open("wb") as target:
            while chunk := source.read(_CHUNK):
                digest.update(chunk)
                target.write(chunk)
    except OSError as error:
        raise FileFormatError(
            Fault(
                Text("Le fichier ne peut pas être ouvert.", "The file cannot be opened."),
                path.name,
                Text("Vérifier les droits et la place libre.", "Check rights and free space."),
            )
        ) from error
    return digest.hexdigest()


def _answer(name: str, copy: Path, result: Path) -> dict[str, Any]:
    """What the reading process says, its refusals raised with the name of the user's file."""
    command = [sys.executable, "-P", "-m", _MODULE]
    request = json.dumps({"file": copy.name, "result": result.name})
    with contextlib.suppress(subprocess.TimeoutExpired, json.JSONDecodeError):
        ended = subprocess.run(  # noqa: S603 - our own module, under a generated file name
            command,
            input=request + "\n",
            capture_output=True,
            check=False,
            cwd=copy.parent,
            encoding="utf-8",
            env=locked_environment(),
            timeout=MAX_SECONDS,
        )
        if ended.returncode == 0:
            answer: dict[str, Any] = json.loads(ended.stdout)
            if "error" in answer:
                raise _ERRORS[answer["error"]](*(_heard(each, name) for each in answer["faults"]))
            return answer
    raise FileFormatError(_gave_up(name))


def _frame(result: Path) -> tuple[pd.DataFrame, Any]:
    """Rows and shapes of the result file."""
    with pa.OSFile(str(result), "rb") as source:
        table = pa.ipc.open_file(source).read_all()
    columns = {
        field.name: _values(table.column(field.name), field)
        for field in table.schema
        if field.name != SHAPES
    }
    shapes = shapely.from_wkb(table.column(SHAPES).to_numpy(zero_copy_only=False))
    return pd.DataFrame(columns, index=pd.RangeIndex(table.num_rows)), shapes


def _values(column: pa.ChunkedArray, field: pa.Field) -> pd.Series:
    """One column, values of several kinds as objects."""
    if field.metadata and JSON_MARK in field.metadata:
        return pd.Series([json.loads(each) for each in column.to_pylist()], dtype=object)
    return column.to_pandas()


def _heard(told: list[str], name: str) -> Fault:
    """Fault that came from the reading process, placed in the user's file."""
    what_fr, what_en, _where, remedy_fr, remedy_en = told
    return Fault(Text(what_fr, what_en), name, Text(remedy_fr, remedy_en))


def _bad_size(name: str, size: int) -> Fault:
    """Fault of a file that is empty or too large."""
    limit = MAX_BYTES // 2**20
    if size == 0:
        return Fault(
            Text("Le fichier est vide.", "The file is empty."),
            name,
            Text("Le télécharger de nouveau.", "Download it again."),
        )
    return Fault(
        Text(
            f"Le fichier pèse {size // 2**20} Mo ; la limite est {limit} Mo.",
            f"The file has {size // 2**20} MB; the limit is {limit} MB.",
        ),
        name,
        Text("Le découper, par commune par exemple.", "Split it, by municipality for instance."),
    )


def _gave_up(name: str) -> Fault:
    """Fault of a file whose reading took too much time or memory, or crashed."""
    return Fault(
        Text(
            "La lecture a demandé trop de temps ou de mémoire, ou a échoué.",
            "Reading took too much time or memory, or failed.",
        ),
        name,
        Text(
            "Découper le fichier, ou le réenregistrer depuis QGIS.",
            "Split the file, or save it again from QGIS.",
        ),
    )
