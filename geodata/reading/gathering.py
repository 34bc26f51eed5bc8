"""A file, a folder or an archive becomes sets of plain files under generated names, by format."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from geodata.errors import Fault, FileFormatError, MissingFileError
from geodata.language import Text
from geodata.reading.detecting import ARCHIVES, HEAD_BYTES, detected
from geodata.reading.limits import GTFS_TABLES, MAX_BYTES

__all__ = ["Gathered", "Source", "gather"]

_SETS = {
    "shapefile": ("shp", "shx", "dbf", "prj", "cpg"),
    "mapinfo": ("tab", "dat", "map", "id", "ind"),
    "mif": ("mif", "mid"),
    "dbf": ("dbf", "cpg"),
}
"""Files that make one table together, the main one first; they share a name."""
_EDIGEO = ("thf", "gen", "geo", "qal", "dic", "scd", "vec")
_EDIGEO_NAME = re.compile(r"[A-Za-z0-9_-]{1,20}\.[A-Za-z]{3}")
_SUFFIX = {
    "geojson": "geojson", "csv": "csv", "xlsx": "xlsx", "geoparquet": "parquet", "gpkg": "gpkg",
    "dxf": "dxf", "kml": "kml",
}  # fmt: skip
_COMPANIONS = {
    "shx", "dbf", "prj", "cpg", "idx", "sbn", "sbx", "qix", "qmd", "qml", "qpj", "sld",
    "dat", "map", "ind", "mid",
}  # fmt: skip
_FOLDER_FILES = 300
_CHUNK = 2**20
Unpack = Callable[[Path, str, str], list[dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class Source:
    """One set of files to be read together."""

    name: str
    """What the user calls it, without folder nor extension."""
    kind: str
    """Format, a key of :data:`geodata.reading.detecting.DRIVERS`."""
    file: str
    """Generated name of the main file."""
    files: dict[str, str] = field(default_factory=dict)
    """Generated names of the tables of a timetable."""
    missing: tuple[str, ...] = ()
    """Extensions that ought to lie beside the main file."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """What there is to read."""

    sources: list[Source]
    """Sets of files, in the order of the archive or of their names."""
    ignored: list[str]
    """Names of files that are of no format we read."""
    digest: str
    """SHA-256 of the file, or of all files of a folder."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """One file before it is known what it goes with."""

    name: str
    path: Path
    kind: str | None

    @property
    def stem(self) -> str:
        """Name without extension, as files that belong together share it."""
        return _base(self.name).rpartition(".")[0].casefold()

    @property
    def suffix(self) -> str:
        """Extension in small letters."""
        return _base(self.name).rpartition(".")[2].lower()


def gather(path: Path, *, folder: Path, unpack: Unpack) -> Gathered:
    """Copy what ``path`` names into ``folder`` under generated names, archives unpacked.

    Parameters
    ----------
    path
        File, folder or archive of the user.
    folder
        New folder that nobody else uses.
    unpack
        Unpacks an archive in the reading process: path, format and the user's name for it.

    Raises
    ------
    MissingFileError, FileFormatError
        No file, or none that is read.
    """
    _require_there(path)
    digest = hashlib.sha256()
    if path.is_dir():
        pieces = [
            _copied(each, folder / f"part{rank}", digest) for rank, each in enumerate(_inside(path))
        ]
    else:
        path = _main_beside(path)
        first = _copied(path, folder / "part0", digest, is_wanted=True)
        if first.kind in ARCHIVES:
            members = unpack(first.path, first.kind, path.name)
            pieces = [_Piece(each["name"], folder / each["file"], each["kind"]) for each in members]
            if len(pieces) == 1 and pieces[0].kind == "xlsx":
                pieces = [_Piece(path.name, pieces[0].path, "xlsx")]
        else:
            pieces = [first, *_beside(path, first, folder, digest)]
    sources, ignored = _grouped(pieces, folder)
    if not sources:
        raise FileFormatError(_nothing_read([each.name for each in pieces]))
    return Gathered(sources, ignored, digest.hexdigest())


def _inside(path: Path) -> list[Path]:
    """Files of a folder, in the order of their names."""
    files = sorted(each for each in path.rglob("*") if each.is_file() and not each.is_symlink())
    if not files:
        raise FileFormatError(_nothing_read([]))
    if len(files) > _FOLDER_FILES or sum(each.stat().st_size for each in files) > MAX_BYTES:
        raise FileFormatError(_LARGE_FOLDER)
    return files


def _main_beside(path: Path) -> Path:
    """The .shp that lies beside a .dbf or .shx, else the file itself."""
    if path.suffix.lower() not in {".dbf", ".shx"}:
        return path
    near = (path.with_suffix(each) for each in (".shp", ".SHP", ".Shp"))
    return next((each for each in near if each.is_file()), path)


def _beside(path: Path, first: _Piece, folder: Path, digest: Any) -> list[_Piece]:  # noqa: ANN401
    """Files that lie beside the user's and make one table with it, whatever their case."""
    if first.kind == "edigeo":
        wanted: tuple[str, ...] = _EDIGEO
        near = sorted(each for each in path.parent.iterdir() if each.suffix[1:].lower() in wanted)
    elif first.kind in _SETS:
        wanted = _SETS[first.kind]
        near = sorted(
            each
            for each in path.parent.iterdir()
            if each.stem.casefold() == path.stem.casefold() and each.suffix[1:].lower() in wanted
        )
    else:
        return []
    others = [each for each in near if each != path and each.is_file()]
    return [
        _copied(each, folder / f"part{rank}", digest)
        for rank, each in enumerate(others[:_FOLDER_FILES], 1)
    ]


def _copied(path: Path, copy: Path, digest: Any, *, is_wanted: bool = False) -> _Piece:  # noqa: ANN401
    """Copy of one file, and what it is; a file that is wanted must be of a format that is read."""
    head = b""
    try:
        with path.open("rb") as source, copy.open("wb") as target:
            left = MAX_BYTES
            while chunk := source.read(_CHUNK):
                head = head or chunk[:HEAD_BYTES]
                digest.update(chunk)
                target.write(chunk)
                left -= len(chunk)
                if left < 0:
                    raise FileFormatError(_too_large(path.stat().st_size))
    except OSError as error:
        raise FileFormatError(_CANNOT_OPEN) from error
    if not head and is_wanted:
        raise FileFormatError(_EMPTY)
    try:
        kind = detected(head) if head else None
    except FileFormatError:
        if is_wanted:
            raise
        kind = None
    return _Piece(path.name, copy, kind)


def _grouped(pieces: list[_Piece], folder: Path) -> tuple[list[Source], list[str]]:
    """Sets of files, and the names of what is left."""
    tables = {
        each.stem: each for each in pieces if each.suffix == "txt" and each.stem in GTFS_TABLES
    }
    if {"stops", "routes"} <= tables.keys():
        files = {name: each.path.name for name, each in tables.items()}
        rest = [each.name for each in pieces if each not in tables.values()]
        return [Source("gtfs", "gtfs", "", files)], rest
    sources: list[Source] = []
    used: set[Path] = set()
    for kind, suffixes in _SETS.items():
        for main in _mains(pieces, kind, suffixes[0]):
            if main.path in used:
                continue
            set_of = _set(main, pieces, suffixes)
            used |= {each.path for each in set_of.values()}
            sources.append(_moved(main, set_of, kind, folder, len(sources)))
    for main in [each for each in pieces if each.kind == "edigeo"]:
        parts = [each for each in pieces if each.suffix in _EDIGEO]
        used |= {each.path for each in parts}
        sources.append(_edigeo(main, parts, folder, len(sources)))
    for each in pieces:
        if each.path not in used and each.kind in _SUFFIX:
            file = f"set{len(sources)}.{_SUFFIX[each.kind]}"
            each.path.rename(folder / file)
            used.add(each.path)
            sources.append(Source(_title(each.name), each.kind, file))
    ignored = [
        _base(each.name)
        for each in pieces
        if each.path not in used and each.suffix not in _COMPANIONS
    ]
    return sources, ignored


def _mains(pieces: Iterable[_Piece], kind: str, suffix: str) -> list[_Piece]:
    """Main files of the sets of one format; an .shx has the signature of an .shp."""
    of_kind = [each for each in pieces if each.kind == kind]
    return [each for each in of_kind if kind != "shapefile" or each.suffix != "shx"] or [
        each for each in of_kind if each.suffix == suffix
    ]


def _set(main: _Piece, pieces: Iterable[_Piece], suffixes: tuple[str, ...]) -> dict[str, _Piece]:
    """Files that go with the main one, by extension."""
    folder = main.name.replace("\\", "/").rpartition("/")[0]
    near = {
        each.suffix: each
        for each in pieces
        if each.stem == main.stem
        and each.suffix in suffixes
        and each.name.replace("\\", "/").rpartition("/")[0] == folder
    }
    return {**near, suffixes[0]: main}


def _moved(main: _Piece, set_of: dict[str, _Piece], kind: str, folder: Path, rank: int) -> Source:
    """Set renamed, so that its files share a generated name."""
    for suffix, each in set_of.items():
        each.path.rename(folder / f"set{rank}.{suffix}")
    missing = [each for each in ("shx", "dbf") if kind == "shapefile" and each not in set_of]
    return Source(_title(main.name), kind, f"set{rank}.{_SETS[kind][0]}", missing=tuple(missing))


def _edigeo(main: _Piece, parts: list[_Piece], folder: Path, rank: int) -> Source:
    """EDIGEO set in a folder of its own: its files name each other, so they keep plain names."""
    home = folder / f"set{rank}"
    home.mkdir()
    for each in parts:
        name = _base(each.name)
        if not _EDIGEO_NAME.fullmatch(name):
            raise FileFormatError(_odd_name(name))
        each.path.rename(home / name.upper())
    return Source(_title(main.name), "edigeo", f"set{rank}/{_base(main.name).upper()}")


def _base(name: str) -> str:
    """Name without its folder."""
    return name.replace("\\", "/").rstrip("/").rpartition("/")[2]


def _title(name: str) -> str:
    """Name of a table: that of its file, without folder and extensions."""
    base = _base(name)
    for suffix in (".gz", ".bz2"):
        if base.lower().endswith(suffix):
            base = base[: -len(suffix)]
    return base.rpartition(".")[0] or base


def _require_there(path: Path) -> None:
    """Refuse what does not exist or is too large, before copying it."""
    try:
        size = path.stat().st_size
    except (OSError, ValueError) as error:
        raise MissingFileError(_ABSENT) from error
    if path.is_dir():
        return
    if not path.is_file():
        raise FileFormatError(_CANNOT_OPEN)
    if not size:
        raise FileFormatError(_EMPTY)
    if size > MAX_BYTES:
        raise FileFormatError(_too_large(size))


_SPLIT = Text("Le découper, par commune par exemple.", "Split it, by municipality for instance.")
_ABSENT = Fault(
    Text("Ce fichier n'existe pas.", "This file does not exist."),
    "",
    Text("Vérifier le chemin.", "Check the path."),
)
_EMPTY = Fault(
    Text("Le fichier est vide.", "The file is empty."),
    "",
    Text("Le télécharger de nouveau.", "Download it again."),
)
_CANNOT_OPEN = Fault(
    Text("Le fichier ne peut pas être ouvert.", "The file cannot be opened."),
    "",
    Text("Vérifier les droits et la place libre.", "Check rights and free space."),
)
_LARGE_FOLDER = Fault(
    Text(
        f"Le dossier dépasse {_FOLDER_FILES} fichiers ou {MAX_BYTES // 2**20} Mo.",
        f"The folder exceeds {_FOLDER_FILES} files or {MAX_BYTES // 2**20} MB.",
    ),
    "",
    Text("Donner les fichiers voulus.", "Give the files wanted."),
)


def _too_large(size: int) -> Fault:
    """Fault of a file that is too large."""
    limit = MAX_BYTES // 2**20
    return Fault(
        Text(
            f"Le fichier pèse {size // 2**20} Mo ; la limite est {limit} Mo.",
            f"The file has {size // 2**20} MB; the limit is {limit} MB.",
        ),
        "",
        _SPLIT,
    )


def _odd_name(name: str) -> Fault:
    """Fault of an EDIGEO part whose name no EDIGEO has."""
    shown = "".join(each if each.isprintable() else "?" for each in name)[:40]
    return Fault(
        Text(f"Nom de fichier EDIGEO inattendu : « {shown} ».", f"Odd EDIGEO name: “{shown}”."),
        "",
        Text("Télécharger de nouveau la feuille.", "Download the sheet again."),
    )


def _nothing_read(names: list[str]) -> Fault:
    """Fault of a folder, an archive or a companion file without any table."""
    shown = ["".join(c if c.isprintable() else "?" for c in _base(each))[:40] for each in names]
    met = ", ".join(shown[:5]) or "—"
    return Fault(
        Text(f"Aucune table n'y est lue ({met}).", f"No table is read in it ({met})."),
        "",
        Text(
            "Donner le fichier principal, par exemple le .shp ou le .THF, avec ceux qui "
            "l'accompagnent.",
            "Give the main file, for instance the .shp or the .THF, with those that go with it.",
        ),
    )
