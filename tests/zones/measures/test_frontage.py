import numpy as np
import pytest
import shapely

from zones.measures import measure_sites


def prescriptions(layer, *shapes, kind="22"):
    """Prescriptions of one type."""
    rows = [{"libelle": "L", "typepsc": kind, "geometry": shape} for shape in shapes]
    return {"plu_prescriptions": layer("plu_prescriptions", rows)}


def frontage(frame, layers):
    """The one measure of this module."""
    return measure_sites(frame, layers, only=["protected_frontage_m"])["site.protected_frontage_m"]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ([(-50, -1), (50, -1)], 10.0),
        ([(-50, 0), (50, 0)], 10.0),
        ([(-50, -2.9), (50, -2.9)], 10.0),
        ([(-50, 1), (50, 1)], 10.0),
        ([(-50, -1), (4, -1)], 4.0),
        ([(2, -1), (6, -1), (8, -1)], 6.0),
        ([(-50, -3.2), (50, -3.2)], 0.0),
        ([(5, -50), (5, -1)], 0.0),
        ([(-50, -1), (11, -1), (11, 50)], 20.0),
    ],
    ids=[
        "1 m off, sides not counted",
        "on the edge",
        "2.9 m off",
        "1 m inside",
        "ends at 4 m",
        "6 m long",
        "too far",
        "meets the edge head-on",
        "round a corner",
    ],
)
def test_protected_frontage_m_is_the_edge_along_the_line(sites, layer, square, line, expected):
    """Length of a 10 m square's edge beside and along the line, by hand."""
    layers = prescriptions(layer, shapely.LineString(line))
    assert frontage(sites({"a": square()}), layers).values[0] == pytest.approx(expected)


def test_slanting_line_counts_the_part_within_reach(sites, layer):
    """A line that leaves the edge at slope 3/4 is 3 m away after 5 m along itself."""
    line = shapely.LineString([(0, 0), (40, -30)])
    layers = prescriptions(layer, line)
    column = frontage(sites({"a": shapely.box(0, 0, 30, 100)}), layers)
    assert column.values[0] == pytest.approx(5.0)


def test_two_protected_lines_on_one_edge_count_once(sites, layer, square):
    """The same street drawn twice, or in two pieces, gives the same frontage."""
    twice = [shapely.LineString([(-9, -1), (30, -1)]), shapely.LineString([(-9, -2), (30, -2)])]
    cut = [shapely.LineString([(-9, -1), (5, -1)]), shapely.LineString([(5, -1), (30, -1)])]
    for lines in (twice, cut):
        column = frontage(sites({"a": square()}), prescriptions(layer, *lines))
        assert column.values[0] == pytest.approx(10.0)


def test_other_prescriptions_and_surfaces_do_not_count(sites, layer, square):
    """Type 38, and a surface of type 22, protect no frontage."""
    line = shapely.LineString([(-50, -1), (50, -1)])
    assert frontage(sites({"a": square()}), prescriptions(layer, line, kind="38")).values[0] == 0
    surface = shapely.box(-50, -3, 50, 0)
    assert frontage(sites({"a": square()}), prescriptions(layer, surface)).values[0] == 0


def test_no_frontage_is_certain_beyond_reach_and_tolerance(sites, layer, square):
    """At 3.2 m the answer 0 may be an error of drawing; at 4 m it is not."""
    layers = prescriptions(layer, shapely.LineString([(-50, -3.2), (50, -3.2)]))
    frame = sites({"near": square(), "far": square(0, 0.8)})
    column = frontage(frame, layers)
    assert column.values.tolist() == [0.0, 0.0]
    assert column.tolerance.tolist() == [0.5, 0.0]


def test_parallel_edges_against_a_dense_sample(sites, layer):
    """On random rectangles the frontage is the share of sampled edge points beside the line."""
    chance = np.random.default_rng(3)
    line = shapely.LineString([(0, 0), (60, 0)])
    layers = prescriptions(layer, line)
    for number in range(20):
        x, y = chance.uniform(-20, 50), chance.uniform(0.2, 4)
        wide = chance.uniform(5, 30)
        frame = sites({f"s{number}": shapely.box(x, y, x + wide, y + 12)})
        along = np.linspace(x, x + wide, 20001)
        beside = (along >= 0) & (along <= 60) & (y <= 3)
        expected = np.mean(beside) * wide
        assert frontage(frame, layers).values[0] == pytest.approx(expected, abs=0.01)
