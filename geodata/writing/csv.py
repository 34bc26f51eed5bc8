"""Tables become CSV that a French spreadsheet opens well, and that runs no formula.

Excel in French takes the semicolon as separator and reads UTF-8 only behind a byte order mark; both
are therefore the default here, and QGIS, LibreOffice and pandas (``sep=";"``,
``encoding="utf-8-sig"``) read the same file. Numbers keep the decimal point, for machines; text
that would start a formula gets an apostrophe (OWASP ASVS 1.2.10).
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from geodata.writing.files import write_text

__all__ = ["to_text", "write_table"]

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\x00")
_ENCODING = "utf-8-sig"
_SEPARATOR = ";"


def write_table(path: Path, table: pd.DataFrame) -> None:
    """Write ``table`` to ``path`` with its byte order mark, whole or not at all.

    Raises
    ------
    StoreError
        The file cannot be written.
    """
    write_text(path, to_text(table), encoding=_ENCODING)


def to_text(table: pd.DataFrame) -> str:
    """Table as CSV text, without index and byte order mark; encode it as ``utf-8-sig``.

    Text is neutralised, column names included; numbers stay numbers, negative ones too. Missing
    values are empty cells.
    """
    safe = pd.DataFrame({name: _harmless(table[name]) for name in table}, index=table.index)
    safe.columns = [_quoted(str(name)) for name in table]
    return str(safe.to_csv(index=False, sep=_SEPARATOR, lineterminator="\r\n"))


def _harmless(values: pd.Series) -> pd.Series:
    """Values whose text starts no formula."""
    if pd.api.types.is_numeric_dtype(values) or pd.api.types.is_datetime64_any_dtype(values):
        return values
    return values.astype(object).map(_quoted, na_action="ignore")


def _quoted(value: object) -> object:
    """Text with an apostrophe where it would start a formula."""
    if isinstance(value, str) and value.startswith(_FORMULA_STARTS):
        return f"'{value}"
    return value
