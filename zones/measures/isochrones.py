"""Ways on the street network, drawn: the shortest one to a target, and all that are in reach."""

from __future__ import annotations

from typing import Any, cast

import numpy as np
import shapely
from shapely.ops import substring

from zones.measures.access import Access, same_street
from zones.measures.features import Array
from zones.measures.network import Network, Reach, costs_from

__all__ = ["isochrone", "reached_streets", "shortest_way"]

_HULL_RATIO = 0.3


def shortest_way(
    network: Network, origins: Access, way: int, reach: Reach
) -> tuple[shapely.LineString, int]:
    """Line from the place of one way of ``origins`` to its nearest target, and that target.

    The line is as long as the cost on foot, straight parts to and from the street included. The
    target is a position in ``reach.targets.place``.
    """
    edge, along = int(origins.edge[way]), float(origins.along_m[way])
    pace, length = float(network.pace[edge]), float(network.length_m[edge])
    start, end = network.ends[edge]
    options = [along * pace + reach.cost[start], (length - along) * pace + reach.cost[end]]
    beside, direct = _on_the_same_street(network, origins, way, reach)
    if direct <= min(options):
        coordinates = [_between(network, edge, along, float(reach.targets.along_m[beside]))]
        target = beside
    else:
        first = int(np.argmin(options))
        coordinates = [_between(network, edge, along, (0.0, length)[first])]
        coordinates += _chain(network, int((start, end)[first]), reach)
        node = _last(int((start, end)[first]), reach)
        target, from_end = _target_at(network, node, reach.targets)
        last = int(reach.targets.edge[target])
        coordinates.append(
            _between(
                network,
                last,
                float(network.length_m[last]) if from_end else 0.0,
                float(reach.targets.along_m[target]),
            )
        )
    path = np.concatenate(
        [origins.start[[way]], *coordinates, reach.targets.start[[target]]], dtype=np.float64
    )
    return shapely.LineString(path), int(reach.targets.place[target])


def reached_streets(network: Network, places: Access, *, limit: float) -> Array:
    """Lines, parts of streets that one place reaches at a cost of at most ``limit``."""
    cost = costs_from(network, places._replace(place=np.zeros_like(places.place)), count=1)[0]
    reached = np.clip((limit - cost[network.ends]) / network.pace[:, np.newaxis], 0.0, None)
    is_whole = reached.sum(axis=1) >= network.length_m
    is_partly = ~is_whole & (reached.sum(axis=1) > 0)
    is_partly[places.edge] |= ~is_whole[places.edge]
    drawn = list(network.lines.shapes[is_whole])
    for edge in np.flatnonzero(is_partly).tolist():
        drawn += _reached_parts(network, places, edge, reached[edge], limit)
    return np.array(drawn, dtype=object)


def isochrone(network: Network, places: Access, *, limit: float) -> shapely.Polygon | None:
    """Ground around the streets that one place reaches within ``limit``; None if it reaches none.

    A concave hull: an outline to look at, whose area is no measure of anything.
    """
    streets = reached_streets(network, places, limit=limit)
    if not len(streets):
        return None
    hull = shapely.concave_hull(shapely.multilinestrings(streets), ratio=_HULL_RATIO)
    return hull if isinstance(hull, shapely.Polygon) else None


def _on_the_same_street(
    network: Network, origins: Access, way: int, reach: Reach
) -> tuple[int, float]:
    """Nearest target along the street of one way, and the cost from the street; or -1, infinite."""
    one = Access(*(each[[way]] for each in origins))
    _, targets = same_street(one, reach.targets)
    if not len(targets):
        return -1, np.inf
    pace = float(network.pace[one.edge[0]])
    apart = np.abs(reach.targets.along_m[targets] - one.along_m[0])
    cost = (apart + reach.targets.off_m[targets]) * pace
    return int(targets[np.argmin(cost)]), float(np.min(cost))


def _chain(network: Network, node: int, reach: Reach) -> list[Array]:
    """Coordinates of the streets from ``node`` to the last node before its target."""
    parts: list[Array] = []
    while (after := int(reach.onward[node])) >= 0:
        parts.append(_street_between(network, node, after))
        node = after
    return parts


def _last(node: int, reach: Reach) -> int:
    """Last node on the way from ``node``."""
    while (after := int(reach.onward[node])) >= 0:
        node = after
    return node


def _street_between(network: Network, start: int, end: int) -> Array:
    """Coordinates of the cheapest street from one node to its neighbour, in that direction."""
    forward = (network.ends == (start, end)).all(axis=1)
    backward = (network.ends == (end, start)).all(axis=1)
    edges = np.flatnonzero(forward | backward)
    edge = int(edges[np.argmin((network.length_m * network.pace)[edges])])
    coordinates = shapely.get_coordinates(network.lines.shapes[edge])
    return cast("Array", coordinates if forward[edge] else coordinates[::-1])


def _target_at(network: Network, node: int, targets: Access) -> tuple[int, bool]:
    """Target that is nearest to a node along the streets that meet there, and from which end."""
    ends, pace = network.ends[targets.edge], network.pace[targets.edge]
    rest = network.length_m[targets.edge] - targets.along_m
    from_start = np.where(ends[:, 0] == node, (targets.off_m + targets.along_m) * pace, np.inf)
    from_end = np.where(ends[:, 1] == node, (targets.off_m + rest) * pace, np.inf)
    target = int(np.argmin(np.minimum(from_start, from_end)))
    return target, bool(from_end[target] < from_start[target])


def _between(network: Network, edge: int, start_m: float, end_m: float) -> Array:
    """Coordinates of a part of a piece of street, in the direction asked."""
    part: Any = substring(network.lines.shapes[edge], start_m, end_m)
    return cast("Array", shapely.get_coordinates(part))


def _reached_parts(
    network: Network, places: Access, edge: int, reached: Array, limit: float
) -> list[shapely.LineString]:
    """Parts of a piece reached from its two ends, and from the place where it lies beside it."""
    line, length = network.lines.shapes[edge], float(network.length_m[edge])
    spans = [(0.0, min(float(reached[0]), length)), (max(length - float(reached[1]), 0.0), length)]
    beside = places.edge == edge
    for along, off in zip(places.along_m[beside], places.off_m[beside], strict=True):
        room = limit / float(network.pace[edge]) - off
        spans.append((max(along - room, 0.0), min(along + room, length)))
    parts = [substring(line, low, high) for low, high in spans if high > low]
    return list(shapely.get_parts(shapely.line_merge(shapely.union_all(parts))))
