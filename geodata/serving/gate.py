"""What stands before the server: only what readers need comes through, everything else is 4xx."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from http import HTTPStatus
from typing import Any, TypeAlias
from urllib.parse import parse_qsl, urlsplit

__all__ = ["Gate", "hosts_of", "refusal"]

Environment: TypeAlias = dict[str, Any]
Application: TypeAlias = Callable[[Environment, Callable[..., Any]], Iterable[bytes]]
Refusal: TypeAlias = tuple[HTTPStatus, str]

_MOST_CHARACTERS = 2000
_MOST_PARAMETERS = 40
_PAGES = re.compile(
    r"/|/conformance|/openapi|/collections|/static/(?:css|img)/[a-z]+\.(?:css|ico|png)"
)
_COLLECTION = re.compile(
    r"/collections/(?P<id>[^/]+)(?:/(?:schema|queryables|(?P<items>items)(?:/(?P<item>[^/]+))?))?"
)
_NUMBER = r"[+-]?(?:\d{1,12}(?:\.\d{0,20})?|\.\d{1,20})(?:[eE][+-]?\d{1,2})?"
_CRS = re.compile(r"https?://www\.opengis\.net/def/crs/[A-Z]{3,4}/[0-9.]{1,5}/[A-Za-z0-9]{1,10}")
_EVERYWHERE = {
    "f": re.compile(r"json|html|jsonld"),
    "lang": re.compile(r"[A-Za-z]{2}(?:-[A-Za-z]{2})?"),
}
_OF_ONE = {"crs": _CRS}
_OF_MANY = {
    "bbox": re.compile(rf"{_NUMBER}(?:,{_NUMBER}){{3}}(?:(?:,{_NUMBER}){{2}})?"),
    "bbox-crs": _CRS,
    "datetime": re.compile(r"[0-9TZ:.+/-]{1,64}"),
    "limit": re.compile(r"0*[1-9]\d{0,8}"),
    "offset": re.compile(r"\d{1,9}"),
    "properties": re.compile(r"\w+(?:,\w+)*"),
    "resulttype": re.compile(r"results|hits"),
    "skipGeometry": re.compile(r"true|false"),
}
_JSON, _GEOJSON = "application/json", "application/geo+json"
_PLAIN = re.compile(r"[^<>\x00-\x1f\x7f]*")
_POLICY = (
    "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_HEADERS = [
    ("Content-Security-Policy", _POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
]
_OURS = {"server", "x-powered-by", *(name.lower() for name, _ in _HEADERS)}


class Gate:
    """WSGI application around the server: refuses, adds headers, hides what went wrong inside."""

    def __init__(
        self, application: Application, *, columns: Mapping[str, Iterable[str]], hosts: set[str]
    ) -> None:
        self._application = application
        self._columns = {name: frozenset(each) for name, each in columns.items()}
        self._hosts = hosts

    def __call__(self, environment: Environment, start: Callable[..., Any]) -> Iterable[bytes]:
        """Answer one request."""
        refused = refusal(environment, columns=self._columns, hosts=self._hosts)
        if refused is not None:
            return _told(*refused, start)
        # Nothing that a request carries but its address reaches the server.
        calm = {**environment, "wsgi.input": _NoBody(), "CONTENT_LENGTH": "0", "CONTENT_TYPE": ""}

        def started(status: str, headers: list[tuple[str, str]], *error: object) -> object:
            is_found = status.startswith("200") and _is_of_features(environment)
            kept = [
                (name, _GEOJSON if is_found and value == _JSON else value)
                for name, value in headers
                if name.lower() not in _OURS
            ]
            return start(status, [*kept, *_HEADERS], *error)

        try:
            return list(self._application(calm, started))
        except Exception:  # noqa: BLE001 - a reader learns nothing of the inside
            return _told(HTTPStatus.INTERNAL_SERVER_ERROR, "The server is at fault.", start)


class _NoBody:
    """Body of a request without one."""

    def read(self, *_: object) -> bytes:
        """Nothing."""
        return b""


def refusal(
    environment: Environment, *, columns: Mapping[str, Iterable[str]], hosts: set[str]
) -> Refusal | None:
    """Why a request is refused, or None.

    Parameters
    ----------
    environment
        The request, as WSGI gives it.
    columns
        Properties by collection id: a reader may ask for values of these, and no other parameter
        than those of the standard (OGC 17-069r4, 7.15: unknown ones are answered 400).
    hosts
        Names by which the server may be called, with their port.
    """
    if environment.get("HTTP_HOST", "").lower() not in hosts:
        return HTTPStatus.MISDIRECTED_REQUEST, "This server has another name."
    if environment["REQUEST_METHOD"] not in {"GET", "HEAD"}:
        return HTTPStatus.METHOD_NOT_ALLOWED, "This service is read-only."
    address, query = _address(environment), environment.get("QUERY_STRING", "")
    if len(address) + len(query) > _MOST_CHARACTERS:
        return HTTPStatus.REQUEST_URI_TOO_LONG, "The address is too long."
    known = _known_parameters(address, columns)
    if known is None:
        return HTTPStatus.NOT_FOUND, "There is nothing at this address."
    return _query_refusal(query, known)


def _address(environment: Environment) -> str:
    """Path of the request, decoded once; what is no UTF-8 is at no address."""
    try:
        return str(environment.get("PATH_INFO", "") or "/").encode("latin-1").decode("utf-8")
    except UnicodeError:
        return "\x00"


def _is_of_features(environment: Environment) -> bool:
    """Whether features are asked for, which pygeoapi calls plain JSON."""
    place = _COLLECTION.fullmatch(_address(environment))
    return place is not None and place["items"] is not None


def _known_parameters(
    address: str, columns: Mapping[str, Iterable[str]]
) -> dict[str, re.Pattern[str]] | None:
    """Parameters that may follow an address, or None when there is nothing at it."""
    if _PAGES.fullmatch(address):
        return _EVERYWHERE
    place = _COLLECTION.fullmatch(address)
    if place is None or place["id"] not in columns or not _PLAIN.fullmatch(address):
        return None
    if place["item"] is not None:
        return None if place["item"] in {".", ".."} else {**_EVERYWHERE, **_OF_ONE}
    if place["items"] is None:
        return _EVERYWHERE
    filters = dict.fromkeys(columns[place["id"]], _PLAIN)
    return {**filters, **_EVERYWHERE, **_OF_ONE, **_OF_MANY}


def _query_refusal(query: str, known: Mapping[str, re.Pattern[str]]) -> Refusal | None:
    """What is wrong with the parameters, if anything."""
    bad = HTTPStatus.BAD_REQUEST
    try:
        pairs = parse_qsl(
            query, keep_blank_values=True, errors="strict", max_num_fields=_MOST_PARAMETERS
        )
    except ValueError:
        return bad, "The parameters cannot be read."
    names = [name for name, _ in pairs]
    for name, value in pairs:
        if name not in known:
            return bad, "A parameter is unknown here; those known are in /openapi."
        if names.count(name) > 1:
            return bad, f"{name} is given twice."
        if not known[name].fullmatch(value):
            return bad, f"{name} has a value that it cannot have."
    return None


def _told(status: HTTPStatus, why: str, start: Callable[..., Any]) -> list[bytes]:
    """Answer in the form of the standard's exceptions."""
    body = json.dumps({"code": status.phrase.title().replace(" ", ""), "description": why}).encode()
    extra = [("Allow", "GET, HEAD")] if status is HTTPStatus.METHOD_NOT_ALLOWED else []
    start(
        f"{status.value} {status.phrase}",
        [
            ("Content-Type", "application/json; charset=UTF-8"),
            ("Content-Length", str(len(body))),
            *extra,
            *_HEADERS,
        ],
    )
    return [body]


def hosts_of(url: str, *, host: str, port: int) -> set[str]:
    """Names by which a server that listens at ``host`` may be called, that of ``url`` included."""
    return {f"{host}:{port}", f"localhost:{port}", urlsplit(url).netloc.lower()}
