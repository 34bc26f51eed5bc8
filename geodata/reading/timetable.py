"""The tables of a GTFS timetable, all values as text; runs in the reading process only."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.csv

from geodata.errors import Fault, FileFormatError
from geodata.language import Text
from geodata.reading.found import Found, named_columns
from geodata.reading.limits import GTFS_TABLES

__all__ = ["read_gtfs"]

_BLOCK = 8 * 2**20


def read_gtfs(folder: Path, *, files: Mapping[str, str]) -> list[Found]:
    """Tables by name; ``files`` gives the generated file name of each.

    Raises
    ------
    FileFormatError
        A table that is no CSV; the message names it.
    """
    return [
        Found(table, _read(folder / file, table), None)
        for table, file in files.items()
        if table in GTFS_TABLES
    ]


def _read(path: Path, table: str) -> pa.Table:
    """One table of text, empty values missing."""
    with path.open("rb") as source:
        first = source.readline(_BLOCK).decode("utf-8-sig", "replace").strip()
    names, _ = named_columns([each.strip().strip('"') for each in first.split(",")])
    try:
        return pyarrow.csv.read_csv(
            path,
            read_options=pyarrow.csv.ReadOptions(
                column_names=names, skip_rows=1, block_size=_BLOCK
            ),
            parse_options=pyarrow.csv.ParseOptions(newlines_in_values=True),
            convert_options=pyarrow.csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()),
                strings_can_be_null=True,
                null_values=[""],
            ),
        )
    except pa.ArrowInvalid as error:
        if "Empty CSV" in str(error):
            return pa.table({name: pa.array([], pa.string()) for name in names})
        raise FileFormatError(_bad_table(table)) from error


def _bad_table(table: str) -> Fault:
    """Fault of a table whose rows do not follow its header."""
    return Fault(
        Text(
            f"La table {table}.txt du GTFS n'est pas un CSV en UTF-8 régulier.",
            f"Table {table}.txt of the GTFS is not a regular UTF-8 CSV.",
        ),
        "",
        Text(
            "Faire valider le GTFS (transport.data.gouv.fr) par son producteur.",
            "Have its producer validate the GTFS (transport.data.gouv.fr).",
        ),
    )
