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
from zones.projects import Project, example_projects
from zones.sites import one_site

DAY = dt.date(2026, 11, 16)
RUNS = 200
WARMING = 20


def main() -> None:
    """Print one row of a Markdown table per example; with ``--profile``, what costs most."""
    layers, charters = read_layers(DEMO_STORE), load_charters()
    parcels = layers["parcels"].features
    step = len(parcels) // (RUNS + WARMING)
    ids = list(parcels.index[::step][: RUNS + WARMING])

    def click(parcel: str, project: Project) -> list[float]:
        """Milliseconds of the site, its measures and judgment, and the rows of its verdicts."""
        times = [time.perf_counter()]
        site = one_site(parcels, [parcel])
        times.append(time.perf_counter())
        assessment = assess(site, project, layers, charters=charters, day=DAY)
        times.append(time.perf_counter())
        site_verdicts(assessment)
        times.append(time.perf_counter())
        return [1000 * (end - start) for start, end in itertools.pairwise(times)]

    print("| one site on the server | p50 | p95 | site | measures and judgment | rows |")
    print("|---|---|---|---|---|---|")
    for name, project in example_projects().items():
        for parcel in ids[:WARMING]:
            click(parcel, project)
        if "--profile" in sys.argv:
            profile(lambda each=project: [click(parcel, each) for parcel in ids[WARMING:]])
            continue
        parts = [click(parcel, project) for parcel in ids[WARMING:]]
        whole = sorted(sum(each) for each in parts)
        p50, p95 = whole[len(whole) // 2], whole[int(len(whole) * 0.95)]
        medians = [statistics.median(each) for each in zip(*parts, strict=True)]
        said = " | ".join(f"{each:.1f} ms" for each in (p50, p95, *medians))
        print(f"| both charters, {name} | {said} |")


def profile(work: Callable[[], object]) -> None:
    """Print the functions that cost most."""
    profiler = cProfile.Profile()
    profiler.runcall(work)
    pstats.Stats(profiler).sort_stats("cumulative").print_stats(30)
    pstats.Stats(profiler).sort_stats("tottime").print_stats(15)


if __name__ == "__main__":
    main()
