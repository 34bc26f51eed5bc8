"""Several projects on one site, or one project on several sites, article by article."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import geopandas as gpd
import pandas as pd

from charters.model import Charter
from charters.verdicts import Verdict
from geodata.errors import Fault, SelectionError
from geodata.language import Text
from geodata.layers import Layers
from zones.assessment import Assessment, assess, outcome_keys, site_verdicts
from zones.measures import ground_of
from zones.projects import Project

__all__ = ["MOST_CASES", "Case", "Row", "compare", "comparison_rows", "together"]

MOST_CASES = 8
"""Columns that a reader can still hold side by side."""


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """One project on one site: a column of the comparison."""

    assessment: Assessment
    """Every site judged for the project."""
    position: int
    """Place of the site among them."""
    verdicts: tuple[Verdict, ...]
    """Verdict rows of the site."""

    @property
    def site(self) -> gpd.GeoDataFrame:
        """The site, one row."""
        return self.assessment.sites.iloc[[self.position]]

    @property
    def project(self) -> Project:
        """The project."""
        return self.assessment.project

    def outcome(self, charter: str) -> str:
        """Outcome of the site by one charter, as the word used in files."""
        return outcome_keys(self.assessment, charter)[self.position]


@dataclass(frozen=True, slots=True)
class Row:
    """One requirement in every case."""

    charter: str
    article: str
    """Id of the requirement."""
    title: Text
    cells: tuple[Verdict | None, ...]
    """Verdict in each case; None where its edition has no such requirement."""
    difference: Literal["outcome", "figure", ""]
    """Whether the outcomes differ, else the value or the threshold, else nothing."""


def compare(
    sites: gpd.GeoDataFrame,
    projects: Sequence[Project],
    layers: Layers,
    *,
    charters: Sequence[Charter],
    day: dt.date,
) -> list[Case]:
    """Judge every project on every site, all on the same day; the cases site by site.

    Parameters
    ----------
    sites
        Sites as :mod:`zones.sites` makes them, one row each.
    projects
        What may be built there.
    layers
        Layers by id.
    charters
        Charters to judge by.
    day
        Day that selects the values in force.

    Raises
    ------
    SelectionError
        Nothing to compare, or more than ``MOST_CASES`` cases.
    """
    count = len(sites) * len(projects)
    if not 0 < count <= MOST_CASES:
        what = Text(
            f"{count} cas à comparer : il en faut de 1 à {MOST_CASES}.",
            f"{count} cases to compare: from 1 to {MOST_CASES} are needed.",
        )
        remedy = Text(
            "Choisir moins de sites ou de projets, et au moins un de chaque.",
            "Choose fewer sites or projects, and at least one of each.",
        )
        raise SelectionError(Fault(what, "", remedy))
    ground = ground_of(sites, layers)
    judged = [
        assess(sites, each, layers, charters=charters, day=day, ground=ground) for each in projects
    ]
    return [
        Case(each, position, tuple(site_verdicts(each, position)))
        for position in range(len(sites))
        for each in judged
    ]


def comparison_rows(cases: Sequence[Case]) -> list[Row]:
    """Every requirement in every case, in the order of the charters."""
    found = [{(each.charter, each.article): each for each in case.verdicts} for case in cases]
    names = dict.fromkeys(name for verdicts in found for name in verdicts)
    rows = []
    for charter, article in names:
        cells = tuple(verdicts.get((charter, article)) for verdicts in found)
        title = next(each.title for each in cells if each is not None)
        rows.append(Row(charter, article, title, cells, _difference(cells)))
    return rows


def together(sites: Sequence[gpd.GeoDataFrame]) -> gpd.GeoDataFrame:
    """Frames of one site each as one frame; a site named twice counts once."""
    every = pd.concat(list(sites))
    return every[~every.index.duplicated()]


def _difference(cells: Sequence[Verdict | None]) -> Literal["outcome", "figure", ""]:
    """What tells the cells apart."""
    if len({None if each is None else each.outcome for each in cells}) > 1:
        return "outcome"
    figures = {None if each is None else (each.value, each.threshold) for each in cells}
    return "figure" if len(figures) > 1 else ""
