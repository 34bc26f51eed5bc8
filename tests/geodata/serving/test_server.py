import http.client
import json
import re
import socket
import threading
import urllib.error
import urllib.request
from urllib.parse import urlsplit

import pyogrio
import pytest
import shapely
from owslib.ogcapi.features import Features

from geodata.crs import PARTNER_CRS, WEB_CRS
from geodata.errors import MissingFileError, StoreError
from geodata.serving import server as serving
from geodata.serving.publishing import read_publication

CONFORMANCE = "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/"
LAMBERT_93 = "http://www.opengis.net/def/crs/EPSG/0/2154"


@pytest.fixture(scope="module")
def reader(server):
    """Client library of partners' own."""
    return Features(server)


def get(url, **headers):
    """Status, headers and body of an address."""
    request = urllib.request.Request(url, headers=headers)  # noqa: S310 - our own server
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310 - the same
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers, error.read()


def raw(server, target, *, method="GET", body=None, headers=None):
    """Status and body of a request that no client library would send."""
    place = urlsplit(server)
    connection = http.client.HTTPConnection(place.hostname, place.port, timeout=30)
    try:
        connection.putrequest(method, target, skip_host="Host" in (headers or {}))
        for name, value in (headers or {}).items():
            connection.putheader(name, value)
        if body is not None:
            connection.putheader("Content-Length", str(len(body)))
        connection.endheaders(body)
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def test_the_landing_page_links_to_what_is_there(server):
    """Every link of it answers; title and description are those of the project."""
    status, _, body = get(f"{server}/?f=json")
    page = json.loads(body)
    assert (200, "Technopole – données publiques") == (status, page["title"])
    assert {"self", "service-desc", "conformance", "data"} <= {
        each["rel"] for each in page["links"]
    }
    assert {200} == {get(each["href"])[0] for each in page["links"]}


def test_conformance_is_what_is_served(reader):
    """Core, GeoJSON, OpenAPI and HTML; nothing is claimed that writes."""
    told = reader.conformance()["conformsTo"]
    assert {f"{CONFORMANCE}{name}" for name in ("core", "geojson", "oas30", "html")} <= set(told)
    assert [] == [each for each in told if "create" in each or "transactions" in each]
    assert told == reader.conformance()["conformsTo"]


def test_collections_are_those_published(reader, published):
    """With title, label, licence, extent and both reference systems."""
    expected = {each.id: each for each in read_publication(published)}
    collections = {each["id"]: each for each in reader.collections()["collections"]}
    assert set(expected) == set(collections) == set(reader.feature_collections())
    for name, one in collections.items():
        assert expected[name].title["fr"] == one["title"]
        assert one["description"].startswith("DÉMONSTRATION")
        assert f"Licence : {expected[name].licence}." in one["description"] or name == "verdicts"
        assert [expected[name].bbox] == one["extent"]["spatial"]["bbox"]
        assert LAMBERT_93 in one["crs"]
    english = json.loads(get(f"{reader.url.rstrip('/')}/collections/zones?lang=en&f=json")[2])
    assert "DEMO – Technopole zones" == english["title"]


def test_features_read_by_pages_are_those_of_the_export(reader, published):
    """Every parcel once, in order: id, shape and properties; counts are right."""
    features, offset = [], 0
    while True:
        page = reader.collection_items("parcels", limit=1000, offset=offset)
        features += page["features"]
        assert page["numberReturned"] == len(page["features"])
        offset += 1000
        if "next" not in {each["rel"] for each in page["links"]}:
            break
    exported = json.loads((published / "parcels.geojson").read_bytes())["features"]
    assert page["numberMatched"] == len(exported) > 1000
    assert exported == features


def test_links_to_the_next_page_lead_to_the_end(server):
    """As a reader does that follows links."""
    url, seen = f"{server}/collections/companies/items?f=json&limit=100", []
    while url:
        page = json.loads(get(url)[2])
        seen += [each["id"] for each in page["features"]]
        url = next((each["href"] for each in page["links"] if each["rel"] == "next"), None)
    assert page["numberMatched"] == len(seen) == len(set(seen))


def test_a_page_has_a_size_when_none_is_asked_for(reader):
    """And a greedy reader gets the whole of a small layer."""
    assert 100 == len(reader.collection_items("parcels")["features"])
    assert 2 == len(reader.collection_items("verdicts", limit=999_999_999)["features"])


def test_a_box_finds_the_parcels_in_it(reader, published):
    """The same ones that plain geometry finds."""
    exported = json.loads((published / "parcels.geojson").read_bytes())["features"]
    shapes = {each["id"]: shapely.geometry.shape(each["geometry"]) for each in exported}
    west, south, _, _ = shapes["80021000ZX0001"].bounds
    bbox = [west - 0.001, south - 0.001, west + 0.001, south + 0.001]
    expected = {name for name, each in shapes.items() if each.intersects(shapely.box(*bbox))}
    met = reader.collection_items("parcels", bbox=bbox, limit=1000)
    assert expected == {each["id"] for each in met["features"]}
    assert 1 <= len(expected) < len(shapes)


def test_one_feature_by_its_id(reader, published):
    """The same as in the export; one that is not there is 404."""
    (expected, *_) = json.loads((published / "zones.geojson").read_bytes())["features"]
    met = reader.collection_item("zones", expected["id"])
    assert expected == {name: met[name] for name in expected}
    assert 404 == get(f"{reader.url.rstrip('/')}/collections/zones/items/none")[0]


def test_lambert_93_is_given_on_request(server, published):
    """And named in the answer; within a centimetre of the degrees."""
    import geopandas as gpd  # noqa: PLC0415 - here only

    address = f"{server}/collections/zones/items/zone-gare-la-vallee?f=json&crs={LAMBERT_93}"
    status, headers, body = get(address)
    assert (200, f"<{LAMBERT_93}>") == (status, headers["Content-Crs"])
    met = shapely.geometry.shape(json.loads(body)["geometry"])
    exported = gpd.read_file(published / "zones.geojson").set_index("id").to_crs(PARTNER_CRS)
    expected = exported.geometry["zone-gare-la-vallee"]
    assert shapely.hausdorff_distance(expected, met) < 0.01
    assert WEB_CRS != PARTNER_CRS


def test_gdal_reads_it_as_a_layer(server, published):
    """A second client, written by others: all features by pages, in a box, by a value."""
    source = f"OAPIF:{server}"
    layers = set(pyogrio.list_layers(source)[:, 0])
    assert {each.id for each in read_publication(published)} == layers
    exported = json.loads((published / "parcels.geojson").read_bytes())["features"]
    read = pyogrio.read_dataframe(source, layer="parcels")
    assert [each["id"] for each in exported] == read["id"].tolist()
    assert 1 == len(pyogrio.read_dataframe(source, layer="zones", where="theme = 'digital'"))
    west, south, east, north = read.geometry.iloc[0].bounds
    found = pyogrio.read_dataframe(source, layer="parcels", bbox=(west, south, east, north))
    assert read["id"].iloc[0] in set(found["id"])
    assert len(found) < len(read)


def test_verdicts_are_found_by_their_outcome(reader):
    """Only parcels, areas and outcomes of both charters."""
    (one,) = reader.collection_items("verdicts", industrial_parks="compliant")["features"]
    assert "80021000ZX0002" == one["id"]
    assert {
        "id", "parcel_id", "site_id", "demo", "contenance_m2", "planar_area_m2",
        "site_contenance_m2", "site_planar_area_m2", "industrial_parks", "commercial_hotel",
    } == set(one["properties"])  # fmt: skip


def test_nothing_but_public_fields_in_any_page(server, published):
    """Properties are those of the index; the name seeded in the verdicts is in no page at all."""
    for collection in read_publication(published):
        for kind in ("json", "html", "jsonld"):
            base = f"{server}/collections/{collection.id}"
            for page in ("", "/queryables", "/schema", "/items"):
                status, _, body = get(f"{base}{page}?f={kind}")
                assert status in {200, 400}, (page, kind)
                assert b"Jeanne" not in body
                assert b"dossier" not in body
        features = json.loads(get(f"{base}/items?limit=1000")[2])["features"]
        assert {name for each in features for name in each["properties"]} == set(collection.columns)
    names = {
        each["properties"]["name"]
        for each in json.loads(get(f"{server}/collections/companies/items?limit=1000")[2])[
            "features"
        ]
    }
    assert names


def test_pages_for_people_load_nothing_from_elsewhere(server):
    """HTML with a strict policy; no script and no style of a public host is asked for."""
    for page in (
        "/",
        "/conformance",
        "/openapi",
        "/collections",
        "/collections/zones",
        "/collections/zones/items",
        "/collections/zones/items/zone-gare-la-vallee",
        "/collections/zones/queryables",
    ):
        status, headers, body = get(f"{server}{page}?f=html")
        assert (200, "text/html") == (status, headers.get_content_type())
        assert headers["Content-Security-Policy"].startswith("default-src 'none'")
        text = body.decode()
        loaded = re.findall(r"<(?:script|img|iframe|link)[^>]*?(?:src|href)=\"([^\"]*)\"", text)
        assert [] == [each for each in loaded if not each.startswith(server)]
        assert "Technopole" in text


def test_text_of_a_feature_stays_text_in_pages_for_people(server):
    """Markup in a property is shown, not run, in the list and on the feature's own page."""
    base = f"{server}/collections/verdicts/items"
    listed, shown = (get(f"{base}{each}?f=html")[2].decode() for each in ("", "/80021000ZX0002"))
    assert "<img src=x" not in listed + shown
    assert "&lt;img src=x onerror=alert(1)&gt;{{7*7}}" in shown


def test_features_have_the_media_type_of_geojson(server):
    """For readers that look at it."""
    for page in ("items", "items/zone-gare-la-vallee"):
        _, headers, _ = get(f"{server}/collections/zones/{page}?f=json")
        assert "application/geo+json" == headers.get_content_type()


def test_openapi_describes_reading_only(server):
    """No operation that writes; the paths are those of the collections."""
    status, _, body = get(f"{server}/openapi?f=json")
    paths = json.loads(body)["paths"]
    assert (200, True) == (status, "/collections/zones/items" in paths)
    assert {"get"} == {verb for each in paths.values() for verb in each}
    parameters = paths["/collections/zones/items"]["get"]["parameters"]
    assert {"limit", "properties", "theme"} <= {each.get("name") for each in parameters}
    assert not {"sortby", "vendorSpecificParameters"} & set(re.findall(r"\w+", str(parameters)))


@pytest.mark.parametrize(
    "target",
    [
        "/collections/../../../../etc/passwd",
        "/collections/..%2f..%2f..%2fetc%2fpasswd/items",
        "/collections/%2e%2e/items",
        "/collections/zones%00/items",
        "/collections/zones/items/..%2f..%2fpublication.json",
        "/collections/publication/items",
        "/static/css/..%2f..%2f..%2fconfig.py",
        "/static/../../../../etc/passwd",
        "/collections/zones/items?limit=99999999999999999999999",
        "/collections/zones/items?limit=-1",
        "/collections/zones/items?offset=99999999999999999999999",
        "/collections/zones/items?bbox=%3Cscript%3Ealert(1)%3C/script%3E",
        "/collections/zones/items?bbox=<script>,2,3,4",
        "/collections/zones/items?bbox=nan,nan,nan,nan",
        "/collections/zones/items?bbox=2,50,3,49",
        "/collections/zones/items?theme=%3Cscript%3Ealert(1)%3C/script%3E",
        "/collections/zones/items?crs=file:///etc/passwd",
        "/collections/zones/items?crs=http://www.opengis.net/def/crs/EPSG/0/9999",
        "/collections/zones/items?bbox=1,2,3,4&bbox-crs=http://www.opengis.net/def/crs/EPSG/0/1",
        "/collections/zones/items?properties=owner",
        "/collections/zones/items?filter=" + "(" * 500,
        "/collections/zones/items?f=../../etc/passwd",
        "/collections/zones/items?lang=zz",
        "/admin/config",
        "/processes/hello-world/execution",
        "/" + "a" * 5000,
    ],
)
def test_attacks_end_in_a_clean_refusal(server, target):
    """4xx in a few words (or the page in another language): no trace, no path, no echo."""
    status, body = raw(server, target)
    assert 400 <= status < 500 or (status == 200 and "lang=zz" in target)
    for word in (b"Traceback", b"root:", b"<script>", b"/site-packages", b"/geodata", b'File "'):
        assert word not in body
    assert len(body) < 500 or status == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_nobody_writes(server, published, method):
    """405, and the file is as it was."""
    before = (published / "zones.geojson").read_bytes()
    body = b'{"type":"Feature","geometry":null,"properties":{}}'
    kind = {"Content-Type": "application/geo+json"}
    for target in ("/collections/zones/items", "/collections/zones/items/zone-gare-la-vallee"):
        assert 405 == raw(server, target, method=method, body=body, headers=kind)[0]
    assert before == (published / "zones.geojson").read_bytes()


def test_another_name_of_the_server_is_not_answered(server):
    """DNS rebinding ends here."""
    assert 421 == raw(server, "/", headers={"Host": "evil.example"})[0]


def test_readers_at_the_same_time_get_the_same(server):
    """Sixteen at once, each a full page."""
    answers = []
    url = f"{server}/collections/parcels/items?f=json&limit=500"
    readers = [threading.Thread(target=lambda: answers.append(get(url)[2])) for _ in range(16)]
    for each in readers:
        each.start()
    for each in readers:
        each.join()
    features = {json.dumps(json.loads(each)["features"]) for each in answers}
    assert (16, 1) == (len(answers), len(features))


def test_nothing_published_is_said(tmp_path):
    """Before any port is opened."""
    with pytest.raises(MissingFileError):
        serving.serve(tmp_path, port=5000)


def test_without_the_optional_packages(published, monkeypatch):
    """The command that installs them is named."""
    monkeypatch.setattr(serving.importlib.util, "find_spec", lambda _: None)
    with pytest.raises(StoreError, match="make serve-partners"):
        serving.serve(published, port=5000)


def test_a_port_that_is_taken(published, monkeypatch):
    """Its number is said."""
    monkeypatch.setattr(serving, "application", lambda *_, **__: print)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(StoreError, match=str(port)):
            serving.serve(published, port=port)
