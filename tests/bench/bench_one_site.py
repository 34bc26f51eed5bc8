"""Time of one site on the server, 150 000 parcels loaded: its facts, verdicts and sentences.

The parcels are the demonstration's, drawn again and again, on all of its layers. A parcel clicked
on the map has the facts by which the map is coloured; two neighbours put together are measured.
"""

from __future__ import annotations

import cProfile
import dataclasses
import datetime as dt
import itertools
import pstats
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).parents[2]))

from charters.loading import load_charters
from charters.model import Charter
from geodata.layers import Layers
from geodata.store import DEMO_STORE, read_layers
from zones.assessment import assess, site_verdicts
from zones.measures import Ground, ground_at, ground_of, measure_ground
from zones.projects import Project, example_projects
from zones.sites import each_parcel, one_site

DAY = dt.date(2026, 11, 16)
PARCELS = 150_000
RUNS, WARMING = 200, 20


def main() -> None:
    """Print one row of a Markdown table per example; with ``--profile``, what costs most."""
    layers, charters = _loaded(), load_charters()
    every = ground_of(each_parcel(layers["parcels"].features), layers)
    measure_ground(every)
    print(f"{len(every.sites)} parcels, {len(layers)} layers")
    print("| one site on the server | facts and both charters, p50 | p95 | rows, p50 | p95 |")
    print("|---|---|---|---|---|")
    for name, project in example_projects().items():
        assess(every.sites, project, layers, charters=charters, day=DAY, ground=every)
        for kind, grounds in (("a parcel", _parcels), ("two parcels", _pairs)):
            makers = list(itertools.islice(grounds(every), RUNS + WARMING))
            if "--profile" in sys.argv:
                _profile(lambda m=makers, p=project: _times(m, p, layers, charters))
                continue
            judged, said = zip(*_times(makers, project, layers, charters)[WARMING:], strict=True)
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


def _parcels(every: Ground) -> Iterator[Callable[[], Ground]]:
    """Parcels clicked one after the other."""
    for place in np.random.default_rng(1).integers(0, len(every.sites), RUNS + WARMING):
        yield lambda place=int(place): ground_at(every, place)


def _pairs(every: Ground) -> Iterator[Callable[[], Ground]]:
    """Two parcels that follow each other in the layer, put together."""
    parcels = every.layers["parcels"].features
    for place in np.random.default_rng(2).integers(0, len(every.sites) - 1, RUNS + WARMING):
        ids = list(parcels.index[place : place + 2])
        yield lambda ids=ids: ground_of(one_site(parcels, ids), every.layers)


def _times(
    makers: list[Callable[[], Ground]],
    project: Project,
    layers: Layers,
    charters: tuple[Charter, ...],
) -> list[tuple[float, float]]:
    """Milliseconds of facts, outcomes and cascade of each site, then of its rows."""
    found = []
    for make in makers:
        start = time.perf_counter()
        ground = make()
        judged = assess(ground.sites, project, layers, charters=charters, day=DAY, ground=ground)
        middle = time.perf_counter()
        site_verdicts(judged)
        found.append((1000 * (middle - start), 1000 * (time.perf_counter() - middle)))
    return found


def _percentiles(times: tuple[float, ...]) -> tuple[float, float]:
    """Median and 95th percentile."""
    return statistics.median(times), statistics.quantiles(times, n=20)[-1]


def _profile(work: Callable[[], object]) -> None:
    """Print the functions that cost most."""
    profiler = cProfile.Profile()
    profiler.runcall(work)
    pstats.Stats(profiler).sort_stats("cumulative").print_stats(30)
    pstats.Stats(profiler).sort_stats("tottime").print_stats(15)


if __name__ == "__main__":
    main()
