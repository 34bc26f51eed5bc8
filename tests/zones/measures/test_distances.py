import geopandas as gpd
import numpy as np
import pyproj
import pytest
import shapely

from charters.facts import Missing
from geodata.crs import WEB_CRS, WORK_CRS
from zones.measures import evidence, measure_sites
from zones.sites import each_parcel

FAR = shapely.Point(900, 900)


def stops(*places):
    """Rows of stops: mode, x, y."""
    return [{"mode": mode, "name": mode, "geometry": shapely.Point(x, y)} for mode, x, y in places]


def distance(sites, layers, name):
    """One measure of one site."""
    return measure_sites(sites, layers, only=[name])[f"site.{name}"]


def test_bus_stop_distance_m_counts_every_stop(sites, layer, square):
    """From the edge (10, 10) to (13, 14) it is 5 m; a BHNS stop is a bus stop too."""
    frame = sites({"a": square()})
    bus = {"transit_stops": layer("transit_stops", stops(("bus", 13, 14), ("bhns", 60, 5)))}
    bhns = {"transit_stops": layer("transit_stops", stops(("bus", 60, 5), ("bhns", 13, 14)))}
    for layers in (bus, bhns):
        column = distance(frame, layers, "bus_stop_distance_m")
        assert column.values.tolist() == [5.0]
        assert column.tolerance.tolist() == [5.0]
        assert column.missing.tolist() == [Missing.KNOWN]


def test_bhns_stop_distance_m_leaves_ordinary_stops_out(sites, layer, square):
    """The bus stop at 5 m does not count, the BHNS stop at 50 m does."""
    layers = {"transit_stops": layer("transit_stops", stops(("bus", 13, 14), ("bhns", 60, 5)))}
    assert distance(sites({"a": square()}), layers, "bhns_stop_distance_m").values.tolist() == [50]


def test_station_distance_m_to_the_nearest_of_two(sites, layer, square):
    """Stations at 30 m and 90 m: 30 m."""
    rows = [{"name": "far", "geometry": shapely.Point(100, 5)}]
    rows += [{"name": "near", "geometry": shapely.Point(5, -30)}]
    layers = {"stations": layer("stations", rows)}
    assert distance(sites({"a": square()}), layers, "station_distance_m").values.tolist() == [30]


def test_fast_transit_distance_m_is_the_nearer_of_both_kinds(sites, layer, square):
    """A BHNS stop at 50 m, a station at 30 m or 90 m; the bus stop at 5 m does not count."""
    rows = stops(("bus", 13, 14), ("bhns", 60, 5))
    for y, expected in ((-30, 30.0), (-90, 50.0)):
        station = [{"name": "s", "geometry": shapely.Point(5, y)}]
        layers = {
            "transit_stops": layer("transit_stops", rows),
            "stations": layer("stations", station),
        }
        column = distance(sites({"a": square()}), layers, "fast_transit_distance_m")
        assert column.values.tolist() == [expected]
        shown = evidence("fast_transit_distance_m", sites({"a": square()}), layers)
        assert [expected] == shown[shown["role"] == "link"].length.tolist()


def test_a_far_station_does_not_hide_a_near_stop(sites, layer, square):
    """The station lies beyond what is known, but the stop is nearer than that."""
    coverage = shapely.box(-1000, -1000, 70, 1000)
    for x, expected in ((60, Missing.KNOWN), (-200, Missing.COVERAGE_EDGE)):
        layers = {
            "transit_stops": layer("transit_stops", stops(("bhns", x, 5))),
            "stations": layer("stations", [], coverage=coverage),
        }
        column = distance(sites({"a": square()}), layers, "fast_transit_distance_m")
        assert column.missing.tolist() == [expected]


def test_cycle_link_distance_m_to_the_middle_of_a_segment(sites, layer, square):
    """The foot of the perpendicular lies between two far vertices: 20 m."""
    line = shapely.LineString([(-500, 30), (500, 30), (500, 600)])
    layers = {"cycle_links": layer("cycle_links", [{"ame_d": "PISTE", "geometry": line}])}
    assert distance(sites({"a": square()}), layers, "cycle_link_distance_m").values.tolist() == [20]


def test_heat_main_distance_m_is_a_certain_0_when_the_main_crosses(sites, layer, square):
    """Crossed: 0 without tolerance; 7 m away: with tolerance; several parts count."""
    lines = shapely.MultiLineString([[(5, -50), (5, 50)], [(800, 0), (800, 9)]])
    layers = {"heat_mains": layer("heat_mains", [{"name": "main", "geometry": lines}])}
    frame = sites({"crossed": square(), "beside": square(12)})
    column = distance(frame, layers, "heat_main_distance_m")
    assert column.values.tolist() == pytest.approx([0.0, 7.0])
    assert column.tolerance.tolist() == [0.0, 5.0]


def test_hotel_distance_m_ignores_pending_hotels(sites, layer, square):
    """Pending at 10 m, authorised at 40 m, existing at 90 m: 40 m."""
    rows = [
        {"name": "p", "status": "pending", "geometry": shapely.Point(20, 5)},
        {"name": "a", "status": "authorised", "geometry": shapely.Point(50, 5)},
        {"name": "e", "status": "existing", "geometry": shapely.Point(100, 5)},
    ]
    layers = {"hotels": layer("hotels", rows)}
    assert distance(sites({"a": square()}), layers, "hotel_distance_m").values.tolist() == [40]


@pytest.mark.parametrize(
    ("coverage_edge", "expected"),
    [(61, Missing.KNOWN), (60, Missing.KNOWN), (59, Missing.COVERAGE_EDGE)],
)
def test_nearer_edge_of_coverage_hides_the_true_nearest(
    sites, layer, square, coverage_edge, expected
):
    """A stop at 50 m is the nearest only if nothing unknown lies within 50 m."""
    layers = {
        "stations": layer(
            "stations",
            [{"name": "s", "geometry": shapely.Point(5, 60)}],
            coverage=shapely.box(-1000, -1000, coverage_edge, 1000),
        )
    }
    column = distance(sites({"a": square()}), layers, "station_distance_m")
    assert column.missing.tolist() == [expected]
    assert np.isnan(column.values[0]) == (expected != Missing.KNOWN)


def test_nothing_of_the_kind_leaves_the_distance_unknown(sites, layer, square):
    """No stop at all, or none of the mode: it may lie beyond the coverage."""
    frame = sites({"a": square()})
    empty = layer("transit_stops", [{"mode": "bus", "name": "b", "geometry": FAR}])
    column = distance(frame, {"transit_stops": empty}, "bhns_stop_distance_m")
    assert column.missing.tolist() == [Missing.COVERAGE_EDGE]
    none = {"cycle_links": layer("cycle_links", [])}
    assert distance(frame, none, "cycle_link_distance_m").missing.tolist() == [
        Missing.COVERAGE_EDGE
    ]


def test_against_brute_force(sites, layer):
    """Bulk queries give what shapely gives pair by pair, to a micrometre."""
    chance = np.random.default_rng(20261101)
    corners = chance.uniform(0, 800, (60, 2))
    frame = sites({f"s{n}": shapely.box(x, y, x + 20, y + 9) for n, (x, y) in enumerate(corners)})
    lines = [shapely.LineString(chance.uniform(0, 800, (5, 2))) for _ in range(7)]
    rows = [{"ame_d": "x", "geometry": line} for line in lines]
    column = distance(frame, {"cycle_links": layer("cycle_links", rows)}, "cycle_link_distance_m")
    expected = [min(each.distance(line) for line in lines) for each in frame.geometry]
    np.testing.assert_allclose(column.values, expected, atol=1e-6)


def test_against_the_geodesic(layer):
    """Two points of Amiens 500 m apart on the ellipsoid read 500 m, to 0.02 %."""
    geod = pyproj.Geod(ellps="GRS80")
    for azimuth in (0, 45, 90, 200):
        lon, lat, _ = geod.fwd(2.30, 49.89, azimuth, 500.0)
        dot = gpd.GeoSeries([shapely.Point(2.30, 49.89), shapely.Point(lon, lat)], crs=WEB_CRS)
        start, end = dot.to_crs(WORK_CRS)
        speck = shapely.box(start.x - 0.001, start.y - 0.001, start.x + 0.001, start.y + 0.001)
        frame = each_parcel(
            gpd.GeoDataFrame({"contenance": [1.0]}, geometry=[speck], index=["a"], crs=WORK_CRS)
        )
        stations = layer("stations", [{"name": "s", "geometry": end}], coverage=start.buffer(2000))
        column = distance(frame, {"stations": stations}, "station_distance_m")
        assert column.values[0] == pytest.approx(500.0, rel=2e-4)
