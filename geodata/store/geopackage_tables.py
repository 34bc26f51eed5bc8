"""The tables of a GeoPackage of layers: one per edition, a view of the current ones, a list."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyogrio

from geodata.catalog import catalog
from geodata.crs import WORK_CRS
from geodata.store.plans import Plan
from geodata.store.records import COLUMNS, Record, to_row

__all__ = ["EDITIONS", "LAYOUT", "LAYOUT_TABLE", "apply", "opened", "table_of"]

EDITIONS = "technopole_editions"
"""Table of editions."""
LAYOUT_TABLE = "technopole_store"
"""Table that holds nothing but the layout."""
LAYOUT = 2
"""Changes when the tables change in a way that older or newer programs misread."""

_NAMES = ("table_name", "identifier")
"""Columns of the GeoPackage's indexes that name a table."""

_DATE_IN_FILE = "2000-01-01T00:00:00.000Z"
"""Written as the date of change of every table, so that equal layers make equal bytes."""


def apply(path: Path, plan: Plan) -> None:
    """Make the file at ``path`` what ``plan`` says: add tables, drop others, list the editions."""
    earlier = pyogrio.get_gdal_config_option("OGR_CURRENT_DATE")
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": _DATE_IN_FILE})
    try:
        for record, layer in plan.added:
            _write_table(path, layer.features.reset_index(names="id"), table_of(record))
        if not path.exists():  # a store without any layer is a store
            _write_table(
                path, gpd.GeoDataFrame({"id": []}, geometry=[], crs=WORK_CRS), "technopole_empty"
            )
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": earlier})
    with closing(sqlite3.connect(path)) as database:
        with database:
            is_shorter = _drop_tables(database, plan)
            _write_records(database, plan.records)
            _write_views(database, plan.records)
        if is_shorter:
            database.execute("VACUUM")


def opened(path: Path) -> sqlite3.Connection:
    """Database opened for reading only."""
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)


def table_of(record: Record) -> str:
    """Table of an edition; the layer's name is the catalog's."""
    return f"{record.edition.layer}_{record.edition.number}"


def _write_table(path: Path, rows: gpd.GeoDataFrame, name: str) -> None:
    """Add one table; shapes stay what they are, no index: every reader loads the whole table."""
    whole = {
        column: pd.Series(rows[column].to_numpy(object), dtype="str", index=rows.index)
        for column in rows.columns[rows.dtypes == "str"]
    }  # text that was put together from pieces would be written in as many transactions
    pyogrio.write_dataframe(
        rows.assign(**whole),
        path,
        layer=name,
        driver="GPKG",
        use_arrow=True,
        geometry_type="Unknown",
        promote_to_multi=False,
        layer_options={"SPATIAL_INDEX": "NO"},
    )


def _drop_tables(database: sqlite3.Connection, plan: Plan) -> bool:
    """Drop the tables of editions that are no longer kept; whether there were any."""
    present = {name for (name,) in database.execute("SELECT table_name FROM gpkg_contents")}
    gone = [
        table_of(each)
        for each in plan.records
        if not each.is_kept and each.edition.layer in catalog() and table_of(each) in present
    ]
    for name in gone:
        database.execute(f'DROP TABLE "{name}"')
        for index in ("gpkg_contents", "gpkg_geometry_columns", "gpkg_ogr_contents"):
            database.execute(f"DELETE FROM {index} WHERE table_name = ?", (name,))  # noqa: S608 - constants
    return bool(gone)


def _write_views(database: sqlite3.Connection, records: Sequence[Record]) -> None:
    """Show the current edition of each layer under the layer's own name, to any GIS."""
    for layer in catalog():
        database.execute(f'DROP VIEW IF EXISTS "{layer}"')
        for index in ("gpkg_contents", "gpkg_geometry_columns"):
            database.execute(f"DELETE FROM {index} WHERE table_name = ?", (layer,))  # noqa: S608 - constants
    for record in records:
        layer, table = record.edition.layer, table_of(record)
        if not record.is_current or layer not in catalog():
            continue
        named = [name for _, name, *_ in database.execute(f'PRAGMA table_info("{table}")')]
        rest = ", ".join(f'"{name}"' for name in named[1:])
        database.execute(
            f'CREATE VIEW "{layer}" AS SELECT "{named[0]}" AS OGC_FID, {rest} FROM "{table}"'  # noqa: S608 - names of the catalog
        )
        for index in ("gpkg_contents", "gpkg_geometry_columns"):
            columns = [name for _, name, *_ in database.execute(f"PRAGMA table_info({index})")]
            same = ", ".join("?" if name in _NAMES else name for name in columns)
            own = [layer] * sum(name in _NAMES for name in columns)
            database.execute(
                f"INSERT INTO {index} SELECT {same} FROM {index} WHERE table_name = ?",  # noqa: S608 - constants
                (*own, table),
            )


def _write_records(database: sqlite3.Connection, records: Sequence[Record]) -> None:
    """Write the table of editions and the layout; both are GeoPackage tables without shapes."""
    kinds = {"number": "INTEGER", "rows": "INTEGER", "demo_share": "REAL"}
    kinds |= {"is_current": "BOOLEAN", "is_kept": "BOOLEAN"}
    columns = ", ".join(f"{name} {kinds.get(name, 'TEXT')} NOT NULL" for name in COLUMNS)
    for name, body in (
        (LAYOUT_TABLE, "rank INTEGER PRIMARY KEY, layout INTEGER NOT NULL"),
        (EDITIONS, f"rank INTEGER PRIMARY KEY, {columns}"),
    ):
        database.execute(f"CREATE TABLE IF NOT EXISTS {name} ({body})")
        database.execute(f"DELETE FROM {name}")  # noqa: S608 - a constant
        database.execute(
            "INSERT OR IGNORE INTO gpkg_contents (table_name, data_type, identifier, last_change)"
            " VALUES (?, 'attributes', ?, ?)",
            (name, name, _DATE_IN_FILE),
        )
    database.execute(f"INSERT INTO {LAYOUT_TABLE} (layout) VALUES (?)", (LAYOUT,))  # noqa: S608 - a constant
    places = ", ".join("?" for _ in COLUMNS)
    database.executemany(
        f"INSERT INTO {EDITIONS} ({', '.join(COLUMNS)}) VALUES ({places})",  # noqa: S608 - constants
        [tuple(to_row(record).values()) for record in records],
    )
