import itertools

import numpy as np
import pytest
import shapely

from zones.measures.access import access_of
from zones.measures.isochrones import isochrone, reached_streets, shortest_way
from zones.measures.network import cost_of_ways, network_of, reach_of


def street(*points, speed_kmh=30.0):
    """Row of one street."""
    return {
        "is_walkable": True,
        "is_drivable": True,
        "speed_kmh": speed_kmh,
        "geometry": shapely.LineString(points),
    }


def points(*places):
    """Points as an array of shapes."""
    return np.array([shapely.Point(*place) for place in places], dtype=object)


@pytest.fixture
def cross(layer):
    """Network of four streets of 100 m that meet at (0, 0)."""
    tips = ((100, 0), (0, 100), (-100, 0), (0, -100))
    rows = [street((0, 0), tip) for tip in tips[:2]] + [street(tip, (0, 0)) for tip in tips[2:]]
    return network_of(layer("streets", rows), mode="walk")


def way(network, origin, *targets):
    """Shortest way from one point to the nearest of others."""
    origins = access_of(network.lines, points(origin))
    reach = reach_of(network, access_of(network.lines, points(*targets)))
    chosen = int(np.argmin(cost_of_ways(network, origins, reach)))
    line, target = shortest_way(network, origins, chosen, reach)
    return list(line.coords), target, line.length


def test_way_turns_at_the_crossing(cross):
    """Out to the street, along it, round the corner, along the other, and off to the target."""
    corners, target, length = way(cross, (60, 5), (90, 90), (7, 40))
    unique = np.array([each for each, _ in itertools.groupby(corners)])
    np.testing.assert_allclose([(60, 5), (60, 0), (0, 0), (0, 40), (7, 40)], unique, atol=1e-9)
    assert 1 == target
    assert 5 + 60 + 40 + 7 == pytest.approx(length)


def test_way_along_one_street(cross):
    """Backwards along a street, without a detour by its end."""
    corners, target, length = way(cross, (-20, 3), (-70, -4))
    assert (-20, 3) == corners[0]
    assert (-70, -4) == corners[-1]
    assert 0 == target
    assert 57.0 == pytest.approx(length)


def test_way_is_as_long_as_its_cost(layer):
    """On a bent grid, each way drawn has the length computed, and keeps to the streets."""
    chance = np.random.default_rng(9)
    spots = {
        (i, j): chance.uniform(-20, 20, 2) + np.array([80 * i, 80 * j])
        for i, j in itertools.product(range(5), range(5))
    }
    rows = [
        street(spots[i, j], (spots[i, j] + spots[k]) / 2 + 4, spots[k])
        for i, j in spots
        for k in ((i + 1, j), (i, j + 1))
        if k in spots and chance.random() < 0.9
    ]
    network = network_of(layer("streets", rows), mode="walk")
    streets = shapely.union_all(network.lines.shapes).buffer(1e-6)
    origins = access_of(network.lines, points(*chance.uniform(0, 320, (30, 2))))
    reach = reach_of(network, access_of(network.lines, points(*chance.uniform(0, 320, (4, 2)))))
    costs = cost_of_ways(network, origins, reach)
    for number in np.flatnonzero(np.isfinite(costs)):
        line, _ = shortest_way(network, origins, int(number), reach)
        assert costs[number] == pytest.approx(line.length)
        ends = shapely.MultiPoint([line.coords[0], line.coords[-1]])
        off = line.difference(streets)
        assert off.length == pytest.approx(shapely.distance(ends, streets) * 2, abs=60)
        assert ends.distance(line) == 0


def test_reached_streets_are_cut_at_the_limit(cross):
    """From (40, 0), 70 m away: 40 to the crossing, 30 m into three streets, 60 m the other way."""
    found = reached_streets(cross, access_of(cross.lines, points((40, 0))), limit=70.0)
    ends = shapely.union_all(found)
    expected = shapely.MultiLineString(
        [[(0, 0), (100, 0)], [(0, 0), (0, 30)], [(0, 0), (-30, 0)], [(0, 0), (0, -30)]]
    )
    assert ends.symmetric_difference(expected).length == pytest.approx(0)
    assert 190.0 == pytest.approx(ends.length)


def test_reached_part_of_one_street(cross):
    """From (50, 10), 30 m away: 20 m of the street on either side."""
    found = reached_streets(cross, access_of(cross.lines, points((50, 10))), limit=30.0)
    assert [(30, 0), (70, 0)] == sorted(shapely.union_all(found).coords)


def test_nothing_is_reached(cross):
    """The street is farther than the limit."""
    places = access_of(cross.lines, points((50, 40)))
    assert 0 == len(reached_streets(cross, places, limit=30.0))
    assert isochrone(cross, places, limit=30.0) is None


def test_reached_by_car_in_minutes(layer):
    """At 60 km/h, a minute is a kilometre; at 30 km/h, half of one."""
    rows = [street((0, 0), (400, 0), speed_kmh=60.0), street((400, 0), (1900, 0), speed_kmh=30.0)]
    network = network_of(layer("streets", rows), mode="drive")
    found = reached_streets(network, access_of(network.lines, points((0, 0))), limit=1.0)
    # 0.4 minutes, then 0.6 minutes at 30 km/h
    assert 400 + 300 == pytest.approx(shapely.union_all(found).length)


def test_isochrone_holds_the_streets_in_reach(cross):
    """The outline is around every street reached, and no farther."""
    places = access_of(cross.lines, points((0, 0)))
    hull = isochrone(cross, places, limit=80.0)
    for line in reached_streets(cross, places, limit=80.0):
        assert hull.buffer(1e-6).covers(line)
    assert (-80, -80, 80, 80) == pytest.approx(hull.bounds)
