"""Metadata go into a GeoPackage the way its standard says, in the extension of that name."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from geodata.writing.plain import json_text, plain

__all__ = ["write_metadata"]

_METADATA_URI = "https://datatracker.ietf.org/doc/html/rfc8259"
_EXTENSION_URI = "http://www.geopackage.org/spec120/#extension_metadata"
# The tables of the standard's metadata extension (OGC 12-128, annex F.8), as its text gives them.
_METADATA_TABLES = (
    """CREATE TABLE gpkg_metadata (
        id INTEGER CONSTRAINT m_pk PRIMARY KEY ASC NOT NULL,
        md_scope TEXT NOT NULL DEFAULT 'dataset',
        md_standard_uri TEXT NOT NULL,
        mime_type TEXT NOT NULL DEFAULT 'text/xml',
        metadata TEXT NOT NULL DEFAULT ''
    )""",
    """CREATE TABLE gpkg_metadata_reference (
        reference_scope TEXT NOT NULL,
        table_name TEXT,
        column_name TEXT,
        row_id_value INTEGER,
        timestamp DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
        md_file_id INTEGER NOT NULL,
        md_parent_id INTEGER,
        CONSTRAINT crmr_mfi_fk FOREIGN KEY (md_file_id) REFERENCES gpkg_metadata(id),
        CONSTRAINT crmr_mpi_fk FOREIGN KEY (md_parent_id) REFERENCES gpkg_metadata(id)
    )""",
)


def write_metadata(path: Path, metadata: Mapping[str, Any], *, moment: str) -> None:
    """Add ``metadata`` as JSON to a GeoPackage that has none yet.

    Parameters
    ----------
    path
        GeoPackage that is being written.
    metadata
        Plain values; they hold for the whole file.
    moment
        Date written beside them, ISO 8601 with milliseconds and ``Z``.

    Raises
    ------
    sqlite3.Error
        The file cannot be written.
    """
    with closing(sqlite3.connect(path)) as database, database:
        for statement in _METADATA_TABLES:
            database.execute(statement)
        database.execute(
            "INSERT INTO gpkg_metadata VALUES (1, 'dataset', ?, 'application/json', ?)",
            (_METADATA_URI, json_text(plain(dict(metadata)))),
        )
        database.execute(
            "INSERT INTO gpkg_metadata_reference VALUES "
            "('geopackage', NULL, NULL, NULL, ?, 1, NULL)",
            (moment,),
        )
        database.executemany(
            "INSERT INTO gpkg_extensions VALUES (?, NULL, 'gpkg_metadata', ?, 'read-write')",
            [(table, _EXTENSION_URI) for table in ("gpkg_metadata", "gpkg_metadata_reference")],
        )
