import json
import os

import pytest
import shapely
from pygeoapi.provider.base import ProviderItemNotFoundError

from geodata.serving.provider import PublishedFeatures


def feature(name, x, y, **properties):
    """Square of a thousandth of a degree."""
    shape = json.loads(shapely.to_geojson(shapely.box(x, y, x + 0.001, y + 0.001)))
    return {
        "type": "Feature",
        "id": name,
        "geometry": shape,
        "properties": {"id": name, **properties},
    }


def document(*features):
    """Text of a published file."""
    return json.dumps({"type": "FeatureCollection", "features": features})


@pytest.fixture
def path(tmp_path):
    """Published file of three features."""
    path = tmp_path / "zones.geojson"
    path.write_text(
        document(
            feature("a", 2.0, 49.0, theme=None, area=112.0, real=True),
            feature("b", 2.5, 49.5, theme="digital", area=0.5, real=False),
            feature("c", 3.0, 50.0, theme="digital", area=None, real=True),
        ),
        encoding="utf-8",
    )
    return path


@pytest.fixture
def provider(path):
    """What pygeoapi makes for one request."""
    return made(path)


def made(path):
    """Provider of a file."""
    return PublishedFeatures({"name": "x", "type": "feature", "data": str(path), "id_field": "id"})


def ids(page):
    """Ids of a page."""
    return [each["id"] for each in page["features"]]


def test_an_empty_file_has_no_fields(tmp_path):
    """Where pygeoapi's own provider fails."""
    path = tmp_path / "empty.geojson"
    path.write_text(document(), encoding="utf-8")
    provider = made(path)
    assert {} == provider.get_fields()
    assert (0, []) == (provider.query()["numberMatched"], provider.query()["features"])
    assert [] == provider.query(bbox=[0, 0, 90, 90])["features"]


def test_fields_have_the_type_of_their_first_value(provider):
    """A null says nothing."""
    assert {
        "id": {"type": "string"},
        "theme": {"type": "string"},
        "area": {"type": "number"},
        "real": {"type": "boolean"},
    } == provider.get_fields()


@pytest.mark.parametrize(
    ("offset", "limit", "expected"),
    [(0, 10, "abc"), (0, 2, "ab"), (2, 2, "c"), (3, 2, ""), (10**9, 1, "")],
)
def test_pages_follow_the_order_of_the_file(provider, offset, limit, expected):
    """Both counts are said."""
    page = provider.query(offset=offset, limit=limit)
    assert list(expected) == ids(page)
    assert (3, len(expected)) == (page["numberMatched"], page["numberReturned"])


def test_hits_are_counted_only(provider):
    """No feature travels."""
    page = provider.query(resulttype="hits")
    assert (3, []) == (page["numberMatched"], page["features"])


@pytest.mark.parametrize(
    ("bbox", "expected"),
    [
        ([1.9, 48.9, 2.6, 49.6], "ab"),
        ([2.0005, 49.0005, 2.0006, 49.0006], "a"),
        ([2.001, 49.001, 2.4, 49.4], "a"),
        ([2.0011, 49.0011, 2.4, 49.4], ""),
        ([2.4, 49.0, 0.0, 3.1, 50.1, 99.0], "bc"),
        ([2.9, -90, 2.4, 90], "ac"),
        ([-180, -90, 180, 90], "abc"),
    ],
)
def test_a_box_finds_what_it_touches(provider, bbox, expected):
    """Edges count; heights do not; west of east goes round the world."""
    page = provider.query(bbox=bbox)
    assert list(expected) == ids(page)
    assert len(expected) == page["numberMatched"]


@pytest.mark.parametrize(
    ("properties", "expected"),
    [
        ([("theme", "digital")], "bc"),
        ([("theme", "")], "a"),
        ([("area", "112")], "a"),
        ([("area", "0.5")], "b"),
        ([("real", "true"), ("theme", "digital")], "c"),
        ([("real", "True")], ""),
        ([("theme", "digital' OR '1'='1")], ""),
    ],
)
def test_properties_are_compared_as_they_are_written(provider, properties, expected):
    """Numbers without a useless decimal, booleans as JSON says them, nothing where null."""
    assert list(expected) == ids(provider.query(properties=properties))


def test_properties_and_shapes_are_left_out_on_request(provider):
    """The next request gets them again."""
    (one,) = provider.query(limit=1, select_properties=["area"], skip_geometry=True)["features"]
    assert ({"area": 112.0}, None) == (one["properties"], one["geometry"])
    (one,) = provider.query(limit=1)["features"]
    assert {"id", "theme", "area", "real"} == set(one["properties"])
    assert one["geometry"] is not None


def test_one_feature_by_its_id(provider):
    """What is not there is said so, for a 404."""
    assert "b" == provider.get("b")["id"]
    with pytest.raises(ProviderItemNotFoundError):
        provider.get("../zones")


def test_what_the_server_does_to_an_answer_changes_no_other(provider):
    """The server adds links and moves shapes in place."""
    provider.get("a").update(geometry=None, links=[1])
    provider.get("a")["properties"]["area"] = 0
    again = provider.get("a")
    assert "links" not in again
    assert again["geometry"] is not None
    assert 112.0 == again["properties"]["area"]


def test_a_new_publication_is_read(path, provider):
    """The file is read again once it has changed, without a restart."""
    assert 3 == provider.query()["numberMatched"]
    path.write_text(document(feature("z", 0, 0)), encoding="utf-8")
    os.utime(path, ns=(0, 0))
    assert ["z"] == ids(made(path).query())


@pytest.mark.parametrize("verb", ["create", "update", "delete"])
def test_nothing_is_written(path, provider, verb):
    """Readers cannot change a publication."""
    before = path.read_bytes()
    with pytest.raises(NotImplementedError):
        getattr(provider, verb)("a", {})
    assert before == path.read_bytes()
