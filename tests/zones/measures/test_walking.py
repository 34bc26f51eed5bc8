import numpy as np
import pytest
import shapely

from charters.facts import Missing
from zones.measures import evidence, ground_of, measure_sites
from zones.measures.walking import site_access

NAMES = ("bus_stop_walk_m", "bhns_stop_walk_m", "station_walk_m")


def street(*points):
    """Row of one street for feet and cars."""
    return {
        "name": "rue",
        "is_walkable": True,
        "is_drivable": True,
        "speed_kmh": 30.0,
        "geometry": shapely.LineString(points),
    }


@pytest.fixture
def town(layer):
    """Layers: a street and another across it, a bus stop, a BHNS stop and a station."""
    streets = [
        street((-500, -5), (100, -5)),
        street((100, -5), (100, 400)),
        street((100, -5), (700, -5)),
    ]
    stops = [
        {"mode": "bus", "name": "bus", "geometry": shapely.Point(60, -5)},
        {"mode": "bhns", "name": "bhns", "geometry": shapely.Point(102, 95)},
    ]
    stations = [{"name": "gare", "geometry": shapely.Point(300, -15)}]
    return {
        "streets": layer("streets", streets),
        "transit_stops": layer("transit_stops", stops),
        "stations": layer("stations", stations),
    }


def walked(frame, layers, name):
    """One measure of the sites."""
    return measure_sites(frame, layers, only=[name])[f"site.{name}"]


def test_bus_stop_walk_m_counts_bhns_stops_too(sites, town, square):
    """5 m to the street and 50 m along it; a site beside the BHNS stop has that one."""
    column = walked(sites({"a": square(), "b": square(110, 90)}), town, "bus_stop_walk_m")
    assert [55.0, 12.0] == pytest.approx(column.values.tolist())
    assert [10.0, 10.0] == column.tolerance.tolist()


def test_bhns_stop_walk_m_goes_round_the_corner(sites, town, square):
    """5 m out, 90 m to the crossing, 100 m up the other street, 2 m to the stop."""
    column = walked(sites({"a": square()}), town, "bhns_stop_walk_m")
    assert [5.0 + 90.0 + 100.0 + 2.0] == pytest.approx(column.values.tolist())


def test_station_walk_m_is_never_shorter_than_the_straight_line(sites, town, square):
    """5 + 290 + 10 m on foot, 290.7 m as the crow flies."""
    frame = sites({"a": square()})
    column = walked(frame, town, "station_walk_m")
    assert [305.0] == pytest.approx(column.values.tolist())
    assert column.values[0] > walked(frame, town, "station_distance_m").values[0]


def test_stop_on_the_site_is_at_a_certain_0(sites, town):
    """A stop inside the site's boundary: no way to walk, and no tolerance."""
    column = walked(sites({"a": shapely.box(50, -10, 70, 10)}), town, "bus_stop_walk_m")
    assert [0.0] == column.values.tolist()
    assert [0.0] == column.tolerance.tolist()


@pytest.mark.parametrize("name", NAMES)
def test_without_streets_the_walk_is_unknown(name, sites, town, square):
    """No layer of streets: the straight line is known, the walk is not."""
    rest = {each: town[each] for each in town if each != "streets"}
    assert [Missing.NO_LAYER] == walked(sites({"a": square()}), rest, name).missing.tolist()


@pytest.mark.parametrize("layer_id", ["streets", "stations"])
def test_shorter_way_may_lie_beyond_either_coverage(layer_id, sites, town, layer, square):
    """A way of 305 m, but what lies 200 m away is not known."""
    rows = town[layer_id].features
    near = layer(layer_id, rows.to_dict("records"), coverage=shapely.box(-190, -190, 200, 200))
    column = walked(sites({"a": square()}), {**town, layer_id: near}, "station_walk_m")
    assert [Missing.COVERAGE_EDGE] == column.missing.tolist()
    assert np.isnan(column.values).all()


def test_no_way_leads_to_the_target(sites, town, layer, square):
    """A stop on a street that meets no other is out of reach; without any stop, who knows."""
    island = layer("streets", [street((-500, -5), (100, -5)), street((105, -5), (700, -5))])
    column = walked(sites({"a": square()}), {**town, "streets": island}, "station_walk_m")
    assert [Missing.UNREACHABLE] == column.missing.tolist()
    none = {**town, "stations": layer("stations", [])}
    assert [Missing.COVERAGE_EDGE] == walked(
        sites({"a": square()}), none, "station_walk_m"
    ).missing.tolist()


def test_evidence_is_the_way_walked(sites, town, square):
    """The line drawn is as long as the value and ends at the stop; the reach holds its streets."""
    frame = sites({"a": square()})
    shown = evidence("bhns_stop_walk_m", frame, town, threshold=300.0)
    assert ["reach", "link", "target"] == shown["role"].tolist()
    assert ["", "bhns", "bhns"] == shown["label"].tolist()
    reach, link, target = shown.geometry
    assert walked(frame, town, "bhns_stop_walk_m").values[0] == pytest.approx(link.length)
    assert (102, 95) == link.coords[-1]
    assert shapely.Point(102, 95) == target
    assert reach.covers(shapely.LineString([(100, -5), (100, 195)]))


def test_evidence_of_a_stop_on_the_site(sites, town):
    """The stop, and no way to it."""
    shown = evidence("bus_stop_walk_m", sites({"a": shapely.box(50, -10, 70, 10)}), town)
    assert ["target"] == shown["role"].tolist()


def test_site_access_is_found_once(sites, town, square):
    """The three measures share the ways from the site to the streets."""
    ground = ground_of(sites({"a": square()}), town)
    assert site_access(ground) is site_access(ground)
