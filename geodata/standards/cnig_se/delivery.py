"""A delivery as it was handed over: a folder, an archive, a GeoPackage or one CSV become tables."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from geodata.errors import DataError, Fault, FileFormatError, MissingFileError
from geodata.language import Text
from geodata.standards.cnig_se.csv_reading import cell_value, csv_tables, decoded
from geodata.standards.cnig_se.delivered import Delivered, Delivery
from geodata.standards.cnig_se.findings import Finding
from geodata.standards.cnig_se.geopackage_reading import read_geopackage
from geodata.standards.cnig_se.limits import no_delivery, require_small, too_large
from geodata.standards.cnig_se.standard import standard

__all__ = ["read_delivery"]

_READ = (".csv", ".gpkg", ".xml")
_PROFILE = re.compile(r"profil[e]?\s*[:=]\s*(public|partner|internal)")


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
    texts = [decoded(content) for name, content in files.items() if name.lower().endswith(".xml")]
    profiles = {match[1] for text, _ in texts for match in [_PROFILE.search(text)] if match}
    about: dict[str, Any] = {
        "is_demo": "DEMO" in path.name.upper() or any("DEMO" in each.upper() for each in files),
        "profile": profiles.pop() if len(profiles) == 1 else None,
    }
    found = []
    tables, defects = csv_tables(files)
    if tables:
        found.append(Delivery(path.name, tables, defects=tuple(defects), **about))
    for name, content in files.items():
        if name.lower().endswith(".gpkg"):
            layers = _geopackage_tables(name, content)
            if layers:
                found.append(Delivery(name, layers, **about))
    if not found:
        raise DataError(*[_unread(each) for each in defects], no_delivery(path.name))
    return tuple(found)


def _files(path: Path) -> Iterator[tuple[str, bytes]]:
    """Files of the delivery that are read, by name without folder."""
    if path.is_dir():
        members = sorted(each for each in path.iterdir() if each.suffix.lower() in _READ)
        require_small(path.name, len(members), sum(each.stat().st_size for each in members))
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
    require_small(path.name, 1, path.stat().st_size)
    suffix = path.suffix.lower()
    if suffix == ".zip":
        yield from _members(path)
    elif suffix in _READ:
        yield path.name, path.read_bytes()
    else:
        raise FileFormatError(no_delivery(path.name))


def _members(path: Path) -> Iterator[tuple[str, bytes]]:
    """Files of an archive that are read; nothing is unpacked to the disk."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = [
                each
                for each in archive.infolist()
                if not each.is_dir() and each.filename.lower().endswith(_READ)
            ]
            require_small(path.name, len(members), sum(each.file_size for each in members))
            for each in members:
                with archive.open(each) as member:
                    content = member.read(each.file_size + 1)
                if len(content) > each.file_size:
                    raise FileFormatError(too_large(path.name))
                yield PurePosixPath(each.filename.replace("\\", "/")).name, content
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        if isinstance(error, FileFormatError):
            raise
        raise FileFormatError(no_delivery(path.name)) from error


def _geopackage_tables(file: str, content: bytes) -> dict[str, Delivered]:
    """Tables of the standard in a GeoPackage."""
    tables = {}
    for name, layer in read_geopackage(content, file=file).items():
        names = standard().tables[name].stored_columns
        cells = {
            names.get(column, column): [cell_value(each) for each in layer.cells[column]]
            for column in layer.header
        }
        tables[name] = Delivered(
            name, file, layer.header, layer.fids, cells, tuple(layer.shapes), layer.crs
        )
    return tables


def _unread(finding: Finding) -> Fault:
    """Finding as a fault."""
    return Fault(finding.what, finding.file, finding.expected)
