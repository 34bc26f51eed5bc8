"""What a file is, from its first bytes: a name proves nothing."""

from __future__ import annotations

import re
import struct

from geodata.errors import Fault, FileFormatError
from geodata.language import Text

__all__ = ["ARCHIVES", "DRIVERS", "HEAD_BYTES", "detected"]

HEAD_BYTES = 65_536
"""How much of a file is looked at."""
ARCHIVES = frozenset({"gzip", "bzip2", "zip", "tar"})
"""Formats that hold other files."""
DRIVERS: dict[str, str | None] = {
    "geojson": None,
    "csv": None,
    "xlsx": None,
    "geoparquet": None,
    "gtfs": None,
    "gpkg": "GPKG",
    "shapefile": "ESRI Shapefile",
    "dbf": "ESRI Shapefile",
    "edigeo": "EDIGEO",
    "dxf": "DXF",
    "kml": "LIBKML",
    "mapinfo": "MapInfo File",
    "mif": "MapInfo File",
}
"""The one GDAL driver that each format may use; None where GDAL is not used at all."""

_SIGNATURES = {
    b"\x1f\x8b": "gzip",
    b"BZh": "bzip2",
    b"PK\x03\x04": "zip",
    b"PK\x05\x06": "zip",
    b"SQLite format 3\x00": "gpkg",
    b"PAR1": "geoparquet",
    b"\x00\x00\x27\x0a": "shapefile",
}
_REFUSED = {
    b"Rar!": "RAR",
    b"7z\xbc\xaf": "7-Zip",
    b"\xfd7zXZ": "XZ",
    b"\x28\xb5\x2f\xfd": "Zstandard",
    b"\xd0\xcf\x11\xe0": "Excel .xls / Word .doc",
    b"%PDF": "PDF",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"II*\x00": "TIFF",
    b"MM\x00*": "TIFF",
    b"GIF8": "GIF",
    b"AutoCAD Binary DXF": "DXF binaire / binary DXF",
    b"AC10": "DWG",
    b"fgb\x03": "FlatGeobuf",
    b"ARROW1": "Arrow",
    b"\x7fELF": "ELF",
    b"MZ": "EXE",
}
_TAR_PLACE = slice(257, 262)
_DBF_VERSIONS = {0x03, 0x30, 0x31, 0x32, 0x83, 0x8B, 0x8E, 0xF5}
_DBF_HEADER = 32
_DXF = re.compile(rb"\s*(?:999\r?\n[^\n]*\n\s*)*0\r?\n\s*SECTION\b")
_MIF = re.compile(rb"\s*version\s+\d+", re.IGNORECASE)
_TAB = re.compile(rb"\s*!table\b", re.IGNORECASE)
_WKT = re.compile(rb"\s*(PROJCS|GEOGCS|COMPD_CS|PROJCRS|GEOGCRS)\s*\[")
_ROOT = re.compile(rb"<(?:[\w.-]+:)?([A-Za-z_][\w.-]*)")
_BEFORE_ROOT = re.compile(rb"<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[.*?\])?[^>]*>", re.DOTALL)
_SEPARATORS = b";,\t|"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_CONTROLS = bytes(each for each in range(32) if each not in b"\t\n\r\f\x1a\x1b")


def detected(head: bytes) -> str:
    """Format of the file that begins with ``head``: one of DRIVERS or ARCHIVES, or a companion.

    Companions are ``prj`` and ``edigeo_part``: files that are read with another.

    Raises
    ------
    FileFormatError
        No format that is read; the message says what it looks like.
    """
    for signature, kind in _SIGNATURES.items():
        if head.startswith(signature):
            return kind
    for signature, name in _REFUSED.items():
        if head.startswith(signature):
            raise FileFormatError(_not_read(name))
    if head[_TAR_PLACE] == b"ustar":
        return "tar"
    if _is_dbf(head):
        return "dbf"
    if head.startswith(_UTF16):
        head = head[: len(head) // 2 * 2].decode("utf-16", "replace").encode("utf-8", "replace")
    return _text(head.removeprefix(b"\xef\xbb\xbf"))


def _is_dbf(head: bytes) -> bool:
    """Whether these bytes are the head of a dBase table."""
    if len(head) < _DBF_HEADER + 1 or head[0] not in _DBF_VERSIONS:
        return False
    month, day = head[2], head[3]
    rows, header, record = struct.unpack_from("<IHH", head, 4)
    del rows
    return month <= 12 and day <= 31 and header > _DBF_HEADER and record > 0  # noqa: PLR2004 - a date


def _text(head: bytes) -> str:
    """Format of a text."""
    text = head.lstrip()
    if not text:
        raise FileFormatError(_NOTHING)
    if text[:1] in b"{[":
        return "geojson"
    if text[:1] == b"<":
        return _markup(text)
    if text.startswith(b"BOM") and b":" in text[:12]:
        return "edigeo" if b"RTYSA03:GTS" in text else "edigeo_part"
    for pattern, kind in ((_DXF, "dxf"), (_TAB, "mapinfo"), (_MIF, "mif"), (_WKT, "prj")):
        if pattern.match(head):
            return kind
    if any(each in head for each in _CONTROLS):
        raise FileFormatError(_not_read("binaire / binary"))
    first = text.splitlines()[0]
    if any(each in first for each in _SEPARATORS):
        return "csv"
    raise FileFormatError(_not_read("texte sans colonnes / text without columns"))


def _markup(text: bytes) -> str:
    """Format of a text that begins with a bracket: KML only, whatever it points to."""
    root = _ROOT.search(_BEFORE_ROOT.sub(b"", text))
    name = "?" if root is None else root[1][:40].decode("ascii", "replace")
    if name == "kml":
        return "kml"
    raise FileFormatError(_not_read(f"XML <{name}>"))


_KNOWN = Text(
    "Formats lus : GeoJSON, GeoPackage, Shapefile (.zip ou fichiers ensemble), EDIGEO, DXF, KML, "
    "MapInfo, CSV, XLSX, GeoParquet, GTFS.",
    "Formats read: GeoJSON, GeoPackage, Shapefile (.zip or files together), EDIGEO, DXF, KML, "
    "MapInfo, CSV, XLSX, GeoParquet, GTFS.",
)
_NOTHING = Fault(
    Text("Le fichier ne contient que des blancs.", "The file holds nothing but blanks."), "", _KNOWN
)


def _not_read(name: str) -> Fault:
    """Fault of a format that is not read."""
    return Fault(
        Text(f"Ce format n'est pas lu ({name}).", f"This format is not read ({name})."),
        "",
        _KNOWN,
    )
