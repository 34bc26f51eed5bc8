import gzip
import json

import pytest
import shapely

from geodata.errors import DataError, FileFormatError
from geodata.reading import geojson
from geodata.reading.geojson import read_geojson


def collection(*features, **members):
    """FeatureCollection as text."""
    return json.dumps({"type": "FeatureCollection", "features": list(features), **members})


def feature(geometry=None, properties=None, **members):
    """Feature with a point by default."""
    shape = {"type": "Point", "coordinates": [2.3, 49.9]} if geometry is None else geometry
    return {"type": "Feature", "geometry": shape, "properties": properties, **members}


def refusal(path):
    """English text of the refusal."""
    with pytest.raises(DataError) as caught:
        read_geojson(path)
    (fault,) = caught.value.faults
    return fault.what.en


def test_one_feature_is_read(write_json):
    """Properties become columns, the geometry a shape."""
    read = read_geojson(write_json(collection(feature(properties={"id": "a", "n": 1}))))
    assert {"id": ["a"], "n": [1]} == read.columns
    assert [shapely.Point(2.3, 49.9)] == read.shapes.tolist()
    assert read.crs is None


def test_features_need_not_have_the_same_properties(write_json):
    """What a feature does not say is missing; its own id serves where properties have none."""
    text = collection(
        feature(properties={"a": 1}, id="x"), feature(properties=None, id=2), feature()
    )
    assert {"a": [1, None, None], "id": ["x", 2, None]} == read_geojson(write_json(text)).columns


@pytest.mark.parametrize("name", ["f.geojson", "f.json.gz"])
def test_plain_and_gzipped_files_hold_the_same(tmp_path, name):
    """The content tells, not the name."""
    content = collection(feature()).encode()
    path = tmp_path / name
    path.write_bytes(gzip.compress(content) if name.endswith("gz") else content)
    assert 1 == len(read_geojson(path).shapes)


def test_a_byte_order_mark_is_no_trouble(tmp_path):
    """Windows editors put one."""
    path = tmp_path / "f.json"
    path.write_bytes(b"\xef\xbb\xbf" + collection(feature()).encode())
    assert 1 == len(read_geojson(path).shapes)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"type":\n\n nope}', "This is not JSON: line 3, column 2."),
        ("<OGRVRTDataSource></OGRVRTDataSource>", "This is not JSON: line 1, column 1."),
        ('{"type": "FeatureColl', "This is not JSON: line 1, column 10."),
        ("[1, 2]", "This JSON is not a FeatureCollection (type “list”)."),
        ('{"type": "Topology"}', "This JSON is not a FeatureCollection (type “Topology”)."),
        ("null", "This JSON is not a FeatureCollection (type “NoneType”)."),
        (collection(), "The file holds no feature."),
        ('{"type": "FeatureCollection"}', "The file holds no feature."),
        ('{"type": "FeatureCollection", "features": {"a": 1}}', "The file holds no feature."),
        (
            collection(feature(), 3, {"type": "Point"}, feature(properties=[1])),
            "3 element(s) are not GeoJSON features: n° 2, n° 3, n° 4.",
        ),
        ("[" * 100_000, "The JSON is nested too deeply."),
    ],
)
def test_what_is_no_collection_is_refused_with_the_place(write_json, text, expected):
    """Line and column, type met, or rank of the feature."""
    assert expected == refusal(write_json(text))


def test_text_in_another_encoding_is_refused_with_the_line(tmp_path):
    """Latin-1 accents are not guessed at."""
    path = tmp_path / "f.json"
    path.write_bytes('{"a":\n"é"}'.encode("latin-1"))
    assert "Text is not UTF-8: line 2." == refusal(path)


@pytest.mark.parametrize("content", [b"\x1f\x8bnope", gzip.compress(b"{}" * 999)[:-9]])
def test_a_damaged_archive_is_refused(tmp_path, content):
    """An interrupted download is told as such."""
    path = tmp_path / "f.gz"
    path.write_bytes(content)
    assert "The .gz archive is damaged or incomplete." == refusal(path)


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path):
    """100 MB of nothing in 100 kB stops at a hundred times its size."""
    path = tmp_path / "f.gz"
    path.write_bytes(gzip.compress(b" " * 100_000_000))
    assert "The unpacked file exceeds 200 MB or 100 times its size." == refusal(path)


@pytest.mark.parametrize(
    "geometry",
    [
        {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 2]]]},
        {"type": "Polygon", "coordinates": [[[0, 0], [1, 0]]]},
        {"type": "Point", "coordinates": ["2.3", 49.9]},
        {"type": "Point", "coordinates": [float("nan"), 49.9]},
        {"type": "Point", "coordinates": [float("inf"), 49.9]},
        {"type": "Circle", "coordinates": [1, 2]},
        {"coordinates": [1, 2]},
        "POINT (2 3)",
        7,
    ],
)
def test_a_geometry_that_is_none_leaves_the_others(write_json, geometry):
    """Ring not closed, text for a number, NaN, unknown type: that shape is missing, no other."""
    read = read_geojson(write_json(collection(feature(geometry), feature())))
    assert [None, shapely.Point(2.3, 49.9)] == read.shapes.tolist()


def test_a_null_geometry_is_missing(write_json):
    """RFC 7946 allows it; a layer does not."""
    text = '{"type":"FeatureCollection","features":[{"type":"Feature","geometry":null}]}'
    assert [None] == read_geojson(write_json(text)).shapes.tolist()


@pytest.mark.parametrize(
    ("member", "expected"),
    [
        (None, None),
        ({"type": "name", "properties": {"name": "EPSG:2154"}}, "EPSG:2154"),
    ],
)
def test_the_name_of_the_system_is_told(write_json, member, expected):
    """`crs: null` says nothing."""
    assert expected == read_geojson(write_json(collection(feature(), crs=member))).crs


@pytest.mark.parametrize(
    "member",
    [
        {"type": "link", "properties": {"href": "http://127.0.0.1:1/crs", "type": "proj4"}},
        {"type": "name", "properties": {"name": 2154}},
        {"type": "name"},
        "EPSG:2154",
    ],
)
def test_a_system_that_is_no_name_is_refused(write_json, member):
    """Links are never followed."""
    said = refusal(write_json(collection(feature(), crs=member)))
    assert said.startswith("The “crs” member is not the name of a system")


def test_limits_are_told_with_their_figures(write_json, monkeypatch):
    """A file beyond a limit is refused with the limit."""
    line = {"type": "LineString", "coordinates": [[0, 0], [1, 1], [2, 2]]}
    path = write_json(collection(feature(line), feature(line, {"a": "x" * 50, "b": 1})))
    for limit, expected in {
        "MAX_FEATURES": "The file has 2 features; the limit is 1.",
        "MAX_COLUMNS": "The file has 2 columns; the limit is 1.",
        "MAX_VERTICES": "The file has 6 vertices; the limit is 1.",
        "MAX_FEATURE_VERTICES": "A feature has 3 vertices; the limit is 1.",
        "MAX_CELL_CHARACTERS": "Texts exceed 1 characters, column(s): a.",
    }.items():
        with monkeypatch.context() as patch:
            patch.setattr(geojson, limit, 1)
            with pytest.raises(FileFormatError) as caught:
                read_geojson(path)
        assert expected == caught.value.faults[0].what.en
