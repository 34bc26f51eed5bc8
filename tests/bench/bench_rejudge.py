"""Time to judge 150 000 parcels anew after an edit of the project or of a threshold.

The facts are those of the demonstration's parcels, drawn again and again. « All anew » judges by
every requirement; « one edit » changes the staff of the project, and what does not read it is
recalled. Beside them, in the same run: one bare NumPy comparison per requirement and parcel.
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

sys.path.insert(0, str(Path(__file__).parents[2]))

from charters.cascade import cascade
from charters.facts import Column
from charters.judge import judge
from charters.loading import load_charters
from geodata.store import DEMO_STORE, read_layers
from zones.measures import ground_of, measure_ground
from zones.projects import Project, example_projects, project_facts
from zones.sites import each_parcel

PARCELS = 150_000
RUNS = 15
DAY = dt.date(2026, 11, 16)


def main() -> None:
    """Print one row of a Markdown table per example project."""
    layers, charters = read_layers(DEMO_STORE), load_charters()
    ground = ground_of(each_parcel(layers["parcels"].features), layers)
    drawn = np.random.default_rng(1).integers(0, len(ground.sites), PARCELS)
    on = np.array([DAY], "datetime64[D]")
    requirements = sum(len(each.requirements) for each in charters)
    figures = np.random.default_rng(2).random((requirements, PARCELS))
    print("| 150 000 parcels, both charters | all anew, p50 | worst | one edit, p50 | NumPy, p50 |")
    print("|---|---|---|---|---|")
    for name, project in example_projects().items():
        measured = measure_ground(ground, project=project_facts(project), day=DAY)
        site_facts = {path: _drawn(column, drawn) for path, column in measured.items()}
        staff = itertools.count(int(project.values["staff"]))

        def anew(site_facts: dict[str, Column] = site_facts, project: Project = project) -> None:
            facts = {**site_facts, **project_facts(project)}
            new = {path: dataclasses.replace(column) for path, column in facts.items()}
            for charter in charters:
                cascade(judge(charter, new, on=on, sites=PARCELS))

        def edited(
            site_facts: dict[str, Column] = site_facts,
            project: Project = project,
            staff: Iterator[int] = staff,
        ) -> None:
            values = {**project.values, "staff": next(staff)}
            changed = project_facts(dataclasses.replace(project, values=values))
            for charter in charters:
                cascade(judge(charter, {**site_facts, **changed}, on=on, sites=PARCELS))

        def bare() -> None:
            for row in figures:
                np.less_equal(row, 0.5)

        edited()
        first, then, least = _times(anew, edited, bare)
        print(
            f"| {name}, {requirements} requirements | {statistics.median(first):.0f} ms "
            f"| {max(first):.0f} ms | {statistics.median(then):.0f} ms "
            f"| {statistics.median(least):.0f} ms |"
        )


def _drawn(column: Column, drawn: np.ndarray) -> Column:
    """Column of the parcels drawn."""
    return Column(column.values[drawn], column.missing[drawn], column.tolerance[drawn])


def _times(*works: Callable[[], None]) -> list[list[float]]:
    """Milliseconds of each work, one run of each in turn."""
    times: list[list[float]] = [[] for _ in works]
    for _ in range(RUNS):
        for each, work in zip(times, works, strict=True):
            start = time.perf_counter()
            work()
            each.append(1000 * (time.perf_counter() - start))
    return times


if __name__ == "__main__":
    main()
