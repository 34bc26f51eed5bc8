"""Shapes told in the columns of a plain table: WKT, GeoJSON, longitude and latitude, x and y."""

from __future__ import annotations

import json
import re
import warnings
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import shapely

from geodata.crs import PARTNER_CRS, WEB_CRS
from geodata.reading.defects import Defect
from geodata.reading.found import Found
from geodata.reading.geojson import shapes_of

__all__ = ["with_shapes"]

_SHAPE_NAMES = (
    "wkt", "geom", "geometry", "the_geom", "geometrie", "geom_wkt", "wkt_geom", "shape",
    "geo_shape", "geojson",
)  # fmt: skip
_OF_A_STANDARD = ("_geomsurf", "_geompoint")
"""Columns of CNIG “Sites économiques”, whose rules are those of its layout."""
_WKT = re.compile(
    r"\s*(SRID=\d+;)?\s*(POINT|LINESTRING|POLYGON|MULTIPOINT|MULTILINESTRING|MULTIPOLYGON|"
    r"GEOMETRYCOLLECTION|CURVEPOLYGON|TIN)\s*(Z|M|ZM)?\s*(\(|EMPTY)",
    re.IGNORECASE,
)
_GEOJSON = re.compile(r"""\s*\{\s*"(type|coordinates|bbox)"\s*:""")
_SRID = re.compile(r"\s*SRID=(\d+);", re.IGNORECASE)
_PAIRS: tuple[tuple[frozenset[str], frozenset[str], str | None], ...] = (
    (
        frozenset({"lon", "long", "lng", "longitude", "stop_lon", "x_wgs84", "lon_wgs84", "xlong"}),
        frozenset({"lat", "latitude", "stop_lat", "y_wgs84", "lat_wgs84", "ylat"}),
        WEB_CRS,
    ),
    (
        frozenset({"x_l93", "x_lambert93", "x_lamb93", "coord_x_l93", "x_lambert_93", "xl93"}),
        frozenset({"y_l93", "y_lambert93", "y_lamb93", "coord_y_l93", "y_lambert_93", "yl93"}),
        PARTNER_CRS,
    ),
    (
        frozenset({"x", "coord_x", "coordx", "x_coord", "xcoord", "easting", "lambx", "coord x"}),
        frozenset({"y", "coord_y", "coordy", "y_coord", "ycoord", "northing", "lamby", "coord y"}),
        None,
    ),
)
"""Names of columns, first and second coordinate, and the system that the names themselves say."""
_LOOKED_AT = 200


class _Shapes(NamedTuple):
    """Shapes of one table and what goes with them."""

    shapes: np.ndarray
    nulls: np.ndarray
    infinite: np.ndarray
    declared: str | None
    used: list[str]


def with_shapes(name: str, table: pa.Table, defects: list[Defect], *, repair: bool) -> Found:
    """Table with the shapes that its columns tell; a plain table where they tell none."""
    made = _from_text(table, repair=repair) or _from_pair(table)
    if made is None:
        return Found(name, table, None, None, defects)
    rest = table.drop_columns(made.used)
    if not rest.num_columns:
        rest = pa.table({"id": pa.nulls(table.num_rows, pa.string())})
    return Found(name, rest, made.shapes, made.declared, defects, made.nulls, made.infinite)


def _from_text(table: pa.Table, *, repair: bool) -> _Shapes | None:
    """Shapes of the first column that holds WKT or GeoJSON; a column of that name comes first."""
    names = sorted(table.column_names, key=lambda each: _rank(each.lower()))
    for name in names:
        column = table.column(name)
        if not pa.types.is_string(column.type) or name.lower().endswith(_OF_A_STANDARD):
            continue
        sample = [each for each in column.slice(0, _LOOKED_AT).to_pylist() if each]
        if sample and sum(bool(_WKT.match(each)) for each in sample) * 2 > len(sample):
            return _from_wkt(name, column.to_pylist())
        if sample and sum(bool(_GEOJSON.match(each)) for each in sample) * 2 > len(sample):
            values = [_json(each) for each in column.to_pylist()]
            shapes, nulls, infinite, _ = shapes_of(values, repair=repair)
            return _Shapes(shapes, nulls, infinite, None, [name])
    return None


def _rank(name: str) -> int:
    """Place of a column among those that may hold shapes."""
    return _SHAPE_NAMES.index(name) if name in _SHAPE_NAMES else len(_SHAPE_NAMES)


def _from_wkt(name: str, values: list[str | None]) -> _Shapes:
    """Shapes of WKT; a common SRID in front of it says the system."""
    codes = {match[1] for each in values if each and (match := _SRID.match(each))}
    plain = [_SRID.sub("", each, count=1) if each else None for each in values]
    nulls = np.array([not each or not each.strip() for each in plain], dtype=bool)
    texts = np.array([None if null else each for each, null in zip(plain, nulls, strict=True)])
    with np.errstate(all="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        shapes = shapely.from_wkt(texts, on_invalid="ignore")
    declared = f"EPSG:{codes.pop()}" if len(codes) == 1 else None
    return _Shapes(
        np.atleast_1d(shapes), nulls, np.zeros(len(values), dtype=bool), declared, [name]
    )


def _json(text: str | None) -> Any:  # noqa: ANN401 - JSON is anything
    """Value of a text; a number, which is no shape, where it is no JSON."""
    if not text or not text.strip():
        return None
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return 0


def _from_pair(table: pa.Table) -> _Shapes | None:
    """Points of two columns of coordinates."""
    by_lower = {name.strip().lower(): name for name in reversed(table.column_names)}
    for first, second, declared in _PAIRS:
        x = next((by_lower[each] for each in sorted(first) if each in by_lower), None)
        y = next((by_lower[each] for each in sorted(second) if each in by_lower), None)
        if x is None or y is None:
            continue
        points = np.column_stack([_numbers(table.column(x)), _numbers(table.column(y))])
        absent = _absent(table.column(x)) | _absent(table.column(y))
        broken = ~np.isfinite(points).all(axis=1)
        if broken.all() and not absent.all():
            continue
        shapes = np.full(len(points), None, dtype=object)
        shapes[~broken] = shapely.points(points[~broken])
        return _Shapes(shapes, absent, broken & ~absent, declared, [])
    return None


def _absent(column: pa.ChunkedArray) -> np.ndarray:
    """Rows without a value."""
    texts = pc.utf8_trim_whitespace(pc.cast(column, pa.string()))
    blank = pc.or_kleene(pc.is_null(texts), pc.equal(texts, ""))
    return np.asarray(pc.fill_null(blank, fill_value=True).to_numpy(), dtype=bool)


def _numbers(column: pa.ChunkedArray) -> np.ndarray:
    """Numbers, with a point or a comma before the decimals; NaN where there are none."""
    if not pa.types.is_string(column.type):
        return np.asarray(pc.cast(column, pa.float64()).to_numpy(), dtype=float)
    return np.array([_number(each) for each in column.to_pylist()], dtype=float)


def _number(text: str | None) -> float:
    """Number of a text; NaN where it is none."""
    try:
        return float((text or "").strip().replace("\u00a0", "").replace(" ", "").replace(",", "."))
    except ValueError:
        return float("nan")
