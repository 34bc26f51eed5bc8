"""The one orchestrator: sites, a project, layers, charters and a day become an assessment."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np

from charters.cascade import CharterOutcome, cascade
from charters.facts import Facts
from charters.judge import Verdicts, judge
from charters.model import Charter
from charters.verdicts import Verdict, read_verdicts
from geodata.layers import Edition, Layers
from zones.measures import Ground, SiteFacts, ground_at, ground_of
from zones.projects import Project, project_facts

__all__ = [
    "Assessment",
    "Provenance",
    "assess",
    "assessment_at",
    "outcome_keys",
    "site_verdicts",
    "verdicts_by_site",
]


@dataclass(frozen=True, slots=True)
class Provenance:
    """What an assessment rests on."""

    day: dt.date
    """Day that selects the values in force."""
    charters: tuple[tuple[str, str], ...]
    """Id and edition of each charter."""
    layers: tuple[Edition, ...]
    """Editions of the layers loaded."""

    @property
    def demo_share(self) -> float:
        """Share of the features loaded that are synthetic or schematic."""
        rows = sum(each.rows for each in self.layers)
        return sum(each.rows * each.demo_share for each in self.layers) / rows if rows else 0.0


@dataclass(frozen=True, slots=True, eq=False)
class Assessment:
    """Sites judged by the charters for one project."""

    sites: gpd.GeoDataFrame
    """Sites as :mod:`zones.sites` makes them."""
    project: Project
    """What is to be built on each of them."""
    facts: Facts
    """Every fact used, by path; columns of length n or 1."""
    verdicts: Mapping[str, Verdicts]
    """Outcome codes by charter id."""
    outcomes: Mapping[str, np.ndarray[Any, Any]]
    """One :class:`~charters.cascade.CharterOutcome` code per site, by charter id."""
    on: np.ndarray[Any, Any]
    """Day that selects the values in force, datetime64[D] of length 1."""
    provenance: Provenance
    """What it rests on."""
    ground: Ground
    """The sites on their layers."""


def assess(
    sites: gpd.GeoDataFrame,
    project: Project,
    layers: Layers,
    *,
    charters: Sequence[Charter],
    day: dt.date,
    ground: Ground | None = None,
) -> Assessment:
    """Judge every site for ``project`` on ``day``.

    Parameters
    ----------
    sites
        Sites in the work CRS, as :func:`zones.sites.each_parcel` or
        :func:`zones.sites.one_site` makes them.
    project
        What is to be built; the same on each site.
    layers
        Layers by id; a layer that is not there leaves its facts missing.
    charters
        Charters to judge by.
    day
        Day that selects the values in force: the filing date, or another asked for.
    ground
        The same sites on the same layers, which keeps the facts between two judgments; made anew
        when None.
    """
    kept = ground_of(sites, layers) if ground is None else ground
    given = project_facts(project)
    facts = SiteFacts(kept, project=given, day=day)
    on = np.array([day], "datetime64[D]")
    verdicts = {each.id: judge(each, facts, on=on, sites=len(sites)) for each in charters}
    return Assessment(
        sites=sites,
        project=project,
        facts=facts,
        verdicts=verdicts,
        outcomes={name: cascade(each) for name, each in verdicts.items()},
        on=on,
        provenance=Provenance(
            day=day,
            charters=tuple((each.id, each.edition) for each in charters),
            layers=tuple(layer.edition for layer in layers.values()),
        ),
        ground=kept,
    )


def outcome_keys(assessment: Assessment, charter: str) -> list[str]:
    """Outcome of each site by one charter, as the word used in files."""
    return [CharterOutcome(int(code)).key for code in assessment.outcomes[charter]]


def verdicts_by_site(assessment: Assessment) -> Iterator[list[Verdict]]:
    """Verdict rows of one site after the other, both charters together."""
    count = len(assessment.sites)
    readers = [
        read_verdicts(
            each.charter,
            assessment.facts,
            on=assessment.on,
            sites=count,
        )
        for each in assessment.verdicts.values()
    ]
    for rows in zip(*readers, strict=True):
        yield [row for part in rows for row in part]


def assessment_at(assessment: Assessment, position: int) -> Assessment:
    """What an assessment says of the site at ``position`` alone; nothing is judged again."""
    ground, place = ground_at(assessment.ground, position), slice(position, position + 1)
    given, day = project_facts(assessment.project), assessment.provenance.day
    return dataclasses.replace(
        assessment,
        sites=ground.sites,
        facts=SiteFacts(ground, project=given, day=day),
        verdicts={
            name: Verdicts(each.charter, each.codes[place])
            for name, each in assessment.verdicts.items()
        },
        outcomes={name: codes[place] for name, codes in assessment.outcomes.items()},
        ground=ground,
    )


def site_verdicts(assessment: Assessment, position: int = 0) -> list[Verdict]:
    """Verdict rows of the site at ``position`` alone."""
    is_alone = len(assessment.sites) == 1
    return next(verdicts_by_site(assessment if is_alone else assessment_at(assessment, position)))
