"""Shapes that a table holds as text: GeoJSON, or longitude and latitude."""

from __future__ import annotations

import json

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geodata.crs import PARTNER_CRS, WEB_CRS, looks_like_metres
from geodata.language import Text
from geodata.layouts.remarks import Remark, remark
from geodata.layouts.values import text

__all__ = ["with_shapes"]

_PAIR = r"^\s*(-?\d+(?:\.\d+)?)\s*[,;\s]\s*(-?\d+(?:\.\d+)?)\s*$"


def with_shapes(frame: pd.DataFrame, *, column: str) -> tuple[gpd.GeoDataFrame, list[Remark]]:
    """Frame with the shapes of the text column ``column``, and what there is to say of them.

    The standard asks for GeoJSON, which is WGS84, and shows Lambert-93 metres in its own example:
    metres are known by their size, and it is said. A ring that does not close is closed.
    """
    written = text(frame[column])
    shapes, closed = _shapes(written)
    ranks = np.array([f"n° {rank}" for rank in range(1, len(frame) + 1)], dtype=object)
    found = []
    if closed.any():
        what = Text("contour(s) non fermé(s), refermé(s)", "ring(s) not closed, now closed")
        found.append(remark("ring_closed", ranks[closed], what=what))
    lost = written.notna().to_numpy() & shapely.is_missing(shapes)
    if lost.any():
        what = Text(
            f"géométrie(s) illisible(s) dans {column}", f"unreadable geometry text in {column}"
        )
        found.append(remark("unreadable_geometry", ranks[lost], what=what))
    present = shapes[~shapely.is_missing(shapes)]
    crs = WEB_CRS
    if len(present) and looks_like_metres(tuple(shapely.total_bounds(present))):
        crs = PARTNER_CRS
        what = Text(
            f"{column} : coordonnées en mètres, lues comme {PARTNER_CRS} "
            "(le GeoJSON devrait être en degrés)",
            f"{column}: coordinates in metres, read as {PARTNER_CRS} "
            "(GeoJSON should be in degrees)",
        )
        found.append(remark("metres_in_geojson", ranks[~shapely.is_missing(shapes)], what=what))
    return gpd.GeoDataFrame(pd.DataFrame(frame), geometry=shapes, crs=crs), found


def _shapes(written: pd.Series) -> tuple[np.ndarray, np.ndarray]:
    """Shapes, None where there is none, and where a ring had to be closed."""
    pairs = written.astype("str").str.extract(_PAIR)
    is_pair = pairs[0].notna().to_numpy()
    texts = written.where(written.notna() & ~is_pair, None).to_numpy(dtype=object)
    shapes = np.array(shapely.from_geojson(texts, on_invalid="ignore"), dtype=object)
    if is_pair.any():
        places = pairs[is_pair].astype("float64").to_numpy()
        shapes[is_pair] = shapely.points(places)
    closed = np.zeros(len(shapes), dtype=bool)
    for row in np.flatnonzero(shapely.is_missing(shapes) & pd.notna(texts)):  # the damaged few
        shapes[row] = _closed(texts[row])
        closed[row] = shapes[row] is not None
    return shapes, closed


def _closed(written: str) -> shapely.Geometry | None:
    """Polygon whose rings are closed, if that is all that was wrong."""
    try:
        document = json.loads(written)
        parts = document["coordinates"]
        parts = [parts] if document["type"] == "Polygon" else parts
        polygons = [shapely.Polygon(part[0], part[1:]) for part in parts]
    except (ValueError, TypeError, KeyError, IndexError, RecursionError, shapely.GEOSException):
        return None
    return polygons[0] if len(polygons) == 1 else shapely.MultiPolygon(polygons)
