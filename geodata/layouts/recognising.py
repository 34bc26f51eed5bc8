"""Which known layout a table has, judged by its columns, its shapes and a few of its values."""

from __future__ import annotations

import re
from collections.abc import Mapping

import geopandas as gpd
import pandas as pd

from geodata.layouts.model import Layout, layouts
from geodata.layouts.names import column_of, columns_by_name
from geodata.layouts.values import text

__all__ = ["recognise"]

_SAMPLE = 200
_ENOUGH = 0.9
"""Share of the values that must fit the pattern of a layout."""
_FAMILIES = {
    "Point": "point",
    "MultiPoint": "point",
    "LineString": "line",
    "MultiLineString": "line",
    "LinearRing": "line",
    "Polygon": "polygon",
    "MultiPolygon": "polygon",
}


def recognise(frame: pd.DataFrame, *, name: str) -> str | None:
    """Id of the layout of ``frame``, None when no layout is known for it.

    The layout with the most columns recognised wins; case, accents and the ten characters of
    shapefiles do not count.

    Parameters
    ----------
    frame
        Table as it was read, its columns untouched; shapes in any CRS, or none.
    name
        Name of the table, such as ``PARCELLE_id`` or ``30014_ZONE_URBA_20171013``.
    """
    known = columns_by_name(frame)
    sample = frame.head(_SAMPLE)
    families = _families(sample)
    fitting = [
        (len(layout.signature), layout.layer == name or name.endswith(f"{layout.layer}"), key)
        for key, layout in layouts().items()
        if _fits(layout, known, sample, families, name)
    ]
    if not fitting:
        return None
    best = max((size, named) for size, named, _ in fitting)
    return next(key for size, named, key in fitting if (size, named) == best)


def _families(sample: pd.DataFrame) -> set[str]:
    """Geometry families of the sample; empty when it has no shape."""
    if not isinstance(sample, gpd.GeoDataFrame) or sample.active_geometry_name is None:
        return set()
    return {_FAMILIES.get(kind, "other") for kind in sample.geometry.geom_type.dropna().unique()}


def _fits(
    layout: Layout, known: Mapping[str, str], sample: pd.DataFrame, families: set[str], name: str
) -> bool:
    """Whether nothing contradicts the layout."""
    if not all(column_of(each, known) for each in layout.signature):
        return False
    if any(each in known for each in layout.without):
        return False
    if layout.names and not re.search(layout.names, name, re.IGNORECASE):
        return False
    if layout.shape and families and families != {layout.shape}:
        return False
    return all(
        _agrees(sample, column_of(names, known), pattern)
        for names, pattern in layout.patterns.items()
    )


def _agrees(sample: pd.DataFrame, column: str | None, pattern: str) -> bool:
    """Whether enough of the values fit the pattern; no value contradicts nothing."""
    if column is None:
        return False
    values = text(sample[column]).dropna()
    return bool(values.empty or values.str.fullmatch(pattern).mean() >= _ENOUGH)
