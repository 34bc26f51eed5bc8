"""What ``python -m zones diff`` does: the verdicts of every parcel, twice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path

from charters.model import Charter
from geodata.language import Language
from geodata.layers import Layer
from zones.assessment import assess
from zones.commands import judgment_day, parcels_of
from zones.difference_files import DifferenceFormat, difference_content
from zones.measures import ground_of, keep_facts
from zones.projects import read_project
from zones.sites import each_parcel

__all__ = ["Side", "difference"]

Side = tuple[dt.date | None, Sequence[Charter]]
"""Day of judgment (None: the filing date), and the charters in the edition judged by."""


def difference(
    project: Path,
    layers: Mapping[str, Layer],
    *,
    before: Side,
    after: Side,
    output: DifferenceFormat,
    language: Language,
) -> bytes:
    """Content of the difference between both sides, every parcel its own site.

    Raises
    ------
    PlanningError
        The project is refused, has no day where one is needed, or there are no parcels.
    """
    described = read_project(project)
    parcels = parcels_of(layers)
    sites = each_parcel(parcels)
    ground = ground_of(sites, layers)
    keep_facts(ground)
    sides = [
        assess(
            sites,
            described,
            layers,
            charters=charters,
            day=judgment_day(None, described) if day is None else day,
            ground=ground,
        )
        for day, charters in (before, after)
    ]
    return difference_content(*sides, demo=parcels["demo"], output=output, language=language)
