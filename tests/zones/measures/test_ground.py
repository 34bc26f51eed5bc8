import numpy as np
import pytest
import shapely

from zones.measures.features import Selection
from zones.measures.ground import (
    covered,
    edge_distance,
    ground_of,
    is_bounded,
    nearest,
    overlaps,
    shared_m2,
)


def test_no_site_has_no_overlap(sites, layer, square):
    """Empty in, empty out."""
    layers = {"zones": layer("zones", [{"geometry": square()}])}
    ground = ground_of(sites({}), layers)
    assert [len(each) for each in overlaps(ground, Selection("zones"))] == [0, 0, 0]
    assert len(nearest(ground, Selection("zones")).distance_m) == 0
    assert len(covered(ground, "zones")) == 0


def test_coverage_holds_whole_sites_and_forgives_noise(sites, layer):
    """Inside, sharing the edge, 0.5 mm over it: covered; 1 cm over, across, outside: not."""
    layers = {"zones": layer("zones", [], coverage=shapely.box(0, 0, 100, 100))}
    frame = sites(
        {
            "inside": shapely.box(10, 10, 20, 20),
            "edge": shapely.box(90, 0, 100, 10),
            "noise": shapely.box(90.0005, 0, 100.0005, 10),
            "over": shapely.box(90.01, 0, 100.01, 10),
            "across": shapely.box(95, 0, 105, 10),
            "outside": shapely.box(200, 0, 210, 10),
        }
    )
    expected = [True, True, True, False, False, False]
    assert covered(ground_of(frame, layers), "zones").tolist() == expected


def test_coverage_of_several_parts_side_by_side(sites, layer):
    """A site astride two parts that touch is covered; astride a gap it is not."""
    parts = shapely.MultiPolygon([shapely.box(0, 0, 50, 50), shapely.box(60, 0, 90, 50)])
    joined = shapely.GeometryCollection([shapely.box(0, 0, 50, 50), shapely.box(50, 0, 90, 50)])
    frame = sites({"a": shapely.box(45, 0, 65, 10)})
    for coverage, expected in ((parts, False), (joined, True), (None, False)):
        layers = {"zones": layer("zones", [], coverage=coverage)}
        assert covered(ground_of(frame, layers), "zones").tolist() == [expected]


def test_edge_distance_is_to_the_outline_holes_included(sites, layer, square):
    """10 m from a hole, 90 m from the rim."""
    coverage = shapely.box(-90, -90, 500, 500).difference(shapely.box(20, 0, 30, 10))
    layers = {"zones": layer("zones", [], coverage=coverage)}
    assert edge_distance(ground_of(sites({"a": square()}), layers), "zones").tolist() == [10.0]


def test_overlaps_against_brute_force(sites, layer):
    """All pairs of 80 sites and 30 polygons, some of many points."""
    chance = np.random.default_rng(11)
    centres, sizes = chance.uniform(0, 500, (30, 2)), chance.uniform(10, 120, 30)
    polygons = [
        shapely.Point(x, y).buffer(size, quad_segs=4 if number % 2 else 80)
        for number, ((x, y), size) in enumerate(zip(centres, sizes, strict=True))
    ]
    corners = chance.uniform(0, 500, (80, 2))
    frame = sites({f"s{n}": shapely.box(x, y, x + 25, y + 15) for n, (x, y) in enumerate(corners)})
    layers = {"zones": layer("zones", [{"geometry": each} for each in polygons])}
    found = overlaps(ground_of(frame, layers), Selection("zones"))
    areas = np.zeros((80, 30))
    areas[found.site, found.feature] = found.area_m2
    expected = np.array([[a.intersection(b).area for b in polygons] for a in frame.geometry])
    np.testing.assert_allclose(areas, np.where(expected > 0.01, expected, 0), atol=1e-6)


def test_nearest_without_feature_is_infinitely_far(sites, layer, square):
    """No feature: infinity, and no piece."""
    ground = ground_of(sites({"a": square()}), {"stations": layer("stations", [])})
    found = nearest(ground, Selection("stations"))
    assert found.distance_m.tolist() == [float("inf")]
    assert found.piece.tolist() == [-1]


def test_what_is_asked_twice_is_computed_once(sites, layer, square):
    """The memo of the ground gives back the same arrays."""
    ground = ground_of(sites({"a": square()}), {"zones": layer("zones", [{"geometry": square()}])})
    assert overlaps(ground, Selection("zones")) is overlaps(ground, Selection("zones"))
    assert overlaps(ground, Selection("zones")).area_m2.tolist() == pytest.approx([100.0])


def test_what_is_farther_than_the_outline_is_not_bounded(sites, layer, square):
    """The outline is 10 m away: 9 m and 10 m are known, 11 m and nothing found are not."""
    layers = {"zones": layer("zones", [], coverage=shapely.box(-10, -50, 90, 90))}
    ground = ground_of(sites({"a": square(), "b": square(), "c": square(), "d": square()}), layers)
    asked = np.array([9.0, 10.0, 11.0, np.inf])
    assert is_bounded(ground, "zones", asked).tolist() == [True, True, False, False]


def test_areas_of_one_site_are_added_up(sites, layer, square):
    """Two squares share 100 m² and 50 m² with the first site, nothing with the second."""
    layers = {"zones": layer("zones", [{"geometry": square()}, {"geometry": square(5)}])}
    ground = ground_of(sites({"a": square(), "b": square(500)}), layers)
    assert shared_m2(ground, overlaps(ground, Selection("zones"))).tolist() == [150.0, 0.0]
