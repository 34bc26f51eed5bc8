import pytest
import shapely

from geodata.demo.ground import curve, facts, ground, outline, parts_of, place, spot, surface


def test_drawings_and_facts_name_the_same_things():
    """Zones, communes, lines and economic sites are drawn and described, none missing."""
    for key in ("zones", "communes", "transit_lines"):
        assert set(ground()[key]) == set(facts()[key]), key
    assert set(ground()["economic_sites"]) == {site["id"] for site in facts()["economic_sites"]}


def test_every_fact_of_a_real_thing_has_a_source():
    """Zones, stations, hotels, anchors and sectors quote where they come from."""
    for key in ("stations", "hotels", "anchors"):
        assert all(about["source"] for about in facts()[key]), key
    for key in ("zones", "sectors"):
        assert all(about["source"] for about in facts()[key].values()), key


def test_place_of_the_station():
    """The published point of the station falls where another program puts it, to the metre."""
    point = place(49.88996, 2.31041)
    assert (point.x, point.y) == pytest.approx((1_650_451.4, 9_187_989.9), abs=0.1)


def test_spot_counts_from_the_origin_of_the_drawings():
    """A drawn point is metres from (1 640 000, 9 180 000)."""
    assert spot(12, 34).equals(shapely.Point(1_640_012, 9_180_034))


def test_curve_keeps_its_ends_and_softens_its_corners():
    """A right angle becomes a bend between the same ends."""
    line = curve([(0, 0), (100, 0), (100, 100)])
    assert line.boundary.equals(shapely.MultiPoint([spot(0, 0), spot(100, 100)]))
    assert line.distance(spot(100, 0)) > 5
    assert line.length < 200


def test_outline_cuts_corners():
    """A square of 100 m loses four corner triangles of 25 m by 25 m; none when not asked."""
    square = [(0, 0), (100, 0), (100, 100), (0, 100)]
    assert outline(square, rounds=0).area == pytest.approx(10_000)
    assert outline(square).area == pytest.approx(10_000 - 4 * 25 * 25 / 2)


def test_surface_drops_lines_and_crumbs():
    """What overlays leave behind goes; polygons stay."""
    square = shapely.box(0, 0, 10, 10)
    crumbs = [shapely.box(20, 0, 20.1, 0.1), shapely.LineString([(30, 0), (31, 0)])]
    assert surface(shapely.GeometryCollection([square, *crumbs])).equals(square)


def test_parts_of_a_polygon_and_of_many():
    """A polygon is its own part."""
    square, other = shapely.box(0, 0, 1, 1), shapely.box(2, 0, 3, 1)
    assert len(parts_of(square)) == 1
    assert len(parts_of(shapely.MultiPolygon([square, other]))) == 2
