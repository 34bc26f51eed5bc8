"""The tables of layers in PostGIS: one per layer with every edition in it, one of editions."""

from __future__ import annotations

import io
from collections.abc import Sequence

import numpy as np
import psycopg
import pyarrow as pa
import pyarrow.csv
import shapely
from psycopg import sql

from geodata.catalog import catalog
from geodata.crs import WORK_CRS
from geodata.layers import Layer
from geodata.store.contents import Stored, attributes, shapes, stored
from geodata.store.plans import Plan
from geodata.store.records import COLUMNS, Record, to_row

__all__ = [
    "EDITIONS",
    "drop_features",
    "names",
    "prepare",
    "read_edition",
    "write_edition",
    "write_records",
]

_SCHEMA = "technopole"
EDITIONS = sql.Identifier(_SCHEMA, "editions")
"""Table of editions."""

_WORK_SRID = int(WORK_CRS.removeprefix("EPSG:"))
_BATCH_ROWS = 20_000
_TYPES = {
    "text": ("text", pa.string()),
    "date": ("text", pa.string()),
    "number": ("double precision", pa.float64()),
    "boolean": ("boolean", pa.bool_()),
}
_RECORD_TYPES = {
    "number": "integer",
    "rows": "bigint",
    "demo_share": "double precision",
    "is_current": "boolean",
    "is_kept": "boolean",
}


def prepare(connection: psycopg.Connection) -> None:
    """Make schema and tables that are not there; a catalog that has grown adds columns."""
    connection.execute("CREATE EXTENSION IF NOT EXISTS postgis")
    connection.execute(sql.SQL("CREATE SCHEMA IF NOT EXISTS {}").format(sql.Identifier(_SCHEMA)))
    columns = sql.SQL(", ").join(
        sql.SQL("{} {} NOT NULL").format(
            sql.Identifier(name), sql.SQL(_RECORD_TYPES.get(name, "text"))
        )
        for name in COLUMNS
    )
    connection.execute(
        sql.SQL("CREATE TABLE IF NOT EXISTS {} (rank integer PRIMARY KEY, {})").format(
            EDITIONS, columns
        )
    )


def read_edition(connection: psycopg.Connection, record: Record) -> Stored:
    """Features of one edition, as CSV that Arrow reads in bulk."""
    statement = sql.SQL(
        "COPY (SELECT {}, encode(ST_AsBinary(geometry, 'NDR'), 'hex') FROM {}"
        " WHERE edition = {} ORDER BY rank) TO STDOUT (FORMAT csv)"
    ).format(names(record.columns), _table_of(record), record.edition.number)
    text = io.BytesIO()
    with connection.cursor().copy(statement) as copied:
        for piece in copied:
            text.write(piece)
    table = _parsed(text, record)
    wkb = np.array([bytes.fromhex(each) for each in table["geometry"].to_pylist()], dtype=object)
    return stored(record, table.select(record.columns), wkb)


def write_edition(connection: psycopg.Connection, record: Record, layer: Layer) -> None:
    """Copy the features of a new edition into the table of its layer, batch by batch."""
    _layer_table(connection, record)
    table, wkb = attributes(layer), shapes(layer)
    statement = sql.SQL("COPY {} (edition, rank, {}, geometry) FROM STDIN (FORMAT csv)").format(
        _table_of(record), names(record.columns)
    )
    with connection.cursor().copy(statement) as copied:
        for start in range(0, len(table), _BATCH_ROWS):
            batch = table.slice(start, _BATCH_ROWS)
            placed = shapely.set_srid(
                shapely.from_wkb(wkb[start : start + _BATCH_ROWS]), _WORK_SRID
            )
            hexed = shapely.to_wkb(placed, hex=True, include_srid=True, output_dimension=2)
            copied.write(_csv(record.edition.number, start, batch, pa.array(hexed, pa.string())))


def drop_features(connection: psycopg.Connection, before: Sequence[Record], plan: Plan) -> None:
    """Delete the features of editions that the plan no longer keeps."""
    gone = {each.key for each in plan.records if not each.is_kept}
    for record in before:
        if record.is_kept and record.key in gone:
            statement = sql.SQL("DELETE FROM {} WHERE edition = %s").format(_table_of(record))
            connection.execute(statement, (record.edition.number,))


def write_records(connection: psycopg.Connection, records: Sequence[Record]) -> None:
    """Write the table of editions again."""
    connection.execute(sql.SQL("DELETE FROM {}").format(EDITIONS))
    statement = sql.SQL("INSERT INTO {} (rank, {}) VALUES ({})").format(
        EDITIONS,
        names(COLUMNS),
        sql.SQL(", ").join(sql.Placeholder() for _ in range(len(COLUMNS) + 1)),
    )
    with connection.cursor() as cursor:
        cursor.executemany(
            statement,
            [(rank, *to_row(record).values()) for rank, record in enumerate(records)],
        )


def names(columns: Sequence[str]) -> sql.Composed:
    """Column names of the catalog, quoted and separated by commas."""
    return sql.SQL(", ").join(map(sql.Identifier, columns))


def _layer_table(connection: psycopg.Connection, record: Record) -> None:
    """Make the table of a layer, with an index on its shapes, or add the columns it lacks."""
    table, layer = _table_of(record), record.edition.layer
    connection.execute(
        sql.SQL(
            "CREATE TABLE IF NOT EXISTS {} (edition integer NOT NULL, rank integer NOT NULL,"
            " geometry geometry(Geometry, {}) NOT NULL, PRIMARY KEY (edition, rank))"
        ).format(table, _WORK_SRID)
    )
    connection.execute(
        sql.SQL("CREATE INDEX IF NOT EXISTS {} ON {} USING gist (geometry)").format(
            sql.Identifier(f"{layer}_geometry"), table
        )
    )
    rules = catalog()[layer].columns
    for name in record.columns:
        connection.execute(
            sql.SQL("ALTER TABLE {} ADD COLUMN IF NOT EXISTS {} {}").format(
                table, sql.Identifier(name), sql.SQL(_TYPES[rules[name].type][0])
            )
        )


def _parsed(text: io.BytesIO, record: Record) -> pa.Table:
    """Table of CSV text: bare emptiness is a missing value, quoted emptiness an empty text."""
    rules = catalog()[record.edition.layer].columns
    types = {name: _TYPES[rules[name].type][1] for name in record.columns}
    types["geometry"] = pa.string()
    if not text.tell():
        return pa.schema(list(types.items())).empty_table()
    text.seek(0)
    return pyarrow.csv.read_csv(
        text,
        read_options=pyarrow.csv.ReadOptions(column_names=list(types)),
        parse_options=pyarrow.csv.ParseOptions(newlines_in_values=True),
        convert_options=pyarrow.csv.ConvertOptions(
            column_types=types,
            null_values=[""],
            strings_can_be_null=True,
            quoted_strings_can_be_null=False,
            true_values=["t"],
            false_values=["f"],
        ),
    )


def _csv(number: int, start: int, batch: pa.Table, geometry: pa.Array) -> memoryview:
    """Rows as CSV text; present values are quoted, so that empty text differs from none."""
    rows = len(batch)
    columns = [
        pa.array(np.full(rows, number, dtype="int64")),
        pa.array(np.arange(start, start + rows, dtype="int64")),
        *batch.columns,
        geometry,
    ]
    text = pa.BufferOutputStream()
    pyarrow.csv.write_csv(
        pa.table(columns, names=["edition", "rank", *batch.column_names, "geometry"]),
        text,
        pyarrow.csv.WriteOptions(include_header=False, quoting_style="all_valid"),
    )
    return memoryview(text.getvalue())


def _table_of(record: Record) -> sql.Identifier:
    """Table of a layer; the name is the catalog's."""
    return sql.Identifier(_SCHEMA, record.edition.layer)
