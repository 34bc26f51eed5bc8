"""Files that GDAL reads, with the one driver their format needs; runs in the reading process only.

The path is a generated name in a folder made for this file. The environment of the process allows
one driver, see :func:`geodata.reading.locked.locked_environment`.
"""

from __future__ import annotations

import contextlib
import re
import sqlite3
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyogrio
import pyogrio.errors
import shapely

from geodata.crs import WEB_CRS
from geodata.errors import Fault, FileFormatError
from geodata.language import Text
from geodata.reading.defects import Defect, defect
from geodata.reading.found import Found, named_columns, require_few_rows
from geodata.reading.limits import MAX_FEATURES, MAX_LAYERS

__all__ = ["plain_columns", "read_with_gdal"]

_STYLE_TABLES = {"layer_styles", "qgis_projects"}
_LAYERED = {"gpkg", "edigeo"}
"""Formats whose tables have names of their own."""
_DEGREES = {"kml"}
"""Formats whose system is fixed by their standard."""
_TYPES = {
    8: "CircularString", 9: "CompoundCurve", 10: "CurvePolygon", 11: "MultiCurve",
    12: "MultiSurface", 13: "Curve", 14: "Surface", 15: "PolyhedralSurface", 16: "TIN",
    17: "Triangle",
}  # fmt: skip
_WKB_HEAD = 5
_WKB_25D = 0x80000000
_EDIGEO_NAME = re.compile(rb"(?:LONSA|GNNSA|GONSA|QANSA|DINSA|SCNSA|GDNSA)\d\d:([^\r\n]*)")
_PLAIN_NAME = re.compile(rb"[A-Za-z0-9_-]{0,20}")
_LINKS = re.compile(rb"open\s+table|isseamless|create\s+view|type\s+linked", re.IGNORECASE)
_LOOKED_AT = 2**20


def read_with_gdal(path: Path, *, kind: str, name: str) -> list[Found]:
    """Every table of the file at ``path``.

    Raises
    ------
    FileFormatError
        Not what it seems, damaged, or pointing to other files.
    """
    _require_no_pointer(path, kind)
    defects: list[Defect] = [] if kind != "gpkg" else _damage(path)
    encoding = None
    if kind in {"shapefile", "dbf"}:
        encoding, defects = _encoding(path)
    try:
        layers = [str(each) for each in pyogrio.list_layers(path)[:, 0]]
        wanted = [each for each in layers if each.lower() not in _STYLE_TABLES]
        if not wanted:
            raise FileFormatError(_NO_TABLE)
        if len(wanted) > MAX_LAYERS:
            raise FileFormatError(_too_many_layers(len(wanted)))
        alone = len(wanted) == 1 and kind not in _LAYERED
        found = [
            _read(path, layer, kind=kind, encoding=encoding, name=name if alone else layer)
            for layer in wanted
        ]
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError) as error:
        raise FileFormatError(_cannot_read(kind)) from error
    except (pa.ArrowException, ValueError, UnicodeError, RuntimeError) as error:
        if isinstance(error, FileFormatError):
            raise
        raise FileFormatError(_cannot_read(kind)) from error
    found[0].defects.extend(defects)
    return found


def _read(path: Path, layer: str, *, kind: str, encoding: str | None, name: str) -> Found:
    """One table."""
    meta, table = pyogrio.read_arrow(
        path, layer=layer, max_features=MAX_FEATURES + 1, encoding=encoding
    )
    require_few_rows(table.num_rows)
    column = meta["geometry_name"] or "wkb_geometry"
    declared = WEB_CRS if kind in _DEGREES else meta["crs"]
    if column not in table.column_names or meta["geometry_type"] is None:
        plain, renamed = plain_columns(table)
        return Found(name, plain, None, None, renamed)
    plain, renamed = plain_columns(table.drop_columns([column]))
    shapes, nulls, unsupported, types = _shapes(table.column(column))
    return Found(
        name, plain, shapes, declared, renamed, nulls, unsupported=unsupported, types=types
    )


def _shapes(column: pa.ChunkedArray) -> tuple[np.ndarray, np.ndarray, np.ndarray, str]:
    """Shapes of WKB; which are null; and which are of a type that is not read, with its name."""
    binary = column.to_numpy(zero_copy_only=False)
    nulls = np.array([each is None for each in binary], dtype=bool)
    odd = [None if each is None else _TYPES.get(_wkb_type(each)) for each in binary]
    unsupported = np.array([each is not None for each in odd], dtype=bool)
    kept = binary.copy()
    kept[unsupported] = None
    shapes = shapely.from_wkb(kept, on_invalid="ignore")
    return shapes, nulls, unsupported, ", ".join(sorted({each for each in odd if each}))


def _wkb_type(binary: bytes) -> int:
    """Type number of one WKB, without its dimensions."""
    if len(binary) < _WKB_HEAD:
        return 0
    order = "little" if binary[0] == 1 else "big"
    number = int.from_bytes(binary[1:_WKB_HEAD], order)  # type: ignore[arg-type]
    return (number & ~_WKB_25D) % 1000


def plain_columns(table: pa.Table) -> tuple[pa.Table, list[Defect]]:
    """Columns of text, numbers and booleans; dates as ISO 8601 text, bytes left out."""
    names, columns = [], []
    for name, column in zip(table.column_names, table.columns, strict=True):
        made = _plain_column(column)
        if made is not None:
            names.append(name)
            columns.append(made)
    made_names, defects = named_columns(names)
    plain = pa.table(columns, names=made_names)
    plain.validate(full=True)
    if not columns:  # a table without columns forgets how many rows it has
        plain = pa.table({"id": pa.nulls(table.num_rows, pa.string())})
    return plain, defects


def _plain_column(column: pa.ChunkedArray) -> pa.ChunkedArray | None:
    """One column in a plain type; None where it has none."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        return _plain_column(pc.cast(column, kind.value_type))
    if pa.types.is_date(kind):
        return pc.strftime(column, format="%Y-%m-%d")
    if pa.types.is_timestamp(kind):
        return pc.strftime(column, format="%Y-%m-%dT%H:%M:%S")
    if pa.types.is_time(kind):
        return pc.cast(column, pa.string())
    if pa.types.is_large_string(kind) or pa.types.is_string(kind):
        return pc.cast(column, pa.string())
    if pa.types.is_list(kind) or pa.types.is_large_list(kind):
        texts = [None if each is None else "|".join(map(str, each)) for each in column.to_pylist()]
        return pa.chunked_array([pa.array(texts, pa.string())])
    if pa.types.is_floating(kind) or pa.types.is_integer(kind) or pa.types.is_boolean(kind):
        return column
    if pa.types.is_decimal(kind):
        return pc.cast(column, pa.float64())
    return None


def _encoding(path: Path) -> tuple[str | None, list[Defect]]:
    """Encoding of a dBase table whose .cpg is missing: UTF-8 when its bytes are."""
    content, cpg = path.with_suffix(".dbf"), path.with_suffix(".cpg")
    if cpg.exists() or not content.exists():
        return None, []
    head = content.read_bytes()
    start = int.from_bytes(head[8:10], "little")
    if head[start:].isascii():
        return None, []
    try:
        head[start:].decode("utf-8")
    except UnicodeDecodeError:
        return "CP1252", [defect("encoding_guessed", count=1, encoding="Windows-1252")]
    return "UTF-8", []


def _damage(path: Path) -> list[Defect]:
    """Damage that SQLite finds in a GeoPackage whose tables may still be read."""
    try:
        with contextlib.closing(sqlite3.connect(f"file:{path.name}?mode=ro", uri=True)) as base:
            told = base.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.DatabaseError as error:
        raise FileFormatError(_cannot_read("gpkg")) from error
    return [] if told == ("ok",) else [defect("damaged_database", count=1)]


def _require_no_pointer(path: Path, kind: str) -> None:
    """Refuse files that name other files than their own parts."""
    if kind == "edigeo":
        names = _EDIGEO_NAME.findall(path.read_bytes())
        if not all(_PLAIN_NAME.fullmatch(each.strip()) for each in names):
            raise FileFormatError(_POINTS_ELSEWHERE)
    if kind == "mapinfo":
        with path.open("rb") as source:
            head = source.read(_LOOKED_AT)
        if _LINKS.search(head):
            raise FileFormatError(_POINTS_ELSEWHERE)


_AGAIN = Text(
    "Réexporter le fichier, en GeoPackage par exemple.",
    "Export the file again, as GeoPackage for instance.",
)
_POINTS_ELSEWHERE = Fault(
    Text(
        "Le fichier renvoie à d'autres fichiers, qui ne sont jamais ouverts.",
        "The file points to other files, which are never opened.",
    ),
    "",
    _AGAIN,
)
_NO_TABLE = Fault(
    Text("Le fichier ne contient aucune table.", "The file holds no table."), "", _AGAIN
)


def _cannot_read(kind: str) -> Fault:
    """Fault of a file that its driver refuses; what the driver says may hold paths, so it stays."""
    return Fault(
        Text(
            f"Le fichier est abîmé, incomplet, ou n'est pas du {kind}.",
            f"The file is damaged, incomplete, or no {kind}.",
        ),
        "",
        _AGAIN,
    )


def _too_many_layers(count: int) -> Fault:
    """Fault of a file of too many tables."""
    return Fault(
        Text(
            f"Le fichier compte {count} tables ; la limite est {MAX_LAYERS}.",
            f"The file has {count} tables; the limit is {MAX_LAYERS}.",
        ),
        "",
        Text("N'exporter que les tables utiles.", "Export the useful tables only."),
    )
