"""CSV becomes columns of text, so that 02691 stays 02691; runs in the reading process only."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pyarrow as pa

from geodata.errors import Fault, FileFormatError
from geodata.language import Text
from geodata.reading.coordinates import with_shapes
from geodata.reading.defects import Defect, defect
from geodata.reading.found import Found, named_columns, require_few_rows
from geodata.reading.limits import MAX_FEATURES

__all__ = ["read_csv"]

_SEPARATORS = ";,\t|"
_LONGEST_CELL = 20_000_000
"""A shape in a cell is long; other cells are held to their limit afterwards."""
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_HEAD = 20


def read_csv(path: Path, *, name: str, repair: bool = False) -> list[Found]:
    """The table of a CSV file, with the shapes that its columns tell.

    The separator is the one of ``;``, ``,``, tab and ``|`` that cuts the first lines alike. Rows
    with another number of values than the first are set aside.

    Raises
    ------
    FileFormatError
        No columns, a quote that is never closed, or more rows than the limit.
    """
    text, defects = _decoded(path.read_bytes())
    rows, starts = _rows(text, _separator(text))
    if not rows:
        raise FileFormatError(_no_table())
    rows = _without_margin(rows)
    names, renamed = named_columns(rows[0])
    width = len(names)
    if width < 2:  # noqa: PLR2004 - a single column is no table
        raise FileFormatError(_no_table())
    body = [(_fitted(row, width), start) for row, start in zip(rows[1:], starts[1:], strict=True)]
    kept = [row for row, _ in body if len(row) == width]
    ragged = [f"ligne {start} / line {start}" for row, start in body if len(row) != width]
    defects += renamed
    if ragged:
        if len(ragged) > len(kept):  # commas of a text
            raise FileFormatError(_too_ragged(len(ragged), width, ragged[0]))
        defects.append(defect("ragged_rows", names=ragged, expected=width))
    columns = [
        pa.array([row[rank] if row[rank] != "" else None for row in kept], pa.string())
        for rank in range(width)
    ]
    return [with_shapes(name, pa.table(columns, names=names), defects, repair=repair)]


def _decoded(content: bytes) -> tuple[str, list[Defect]]:
    """Text, and what had to be guessed."""
    if content.startswith(_UTF16):
        try:
            return content.decode("utf-16"), []
        except UnicodeDecodeError as error:
            raise FileFormatError(_no_table()) from error
    try:
        return content.decode("utf-8-sig"), []
    except UnicodeDecodeError:
        pass
    for encoding, said in (("cp1252", "Windows-1252"), ("latin-1", "ISO-8859-1")):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return text, [defect("encoding_guessed", count=1, encoding=said)]
    raise FileFormatError(_no_table())  # pragma: no cover - ISO-8859-1 reads any byte


def _separator(text: str) -> str:
    """Separator that is most frequent in the first line, quotes aside."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    outside = "".join(first.split('"')[::2])
    return max(_SEPARATORS, key=outside.count)


def _rows(text: str, separator: str) -> tuple[list[list[str]], list[int]]:
    """Rows that hold anything, and the line where each begins."""
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows: list[list[str]] = []
    starts: list[int] = []
    start = 1
    try:
        for row in reader:
            if any(row):
                rows.append(row)
                starts.append(start)
                require_few_rows(len(rows) - 1, limit=MAX_FEATURES)
            start = reader.line_num + 1
    except csv.Error as error:
        raise FileFormatError(_bad_quote(start)) from error
    return rows, starts


def _without_margin(rows: list[list[str]]) -> list[list[str]]:
    """Rows without the empty columns that a spreadsheet leaves at their end."""
    named = max((rank for rank, each in enumerate(rows[0], 1) if each.strip()), default=0)
    if any(any(row[named:]) for row in rows):
        return rows
    return [row[:named] for row in rows]


def _fitted(row: list[str], width: int) -> list[str]:
    """Row without the empty values beyond its last column."""
    if len(row) > width and not any(row[width:]):
        return row[:width]
    return row


def _bad_quote(line: int) -> Fault:
    """Fault of a quote that is never closed, or that text follows."""
    return Fault(
        Text(
            f"Guillemet mal fermé dans l'enregistrement qui commence ligne {line}.",
            f"Unbalanced quote in the record that begins on line {line}.",
        ),
        "",
        Text(
            "Doubler ou retirer ce guillemet, puis réenregistrer.",
            "Double or remove this quote, then save again.",
        ),
    )


def _too_ragged(count: int, width: int, first: str) -> Fault:
    """Fault of text whose rows mostly do not follow its header."""
    return Fault(
        Text(
            f"{count} ligne(s), la plupart, n'ont pas les {width} valeurs de l'en-tête "
            f"(première : {first}).",
            f"{count} row(s), most of them, do not have the {width} values of the header "
            f"(first: {first}).",
        ),
        "",
        Text(
            "Mettre entre guillemets les textes qui contiennent le séparateur.",
            "Put texts that hold the separator between quotes.",
        ),
    )


def _no_table() -> Fault:
    """Fault of text that is no table."""
    return Fault(
        Text(
            "Ce texte n'est pas une table : pas de colonnes séparées par « ; », « , » ou "
            "tabulation.",
            "This text is no table: no columns separated by “;”, “,” or tab.",
        ),
        "",
        Text(
            "Exporter la table en CSV, en-têtes en première ligne.",
            "Export the table as CSV, with headers on the first line.",
        ),
    )
