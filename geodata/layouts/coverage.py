"""The area that a file of features speaks for."""

from __future__ import annotations

import geopandas as gpd
import shapely

__all__ = ["outline"]

_HALF_STREET_M = 20.0
_ROUND_STEPS = 6
_OUTLINE_TOLERANCE_M = 1.0
_MARGIN_M = 2.0
"""More than circles drawn with 6 steps a quarter (0.2 m each way) and the tolerance cut off."""


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
