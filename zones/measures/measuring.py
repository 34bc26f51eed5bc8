"""Sites × layers → columns of facts, and the shapes that show where a fact comes from."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Iterator, Mapping

import geopandas as gpd
import numpy as np

from charters.facts import Column, Facts, Missing
from geodata.crs import WORK_CRS
from geodata.layers import Layers
from zones.measures.ground import Ground, ground_of
from zones.measures.registry import measures, named, read

__all__ = ["SiteFacts", "evidence", "measure_ground", "measure_sites"]

_NOTHING_TO_SHOW = (Missing.NO_LAYER, Missing.OUTSIDE_COVERAGE, Missing.NOT_GIVEN)


def measure_sites(
    sites: gpd.GeoDataFrame,
    layers: Layers,
    *,
    project: Facts | None = None,
    day: dt.date | None = None,
    only: Iterable[str] | None = None,
) -> dict[str, Column]:
    """Facts about every site, for the judge.

    Parameters
    ----------
    sites
        Sites as :mod:`zones.sites` makes them, in the work CRS, with any index.
    layers
        Layers by id; those that are absent make their measures missing.
    project, day
        What is to be built and the day that is judged; the facts that depend on what is not given
        are missing.
    only
        Names of the measures wanted, with or without ``site.``; all of them by default.

    Returns
    -------
    Columns by ``site.<name>``, of as many entries as ``sites`` and in its order.

    Raises
    ------
    SelectionError
        A name that no measure has.
    """
    return measure_ground(ground_of(sites, layers), project=project, day=day, only=only)


def measure_ground(
    ground: Ground,
    *,
    project: Facts | None = None,
    day: dt.date | None = None,
    only: Iterable[str] | None = None,
) -> dict[str, Column]:
    """Facts about the sites of ``ground``, as :func:`measure_sites`.

    The ground keeps them: asked again, only those are measured that depend on a ``project`` or a
    ``day`` that has changed.
    """
    chosen = named(measures() if only is None else only)
    asked = dataclasses.replace(ground, project=project or {}, day=day)
    return {f"site.{each.name}": read(each, asked) for each in chosen}


class SiteFacts(Mapping[str, Column]):
    """Facts of a project and of the sites it is judged on.

    Those of the sites are measured when they are first read: an article that does not apply costs
    no measure.
    """

    def __init__(self, ground: Ground, *, project: Facts, day: dt.date | None) -> None:
        self._ground = dataclasses.replace(ground, project=project, day=day)
        self._measures = measures()
        self._known = dict(project)

    def __getitem__(self, path: str) -> Column:
        """Column of ``project.<field>`` or ``site.<measure>``."""
        if path not in self._known:
            self._known[path] = read(self._measures[path.removeprefix("site.")], self._ground)
        return self._known[path]

    def __iter__(self) -> Iterator[str]:
        """Every path, those of the project first."""
        yield from self._ground.project
        yield from (f"site.{name}" for name in self._measures)

    def __len__(self) -> int:
        """Number of facts."""
        return len(self._ground.project) + len(self._measures)


def evidence(
    name: str,
    site: gpd.GeoDataFrame,
    layers: Layers,
    *,
    threshold: float | None = None,
    project: Facts | None = None,
    day: dt.date | None = None,
) -> gpd.GeoDataFrame:
    """Shapes that show where the value of one measure comes from.

    Parameters
    ----------
    name
        Name of the measure, with or without ``site.``.
    site
        One site, a frame of one row in the work CRS.
    layers
        Layers by id.
    threshold
        Threshold of the article, in the unit of the measure.
    project, day
        As in :func:`measure_sites`.

    Returns
    -------
    Columns ``role``, ``label`` (the feature's own name, or empty) and ``geometry`` in the work
    CRS. Roles: ``link`` (line from the site to the target), ``target``, ``clip`` (part of the
    site), ``reach`` (ground within the threshold of the site), ``frontage``. No row where the
    layer is absent or does not cover the site.

    Raises
    ------
    SelectionError
        A name that no measure has.
    """
    (chosen,) = named([name])
    ground = dataclasses.replace(ground_of(site, layers), project=project or {}, day=day)
    is_hidden = np.isin(read(chosen, ground).missing, _NOTHING_TO_SHOW).any()
    drawn = [] if is_hidden else chosen.show(ground, threshold)
    return gpd.GeoDataFrame(
        {"role": [role for role, _, _ in drawn], "label": [text for _, text, _ in drawn]},
        geometry=gpd.GeoSeries([shape for _, _, shape in drawn], crs=WORK_CRS),
        crs=WORK_CRS,
    )
