"""How much of a site lies under a layer; ground under two of its features counts once.

The tolerance holds where the outline of the layer crosses the site. Where the two share nothing
(numeric noise aside), or the site lies wholly within, the value is a certain fact.
"""

from __future__ import annotations

import functools

import numpy as np
import shapely

from charters.facts import Missing
from zones.measures.features import Array, Selection
from zones.measures.ground import NOISE_M2, Ground, overlaps, selected, shared_m2
from zones.measures.membership import share_of_site
from zones.measures.registry import Drawn, Reading, measure, missing_where

__all__ = [
    "commercial_pole_share",
    "flood_area_m2",
    "heat_perimeter_share",
    "hotel_sector_share",
    "strict_flood_area_m2",
]

_HEAT_PERIMETERS = Selection("heat_perimeters", dissolved=True)
_POLES = Selection("commercial_sectors", dissolved=True)
_FLOOD = Selection("flood_zones", dissolved=True)
_HOTEL_SECTORS = Selection("hotel_sectors", dissolved=True)
_STRICT_FLOOD = Selection("flood_zones", "zone_type", ("1", "2"), dissolved=True)


def _show(selection: Selection, ground: Ground, threshold: float | None) -> Drawn:  # noqa: ARG001 - one signature
    """Part of the site under the layer, and the outlines of that layer around it."""
    features, pairs = selected(ground, selection), overlaps(ground, selection)
    parts = features.shapes[pairs.feature]
    clipped = shapely.intersection(parts, ground.shapes[0])
    return [("target", "", each) for each in parts] + [("clip", "", each) for each in clipped]


@measure(show=functools.partial(_show, _HEAT_PERIMETERS))
def heat_perimeter_share(ground: Ground) -> Reading:
    """Part (0-1) of the site in a priority perimeter of the heat network."""
    return share_of_site(ground, _shared_m2(ground, _HEAT_PERIMETERS))


@measure(show=functools.partial(_show, _STRICT_FLOOD))
def strict_flood_area_m2(ground: Ground) -> Reading:
    """Area of the site in flood zones of type 1 or 2, in m²."""
    return _area_of_site(ground, _STRICT_FLOOD)


@measure(show=functools.partial(_show, _FLOOD))
def flood_area_m2(ground: Ground) -> Reading:
    """Area of the site in flood zones of any type, in m²."""
    return _area_of_site(ground, _FLOOD)


@measure(show=functools.partial(_show, _POLES))
def commercial_pole_share(ground: Ground) -> Reading:
    """Part (0-1) of the site in a commercial pole, centre or periphery."""
    return share_of_site(ground, _shared_m2(ground, _POLES))


@measure(show=functools.partial(_show, _HOTEL_SECTORS))
def hotel_sector_share(ground: Ground) -> Reading:
    """Part (0-1) of the site in a hotel sector: centre, station, west or hotel ZAC."""
    return share_of_site(ground, _shared_m2(ground, _HOTEL_SECTORS))


def _area_of_site(ground: Ground, selection: Selection) -> Reading:
    """Area of the site under the selected features; certain where it is nothing or the whole."""
    area = _shared_m2(ground, selection)
    is_whole = area >= ground.area_m2 - NOISE_M2
    why = missing_where(np.isnan(ground.area_m2), Missing.UNDEFINED)
    return Reading(area, why, is_whole | (area <= NOISE_M2))


def _shared_m2(ground: Ground, selection: Selection) -> Array:
    """Area of each site under the selected features."""
    pairs = overlaps(ground, selection)
    return shared_m2(ground, pairs)
