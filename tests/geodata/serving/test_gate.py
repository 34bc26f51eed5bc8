import json
from http import HTTPStatus

import pytest

from geodata.serving.gate import Gate, hosts_of, refusal

COLUMNS = {"zones": ["id", "theme"]}
HOSTS = {"127.0.0.1:5000"}


def request(path="/", query="", method="GET", host="127.0.0.1:5000", **more):
    """A request, as WSGI gives it."""
    return {
        "REQUEST_METHOD": method,
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "HTTP_HOST": host,
        **more,
    }


def status(*given, **named):
    """Status of the refusal of a request, or None."""
    refused = refusal(request(*given, **named), columns=COLUMNS, hosts=HOSTS)
    return None if refused is None else int(refused[0])


@pytest.fixture
def answer():
    """Function that sends a request through the gate to an application."""

    def send(application, environment):
        told = []
        gate = Gate(application, columns=COLUMNS, hosts=HOSTS)
        body = gate(environment, lambda *given: told.extend(given))
        return told[0], dict(told[1]), b"".join(body)

    return send


def calm(environment, start):
    """An application that answers with the body it was sent."""
    start("200 OK", [("Content-Type", "application/json"), ("Server", "x")])
    return [environment["wsgi.input"].read()]


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("", ""),
        ("/", "f=json"),
        ("/conformance", "f=html&lang=fr"),
        ("/openapi", ""),
        ("/collections", "lang=en-GB"),
        ("/collections/zones", ""),
        ("/collections/zones/schema", ""),
        ("/collections/zones/queryables", ""),
        ("/collections/zones/items", "limit=10&offset=0&bbox=2.1,49,2.5,5.0e1"),
        ("/collections/zones/items", "bbox=2,49,0,3,50,9&bbox-crs=http://www.opengis.net/def/crs/OGC/1.3/CRS84"),
        ("/collections/zones/items", "theme=digital&resulttype=hits&skipGeometry=true"),
        ("/collections/zones/items", "datetime=2020-01-01T00:00:00Z/..&properties=id,theme"),
        ("/collections/zones/items", "theme=l%27%C3%A9nergie"),
        ("/collections/zones/items/zone-é 1@x", "crs=http://www.opengis.net/def/crs/EPSG/0/2154"),
        ("/static/img/logo.png", ""),
    ],
)  # fmt: skip
def test_what_readers_need_comes_through(path, query):
    """Pages of the standard, their parameters, and the properties of the collection."""
    assert status(path.encode().decode("latin-1"), query) is None


@pytest.mark.parametrize(
    "path",
    [
        "/admin/config",
        "/processes",
        "/jobs",
        "/stac",
        "/TileMatrixSets",
        "/collections/parcels",
        "/collections/zones/",
        "/collections/zones/coverage",
        "/collections/zones/items/",
        "/collections/zones/items/a/b",
        "/collections/../etc/passwd",
        "/collections/..",
        "/collections/%2e%2e/items",
        "/collections/zones/items/..",
        "/collections/zones/../../etc/passwd",
        "/collections/zones\x00/items",
        "/collections/zones/items/<script>",
        "/collections/zones/items/a\nb",
        "/static/css/../../config.py",
        "/static/css/..%2f..",
        "//evil.example/collections",
        "/collections/\xff\xfe",
    ],
)
def test_there_is_nothing_at_any_other_address(path):
    """No collection that is not published, no way up, no other part of pygeoapi."""
    assert HTTPStatus.NOT_FOUND == status(path)


@pytest.mark.parametrize(
    "query",
    [
        "limit=0",
        "limit=-1",
        "limit=1.5",
        "limit=ten",
        "limit=99999999999999999999",
        "limit=",
        "offset=-1",
        "offset=99999999999",
        "bbox=1,2,3",
        "bbox=<script>alert(1)</script>",
        "bbox=1,2,3,%3Cscript%3E",
        "bbox=nan,nan,nan,nan",
        "bbox=1,2,3,inf",
        "bbox=1e999,2,3,4",
        "bbox=1,2,3,4;DROP TABLE zones",
        "bbox=1,2,3,4%00",
        "crs=file:///etc/passwd",
        "crs=http://evil.example/def/crs/EPSG/0/2154",
        "bbox-crs=/vsicurl/http://evil.example",
        "f=csv",
        "f=../../etc/passwd",
        "lang=<b>",
        "filter=1=1",
        "sortby=theme",
        "q=a",
        "owner=Martin",
        "theme=<script>",
        "theme=%00",
        "theme=%ff",
        "limit=1&limit=2",
        "skipGeometry=yes",
        "properties=a;b",
        "&".join(f"a{rank}=1" for rank in range(50)),
    ],
)
def test_values_that_cannot_be_are_bad_requests(query):
    """Unknown parameters too, as the standard demands."""
    assert HTTPStatus.BAD_REQUEST == status("/collections/zones/items", query)


def test_a_parameter_of_features_is_unknown_elsewhere():
    """There is nothing to limit on the landing page, and nothing to cut in one feature."""
    assert HTTPStatus.BAD_REQUEST == status("/", "limit=1")
    assert HTTPStatus.BAD_REQUEST == status("/collections/zones/items/a", "bbox=1,2,3,4")


def test_an_address_has_an_end():
    """Two thousand characters are enough for a name."""
    assert HTTPStatus.REQUEST_URI_TOO_LONG == status(
        "/collections/zones/items", "theme=" + "a" * 2000
    )
    assert HTTPStatus.REQUEST_URI_TOO_LONG == status("/" + "a" * 2001)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_the_service_is_read_only(answer, method):
    """405 says what is allowed."""
    said, headers, body = answer(calm, request("/collections/zones/items", method=method))
    assert ("405 Method Not Allowed", "GET, HEAD") == (said, headers["Allow"])
    assert "MethodNotAllowed" == json.loads(body)["code"]


def test_another_name_is_not_answered():
    """A page elsewhere cannot have a browser read this server under its own name."""
    assert HTTPStatus.MISDIRECTED_REQUEST == status(host="evil.example:5000")
    assert HTTPStatus.MISDIRECTED_REQUEST == status(host="")


def test_names_of_the_server():
    """Those of this machine, and the one by which a relay is known."""
    assert {"127.0.0.1:5000", "localhost:5000", "sig.amiens.example"} == hosts_of(
        "https://SIG.amiens.example/", host="127.0.0.1", port=5000
    )


def test_no_body_reaches_the_server(answer):
    """A filter in the body of a GET would."""
    said, headers, body = answer(calm, request("/", CONTENT_LENGTH="9", CONTENT_TYPE="a/b"))
    assert ("200 OK", b"") == (said, body)
    assert "Server" not in headers
    assert "nosniff" == headers["X-Content-Type-Options"]
    assert headers["Content-Security-Policy"].startswith("default-src 'none'")


def test_features_are_named_as_geojson(answer):
    """The media type of RFC 7946, where pygeoapi says plain JSON."""
    _, headers, _ = answer(calm, request("/collections/zones/items"))
    assert "application/geo+json" == headers["Content-Type"]
    _, headers, _ = answer(calm, request("/collections/zones"))
    assert "application/json" == headers["Content-Type"]


def test_a_fault_inside_says_nothing_of_the_inside(answer):
    """500 without a trace, a path or a name."""

    def failing(*_):
        raise RuntimeError("secret.py")

    said, _, body = answer(failing, request("/"))
    assert "500 Internal Server Error" == said
    assert b"secret" not in body
