"""Tables of a delivery as text: CSV, GeoJSON, and the list of what is missing."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geodata.profiles import Profile
from geodata.standards.cnig_se.building import Built
from geodata.standards.cnig_se.standard import Table, standard
from geodata.writing import geojson

__all__ = ["csv_text", "geojson_text", "missing_text", "typed"]

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\x00")
_DEGREE_DECIMALS = 7


def csv_text(table: Table, rows: Sequence[Mapping[str, Any]], shapes: np.ndarray) -> str:
    """Table as CSV: every column of the standard, in its order."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=standard().separator, lineterminator="\r\n")
    writer.writerow(table.columns)
    for row, shape in zip(rows, shapes, strict=True):
        writer.writerow(
            [
                _shape_cell(shape, column.kind, table)
                if column.is_shape
                else _cell(row[name], column.kind)
                for name, column in table.columns.items()
            ]
        )
    return text.getvalue()


def _cell(value: Any, kind: str) -> str:  # noqa: ANN401 - a cell is anything
    """Cell as text: decimal point, no exponent, and no formula."""
    if value is None:
        return ""
    if isinstance(value, float):
        return np.format_float_positional(value, trim="-")
    said = " ".join(str(value).split()) if kind == "text" else str(value)
    return f"'{said}" if said.startswith(_FORMULA_STARTS) else said


def _shape_cell(shape: shapely.Geometry, kind: str, table: Table) -> str:
    """Shape in a cell: GeoJSON, or « longitude, latitude »."""
    if kind == "geopoint":
        point = shape if table.shape == "Point" else shape.centroid
        return f"{point.x:.{_DEGREE_DECIMALS}f}, {point.y:.{_DEGREE_DECIMALS}f}"
    there = shapely.transform(
        typed(shape, table), lambda degrees: np.round(degrees, _DEGREE_DECIMALS)
    )
    document = json.loads(shapely.to_geojson(shapely.orient_polygons(there, exterior_cw=False)))
    return json.dumps(document, separators=(",", ":"))


def typed(shape: shapely.Geometry, table: Table) -> shapely.Geometry:
    """Shape of the type of its table."""
    if table.shape == "MultiPolygon" and shape.geom_type == "Polygon":
        return shapely.multipolygons([shape])
    if table.shape == "MultiPoint" and shape.geom_type == "Point":
        return shapely.multipoints([shape])
    return shape


def geojson_text(
    table: Table,
    rows: Sequence[Mapping[str, Any]],
    frame: gpd.GeoDataFrame,
    mark: str,
    profile: Profile,
) -> str:
    """Table as RFC 7946 GeoJSON."""
    names = [name for name, column in table.columns.items() if not column.is_shape]
    cells = pd.DataFrame(list(rows), columns=names, dtype=object)
    shapes = [typed(each, table) for each in frame.geometry]
    features = gpd.GeoDataFrame(cells, geometry=shapes, crs=frame.crs)
    features.index = pd.Index(cells[table.key].astype(str))
    about = {
        "standard": f"{standard().title} {standard().version}",
        "class": table.class_,
        "profile": profile,
        "demo": bool(mark),
    }
    return geojson.to_text(features, metadata=about)


def missing_text(built: Built) -> str:
    """What is to be completed before it can be delivered; names of establishments stay out."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=standard().separator, lineterminator="\r\n")
    writer.writerow(["classe", "objet", "nom", "valeurs_manquantes"])
    for each in built.left_out:
        missing = standard().several.join(each.missing)
        writer.writerow([each.class_, _cell(each.key, "text"), _cell(each.name, "text"), missing])
    return text.getvalue()
