import numba
import numpy as np

from zones.measures import loops
from zones.measures.loops import compiled, holds


def test_a_point_is_within_an_odd_number_of_edges():
    """In the square, in its hole, outside; a corner without an edge does not count."""
    points = np.array(
        [(0, 0), (9, 0), (9, 9), (0, 9), (0, 0), (3, 3), (6, 3), (6, 6), (3, 6), (3, 3)]
    )
    signs = np.array([1, 1, 1, 1, 0, 1, 1, 1, 1, 0], dtype=np.int8)
    asked = [(1.0, 1.0), (4.0, 4.0), (-1.0, 4.0), (7.0, 4.0)]
    found = [bool(holds(points.astype(float), signs, 0, 9, *each)) for each in asked]
    assert [True, False, False, True] == found


def test_loops_run_where_no_folder_can_be_written(monkeypatch):
    """The machine code is then kept in memory."""

    def refusing(*, nogil, cache=False):
        if cache:
            raise RuntimeError
        return numba.jit(nogil=nogil, nopython=True)

    monkeypatch.setattr(loops.numba, "njit", refusing)
    assert 5 == compiled(lambda number: number + 2)(3)
