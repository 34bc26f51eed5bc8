import geopandas as gpd
import pandas as pd
import shapely

from geodata.fetching.frames import dressed, iso_days, joined, point_features, sound
from geodata.fetching.services import services

WORLD = "EPSG:4326"


def frame(ids, shapes, **columns):
    """Frame in WGS84."""
    return gpd.GeoDataFrame({"id": ids, **columns}, geometry=shapes, crs=WORLD)


def test_points_are_on_earth_or_nowhere():
    """Missing and impossible coordinates give no shape."""
    nan = float("nan")
    made = point_features(
        {"id": ["a", "b", "c"]},
        longitudes=pd.Series([2.3, nan, 200.0]),
        latitudes=pd.Series([49.9, 49.9, 49.9]),
    )
    assert shapely.Point(2.3, 49.9) == made.geometry.iloc[0]
    assert made.geometry.isna().tolist() == [False, True, True]


def test_no_points():
    """An empty frame keeps its columns."""
    none = pd.Series([], dtype="float64")
    assert 0 == len(point_features({"id": []}, longitudes=none, latitudes=none))


def test_frames_are_joined_in_wgs84():
    """Empty ones do not change the columns; all empty stay empty."""
    here = frame(["a"], [shapely.Point(2.3, 49.9)])
    there = frame(["b"], [shapely.Point(2.4, 49.9)]).to_crs("EPSG:2154")
    none = frame([], [])
    made = joined([none, here, there])
    assert ["a", "b"] == made["id"].tolist()
    assert shapely.dwithin(made.geometry.iloc[1], shapely.Point(2.4, 49.9), 1e-8)
    assert 0 == len(joined([none, none]))


def test_features_say_where_they_come_from():
    """Real, of the service, of that day; a confidence already said stays."""
    service = services()["osm"]
    made = dressed(frame(["a"], [shapely.Point(2, 49)]), service=service, day="2026-01-01")
    row = made.iloc[0]
    assert (False, "OpenStreetMap", "ODbL") == (row["demo"], row["source"], row["licence"])
    assert ("2026-01-01", "real", "high") == (
        row["source_date"],
        row["geom_precision"],
        row["confidence"],
    )
    low = frame(["a"], [shapely.Point(2, 49)], confidence="low")
    assert "low" == dressed(low, service=service, day=None)["confidence"].iloc[0]


def test_what_the_catalog_refuses_is_set_aside_and_said():
    """Each reason with its culprits; the sound rows stay."""
    square = shapely.box(2.3, 49.9, 2.301, 49.901)
    crossed = shapely.Polygon([(2, 49), (3, 50), (3, 49), (2, 50)])
    rows = frame(
        ["a", "a", "b", "c", "d", "e"],
        [square, square, None, shapely.Point(2, 49), crossed, square],
        insee=["80021", "80021", "80021", "80021", "80021", None],
        name="x",
    )
    kept, said = sound(rows, layer="communes")
    assert ["a"] == kept["id"].tolist()
    texts = [each.en for each in said]
    for reason, who in {
        "received twice": "a",
        "shape missing or empty": "b",
        "shape of another kind": "c",
        "invalid outline": "d",
        "required value missing": "e",
    }.items():
        assert f"communes: 1 set aside, {reason}: {who}" in texts


def test_sound_and_empty_frames_are_not_remarked():
    """Nothing set aside, nothing said."""
    known = {"insee": ["80021"], "name": ["x"]}
    assert [] == sound(frame(["a"], [shapely.box(2, 49, 3, 50)], **known), layer="communes")[1]
    assert [] == sound(frame([], [], insee=[], name=[]), layer="communes")[1]


def test_days():
    """Moments are cut to their day; what is none is missing."""
    days = iso_days(pd.Series(["2015-03-02", "2015-03-02T10:00:00", "2015-02-30", "x", None]))
    assert ["2015-03-02", "2015-03-02", None, None, None] == days.tolist()
