"""Streets and blocks: main axes drawn by hand, lesser streets found by uneven, bent cuts."""
# ruff: noqa: PLR2004 - a drawing is made of its own figures

from __future__ import annotations

import functools
import zlib
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.ops import polygonize, substring

from geodata.demo.ground import curve, ground, parts_of, smooth
from geodata.demo.territory import (
    MAIN_RAILWAY,
    commune_outlines,
    quarter_outlines,
    railways,
    somme,
    zone_outlines,
)

__all__ = ["POLES", "Block", "Street", "blocks", "chance", "streets"]


@dataclass(frozen=True, slots=True)
class Street:
    """One street of the demonstration."""

    axis: shapely.LineString
    """Centre line, work CRS."""
    width_m: float
    """Width between the fronts."""
    road_class: str
    """Class of the ``roads`` layer."""
    name: str | None
    """Name, for main axes."""


@dataclass(frozen=True, slots=True)
class Block:
    """Land between streets, still whole."""

    shape: shapely.Polygon
    """Outline, work CRS."""
    quarter: str
    """Quarter it belongs to."""
    zone: str | None
    """Zone that holds it, if any; a ZAC goes before the station district."""


POLES = ("south", "north", "east")
"""Quarters that are outer commercial poles."""

# Size in m2 from which a piece of land is cut by one more street, by zone.
_BLOCK_M2 = {"gare_la_vallee": 21_000, "intercampus": 14_000, "renancourt": 11_000, "gare": 7_500}
_FRINGE_BLOCK_M2, _POLE_BLOCK_M2 = 9_000, 26_000
_WIDTHS_M = (13.0, 11.0, 9.0, 8.0)
# Stretches of a zone's edge that are streets; elsewhere plots meet back to back.
_EDGE_STREETS = ((0.02, 0.2), (0.33, 0.55), (0.66, 0.9))


def chance(stream: str) -> np.random.Generator:
    """Seeded generator of one part of the dataset."""
    return np.random.default_rng(zlib.crc32(stream.encode()))


@functools.cache
def streets() -> tuple[Street, ...]:
    """Every street that the demonstration lays out."""
    return tuple(street for quarter in quarter_outlines() for street in _quarter_streets(quarter))


@functools.cache
def blocks() -> tuple[Block, ...]:
    """Every block, from west to east in each quarter."""
    space = _public_space()
    found: list[Block] = []
    for quarter, drawn in quarter_outlines().items():
        land = drawn.difference(space)
        found += [
            Block(shape, quarter, _zone_of(shape))
            for shape in polygonize(shapely.union_all([land.boundary, *_silent_cuts(quarter)]))
            if land.contains(shape.representative_point()) and shape.area > 250
        ]
    return tuple(sorted(found, key=_reading_order))


def _reading_order(block: Block) -> tuple[str, int, float]:
    """Quarter, then bands from west to east, then from south to north."""
    middle = block.shape.centroid
    return block.quarter, round(middle.x / 150), middle.y


def _zone_of(shape: shapely.Geometry) -> str | None:
    """Zone that holds the middle of ``shape``."""
    middle = shape.representative_point()
    return next((zone for zone, area in zone_outlines().items() if area.contains(middle)), None)


def _public_space() -> shapely.Geometry:
    """Streets with rounded corners, railway land and river banks."""
    shapes = [street.axis.buffer(street.width_m / 2, quad_segs=4) for street in streets()]
    rounded = shapely.union_all(shapes).buffer(5, quad_segs=3).buffer(-5, quad_segs=3)
    return shapely.union_all([rounded, _corridors()])


@functools.cache
def _corridors() -> shapely.Geometry:
    """Railway land and river banks."""
    tracks = [axis.buffer(24) for axis in railways().values()]
    yard = railways()[MAIN_RAILWAY].intersection(zone_outlines()["gare"].buffer(120))
    return shapely.union_all([*tracks, yard.buffer(42), somme().buffer(38)])


def _silent_cuts(quarter: str) -> list[shapely.Geometry]:
    """Edges of ZACs and communes that run through a quarter between plots, with no street."""
    land = quarter_outlines()[quarter]
    edges = [shape.exterior for zone, shape in zone_outlines().items() if zone != "gare"]
    edges.append(commune_outlines()["80021"].boundary)
    return [edge.intersection(land) for edge in edges if edge.intersects(land)]


def _quarter_streets(quarter: str) -> list[Street]:
    """Drawn axes of a quarter, then the cuts that bring its land down to blocks."""
    land = quarter_outlines()[quarter]
    found = _drawn_axes(quarter, land)
    for zone in zone_outlines().values():
        found += _edge_streets(zone, land)
    space = [street.axis.buffer(street.width_m / 2) for street in found]
    left = parts_of(land.difference(shapely.union_all([*space, _corridors()])))
    pieces = [part for piece in left for part in _split(piece, _silent_cuts(quarter))]
    stack = [(piece, 0) for piece in sorted(pieces, key=lambda each: each.centroid.coords[0])]
    source = chance(f"streets {quarter}")
    while stack:
        piece, depth = stack.pop()
        if piece.area < _limit_m2(piece, quarter) * source.uniform(0.75, 1.5) or depth > 7:
            continue
        street = _cut(piece, depth, source)
        found.append(street)
        parts = parts_of(piece.difference(street.axis.buffer(street.width_m / 2)))
        stack += [(part, depth + 1) for part in parts if part.area > 1_500]
    return [street for street in found if street.axis.length > 25]


def _drawn_axes(quarter: str, land: shapely.Polygon) -> list[Street]:
    """Main streets of a quarter, ended a little outside it."""
    reach = land.buffer(25)
    return [
        Street(
            curve(axis["points"]).intersection(reach),
            axis["width_m"],
            axis["road_class"],
            axis["name"],
        )
        for axis in ground()["axes"][quarter]
    ]


def _edge_streets(zone: shapely.Polygon, land: shapely.Polygon) -> list[Street]:
    """Streets along some stretches of a zone's edge."""
    axes = [substring(zone.exterior, *stretch, normalized=True) for stretch in _EDGE_STREETS]
    return [Street(axis, 11.0, "street", None) for axis in axes if land.contains(axis.centroid)]


def _limit_m2(piece: shapely.Polygon, quarter: str) -> float:
    """Size of the blocks wanted where ``piece`` lies."""
    if quarter in POLES:
        return _POLE_BLOCK_M2
    return _BLOCK_M2.get(_zone_of(piece) or "", _FRINGE_BLOCK_M2)


def _cut(piece: shapely.Polygon, depth: int, source: np.random.Generator) -> Street:
    """Bent street across the long way of ``piece``, a little off the middle and off the square."""
    corners = np.asarray(piece.minimum_rotated_rectangle.exterior.coords)[:4]
    sides = np.roll(corners, -1, axis=0) - corners
    longest = int(np.argmax(np.hypot(*sides.T)[:2]))
    along, across = sides[longest], sides[(longest + 1) % 4]
    middle = corners[longest] + along * source.uniform(0.4, 0.6) + across / 2
    turn = np.radians(source.normal(0, 7))
    rotation = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    half = rotation @ across * 0.75
    bend = along / np.hypot(*along) * np.hypot(*half) * source.uniform(-0.14, 0.14)
    steps = [middle - half, middle - half / 3 + bend, middle + half / 3 + bend, middle + half]
    axis = smooth(np.array(steps)).intersection(piece)
    lines = [part for part in getattr(axis, "geoms", [axis]) if part.geom_type == "LineString"]
    whole = max(lines, key=lambda line: line.length)
    return Street(whole, _WIDTHS_M[min(depth, 3)], "street", None)


def _split(piece: shapely.Polygon, cuts: list[shapely.Geometry]) -> list[shapely.Polygon]:
    """Parts of ``piece`` between the cuts."""
    faces = polygonize(shapely.union_all([piece.boundary, *cuts]))
    return [face for face in faces if piece.contains(face.representative_point())]
