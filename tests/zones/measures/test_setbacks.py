import numpy as np
import pytest
import shapely

from charters.facts import Missing
from zones.measures import evidence, measure_sites
from zones.measures.setbacks import SETBACKS_M

MOTORWAY = {
    "name": "A29",
    "road_class": "motorway",
    "geometry": shapely.LineString([(-900, 0), (900, 0)]),
}
AVENUE = {
    "name": "N1",
    "road_class": "high_traffic",
    "geometry": shapely.LineString([(500, -900), (500, 900)]),
}
STREET = {
    "name": "rue",
    "road_class": "street",
    "geometry": shapely.LineString([(-900, 400), (900, 400)]),
}


def measured(frame, layers, name):
    """One measure of the sites."""
    return measure_sites(frame, layers, only=[name])[f"site.{name}"]


@pytest.fixture
def layers(layer):
    """Maker of the layers: three roads, and areas given as shapes."""

    def make(*areas, **options):
        rows = [{"name": "U", "kind": "urbanised", "geometry": each} for each in areas]
        return {
            "roads": layer("roads", [MOTORWAY, AVENUE, STREET], **options),
            "urbanised_areas": layer("urbanised_areas", rows),
        }

    return make


def test_setbacks_of_the_law():
    """Code de l'urbanisme, L. 111-6: 100 m for motorways, 75 m for other high-traffic roads."""
    assert {"motorway": 100.0, "high_traffic": 75.0} == SETBACKS_M


def test_road_band_area_m2_is_measured_from_the_axis(sites, layers):
    """A plot 90 m from the axis, 20 m deep and 50 m wide: half of it lies within 100 m."""
    frame = sites({"half": shapely.box(0, 90, 50, 110), "beyond": shapely.box(0, 101, 50, 120)})
    column = measured(frame, layers(), "road_band_area_m2")
    assert [500.0, 0.0] == pytest.approx(column.values.tolist(), abs=0.5)
    assert [1.0, 0.0] == column.tolerance.tolist()


def test_road_band_area_m2_counts_ground_beside_two_roads_once(sites, layers):
    """At the crossing of the two roads the whole plot counts, once; a street has no band."""
    frame = sites({"both": shapely.box(430, 30, 450, 50), "street": shapely.box(0, 390, 20, 410)})
    column = measured(frame, layers(), "road_band_area_m2")
    assert [400.0, 0.0] == pytest.approx(column.values.tolist())
    assert [0.0, 0.0] == column.tolerance.tolist()


def test_road_setback_area_m2_leaves_urbanised_areas_and_studies_out(sites, layers):
    """40 m of the 50 m of front are urbanised: a fifth of the band is left."""
    frame = sites({"a": shapely.box(0, 60, 50, 110)})
    column = measured(frame, layers(shapely.box(10, 0, 80, 200)), "road_setback_area_m2")
    assert [10 * 40.0] == pytest.approx(column.values.tolist(), abs=0.5)
    whole = measured(frame, layers(shapely.box(-10, 0, 80, 200)), "road_setback_area_m2")
    assert [0.0] == whole.values.tolist()


def test_road_band_m_is_the_largest_that_touches(sites, layers):
    """100 m beside the motorway, 75 m beside the avenue, 100 m beside both, 0 elsewhere."""
    places = {"m": (0, 50), "a": (560, 300), "both": (560, 60), "none": (0, 300)}
    frame = sites({key: shapely.box(x, y, x + 10, y + 10) for key, (x, y) in places.items()})
    column = measured(frame, layers(), "road_band_m")
    assert [100.0, 75.0, 100.0, 0.0] == column.values.tolist()


def test_road_beyond_the_coverage_may_have_its_band_here(sites, layers):
    """95 m from the end of the coverage nothing is known, unless the plot is all in a band."""
    near = layers(coverage=shapely.box(-1000, -1000, 1000, 305))
    frame = sites(
        {
            "edge": shapely.box(0, 200, 10, 210),
            "inner": shapely.box(0, 150, 10, 160),
            "band": shapely.box(430, 210, 440, 220),
        }
    )
    column = measured(frame, near, "road_band_area_m2")
    assert [Missing.COVERAGE_EDGE, Missing.KNOWN, Missing.KNOWN] == column.missing.tolist()
    width = measured(frame, near, "road_band_m")
    assert [Missing.COVERAGE_EDGE, Missing.KNOWN, Missing.COVERAGE_EDGE] == width.missing.tolist()
    town = {**near, "urbanised_areas": layers(shapely.box(-50, 190, 50, 220))["urbanised_areas"]}
    assert Missing.KNOWN == measured(frame, town, "road_setback_area_m2").missing[0]


def test_against_points(sites, layers):
    """Areas agree with ten thousand points, each measured to the axes by itself."""
    chance = np.random.default_rng(3)
    axes = {100.0: MOTORWAY["geometry"], 75.0: AVENUE["geometry"]}
    plot = shapely.box(380, 20, 480, 180)
    dots = shapely.points(chance.uniform((380, 20), (480, 180), (10_000, 2)))
    inside = np.zeros(len(dots), dtype=bool)
    for reach, axis in axes.items():
        inside |= shapely.distance(dots, axis) <= reach
    column = measured(sites({"a": plot}), layers(), "road_band_area_m2")
    assert inside.mean() * plot.area == pytest.approx(column.values[0], rel=0.02)


def test_evidence_is_the_part_in_the_band(sites, layers):
    """The clipped part has the area of the value; the road is named."""
    frame = sites({"a": shapely.box(0, 90, 50, 110)})
    shown = evidence("road_setback_area_m2", frame, layers())
    assert ["reach", "clip", "target"] == shown["role"].tolist()
    assert ["", "", "A29"] == shown["label"].tolist()
    assert 500.0 == pytest.approx(shown.geometry.iloc[1].area, abs=0.5)
