"""GeoParquet becomes columns and shapes; runs in the reading process only."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pyproj
import shapely

from geodata.crs import WEB_CRS
from geodata.errors import Fault, FileFormatError
from geodata.language import Text
from geodata.reading.coordinates import with_shapes
from geodata.reading.found import Found, require_few_rows
from geodata.reading.limits import MAX_BYTES
from geodata.reading.ogr import plain_columns

__all__ = ["read_geoparquet"]

_GROWTH = 4
"""Parquet is packed; in memory a file may take this many times the largest file."""


def read_geoparquet(path: Path, *, name: str, repair: bool = False) -> list[Found]:
    """The table of a GeoParquet file; one without shapes may tell them in its columns.

    Raises
    ------
    FileFormatError
        Damaged, or larger than the limits.
    """
    try:
        file = pq.ParquetFile(path)
        require_few_rows(file.metadata.num_rows)
        groups = range(file.metadata.num_row_groups)
        _require_small(sum(file.metadata.row_group(rank).total_byte_size for rank in groups))
        table = file.read()
        geo = _geo(file.schema_arrow.metadata)
    except FileFormatError:
        raise
    except (pa.ArrowException, OSError, ValueError, KeyError, TypeError) as error:
        raise FileFormatError(_DAMAGED) from error
    column = geo.get("primary_column") if geo else None
    if not isinstance(column, str) or column not in table.column_names:
        plain, defects = plain_columns(table)
        return [with_shapes(name, plain, defects, repair=repair)]
    described = geo.get("columns", {}).get(column, {})
    if described.get("encoding") != "WKB":
        raise FileFormatError(_NOT_WKB)
    binary = table.column(column).to_numpy(zero_copy_only=False)
    nulls = np.array([each is None for each in binary], dtype=bool)
    shapes = shapely.from_wkb(binary, on_invalid="ignore")
    others = [each for each in geo.get("columns", {}) if each in table.column_names]
    plain, defects = plain_columns(table.drop_columns(others))
    return [Found(name, plain, shapes, _crs(described), defects, nulls)]


def _require_small(size: int) -> None:
    """Refuse what would not fit in memory."""
    if size > _GROWTH * MAX_BYTES:
        raise FileFormatError(_TOO_LARGE)


def _geo(metadata: dict[bytes, bytes] | None) -> dict[str, Any]:
    """What the file says of its shapes."""
    said = (metadata or {}).get(b"geo")
    document = json.loads(said) if said else {}
    return document if isinstance(document, dict) else {}


def _crs(described: dict[str, Any]) -> str | None:
    """System of the column: WGS84 where nothing is said (GeoParquet 1.1), none where it is null."""
    if "crs" not in described:
        return WEB_CRS
    said = described["crs"]
    if said is None:
        return None
    try:
        crs = pyproj.CRS.from_json_dict(said)
    except (pyproj.exceptions.CRSError, TypeError, AttributeError):
        return "?"
    return str(crs.to_wkt())


_AGAIN = Text(
    "Réexporter le fichier en GeoParquet ou en GeoPackage.",
    "Export the file again as GeoParquet or GeoPackage.",
)
_DAMAGED = Fault(Text("Le fichier Parquet est abîmé.", "The Parquet file is damaged."), "", _AGAIN)
_NOT_WKB = Fault(
    Text("Seul l'encodage WKB de GeoParquet est lu.", "Only the WKB encoding is read."), "", _AGAIN
)
_TOO_LARGE = Fault(
    Text(
        f"Le contenu du fichier dépasse {_GROWTH * MAX_BYTES // 2**20} Mo.",
        f"The content of the file exceeds {_GROWTH * MAX_BYTES // 2**20} MB.",
    ),
    "",
    Text("Découper le fichier, par commune par exemple.", "Split it, by municipality say."),
)
