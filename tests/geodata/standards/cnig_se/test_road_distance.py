import geopandas as gpd
import numpy as np
import shapely

from geodata.crs import WORK_CRS
from geodata.standards.cnig_se.road_distance import road_distances_m


def series(*shapes):
    """Shapes in the work CRS."""
    return gpd.GeoSeries(list(shapes), crs=WORK_CRS)


def test_the_way_follows_the_roads():
    """3 km east, 4 km north: 7 km by road, not 5; roads that cross meet."""
    roads = series(
        shapely.LineString([(-100, 0), (3000, 0)]), shapely.LineString([(3000, -100), (3000, 4000)])
    )
    found = road_distances_m(
        series(shapely.Point(-100, 0)), series(shapely.Point(3000, 4000)), roads=roads
    )
    assert 7100 == found[0, 0]


def test_an_area_is_left_by_its_nearest_crossing():
    """Crossings inside count from there; a place beside the road adds its way to it."""
    roads = series(
        shapely.LineString([(0, 0), (1000, 0)]), shapely.LineString([(1000, 0), (2000, 0)])
    )
    area, point = shapely.box(-50, -50, 1050, 50), shapely.Point(2000, 30)
    assert 1030 == road_distances_m(series(area), series(point), roads=roads)[0, 0]


def test_no_way_is_infinite():
    """Networks apart, places far from any road, no road at all."""
    roads = series(
        shapely.LineString([(0, 0), (100, 0)]), shapely.LineString([(5000, 0), (5100, 0)])
    )
    origins = series(shapely.Point(0, 0), shapely.Point(0, 900))
    found = road_distances_m(origins, series(shapely.Point(5100, 0)), roads=roads)
    assert np.isinf(found).all()
    assert np.isinf(road_distances_m(origins, series(shapely.Point(0, 0)), roads=series())).all()


def test_nothing_asked_is_nothing_said():
    """No origin, no target."""
    roads = series(shapely.LineString([(0, 0), (100, 0)]))
    assert (0, 1) == road_distances_m(series(), series(shapely.Point(0, 0)), roads=roads).shape
