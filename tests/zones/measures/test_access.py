import numpy as np
import pytest
import shapely

from zones.measures.access import access_of, facing, same_street
from zones.measures.features import ready


def points(*places):
    """Points as an array of shapes."""
    return np.array([shapely.Point(*place) for place in places], dtype=object)


@pytest.fixture
def streets():
    """Three streets: along y = 0 to x = 100, from there on to x = 200, and along y = 50."""
    corners = [[(0, 0), (100, 0)], [(100, 0), (200, 0)], [(0, 50), (200, 50)]]
    return ready(shapely.linestrings(corners))


def test_point_meets_its_street_at_the_foot(streets):
    """From (30, 7) it is 7 m to the first street, 30 m from its start."""
    found = access_of(streets, points((30, 7)))
    assert [0] == found.place.tolist()
    assert [0] == found.edge.tolist()
    assert [30.0] == found.along_m.tolist()
    assert [7.0] == pytest.approx(found.off_m.tolist())
    assert [[30.0, 7.0]] == found.start.tolist()


def test_streets_as_near_give_access_too(streets):
    """Before the joint, both streets; half-way between two streets, both; nearer to one, that."""
    places = points((100, 4), (30, 25.4), (30, 20))
    found = access_of(streets, places)
    assert {(0, 0), (0, 1), (1, 0), (1, 2), (2, 0)} == set(
        zip(found.place.tolist(), found.edge.tolist(), strict=True)
    )


def test_plot_may_be_left_at_any_corner(streets):
    """Every corner of a plot is the start of a way, as long as it is far from the street."""
    found = access_of(streets, np.array([shapely.box(20, 5, 40, 12)], dtype=object))
    ways = set(zip(found.along_m.tolist(), np.round(found.off_m, 9).tolist(), strict=True))
    assert {(20.0, 5.0), (40.0, 5.0), (40.0, 12.0), (20.0, 12.0)} <= ways


def test_hole_and_parts_are_not_joined(streets):
    """Two parts, one with a hole: three rings, each with four sides and no side between them."""
    ring = shapely.box(10, 5, 40, 15).difference(shapely.box(20, 8, 30, 12))
    both = shapely.MultiPolygon([ring, shapely.box(60, 5, 70, 15)])
    assert 12 == access_of(streets, np.array([both], dtype=object)).is_joined.sum()


def test_facing_adds_the_point_before_a_target(streets):
    """The target at x = 30 lies before the side from x = 20 to 40; it is found 5 m away."""
    plot = access_of(streets, np.array([shapely.box(20, 5, 40, 12)], dtype=object))
    found = facing(streets, plot, access_of(streets, points((30, -2))))
    added = slice(len(plot.edge), None)
    assert (30.0, 5.0) in {
        (round(along, 9), round(off, 9))
        for along, off in zip(found.along_m[added], found.off_m[added], strict=True)
    }
    assert len(plot.edge) == len(facing(streets, plot, access_of(streets, points((90, 0)))).edge)


def test_same_street_pairs_ways_and_targets(streets):
    """Two targets on the first street, none on the second, one on the third."""
    origins = access_of(streets, points((10, 3), (150, 3), (30, 45)))
    targets = access_of(streets, points((5, 1), (60, -2), (70, 52)))
    way, target = same_street(origins, targets)
    assert [(0, 0), (0, 1), (2, 2)] == list(zip(way.tolist(), target.tolist(), strict=True))
