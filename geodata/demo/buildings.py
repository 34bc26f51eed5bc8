"""Buildings: boxes, bars and L shapes, set back inside some of the parcels."""
# ruff: noqa: PLR2004 - a drawing is made of its own figures

from __future__ import annotations

import functools
from typing import Any

import geopandas as gpd
import numpy as np
import shapely
from shapely.affinity import affine_transform

from geodata.demo.labels import labelled
from geodata.demo.parcels import Parcel, parcels
from geodata.demo.streets import chance

__all__ = ["building_frame"]

# By style of plot: share built on, setback, greatest length and heights in m, share of light ones.
_HABITS: dict[str, tuple[float, float, float, tuple[float, float], float]] = {
    "centre": (0.5, 1.0, 24, (9, 19), 0.02),
    "housing": (0.38, 3.5, 17, (5, 9), 0.14),
    "mixed": (0.36, 4.5, 38, (8, 18), 0.05),
    "activity": (0.37, 7.0, 70, (6, 13), 0.1),
    "large": (0.5, 12.0, 130, (7, 15), 0.05),
}
# Footprints in a frame of 1 by 1, front along the first axis.
_FORMS: tuple[list[tuple[float, float]], ...] = (
    [(0, 0), (1, 0), (1, 1), (0, 1)],
    [(0, 0), (1, 0), (1, 0.45), (0, 0.45)],
    [(0, 0), (1, 0), (1, 0.42), (0.45, 0.42), (0.45, 1), (0, 1)],
    [(0, 0), (1, 0), (1, 0.9), (0.62, 0.9), (0.62, 0.4), (0, 0.4)],
    [(0, 0), (1, 0), (1, 1), (0.7, 1), (0.7, 0.4), (0.32, 0.4), (0.32, 1), (0, 1)],
)


@functools.cache
def _built() -> tuple[tuple[Parcel, shapely.Polygon, str, float], ...]:
    """Parcel, footprint, type and height of every building."""
    source = chance("buildings")
    found = []
    for parcel in parcels():
        share, setback, longest, heights, light = _HABITS[parcel.plot.style]
        draw, kind, height = source.random(), source.random(), source.uniform(*heights)
        form = _FORMS[int(source.choice(5, p=[0.3, 0.25, 0.22, 0.15, 0.08]))]
        fill = source.uniform(0.62, 0.95, size=2)
        if draw > share:
            continue
        shape = _footprint(parcel.shape, setback, longest, form, fill)
        if shape is not None:
            is_light = kind < light
            found.append((parcel, shape, "02" if is_light else "01", 3.5 if is_light else height))
    return tuple(found)


def building_frame() -> gpd.GeoDataFrame:
    """The ``buildings`` layer."""
    rows: list[dict[str, Any]] = [
        {
            "type": kind,
            "commune": parcel.id[:5],
            "height_m": round(height, 1),
            "created": "2026-11-01",
            "updated": "2026-11-01",
            "geometry": shape,
        }
        for parcel, shape, kind, height in _built()
    ]
    return labelled("buildings", rows)


def _footprint(
    parcel: shapely.Geometry,
    setback: float,
    longest: float,
    form: list[tuple[float, float]],
    fill: np.ndarray,
) -> shapely.Polygon | None:
    """Footprint square to the parcel, inside its setbacks; None where there is no room."""
    land = parcel.buffer(-setback, join_style="mitre")
    if land.geom_type != "Polygon" or land.area < 40:
        return None
    corners = np.asarray(land.minimum_rotated_rectangle.exterior.coords)[:4]
    sides = corners[[1, 3]] - corners[0]
    lengths = np.hypot(*sides.T)
    sides = sides / lengths[:, None] * np.minimum(lengths * fill, longest)[:, None]
    start = land.centroid.coords[0] - sides.sum(axis=0) / 2
    placed = affine_transform(
        shapely.Polygon(form), [*sides[:, 0], *sides[:, 1], float(start[0]), float(start[1])]
    )
    inside = shapely.set_precision(placed.intersection(land), 0.01)
    whole = inside.geom_type == "Polygon" and inside.area > 30
    return inside if whole and inside.area > 0.6 * placed.area else None
