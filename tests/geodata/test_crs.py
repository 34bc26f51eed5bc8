import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geodata.crs import (
    PARTNER_CRS,
    WEB_CRS,
    WORK_CRS,
    is_same,
    looks_like_metres,
    shape_to_web,
    to_partner,
    to_web,
    to_work,
)

metropole = st.tuples(
    st.floats(633_138, 661_256, allow_nan=False), st.floats(6_963_121, 6_988_580, allow_nan=False)
)
"""Lambert-93 metres inside the box of Amiens Métropole."""


@given(st.lists(metropole, min_size=1, max_size=20))
def test_the_round_trip_stays_within_a_millimetre(places):
    """Lambert-93 → work → WGS84 → Lambert-93 gives the same places."""
    points = gpd.GeoDataFrame(geometry=gpd.points_from_xy(*zip(*places, strict=True)))
    there = to_web(to_work(points.set_crs(PARTNER_CRS)))
    back = shapely.get_coordinates(to_partner(there).geometry.values)
    assert np.abs(back - np.array(places)).max() < 0.001


def test_the_work_crs_reads_areas_nearly_true():
    """A geodesic square kilometre at Amiens reads −0.017 % in CC50 and +0.163 % in Lambert-93."""
    import pyproj  # noqa: PLC0415 - the independent computation

    corners = shapely.box(2.30, 49.88, 2.314, 49.889)
    dense = gpd.GeoDataFrame(geometry=[shapely.segmentize(corners, 0.0001)], crs=WEB_CRS)
    true, _ = pyproj.Geod(ellps="GRS80").geometry_area_perimeter(dense.geometry[0])
    assert pytest.approx(-0.00017, abs=2e-5) == to_work(dense).area[0] / true - 1
    assert pytest.approx(+0.00163, abs=5e-5) == to_partner(dense).area[0] / true - 1


def test_systems_are_compared_by_what_they_do():
    """Names differ where coordinates agree."""
    assert is_same("IGNF:LAMB93", PARTNER_CRS)
    assert is_same("OGC:CRS84", WEB_CRS)
    assert not is_same(WORK_CRS, PARTNER_CRS)


@pytest.mark.parametrize(
    ("bounds", "expected"),
    [
        ((633_138, 6_963_121, 661_256, 6_988_580), True),
        ((2.07, 49.77, 2.46, 49.99), False),
        ((49.77, 2.07, 49.99, 2.46), False),
        ((0, 0, 1e308, 1e308), False),
        ((np.nan,) * 4, False),
    ],
)
def test_metres_are_told_from_degrees(bounds, expected):
    """Only a box that fits in metropolitan Lambert-93 looks like it."""
    assert expected is looks_like_metres(bounds)


def test_a_shape_goes_to_the_map(corner):
    """The corner of the tiny layers lies near Amiens."""
    place = shape_to_web(shapely.Point(corner))
    assert pytest.approx((2.304, 49.890), abs=0.001) == (place.x, place.y)
