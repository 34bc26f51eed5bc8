import numpy as np
import pytest
import shapely

from zones.measures.features import ready
from zones.measures.outlines import grid_of, outlines_of


def signed_area(outlines, number):
    """Area of one shape by the shoelace formula on its flat corners."""
    first, last = outlines.start[number], outlines.start[number + 1]
    total = 0.0
    for corner in range(first, last):
        if outlines.signs[corner]:
            (x0, y0), (x1, y1) = outlines.points[corner : corner + 2] - outlines.points[first]
            total += outlines.signs[corner] * (x0 * y1 - x1 * y0) / 2
    return total


def test_nothing_has_no_corner():
    """No shape, an empty one, a point: no corner, and the box is asked all the same."""
    assert 0 == len(outlines_of(np.array([], dtype=object)).points)
    flat = outlines_of(np.array([shapely.Polygon(), shapely.Point(1, 2), shapely.box(0, 0, 1, 1)]))
    assert [0, 0, 0, 5] == flat.start.tolist()


def test_edges_turn_around_the_inside_whatever_the_order_of_corners():
    """Outer sides and holes drawn either way, in one part or several: the signed area is right."""
    ring, hole = [(0, 0), (9, 0), (9, 5), (0, 5)], [(1, 1), (3, 1), (3, 4), (1, 4)]
    one = shapely.Polygon(ring, [hole])
    turned = shapely.Polygon(ring[::-1], [hole])
    other = shapely.Polygon(ring[::-1], [hole[::-1]])
    several = shapely.MultiPolygon([one, shapely.box(20, 0, 22, 3), shapely.box(30, 0, 31, 1)])
    shapes = np.array([one, shapely.box(5, 5, 7, 8), turned, several, other])
    flat = outlines_of(shapes)
    found = [signed_area(flat, number) for number in range(len(shapes))]
    assert shapely.area(shapes).tolist() == pytest.approx(found)


def test_each_ring_ends():
    """As many corners without an edge as there are rings."""
    holed = shapely.box(0, 0, 9, 9) - shapely.box(1, 1, 2, 2)
    flat = outlines_of(np.array([holed, shapely.box(0, 0, 1, 1)]))
    assert 3 == (flat.signs == 0).sum()


def test_a_segment_is_listed_in_every_cell_that_its_box_touches():
    """Against the boxes of all cells, for points and segments side by side."""
    chance = np.random.default_rng(5)
    ends = chance.uniform(0, 90, (40, 2, 2))
    lines = shapely.linestrings(ends)
    grid = grid_of(ready(np.concatenate([lines, shapely.points(chance.uniform(0, 90, (9, 2)))])))
    columns, rows = grid.shape
    for cell in range(columns * rows):
        low = grid.corner + np.array([cell % columns, cell // columns]) * grid.size
        first, last = np.minimum(grid.segments[:, :2], grid.segments[:, 2:]), np.maximum(
            grid.segments[:, :2], grid.segments[:, 2:]
        )  # fmt: skip
        touches = np.all((first < low + grid.size) & (last >= low), axis=1)
        listed = grid.listed[grid.cells[cell] : grid.cells[cell + 1]]
        assert np.flatnonzero(touches).tolist() == sorted(listed.tolist())


def test_areas_and_nothing_have_no_grid():
    """Only points and straight lines are listed."""
    assert grid_of(ready(np.array([shapely.box(0, 0, 1, 1)]))) is None
    assert grid_of(ready(np.array([], dtype=object))) is None
