"""The street network: pieces of street joined at the end points they share, and ways along them.

On foot a cost is a length in metres; by car it is a time in minutes, at the speed of each street.
Two streets that cross without a shared end point, as on a bridge, do not meet.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias

import numpy as np
import pandas as pd
import shapely
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import dijkstra

from geodata.layers import Layer
from zones.measures.access import Access, facing, same_street
from zones.measures.features import Array, Features, kept, ready

__all__ = [
    "Mode",
    "Network",
    "Reach",
    "cost_of_ways",
    "cost_to_nearest",
    "costs_from",
    "network_of",
    "reach_of",
]

Mode: TypeAlias = Literal["walk", "drive"]

_USABLE = {"walk": "is_walkable", "drive": "is_drivable"}
_USUAL_KMH = 30.0
_GRAIN_M = 0.001


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """Streets that can be used in one way, E pieces between N nodes."""

    lines: Features
    """Pieces of street as lines, with an index of their straight segments."""
    ends: Array
    """Nodes at the start and the end of each piece, E × 2."""
    length_m: Array
    """Length of each piece."""
    pace: Array
    """Cost of a metre of each piece: 1 on foot, minutes by car."""
    nodes: Array
    """Coordinates of the nodes, N × 2, work CRS."""
    ways: coo_array
    """Least cost from each node to each of its neighbours, both ways, N × N."""


class Reach(NamedTuple):
    """Cost from anywhere on the network to the nearest of some targets."""

    targets: Access
    """Ways from the targets to the network, by piece of street."""
    cost: Array
    """Cost from each node to its nearest target, infinite where no way leads to one."""
    onward: Array
    """Next node on the way from each node, negative at the last one."""


def network_of(layer: Layer, *, mode: Mode) -> Network:
    """Network of the layer ``streets``, built once and kept with the layer."""
    return kept(layer, ("network", mode), lambda: _network(layer, mode))


def costs_from(network: Network, places: Access, *, count: int, limit: float = np.inf) -> Array:
    """Cost from each of ``count`` places to every node, count × N; infinite beyond ``limit``.

    A piece of street costs the same both ways, so these are the costs to the places too.
    """
    graph = _with_places(network, places, count)
    first = len(network.nodes)
    found = dijkstra(graph, indices=np.arange(first, first + count), limit=limit)
    costs: Array = found[:, :first]
    return costs


def reach_of(network: Network, targets: Access) -> Reach:
    """Cost from every node to the nearest of the targets, in one pass from all of them."""
    order = np.argsort(targets.edge, kind="stable")
    by_edge = Access(*(each[order] for each in targets))
    together = by_edge._replace(place=np.zeros(len(order), dtype=np.intp))
    first = len(network.nodes)
    cost, before = dijkstra(
        _with_places(network, together, 1), indices=first, return_predecessors=True
    )
    onward = np.where(before[:first] == first, -1, before[:first])
    return Reach(by_edge, cost[:first], onward)


def cost_to_nearest(network: Network, origins: Access, reach: Reach, *, count: int) -> Array:
    """Least cost from each of ``count`` places to a target, infinite where no way leads to one."""
    ways = facing(network.lines, origins, reach.targets)
    best = np.full(count, np.inf)
    np.minimum.at(best, ways.place, cost_of_ways(network, ways, reach))
    return best


def cost_of_ways(network: Network, origins: Access, reach: Reach) -> Array:
    """Least cost to a target of each way to the network: by either end, or along its own street."""
    pace = network.pace[origins.edge]
    ends, length = network.ends[origins.edge], network.length_m[origins.edge]
    by_end = np.minimum(
        origins.along_m * pace + reach.cost[ends[:, 0]],
        (length - origins.along_m) * pace + reach.cost[ends[:, 1]],
    )
    cost: Array = origins.off_m * pace + by_end
    way, target = same_street(origins, reach.targets)
    between = np.abs(origins.along_m[way] - reach.targets.along_m[target])
    direct = (origins.off_m[way] + between + reach.targets.off_m[target]) * pace[way]
    np.minimum.at(cost, way, direct)
    return cost


def _network(layer: Layer, mode: Mode) -> Network:
    """Streets that can be used, cut into single lines and joined at their ends."""
    frame = layer.features[layer.features[_USABLE[mode]].astype(bool)]
    shapes, owner = shapely.get_parts(
        shapely.force_2d(frame.geometry.to_numpy()), return_index=True
    )
    shapes = np.asarray(shapes, dtype=object)
    ids = np.array([str(each) for each in frame.index], dtype=object)[owner]
    names = {"name": frame["name"].to_numpy(dtype=object)[owner]} if "name" in frame else {}
    tips = np.stack([_tip(shapes, 0), _tip(shapes, -1)], axis=1)
    # Complex numbers sort and compare as pairs; rows of two would be sorted far more slowly.
    grid = np.round(tips / _GRAIN_M)
    _, first, ends = np.unique(
        (grid[..., 0] + 1j * grid[..., 1]).ravel(), return_index=True, return_inverse=True
    )
    length, ends = shapely.length(shapes), ends.reshape(-1, 2)
    pace = np.ones(len(shapes)) if mode == "walk" else _minutes_per_metre(frame["speed_kmh"])[owner]
    return Network(
        lines=ready(shapes, ids=ids, columns=names),
        ends=ends,
        length_m=length,
        pace=pace,
        nodes=tips.reshape(-1, 2)[first],
        ways=_least(
            np.concatenate([ends[:, 0], ends[:, 1]]),
            np.concatenate([ends[:, 1], ends[:, 0]]),
            np.tile(length * pace, 2),
            size=len(first),
        ),
    )


def _minutes_per_metre(speed_kmh: pd.Series) -> Array:
    """Time of one metre by car; a street whose speed is not known has the usual one in town."""
    speed = speed_kmh.to_numpy(dtype=np.float64, na_value=np.nan)
    minutes: Array = 0.06 / np.where(speed > 0, speed, _USUAL_KMH)
    return minutes


def _tip(lines: Array, position: int) -> Array:
    """Coordinates of one point of each line."""
    tips: Array = shapely.get_coordinates(shapely.get_point(lines, position))
    return tips


def _least(start: Array, end: Array, cost: Array, *, size: int) -> coo_array:
    """Costs between pairs of nodes, the least where a pair comes more than once."""
    order = np.lexsort((cost, end, start))
    start, end, cost = start[order], end[order], cost[order]
    is_first = np.ones(len(start), dtype=bool)
    is_first[1:] = (start[1:] != start[:-1]) | (end[1:] != end[:-1])
    return coo_array((cost[is_first], (start[is_first], end[is_first])), shape=(size, size))


def _with_places(network: Network, places: Access, count: int) -> csr_array:
    """Graph with one more node per place, from which ways lead only out."""
    first, ways = len(network.nodes), network.ways
    pace, ends = network.pace[places.edge], network.ends[places.edge]
    to_start = (places.off_m + places.along_m) * pace
    to_end = (places.off_m + network.length_m[places.edge] - places.along_m) * pace
    graph = _least(
        np.concatenate([ways.row, np.tile(places.place + first, 2)]),
        np.concatenate([ways.col, ends[:, 0], ends[:, 1]]),
        np.concatenate([ways.data, to_start, to_end]),
        size=first + count,
    )
    return graph.tocsr()
