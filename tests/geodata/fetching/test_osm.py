import math

import pytest

from geodata.errors import FetchError
from geodata.fetching.osm import bring
from tests.geodata.fetching.town import elements


def tagged(number=1, **tags):
    """A node with tags."""
    return {"type": "node", "id": number, "lat": 49.89, "lon": 2.3, "tags": tags}


def brought(server, task, *found, topic="shops", **members):
    """Features of one topic for an answer of Overpass."""
    server.play("/api/interpreter", {"elements": list(found), **members})
    return bring(task("osm", topic)).layers[0].features


def test_one_query_for_all_communes(server, task):
    """A POST with the codes; both layers from one answer, dated by Overpass."""
    server.play("/api/interpreter", elements())
    result = bring(task("osm", communes=("80021", "80724")))
    assert 1 == len(server.asked)
    assert "POST" == server.asked[0].method
    assert "80021%7C80724" in server.asked[0].body
    assert ["2026-10-30", "2026-10-30"] == [each.edition.date for each in result.layers]


def test_nobody_has_drawn_anything(server, task):
    """Empty layers, and no coverage."""
    server.play("/api/interpreter", {"elements": []})
    layers = bring(task("osm")).layers
    assert [0, 0] == [len(each.features) for each in layers]
    assert [None, None] == [each.coverage for each in layers]


def test_hotels_have_what_is_tagged(server, task):
    """Rooms and stars; 0, words and silence are missing, never 0."""
    rooms = {"1": "102", "2": "0", "3": "about 40", "4": None}
    found = [
        tagged(int(n), tourism="hotel", name=f"H{n}", **({"rooms": text} if text else {}))
        for n, text in rooms.items()
    ]
    found[0]["tags"]["stars"] = "4S"
    hotels = brought(server, task, *found, topic="hotels")
    assert 102.0 == hotels["rooms"].iloc[0]
    assert all(math.isnan(each) for each in hotels["rooms"].iloc[1:])
    assert 4.0 == hotels["stars"].iloc[0]
    assert hotels["stars"].iloc[1:].isna().all()


@pytest.mark.parametrize(
    ("text", "expected"),
    [("2500", 2500.0), ("2 500 m²", 2500.0), ("350,5 m2", 350.5), ("0", None), ("large", None)],
)
def test_sales_area_as_tagged(server, task, text, expected):
    """Square metres in a few spellings; anything else is missing."""
    area = brought(server, task, tagged(shop="bakery", name="B", sales_area=text))
    value = area["sales_area_m2"].iloc[0]
    assert expected == (None if math.isnan(value) else value)


def test_vacant_shops_keep_their_former_kind(server, task):
    """Vacant by its kind, or disused; `shop=no` is no shop."""
    shops = brought(
        server,
        task,
        tagged(1, shop="vacant", **{"disused:shop": "clothes"}),
        tagged(2, **{"disused:shop": "bakery"}, name="Ancien four"),
        tagged(3, shop="no"),
        tagged(4, shop="bakery"),
    )
    assert {"node/1": True, "node/2": True, "node/4": False} == shops["vacant"].to_dict()
    assert ["clothing", "food", "food"] == shops["family"].tolist()
    assert ["(sans nom)", "Ancien four", "(sans nom)"] == shops["name"].tolist()


def test_an_unknown_kind_is_said_and_trusted_little(server, task):
    """It is `mixed` with low confidence, and named in the remarks."""
    server.play("/api/interpreter", {"elements": [tagged(shop="spaceship", name="S")]})
    result = bring(task("osm", "shops"))
    row = result.layers[0].features.iloc[0]
    assert ("mixed", "low") == (row["family"], row["confidence"])
    assert "spaceship" in result.remarks[0].en


def test_ways_are_at_their_centres(server, task):
    """And an element without a place is set aside."""
    way = {"type": "way", "id": 7, "center": {"lat": 49.9, "lon": 2.31}, "tags": {"shop": "books"}}
    lost = {"type": "relation", "id": 8, "tags": {"shop": "books"}}
    shops = brought(server, task, way, lost)
    assert ["way/7"] == shops.index.tolist()


def test_overpass_that_stopped_on_the_way_is_refused(server, task):
    """It answers 200 with what it has so far, and a remark."""
    said = 'runtime error: Query timed out in "query" at line 1 after 180 seconds.'
    server.play("/api/interpreter", elements() | {"remark": said})
    with pytest.raises(FetchError) as error:
        bring(task("osm"))
    assert "Query timed out" in error.value.say("en")
