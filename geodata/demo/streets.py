"""Streets and blocks: main axes drawn by hand, lesser streets found by uneven, bent cuts."""

from __future__ import annotations

import functools
import zlib
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import shapely
import shapely.ops
from shapely.ops import polygonize

from geodata.demo.territory import (
    QUARTERS,
    commune_outlines,
    curve,
    outline,
    railways,
    somme,
    zone_outlines,
)

__all__ = ["Block", "Street", "blocks", "chance", "street_space", "streets"]


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
    """Zone that holds it, if any."""


# Main axes, drawn: name, width in metres, class, points from the origin of the drawings.
_AXES: dict[str, tuple[tuple[str, float, str, tuple[tuple[float, float], ...]], ...]] = {
    "valley": (
        ("Boulevard d'Alsace-Lorraine", 26, "boulevard", ((10352, 8060), (10352, 8218), (10390, 8450), (10429, 8800))),
        ("Boulevard de Belfort", 26, "boulevard", ((10352, 8060), (10170, 7941), (9960, 7700), (9698, 7445))),
        ("Axe de la Vallée (fictif)", 22, "boulevard", ((10352, 8130), (10620, 8060), (10950, 8040), (11300, 7860), (11650, 7800), (12200, 7560))),
        ("Quai de Somme (fictif)", 14, "street", ((10400, 8520), (10700, 8440), (11000, 8330), (11340, 8250), (11560, 8060), (12150, 8020))),
        ("Allée des Ateliers (fictive)", 16, "street", ((10760, 8620), (10800, 8300), (10930, 8040), (10880, 7820), (10960, 7600))),
        ("Rue du Confluent (fictive)", 16, "street", ((11330, 8500), (11280, 8180), (11350, 7850), (11300, 7640), (11200, 7440))),
        ("Rue de la Tour (fictive)", 14, "street", ((9640, 8180), (9900, 8140), (10130, 8180), (10352, 8130))),
        ("Rue des Marchands (fictive)", 12, "street", ((9930, 8500), (9960, 8300), (9930, 8130), (10010, 7960))),
    ),
    "intercampus": (
        ("Avenue des Campus (fictive)", 22, "boulevard", ((6600, 6560), (6950, 6560), (7300, 6700), (7620, 6640), (7950, 6780), (8420, 7020))),
        ("Rue de l'Hôpital (fictive)", 16, "street", ((7240, 5950), (7330, 6300), (7300, 6700), (7360, 7080))),
        ("Rue Saint-Honoré (fictive)", 16, "street", ((7820, 5980), (7760, 6330), (7800, 6640), (7940, 7000), (7960, 7320))),
        ("Coulée verte (fictive)", 14, "street", ((6780, 6330), (7200, 6380), (7560, 6330), (7900, 6450), (8250, 6560))),
    ),
    "renancourt": (
        ("Avenue de la Haute-Borne (fictive)", 20, "boulevard", ((5700, 8520), (6050, 8420), (6330, 8280), (6640, 8230), (7100, 8130))),
        ("Rue des Coteaux (fictive)", 14, "street", ((6080, 8850), (6150, 8560), (6180, 8360), (6120, 8100), (6240, 7680))),
        ("Rue des Capteurs (fictive)", 14, "street", ((6560, 8850), (6490, 8520), (6500, 8250), (6560, 7950), (6620, 7680))),
    ),
    "south": (("Route du Pôle Sud (fictive)", 20, "boulevard", ((7300, 3810), (7560, 3850), (7750, 3760), (7980, 3780))),),
    "north": (("Route du Pôle Nord (fictive)", 20, "boulevard", ((9540, 12600), (9740, 12680), (9880, 12640), (10060, 12720))),),
    "east": (("Route du Pôle Est (fictive)", 18, "boulevard", ((14880, 6520), (15080, 6500), (15290, 6540))),),
}  # fmt: skip

# Size in m2 below which a piece of land is a block, by what it will hold.
_BLOCK_M2 = {"gare_la_vallee": 21_000, "intercampus": 14_000, "renancourt": 11_000, "gare": 7_500,
             None: 9_000, "pole": 26_000}  # fmt: skip
_WIDTHS_M = (13.0, 11.0, 9.0, 8.0)


def chance(stream: str) -> np.random.Generator:
    """Seeded generator of one part of the dataset."""
    return np.random.default_rng(zlib.crc32(stream.encode()))


@functools.cache
def streets() -> tuple[Street, ...]:
    """Every street that the demonstration lays out."""
    return tuple(street for quarter in QUARTERS for street in _quarter_streets(quarter))


@functools.cache
def street_space() -> shapely.Geometry:
    """Public space: streets with rounded corners, railway land and river banks, work CRS."""
    shapes = [street.axis.buffer(street.width_m / 2, quad_segs=4) for street in streets()]
    rounded = shapely.union_all(shapes).buffer(5, quad_segs=3).buffer(-5, quad_segs=3)
    return shapely.union_all([rounded, _corridors()])


@functools.cache
def blocks() -> tuple[Block, ...]:
    """Every block, from west to east in each quarter."""
    found = []
    for quarter, drawn in QUARTERS.items():
        land = outline(drawn).difference(street_space())
        lines = [land.boundary, *_silent_cuts(quarter)]
        for shape in polygonize(shapely.union_all(lines)):
            if land.contains(shape.representative_point()) and shape.area > 250:
                found.append(Block(shape, quarter, zone_of(shape)))
    return tuple(sorted(found, key=lambda block: (block.quarter, round(block.shape.centroid.x / 150), block.shape.centroid.y)))  # fmt: skip


def zone_of(shape: shapely.Geometry) -> str | None:
    """Zone that holds the middle of ``shape``; the station district only outside the ZACs."""
    middle = shape.representative_point()
    return next((zone for zone, area in zone_outlines().items() if area.contains(middle)), None)


@functools.cache
def _corridors() -> shapely.Geometry:
    """Railway land and river banks."""
    tracks = [axis.buffer(24) for axis in railways().values()]
    yard = railways()["Ligne Longueau – Boulogne"].intersection(zone_outlines()["gare"].buffer(120))
    return shapely.union_all([*tracks, yard.buffer(42), somme().buffer(38)])


def _silent_cuts(quarter: str) -> list[shapely.Geometry]:
    """Edges of zones and communes that run through a quarter between plots, with no street."""
    land = outline(QUARTERS[quarter])
    edges = [zone.exterior for zone in zone_outlines().values()]
    if quarter == "valley":
        edges = [zone_outlines()["gare_la_vallee"].exterior]
    edges.append(commune_outlines()["80021"].boundary)
    return [edge.intersection(land) for edge in edges if edge.intersects(land)]


def _quarter_streets(quarter: str) -> list[Street]:
    """Drawn axes of a quarter, then the cuts that bring its land down to blocks."""
    land = outline(QUARTERS[quarter])
    found = [
        Street(curve(points), width, road, name) for name, width, road, points in _AXES[quarter]
    ]
    for zone in zone_outlines().values():
        found += _edge_streets(zone, land)
    space = [street.axis.buffer(street.width_m / 2) for street in found]
    left = _polygons(land.difference(shapely.union_all([*space, _corridors()])))
    pieces = [part for piece in left for part in _split(piece, _silent_cuts(quarter))]
    source = chance(f"streets {quarter}")
    stack = [
        (piece, 0) for piece in sorted(pieces, key=lambda each: (each.centroid.x, each.centroid.y))
    ]
    while stack:
        piece, depth = stack.pop()
        if piece.area < _limit(piece, quarter) * source.uniform(0.75, 1.5) or depth > 7:
            continue
        street = _cut(piece, depth, source)
        parts = _polygons(piece.difference(street.axis.buffer(street.width_m / 2)))
        found.append(street)
        stack += [(part, depth + 1) for part in parts if part.area > 1_500]
    return [street for street in found if street.axis.length > 25]


def _edge_streets(zone: shapely.Polygon, land: shapely.Polygon) -> list[Street]:
    """Streets along three stretches of a zone's edge; elsewhere plots meet back to back."""
    ring = zone.exterior
    stretches = ((0.02, 0.2), (0.33, 0.55), (0.66, 0.9))
    axes = [shapely.ops.substring(ring, start, end, normalized=True) for start, end in stretches]
    return [Street(axis, 11.0, "street", None) for axis in axes if land.contains(axis.centroid)]


def _limit(piece: shapely.Polygon, quarter: str) -> float:
    """Size of the blocks wanted where ``piece`` lies."""
    if quarter in {"south", "north", "east"}:
        return _BLOCK_M2["pole"]
    return _BLOCK_M2[zone_of(piece)]


def _cut(piece: shapely.Polygon, depth: int, source: np.random.Generator) -> Street:
    """Bent street across the long way of ``piece``, a little off the middle and off the square."""
    corners = np.asarray(piece.minimum_rotated_rectangle.exterior.coords)[:4]
    sides = np.roll(corners, -1, axis=0) - corners
    long_side = int(np.argmax(np.hypot(*sides.T)[:2]))
    along, across = sides[long_side], sides[(long_side + 1) % 4]
    fraction = source.uniform(0.4, 0.6)
    middle = corners[long_side] + along * fraction + across / 2
    turn = np.radians(source.normal(0, 7))
    rotation = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    half = rotation @ across * 0.75
    bend = along / np.hypot(*along) * np.hypot(*half) * source.uniform(-0.14, 0.14)
    line = np.array(
        [middle - half, middle - half / 3 + bend, middle + half / 3 + bend, middle + half]
    )
    from_origin = [tuple(point) for point in line]
    axis = _smooth(from_origin).intersection(piece)
    parts = [part for part in getattr(axis, "geoms", [axis]) if part.geom_type == "LineString"]
    longest = max(parts, key=lambda part: part.length)
    return Street(longest, _WIDTHS_M[min(depth, 3)], "street", None)


def _smooth(points: Iterable[tuple[float, float]]) -> shapely.LineString:
    """Smooth line through the neighbourhood of ``points`` (Chaikin's corner cutting)."""
    line = np.asarray(list(points))
    for _ in range(3):
        before, after = line[:-1], line[1:]
        inner = np.stack([0.75 * before + 0.25 * after, 0.25 * before + 0.75 * after], axis=1)
        line = np.concatenate([line[:1], inner.reshape(-1, 2)[1:-1], line[-1:]])
    return shapely.LineString(line.round(2))


def _split(piece: shapely.Polygon, cuts: list[shapely.Geometry]) -> list[shapely.Polygon]:
    """Parts of ``piece`` between the cuts."""
    faces = polygonize(shapely.union_all([piece.boundary, *cuts]))
    return [face for face in faces if piece.contains(face.representative_point())]


def _polygons(shape: shapely.Geometry) -> list[shapely.Polygon]:
    """Polygons of a shape."""
    return [part for part in getattr(shape, "geoms", [shape]) if part.geom_type == "Polygon"]
