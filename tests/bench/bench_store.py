"""Time and memory of the store holding the whole Métropole: a file and PostGIS, side by side."""

from __future__ import annotations

import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "servers")]

from postgis_server import postgis_server  # noqa: E402 - the tests' own server

from geodata.crs import WORK_CRS  # noqa: E402
from geodata.editions import compare, restore  # noqa: E402
from geodata.layers import Layer, make_layer  # noqa: E402
from geodata.store import read_layers, write_layers  # noqa: E402

PARCELS = 150_000
BUILDINGS = 120_000
ROADS = 5_400
STOPS = 1_500
ROUNDS = 5
CORNER = (1_640_000.0, 9_180_000.0)
STEP_M = 40.0
COMMON = {
    "demo": True,
    "source": "bench",
    "source_date": "2026-01-01",
    "licence": "Licence Ouverte 2.0",
    "geom_precision": "schematic",
    "confidence": "low",
}


def main() -> None:
    """Print both tables as Markdown."""
    with tempfile.TemporaryDirectory() as folder, postgis_server(is_durable=True) as url:
        stores = {"GeoPackage": str(Path(folder) / "metropole.gpkg"), "PostGIS": url}
        asked = ["write", *["read"] * ROUNDS, *["parcels"] * ROUNDS, "again", "restore", "compare"]
        found: dict[tuple[str, str], list[tuple[float, float]]] = {}
        for work in asked:  # both stores in turn, so that neither has the quieter minute
            for name, address in stores.items():
                found.setdefault((work, name), []).append(measured(work, address))
        size = Path(stores["GeoPackage"]).stat().st_size / 1e6
    print(
        f"{PARCELS} parcels of 8-12 corners, {BUILDINGS} buildings, {ROADS} roads, {STOPS} stops;"
    )
    print(f"two editions of the parcels make a file of {size:.0f} MB. Median s (peak MB added).\n")
    print("| work | " + " | ".join(stores) + " |\n|---|" + "---|" * len(stores))
    said = {
        "write": "write every layer, store made",
        "read": f"read every layer (median of {ROUNDS})",
        "parcels": f"read the parcels (median of {ROUNDS})",
        "again": "import a second edition of the parcels",
        "restore": "make the first edition current again",
        "compare": "compare the two editions (3 % differ)",
    }
    for work, words in said.items():
        cells = [
            f"{statistics.median(each[0] for each in found[work, name]):.2f}"
            f" ({max(each[1] for each in found[work, name]):.0f})"
            for name in stores
        ]
        print(f"| {words} | " + " | ".join(cells) + " |")


def measured(work: str, address: str) -> tuple[float, float]:
    """Seconds and megabytes of one piece of work, in a process of its own."""
    done = subprocess.run(
        [sys.executable, __file__, work, address], check=True, capture_output=True, text=True
    )
    seconds, megabytes = json.loads(done.stdout)
    return seconds, megabytes


def alone(work: str, address: str) -> None:
    """Do one piece of work and print its seconds and megabytes."""
    layers = {"write": metropole, "again": lambda: [parcels(edition=2)]}.get(work, list)()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.perf_counter()
    if work in {"write", "again"}:
        write_layers(address, layers)
    elif work == "restore":
        restore(address, "parcels", 1)
    elif work == "compare":
        changed = len(compare(address, "parcels", 1, 2))
        assert PARCELS * 3 // 100 == changed, changed
    else:
        read = read_layers(address, only=None if work == "read" else {"parcels"})
        assert PARCELS == len(read["parcels"].features)
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(json.dumps([seconds, (peak - before) / 1024]))


def metropole() -> list[Layer]:
    """Every layer of the benchmark."""
    return [parcels(), buildings(), roads(), stops()]


def parcels(*, edition: int = 1) -> Layer:
    """Cadastre; the second edition moves 1 %, renames 1 %, replaces half a per cent."""
    rank = np.arange(PARCELS)
    shapes = rings(PARCELS, radius=(12.0, 18.0))
    section = np.char.mod("%s", rank // 10_000 % 26)
    ids = pd.Series(rank).map("80021000ZX{:06}".format)
    if edition > 1:
        shapes[:1500] = shapely.transform(shapes[:1500], lambda points: points + 0.5)
        section[1500:3000] = "AB"
        ids[3000:3750] = ids[3000:3750] + "b"
    rows = {
        "id": ids,
        "commune": "80021",
        "prefixe": "000",
        "section": section,
        "numero": pd.Series(rank % 10_000).astype("str"),
        "contenance": np.where(rank % 97 == 0, np.nan, 100.0 + rank % 1900),
        "arpente": rank % 3 == 0,
        "created": np.where(rank % 5 == 0, "2001-05-06", "2010-01-31"),
        "updated": "2024-05-06",
        **COMMON,
    }
    return layer_of("parcels", rows, shapes, date=f"202{edition}-01-01")


def buildings() -> Layer:
    """A building of seven to nine corners on most parcels."""
    rows = {
        "id": pd.Series(range(BUILDINGS)).map("B{:06}".format),
        "type": "01",
        "nom": None,
        "commune": "80021",
        "created": "2001-05-06",
        "updated": "2024-05-06",
        **COMMON,
    }
    return layer_of("buildings", rows, rings(BUILDINGS, radius=(4.0, 8.0)), date="2021-01-01")


def roads() -> Layer:
    """Roads of five points."""
    rank = np.repeat(np.arange(ROADS), 5)
    points = np.column_stack([rank % 70 * 200.0 + np.tile(np.arange(5), ROADS) * 40, rank * 3.0])
    rows = {
        "id": pd.Series(range(ROADS)).map("R{:05}".format),
        "name": "rue",
        "road_class": "street",
        **COMMON,
    }
    lines = shapely.linestrings(points + CORNER, indices=rank)
    return layer_of("roads", rows, lines, date="2021-01-01")


def stops() -> Layer:
    """Bus stops."""
    rank = np.arange(STOPS)
    rows = {
        "id": pd.Series(rank).map("S{:05}".format),
        "name": "arrêt",
        "mode": "bus",
        "lines": "5|6",
        "headway_min": 12.0,
        **COMMON,
    }
    points = shapely.points(np.column_stack([rank % 40 * 400.0, rank // 40 * 400.0]) + CORNER)
    return layer_of("transit_stops", rows, points, date="2021-01-01")


def rings(count: int, *, radius: tuple[float, float]) -> np.ndarray:
    """Star-shaped polygons of eight to twelve corners on a grid, the same on every call."""
    chance = np.random.default_rng(1)
    corners = chance.integers(8, 13, count)
    rows = np.repeat(np.arange(count), corners)
    turn = 2 * np.pi * np.concatenate([np.arange(each) / each for each in corners])
    reach = chance.uniform(*radius, len(rows))
    side = int(np.ceil(np.sqrt(count)))
    middle = np.column_stack([rows % side, rows // side]) * STEP_M + CORNER
    points = middle + np.column_stack([np.cos(turn), np.sin(turn)]) * reach[:, None]
    return shapely.polygons(shapely.linearrings(points, indices=rows))


def layer_of(layer: str, rows: dict[str, object], shapes: np.ndarray, *, date: str) -> Layer:
    """Checked layer of rows and shapes."""
    raw = gpd.GeoDataFrame(rows, geometry=shapes, crs=WORK_CRS)
    return make_layer(raw, layer=layer, date=date, source="bench")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        alone(*sys.argv[1:])
    else:
        main()
