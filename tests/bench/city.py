"""A synthetic city of any number of parcels, the same every time, with the layers around it.

Blocks of two rows of parcels back to back, streets between them, the whole plan bent and turned.
Neighbours share their edges, limits of zones run exactly along limits of parcels, some parcels
have a hole or a second part. Everything is made of whole arrays; the density of the context is
the same whatever the size.
"""

from __future__ import annotations

import dataclasses
import hashlib
import itertools
import shutil
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geodata.crs import WORK_CRS
from geodata.layers import Edition, Layer, make_layer

__all__ = ["Plan", "cached_city", "city", "ground", "plan_of"]

SEED = 20261123
CORNER = (1_640_000.0, 9_180_000.0)
ACROSS, DEEP = 8, 2
"""Parcels along a block, and rows of them."""
BLOCK_M = np.array([156.0, 68.0])
STREET_M = np.array([12.0, 10.0])
EMPTY, HOLED, DOUBLE = 0.04, 0.01, 0.01
"""Shares of blocks without parcels, of parcels with a hole, of parcels in two parts."""
ZONE_COLUMNS, ZONE_ROWS = 4, 6
"""Blocks in a zone of the local plan."""
INSIDE = 0.41
"""Where a limit that cuts blocks crosses them."""
MARGIN_M = 60.0
COMMON = {
    "demo": True,
    "source": "synthetic city",
    "source_date": "2026-01-01",
    "licence": "Licence Ouverte 2.0",
    "geom_precision": "schematic",
    "confidence": "low",
}
Columns = dict[str, Any]


@dataclasses.dataclass(frozen=True, slots=True)
class Plan:
    """Blocks of the city."""

    columns: int
    """Blocks from west to east."""
    rows: int
    """Blocks from south to north."""
    scale: float
    """Size in cities of 70 000 parcels, by which the context grows."""

    @property
    def extent(self) -> np.ndarray:
        """Width and height before bending, in metres."""
        return np.array([self.columns, self.rows]) * BLOCK_M


def cached_city(parcels: int, folder: Path) -> dict[str, Layer]:
    """City read back from ``folder``, made first where it is not there."""
    edition = hashlib.sha256(Path(__file__).read_bytes()).hexdigest()[:8]
    kept = folder / f"city-{parcels}-{edition}"
    if not (kept / "done").exists():
        shutil.rmtree(kept, ignore_errors=True)
        kept.mkdir(parents=True)
        for name, layer in city(parcels).items():
            layer.features.to_parquet(kept / f"{name}.parquet")
            (kept / f"{name}.wkb").write_bytes(shapely.to_wkb(layer.coverage))
        (kept / "done").touch()
    layers = {}
    for path in sorted(kept.glob("*.parquet")):
        features = gpd.read_parquet(path)
        coverage = shapely.from_wkb(path.with_suffix(".wkb").read_bytes())
        edition = Edition(path.stem, "bench", "", "2026-01-01", "city", 1.0, len(features), "")
        layers[path.stem] = Layer(path.stem, features, coverage, edition)
    return layers


def city(parcels: int) -> dict[str, Layer]:
    """Layers of a city of exactly ``parcels`` parcels, each with its coverage."""
    plan, chance = plan_of(parcels), np.random.default_rng(SEED)
    everywhere = _frame(plan, MARGIN_M)
    smaller = _frame(plan, -0.07 * plan.extent.min())
    middle = shapely.Point(bent(plan.extent / 2))
    disc = middle.buffer(0.45 * plan.extent.min(), quad_segs=180)
    plan_zones = _plan_zones(plan, chance)
    made = {
        "parcels": (_parcels(plan, parcels, chance), everywhere),
        "plu_zones": (plan_zones, everywhere),
        "communes": (_communes(plan, plan_zones[1]), everywhere),
        "zones": (_zones(plan, chance), everywhere),
        "commercial_sectors": (_sectors(plan, chance), everywhere),
        "economic_sites": (_economic_sites(plan, chance), smaller),
        "flood_zones": (_floods(plan, chance), everywhere),
        "heat_perimeters": (_perimeters(plan, chance), disc),
        "heat_mains": (_mains(plan, chance), disc),
        "transit_stops": (_stops(plan, chance), smaller),
        "stations": (_stations(plan, chance), everywhere),
        "hotels": (_hotels(plan, chance), disc),
        "cycle_links": (_cycle_links(plan, chance), smaller),
        "plu_prescriptions": (_prescriptions(plan, chance), everywhere),
        "roads": (_roads(plan), everywhere),
        "urbanised_areas": (_urbanised(plan, chance), everywhere),
        "moratoriums": (_moratoriums(plan, chance), everywhere),
        "land_cover": (_land_cover(plan, chance), everywhere),
    }
    return {name: _layer(name, *each, coverage) for name, (each, coverage) in made.items()}


def plan_of(parcels: int) -> Plan:
    """Plan with room for ``parcels`` parcels and a few more."""
    blocks = parcels / (ACROSS * DEEP * (1 - EMPTY) * (1 - DOUBLE)) * 1.02 + 20
    columns = max(int(np.sqrt(blocks / 2.0)), 1)
    return Plan(columns, int(np.ceil(blocks / columns)), parcels / 70_000)


def bent(points: np.ndarray) -> np.ndarray:
    """Plan coordinates bent by long waves, turned, and put on the ground (work CRS)."""
    x, y = points[..., 0], points[..., 1]
    along = x + 55 * np.sin(y / 900) + 25 * np.sin(x / 500 + y / 700)
    up = y + 45 * np.sin(x / 1100) + 20 * np.cos(y / 600 - x / 800)
    turn = np.array([[np.cos(0.3), np.sin(0.3)], [-np.sin(0.3), np.cos(0.3)]])
    return np.stack([along, up], axis=-1) @ turn + CORNER


def ground(column: Any, row: Any, across: Any, deep: Any) -> np.ndarray:
    """Points (0-1 across, 0-1 deep) of blocks; what is straight within a block stays straight."""
    low = np.stack(np.broadcast_arrays(column, row), axis=-1) * BLOCK_M + STREET_M / 2
    side = BLOCK_M - STREET_M
    u, v = (np.asarray(each)[..., None] for each in np.broadcast_arrays(across, deep))
    south = bent(low) * (1 - u) + bent(low + side * [1, 0]) * u
    north = bent(low + side * [0, 1]) * (1 - u) + bent(low + side) * u
    return south * (1 - v) + north * v


def _parcels(plan: Plan, count: int, chance: np.random.Generator) -> tuple[Columns, np.ndarray]:
    """Parcels of every block that is not left empty, the first ``count`` of them."""
    blocks = np.flatnonzero(chance.random(plan.columns * plan.rows) >= EMPTY)
    across, deep, is_there = _rings(len(blocks), chance)
    owner = np.repeat(blocks, ACROSS * DEEP)[:, None]
    points = ground(owner % plan.columns, owner // plan.columns, across, deep)
    ring = np.repeat(np.arange(len(owner)), is_there.sum(axis=1))
    rings = shapely.linearrings(points[is_there], indices=ring)
    corners = points[:, [0, 4, 7, 11]]
    middle = corners.mean(axis=1, keepdims=True)
    holes = shapely.linearrings(middle + 0.3 * (corners - middle))
    shapes = shapely.polygons(rings)
    holed = chance.random(len(shapes)) < HOLED
    shapes[holed] = shapely.polygons(rings[holed], holes[holed, None])
    shapes = _joined(shapes, chance)[:count]
    number = np.arange(len(shapes))
    ids = pd.Series(number).map(
        lambda each: (
            f"80021000{chr(65 + each // 260_000)}{chr(65 + each // 10_000 % 26)}{each % 10_000:04}"
        )
    )
    columns = {
        "id": ids,
        "commune": "80021",
        "prefixe": "000",
        "section": ids.str[8:10],
        "numero": ids.str[10:],
        "contenance": np.round(shapely.area(shapes)),
    }
    return columns, shapes


def _rings(blocks: int, chance: np.random.Generator) -> tuple[np.ndarray, ...]:
    """Corners of all parcels in their block (across, deep), and which of them are there.

    Four corners, three on each side shared with the neighbour, two at the back, four in front.
    """
    cuts = np.arange(ACROSS + 1) / ACROSS + np.zeros((blocks, DEEP, 1))
    cuts[..., 1:-1] += chance.uniform(-0.035, 0.035, (blocks, DEEP, ACROSS - 1))
    side = cuts[..., None] + chance.uniform(-0.01, 0.01, (blocks, DEEP, ACROSS + 1, 3))
    has_side = chance.random(side.shape) < 0.35
    has_side[:, :, [0, -1]] = False
    west, east = cuts[:, :, :-1, None], cuts[:, :, 1:, None]
    front = east + (west - east) * np.array([0.2, 0.4, 0.6, 0.8])
    back = west + (east - west) * np.array([1, 2]) / 3
    is_straight = chance.random((blocks, DEEP, 1, 1)) < 0.6
    jog = np.where(is_straight, 0.0, chance.uniform(0, 0.02, front.shape))
    height = np.array([0.125, 0.25, 0.375]) + np.zeros((blocks, DEEP, ACROSS, 1))
    zero, half = np.zeros(west.shape), np.full(west.shape, 0.5)
    here = np.ones(west.shape, dtype=bool)
    has_back, has_front = chance.random(back.shape) < 0.2, chance.random(front.shape) < 0.3
    left, right = side[:, :, :-1], side[:, :, 1:, ::-1]
    has_left, has_right = has_side[:, :, :-1], has_side[:, :, 1:, ::-1]
    across = np.concatenate([west, left, west, back, east, right, east, front], axis=3)
    deep = np.concatenate(
        [zero, height, half, np.full(back.shape, 0.5), half, height[..., ::-1], zero, jog], axis=3
    )
    there = np.concatenate(
        [here, has_left, here, has_back, here, has_right, here, has_front], axis=3
    )
    deep[:, 1] = 1 - deep[:, 1]
    return tuple(each.reshape(-1, each.shape[-1]) for each in (across, deep, there))


def _joined(shapes: np.ndarray, chance: np.random.Generator) -> np.ndarray:
    """The same, where a few parcels take in the third from them as a second part."""
    first = np.flatnonzero(np.arange(len(shapes)) % ACROSS == 1)
    first = first[chance.random(len(first)) < DOUBLE * ACROSS]
    parts = np.concatenate([shapely.get_parts(shapes[first]), shapely.get_parts(shapes[first + 3])])
    order = np.argsort(np.tile(np.arange(len(first)), 2), kind="stable")
    joined = shapes.copy()
    joined[first] = shapely.multipolygons(parts[order], indices=np.repeat(np.arange(len(first)), 2))
    return np.delete(joined, first + 3)


def _plan_zones(plan: Plan, chance: np.random.Generator) -> tuple[Columns, np.ndarray]:
    """Zones of the local plan without gaps: limits behind parcels, in streets, or across."""
    columns = [*range(0, plan.columns - ZONE_COLUMNS + 1, ZONE_COLUMNS), plan.columns]
    rows = [*range(0, plan.rows - ZONE_ROWS + 1, ZONE_ROWS), plan.rows]
    uprights = [_upright(plan, each, number, rows) for number, each in enumerate(columns)]
    shapes = [
        _cell(plan, (columns[i], columns[i + 1]), (rows[j], rows[j + 1]), uprights[i : i + 2], j)
        for i in range(len(columns) - 1)
        for j in range(len(rows) - 1)
    ]
    label = chance.choice(["UA", "UB", "UC", "UD", "UE", "1AU", "2AU", "N", "A"], len(shapes))
    labels = {"libelle": label, "typezone": "U", "idurba": "80021_PLU"}
    return labels, np.array(shapes, dtype=object)


def _upright(plan: Plan, column: int, number: int, rows: list[int]) -> list[np.ndarray]:
    """Limit from south to north, in one stretch per row of zones; odd ones cut the blocks."""
    is_edge = column in (0, plan.columns)
    stretches = []
    for low, high in itertools.pairwise(rows):
        ends = (low > 0, high < plan.rows)
        if number % 2 and not is_edge:
            each = np.arange(low, high + ends[1])
            points = ground(column, np.repeat(each, 2), INSIDE, np.tile([0.0, 1.0], len(each)))
            points = points[ends[0] : len(points) - ends[1]]
            first = ground(column, low, INSIDE, 0.5) if ends[0] else _outside(plan, column, low)
            last = ground(column, high, INSIDE, 0.5) if ends[1] else _outside(plan, column, high)
        else:
            inner = np.arange(low + 1, high + ends[1])
            points = bent(_outward(plan, column, inner))
            first = _knot(plan, column, low)
            last = _knot(plan, column, high)
        stretches.append(np.vstack([first, points, last]))
    return stretches


def _outward(plan: Plan, column: Any, row: Any) -> np.ndarray:
    """Crossings in plan coordinates, those on the rim of the city moved out of it."""
    place = np.stack(np.broadcast_arrays(column, row), axis=-1) * BLOCK_M
    place = np.where(place <= 0, -MARGIN_M, place)
    return np.where(place >= plan.extent, plan.extent + MARGIN_M, place)


def _outside(plan: Plan, column: int, row: int) -> np.ndarray:
    """Point of the rim where a limit that cuts blocks ends."""
    place = _outward(plan, column, row) + np.array([BLOCK_M[0] * INSIDE, 0])
    return bent(place)


def _knot(plan: Plan, column: int, row: int) -> np.ndarray:
    """Where a limit in a street meets one that follows the backs of parcels."""
    if row in (0, plan.rows) or column in (0, plan.columns):
        shift = 0.0 if row in (0, plan.rows) else BLOCK_M[1] / 2
        return bent(_outward(plan, column, row) + np.array([0, shift]))
    return (ground(column - 1, row, 1, 0.5) + ground(column, row, 0, 0.5)) / 2


def _cell(
    plan: Plan,
    columns: tuple[int, int],
    rows: tuple[int, int],
    uprights: list[list[np.ndarray]],
    number: int,
) -> shapely.Polygon:
    """One zone of the local plan."""
    west, east = uprights[0][number], uprights[1][number]
    south, north = (
        _level(plan, columns, row, a, b)
        for row, a, b in ((rows[0], west[0], east[0]), (rows[1], west[-1], east[-1]))
    )
    return shapely.Polygon(np.vstack([south, east, north[::-1], west[::-1]]))


def _level(
    plan: Plan, columns: tuple[int, int], row: int, start: np.ndarray, end: np.ndarray
) -> np.ndarray:
    """Limit from west to east along the backs of parcels, or along the rim of the city."""
    each = np.arange(columns[0], columns[1] + 1)
    if row in (0, plan.rows):
        points = bent(_outward(plan, each, row))
    else:
        points = ground(np.repeat(each, 2), row, np.tile([0.0, 1.0], len(each)), 0.5)
    way = end - start
    along = (points - start) @ way / (way @ way)
    return points[(along > 1e-9) & (along < 1 - 1e-9)]


def _communes(plan: Plan, cells: np.ndarray) -> tuple[Columns, np.ndarray]:
    """Municipalities of about six by six zones of the local plan."""
    high = len([*range(0, plan.rows - ZONE_ROWS + 1, ZONE_ROWS), plan.rows]) - 1
    at = np.arange(len(cells))
    group = at // high // 6 * 1000 + at % high // 6
    names, code = np.unique(group, return_inverse=True)
    shapes = [shapely.union_all(cells[code == each]) for each in range(len(names))]
    insee = [f"{80001 + each}" for each in range(len(names))]
    return {"insee": insee, "name": insee}, np.array(shapes, dtype=object)


def _zones(plan: Plan, chance: np.random.Generator) -> tuple[Columns, np.ndarray]:
    """Technopole zones: along the fronts of blocks, or drawn freely; some overlap."""
    aligned = _along_fronts(plan, chance, _many(plan, 40))
    free = _stars(plan, chance, _many(plan, 30), radius=(120, 450), points=120)
    count = len(aligned) + len(free)
    columns = {
        "libelle": [f"zone {each}" for each in range(count)],
        "typeinf": chance.choice(["02", "99"], count),
        "stypeinf": "00",
        "idurba": "80021_PLU",
        "theme": chance.choice(["digital", "health", "energy", "station"], count),
    }
    return columns, np.concatenate([aligned, free])


def _sectors(plan: Plan, chance: np.random.Generator) -> tuple[Columns, np.ndarray]:
    """Commercial sectors, drawn freely or along fronts; some overlap."""
    aligned = _along_fronts(plan, chance, _many(plan, 20))
    free = _stars(plan, chance, _many(plan, 40), radius=(100, 350), points=60)
    count = len(aligned) + len(free)
    columns = {
        "name": [f"secteur {each}" for each in range(count)],
        "kind": np.where(np.arange(count) < len(aligned), "centre", "periphery"),
        "reference_sales_area_m2": chance.integers(500, 30_000, count).astype(float),
    }
    return columns, np.concatenate([aligned, free])


def _economic_sites(plan: Plan, chance: np.random.Generator) -> tuple[Columns, np.ndarray]:
    """Economic sites, with their land units."""
    shapes = _stars(plan, chance, _many(plan, 40), radius=(100, 400), points=80)
    units = chance.integers(5, 60, len(shapes)).astype(float)
    columns = {
        "site_nom": [f"site {each}" for each in range(len(shapes))],
        "site_type": "01",
        "site_vocadomi": "01",
        "site_etat": "01",
        "site_uf_nbre": units,
        "site_uf_vacant_nbre": np.floor(units * chance.uniform(0, 0.5, len(shapes))),
    }
    return columns, shapes


def _floods(plan: Plan, chance: np.random.Generator) -> tuple[Columns, np.ndarray]:
    """Flood polygons of 5 000 points, some with an island."""
    shapes = _stars(plan, chance, _many(plan, 30), radius=(250, 700), points=5000, islands=0.3)
    zone_type = chance.choice(["1", "2", "3", "4"], len(shapes))
    return {"zone_type": zone_type, "document": "PPRI"}, shapes


def _perimeters(plan: Plan, chance: np.random.Generator) -> tuple[Columns, np.ndarray]:
    """Large heat perimeters that overlap."""
    shapes = _stars(plan, chance, _many(plan, 12), radius=(400, 900), points=300)
    return {"name": "périmètre"}, shapes


def _mains(plan: Plan, chance: np.random.Generator) -> tuple[Columns, np.ndarray]:
    """Heat mains under the streets."""
    shapes = _street_lines(plan, chance, _many(plan, 40), crossings=20, aside=2.0)
    return {"name": "réseau"}, shapes


def _cycle_links(plan: Plan, chance: np.random.Generator) -> tuple[Columns, np.ndarray]:
    """Cycle facilities in the streets."""
    shapes = _street_lines(plan, chance, _many(plan, 150), crossings=10, aside=3.0)
    return {"ame_d": "PISTE CYCLABLE"}, shapes


def _stops(plan: Plan, chance: np.random.Generator) -> tuple[Columns, np.ndarray]:
    """Stops, one in seven of a rapid bus."""
    shapes = _scattered(plan, chance, _many(plan, 1000))
    mode = np.where(np.arange(len(shapes)) % 7 == 0, "bhns", "bus")
    return {"name": "arrêt", "mode": mode, "lines": "1"}, shapes


def _stations(plan: Plan, chance: np.random.Generator) -> tuple[Columns, np.ndarray]:
    """Railway stations."""
    return {"name": "gare"}, _scattered(plan, chance, _many(plan, 6))


def _hotels(plan: Plan, chance: np.random.Generator) -> tuple[Columns, np.ndarray]:
    """Hotels of every status."""
    shapes = _scattered(plan, chance, _many(plan, 300))
    status = chance.choice(["existing", "authorised", "pending"], len(shapes))
    return {"name": "hôtel", "rooms": 50.0, "status": status}, shapes


def _prescriptions(plan: Plan, chance: np.random.Generator) -> tuple[Columns, np.ndarray]:
    """Protected shopping lines exactly on the fronts of blocks, and other prescriptions."""
    count, blocks = _many(plan, 60), 4
    column = chance.integers(0, max(plan.columns - blocks, 1), count)[:, None]
    row = chance.integers(0, plan.rows, count)[:, None]
    each = np.repeat(np.arange(min(blocks, plan.columns)), 2)
    lines = shapely.linestrings(ground(column + each, row, np.tile([0.0, 1.0], len(each) // 2), 0))
    others = _stars(plan, chance, _many(plan, 20), radius=(50, 150), points=20)
    kind = np.repeat(["22", "05"], [len(lines), len(others)])
    columns = {"libelle": "prescription", "typepsc": kind, "stypepsc": "00", "idurba": "80021_PLU"}
    return columns, np.concatenate([lines, others])


def _roads(plan: Plan) -> tuple[Columns, np.ndarray]:
    """Axes of all streets from west to east, cut every twenty crossings."""
    places = [
        np.stack([np.arange(first, last + 1), np.full(last + 1 - first, row)], axis=1)
        for row in range(plan.rows + 1)
        for first in range(0, plan.columns, 20)
        for last in [min(first + 20, plan.columns)]
    ]
    lines = [shapely.LineString(bent(each * BLOCK_M)) for each in places]
    road_class = np.array(["motorway", "high_traffic", "boulevard", "street"])
    shapes = np.array(lines, dtype=object)
    return {"road_class": road_class[np.arange(len(shapes)) * 7 % 31 % 4]}, shapes


def _urbanised(plan: Plan, chance: np.random.Generator) -> tuple[Columns, np.ndarray]:
    """Urbanised areas and studies that overlap."""
    shapes = _stars(plan, chance, _many(plan, 30), radius=(200, 500), points=150)
    kind = np.where(np.arange(len(shapes)) % 3 == 0, "study", "urbanised")
    return {"name": "tache urbaine", "kind": kind}, shapes


def _moratoriums(plan: Plan, chance: np.random.Generator) -> tuple[Columns, np.ndarray]:
    """Moratoriums of both authorities, some over, some to come."""
    shapes = _stars(plan, chance, max(_many(plan, 60), 12), radius=(200, 500), points=60)
    number = np.arange(len(shapes))
    columns = {
        "name": "moratoire",
        "scope": np.array(["retail", "hotel", "both"])[number % 3],
        "authority": np.array(["prefect", "charter"])[number % 2],
        "starts_on": np.array(["2024-01-01", "2026-01-01", "2027-01-01"])[number % 5 % 3],
        "ends_on": np.array([None, "2026-06-30", None, "2026-12-31"], dtype=object)[number % 4],
    }
    return columns, shapes


def _land_cover(plan: Plan, chance: np.random.Generator) -> tuple[Columns, np.ndarray]:
    """Two surveys of the land, the later one after the reference day of the law."""
    shapes = _stars(plan, chance, max(_many(plan, 80), 12), radius=(100, 400), points=60)
    number = np.arange(len(shapes))
    columns = {
        "code_cs": "CS1.1.1.1",
        "is_sealed": number % 4 != 0,
        "observed_on": np.array(["2018-06-01", "2018-06-01", "2024-06-01"])[number % 3],
    }
    return columns, shapes


def _many(plan: Plan, count: int) -> int:
    """So many for 70 000 parcels, in proportion here; two at least."""
    return max(round(count * plan.scale), 2)


def _scattered(plan: Plan, chance: np.random.Generator, count: int) -> np.ndarray:
    """Points anywhere in the city."""
    return shapely.points(bent(chance.uniform(0, 1, (count, 2)) * plan.extent))


def _stars(
    plan: Plan,
    chance: np.random.Generator,
    count: int,
    *,
    radius: tuple[float, float],
    points: int,
    islands: float = 0.0,
) -> np.ndarray:
    """Wavy outlines of so many points around places of the city, some with an island."""
    middle = bent(chance.uniform(0.02, 0.98, (count, 2)) * plan.extent)[:, None]
    angle = np.linspace(0, 2 * np.pi, points, endpoint=False)
    waves = np.array([2, 3, 5, 17, max(points // 40, 23)])
    height = chance.uniform(0.2, 1, (count, 5, 1)) * [[0.25], [0.15], [0.1], [0.04], [0.02]]
    phase = chance.uniform(0, 2 * np.pi, (count, 5, 1))
    reach = 1 + (height * np.sin(waves[:, None] * angle + phase)).sum(axis=1)
    reach = reach * chance.uniform(*radius, (count, 1))
    rim = reach[..., None] * np.stack([np.cos(angle), np.sin(angle)], axis=1)
    shapes = shapely.polygons(middle + rim)
    holed = chance.random(count) < islands
    holes = shapely.linearrings(middle + 0.3 * rim)
    shapes[holed] = shapely.polygons(shapely.get_exterior_ring(shapes[holed]), holes[holed, None])
    return shapes


def _along_fronts(plan: Plan, chance: np.random.Generator, count: int) -> np.ndarray:
    """Outlines of two to four by three to eight blocks, along the fronts of their parcels."""
    shapes = []
    for _ in range(count):
        wide, high = int(chance.integers(2, 5)), int(chance.integers(3, 9))
        west = int(chance.integers(0, max(plan.columns - wide, 1)))
        south = int(chance.integers(0, max(plan.rows - high, 1)))
        along, up = np.repeat(np.arange(wide), 2), np.repeat(np.arange(high), 2)
        ends, rises = np.tile([0.0, 1.0], wide), np.tile([0.0, 1.0], high)
        sides = [
            ground(west + along, south, ends, 0.0),
            ground(west + wide - 1, south + up, 1.0, rises),
            ground(west + along[::-1], south + high - 1, ends[::-1], 1.0),
            ground(west, south + up[::-1], 0.0, rises[::-1]),
        ]
        shapes.append(shapely.Polygon(np.vstack(sides)))
    return np.array(shapes, dtype=object)


def _street_lines(
    plan: Plan, chance: np.random.Generator, count: int, *, crossings: int, aside: float
) -> np.ndarray:
    """Lines along streets over some crossings, beside the axis; every second one northwards."""
    is_north = (np.arange(count) % 2 == 1)[:, None]
    way, limits = np.where(is_north, [0, 1], [1, 0]), np.array([plan.columns, plan.rows])
    start = chance.integers(0, np.maximum(limits - way * crossings, 1))
    places = start[:, None] + way[:, None] * np.arange(crossings)[:, None]
    places = np.minimum(places, limits)
    shift = np.where(is_north, [aside, 0], [0, aside])[:, None]
    return shapely.linestrings(bent(places * BLOCK_M + shift))


def _frame(plan: Plan, margin: float) -> shapely.Polygon:
    """Outline of the city, moved out by ``margin``; a point about every 100 metres."""
    box = shapely.segmentize(
        shapely.box(-margin, -margin, *(plan.extent + margin)), max_segment_length=100.0
    )
    return shapely.transform(box, bent)


def _layer(name: str, columns: Columns, shapes: np.ndarray, coverage: shapely.Geometry) -> Layer:
    """Layer that keeps its contract."""
    ids = [f"{name}-{each:05}" for each in range(len(shapes))]
    frame = gpd.GeoDataFrame({"id": ids, **COMMON, **columns}, geometry=shapes, crs=WORK_CRS)
    return make_layer(frame, layer=name, date="2026-01-01", source="city", coverage=coverage)
