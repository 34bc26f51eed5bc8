"""Distances by road: the shortest way along the lines of the roads layer."""

from __future__ import annotations

import heapq
from collections import defaultdict

import geopandas as gpd
import numpy as np
import shapely

__all__ = ["road_distances_m"]

_SAME_PLACE_M = 1.0
"""Ends of lines closer than that are one crossing."""
_ACCESS_M = 300.0
"""A place farther from every crossing than that is not on the network."""

_Node = tuple[int, int]


def road_distances_m(
    origins: gpd.GeoSeries, targets: gpd.GeoSeries, *, roads: gpd.GeoSeries
) -> np.ndarray:
    """Metres by road from the nearest way out of each origin to each target.

    Parameters
    ----------
    origins
        Places, areas included, in the work CRS: any crossing inside an area, else any within
        300 m, is a way out.
    targets
        Points in the work CRS.
    roads
        Lines in the work CRS; those that cross are taken to meet.

    Returns
    -------
    numpy.ndarray
        Origins by targets; infinity where no way leads. What lies between a place and its crossing
        is added in a straight line, and is at most 300 m.
    """
    result = np.full((len(origins), len(targets)), np.inf)
    if not len(roads) or not len(origins) or not len(targets):
        return result
    ways = _network(roads)
    nodes = list(ways)
    places = shapely.points(np.array(nodes, dtype=float) * _SAME_PLACE_M)
    tree = shapely.STRtree(places)
    accesses = [_accesses(shape, tree) for shape in origins]
    for column, target in enumerate(targets):
        starts = {nodes[rank]: gap for rank, gap in _accesses(target, tree)}
        reached = _shortest(ways, starts)
        for row, access in enumerate(accesses):
            ends = [reached.get(nodes[rank], np.inf) + gap for rank, gap in access]
            result[row, column] = min(ends, default=np.inf)
    return result


def _network(roads: gpd.GeoSeries) -> dict[_Node, dict[_Node, float]]:
    """Crossings and the metres between neighbours; lines are cut where they cross."""
    cut = shapely.get_parts(shapely.node(shapely.multilinestrings(_lines(roads))))
    ends = np.stack(
        [
            shapely.get_coordinates(shapely.get_point(cut, 0)),
            shapely.get_coordinates(shapely.get_point(cut, -1)),
        ]
    )
    rounded = np.round(ends / _SAME_PLACE_M).astype(int).tolist()
    ways: dict[_Node, dict[_Node, float]] = defaultdict(dict)
    for first, last, length in zip(*rounded, shapely.length(cut).tolist(), strict=True):
        one, other = (first[0], first[1]), (last[0], last[1])
        shorter = min(length, ways[one].get(other, np.inf))
        ways[one][other] = ways[other][one] = shorter
    return dict(ways)


def _lines(roads: gpd.GeoSeries) -> list[shapely.LineString]:
    """Simple lines of a series."""
    parts = shapely.get_parts(shapely.force_2d(roads.to_numpy()))
    return [each for each in parts if each.geom_type == "LineString" and not each.is_empty]


def _accesses(shape: shapely.Geometry, tree: shapely.STRtree) -> list[tuple[int, float]]:
    """Crossings through which a place joins the network, and the metres to them."""
    inside = tree.query(shape, predicate="intersects") if shape.area else np.array([], dtype=int)
    if len(inside):
        return [(int(rank), 0.0) for rank in inside]
    near = tree.query(shape, predicate="dwithin", distance=_ACCESS_M)
    gaps = shapely.distance(tree.geometries[near], shape)
    return [(int(rank), float(gap)) for rank, gap in zip(near, gaps, strict=True)]


def _shortest(
    ways: dict[_Node, dict[_Node, float]], starts: dict[_Node, float]
) -> dict[_Node, float]:
    """Metres from the nearest start to every crossing that can be reached (Dijkstra)."""
    reached: dict[_Node, float] = {}
    queue = [(gap, node) for node, gap in starts.items()]
    heapq.heapify(queue)
    while queue:
        metres, node = heapq.heappop(queue)
        if node in reached:
            continue
        reached[node] = metres
        for neighbour, length in ways[node].items():
            if neighbour not in reached:
                heapq.heappush(queue, (metres + length, neighbour))
    return reached
