import datetime as dt
import json
import re

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geodata.crs import WEB_CRS, WORK_CRS
from geodata.errors import MissingCrsError, StoreError
from geodata.writing.geojson import to_text, write_features

X, Y = 1_650_000.0, 9_188_000.0


def strict(text):
    """Document read by a parser that refuses NaN and Infinity."""

    def refuse(constant):
        raise AssertionError(constant)

    return json.loads(text, parse_constant=refuse)


def document(shapes, *, crs=WEB_CRS, **columns):
    """Document written from shapes and columns."""
    frame = gpd.GeoDataFrame(columns, geometry=list(shapes), crs=crs)
    return strict(to_text(frame, metadata={}))


def rings(geometry):
    """Rings of a polygon or multipolygon in a document."""
    parts = geometry["coordinates"]
    return [parts] if geometry["type"] == "Polygon" else parts


def signed_area(ring):
    """Shoelace formula: positive when counter-clockwise."""
    x, y = np.array(ring).T
    return 0.5 * np.sum(x[:-1] * y[1:] - x[1:] * y[:-1])


def test_no_feature_makes_a_valid_empty_collection():
    """Metadata are there all the same."""
    frame = gpd.GeoDataFrame({"a": []}, geometry=[], crs=WEB_CRS)
    assert {"type": "FeatureCollection", "metadata": {"v": "1"}, "features": []} == strict(
        to_text(frame, metadata={"v": "1"})
    )


def test_members_are_those_of_rfc_7946(parcels):
    """No `crs`, ids as text, metadata at the top, one feature per line."""
    text = to_text(parcels.features, metadata={"demonstration": True, "share": np.float64(1)})
    made = strict(text)
    assert ["type", "metadata", "features"] == list(made)
    assert {"demonstration": True, "share": 1.0} == made["metadata"]
    assert ["type", "id", "geometry", "properties"] == list(made["features"][0])
    assert "80021000ZX0001" == made["features"][0]["id"]
    assert "80021000ZX0001" == made["features"][0]["properties"]["id"]
    assert 3 + 2 == len(text.splitlines())


def test_whole_numbers_in_the_index_become_text_ids():
    """Some readers cut large numbers."""
    assert ["0", "1"] == [each["id"] for each in document([None, None])["features"]]


def test_coordinates_are_degrees_with_at_most_seven_decimals(parcels):
    """Longitude first; 1 cm is enough."""
    text = to_text(parcels.features, metadata={})
    west, south = strict(text)["features"][0]["geometry"]["coordinates"][0][0]
    assert 2.2 < west < 2.4
    assert 49.8 < south < 50.0
    assert [] == re.findall(r"\d\.\d{8,}", text)


@pytest.mark.parametrize("clockwise", [True, False])
def test_rings_follow_the_right_hand_rule(clockwise):
    """Exterior counter-clockwise, holes clockwise, whatever they were."""
    outer, inner = shapely.box(0, 0, 3, 3), shapely.box(1, 1, 2, 2)
    holed = shapely.orient_polygons(outer.difference(inner), exterior_cw=clockwise)
    both = shapely.MultiPolygon([holed, shapely.box(5, 5, 6, 6, ccw=clockwise)])
    for feature in document([holed, both])["features"]:
        for exterior, *holes in rings(feature["geometry"]):
            assert signed_area(exterior) > 0
            assert all(signed_area(hole) < 0 for hole in holes)


def test_shapes_may_be_mixed_missing_empty_or_high():
    """Evidence is lines, points and areas; what is nowhere is null; heights are dropped."""
    shapes = [
        shapely.Point(1, 2, 3),
        shapely.LineString([(0, 0), (1, 1)]),
        None,
        shapely.Polygon(),
        shapely.GeometryCollection([shapely.Point(0, 1)]),
    ]
    made = [each["geometry"] for each in document(shapes)["features"]]
    assert {"type": "Point", "coordinates": [1, 2]} == made[0]
    assert "LineString" == made[1]["type"]
    assert [None, None] == made[2:4]
    assert "GeometryCollection" == made[4]["type"]


def test_values_become_plain_json():
    """NaN, infinity, NaT and NA are null; numpy and pandas scalars are numbers; days are text."""
    columns = {
        "nan": [np.nan],
        "inf": [np.inf],
        "nat": [pd.NaT],
        "na": pd.array([pd.NA], dtype="boolean"),
        "none": [None],
        "whole": [np.int64(2)],
        "real": [np.float32(0.5)],
        "true": [np.bool_(True)],  # noqa: FBT003 - the value under test
        "day": [dt.date(2026, 1, 2)],
        "moment": [pd.Timestamp("2026-01-02T03:04:05")],
        "text": ["É « ; </script>"],
        "list": [["a", np.nan, {"b": np.int64(1)}]],
        "set": [frozenset({"b", "a"})],
    }
    assert {
        "nan": None,
        "inf": None,
        "nat": None,
        "na": None,
        "none": None,
        "whole": 2,
        "real": 0.5,
        "true": True,
        "day": "2026-01-02",
        "moment": "2026-01-02T03:04:05",
        "text": "É « ; </script>",
        "list": ["a", None, {"b": 1}],
        "set": ["a", "b"],
    } == document([None], **columns)["features"][0]["properties"]


def test_a_frame_of_shapes_alone_has_empty_properties():
    """The member must be there."""
    assert {} == document([shapely.Point(0, 0)])["features"][0]["properties"]


def test_a_frame_without_crs_is_refused():
    """Degrees are never assumed."""
    with pytest.raises(MissingCrsError):
        document([shapely.Point(0, 0)], crs=None)


def test_rounding_breaks_no_outline():
    """A ring that touches itself once rounded is noded again, and stays valid."""
    gap = 2e-8
    comb = shapely.Polygon(
        [(0, 0), (1e-3, 0), (1e-3, 1e-3), (5e-4 + gap, 1e-3), (5e-4 + gap, 5e-4), (5e-4, 5e-4),
         (5e-4, 1e-3), (0, 1e-3)]
    )  # fmt: skip
    assert comb.is_valid
    text = to_text(gpd.GeoDataFrame(geometry=[comb], crs=WEB_CRS), metadata={})
    made = shapely.geometry.shape(strict(text)["features"][0]["geometry"])
    assert made.is_valid
    assert pytest.approx(comb.area, rel=1e-3) == made.area
    assert [] == re.findall(r"\d\.\d{8,}", text)


def test_an_outline_thinner_than_the_rounding_keeps_its_digits():
    """A sliver of a millimetre is written longer rather than lost."""
    sliver = shapely.box(2.0, 49.0, 2.00000001, 49.001)
    made = shapely.geometry.shape(document([sliver])["features"][0]["geometry"])
    assert made.is_valid
    assert sliver.equals(made)


def test_equal_frames_make_equal_text(parcels):
    """No clock, no chance."""
    assert to_text(parcels.features, metadata={"a": 1}) == to_text(
        parcels.features.copy(), metadata={"a": 1}
    )


def test_the_frame_is_left_as_it_was(parcels):
    """A function never changes what it is given."""
    before = parcels.features.copy(deep=True)
    to_text(parcels.features, metadata={})
    pd.testing.assert_frame_equal(pd.DataFrame(before), pd.DataFrame(parcels.features))


def test_a_file_is_written_whole_in_utf_8(tmp_path, parcels):
    """GDAL reads it, with its system and its ids."""
    path = tmp_path / "p.geojson"
    write_features(path, parcels.features.assign(source="é"), metadata={})
    read = gpd.read_file(path)
    assert "EPSG:4326" == read.crs.to_string()
    assert ["é"] * 3 == read["source"].tolist()
    assert list(parcels.features.index) == read["id"].tolist()
    with pytest.raises(StoreError):
        write_features(tmp_path / "nowhere" / "p.geojson", parcels.features, metadata={})


corners = st.tuples(st.floats(0, 20_000), st.floats(-10_000, 10_000))
sizes = st.tuples(st.floats(0.5, 500), st.floats(0.5, 500), st.floats(0, 90))


@given(st.lists(st.tuples(corners, sizes), min_size=1, max_size=8))
def test_written_and_read_again_places_stay_within_a_centimetre(plots):
    """Turned rectangles anywhere in the Métropole."""
    shapes = [
        shapely.affinity.rotate(shapely.box(X + x, Y + y, X + x + wide, Y + y + high), angle)
        for (x, y), (wide, high, angle) in plots
    ]
    made = document(shapes, crs=WORK_CRS)
    back = gpd.GeoDataFrame.from_features(made, crs=WEB_CRS).to_crs(WORK_CRS)
    assert back.is_valid.all()
    away = shapely.hausdorff_distance(back.geometry.values, np.array(shapes))
    assert away.max() < 0.01
