import geopandas as gpd
import pytest
import shapely

from geodata.crs import WORK_CRS
from geodata.layouts.coverage import outline


def frame(shapes=(None,), **columns):
    """Frame in the work CRS with ids."""
    return gpd.GeoDataFrame({"id": range(len(shapes)), **columns}, geometry=[*shapes], crs=WORK_CRS)


def test_the_outline_of_nothing():
    """No feature, no coverage."""
    assert outline(frame([])) is None


def test_the_outline_closes_streets_and_fills_squares():
    """A ring of blocks 10 m apart around a public square covers street and square."""
    blocks = [
        shapely.box(x, y, x + 90, y + 90)
        for x in (0, 100, 200)
        for y in (0, 100, 200)
        if (x, y) != (100, 100)
    ]
    area = outline(frame(blocks))
    assert pytest.approx(294 * 294, rel=0.01) == area.area
    assert shapely.covers(area, blocks).all()
    assert area.covers(shapely.Point(145, 145))
    assert area.covers(shapely.Point(95, 45))
    assert not area.covers(shapely.Point(310, 45))


def test_the_outline_of_points_and_lines_is_their_hull():
    """It speaks for what lies between them, no further."""
    corners = [shapely.Point(0, 0), shapely.Point(100, 0), shapely.Point(0, 100)]
    assert 5000.0 == outline(frame(corners)).area
    assert outline(frame(corners[:1])).is_valid
