"""GeoPackage that somebody hands over, read as the SQLite file it is.

No GDAL driver is involved: the file is opened read-only, with the schema not trusted, bounded in
length and time, and only its tables (never its views) are read.
"""

from __future__ import annotations

import sqlite3
import struct
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import shapely

from geodata.errors import Fault, FileFormatError
from geodata.language import Text
from geodata.standards.cnig_se.standard import standard

__all__ = ["StoredTable", "read_geopackage"]

_SIGNATURE = b"SQLite format 3\x00"
_MAX_SECONDS = 60.0
_MAX_ROWS = 500_000
_MAX_CELL = 64 * 2**20
_HEADER = struct.Struct("<2sBBi")
_ENVELOPES = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}


@dataclass(frozen=True, slots=True)
class StoredTable:
    """One table of a GeoPackage."""

    header: tuple[str, ...]
    """Columns in their order, without ``fid`` and geometry."""
    cells: dict[str, list[str]]
    """Cells as text by column; empty where null."""
    fids: tuple[int, ...]
    """Key of each row."""
    shapes: list[Any]
    """Shape of each row, or None."""
    crs: str | None
    """Reference system, as ``EPSG:2154``."""


def read_geopackage(content: bytes, *, file: str) -> dict[str, StoredTable]:
    """Tables of the standard in the bytes of a GeoPackage.

    Raises
    ------
    FileFormatError
        No SQLite file, damaged, or too long to read.
    """
    if not content.startswith(_SIGNATURE):
        raise FileFormatError(_damaged(file))
    with tempfile.TemporaryDirectory(prefix="technopole-") as folder:
        copy = Path(folder) / "delivery.gpkg"
        copy.write_bytes(content)
        try:
            with closing(_guarded(copy)) as database:
                return dict(_tables(database))
        except (sqlite3.Error, shapely.errors.ShapelyError, struct.error, ValueError) as error:
            raise FileFormatError(_damaged(file)) from error


def _guarded(path: Path) -> sqlite3.Connection:
    """Database opened read-only, that gives up after a while and believes nothing."""
    database = sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)
    database.execute("PRAGMA trusted_schema = OFF")
    database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _MAX_CELL)
    end = time.monotonic() + _MAX_SECONDS
    database.set_progress_handler(lambda: int(time.monotonic() > end), 100_000)
    database.text_factory = lambda raw: raw.decode("utf-8", errors="replace")
    return database


def _tables(database: sqlite3.Connection) -> Iterator[tuple[str, StoredTable]]:
    """Tables whose names the standard knows."""
    present = {
        str(name).lower(): str(name)
        for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    }
    described = {
        str(table).lower(): (str(column), organisation, code)
        for table, column, organisation, code in database.execute(
            "SELECT g.table_name, g.column_name, s.organization, s.organization_coordsys_id "
            "FROM gpkg_geometry_columns g LEFT JOIN gpkg_spatial_ref_sys s ON s.srs_id = g.srs_id"
        )
    }
    for name in standard().tables:
        if name in present:
            geometry, organisation, code = described.get(name, ("geom", None, None))
            crs = f"{organisation}:{code}" if organisation and code and code > 0 else None
            yield name, _stored(database, present[name], geometry, crs)


def _stored(database: sqlite3.Connection, name: str, geometry: str, crs: str | None) -> StoredTable:
    """One table with its shapes."""
    columns = [
        (str(column), is_key)
        for _, column, _, _, _, is_key in database.execute(f"PRAGMA table_info({_quoted(name)})")
    ]
    wanted = [column for column, is_key in columns if not is_key and column != geometry]
    has_shape = geometry in [column for column, _ in columns]
    asked = [*wanted, geometry] if has_shape else wanted
    rows = database.execute(
        f"SELECT rowid, {', '.join(map(_quoted, asked))} FROM {_quoted(name)} "  # noqa: S608 - quoted
        f"LIMIT {_MAX_ROWS}"
    ).fetchall()
    cells = {
        column.lower(): [_cell(row[position]) for row in rows]
        for position, column in enumerate(wanted, 1)
    }
    shapes = [_shape(row[-1]) if has_shape else None for row in rows]
    return StoredTable(
        tuple(each.lower() for each in wanted), cells, tuple(row[0] for row in rows), shapes, crs
    )


def _cell(value: object) -> str:
    """Cell as the CSV would say it."""
    if value is None:
        return ""
    if isinstance(value, float):
        return format(value, ".15g")
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


def _shape(blob: object) -> shapely.Geometry | None:
    """Shape of a GeoPackage blob."""
    if not isinstance(blob, bytes):
        return None
    mark, _, flags, _ = _HEADER.unpack_from(blob)
    if mark != b"GP":
        raise ValueError(mark)
    return shapely.from_wkb(blob[_HEADER.size + _ENVELOPES[flags >> 1 & 7] :])


def _quoted(name: str) -> str:
    """Name as SQL understands it."""
    return '"' + name.replace('"', '""') + '"'


def _damaged(file: str) -> Fault:
    """Fault of a file that is no GeoPackage."""
    return Fault(
        Text(
            "Ce GeoPackage est abîmé, ou n'en est pas un.",
            "This GeoPackage is damaged, or is none.",
        ),
        file,
        Text("Le réenregistrer depuis QGIS.", "Save it again from QGIS."),
    )
