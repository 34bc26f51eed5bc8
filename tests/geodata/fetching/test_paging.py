import gzip
import json

import pytest

from geodata.errors import FetchError
from geodata.fetching.paging import collect, document
from tests.geodata.fetching.conftest import Reply

ZONES = "/api/gpu/zone-urba"
VALUES = {"partition": "DU_80021"}


def features(start, count):
    """GeoJSON features numbered from ``start``."""
    return [
        {"type": "Feature", "id": f"z.{n}", "geometry": None} for n in range(start, start + count)
    ]


def gpu(total, *, size=1000, word="totalFeatures"):
    """Function that answers as API Carto does, ``size`` features at most."""

    def answer(asked):
        start = int(asked.query["_start"])
        count = max(0, min(size, int(asked.query["_limit"]), total - start))
        found = features(start, count)
        return {"type": "FeatureCollection", "features": found, word: total, "crs": None}

    return answer


def refused(session, service="plu", endpoint="zone_urba", values=VALUES):
    """English text of the refusal."""
    with pytest.raises(FetchError) as error:
        collect(session, service, endpoint, values=values)
    return error.value.say("en")


def test_an_empty_collection_without_crs_is_an_answer(server, session):
    """No rows, one request, and no fault."""
    server.play(ZONES, {"type": "FeatureCollection", "features": [], "crs": None})
    got = collect(session, "plu", "zone_urba", values=VALUES)
    assert ([], 1) == (got.rows, len(got.downloads))


def test_one_row(server, session):
    """One page is enough when the total is reached."""
    server.play(ZONES, gpu(1))
    assert features(0, 1) == collect(session, "plu", "zone_urba", values=VALUES).rows
    assert {"partition": "DU_80021", "_start": "0", "_limit": "1000"} == server.asked[0].query


def test_pages_by_start_and_limit(server, session):
    """2 500 rows in pages of 1 000; the planner hears of each."""
    server.play(ZONES, gpu(2500))
    told = []
    got = collect(session, "plu", "zone_urba", values=VALUES, tell=lambda *both: told.append(both))
    assert features(0, 2500) == got.rows
    assert ["0", "1000", "2000"] == [each.query["_start"] for each in server.asked]
    assert [(1000, 2500), (2000, 2500), (2500, 2500)] == told


def test_a_service_that_gives_smaller_pages_than_asked_for(server, session):
    """The next page starts after what came, not after what was asked for."""
    server.play(ZONES, gpu(1200, size=500))
    assert features(0, 1200) == collect(session, "plu", "zone_urba", values=VALUES).rows
    assert ["0", "500", "1000"] == [each.query["_start"] for each in server.asked]


def test_pages_by_startindex_and_count_without_a_total(server, session):
    """WFS that does not count: a page that is not full is the last one."""

    def answer(asked):
        start = int(asked.query["STARTINDEX"])
        return {"features": features(start, 1000 if start == 0 else 7), "numberMatched": "unknown"}

    server.play("/wfs/ows", answer)
    got = collect(session, "plu_wfs", "zone_urba", values=VALUES)
    assert 1007 == len(got.rows)
    assert "partition='DU_80021'" == server.asked[0].query["CQL_FILTER"]
    assert ("0", "1000") == (server.asked[0].query["STARTINDEX"], server.asked[0].query["COUNT"])


def test_numbered_pages(server, session):
    """Recherche d'entreprises: page and per_page, 25 at a time; empty parameters are not sent."""

    def answer(asked):
        page = int(asked.query["page"])
        found = [{"siren": str(n)} for n in range((page - 1) * 25, min(page * 25, 60))]
        return {"results": found, "total_results": 60, "page": page, "total_pages": 3}

    server.play("/search", answer)
    got = collect(session, "companies", "search", values={"commune": "80021", "section": ""})
    assert 60 == len(got.rows)
    assert ["1", "2", "3"] == [each.query["page"] for each in server.asked]
    assert "section_activite_principale" not in server.asked[0].query


def test_a_cursor(server, session):
    """RNB: each answer names the next address."""
    following = f"{server.url}/api/alpha/buildings/?insee_code=80021&limit=100&cursor=abc"
    server.play(
        "/api/alpha/buildings/",
        {"next": following, "results": [{"rnb_id": "A"}]},
        {"next": None, "results": [{"rnb_id": "B"}]},
    )
    got = collect(session, "rnb", "buildings", values={"commune": "80021"})
    assert [{"rnb_id": "A"}, {"rnb_id": "B"}] == got.rows
    assert "abc" == server.asked[1].query["cursor"]


def test_a_cursor_that_points_elsewhere_is_refused(server, session):
    """The next address is held to the same hosts as a redirect."""
    page = {"next": "https://evil.example/x", "results": [{"rnb_id": "A"}]}
    server.play("/api/alpha/buildings/", page)
    assert "not allowed: evil.example" in refused(session, "rnb", "buildings", {"commune": "80021"})


def test_a_page_that_repeats_is_refused(server, session):
    """A service that ignores the start would be asked for ever."""
    server.play(ZONES, {"features": features(0, 1000), "totalFeatures": 2500})
    assert "gives the same page again" in refused(session)
    assert 2 == len(server.asked)


def test_rows_given_twice_count_once(server, session):
    """A row that moved from one page to the next between two requests."""

    def answer(asked):
        start = int(asked.query["_start"])
        return {"features": features(0 if start == 0 else 999, 1000), "totalFeatures": 1999}

    server.play(ZONES, answer)
    assert features(0, 1999) == collect(session, "plu", "zone_urba", values=VALUES).rows


def test_fewer_rows_than_announced(server, session):
    """Silence about the rest would be a lie."""
    server.play(
        ZONES,
        lambda asked: {
            "features": features(0, 3)[int(asked.query["_start"]) :],
            "totalFeatures": 9,
        },
    )
    assert "3 features received of 9 told." in refused(session)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b'{"features": [', "not complete JSON"),
        (b"", "not complete JSON"),
        (b"\xff\xfe{}", "not complete JSON"),
        (b"[" * 100_000, "not complete JSON"),
        (gzip.compress(b'{"features": []}')[:-4], "not complete JSON"),
        (b'{"error": "x"}', "not of the documented form: ['error']"),
        (b'{"features": {}}', "not of the documented form"),
        (b"null", "not of the documented form"),
        (b'{"features": [], "totalFeatures": "many"}', "totalFeatures = many"),
    ],
)
def test_answers_that_are_not_what_they_should_be(server, session, body, said):
    """Refused with what was met; the next visit asks again."""
    server.play(ZONES, Reply(body, headers={"ETag": '"v1"'}))
    assert said in refused(session)


def test_bad_json_is_not_kept(server, session, ask):
    """An ETag must not make a broken file come back for ever."""
    server.play("/file.json", Reply(b"{", headers={"ETag": '"v1"'}), {"fine": True})
    with pytest.raises(FetchError):
        document(session, ask())
    assert {"fine": True} == document(session, ask())[0]
    assert "If-None-Match" not in server.asked[1].headers


def test_a_zipped_answer_is_read(server, session, ask):
    """Some services zip whatever was asked for."""
    packed = gzip.compress(json.dumps({"a": 1}).encode())
    server.play("/file.json", Reply(packed, headers={"Content-Encoding": "gzip"}))
    assert {"a": 1} == document(session, ask())[0]


def test_a_gzip_bomb_is_refused(server, session, ask):
    """50 MB in 50 kB: stopped at the limit of the service."""
    server.play("/file.json", Reply(gzip.compress(b"[" + b" " * 50_000_000)))
    with pytest.raises(FetchError) as error:
        document(session, ask())
    assert "exceeds 0 MB" in error.value.say("en")
