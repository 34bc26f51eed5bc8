"""Drawings and facts of the demonstration, read from its three YAML files."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import pyproj
import shapely
import yaml

from geodata.crs import WEB_CRS, WORK_CRS

__all__ = [
    "curve",
    "facts",
    "ground",
    "observatory",
    "outline",
    "parts_of",
    "place",
    "spot",
    "surface",
]

Drawn: TypeAlias = Sequence[tuple[float, float]]

_FOLDER = Path(__file__).parent
_ORIGIN = (1_640_000.0, 9_180_000.0)
_GRID_M = 0.01
_CRUMB_M2 = 0.5


@functools.cache
def ground() -> dict[str, Any]:
    """Hand-drawn places, in metres from the origin of the drawings."""
    return _read("ground.yaml")


@functools.cache
def facts() -> dict[str, Any]:
    """What is said of real and made-up things, with sources."""
    return _read("facts.yaml")


@functools.cache
def observatory() -> dict[str, Any]:
    """Projects, opinions, people and rooms that the demonstration follows."""
    return _read("observatory.yaml")


def place(latitude: float, longitude: float) -> shapely.Point:
    """Published point in the work CRS, to the centimetre."""
    east, north = _transformer().transform(longitude, latitude)
    return shapely.Point(round(east, 2), round(north, 2))


def spot(east: float, north: float) -> shapely.Point:
    """Drawn point in the work CRS."""
    return shapely.Point(_ORIGIN[0] + east, _ORIGIN[1] + north)


def curve(drawn: Drawn) -> shapely.LineString:
    """Drawn broken line as a smooth line in the work CRS."""
    return smooth(np.asarray(drawn, float) + _ORIGIN)


def outline(drawn: Drawn, *, rounds: int = 1) -> shapely.Polygon:
    """Drawn ring as a polygon in the work CRS, its corners cut ``rounds`` times."""
    points = np.asarray(drawn, float) + _ORIGIN
    for _ in range(rounds):
        points = _cut_corners(points, np.roll(points, -1, axis=0))
    return shapely.Polygon(points.round(2))


def smooth(points: np.ndarray) -> shapely.LineString:
    """Smooth line near ``points``, which has the same ends (Chaikin's corner cutting)."""
    for _ in range(3):
        inner = _cut_corners(points[:-1], points[1:])[1:-1]
        points = np.concatenate([points[:1], inner, points[-1:]])
    return shapely.LineString(points.round(2))


def surface(shape: shapely.Geometry) -> shapely.Geometry:
    """Polygons of a shape on the centimetre grid, without the crumbs that overlays leave."""
    kept = [
        part for part in parts_of(shapely.set_precision(shape, _GRID_M)) if part.area > _CRUMB_M2
    ]
    return kept[0] if len(kept) == 1 else shapely.MultiPolygon(kept)


def parts_of(shape: shapely.Geometry) -> list[shapely.Polygon]:
    """Polygons of a shape."""
    return [part for part in getattr(shape, "geoms", [shape]) if part.geom_type == "Polygon"]


def _read(name: str) -> dict[str, Any]:
    """One of the three files."""
    return dict(yaml.safe_load((_FOLDER / name).read_text(encoding="utf-8")))


@functools.cache
def _transformer() -> pyproj.Transformer:
    """From longitude and latitude to the work CRS."""
    return pyproj.Transformer.from_crs(WEB_CRS, WORK_CRS, always_xy=True)


def _cut_corners(before: np.ndarray, after: np.ndarray) -> np.ndarray:
    """Points at a quarter and three quarters of each side."""
    sides = np.stack([0.75 * before + 0.25 * after, 0.25 * before + 0.75 * after], axis=1)
    return sides.reshape(-1, 2)
