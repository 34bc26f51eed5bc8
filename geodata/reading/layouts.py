"""Known layouts of files, recognised by their columns and completed to what the catalog asks."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd
import shapely

__all__ = ["completed", "newest_day", "outline"]

_ETALAB_CADASTRE = {"commune", "prefixe", "section", "numero", "contenance"}
_ETALAB_SOURCE = "DGFiP – Cadastre, mise en forme Etalab"
_ETALAB_LICENCE = "Licence Ouverte 2.0"
_UNKNOWN = "non indiqué"
_HALF_STREET_M = 20.0
_ROUND_STEPS = 6
_OUTLINE_TOLERANCE_M = 1.0
_MARGIN_M = 2.0
"""More than circles drawn with 6 steps a quarter (0.2 m each way) and the tolerance cut off."""


def completed(raw: gpd.GeoDataFrame, *, name: str) -> gpd.GeoDataFrame:
    """Features of ``raw`` with the common columns of the catalog, where the file has none.

    An Etalab cadastre is known by its columns. A file that says itself where its features come
    from, such as one of our exports, is believed: demonstration parcels stay demonstration parcels.

    Parameters
    ----------
    raw
        Features in any CRS.
    name
        Name of the file, the source where the layout is not known.
    """
    is_cadastre = set(raw.columns) >= _ETALAB_CADASTRE
    common = {
        "demo": False,
        "source": _ETALAB_SOURCE if is_cadastre else name,
        "source_date": newest_day(raw),
        "licence": _ETALAB_LICENCE if is_cadastre else _UNKNOWN,
        "geom_precision": "real",
        "confidence": "high" if is_cadastre else "medium",
    }
    absent = {column: value for column, value in common.items() if column not in raw}
    ids = raw["id"].map(_text_id, na_action="ignore").astype(object)
    return raw.assign(id=ids, **absent)


def newest_day(raw: pd.DataFrame) -> str | None:
    """Newest ``updated`` day of the file, ISO 8601, if it gives any."""
    if "updated" not in raw:
        return None
    days = [each for each in raw["updated"].dropna() if isinstance(each, str)]
    return max(days, default=None)


def outline(features: gpd.GeoDataFrame) -> shapely.Geometry | None:
    """Area that a file speaks for, in the work CRS: what lies between its features is known too.

    Surfaces are joined across streets (up to 40 m) and holes are filled, for a cadastre leaves
    public land out; the outline lies up to 2 m beyond the features, and covers them all. Files with
    points or lines give the convex hull.
    """
    shapes = features.geometry.to_numpy()
    if not len(shapes):
        return None
    if not (shapely.area(shapes) > 0).all():
        return shapely.convex_hull(shapely.geometrycollections(shapes))
    wide = shapely.union_all(shapely.buffer(shapes, _HALF_STREET_M, quad_segs=_ROUND_STEPS))
    filled = shapely.polygons(shapely.get_exterior_ring(shapely.get_parts(wide)))
    narrowing = _MARGIN_M - _HALF_STREET_M
    narrow = shapely.buffer(shapely.union_all(filled), narrowing, quad_segs=_ROUND_STEPS)
    return shapely.simplify(narrow, _OUTLINE_TOLERANCE_M)


def _text_id(value: object) -> object:
    """Identifier as text, for GeoJSON allows whole numbers."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value
