"""Walking distances in metres along the streets, from the edge of a site to the nearest of a kind.

A way is straight from the site's boundary to its street, along the streets that can be walked, and
straight to the target. A target on the site is at 0, a certain fact. The distance is known only
where no shorter way can lie beyond what the two layers cover.
"""

from __future__ import annotations

import functools

import numpy as np

from charters.facts import Missing
from zones.measures.access import Access, access_of, facing
from zones.measures.distances import BHNS_STOPS, BUS_STOPS, STATIONS
from zones.measures.features import Selection, kept, label
from zones.measures.ground import Ground, is_bounded, nearest, once, selected
from zones.measures.isochrones import isochrone, shortest_way
from zones.measures.network import (
    Network,
    Reach,
    cost_of_ways,
    cost_to_nearest,
    network_of,
    reach_of,
)
from zones.measures.registry import Drawn, Reading, measure, missing_where

__all__ = ["bhns_stop_walk_m", "bus_stop_walk_m", "site_access", "station_walk_m", "walk_reach"]

_STREETS = "streets"


def site_access(ground: Ground) -> Access:
    """Ways from every site to the streets that can be walked."""
    return once(ground, "walking access", lambda: access_of(_network(ground).lines, ground.shapes))


def walk_reach(ground: Ground, selection: Selection) -> Reach:
    """Walking distance from every node to the nearest selected feature, kept with both layers."""
    features, network = selected(ground, selection), _network(ground)
    # The features stay alive with the entry: its key holds their identity.
    _, reach = kept(
        ground.layers[_STREETS],
        ("walk reach", selection, id(features)),
        lambda: (features, reach_of(network, access_of(network.lines, features.shapes))),
    )
    return reach


def _show(selection: Selection, ground: Ground, threshold: float | None) -> Drawn:
    """Ground that the threshold lets one reach, the way to the nearest target, and that target."""
    network, origins = _network(ground), site_access(ground)
    drawn: Drawn = []
    if threshold is not None and threshold > 0:
        hull = isochrone(network, origins, limit=threshold)
        drawn += [] if hull is None else [("reach", "", hull)]
    features = selected(ground, selection)
    straight = nearest(ground, selection)
    if straight.distance_m[0] == 0:
        owner = int(features.owners[straight.piece[0]])
        return [*drawn, ("target", label(features, owner), features.shapes[owner])]
    reach = walk_reach(ground, selection)
    ways = facing(network.lines, origins, reach.targets)
    costs = cost_of_ways(network, ways, reach)
    if np.isfinite(costs).any():
        path, owner = shortest_way(network, ways, int(np.argmin(costs)), reach)
        name = label(features, owner)
        drawn += [("link", name, path), ("target", name, features.shapes[owner])]
    return drawn


@measure(show=functools.partial(_show, BUS_STOPS))
def bus_stop_walk_m(ground: Ground) -> Reading:
    """Walking distance to the nearest bus stop; a BHNS (rapid bus) stop is one."""
    return _walk_m(ground, BUS_STOPS)


@measure(show=functools.partial(_show, BHNS_STOPS))
def bhns_stop_walk_m(ground: Ground) -> Reading:
    """Walking distance to the nearest stop of a BHNS (rapid bus) line."""
    return _walk_m(ground, BHNS_STOPS)


@measure(show=functools.partial(_show, STATIONS))
def station_walk_m(ground: Ground) -> Reading:
    """Walking distance to the nearest railway station."""
    return _walk_m(ground, STATIONS)


def _network(ground: Ground) -> Network:
    """Streets that can be walked."""
    return network_of(ground.layers[_STREETS], mode="walk")


def _walk_m(ground: Ground, selection: Selection) -> Reading:
    """Walking distance to the nearest selected feature.

    A way that is longer than the distance to the outline of either coverage may not be the
    shortest (``COVERAGE_EDGE``), and where the layer has no target one may lie beyond. Targets to
    which no way leads are out of reach (``UNREACHABLE``).
    """
    walk = cost_to_nearest(
        _network(ground),
        site_access(ground),
        walk_reach(ground, selection),
        count=len(ground.shapes),
    )
    is_on_site = nearest(ground, selection).distance_m == 0
    walk = np.where(is_on_site, 0.0, walk)
    is_known = is_bounded(ground, selection.layer, walk) & is_bounded(ground, _STREETS, walk)
    why = missing_where(~is_known, Missing.COVERAGE_EDGE)
    if len(selected(ground, selection).shapes):
        why[np.isinf(walk)] = Missing.UNREACHABLE
    return Reading(walk, why, is_on_site)
