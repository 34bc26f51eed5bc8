"""Time of one site on the server: from the parcel to the sentences of both charters."""

from __future__ import annotations

import cProfile
import datetime as dt
import itertools
import pstats
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from charters.loading import load_charters
from geodata.store import DEMO_STORE, read_layers
from zones.assessment import assess, site_verdicts
from zones.measures import ground_of, measure_ground
from zones.projects import example_projects, project_facts
from zones.sites import one_site

DAY = dt.date(2026, 11, 16)
RUNS = 200
WARMING = 20


def main() -> None:
    """Print one row of a Markdown table; with ``--profile``, what costs most."""
    layers, charters = read_layers(DEMO_STORE), load_charters()
    parcels, project = layers["parcels"].features, example_projects()["digital_offices"]
    step = len(parcels) // (RUNS + WARMING)
    ids = list(parcels.index[::step][: RUNS + WARMING])

    def click(parcel: str) -> list[float]:
        """Milliseconds of the site, its measures, the judgment and the sentences."""
        times = [time.perf_counter()]
        site = one_site(parcels, [parcel])
        times.append(time.perf_counter())
        ground = ground_of(site, layers)
        measure_ground(ground, project=project_facts(project), day=DAY)
        times.append(time.perf_counter())
        assessment = assess(site, project, layers, charters=charters, day=DAY, ground=ground)
        times.append(time.perf_counter())
        site_verdicts(assessment)
        times.append(time.perf_counter())
        return [1000 * (end - start) for start, end in itertools.pairwise(times)]

    for parcel in ids[:WARMING]:
        click(parcel)
    if "--profile" in sys.argv:
        profile(lambda: [click(parcel) for parcel in ids[WARMING:]])
        return
    parts = [click(parcel) for parcel in ids[WARMING:]]
    whole = sorted(sum(each) for each in parts)
    p50, p95 = whole[len(whole) // 2], whole[int(len(whole) * 0.95)]
    medians = [statistics.median(each) for each in zip(*parts, strict=True)]
    print("| one site on the server | runs | p50 | p95 | site | measures | judge | sentences |")
    print("|---|---|---|---|---|---|---|---|")
    print(
        f"| both charters, digital offices | {len(whole)} | {p50:.1f} ms | {p95:.1f} ms | "
        + " | ".join(f"{each:.1f} ms" for each in medians)
        + " |"
    )


def profile(work: Callable[[], object]) -> None:
    """Print the functions that cost most."""
    profiler = cProfile.Profile()
    profiler.runcall(work)
    pstats.Stats(profiler).sort_stats("cumulative").print_stats(30)
    pstats.Stats(profiler).sort_stats("tottime").print_stats(15)


if __name__ == "__main__":
    main()
