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
    "OFFERED_CRS",
    "PARTNER_CRS",
    "WEB_CRS",
    "WORK_CRS",
    "accuracy_m",
    "is_same",
    "likely_system",
    "looks_like_metres",
    "near_territory",
    "normalised",
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

OFFERED_CRS = (PARTNER_CRS, WEB_CRS, WORK_CRS, "EPSG:3949", "EPSG:27572")
"""Systems that a planner may say a file is in: Lambert-93, degrees, CC50, CC49, Lambert II."""

# a grid fetched by the way would change figures
pyproj.network.set_network_enabled(active=False)  # type: ignore[attr-defined]

_LAMBERT_93_BOX = (0.0, 6_000_000.0, 1_300_000.0, 7_200_000.0)
_TERRITORY_BOX = (1.93, 49.676, 2.60, 50.084)
"""Amiens Métropole and 10 km around it, longitudes and latitudes, degrees."""
_CONIC_ZONES = tuple(f"EPSG:{code}" for code in range(3942, 3951))
_USUAL_SYSTEMS = (PARTNER_CRS, WEB_CRS, *reversed(_CONIC_ZONES), "EPSG:27572", "EPSG:3857")
"""What French files are in, most frequent first; EPSG:27572 is the old Lambert II étendu."""
_METRES_FROM_DEGREES = 180.0
_CENTRE_OF_ZONE = (1_700_000.0, 200_000.0)
_ZONE_REACH_M = (600_000.0, 150_000.0)


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


def normalised(crs: pyproj.CRS) -> pyproj.CRS:
    """Same system under its usual EPSG name, such as EPSG:2154 for IGNF:LAMB93 or a bare .prj."""
    for name in _USUAL_SYSTEMS:
        if is_same(crs, name):
            return pyproj.CRS.from_user_input(name)
    return crs


def accuracy_m(crs: pyproj.CRS) -> float | None:
    """Metres within which coordinates in ``crs`` can be brought to Lambert-93; None if unknown.

    WGS84 counts as exact: French producers write RGF93 under that name, and both agree within the
    metre that the ensemble of WGS84 allows itself.
    """
    if crs.geodetic_crs is not None and "WGS 84" in crs.geodetic_crs.name:
        return 0.0
    metres = pyproj.Transformer.from_crs(crs, PARTNER_CRS, always_xy=True).accuracy
    return float(metres) if metres is not None and metres >= 0 else None


def near_territory(bounds: np.ndarray) -> np.ndarray:
    """Which rows of ``bounds`` (n × 4, WGS84 degrees) touch Amiens Métropole or 10 km around it."""
    west, south, east, north = _TERRITORY_BOX
    apart = (bounds[:, 2] < west) | (bounds[:, 0] > east)
    return ~(apart | (bounds[:, 3] < south) | (bounds[:, 1] > north))


def likely_system(bounds: tuple[float, float, float, float]) -> str | None:
    """Usual system that ``bounds`` are most likely in: one that puts them near the territory."""
    if not np.all(np.isfinite(bounds)):
        return None
    x, y = (bounds[0] + bounds[2]) / 2, (bounds[1] + bounds[3]) / 2
    for name in _USUAL_SYSTEMS:
        to_degrees = pyproj.Transformer.from_crs(name, WEB_CRS, always_xy=True)
        longitude, latitude = to_degrees.transform(x, y)
        if near_territory(np.array([[longitude, latitude, longitude, latitude]]))[0]:
            return name
    if max(abs(each) for each in bounds) <= _METRES_FROM_DEGREES:
        return WEB_CRS
    if looks_like_metres(bounds):
        return PARTNER_CRS
    return _conic_zone(x, y)


def _conic_zone(x: float, y: float) -> str | None:
    """Conic zone whose false origin is near (x, y): y tells the zone, a million metres each."""
    if not np.isfinite([x, y]).all():
        return None
    rank = round((y - _CENTRE_OF_ZONE[1]) / 1_000_000) - 1
    origin = _CENTRE_OF_ZONE[1] + 1_000_000 * (rank + 1)
    is_near = (
        abs(y - origin) <= _ZONE_REACH_M[1] and abs(x - _CENTRE_OF_ZONE[0]) <= _ZONE_REACH_M[0]
    )
    return _CONIC_ZONES[rank] if is_near and 0 <= rank < len(_CONIC_ZONES) else None
