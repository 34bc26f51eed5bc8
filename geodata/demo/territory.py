"""The ground of the demonstration: anchor points, river, railways, zone outlines, communes.

Published points come as latitude and longitude, everything else was drawn for this project in the
work CRS, in metres from :data:`ORIGIN`. No outline here copies a published perimeter.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence

import numpy as np
import pyproj
import shapely
from shapely.affinity import scale

from geodata.crs import WEB_CRS, WORK_CRS

__all__ = [
    "COMMUNES",
    "ORIGIN",
    "QUARTERS",
    "RAILWAYS",
    "SOMME",
    "ZONE_AREAS_HA",
    "commune_outlines",
    "curve",
    "outline",
    "place",
    "railways",
    "somme",
    "spot",
    "territory",
    "zone_outlines",
]

Coordinates = Sequence[tuple[float, float]]

ORIGIN = (1_640_000.0, 9_180_000.0)
"""Work CRS coordinates, in metres, of the point (0, 0) of the drawings."""

ZONE_AREAS_HA = {"gare_la_vallee": 112.0, "intercampus": 80.0, "renancourt": 63.0, "gare": 45.0}
"""Published area of each ZAC, and the area assumed for the station district."""

SOMME: Coordinates = (
    (16200, 6500),
    (14600, 7150),
    (12936, 7861),
    (11504, 8450),
    (10900, 8690),
    (10358, 8829),
    (9782, 8724),
    (9200, 8880),
    (8635, 9012),
    (6986, 9362),
    (5900, 10050),
    (5059, 10605),
    (3200, 11700),
)

RAILWAYS: dict[str, Coordinates] = {
    "Ligne Longueau – Boulogne": (
        (15500, 4600),
        (13422, 5966),
        (11600, 7190),
        (10900, 7690),
        (10451, 7990),
        (9900, 7960),
        (9090, 7729),
        (8100, 8060),
        (6980, 8960),
        (5900, 9700),
        (4700, 10550),
    ),
    "Ligne vers Rouen": ((9090, 7729), (8300, 7480), (7300, 7130), (6000, 6560), (4653, 6049)),
}

_ZONES: dict[str, Coordinates] = {
    "gare_la_vallee": (
        (10490, 8610),
        (10700, 8600),
        (11010, 8500),
        (11290, 8420),
        (11500, 8260),
        (11790, 8210),
        (11950, 7990),
        (11880, 7700),
        (12010, 7430),
        (11900, 7150),
        (11690, 7210),
        (11330, 7480),
        (10990, 7720),
        (10690, 7910),
        (10570, 8130),
        (10610, 8360),
    ),
    "intercampus": (
        (7010, 6640),
        (7110, 6900),
        (7400, 7010),
        (7590, 6950),
        (7830, 7140),
        (8090, 7190),
        (8160, 6930),
        (8030, 6700),
        (8090, 6420),
        (7930, 6130),
        (7660, 6190),
        (7420, 6080),
        (7200, 6160),
        (7190, 6380),
    ),
    "renancourt": (
        (5780, 8420),
        (5900, 8640),
        (6140, 8690),
        (6290, 8800),
        (6560, 8700),
        (6610, 8500),
        (6800, 8390),
        (6730, 8090),
        (6560, 7990),
        (6420, 7800),
        (6130, 7850),
        (6080, 8050),
        (5870, 8140),
    ),
    "gare": (
        (9900, 8000),
        (9990, 8240),
        (10220, 8290),
        (10420, 8420),
        (10640, 8330),
        (10700, 8060),
        (10760, 7830),
        (10560, 7680),
        (10290, 7740),
        (10080, 7660),
        (9960, 7800),
    ),
}

QUARTERS: dict[str, Coordinates] = {
    "valley": (
        (9800, 8030), (9770, 8290), (9890, 8400), (10110, 8350), (10300, 8420), (10430, 8560),
        (10470, 8655), (10730, 8640), (10990, 8540), (11290, 8450), (11500, 8290), (11800, 8250),
        (12010, 8180), (12000, 7950), (11960, 7740), (12090, 7480), (12040, 7080), (11760, 7100),
        (11200, 7480), (10900, 7700), (10650, 7630), (10330, 7690), (10100, 7590), (9890, 7640),
    ),
    "intercampus": (
        (6720, 6420), (6730, 6700), (6960, 6760), (7090, 6960), (7400, 7060), (7590, 7010),
        (7790, 7180), (8080, 7270), (8300, 7210), (8260, 6860), (8120, 6660), (8140, 6380),
        (7980, 6090), (7660, 6150), (7560, 5960), (7240, 5990), (7130, 6140), (6880, 6190),
    ),
    "renancourt": (
        (5740, 8440), (5880, 8680), (6120, 8720), (6280, 8860), (6600, 8740), (6690, 8560),
        (6960, 8480), (7000, 8180), (6860, 8000), (6640, 7930), (6500, 7690), (6240, 7700),
        (6080, 7810), (6020, 7990), (5830, 8100), (5780, 8270),
    ),
    "south": ((7300, 3990), (7520, 4080), (7690, 4010), (7980, 4020), (7890, 3620), (7620, 3660), (7560, 3520), (7380, 3600)),
    "north": ((9500, 12760), (9700, 12890), (9800, 12800), (10020, 12750), (9970, 12480), (9790, 12530), (9600, 12430)),
    "east": ((14900, 6650), (15200, 6690), (15290, 6400), (15110, 6330), (15060, 6410), (14880, 6390)),
}  # fmt: skip
"""Outlines inside which parcels are laid out."""

# Seeds of the communes: each outline joins the places nearer to its seeds than to any other's.
COMMUNES: dict[str, tuple[str, Coordinates]] = {
    "80021": (
        "Amiens",
        ((6300, 8350), (7600, 6850), (7650, 5950), (9000, 9200), (10900, 7500), (11500, 8000),
         (8700, 11300), (10600, 5200), (9600, 10800)),
    ),
    "80632": ("Pont-de-Metz", ((6180, 6900), (4900, 7300))),
    "80725": ("Salouël", ((6200, 5700), (5500, 5300))),
    "80724": ("Saleux", ((3800, 4700),)),
    "80730": ("Saveuse", ((3600, 8700),)),
    "80256": ("Dreuil-lès-Amiens", ((4300, 10700),)),
    "80639": ("Poulainville", ((10100, 14000),)),
    "80674": ("Rivery", ((12600, 10300),)),
    "80164": ("Camon", ((14300, 9100), (13300, 8300))),
    "80489": ("Longueau", ((13500, 6300),)),
    "80379": ("Glisy", ((15900, 6100),)),
    "80160": ("Cagny", ((12700, 3700),)),
    "80261": ("Dury", ((7900, 3600),)),
    "80702": ("Saint-Fuscien", ((9900, 2200),)),
}  # fmt: skip
"""Name and drawing seeds of Amiens and its neighbours, by INSEE code."""


@functools.cache
def _transformer() -> pyproj.Transformer:
    return pyproj.Transformer.from_crs(WEB_CRS, WORK_CRS, always_xy=True)


def place(latitude: float, longitude: float) -> shapely.Point:
    """Published point in the work CRS, to the centimetre."""
    east, north = _transformer().transform(longitude, latitude)
    return shapely.Point(round(east, 2), round(north, 2))


def spot(east: float, north: float) -> shapely.Point:
    """Drawn point, in metres from :data:`ORIGIN`, in the work CRS."""
    return shapely.Point(ORIGIN[0] + east, ORIGIN[1] + north)


def curve(drawn: Iterable[tuple[float, float]], *, rounds: int = 3) -> shapely.LineString:
    """Drawn broken line as a smooth line in the work CRS (Chaikin's corner cutting)."""
    points = np.asarray(list(drawn), float) + ORIGIN
    for _ in range(rounds):
        before, after = points[:-1], points[1:]
        inner = np.stack([0.75 * before + 0.25 * after, 0.25 * before + 0.75 * after], axis=1)
        points = np.concatenate([points[:1], inner.reshape(-1, 2)[1:-1], points[-1:]])
    return shapely.LineString(points.round(2))


def outline(drawn: Coordinates, *, rounds: int = 1) -> shapely.Polygon:
    """Drawn ring as a smooth polygon in the work CRS."""
    points = np.asarray(drawn, float) + ORIGIN
    for _ in range(rounds):
        after = np.roll(points, -1, axis=0)
        inner = np.stack([0.75 * points + 0.25 * after, 0.25 * points + 0.75 * after], axis=1)
        points = inner.reshape(-1, 2)
    return shapely.Polygon(points.round(2))


@functools.cache
def zone_outlines() -> dict[str, shapely.Polygon]:
    """Schematic outline of each zone, scaled to its published or assumed area, work CRS."""
    outlines = {}
    for zone, drawn in _ZONES.items():
        rough = outline(drawn)
        factor = float(np.sqrt(ZONE_AREAS_HA[zone] * 1e4 / rough.area))
        scaled = scale(rough, factor, factor, origin="centroid")
        outlines[zone] = shapely.set_precision(scaled, 0.01)
    return outlines


@functools.cache
def somme() -> shapely.LineString:
    """Schematic course of the Somme, flowing west, work CRS."""
    return curve(SOMME)


@functools.cache
def railways() -> dict[str, shapely.LineString]:
    """Schematic axis of each railway, work CRS."""
    return {name: curve(drawn) for name, drawn in RAILWAYS.items()}


@functools.cache
def territory() -> shapely.Polygon:
    """Area that the demonstration speaks for, work CRS."""
    drawn = ((3000, 5000), (5200, 2900), (8900, 2700), (13500, 4200), (16600, 5000), (16300, 7800),
             (13600, 10300), (11900, 13300), (9000, 13900), (6600, 12300), (3300, 10400))  # fmt: skip
    return outline(drawn, rounds=2)


@functools.cache
def commune_outlines() -> dict[str, shapely.Polygon]:
    """Schematic outline of each commune, without gap or overlap, work CRS."""
    seeds = [(code, spot(*seed)) for code, (_, drawn) in COMMUNES.items() for seed in drawn]
    frame = territory().buffer(900, quad_segs=4)
    points = shapely.MultiPoint([point for _, point in seeds])
    owned: dict[str, list[shapely.Polygon]] = {code: [] for code in COMMUNES}
    for cell in shapely.voronoi_polygons(points, extend_to=frame).geoms:
        owned[next(code for code, point in seeds if cell.contains(point))].append(cell)
    return {
        code: shapely.set_precision(shapely.union_all(cells).intersection(frame), 0.01)
        for code, cells in owned.items()
    }
