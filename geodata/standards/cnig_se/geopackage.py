"""GeoPackage of the standard, read and written as the SQLite file it is: types as in the template.

No GDAL driver is involved: a file that somebody hands over is opened read-only, with the schema not
trusted, bounded in length and time, and only its tables (never its views) are read.
"""

from __future__ import annotations

import sqlite3
import struct
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyproj
import shapely

from geodata.crs import PARTNER_CRS, WEB_CRS
from geodata.errors import Fault, FileFormatError
from geodata.language import Text
from geodata.standards.cnig_se.standard import Table, standard
from geodata.writing.files import replacing

__all__ = ["StoredTable", "read_geopackage", "write_geopackage"]

_APPLICATION_ID = 0x47504B47
_VERSION = 10300
_SIGNATURE = b"SQLite format 3\x00"
_MAX_SECONDS = 60.0
_MAX_ROWS = 500_000
_MAX_CELL = 64 * 2**20
_ENVELOPES = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}
_HEADER = struct.Struct("<2sBBi")


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


def write_geopackage(
    path: Path,
    rows: Mapping[str, Sequence[Mapping[str, Any]]],
    shapes: Mapping[str, Sequence[shapely.Geometry]],
    *,
    moment: str,
    metadata: str,
) -> None:
    """Write the tables of the standard at ``path``, whole or not at all.

    Parameters
    ----------
    path
        File to write.
    rows
        Rows of each table, by column of the CSV; None where there is no value.
    shapes
        Shapes of each table in Lambert-93, in the order of the rows.
    moment
        Date of change of the tables, ISO 8601.
    metadata
        ISO 19115 document kept in the file.

    Raises
    ------
    StoreError
        The file cannot be written.
    """
    with replacing(path) as aside, closing(sqlite3.connect(aside)) as database:
        database.execute(f"PRAGMA application_id = {_APPLICATION_ID}")
        database.execute(f"PRAGMA user_version = {_VERSION}")
        with database:
            _write_frame(database, moment, metadata)
            for name, table in standard().tables.items():
                _write_table(database, name, table, rows[name], shapes[name], moment)


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


def _write_frame(database: sqlite3.Connection, moment: str, metadata: str) -> None:
    """Tables that every GeoPackage has, and the metadata document."""
    for statement in _FRAME.split(";"):
        database.execute(statement)
    systems = [
        ("Undefined Cartesian SRS", -1, "NONE", -1, "undefined"),
        ("Undefined geographic SRS", 0, "NONE", 0, "undefined"),
        *(_system(each) for each in (PARTNER_CRS, WEB_CRS)),
    ]
    database.executemany("INSERT INTO gpkg_spatial_ref_sys VALUES (?, ?, ?, ?, ?, NULL)", systems)
    database.execute(
        "INSERT INTO gpkg_metadata VALUES (1, 'dataset', 'http://www.isotc211.org/2005/gmd', "
        "'text/xml', ?)",
        [metadata],
    )
    database.execute(
        "INSERT INTO gpkg_metadata_reference VALUES ('geopackage', NULL, NULL, NULL, ?, 1, NULL)",
        [moment],
    )
    database.executemany(
        "INSERT INTO gpkg_extensions VALUES (?, NULL, 'gpkg_metadata', "
        "'http://www.geopackage.org/spec120/#extension_metadata', 'read-write')",
        [["gpkg_metadata"], ["gpkg_metadata_reference"]],
    )


def _write_table(
    database: sqlite3.Connection,
    name: str,
    table: Table,
    rows: Sequence[Mapping[str, Any]],
    shapes: Sequence[shapely.Geometry],
    moment: str,
) -> None:
    """One table of the standard, with the columns of the template."""
    columns = table.stored_columns
    typed = [f'"{column}" {table.columns[own].sql_type}' for column, own in columns.items()]
    database.execute(
        f'CREATE TABLE "{name}" ("fid" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, '
        f'"geom" {table.shape.upper()}, {", ".join(typed)})'
    )
    srs = int(PARTNER_CRS.removeprefix("EPSG:"))
    box = [float(each) for each in shapely.total_bounds(np.array(shapes))] if shapes else [None] * 4
    database.execute(
        "INSERT INTO gpkg_contents VALUES (?, 'features', ?, ?, ?, ?, ?, ?, ?, ?)",
        [name, name, f"{standard().title} – {table.class_}", moment, *box, srs],
    )
    database.execute(
        "INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', ?, ?, 0, 0)",
        [name, table.shape.upper(), srs],
    )
    marks = ", ".join("?" * (len(columns) + 1))
    names = ", ".join(f'"{each}"' for each in ("geom", *columns))
    database.executemany(
        f'INSERT INTO "{name}" ({names}) VALUES ({marks})',  # noqa: S608 - names of the standard
        [
            [_blob(shape, srs), *(_kept(row[own], table.columns[own].sql_type)
                                  for own in columns.values())]
            for row, shape in zip(rows, shapes, strict=True)
        ],
    )  # fmt: skip


def _kept(value: Any, sql_type: str) -> Any:  # noqa: ANN401 - a cell is anything
    """Cell in the type of its column: the template counts distances and poles in whole units."""
    if value is None:
        return None
    if sql_type == "MEDIUMINT":
        return round(float(value))
    return float(value) if sql_type == "REAL" else str(value)


def _blob(shape: shapely.Geometry, srs: int) -> bytes:
    """Shape as a GeoPackage blob with its envelope."""
    west, south, east, north = shape.bounds
    head = _HEADER.pack(b"GP", 0, 0b011, srs)
    return bytes(head + struct.pack("<4d", west, east, south, north) + shapely.to_wkb(shape))


def _system(name: str) -> tuple[str, int, str, int, str]:
    """Row of a reference system."""
    crs = pyproj.CRS.from_user_input(name)
    code = int(name.removeprefix("EPSG:"))
    return (crs.name, code, "EPSG", code, crs.to_wkt("WKT1_GDAL"))


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


_FRAME = """
CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER PRIMARY KEY NOT NULL,
    organization TEXT NOT NULL, organization_coordsys_id INTEGER NOT NULL,
    definition TEXT NOT NULL, description TEXT);
CREATE TABLE gpkg_contents (table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL,
    identifier TEXT UNIQUE, description TEXT DEFAULT '',
    last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
    min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
    CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE gpkg_geometry_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL,
    geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL, z TINYINT NOT NULL,
    m TINYINT NOT NULL, CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),
    CONSTRAINT uk_gc_table_name UNIQUE (table_name),
    CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
    CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id));
CREATE TABLE gpkg_extensions (table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL,
    definition TEXT NOT NULL, scope TEXT NOT NULL,
    CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name));
CREATE TABLE gpkg_metadata (id INTEGER CONSTRAINT m_pk PRIMARY KEY ASC NOT NULL,
    md_scope TEXT NOT NULL DEFAULT 'dataset', md_standard_uri TEXT NOT NULL,
    mime_type TEXT NOT NULL DEFAULT 'text/xml', metadata TEXT NOT NULL DEFAULT '');
CREATE TABLE gpkg_metadata_reference (reference_scope TEXT NOT NULL, table_name TEXT,
    column_name TEXT, row_id_value INTEGER,
    timestamp DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
    md_file_id INTEGER NOT NULL, md_parent_id INTEGER,
    CONSTRAINT crmr_mfi_fk FOREIGN KEY (md_file_id) REFERENCES gpkg_metadata(id),
    CONSTRAINT crmr_mpi_fk FOREIGN KEY (md_parent_id) REFERENCES gpkg_metadata(id))
"""
