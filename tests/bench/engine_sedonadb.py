"""SedonaDB at its best: tables in memory, pieces of polygons, KNN joins, as many threads as cores.

Polygons are cut and merged before, as the tables are loaded; that is not counted. Frontage is left
out: version 0.5.0 gives no point of a line at a place taken from a column (``ST_PointN``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import sedonadb
import shapely
from comparing import DISTANCES, LARGEST, SHARES, Results
from reading_back import read_back

from geodata.crs import WORK_CRS
from geodata.layers import Layers
from zones.measures.features import Selection, ready

__all__ = ["engine"]

# Parcels in a coverage: covered, or but for noise.
COVERED = """
SELECT p.at FROM parcels p JOIN {coverage} c ON ST_Covers(c.geometry, p.geometry)
UNION
SELECT p.at FROM (
  SELECT DISTINCT p.at, p.geometry, p.area FROM parcels p
  JOIN rim_{coverage} r ON ST_Intersects(p.geometry, r.geometry)
) p JOIN {coverage} c ON ST_Intersects(p.geometry, c.geometry)
WHERE ST_Area(ST_Intersection(c.geometry, p.geometry)) >= p.area - 0.01
"""
# Area of every parcel in every group of polygons.
PARTS = """
SELECT p.at, z.of, sum(CASE WHEN ST_Covers(z.geometry, p.geometry) THEN p.area
                       ELSE ST_Area(ST_Intersection(z.geometry, p.geometry)) END) AS area
FROM parcels p JOIN {pieces} z ON ST_Intersects(p.geometry, z.geometry)
GROUP BY p.at, z.of
"""
# The group with the largest part; within noise a ZAC first, then the lower name.
LARGEST_PART = """
WITH sums AS (
  SELECT a.at, f.name, min(f.rank) AS rank, sum(a.area) AS area
  FROM parts a JOIN {names} f ON f.of = a.of WHERE a.area > 0.01 GROUP BY a.at, f.name
), best AS (
  SELECT at, name, rank, area, max(area) OVER (PARTITION BY at) AS most FROM sums
), ordered AS (
  SELECT at, name, most, row_number() OVER (PARTITION BY at ORDER BY rank, name) AS place
  FROM best WHERE area >= most - 0.01
)
SELECT at, name, most FROM ordered WHERE place = 1
"""
NEAREST = """
SELECT p.at, ST_Distance(p.geometry, t.geometry) AS metres
FROM waiting p JOIN {targets} t ON ST_KNN(p.geometry, t.geometry, 1, false)
"""
WITHIN = """
SELECT p.at, min(ST_Distance(p.geometry, t.geometry)) AS metres
FROM waiting p JOIN {targets} t ON ST_DWithin(p.geometry, t.geometry, {reach}) GROUP BY p.at
"""
WAITING = """
SELECT p.at, p.geometry FROM waiting p LEFT ANTI JOIN reached r ON r.at = p.at
"""
# Parcels to which the outline of the coverage is nearer than what was found.
BEYOND = """
SELECT n.at FROM (
  SELECT p.at, p.geometry, f.metres - 1e-6 AS metres
  FROM {parcels} p JOIN found f ON f.at = p.at WHERE f.metres > 1e-6
) n LEFT SEMI JOIN {rim} r ON ST_DWithin(n.geometry, r.geometry, n.metres)
"""
REACHES_M = (150, 400, 1000)
"""A KNN join costs more than joins within a widening reach; it finds what is left."""


@contextmanager
def engine(layers: Layers) -> Iterator[Callable[[], Callable[[], Results]]]:
    """Facts of every parcel, as Arrow tables; putting them in order is not counted."""
    base = sedonadb.connect()
    keys = _prepare(base, layers)

    def facts() -> Callable[[], Results]:
        def ask(words: str, *, view: str | None = None, **names: str) -> Any:
            asked = base.sql(words.format(**names))
            if view is None:
                return asked.to_arrow_table()
            made = asked.to_memtable()
            made.to_view(view, overwrite=True)
            return made

        found = {"areas": ask("SELECT at, ST_Area(geometry) AS area FROM parcels")}
        for key in sorted(set(keys.values())):
            ask(COVERED, view=f"at_{key}", coverage=key)
            found[key] = ask("SELECT at FROM at_{key}", key=key)
        for layer in dict.fromkeys(each[0] for each in LARGEST.values()):
            ask(PARTS, view="parts", pieces=f"pieces_{layer}")
            for fact, (of, by, _) in LARGEST.items():
                if of == layer and fact != "zone_share":
                    found[fact] = ask(LARGEST_PART, names=f"names_{layer}_{by}")
        for fact in SHARES:
            found[fact] = ask(PARTS, pieces=f"pieces_{fact}")
        for key in sorted({keys[each.layer] for each in DISTANCES.values()}):
            words = "SELECT p.at, p.geometry FROM parcels p JOIN at_{key} c ON c.at = p.at"
            ask(words, view=f"in_{key}", key=key)
        for fact, selection in DISTANCES.items():
            metres, beyond = _nearest(ask, f"targets_{fact}", keys[selection.layer])
            found[fact], found["beyond", fact] = metres, beyond
        return lambda: _results(found, layers, keys)

    yield facts


def _nearest(ask: Any, targets: str, key: str) -> tuple[Any, Any]:
    """Distances to the nearest target, and the parcels to which the outline is nearer."""
    ask("SELECT at, geometry FROM in_{key}", view="waiting", key=key)
    stages = []
    for reach in REACHES_M:
        stages.append(ask(WITHIN, view="reached", targets=targets, reach=str(reach)))
        ask(WAITING, view="waiting")
    stages.append(ask(NEAREST, view="reached", targets=targets))
    metres = stages[0].union(stages[1]).union(stages[2]).union(stages[3]).to_memtable()
    metres.to_view("found", overwrite=True)
    beyond = ask(BEYOND, parcels=f"in_{key}", rim=f"rim_{key}")
    return metres.to_arrow_table(), beyond


def _prepare(base: Any, layers: Layers) -> dict[str, str]:
    """Tables in memory; the table of the coverage of each layer."""

    def load(name: str, shapes: Any, **columns: Any) -> None:
        frame = gpd.GeoDataFrame(columns, geometry=shapes, crs=WORK_CRS)
        base.create_data_frame(frame).to_memtable().to_view(name, overwrite=True)

    parcels = layers["parcels"].features.geometry.to_numpy()
    load("parcels", parcels, at=np.arange(len(parcels)), area=shapely.area(parcels))
    for layer, by, _ in dict.fromkeys((*each[:2], 0) for each in LARGEST.values()):
        frame = layers[layer].features
        whole = ready(frame.geometry.to_numpy())
        load(f"pieces_{layer}", whole.pieces, of=whole.owners)
        rank = frame["typeinf"] != "02" if layer == "zones" else np.zeros(len(frame), bool)
        names = {
            "of": np.arange(len(frame)),
            "name": np.asarray(frame.index if by == "id" else frame[by], dtype=object),
            "rank": np.asarray(rank, dtype=int),
        }
        view = base.create_data_frame(pd.DataFrame(names)).to_memtable()
        view.to_view(f"names_{layer}_{by}", overwrite=True)
    for fact, selection in SHARES.items():
        whole = ready(shapely.get_parts(shapely.union_all(_chosen(layers, selection))))
        load(f"pieces_{fact}", whole.pieces, of=np.zeros(len(whole.pieces), int))
    for fact, selection in DISTANCES.items():
        load(f"targets_{fact}", ready(_chosen(layers, selection)).pieces)
    areas = {shapely.to_wkb(each.coverage): each.coverage for each in layers.values()}
    names = {wkb: f"coverage_{number}" for number, wkb in enumerate(areas)}
    for wkb, area in areas.items():
        load(names[wkb], np.array([area]))
        load(f"rim_{names[wkb]}", ready(np.array([area.boundary])).pieces)
    return {name: names[shapely.to_wkb(each.coverage)] for name, each in layers.items()}


def _chosen(layers: Layers, selection: Selection) -> Any:
    """Shapes of the features that count."""
    frame = layers[selection.layer].features
    if selection.column:
        frame = frame[frame[selection.column].isin(selection.values)]
    return frame.geometry.to_numpy()


def _results(found: Any, layers: Layers, keys: Any) -> Results:
    """Facts in the order of the parcels."""
    count = len(layers["parcels"].features)

    def read(table: str, column: str, fill: object) -> np.ndarray:
        values = np.full(count, fill, dtype=object if isinstance(fill, str) else type(fill))
        rows = found[table]
        values[rows["at"].to_numpy()] = rows[column].to_numpy()
        return values

    covered = {
        name: np.isin(np.arange(count), found[key]["at"].to_numpy()) for name, key in keys.items()
    }
    results = dict(read_back(layers, read, covered))
    for fact in DISTANCES:
        results[fact][found["beyond", fact]["at"].to_numpy()] = np.nan
    return results
