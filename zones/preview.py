"""What a draft of the charters would change: parcels whose outcome differs, per project."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import geopandas as gpd
import pandas as pd

from charters.model import Charter
from geodata.crs import WORK_CRS
from geodata.language import Language
from geodata.layers import Layers
from zones.assessment import Assessment, assess
from zones.difference_files import changed_parcels
from zones.differences import changed_outcomes
from zones.measures import Ground
from zones.projects import Project

__all__ = ["Impact", "impact_counts", "impact_parcels", "impact_table", "moved_parcels", "preview"]

_COLUMNS = ["project", "day", "site_id", "charter", "article", "before", "after"]


@dataclass(frozen=True, slots=True, eq=False)
class Impact:
    """One project judged by the charters as they are and as a draft would make them."""

    name: str
    """Name of the project's file."""
    before: Assessment
    """By the charters as they are."""
    after: Assessment
    """By the draft; the same sites, the same facts, the same day."""
    changes: pd.DataFrame
    """Outcomes that differ, see :func:`zones.differences.changed_outcomes`."""


def preview(
    ground: Ground,
    layers: Layers,
    projects: Sequence[tuple[str, Project, dt.date]],
    *,
    before: Sequence[Charter],
    after: Sequence[Charter],
) -> tuple[Impact, ...]:
    """Judge every site of ``ground`` twice for each project.

    No geometry is measured for the second judgment: the ground keeps the facts of the first.

    Parameters
    ----------
    ground
        Sites on the layers, see :func:`zones.measures.ground_of`.
    layers
        The same layers.
    projects
        Name, project and day of judgment.
    before, after
        Charters as they are, and as the draft makes them.
    """
    return tuple(_impact(ground, layers, each, before=before, after=after) for each in projects)


def moved_parcels(impact: Impact) -> tuple[int, int]:
    """How many parcels change the outcome of a charter, and how many that of an article only."""
    changes = impact.changes
    of_charter = changes.loc[changes["article"].astype(str) == "", "site_id"].nunique()
    return int(of_charter), int(changes["site_id"].nunique()) - int(of_charter)


def impact_counts(impact: Impact) -> pd.DataFrame:
    """How many parcels go from one outcome to another; changes only.

    Returns
    -------
    Columns ``charter``, ``article`` (``""`` for the charter's own outcome), ``before``, ``after``
    (text) and ``sites`` (count), in the order of the articles.
    """
    by = ["charter", "article", "before", "after"]
    counts = impact.changes.groupby(by, observed=True).size().rename("sites").reset_index()
    return counts.astype(dict.fromkeys(by, str))


def impact_table(impacts: Sequence[Impact]) -> pd.DataFrame:
    """Every outcome that changes, one row per project, site and charter or requirement.

    Returns
    -------
    Text columns ``project``, ``day``, ``site_id``, ``charter``, ``article`` (``""`` for the
    charter's own outcome), ``before`` and ``after``.
    """
    parts = [
        each.changes.astype(str).assign(project=each.name, day=str(each.after.provenance.day))
        for each in impacts
    ]
    return (
        pd.concat(parts, ignore_index=True)[_COLUMNS] if parts else pd.DataFrame(columns=_COLUMNS)
    )


def impact_parcels(impacts: Sequence[Impact], *, language: Language) -> gpd.GeoDataFrame:
    """Sites that change, one feature per project and site, in the work CRS.

    Columns of :func:`zones.difference_files.changed_parcels`, with ``site_id``, ``project`` and
    ``day`` before them.
    """
    parts = []
    for each in impacts:
        found = changed_parcels(each.changes, each.before, each.after, language=language)
        told = found.rename_axis("site_id").reset_index()
        told.insert(0, "project", each.name)
        told.insert(1, "day", str(each.after.provenance.day))
        parts.append(told)
    return gpd.GeoDataFrame(pd.concat(parts, ignore_index=True), crs=WORK_CRS)


def _impact(
    ground: Ground,
    layers: Layers,
    asked: tuple[str, Project, dt.date],
    *,
    before: Sequence[Charter],
    after: Sequence[Charter],
) -> Impact:
    """One project judged twice."""
    name, project, day = asked
    first, second = (
        assess(ground.sites, project, layers, charters=each, day=day, ground=ground)
        for each in (before, after)
    )
    return Impact(name, first, second, changed_outcomes(first, second))
