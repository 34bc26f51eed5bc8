"""Straight-line distances in metres from the edge of a site to the nearest feature of a kind.

The tolerance holds everywhere except at distance 0: a feature on the site is a certain fact.
"""

from __future__ import annotations

import functools

import numpy as np
import shapely

from charters.facts import Missing
from zones.measures.features import Selection, label
from zones.measures.ground import Ground, is_bounded, nearest, selected
from zones.measures.registry import Drawn, Reading, measure, missing_where

__all__ = [
    "BHNS_STOPS",
    "BUS_STOPS",
    "STATIONS",
    "bhns_stop_distance_m",
    "bus_stop_distance_m",
    "cycle_link_distance_m",
    "distance_m",
    "fast_transit_distance_m",
    "heat_main_distance_m",
    "hotel_distance_m",
    "show_nearest",
    "station_distance_m",
]

BUS_STOPS = Selection("transit_stops", "mode", ("bus", "bhns"))
BHNS_STOPS = Selection("transit_stops", "mode", ("bhns",))
STATIONS = Selection("stations")
_FAST_TRANSIT = (BHNS_STOPS, STATIONS)
_CYCLE_LINKS = Selection("cycle_links")
_HEAT_MAINS = Selection("heat_mains")
_HOTELS = Selection("hotels", "status", ("existing", "authorised"))


def show_nearest(selection: Selection, ground: Ground, threshold: float | None) -> Drawn:
    """Line to the nearest feature, that feature, and the ground within reach of the site."""
    site = ground.shapes[0]
    drawn: Drawn = []
    if threshold is not None and threshold > 0:
        drawn.append(("reach", "", shapely.buffer(site, threshold)))
    piece = int(nearest(ground, selection).piece[0])
    if piece >= 0:
        features = selected(ground, selection)
        owner = int(features.owners[piece])
        link = shapely.shortest_line(site, features.pieces[piece])
        name = label(features, owner)
        if link.length > 0:
            drawn.append(("link", name, link))
        drawn.append(("target", name, features.shapes[owner]))
    return drawn


@measure(show=functools.partial(show_nearest, BUS_STOPS))
def bus_stop_distance_m(ground: Ground) -> Reading:
    """Distance to the nearest bus stop; a BHNS (rapid bus) stop is one."""
    return distance_m(ground, BUS_STOPS)


@measure(show=functools.partial(show_nearest, BHNS_STOPS))
def bhns_stop_distance_m(ground: Ground) -> Reading:
    """Distance to the nearest stop of a BHNS (rapid bus) line."""
    return distance_m(ground, BHNS_STOPS)


@measure(show=functools.partial(show_nearest, STATIONS))
def station_distance_m(ground: Ground) -> Reading:
    """Distance to the nearest railway station."""
    return distance_m(ground, STATIONS)


def _show_fast_transit(ground: Ground, threshold: float | None) -> Drawn:
    """The nearer of the two kinds."""
    metres = [nearest(ground, each).distance_m[0] for each in _FAST_TRANSIT]
    return show_nearest(_FAST_TRANSIT[int(np.argmin(metres))], ground, threshold)


@measure(show=_show_fast_transit)
def fast_transit_distance_m(ground: Ground) -> Reading:
    """Distance to the nearest stop of a BHNS (rapid bus) line or railway station.

    Known where nothing nearer of either kind may lie beyond what the two layers cover.
    """
    distance = np.minimum(*(nearest(ground, each).distance_m for each in _FAST_TRANSIT))
    is_known = np.logical_and(*(is_bounded(ground, each.layer, distance) for each in _FAST_TRANSIT))
    return Reading(distance, missing_where(~is_known, Missing.COVERAGE_EDGE), distance == 0)


@measure(show=functools.partial(show_nearest, _CYCLE_LINKS))
def cycle_link_distance_m(ground: Ground) -> Reading:
    """Distance to the nearest cycle facility."""
    return distance_m(ground, _CYCLE_LINKS)


@measure(show=functools.partial(show_nearest, _HEAT_MAINS))
def heat_main_distance_m(ground: Ground) -> Reading:
    """Distance to the nearest heat main."""
    return distance_m(ground, _HEAT_MAINS)


@measure(show=functools.partial(show_nearest, _HOTELS))
def hotel_distance_m(ground: Ground) -> Reading:
    """Distance to the nearest hotel that exists or is authorised; pending ones do not count."""
    return distance_m(ground, _HOTELS)


def distance_m(ground: Ground, selection: Selection) -> Reading:
    """Distance to the nearest selected feature, unless a nearer one may lie beyond the coverage.

    Nothing found, or something farther away than the coverage's outline: the layer cannot tell
    the distance, and the value is missing (``COVERAGE_EDGE``).
    """
    distance = nearest(ground, selection).distance_m
    is_known = is_bounded(ground, selection.layer, distance)
    return Reading(distance, missing_where(~is_known, Missing.COVERAGE_EDGE), distance == 0)
