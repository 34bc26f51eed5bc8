"""In which area a site lies: zone, municipality, plan zone, commercial sector.

A site lies in a zone, a sector or an economic site when at least half of its area does. Where two
share the same part of it, numeric noise aside, a ZAC comes before another perimeter, then the
lower id. Municipality and plan zone are those of the largest part, whatever its share; plan zones
of one label count together.
"""

from __future__ import annotations

import functools
from typing import NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from charters.facts import Missing
from geodata.layers import Layers
from zones.measures.features import Array, Features, Selection, kept, label, numbers
from zones.measures.ground import NOISE_M2, Ground, ground_of, once, overlaps, selected
from zones.measures.registry import Drawn, Reading, measure, missing_where

__all__ = [
    "NONE",
    "SECTORS",
    "commercial_sector",
    "commercial_sector_kind",
    "commune",
    "commune_population",
    "lies_in",
    "plu_zone",
    "share_of_site",
    "show_areas",
    "zone",
    "zone_share",
    "zone_shares",
    "zone_theme",
]

NONE = "none"
"""Word for « the layer covers the place and nothing is there »."""
SECTORS = Selection("commercial_sectors")
"""Every commercial sector."""

_ZONES = Selection("zones")
_COMMUNES = Selection("communes")
_PLU_ZONES = Selection("plu_zones")
_ZAC = "02"
_HALF = 0.5


class _Groups(NamedTuple):
    """Features that count together, first the ones that win a tie."""

    code: Array
    """Group of each feature."""
    name: Array
    """Name of each group."""


class _Largest(NamedTuple):
    """Group with the largest part of each site."""

    group: Array
    """Position of the group, -1 where the site overlaps none."""
    area_m2: Array
    """Area of that part, 0 where there is none."""


def show_areas(
    selection: Selection,
    ground: Ground,
    threshold: float | None,  # noqa: ARG001 - one signature
) -> Drawn:
    """Areas that the site overlaps, and its part in each."""
    features, pairs = selected(ground, selection), overlaps(ground, selection)
    drawn: Drawn = []
    for each in pairs.feature[np.argsort(-pairs.area_m2, kind="stable")]:
        name, shape = label(features, each), features.shapes[each]
        drawn += [
            ("target", name, shape),
            ("clip", name, shapely.intersection(shape, ground.shapes[0])),
        ]
    return drawn


@measure(show=functools.partial(show_areas, _ZONES))
def zone(ground: Ground) -> Reading:
    """Id of the technopole zone in which the site lies, or ``none``."""
    return _word(selected(ground, _ZONES).ids, lies_in(ground, _ZONES))


@measure(show=functools.partial(show_areas, _ZONES))
def zone_theme(ground: Ground) -> Reading:
    """Cluster of the zone in which the site lies, or ``none``; missing if the zone has no theme."""
    return _word(selected(ground, _ZONES).columns["theme"], lies_in(ground, _ZONES))


@measure(show=functools.partial(show_areas, _ZONES))
def zone_share(ground: Ground) -> Reading:
    """Largest part (0-1) of the site in one zone; certain where it is none or the whole."""
    area = _largest(ground, _ZONES, None).area_m2
    return share_of_site(ground, area)


@measure(show=functools.partial(show_areas, _COMMUNES))
def commune(ground: Ground) -> Reading:
    """INSEE code of the municipality with the largest part of the site, or ``none``."""
    names, largest = _groups(ground, _COMMUNES, "insee").name, _largest(ground, _COMMUNES, "insee")
    return _word(names, largest.group)


@measure(show=functools.partial(show_areas, _COMMUNES))
def commune_population(ground: Ground) -> Reading:
    """Inhabitants of the municipality with the largest part of the site; missing if empty."""
    features, groups = selected(ground, _COMMUNES), _groups(ground, _COMMUNES, "insee")
    people = np.full(len(groups.name) + 1, np.nan)
    people[groups.code] = numbers(features, "population")
    group = _largest(ground, _COMMUNES, "insee").group
    why = missing_where(np.isnan(people[group]), Missing.NULL_DATUM)
    why[group < 0] = Missing.UNDEFINED
    return Reading(people[group], why)


@measure(show=functools.partial(show_areas, _PLU_ZONES))
def plu_zone(ground: Ground) -> Reading:
    """Label of the plan zone with the largest part of the site, or ``none``."""
    names = _groups(ground, _PLU_ZONES, "libelle").name
    return _word(names, _largest(ground, _PLU_ZONES, "libelle").group)


@measure(show=functools.partial(show_areas, SECTORS))
def commercial_sector(ground: Ground) -> Reading:
    """Id of the commercial sector in which the site lies, or ``none``."""
    return _word(selected(ground, SECTORS).ids, lies_in(ground, SECTORS))


@measure(show=functools.partial(show_areas, SECTORS))
def commercial_sector_kind(ground: Ground) -> Reading:
    """Kind of the commercial sector in which the site lies, or ``none``."""
    return _word(selected(ground, SECTORS).columns["kind"], lies_in(ground, SECTORS))


def zone_shares(sites: gpd.GeoDataFrame, layers: Layers) -> pd.DataFrame:
    """Every zone that a site overlaps, with the part (0-1) of the site in it.

    Returns
    -------
    Columns ``site_id``, ``zone`` (id) and ``share``, by site in the order given, the largest
    share first; no row for a site in no zone, none at all without the layer ``zones``.
    """
    if _ZONES.layer not in layers:
        return pd.DataFrame({"site_id": [], "zone": [], "share": []})
    ground = ground_of(sites, layers)
    pairs, ids = overlaps(ground, _ZONES), selected(ground, _ZONES).ids
    order = np.lexsort((ids[pairs.feature].astype(str), -pairs.area_m2, pairs.site))
    site = pairs.site[order]
    share = np.minimum(pairs.area_m2[order] / ground.area_m2[site], 1.0)
    return pd.DataFrame(
        {"site_id": sites.index[site], "zone": ids[pairs.feature[order]], "share": share}
    )


def lies_in(ground: Ground, selection: Selection) -> Array:
    """Position of the feature in which each site lies by at least half, -1 for none."""
    return once(ground, ("lies in", selection), lambda: _lies_in(ground, selection))


def share_of_site(ground: Ground, area: Array) -> Reading:
    """Area as a share of the site; certain where, noise aside, it is nothing or the whole."""
    with np.errstate(invalid="ignore", divide="ignore"):
        share = np.minimum(area / ground.area_m2, 1.0)
    is_whole = area >= ground.area_m2 - NOISE_M2
    is_nothing = area <= NOISE_M2
    share = np.where(is_whole, 1.0, np.where(is_nothing, 0.0, share))
    why = missing_where(~(ground.area_m2 > NOISE_M2), Missing.UNDEFINED)
    return Reading(share, why, is_whole | is_nothing)


def _lies_in(ground: Ground, selection: Selection) -> Array:
    """Features of the largest parts, where these are at least half of the site."""
    largest = _largest(ground, selection, None)
    is_in = largest.area_m2 >= _HALF * ground.area_m2 - NOISE_M2
    feature_of = np.argsort(_groups(ground, selection, None).code)
    position = np.full(len(is_in), -1)
    chosen = is_in & (largest.group >= 0)
    position[chosen] = feature_of[largest.group[chosen]]
    return position


def _word(words: Array, position: Array) -> Reading:
    """Word at each position; ``none`` at -1; missing where the layer leaves it empty."""
    values = np.append(words.astype(object), NONE)[position]
    return Reading(values, missing_where(pd.isna(values), Missing.NULL_DATUM))


def _groups(ground: Ground, selection: Selection, column: str | None) -> _Groups:
    """Features grouped by ``column``, or each alone, in the order that decides a tie."""
    features = selected(ground, selection)
    layer = ground.layers[selection.layer]
    return kept(layer, ("groups", selection, column), lambda: _grouped(features, column))


def _grouped(features: Features, column: str | None) -> _Groups:
    """Groups in the order that decides a tie: a ZAC first, then by name."""
    if column is not None:
        names, code = np.unique(features.columns[column].astype(str), return_inverse=True)
        return _Groups(code, names.astype(object))
    kind = features.columns.get("typeinf")
    is_other = np.zeros(len(features.ids)) if kind is None else kind != _ZAC
    order = np.lexsort((features.ids.astype(str), is_other))
    return _Groups(np.argsort(order), features.ids[order])


def _largest(ground: Ground, selection: Selection, column: str | None) -> _Largest:
    """Group with the largest part of each site; within noise of it, the first in order."""
    key = ("largest", selection, column)
    return once(ground, key, lambda: _found_largest(ground, selection, column))


def _found_largest(ground: Ground, selection: Selection, column: str | None) -> _Largest:
    """Parts added up by group, then compared."""
    pairs, groups = overlaps(ground, selection), _groups(ground, selection, column)
    count, width = len(ground.shapes), max(len(groups.name), 1)
    keys, slot = np.unique(pairs.site * width + groups.code[pairs.feature], return_inverse=True)
    areas = np.bincount(slot, weights=pairs.area_m2, minlength=len(keys))
    site, group = keys // width, keys % width
    best = np.zeros(count)
    np.maximum.at(best, site, areas)
    is_best = areas >= best[site] - NOISE_M2
    winner = np.full(count, width)
    np.minimum.at(winner, site[is_best], group[is_best])
    return _Largest(np.where(winner < width, winner, -1), best)
