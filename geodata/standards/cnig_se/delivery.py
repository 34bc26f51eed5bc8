"""A delivery as it was handed over: a folder, an archive, a GeoPackage or one CSV become tables."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from geodata.errors import DataError, Fault, FileFormatError, MissingFileError
from geodata.language import Text
from geodata.standards.cnig_se.findings import Finding, shown
from geodata.standards.cnig_se.geopackage import read_geopackage
from geodata.standards.cnig_se.standard import Table, standard

__all__ = ["Delivered", "Delivery", "read_delivery"]

_MAX_BYTES = 512 * 2**20
_MAX_MEMBERS = 500
_MAX_CELL = 16 * 2**20
_MAX_ROWS = 500_000
_READ = (".csv", ".gpkg", ".xml")
_EMPTY = frozenset({"", "NA", "NaN", "N/A"})
_PROFILE = re.compile(r"profil[e]?\s*[:=]\s*(public|partner|internal)")


@dataclass(frozen=True, slots=True)
class Delivered:
    """One table of the standard as it was handed over."""

    name: str
    """Name of the table in the standard."""
    file: str
    """File it was read from, without its folder."""
    header: tuple[str, ...]
    """Columns of the file, in its order."""
    lines: tuple[int, ...]
    """Line of each row in the CSV; ``fid`` in a GeoPackage."""
    cells: dict[str, list[str]]
    """Cells by column of the standard; empty text where there is no value."""
    shapes: tuple[Any, ...] | None = None
    """Shapes of a GeoPackage; None for a CSV, whose shapes are cells."""
    crs: str | None = None
    """Reference system of those shapes."""

    @property
    def table(self) -> Table:
        """What the standard says of it."""
        return standard().tables[self.name]

    def column(self, name: str) -> list[str]:
        """Cells of a column; all empty where the file lacks it."""
        return self.cells.get(name) or [""] * len(self.lines)


@dataclass(frozen=True, slots=True)
class Delivery:
    """The tables that belong together."""

    name: str
    """Name of the delivery."""
    tables: dict[str, Delivered]
    """Tables by name in the standard."""
    is_demo: bool
    """Whether it says that it is a demonstration."""
    profile: str | None
    """Profile its metadata name."""
    defects: tuple[Finding, ...] = ()
    """What was wrong while reading."""


def read_delivery(path: Path) -> tuple[Delivery, ...]:
    """Deliveries found at ``path``: the CSV together, and each GeoPackage.

    Raises
    ------
    MissingFileError
        Nothing is there.
    FileFormatError
        Neither a folder, nor a ZIP archive, a GeoPackage or a CSV; or over the limits.
    DataError
        No table of the standard is in it.
    """
    files = dict(_files(path))
    texts = [_decoded(content) for name, content in files.items() if name.lower().endswith(".xml")]
    profiles = {match[1] for text, _ in texts for match in [_PROFILE.search(text)] if match}
    about: dict[str, Any] = {
        "is_demo": "DEMO" in path.name.upper() or any("DEMO" in each.upper() for each in files),
        "profile": profiles.pop() if len(profiles) == 1 else None,
    }
    found = []
    tables, defects = _csv_tables(files)
    if tables:
        found.append(Delivery(path.name, tables, defects=tuple(defects), **about))
    for name, content in files.items():
        if name.lower().endswith(".gpkg"):
            layers = _geopackage_tables(name, content)
            if layers:
                found.append(Delivery(name, layers, **about))
    if not found:
        raise DataError(*[_unread(each) for each in defects], _nothing(path.name))
    return tuple(found)


def _files(path: Path) -> Iterator[tuple[str, bytes]]:
    """Files of the delivery that are read, by name without folder."""
    if path.is_dir():
        members = sorted(each for each in path.iterdir() if each.suffix.lower() in _READ)
        _limit(path.name, len(members), sum(each.stat().st_size for each in members))
        for each in members:
            if not each.name.startswith("."):
                yield each.name, each.read_bytes()
        return
    if not path.is_file():
        raise MissingFileError(
            Fault(
                Text("Cette livraison n'existe pas.", "This delivery does not exist."),
                path.name,
                Text("Vérifier le chemin.", "Check the path."),
            )
        )
    _limit(path.name, 1, path.stat().st_size)
    suffix = path.suffix.lower()
    if suffix == ".zip":
        yield from _members(path)
    elif suffix in _READ:
        yield path.name, path.read_bytes()
    else:
        raise FileFormatError(_nothing(path.name))


def _members(path: Path) -> Iterator[tuple[str, bytes]]:
    """Files of an archive that are read; nothing is unpacked to the disk."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = [
                each
                for each in archive.infolist()
                if not each.is_dir() and each.filename.lower().endswith(_READ)
            ]
            _limit(path.name, len(members), sum(each.file_size for each in members))
            for each in members:
                with archive.open(each) as member:
                    content = member.read(each.file_size + 1)
                if len(content) > each.file_size:
                    raise FileFormatError(_too_large(path.name))
                yield PurePosixPath(each.filename.replace("\\", "/")).name, content
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        if isinstance(error, FileFormatError):
            raise
        raise FileFormatError(_nothing(path.name)) from error


def _csv_tables(files: dict[str, bytes]) -> tuple[dict[str, Delivered], list[Finding]]:
    """Tables of the CSV files, and what was wrong with the files themselves."""
    tables: dict[str, Delivered] = {}
    defects: list[Finding] = []
    for name, content in files.items():
        if not name.lower().endswith(".csv"):
            continue
        text, encoding = _decoded(content)
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


def _decoded(content: bytes) -> tuple[str, str]:
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
            if len(rows) > _MAX_ROWS:
                raise FileFormatError(_too_large("CSV"))
    except csv.Error as error:
        raise FileFormatError(_nothing("CSV")) from error
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
        column: [_value(cells[position]) for cells in padded]
        for position, column in reversed(list(enumerate(header)))
    }
    lines = tuple(line for line, _ in rows)
    return Delivered(name, file, header, lines, columns), short


def _value(cell: str) -> str:
    """Cell without the words that stand for nothing."""
    return "" if cell.strip() in _EMPTY else cell


def _geopackage_tables(file: str, content: bytes) -> dict[str, Delivered]:
    """Tables of the standard in a GeoPackage."""
    tables = {}
    for name, layer in read_geopackage(content, file=file).items():
        names = standard().tables[name].stored_columns
        cells = {
            names.get(column, column): [_value(each) for each in layer.cells[column]]
            for column in layer.header
        }
        tables[name] = Delivered(
            name, file, layer.header, layer.fids, cells, tuple(layer.shapes), layer.crs
        )
    return tables


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


def _limit(name: str, members: int, size: int) -> None:
    """Refuse what is too large to be read in memory."""
    if members > _MAX_MEMBERS or size > _MAX_BYTES:
        raise FileFormatError(_too_large(name))


def _too_large(name: str) -> Fault:
    """Fault of a delivery over the limits."""
    limit = _MAX_BYTES // 2**20
    return Fault(
        Text(
            f"La livraison dépasse les limites ({limit} Mo, {_MAX_MEMBERS} fichiers, "
            f"{_MAX_ROWS} lignes par table).",
            f"The delivery is over the limits ({limit} MB, {_MAX_MEMBERS} files, "
            f"{_MAX_ROWS} rows per table).",
        ),
        shown(name),
        Text("La découper.", "Split it."),
    )


def _nothing(name: str) -> Fault:
    """Fault of something without a table of the standard."""
    known = ", ".join(f"{table.file}.csv" for table in standard().tables.values())
    return Fault(
        Text(
            "Aucune table du standard « Sites économiques » n'y est lisible.",
            "No table of the “Sites économiques” standard can be read there.",
        ),
        shown(name),
        Text(
            f"Donner un dossier, un ZIP, un GeoPackage ou un CSV ({known}).",
            f"Give a folder, a ZIP, a GeoPackage or a CSV ({known}).",
        ),
    )


def _unread(finding: Finding) -> Fault:
    """Finding as a fault."""
    return Fault(finding.what, finding.file, finding.expected)
