"""Shapes of a table in Lambert-93, and what is wrong with each of them alone."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import shapely
import shapely.geometry

from geodata.crs import PARTNER_CRS, WEB_CRS, is_same, looks_like_metres, to_partner
from geodata.language import Text
from geodata.standards.cnig_se.cells import at
from geodata.standards.cnig_se.delivered import Delivered
from geodata.standards.cnig_se.findings import Finding, shown

__all__ = ["Ground", "on_web", "placed"]

_MAINLAND = (-5.5, 41.0, 10.0, 51.6)
_FRANCE = (
    _MAINLAND,
    (-62.0, 14.2, -60.7, 18.2),
    (-55.0, 2.0, -51.0, 6.0),
    (55.0, -21.6, 56.0, -20.7),
    (44.9, -13.2, 45.4, -12.5),
    (-56.6, 46.7, -56.0, 47.2),
)
"""Boxes of longitudes and latitudes: mainland, then the Antilles, Guyane, Réunion, Mayotte and
Saint-Pierre-et-Miquelon."""
_FARTHEST = 1e8
_GEOS_ERROR = shapely.errors.ShapelyError
_CLOSING_M = 0.01
_ALLOWED = {
    "site_eco": {"Polygon", "MultiPolygon"},
    "terrain_eco": {"Polygon", "MultiPolygon"},
    "etablissement": {"Point", "MultiPoint"},
    "pole_eco": {"Point"},
}


@dataclass(frozen=True, slots=True)
class Ground:
    """One table on the ground."""

    delivered: Delivered
    """The table."""
    shapes: np.ndarray
    """Shapes in Lambert-93 by row; None where there is none to be trusted."""


def placed(delivered: Delivered) -> tuple[Ground, list[Finding]]:
    """Shapes of a table in Lambert-93, and what is wrong with them."""
    if delivered.shapes is None:
        return _from_cells(delivered)
    found: list[Finding] = []
    sane = [each if each is not None and _is_earthly(each) else None for each in delivered.shapes]
    raw = np.array([*sane, None], dtype=object)[:-1]
    crs = delivered.crs or PARTNER_CRS
    if not _is_legal(delivered.crs):
        found.append(_wrong_system(delivered))
    shapes = gpd.GeoSeries(shapely.force_2d(raw), crs=crs)
    if not is_same(crs, PARTNER_CRS):
        shapes = to_partner(shapes.to_frame("geometry")).geometry
    return _trusted(delivered, shapes.to_numpy(), found)


def _from_cells(delivered: Delivered) -> tuple[Ground, list[Finding]]:
    """Shapes of a CSV: GeoJSON or « lon, lat », where Lambert-93 is met too."""
    column = delivered.table.shape_column
    kind = delivered.table.columns[column].kind
    found: list[Finding] = []
    raw = np.full(len(delivered.lines), None, dtype=object)
    is_metric = np.zeros(len(raw), dtype=bool)
    for row, cell in enumerate(delivered.column(column)):
        if not cell.strip():
            continue
        try:
            shape, warned = _geopoint(cell) if kind == "geopoint" else _geojson(cell)
        except (ValueError, TypeError, LookupError, AttributeError, RecursionError, _GEOS_ERROR):
            found.append(_unreadable(delivered, row, column, kind))
            continue
        raw[row] = shape
        is_metric[row] = looks_like_metres(shape.bounds)
        if warned:
            found.append(_unclosed(delivered, row, column))
    found += _metric(delivered, column, np.flatnonzero(is_metric))
    shapes = gpd.GeoSeries(raw, crs=WEB_CRS)
    degrees = ~is_metric & ~shapely.is_missing(raw)
    for row in np.flatnonzero(degrees).tolist():
        fault = _misplaced(raw[row])
        if fault is not None:
            found.append(_on_row("position", delivered, row, column, *fault))
            degrees[row] = False
            raw[row] = None
    lambert = to_partner(shapes.to_frame("geometry")).geometry.to_numpy()
    return _trusted(delivered, np.where(is_metric, raw, np.where(degrees, lambert, None)), found)


def _geojson(cell: str) -> tuple[shapely.Geometry, bool]:
    """Shape of GeoJSON text, and whether a ring had to be closed by less than a centimetre."""
    document = json.loads(cell)
    if document["type"] == "Feature":
        document = document["geometry"]
    kind, coordinates = document["type"], document["coordinates"]
    closed = False
    polygons = {"Polygon": [coordinates], "MultiPolygon": coordinates}.get(kind, [])
    for ring in (ring for polygon in polygons for ring in polygon):
        gap = math.dist(ring[0][:2], ring[-1][:2])
        if gap > _CLOSING_M or (gap > 0 and abs(ring[0][0]) <= 180 and gap > 1e-7):  # noqa: PLR2004
            raise ValueError(gap)
        closed |= gap > 0
        ring[-1] = ring[0]
    shape = shapely.force_2d(shapely.geometry.shape(document))
    if shape.is_empty or not _is_earthly(shape):
        raise ValueError(kind)
    return shape, closed


def _geopoint(cell: str) -> tuple[shapely.Geometry, bool]:
    """Point of « lon, lat »."""
    longitude, latitude = (float(each) for each in cell.split(","))
    point = shapely.Point(longitude, latitude)
    if not _is_earthly(point):
        raise ValueError(cell)
    return point, False


def _is_earthly(shape: shapely.Geometry) -> bool:
    """Whether coordinates are finite, and small enough to be a place in any system."""
    return bool((np.abs(shapely.get_coordinates(shape)) < _FARTHEST).all())


def _misplaced(shape: shapely.Geometry) -> tuple[Text, str, str] | None:
    """Why a shape in degrees cannot be in France: what, value and remedy."""
    west, south, east, north = shape.bounds
    if any(_within((west, south, east, north), box) for box in _FRANCE):
        return None
    value = f"{west:.4f}, {south:.4f}"
    if _within((south, west, north, east), _MAINLAND):
        return _SWAPPED, value, f"{south:.4f}, {west:.4f}"
    return _ELSEWHERE, value, ""


def _within(
    bounds: tuple[float, float, float, float], box: tuple[float, float, float, float]
) -> bool:
    """Whether bounds lie inside a box."""
    return box[0] <= bounds[0] <= bounds[2] <= box[2] and box[1] <= bounds[1] <= bounds[3] <= box[3]


def _trusted(
    delivered: Delivered, shapes: np.ndarray, found: list[Finding]
) -> tuple[Ground, list[Finding]]:
    """Shapes of the right kind and valid; the others are told and set aside."""
    kept = shapes.copy()
    column = delivered.table.shape_column
    told = {each.line for each in found if each.rule in {"geometry", "position"}}
    for row, shape in enumerate(shapes):
        if shape is None or shape.is_empty:
            kept[row] = None
            if delivered.shapes is not None and delivered.lines[row] not in told:
                found.append(_on_row("geometry", delivered, row, column, _NO_SHAPE))
        elif shape.geom_type not in _ALLOWED[delivered.name]:
            kept[row] = None
            found.append(
                _on_row("geometry_type", delivered, row, column, _WRONG_SHAPE, shape.geom_type)
            )
        elif not shape.is_valid:
            kept[row] = shapely.make_valid(shape)
            reason = shapely.is_valid_reason(shape)
            found.append(
                _on_row("geometry_valid", delivered, row, column, _INVALID, shown(reason),
                        place=shape)
            )  # fmt: skip
    return Ground(delivered, kept), found


def _is_legal(crs: str | None) -> bool:
    """Whether a GeoPackage is in Lambert-93 or a conic conformal zone of mainland France."""
    zones = [f"EPSG:{code}" for code in range(3942, 3951)]
    return crs is not None and (crs in zones or is_same(crs, PARTNER_CRS))


def _on_row(
    rule: str,
    delivered: Delivered,
    row: int,
    column: str,
    what: Text,
    value: str = "",
    suggestion: str = "",
    place: shapely.Geometry | None = None,
) -> Finding:
    """Error about the shape of a row."""
    return Finding(
        rule, "error", delivered.file, what, value=value, suggestion=suggestion,
        place=None if place is None else on_web(place), **at(delivered, row, column),
    )  # fmt: skip


def on_web(shape: shapely.Geometry) -> dict[str, Any]:
    """Shape as a GeoJSON geometry in WGS84, to the centimetre."""
    there = gpd.GeoSeries([shape], crs=PARTNER_CRS).to_crs(WEB_CRS).iloc[0]
    rounded = shapely.transform(there, lambda degrees: np.round(degrees, 7))
    document: dict[str, Any] = json.loads(shapely.to_geojson(rounded))
    return document


def _unreadable(delivered: Delivered, row: int, column: str, kind: str) -> Finding:
    """Error of a shape that cannot be read."""
    expected = {
        "geopoint": Text("longitude, latitude en degrés", "longitude, latitude in degrees"),
    }.get(kind, Text("GeoJSON, anneaux fermés", "GeoJSON, rings closed"))
    return Finding(
        "geometry", "error", delivered.file,
        Text("La géométrie ne se lit pas.", "The geometry cannot be read."),
        value=shown(delivered.column(column)[row]), expected=expected,
        **at(delivered, row, column),
    )  # fmt: skip


def _unclosed(delivered: Delivered, row: int, column: str) -> Finding:
    """Warning of a ring that is closed to the centimetre only."""
    return Finding(
        "ring_closed", "warning", delivered.file,
        Text("Un anneau ne se referme qu'au centimètre près.",
             "A ring is closed to the centimetre only."),
        expected=Text("premier point = dernier point", "first point = last point"),
        **at(delivered, row, column),
    )  # fmt: skip


def _metric(delivered: Delivered, column: str, rows: np.ndarray) -> list[Finding]:
    """Warnings of GeoJSON cells in metres."""
    return [
        Finding(
            "geojson_in_metres", "warning", delivered.file,
            Text("Le GeoJSON est en Lambert-93 ; il est lu ainsi, mais RFC 7946 veut des degrés.",
                 "The GeoJSON is in Lambert-93; it is read so, but RFC 7946 wants degrees."),
            expected=Text("longitude, latitude WGS84", "WGS84 longitude, latitude"),
            **at(delivered, int(row), column),
        )
        for row in rows
    ]  # fmt: skip


def _wrong_system(delivered: Delivered) -> Finding:
    """Error of a GeoPackage in another system than the legal ones."""
    return Finding(
        "crs", "error", delivered.file,
        Text("Le système de coordonnées n'est pas le légal.",
             "The reference system is not the legal one."),
        table=delivered.table.class_, value=delivered.crs or "?",
        expected=Text("EPSG:2154 (ou CC42 à CC50)", "EPSG:2154 (or CC42 to CC50)"),
        suggestion=PARTNER_CRS,
    )  # fmt: skip


_NO_SHAPE = Text("La géométrie manque.", "The geometry is missing.")
_WRONG_SHAPE = Text("Ce type de géométrie n'est pas celui de la table.",
                    "This kind of geometry is not that of the table.")  # fmt: skip
_INVALID = Text("Le contour est invalide.", "The outline is invalid.")
_SWAPPED = Text("Longitude et latitude sont échangées.", "Longitude and latitude are swapped.")
_ELSEWHERE = Text("Ces coordonnées ne sont pas en France.", "These coordinates are not in France.")
