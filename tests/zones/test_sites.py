import geopandas as gpd
import numpy as np
import pandas as pd
import pyproj
import pytest
import shapely

from geodata.crs import WEB_CRS, WORK_CRS
from geodata.errors import SelectionError
from zones.sites import each_parcel, one_site

COLUMNS = ["parcels", "contenance_m2", "planar_area_m2", "is_contiguous", "geometry"]


def parcels_of(shapes, contenance=None):
    """Parcels from id → polygon."""
    areas = [100.0] * len(shapes) if contenance is None else contenance
    return gpd.GeoDataFrame(
        {"contenance": areas}, geometry=list(shapes.values()), index=list(shapes), crs=WORK_CRS
    )


@pytest.fixture
def row():
    """Three squares of 10 m in a row, the third after a gap of 5 m."""
    return parcels_of(
        {
            "80021000ZX0002": shapely.box(10, 0, 20, 10),
            "80021000ZX0001": shapely.box(0, 0, 10, 10),
            "80021000ZX0003": shapely.box(25, 0, 35, 10),
        },
        [98.0, 101.0, None],
    )


def test_no_parcel_gives_no_site():
    """An empty layer gives an empty frame with every column."""
    sites = each_parcel(parcels_of({}))
    assert sites.empty
    assert list(sites.columns) == COLUMNS
    assert sites.index.name == "site_id"


def test_every_parcel_is_its_own_site(row):
    """Ids, order, areas and shapes are those of the parcels."""
    sites = each_parcel(row)
    assert list(sites.index) == list(row.index)
    assert sites["parcels"].tolist() == [(each,) for each in row.index]
    assert sites["planar_area_m2"].tolist() == [100.0, 100.0, 100.0]
    assert sites["contenance_m2"].tolist()[:2] == [98.0, 101.0]
    assert np.isnan(sites["contenance_m2"].iloc[2])
    assert sites["is_contiguous"].tolist() == [True, True, True]
    assert sites.crs == WORK_CRS


def test_one_parcel_alone_equals_its_row_in_the_batch(row):
    """A site of one parcel is the parcel."""
    batch = each_parcel(row)
    for each in row.index:
        pd.testing.assert_frame_equal(batch.loc[[each]], one_site(row, [each]))


def test_site_of_two_neighbours(row):
    """Areas add up, the shared side disappears, and the site is one piece."""
    site = one_site(row, ["80021000ZX0001", "80021000ZX0002"])
    assert site["parcels"].iloc[0] == ("80021000ZX0001", "80021000ZX0002")
    assert site["contenance_m2"].iloc[0] == 199.0
    assert site["planar_area_m2"].iloc[0] == 200.0
    assert site.geometry.iloc[0].equals(shapely.box(0, 0, 20, 10))
    assert site["is_contiguous"].iloc[0]


def test_one_unknown_registered_area_makes_the_sum_unknown(row):
    """A null contenance is never counted as 0."""
    site = one_site(row, ["80021000ZX0001", "80021000ZX0003"])
    assert np.isnan(site["contenance_m2"].iloc[0])
    assert not site["is_contiguous"].iloc[0]


def test_site_id_does_not_depend_on_the_order_of_clicks_nor_on_repeats(row):
    """The same set of parcels has the same id; another set another one."""
    first, second, third = sorted(row.index)
    forth = one_site(row, [first, second, second])
    back = one_site(row, (each for each in [second, first]))
    pd.testing.assert_frame_equal(forth, back)
    assert forth["contenance_m2"].iloc[0] == 199.0
    assert one_site(row, [first, third]).index[0] != forth.index[0]
    assert list(one_site(row, [first, second], site_id="mine").index) == ["mine"]


@pytest.mark.parametrize(
    ("neighbour", "expected"),
    [
        (shapely.box(10, 0, 20, 10), True),
        (shapely.box(10.09, 0, 20, 10), True),
        (shapely.box(10.11, 0, 20, 10), False),
        (shapely.box(10, 10, 20, 20), False),
        (shapely.box(10, 9.95, 20, 20), True),
        (shapely.box(9, 9, 20, 20), True),
        (shapely.box(10.05, 10.05, 20, 20), False),
        (shapely.Polygon([(10, 5), (20, 0), (20, 10)]), False),
        (shapely.box(10, 0, 10.015, 10), True),
    ],
    ids=[
        "shared side",
        "gap of 9 cm",
        "gap of 11 cm",
        "corner only",
        "5 cm of a side",
        "overlap",
        "corners apart",
        "corner on a side",
        "sliver of 1.5 cm",
    ],
)
def test_contiguity(neighbour, expected):
    """Hairline gaps are bridged; a point of contact is not contact."""
    parcels = parcels_of({"a": shapely.box(0, 0, 10, 10), "b": neighbour})
    assert expected == one_site(parcels, ["a", "b"])["is_contiguous"].iloc[0]


def test_detached_sliver_is_not_lost_in_the_count():
    """A sliver that vanishes when shrunk still makes two pieces when it lies far away."""
    parcels = parcels_of({"a": shapely.box(0, 0, 10, 10), "b": shapely.box(50, 0, 50.005, 10)})
    assert not one_site(parcels, ["a", "b"])["is_contiguous"].iloc[0]


def test_multipart_parcel_is_said_to_be_in_pieces():
    """One parcel of two distant parts is not contiguous; with a hole it is."""
    two = shapely.MultiPolygon([shapely.box(0, 0, 1, 1), shapely.box(5, 0, 6, 1)])
    ring = shapely.box(0, 0, 10, 10).difference(shapely.box(4, 4, 6, 6))
    sites = each_parcel(parcels_of({"two": two, "ring": ring}))
    assert sites["is_contiguous"].tolist() == [False, True]
    assert sites["planar_area_m2"].tolist() == [2.0, 96.0]


def test_ground_under_two_parcels_counts_once():
    """The planar area is the one of the union."""
    parcels = parcels_of({"a": shapely.box(0, 0, 10, 10), "b": shapely.box(8, 0, 18, 10)})
    assert one_site(parcels, ["a", "b"])["planar_area_m2"].iloc[0] == 180.0


def test_planar_area_agrees_with_the_geodesic_one():
    """In Amiens the work CRS reads areas 0.017 % low, no more than 0.02 % either way."""
    ring = [(2.30, 49.89), (2.302, 49.89), (2.302, 49.891), (2.30, 49.891)]
    degrees = gpd.GeoDataFrame(
        {"contenance": [1.0]}, geometry=[shapely.Polygon(ring)], index=["a"], crs=WEB_CRS
    )
    geodesic, _ = pyproj.Geod(ellps="GRS80").geometry_area_perimeter(shapely.Polygon(ring))
    planar = each_parcel(degrees.to_crs(WORK_CRS))["planar_area_m2"].iloc[0]
    assert planar == pytest.approx(geodesic, rel=2e-4)


def test_nothing_chosen_is_refused(row):
    """A site needs a parcel."""
    with pytest.raises(SelectionError, match="Aucune parcelle"):
        one_site(row, [])


@pytest.mark.parametrize(
    ("asked", "proposed"),
    [
        ("80021000ZX0009", "80021000ZX000"),
        ("ZX0002", "80021000ZX0002"),
        ("zx0002", "80021000ZX0002"),
        ("8021000ZX0002", "80021000ZX0002"),
    ],
)
def test_unknown_parcel_is_named_with_a_near_one(row, asked, proposed):
    """The message repeats the id and proposes the nearest."""
    with pytest.raises(SelectionError) as caught:
        one_site(row, ["80021000ZX0001", asked])
    assert len(caught.value.faults) == 1
    said = caught.value.say("en")
    assert f"“{asked}” does not exist" in said
    assert f"Did you mean “{proposed}" in said


def test_many_unknown_parcels_are_all_reported(row):
    """Five by name, the rest together."""
    with pytest.raises(SelectionError) as caught:
        one_site(row, [f"9999900000000{number}" for number in range(8)])
    assert len(caught.value.faults) == 6
    assert "99999000000007" in caught.value.say("fr")
    assert "14 caractères" in caught.value.say("fr")


def test_arguments_are_left_alone(row):
    """Neither the parcels nor the ids are changed."""
    before = row.copy()
    ids = ["80021000ZX0002", "80021000ZX0001"]
    one_site(row, ids)
    each_parcel(row)
    assert ids == ["80021000ZX0002", "80021000ZX0001"]
    pd.testing.assert_frame_equal(before, row)
