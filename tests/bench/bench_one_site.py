"""Time of one site on the server, 150 000 parcels loaded: its facts, verdicts and sentences.

The parcels are the demonstration's, drawn again and again, on all of its layers. A parcel clicked
on the map has the facts and outcomes by which the map is coloured; two parcels put together are
measured and judged.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import itertools
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).parents[2]))

from charters.loading import load_charters
from geodata.layers import Layers
from geodata.store import DEMO_STORE, read_layers
from zones.assessment import Assessment, assess, assessment_at, site_verdicts
from zones.measures import ground_of, measure_ground
from zones.projects import example_projects
from zones.sites import each_parcel, one_site

DAY = dt.date(2026, 11, 16)
PARCELS = 150_000
RUNS, WARMING = 200, 20


def main() -> None:
    """Print two rows of a Markdown table per example."""
    layers, charters = _loaded(), load_charters()
    every = ground_of(each_parcel(layers["parcels"].features), layers)
    measure_ground(every)
    print(f"{len(every.sites)} parcels, {len(layers)} layers")
    print("| one site on the server | facts and both charters, p50 | p95 | rows, p50 | p95 |")
    print("|---|---|---|---|---|")
    for name, project in example_projects().items():
        whole = assess(every.sites, project, layers, charters=charters, day=DAY, ground=every)
        for kind, sites in (("a parcel", _parcels(whole)), ("two parcels", _pairs(whole))):
            found = _times(list(itertools.islice(sites, RUNS + WARMING)))[WARMING:]
            judged, said = zip(*found, strict=True)
            figures = [each for part in (judged, said) for each in _percentiles(part)]
            print(f"| {name}, {kind} | " + " | ".join(f"{each:.1f} ms" for each in figures) + " |")


def _loaded() -> Layers:
    """Layers of the demonstration, with its parcels drawn until there are enough."""
    layers = read_layers(DEMO_STORE)
    parcels = layers["parcels"]
    times = -(-PARCELS // len(parcels.features))
    features = pd.concat([parcels.features] * times).head(PARCELS)
    features.index = pd.Index([f"{place:014d}" for place in range(PARCELS)], name="id")
    return {**layers, "parcels": dataclasses.replace(parcels, features=features)}


def _parcels(whole: Assessment) -> Iterator[Callable[[], Assessment]]:
    """Parcels clicked one after the other."""
    for place in np.random.default_rng(1).integers(0, len(whole.sites), RUNS + WARMING):
        yield lambda place=int(place): assessment_at(whole, place)


def _pairs(whole: Assessment) -> Iterator[Callable[[], Assessment]]:
    """Two parcels that follow each other in the layer, put together."""
    layers = whole.ground.layers
    parcels = layers["parcels"].features
    charters = [each.charter for each in whole.verdicts.values()]

    def judged(ids: list[str]) -> Assessment:
        return assess(one_site(parcels, ids), whole.project, layers, charters=charters, day=DAY)

    for place in np.random.default_rng(2).integers(0, len(whole.sites) - 1, RUNS + WARMING):
        yield lambda ids=list(parcels.index[place : place + 2]): judged(ids)


def _times(sites: list[Callable[[], Assessment]]) -> list[tuple[float, float]]:
    """Milliseconds of facts, outcomes and cascade of each site, then of its rows."""
    found = []
    for judge in sites:
        start = time.perf_counter()
        judged = judge()
        middle = time.perf_counter()
        site_verdicts(judged)
        found.append((1000 * (middle - start), 1000 * (time.perf_counter() - middle)))
    return found


def _percentiles(times: tuple[float, ...]) -> tuple[float, float]:
    """Median and 95th percentile."""
    return statistics.median(times), statistics.quantiles(times, n=20)[-1]


if __name__ == "__main__":
    main()
