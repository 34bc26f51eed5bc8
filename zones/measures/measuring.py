"""Sites × layers → columns of facts, and the shapes that show where a fact comes from."""

from __future__ import annotations

from collections.abc import Iterable

import geopandas as gpd
import numpy as np

from charters.facts import Column, Missing
from geodata.crs import WORK_CRS
from geodata.layers import Layers
from zones.measures.ground import ground_of
from zones.measures.registry import measures, named, read

__all__ = ["evidence", "measure_sites"]

_NOTHING_TO_SHOW = (Missing.NO_LAYER, Missing.OUTSIDE_COVERAGE)


def measure_sites(
    sites: gpd.GeoDataFrame, layers: Layers, *, only: Iterable[str] | None = None
) -> dict[str, Column]:
    """Facts about every site, for the judge.

    Parameters
    ----------
    sites
        Sites as :mod:`zones.sites` makes them, in the work CRS, with any index.
    layers
        Layers by id; those that are absent make their measures missing.
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
    ground = ground_of(sites, layers)
    chosen = named(measures() if only is None else only)
    return {f"site.{each.name}": read(each, ground) for each in chosen}


def evidence(
    name: str, site: gpd.GeoDataFrame, layers: Layers, *, threshold: float | None = None
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
    ground = ground_of(site, layers)
    is_hidden = np.isin(read(chosen, ground).missing, _NOTHING_TO_SHOW).any()
    drawn = [] if is_hidden else chosen.show(ground, threshold)
    return gpd.GeoDataFrame(
        {"role": [role for role, _, _ in drawn], "label": [text for _, text, _ in drawn]},
        geometry=gpd.GeoSeries([shape for _, _, shape in drawn], crs=WORK_CRS),
        crs=WORK_CRS,
    )
