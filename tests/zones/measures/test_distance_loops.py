import numpy as np
import pytest
import shapely

from zones.measures.distance_loops import nearest_segments
from zones.measures.features import ready
from zones.measures.outlines import grid_of, outlines_of


def distances(shapes, targets):
    """Distance and target of every shape."""
    count = len(shapes)
    metres, found = np.empty(count), np.empty(count, dtype=np.int64)
    grid = grid_of(ready(np.array(targets)))
    flat = outlines_of(np.array(shapes))
    nearest_segments(flat, grid, np.full(count, np.inf), 0, count, metres, found)
    return metres.tolist(), found.tolist()


def test_distances_by_hand():
    """3-4-5 from a corner, sideways to a line, within, across, in a hole."""
    square = shapely.box(0, 0, 10, 10)
    ring = square - shapely.box(4, 4, 6, 6)
    targets = [shapely.Point(13, 14), shapely.LineString([(-2, 3), (-2, 30)])]
    assert ([5.0], [0]) == distances([square], targets[:1])
    assert ([2.0], [1]) == distances([square], targets)
    assert ([0.0], [0]) == distances([square], [shapely.Point(5, 5)])
    assert ([1.0], [0]) == distances([ring], [shapely.Point(5, 5)])
    assert ([0.0], [0]) == distances([ring], [shapely.LineString([(-5, 5), (20, 6)])])


@pytest.mark.parametrize("spread", [30.0, 3000.0, 60000.0])
def test_the_nearest_is_found_however_sparse_the_grid(spread):
    """Sites inside the grid, beside it and far outside; against every pair."""
    chance = np.random.default_rng(int(spread))
    ends = chance.uniform(0, spread, (60, 1, 2)) + chance.uniform(-9, 9, (60, 2, 2))
    targets = [*shapely.points(ends[:20, 0]), *shapely.linestrings(ends[20:])]  # as pieces lie
    corners = chance.uniform(-spread, 2 * spread, (200, 2))
    shapes = [shapely.box(x, y, x + 12, y + 7) for x, y in corners]
    metres, found = distances(shapes, targets)
    every = shapely.distance(np.array(shapes)[:, None], np.array(targets)[None])
    np.testing.assert_allclose(metres, every.min(axis=1), atol=1e-7)
    np.testing.assert_allclose(every[np.arange(200), found], metres, atol=1e-7)
