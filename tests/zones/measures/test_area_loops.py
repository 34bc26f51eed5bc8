import numpy as np
import pytest
import shapely

from zones.measures.area_loops import shared_areas
from zones.measures.outlines import outlines_of


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (shapely.box(0, 0, 10, 4), 40.0),  # the same ground
        (shapely.box(10, 0, 20, 4), 0.0),  # a common side
        (shapely.box(10, 4, 20, 8), 0.0),  # a common corner
        (shapely.box(-5, -5, 20, 20), 40.0),  # all around
        (shapely.box(2, 1, 3, 2), 1.0),  # within
        (shapely.box(-5, -5, 20, 20) - shapely.box(-1, -1, 11, 5), 0.0),  # in its hole
        (shapely.box(-5, -5, 20, 20) - shapely.box(4, 0, 6, 4), 32.0),  # a hole across
        (shapely.Polygon([(0, 0), (10, 4), (0, 4)]), 20.0),  # a side along the diagonal
        (shapely.Polygon([(5, -9), (30, 2), (5, 13)]), 20.0),  # tall, half of it
    ],
)
def test_area_shared_with_a_box_of_ten_by_four(other, expected):
    """By hand, either of the two as the site."""
    one = shapely.box(0, 0, 10, 4)
    at = np.zeros(1, dtype=np.int64)
    for site, piece in ((one, other), (other, one)):
        shared = np.empty(1)
        flat, flat_piece = (outlines_of(np.array([each])) for each in (site, piece))
        shared_areas(flat, np.array([site.area]), flat_piece, at, at, shared)
        assert [expected] == pytest.approx(shared.tolist())
