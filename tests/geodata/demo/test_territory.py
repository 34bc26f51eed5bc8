import pytest
import shapely

from geodata.demo import territory


@pytest.mark.parametrize(
    ("zone", "hectares"),
    [("gare_la_vallee", 112), ("intercampus", 80), ("renancourt", 63), ("gare", 45)],
)
def test_zones_have_their_published_area(zone, hectares):
    """Each zone measures what is published, within two per cent, in the work CRS."""
    assert territory.zone_outlines()[zone].area / 1e4 == pytest.approx(hectares, rel=0.02)


@pytest.mark.parametrize(
    ("zone", "centre", "metres"),
    [
        ("gare_la_vallee", (1_650_999, 9_188_267), 500),
        ("intercampus", (1_647_535, 9_186_687), 500),
        ("renancourt", (1_646_257, 9_188_313), 700),
    ],
)
def test_zones_lie_where_they_are_assumed(zone, centre, metres):
    """The middle of each ZAC is within the stated uncertainty of its assumed centre."""
    assert territory.zone_outlines()[zone].centroid.distance(shapely.Point(centre)) < metres


def test_zones_are_no_rectangles():
    """Outlines fill clearly less than the smallest rectangle around them."""
    for zone, shape in territory.zone_outlines().items():
        assert shape.area < 0.85 * shape.minimum_rotated_rectangle.area, zone


def test_the_station_lies_in_its_district():
    """The published point of the station is inside the station district."""
    station = shapely.Point(1_650_451, 9_187_990)
    assert territory.zone_outlines()["gare"].contains(station)


def test_communes_neither_overlap_nor_leave_gaps():
    """Schematic communes tile their frame."""
    outlines = list(territory.commune_outlines().values())
    assert sum(shape.area for shape in outlines) == pytest.approx(
        shapely.union_all(outlines).area, rel=1e-9
    )


def test_the_three_zacs_lie_in_amiens():
    """No ZAC leaves the schematic outline of Amiens."""
    amiens = territory.commune_outlines()["80021"]
    for zone, shape in territory.zone_outlines().items():
        assert amiens.contains(shape), zone


def test_river_and_railway_run_past_the_first_zac():
    """The first ZAC lies between the Somme and the railway and touches neither."""
    zac = territory.zone_outlines()["gare_la_vallee"]
    railway = territory.railways()[territory.MAIN_RAILWAY]
    assert zac.distance(territory.somme()) > 30
    assert zac.distance(railway) > 15
