import json

import pytest
import shapely

from geodata.errors import DataError, FileFormatError
from geodata.reading import found, shapes
from geodata.reading.found import require_small
from geodata.reading.geojson import read_geojson as read_named
from geodata.reading.shapes import settle


def read_geojson(path, **options):
    """Features under a fixed name."""
    return read_named(path, name="f", **options)


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
    assert {"id": ["a"], "n": [1]} == read.table.to_pydict()
    assert [shapely.Point(2.3, 49.9)] == read.shapes.tolist()
    assert "EPSG:4326" == read.declared


def test_features_need_not_have_the_same_properties(write_json):
    """What a feature does not say is missing; its own id serves where properties have none."""
    text = collection(
        feature(properties={"a": 1}, id="x"), feature(properties=None, id=2), feature()
    )
    table = read_geojson(write_json(text)).table.to_pydict()
    assert {"a": [1, None, None], "id": ['"x"', "2", "null"]} == table


@pytest.mark.parametrize(
    ("document", "count"),
    [(feature(), 1), ({"type": "Point", "coordinates": [2.3, 49.9]}, 1)],
)
def test_a_lone_feature_or_geometry_is_a_collection_of_one(write_json, document, count):
    """RFC 7946 allows all three."""
    assert count == len(read_geojson(write_json(document)).shapes)


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
        (collection(3, None), "The file holds no feature."),
        (
            '{"type": "FeatureCollection"}',
            "This JSON is not a FeatureCollection (type “FeatureCollection”).",
        ),
        ('{"n": ' + "7" * 5000 + "}", "A number of the file has more than 4,300 digits."),
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


def test_what_is_no_feature_is_set_aside(write_json):
    """The others are read; the ranks are told."""
    text = collection(feature(), 3, {"type": "Point"}, feature(properties=[1]))
    read = read_geojson(write_json(text))
    assert 1 == len(read.shapes)
    assert [("not_a_feature", 3, ("n° 2", "n° 3", "n° 4"))] == [
        (each.kind, each.count, each.ids) for each in read.defects
    ]


def test_an_open_ring_is_closed_on_request_only(write_json):
    """And it is told."""
    ring = {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 1]]]}
    path = write_json(collection(feature(ring)))
    assert [None] == read_geojson(path).shapes.tolist()
    read = read_geojson(path, repair=True)
    assert 1.0 == read.shapes[0].area
    assert ["closed_ring"] == [each.kind for each in read.defects]


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
        (None, "EPSG:4326"),
        ({"type": "name", "properties": {"name": "EPSG:2154"}}, "EPSG:2154"),
    ],
)
def test_the_name_of_the_system_is_told(write_json, member, expected):
    """`crs: null` says nothing, and RFC 7946 says WGS84."""
    assert expected == read_geojson(write_json(collection(feature(), crs=member))).declared


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


def weigh(path):
    """Read a file and hold it to the limits."""
    read = read_geojson(path)
    require_small([read])
    settle(read, asked=None, repair=False)


def test_limits_are_told_with_their_figures(write_json, monkeypatch):
    """A file beyond a limit is refused with the limit."""
    line = {"type": "LineString", "coordinates": [[0, 0], [1, 1], [2, 2]]}
    path = write_json(collection(feature(line), feature(line, {"a": "x" * 50, "b": 1})))
    for module, limit, expected in (
        (found, "MAX_COLUMNS", "The file has 2 columns; the limit is 1."),
        (shapes, "MAX_VERTICES", "The file has 6 vertices; the limit is 1."),
        (shapes, "MAX_FEATURE_VERTICES", "A feature has 3 vertices; the limit is 1."),
        (found, "MAX_CELL_CHARACTERS", "Texts exceed 1 characters, column(s): a."),
    ):
        with monkeypatch.context() as patch:
            patch.setattr(module, limit, 1)
            with pytest.raises(FileFormatError) as caught:
                weigh(path)
        assert expected == caught.value.faults[0].what.en
