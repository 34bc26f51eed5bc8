import math

import pytest
import shapely

from charters.facts import Missing
from zones.measures import evidence, measure_sites


def sector(x, y, side=100.0, kind="centre"):
    """Row of a square sector around a point."""
    half = side / 2
    return {
        "name": kind,
        "kind": kind,
        "geometry": shapely.box(x - half, y - half, x + half, y + half),
    }


def measured(frame, layers, name):
    """One measure of the sites."""
    return measure_sites(frame, layers, only=[name])[f"site.{name}"]


def test_commercial_pole_distance_m_to_any_pole(sites, layer, square):
    """40 m from the edge of the nearest pole, of either kind; 0 inside."""
    rows = [sector(500, 5), sector(100, 5, kind="periphery")]
    layers = {"commercial_sectors": layer("commercial_sectors", rows)}
    column = measured(
        sites({"a": square(), "in": square(90, 0)}), layers, "commercial_pole_distance_m"
    )
    assert [40.0, 0.0] == column.values.tolist()
    assert [5.0, 0.0] == column.tolerance.tolist()


@pytest.mark.parametrize(
    ("degrees", "expected"),
    [(180, 1), (140, 1), (220, 1), (130, 0), (230, 0), (0, 0), (90, 0), (270, 0)],
)
def test_is_west_of_centre_within_45_degrees(sites, layer, degrees, expected):
    """Angles from east, counter-clockwise; a small centre does not count."""
    rows = [sector(300, 300), sector(-300, 0, side=10), sector(0, 800, 200, kind="periphery")]
    layers = {"commercial_sectors": layer("commercial_sectors", rows)}
    x = 300 + 400 * math.cos(math.radians(degrees))
    y = 300 + 400 * math.sin(math.radians(degrees))
    frame = sites({"a": shapely.box(x - 5, y - 5, x + 5, y + 5)})
    column = measured(frame, layers, "is_west_of_centre")
    assert [expected] == column.values.tolist()


def test_without_a_centre_there_is_no_west(sites, layer, square):
    """Only peripheral poles: nothing to measure from, nothing to show."""
    rows = [sector(500, 5, kind="periphery")]
    layers = {"commercial_sectors": layer("commercial_sectors", rows)}
    column = measured(sites({"a": square()}), layers, "is_west_of_centre")
    assert [Missing.UNDEFINED] == column.missing.tolist()
    assert evidence("is_west_of_centre", sites({"a": square()}), layers).empty
