"""GeoPackage of the standard, written as the SQLite file it is: types as in the template."""

from __future__ import annotations

import sqlite3
import struct
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
import pyproj
import shapely

from geodata.crs import PARTNER_CRS, WEB_CRS
from geodata.standards.cnig_se.standard import Table, standard
from geodata.writing.files import replacing

__all__ = ["write_geopackage"]

_APPLICATION_ID = 0x47504B47
_VERSION = 10300
_HEADER = struct.Struct("<2sBBi")


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
