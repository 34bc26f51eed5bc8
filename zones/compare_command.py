"""What ``python -m zones compare`` does: projects on a site, or a project on sites."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from charters.model import Charter
from geodata.language import Language
from geodata.layers import Layer
from zones.commands import ids_in, judgment_day, parcels_of
from zones.comparison import compare, together
from zones.comparison_files import ComparisonFormat, comparison_content
from zones.projects import read_project
from zones.sites import one_site

__all__ = ["comparison"]


def comparison(
    parcels: Sequence[str],
    projects: Sequence[Path],
    layers: Mapping[str, Layer],
    *,
    charters: Sequence[Charter],
    date: str | None,
    output: ComparisonFormat,
    language: Language,
) -> bytes:
    """Content of the comparison: each project on each site, all on one day.

    Parameters
    ----------
    parcels
        Sites, each as parcel ids with commas between them.
    projects
        Project files; the filing date of the first is the day where no ``date`` is given.

    Raises
    ------
    PlanningError
        A project, a parcel or a day is refused, or there is nothing or too much to compare.
    """
    described = [read_project(each) for each in projects]
    day = judgment_day(date, described[0])
    ground = parcels_of(layers)
    sites = together([one_site(ground, ids_in(each)) for each in parcels])
    cases = compare(sites, described, layers, charters=charters, day=day)
    return comparison_content(cases, output=output, language=language)
