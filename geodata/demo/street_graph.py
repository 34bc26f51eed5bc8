"""The street network as a graph: every way cut at each crossing, joined to the centimetre."""
# ruff: noqa: PLR2004 - a drawing is made of its own figures

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass, replace

import geopandas as gpd
import numpy as np
import shapely

from geodata.demo.ground import curve, ground
from geodata.demo.labels import labelled
from geodata.demo.streets import Street, chance, streets
from geodata.demo.territory import territory

__all__ = ["Way", "avenues", "street_frame"]

_GRID_M = 0.01
# How far the end of a way looks for another: across half a boulevard, or from a drawing.
_NEAR_M, _FAR_M = 18.0, 150.0
_KMH = {"motorway": 110.0, "high_traffic": 90.0, "boulevard": 50.0, "street": 30.0}
_WALKED_HIGHWAY = "Route de Rouen"
_SLIP = "Bretelle (fictive)"
# An end goes a little beyond the way it meets, so that both are cut there; what sticks out goes.
_BEYOND_M = 0.3
_STUB_M = 1.0


@dataclass(frozen=True, slots=True)
class Way:
    """One way before it is cut at its crossings."""

    line: shapely.LineString
    """Centre line, work CRS."""
    name: str | None
    """Name, where it has one."""
    kmh: float | None
    """Speed by car."""
    has_pavement: bool | None
    """Whether there is a pavement, where it is known."""
    is_walkable: bool = True
    """Whether people walk there."""
    is_drivable: bool = True
    """Whether cars drive there."""


def street_frame() -> gpd.GeoDataFrame:
    """The ``streets`` layer: pieces of way between crossings.

    Highways are cut by slip roads and by one another only: other ways pass over or under them.
    """
    above = _noded([*_highways(), *_slip_roads()])
    slips = [piece for piece in above if piece.name == _SLIP]
    pieces = [*_noded([*_town(), *slips]), *(piece for piece in above if piece.name != _SLIP)]
    rows = [
        {
            "name": piece.name,
            "is_walkable": piece.is_walkable,
            "is_drivable": piece.is_drivable,
            "speed_kmh": piece.kmh,
            "has_pavement": piece.has_pavement,
            "geometry": piece.line,
        }
        for piece in pieces
        if piece.line.intersects(territory())
    ]
    return labelled("streets", rows)


@functools.cache
def avenues() -> tuple[Way, ...]:
    """Ways outside the quarters, drawn by hand; each ends on another."""
    drawn = [
        Way(curve(each["points"]), each["name"], each["kmh"], each["pavement"])
        for each in ground()["avenues"]
    ]
    others = [way.line for way in (*_local(), *_rouen(), *drawn)]
    return tuple(_joined(drawn, others=others, reach=_FAR_M))


@functools.cache
def _town() -> tuple[Way, ...]:
    """Ways at ground level: streets, avenues, the one highway that is walked, footpaths."""
    paths = [
        Way(curve(points), name, None, None, is_drivable=False)
        for name, points in [
            ("Chemin de halage (tracé schématique)", ground()["cycle_path"]),
            *((each["name"], each["points"]) for each in ground()["footpaths"]),
        ]
    ]
    others = [way.line for way in (*_local(), *avenues(), *_rouen())]
    driven = [
        *_joined(_local(), others=others, reach=_NEAR_M),
        *avenues(),
        *_joined(_rouen(), others=others, reach=_FAR_M),
    ]
    driven += _links(driven)
    others = [way.line for way in (*driven, *paths)]
    return (*driven, *_joined(paths, others=others, reach=_FAR_M))


@functools.cache
def _local() -> tuple[Way, ...]:
    """Streets of the quarters; what nobody noted of some of them is not known."""
    source = chance("pavements")
    return tuple(_street(street, source) for street in streets())


def _street(street: Street, source: np.random.Generator) -> Way:
    """One street of a quarter: a pavement on most, unknown on some."""
    draw, speed = source.random(2)
    known = None if draw < 0.15 else draw > 0.3
    has_pavement = True if street.road_class == "boulevard" else known
    kmh = None if speed < 0.03 else _KMH[street.road_class]
    return Way(street.axis, street.name, kmh, has_pavement)


@functools.cache
def _rouen() -> tuple[Way, ...]:
    """The highway that is a street too."""
    return tuple(
        Way(curve(road["points"]), road["name"], 70.0, has_pavement=False)
        for road in ground()["highways"]
        if road["name"].startswith(_WALKED_HIGHWAY)
    )


def _highways() -> list[Way]:
    """Ways that nobody walks."""
    drawn = [
        Way(
            curve(road["points"]),
            road["name"],
            _KMH[road["road_class"]],
            has_pavement=False,
            is_walkable=False,
        )
        for road in ground()["highways"]
        if not road["name"].startswith(_WALKED_HIGHWAY)
    ]
    return _joined(drawn, others=[way.line for way in drawn], reach=_FAR_M)


def _slip_roads() -> list[Way]:
    """Slip roads from a way to a highway."""
    town, highways = ([way.line for way in ways] for ways in (_town(), _highways()))
    drawn = [
        Way(curve(points), _SLIP, 50.0, has_pavement=False, is_walkable=False)
        for points in ground()["slip_roads"]
    ]
    start = _joined(drawn, others=town, reach=_FAR_M, ends=(0,))
    return _joined(start, others=highways, reach=_FAR_M, ends=(-1,))


def _ends(line: shapely.LineString) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """First and last point of a line."""
    return line.coords[0], line.coords[-1]


def _joined(
    ways: Sequence[Way],
    *,
    others: Sequence[shapely.LineString],
    reach: float,
    ends: Sequence[int] = (0, -1),
) -> list[Way]:
    """Ways whose ends go on, straight, to the nearest other way within reach."""
    tree = shapely.STRtree(others)
    found = []
    for way in ways:
        points = list(way.line.coords)
        for end in ends:
            tip, before = shapely.Point(points[end]), points[1 if end == 0 else -2]
            near = [
                others[rank]
                for rank in sorted(tree.query(tip, predicate="dwithin", distance=reach))
                if others[rank] is not way.line
            ]
            if near:
                more = _way_on(tip, before, min(near, key=tip.distance))
                points = [*reversed(more), *points] if end == 0 else [*points, *more]
        found.append(replace(way, line=shapely.LineString(points)))
    return found


def _way_on(
    tip: shapely.Point, before: tuple[float, ...], other: shapely.LineString
) -> list[tuple[float, float]]:
    """Points from the end of a way to another and a little beyond, or to that one's end."""
    meeting = shapely.get_coordinates(shapely.shortest_line(tip, other))[1]
    if min(float(np.hypot(*(meeting - end))) for end in map(np.array, _ends(other))) < _GRID_M:
        return [(float(meeting[0]), float(meeting[1]))]
    step = meeting - np.array(tip.coords[0])
    if np.hypot(*step) < _GRID_M:
        step = np.array(tip.coords[0]) - np.array(before)
    beyond = meeting + step / np.hypot(*step) * _BEYOND_M
    return [(float(beyond[0]), float(beyond[1]))]


def _links(ways: Sequence[Way]) -> list[Way]:
    """Short passages that join the streets that nothing joins to the rest."""
    found: list[Way] = []
    while True:
        pieces = np.array([way.line for way in _noded([*ways, *found])], dtype=object)
        group = _groups(pieces)
        largest = np.argmax(np.bincount(group, weights=shapely.length(pieces)))
        if (group == largest).all():
            return found
        lone = group == group[group != largest].min()
        apart = shapely.shortest_line(*(shapely.union_all(pieces[at]) for at in (lone, ~lone)))
        first, last = (np.array(end) for end in _ends(apart))
        over = (last - first) / np.hypot(*(last - first)) * _BEYOND_M
        line = shapely.LineString([first - over, last + over])
        found.append(Way(line, None, _KMH["street"], has_pavement=None))


def _groups(lines: np.ndarray) -> np.ndarray:
    """Number of the group of lines that meet which each line belongs to."""
    left, right = shapely.STRtree(lines).query(lines, predicate="intersects")
    group = np.arange(len(lines))
    while True:
        least = group.copy()
        np.minimum.at(least, left, group[right])
        if (least == group).all():
            return group
        group = least


def _noded(ways: Sequence[Way]) -> list[Way]:
    """Pieces between the points where ways meet, each with what its way says of itself."""
    lines = np.array([way.line for way in ways], dtype=object)
    pieces = shapely.get_parts(shapely.union_all(lines, grid_size=_GRID_M))
    pieces = pieces[~_is_stub(pieces)]
    middles = shapely.line_interpolate_point(pieces, 0.5, normalized=True)
    owner = shapely.STRtree(lines).nearest(middles)
    return [replace(ways[rank], line=piece) for rank, piece in zip(owner, pieces, strict=True)]


def _is_stub(pieces: np.ndarray) -> np.ndarray:
    """Whether a piece is no longer than what sticks out beyond a crossing, and ends there."""
    tips = np.stack([shapely.get_point(pieces, 0), shapely.get_point(pieces, -1)])
    places = shapely.get_coordinates(tips.ravel()).round(2)
    _, which, count = np.unique(places, axis=0, return_inverse=True, return_counts=True)
    is_end = (count[which.ravel()] == 1).reshape(2, -1).any(axis=0)
    stub: np.ndarray = is_end & (shapely.length(pieces) < _STUB_M)
    return stub
