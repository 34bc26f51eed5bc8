"""Time of the least change that meets both charters at one site, by typical project and goal."""

from __future__ import annotations

import collections
import datetime as dt
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from charters.joint import Answer
from charters.joint_case import Goal
from charters.loading import load_charters
from geodata.store import DEMO_STORE, read_layers
from zones.change import change_at
from zones.measures import ground_of
from zones.projects import Project, example_projects
from zones.sites import one_site

DAY = dt.date(2026, 11, 16)
SITES, WARMING = 40, 2


def main() -> None:
    """Print one row of a Markdown table per project and goal."""
    layers, charters = read_layers(DEMO_STORE), load_charters()
    parcels = layers["parcels"].features
    ids = list(parcels.index[:: len(parcels) // (SITES + WARMING)])[: SITES + WARMING]

    def sought(parcel: str, project: Project, goal: Goal) -> tuple[float, float, Answer]:
        """Milliseconds that passed, those of the processor, and the answer."""
        site = ground_of(one_site(parcels, [parcel]), layers)
        start, busy = time.perf_counter(), time.process_time()
        answer = change_at(site, project, charters=charters, day=DAY, goal=goal)
        passed, spent = time.perf_counter() - start, time.process_time() - busy
        return 1000 * passed, 1000 * spent, answer

    print("| least change at one site | p50 | p95 | worst | worst, processor | answers |")
    print("|---|---|---|---|---|---|")
    for name, project in example_projects().items():
        for goal in ("mandatory", "all"):
            found = [sought(each, project, goal) for each in ids][WARMING:]
            passed = [each[0] for each in found]
            counts = collections.Counter(each[2].status for each in found)
            said = ", ".join(f"{count} {status}" for status, count in sorted(counts.items()))
            print(
                f"| {name}, {goal} | {statistics.median(passed):.0f} ms "
                f"| {statistics.quantiles(passed, n=20)[-1]:.0f} ms | {max(passed):.0f} ms "
                f"| {max(each[1] for each in found):.0f} ms | {said} |"
            )


if __name__ == "__main__":
    main()
