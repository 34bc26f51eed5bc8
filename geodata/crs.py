"""The coordinate reference systems of the desk; the only file that writes EPSG numbers.

Work is done in the conic conformal zone of RGF93 nearest to the territory, CC50 for Amiens: areas
read −0.017 % there, against +0.163 % in Lambert-93 and a factor of 2.41 in web Mercator (measured
at 2.30° E on the commune boundary of Amiens). Partners receive Lambert-93 (GeoPackage) and WGS84
(RFC 7946 GeoJSON).
"""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import numpy as np
import pyproj
import pyproj.network
import shapely

__all__ = [
    "PARTNER_CRS",
    "WEB_CRS",
    "WORK_CRS",
    "is_same",
    "looks_like_metres",
    "shape_to_web",
    "to_partner",
    "to_web",
    "to_work",
]

WORK_CRS = "EPSG:3950"
"""RGF93 / CC50, metres: where everything is measured."""
WEB_CRS = "EPSG:4326"
"""WGS84 longitude and latitude in degrees: maps and GeoJSON."""
PARTNER_CRS = "EPSG:2154"
"""RGF93 / Lambert-93, metres: GeoPackage for partners."""

# a grid fetched by the way would change figures
pyproj.network.set_network_enabled(active=False)  # type: ignore[attr-defined]

_LAMBERT_93_BOX = (0.0, 6_000_000.0, 1_300_000.0, 7_200_000.0)


def to_work(features: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Features in the work CRS, in metres."""
    return features.to_crs(WORK_CRS)


def to_web(features: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Features in WGS84 longitude and latitude, in degrees."""
    return features.to_crs(WEB_CRS)


def to_partner(features: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Features in Lambert-93, in metres."""
    return features.to_crs(PARTNER_CRS)


def shape_to_web(shape: shapely.Geometry) -> shapely.Geometry:
    """One shape from the work CRS to WGS84."""
    return gpd.GeoSeries([shape], crs=WORK_CRS).to_crs(WEB_CRS).iloc[0]


def is_same(left: Any, right: Any) -> bool:  # noqa: ANN401 - whatever pyproj understands
    """Whether two systems give the same coordinates, whatever they are called."""
    first, second = pyproj.CRS.from_user_input(left), pyproj.CRS.from_user_input(right)
    return bool(first.equals(second, ignore_axis_order=True))


def looks_like_metres(bounds: tuple[float, float, float, float]) -> bool:
    """Whether ``bounds`` (x min, y min, x max, y max) can only be Lambert-93 metres."""
    west, south, east, north = _LAMBERT_93_BOX
    return bool(
        np.all(np.isfinite(bounds))
        and west <= bounds[0] <= bounds[2] <= east
        and south <= bounds[1] <= bounds[3] <= north
    )
