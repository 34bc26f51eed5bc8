"""What was found in one table of a file, before anything is known of its meaning."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geodata.errors import Fault, FileFormatError
from geodata.language import Text
from geodata.reading.defects import Defect, defect
from geodata.reading.limits import MAX_CELL_CHARACTERS, MAX_COLUMNS, MAX_FEATURES, MAX_TABLE_ROWS

__all__ = [
    "JSON_MARK",
    "Found",
    "column_of",
    "named_columns",
    "names_of",
    "require_few_rows",
    "require_small",
    "table_of",
]

JSON_MARK = b"as_json"
"""Marks a column whose values are of several kinds, each written as JSON."""
_ID_COLUMNS = (
    "id", "idu", "idpar", "id_parcelle", "site_id", "terr_id", "pole_id", "lib_idzone",
    "lib_idinfo", "lib_idpsc", "stop_id", "object_rid", "gid", "fid", "entityhandle",
)  # fmt: skip


@dataclass(slots=True)
class Found:
    """One table: columns, shapes, and what the file says of its system."""

    name: str
    """Name of the table in the file, or of the file."""
    table: pa.Table
    """Columns other than the shapes."""
    shapes: np.ndarray | None
    """Shapes in the file's own coordinates, None where unreadable; None for a plain table."""
    declared: str | None = None
    """Name or WKT of the reference system, or None where it must be asked for."""
    defects: list[Defect] = field(default_factory=list)
    """What was found wrong so far."""
    nulls: np.ndarray | None = None
    """Rows whose shape is absent in the file itself, rather than unreadable; all when None."""
    infinite: np.ndarray | None = None
    """Rows whose coordinates are no finite numbers, where the reader had to drop the shape."""
    unsupported: np.ndarray | None = None
    """Rows whose shape is of a type that is not read."""
    types: str = ""
    """Names of those types."""


def names_of(table: pa.Table) -> np.ndarray:
    """What each row is called: its id where it has a column of ids, else its rank in the file."""
    ranks = np.array([f"n° {rank}" for rank in range(1, table.num_rows + 1)], dtype=object)
    by_lower = {name.lower(): name for name in reversed(table.column_names)}
    for known in _ID_COLUMNS:
        if known in by_lower:
            values = table.column(by_lower[known]).to_pylist()
            if any(each not in {None, "", "null"} for each in values):
                pairs = zip(values, ranks, strict=True)
                named = [rank if each in {None, "", "null"} else str(each) for each, rank in pairs]
                return np.array(named, dtype=object)
    return ranks


def named_columns(names: Sequence[str]) -> tuple[list[str], list[Defect]]:
    """Names that are all there and all different, and what had to be renamed."""
    if len(names) > MAX_COLUMNS:
        raise FileFormatError(_too_many(len(names), Text("colonnes", "columns"), MAX_COLUMNS))
    made: list[str] = []
    renamed = []
    taken = {name.lower() for name in names}
    seen: set[str] = set()
    for rank, given in enumerate(names, 1):
        name = given.encode("utf-8", "replace").decode().replace("\x00", "").strip()
        new = name or f"column_{rank}"
        extra = 2
        while new.lower() in seen or (new != name and new.lower() in taken):
            new, extra = f"{name or 'column'}_{extra}", extra + 1
        if new != given.strip():
            renamed.append(new)
        seen.add(new.lower())
        made.append(new)
    return made, [defect("repeated_column", names=renamed)] if renamed else []


def column_of(name: str, values: list[Any]) -> tuple[pa.Array, dict[bytes, bytes] | None]:
    """Values of one kind as they are, of several kinds each as JSON."""
    kinds = {type(value) for value in values if value is not None}
    try:
        if len(kinds) <= 1 and kinds <= {str, bool, int, float}:
            return pa.array(values), None
        if kinds == {int, float}:
            return pa.array(values, type=pa.float64()), None
    except UnicodeEncodeError as error:
        raise FileFormatError(_broken_text(name)) from error
    except (OverflowError, pa.ArrowInvalid):
        pass  # whole numbers beyond 64 bits or 2⁵³: kept exactly, as JSON
    return pa.array([json.dumps(value) for value in values]), {JSON_MARK: b"yes"}


def table_of(columns: Mapping[str, list[Any]]) -> pa.Table:
    """Table of plain columns."""
    arrays, fields = [], []
    for name, values in columns.items():
        array, metadata = column_of(name, values)
        arrays.append(array)
        fields.append(pa.field(name, array.type, metadata=metadata))
    return pa.table(arrays, schema=pa.schema(fields))


def require_few_rows(count: int, *, limit: int = MAX_FEATURES) -> None:
    """Refuse a table of too many rows."""
    if count > limit:
        raise FileFormatError(_too_many(count, Text("lignes", "rows"), limit))


def require_small(found: Iterable[Found]) -> None:
    """Refuse tables with too many columns or rows, or with a novel in a cell."""
    for each in found:
        if each.table.num_columns > MAX_COLUMNS:
            what = Text("colonnes", "columns")
            raise FileFormatError(_too_many(each.table.num_columns, what, MAX_COLUMNS))
        require_few_rows(
            each.table.num_rows, limit=MAX_TABLE_ROWS if each.shapes is None else MAX_FEATURES
        )
        texts = [
            name
            for name, column in zip(each.table.column_names, each.table.columns, strict=True)
            if pa.types.is_string(column.type) or pa.types.is_large_string(column.type)
        ]
        long = [name for name in texts if _longest(each.table.column(name)) > MAX_CELL_CHARACTERS]
        if long:
            raise FileFormatError(_long_cells(long))


def _longest(column: pa.ChunkedArray) -> int:
    """Characters of the longest text."""
    return pc.max(pc.utf8_length(column)).as_py() or 0


def _too_many(count: int, things: Text, limit: int) -> Fault:
    """Fault of a file larger than the limits."""
    return Fault(
        Text(
            f"Le fichier compte {count} {things.fr} ; la limite est {limit}.",
            f"The file has {count} {things.en}; the limit is {limit}.",
        ),
        "",
        Text(
            "Découper le fichier, par commune par exemple.",
            "Split the file, by municipality for instance.",
        ),
    )


def _long_cells(names: list[str]) -> Fault:
    """Fault of cells that hold more than a cell should."""
    who = ", ".join("".join(c if c.isprintable() else "?" for c in name[:40]) for name in names[:5])
    return Fault(
        Text(
            f"Des textes dépassent {MAX_CELL_CHARACTERS} caractères, colonne(s) : {who}.",
            f"Texts exceed {MAX_CELL_CHARACTERS} characters, column(s): {who}.",
        ),
        "",
        Text("Raccourcir ou retirer ces colonnes.", "Shorten or remove these columns."),
    )


def _broken_text(name: str) -> Fault:
    """Fault of characters that no text may hold."""
    safe = name[:40].encode("ascii", "replace").decode()
    return Fault(
        Text(
            f"La colonne « {safe} » contient des caractères Unicode incomplets.",
            f"Column “{safe}” holds incomplete Unicode characters.",
        ),
        "",
        Text("Réenregistrer le fichier en UTF-8.", "Save the file again as UTF-8."),
    )
