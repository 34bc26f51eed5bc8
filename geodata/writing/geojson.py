"""Frames become RFC 7946 GeoJSON: WGS84, right-hand rule, no ``crs`` member, text ids."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geodata.crs import to_web
from geodata.errors import Fault, MissingCrsError
from geodata.language import Text
from geodata.writing.files import write_text
from geodata.writing.plain import json_text, plain

__all__ = ["to_text", "write_features"]

_DECIMALS = 7
"""1e-7 degree is 1.1 cm on the ground, the most RFC 7946 §11.2 finds useful."""


def write_features(path: Path, features: gpd.GeoDataFrame, *, metadata: Mapping[str, Any]) -> None:
    """Write ``features`` to ``path``, whole or not at all; see :func:`to_text`.

    Raises
    ------
    StoreError
        The file cannot be written.
    MissingCrsError
        The frame declares no CRS.
    """
    write_text(path, to_text(features, metadata=metadata))


def to_text(features: gpd.GeoDataFrame, *, metadata: Mapping[str, Any]) -> str:
    """FeatureCollection as text, one feature per line.

    Parameters
    ----------
    features
        Features in any declared CRS; shapes may be mixed, missing or empty. The index gives the
        ids, as text; an index with a name is a property too.
    metadata
        Foreign member ``metadata`` at the top of the file: editions, version, demonstration label.

    Returns
    -------
    str
        Keys in the order of the columns. Missing values and numbers that are not finite are null.
        Coordinates have at most 7 decimals. An outline that plain rounding would break is noded
        again on the same grid; one that vanishes there, thinner than a centimetre, keeps all its
        digits.

    Raises
    ------
    MissingCrsError
        The frame declares no CRS.
    """
    if features.crs is None:
        raise MissingCrsError(_NO_CRS)
    web = to_web(features).geometry.to_numpy()
    geometries = _geometry_texts(web)
    properties = _properties(features)
    lines = [
        f'{{"type":"Feature","id":{json_text(str(identifier))},"geometry":{geometry},'
        f'"properties":{json_text(values)}}}'
        for identifier, geometry, values in zip(features.index, geometries, properties, strict=True)
    ]
    head = (
        f'{{"type":"FeatureCollection","metadata":{json_text(plain(dict(metadata)))},"features":['
    )
    body = ",\n".join(lines) + "\n" if lines else ""
    return f"{head}\n{body}]}}\n"


def _geometry_texts(shapes: np.ndarray) -> list[str]:
    """GeoJSON text of each shape in degrees, ``null`` where there is none."""
    present = ~(shapely.is_missing(shapes) | shapely.is_empty(shapes))
    texts = np.full(len(shapes), "null", dtype=object)
    texts[present] = shapely.to_geojson(_rounded(shapely.force_2d(shapes[present])))
    # GEOS does not always print the shortest digits of a number; Python does.
    return [json_text(json.loads(text)) for text in texts]


def _rounded(shapes: np.ndarray) -> np.ndarray:
    """Shapes with at most 7 decimals and exteriors counter-clockwise, none broken on the way."""
    short = _cut(shapes)
    broken = shapely.is_valid(shapes) & ~shapely.is_valid(short)
    noded = _cut(shapely.set_precision(shapes[broken], 10.0**-_DECIMALS))
    lost = (
        shapely.is_empty(noded)
        | ~shapely.is_valid(noded)
        | (shapely.get_dimensions(noded) != shapely.get_dimensions(shapes[broken]))
    )
    short[broken] = np.where(lost, shapes[broken], noded)
    return np.asarray(shapely.orient_polygons(short, exterior_cw=False))


def _cut(shapes: np.ndarray) -> np.ndarray:
    """Shapes with rounded coordinates, whatever becomes of them."""
    return np.asarray(shapely.transform(shapes, lambda degrees: np.round(degrees, _DECIMALS)))


def _properties(features: gpd.GeoDataFrame) -> list[dict[str, Any]]:
    """Properties of each feature, in plain values."""
    table = pd.DataFrame(features.drop(columns=features.geometry.name))
    if features.index.name and features.index.name not in table:
        table = table.reset_index()
    columns = [[plain(value) for value in table[name]] for name in table]
    names = [str(name) for name in table]
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)] or [
        {} for _ in range(len(table))
    ]


_NO_CRS = Fault(
    Text(
        "Ces objets n'ont pas de système de coordonnées.",
        "These features have no reference system.",
    ),
    "",
    Text("Indiquer leur système avant l'export.", "Say their system before the export."),
)
