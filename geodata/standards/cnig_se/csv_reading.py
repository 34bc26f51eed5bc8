"""CSV files of a delivery become tables, whatever their encoding and separator."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

from geodata.errors import FileFormatError
from geodata.language import Text
from geodata.standards.cnig_se.delivered import Delivered
from geodata.standards.cnig_se.findings import Finding
from geodata.standards.cnig_se.limits import MAX_ROWS, no_delivery, too_large
from geodata.standards.cnig_se.standard import standard

__all__ = ["cell_value", "csv_tables", "decoded"]

_MAX_CELL = 16 * 2**20
_EMPTY = frozenset({"", "NA", "NaN", "N/A"})


def csv_tables(files: dict[str, bytes]) -> tuple[dict[str, Delivered], list[Finding]]:
    """Tables of the CSV files, and what was wrong with the files themselves."""
    tables: dict[str, Delivered] = {}
    defects: list[Finding] = []
    for name, content in files.items():
        if not name.lower().endswith(".csv"):
            continue
        text, encoding = decoded(content)
        separator = _separator(text)
        header, rows = _rows(text, separator)
        table = _recognised(name, header)
        if table is None:
            continue
        if table in tables:
            defects.append(
                _file_finding(
                    "table_twice",
                    name,
                    Text(
                        f"La table {standard().tables[table].class_} est déjà dans "
                        f"{tables[table].file} ; ce fichier n'est pas lu.",
                        f"Table {standard().tables[table].class_} is in {tables[table].file} "
                        "already; this file is not read.",
                    ),
                )
            )
            continue
        defects += _file_defects(name, encoding, separator)
        tables[table], short = _table(table, name, header, rows)
        defects += short
    return tables, defects


def decoded(content: bytes) -> tuple[str, str]:
    """Text and its encoding."""
    try:
        return content.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace"), "cp1252"


def _separator(text: str) -> str:
    """Separator that cuts the header into the most columns."""
    head = text.split("\n", 1)[0]
    return max((";", ",", "\t"), key=head.count)


def _rows(text: str, separator: str) -> tuple[tuple[str, ...], list[tuple[int, list[str]]]]:
    """Header, and the rows with the line on which each starts."""
    csv.field_size_limit(_MAX_CELL)
    reader = csv.reader(io.StringIO(text.replace("\x00", "")), delimiter=separator)
    header: tuple[str, ...] = ()
    rows: list[tuple[int, list[str]]] = []
    start = 1
    try:
        for cells in reader:
            if not header:
                header = tuple(each.strip() for each in cells)
            elif any(each.strip() for each in cells):
                rows.append((start, cells))
            start = reader.line_num + 1
            if len(rows) > MAX_ROWS:
                raise FileFormatError(too_large("CSV"))
    except csv.Error as error:
        raise FileFormatError(no_delivery("CSV")) from error
    return header, rows


def _recognised(file: str, header: tuple[str, ...]) -> str | None:
    """Table of the standard that a file is: by its columns, or by its name."""
    shares = {
        name: len(set(table.columns) & set(header)) / len(table.columns)
        for name, table in standard().tables.items()
    }
    best = max(shares, key=lambda name: shares[name])
    key = standard().tables[best].key
    if shares[best] >= 0.5 or (shares[best] > 0.2 and key in header):  # noqa: PLR2004 - halves
        return best
    plain = file.lower().replace("_", "-")
    named = [name for name, table in standard().tables.items() if table.file in plain]
    return named[0] if named and shares[named[0]] > 0 else None


def _table(
    name: str, file: str, header: tuple[str, ...], rows: list[tuple[int, list[str]]]
) -> tuple[Delivered, list[Finding]]:
    """Table of a CSV, and its rows that have too many or too few cells."""
    short = [
        Finding(
            "cell_count",
            "error",
            file,
            Text(
                "La ligne n'a pas autant de cellules que l'en-tête : une valeur a été coupée, ou "
                "manque.",
                "The row has not as many cells as the header: a value was cut, or is missing.",
            ),
            table=standard().tables[name].class_,
            line=line,
            value=str(len(cells)),
            expected=Text(f"{len(header)} cellules", f"{len(header)} cells"),
        )
        for line, cells in rows
        if len(cells) != len(header)
    ]
    width = len(header)
    padded = [[*cells, *[""] * (width - len(cells))][:width] for _, cells in rows]
    columns = {
        column: [cell_value(cells[position]) for cells in padded]
        for position, column in reversed(list(enumerate(header)))
    }
    lines = tuple(line for line, _ in rows)
    return Delivered(name, file, header, lines, columns), short


def cell_value(cell: str) -> str:
    """Cell without the words that stand for nothing."""
    return "" if cell.strip() in _EMPTY else cell


def _file_defects(file: str, encoding: str, separator: str) -> Iterator[Finding]:
    """What is wrong with the file as text."""
    if encoding != "utf-8":
        yield _file_finding(
            "encoding",
            file,
            Text("Le fichier n'est pas en UTF-8.", "The file is not UTF-8."),
            value=encoding,
            expected=Text("UTF-8", "UTF-8"),
        )
    if separator != standard().separator:
        yield _file_finding(
            "separator",
            file,
            Text("Le séparateur n'est pas celui du standard.", "The separator is another one."),
            value="tab" if separator == "\t" else separator,
            expected=Text("point-virgule", "semicolon"),
        )


def _file_finding(rule: str, file: str, what: Text, **about: Any) -> Finding:  # noqa: ANN401 - fields
    """Error about a whole file."""
    return Finding(rule, "error", file, what, **about)
