"""The demonstration dataset, built once for all its tests."""

from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import shapely
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components, dijkstra

import geodata.demo


@pytest.fixture(scope="session")
def built() -> dict[str, gpd.GeoDataFrame]:
    """Every layer of the demonstration."""
    return geodata.demo.build()


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A freshly written store."""
    path = tmp_path_factory.mktemp("demo") / "fresh.gpkg"
    geodata.demo.write(path)
    return path


class Graph:
    """Streets of one mode as a graph of their end points, to the centimetre."""

    def __init__(self, streets: gpd.GeoDataFrame) -> None:
        self.streets = streets
        self.lines = streets.geometry.to_numpy()
        self.lengths = shapely.length(self.lines)
        tips = [shapely.get_point(self.lines, position) for position in (0, -1)]
        places = np.concatenate([shapely.get_coordinates(each) for each in tips]).round(2)
        self.nodes, which, self.degree = np.unique(
            places, axis=0, return_inverse=True, return_counts=True
        )
        self.ends = which.reshape(2, -1).T
        shape = (len(self.nodes), len(self.nodes))
        ends = np.concatenate([self.ends, self.ends[:, ::-1]])
        # Where two streets join the same nodes, the shorter one counts.
        order = np.lexsort((np.tile(self.lengths, 2), ends[:, 1], ends[:, 0]))
        ends, costs = ends[order], np.tile(self.lengths, 2)[order]
        _, first = np.unique(ends, axis=0, return_index=True)
        self.ways = coo_array((costs[first], ends[first].T), shape=shape).tocsr()

    def main_share(self) -> float:
        """Share of the length that lies in the largest component."""
        _, group = connected_components(self.ways, directed=False)
        lengths = np.bincount(group[self.ends[:, 0]], weights=self.lengths)
        return float(lengths.max() / lengths.sum())

    def least_from(self, shape: shapely.Geometry, targets: gpd.GeoSeries) -> float:
        """Length that no way from the street beside ``shape`` to a target can be under."""
        tree = shapely.STRtree(self.lines)
        beside = tree.query(shape, predicate="dwithin", distance=_reach(tree, shape))
        nodes = shapely.points(self.nodes)
        least = np.inf
        for target in targets:
            street = int(tree.nearest(target))
            if street in beside:
                return float(shape.distance(target))
            metres = dijkstra(self.ways, indices=self.ends[street])
            along = self.lines[street].project(target)
            from_ends = metres + np.array([along, self.lengths[street] - along])[:, np.newaxis]
            ends = np.unique(self.ends[beside])
            ways = from_ends.min(axis=0)[ends] + shapely.distance(nodes[ends], shape)
            least = min(least, float(ways.min()))
        return least


def _reach(tree: shapely.STRtree, shape: shapely.Geometry) -> float:
    """Distance from a shape to the nearest line, and a metre more."""
    return float(tree.query_nearest(shape, return_distance=True)[1].min()) + 1.0


@pytest.fixture(scope="session")
def walked(built: dict[str, gpd.GeoDataFrame]) -> Graph:
    """Streets that can be walked."""
    return Graph(built["streets"][built["streets"]["is_walkable"].astype(bool)])


@pytest.fixture(scope="session")
def driven(built: dict[str, gpd.GeoDataFrame]) -> Graph:
    """Streets that can be driven."""
    return Graph(built["streets"][built["streets"]["is_drivable"].astype(bool)])
