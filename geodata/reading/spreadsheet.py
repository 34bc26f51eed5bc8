"""Sheets of an XLSX file become tables; runs in the reading process only."""

from __future__ import annotations

import datetime as dt
import warnings
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from geodata.errors import Fault, FileFormatError
from geodata.language import Text
from geodata.reading.coordinates import with_shapes
from geodata.reading.found import Found, named_columns, require_few_rows, table_of
from geodata.reading.limits import MAX_COLUMNS, MAX_LAYERS

__all__ = ["read_xlsx"]

_FORMULA_FAULTS = {"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!"}


def read_xlsx(path: Path, *, name: str, repair: bool = False) -> list[Found]:
    """The sheets that hold a table: headers on their first row that is not empty.

    Formulas count for their last result, nothing is computed.

    Raises
    ------
    FileFormatError
        Not a workbook, damaged, without any table, or larger than the limits.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(path, read_only=True, data_only=True, keep_links=False)
            sheets = book.worksheets[:MAX_LAYERS]
            tables = [(str(sheet.title), _rows(sheet)) for sheet in sheets]
    except FileFormatError:
        raise
    except (InvalidFileException, BadZipFile, OSError, ValueError, KeyError) as error:
        raise FileFormatError(_DAMAGED) from error
    except (TypeError, AttributeError, IndexError, SyntaxError, AssertionError) as error:
        raise FileFormatError(_DAMAGED) from error  # what the library lets through
    full = [(title, rows) for title, rows in tables if len(rows) > 1]
    if not full:
        raise FileFormatError(_EMPTY)
    return [_table(name if len(full) == 1 else title, rows, repair) for title, rows in full]


def _rows(sheet: Any) -> list[tuple[Any, ...]]:  # noqa: ANN401 - read-only sheets have no type
    """Rows that hold anything; the size that the file announces is not believed."""
    sheet.reset_dimensions()
    rows: list[tuple[Any, ...]] = []
    for row in sheet.iter_rows(max_col=MAX_COLUMNS + 1, values_only=True):
        if any(each is not None for each in row):
            rows.append(row)
            require_few_rows(len(rows) - 1)
    return rows


def _table(name: str, rows: list[tuple[Any, ...]], repair: bool) -> Found:  # noqa: FBT001 - passed on
    """Table of one sheet."""
    header = [_text(each) for each in rows[0]]
    while header and not header[-1]:
        header.pop()
    names, defects = named_columns(header)
    body = [list(row[: len(names)]) + [None] * (len(names) - len(row)) for row in rows[1:]]
    columns = {each: _plain([row[rank] for row in body]) for rank, each in enumerate(names)}
    return with_shapes(name, table_of(columns), defects, repair=repair)


def _text(value: object) -> str:
    """Header as text."""
    return "" if value is None else str(value)


def _plain(values: Iterable[Any]) -> list[Any]:
    """Cells as text, numbers and booleans; of several kinds, all as text."""
    made = [_cell(each) for each in values]
    kinds = {type(each) for each in made if each is not None}
    if len(kinds) > 1 and not kinds <= {int, float}:
        return [None if each is None else str(each) for each in made]
    return made


def _cell(value: object) -> object:
    """One cell; dates as ISO 8601, failed formulas as missing."""
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat()
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, str):
        return None if value in _FORMULA_FAULTS or not value.strip() else value
    return value if value is None or isinstance(value, bool | int | float) else str(value)


_AGAIN = Text("Réenregistrer le classeur en .xlsx.", "Save the workbook again as .xlsx.")
_DAMAGED = Fault(
    Text(
        "Le classeur est abîmé, ou n'est pas un .xlsx.",
        "The workbook is damaged, or is no .xlsx.",
    ),
    "",
    _AGAIN,
)
_EMPTY = Fault(
    Text("Le classeur ne contient aucune table.", "The workbook holds no table."), "", _AGAIN
)
