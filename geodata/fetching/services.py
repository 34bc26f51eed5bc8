"""The public services that the desk can ask, read from ``services.yaml``, and their requests."""

from __future__ import annotations

import functools
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Literal
from urllib.parse import urlencode

import yaml
from pydantic import BaseModel, ConfigDict

from geodata.errors import Fault, SelectionError, did_you_mean
from geodata.fetching.download import Request
from geodata.language import Text

__all__ = ["Endpoint", "Paging", "Service", "chosen", "department", "request_of", "services"]

_FILE = Path(__file__).with_name("services.yaml")
_BASE_VARIABLE = "TECHNOPOLE_FETCH_BASE_"
_MEGABYTE = 2**20
_PLACE = re.compile(r"\{(\w+)\}")
_OVERSEAS = ("97", "98")


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Paging(_Strict):
    """How a service cuts its answers."""

    kind: Literal["single", "offset", "page", "cursor"]
    """One answer, rows skipped, pages from 1, or an address of the next page in each answer."""
    items: str = ""
    """Member that holds the rows; empty when the document is the list itself."""
    position: str = ""
    """Name of the parameter that says where the page starts."""
    size_name: str = ""
    """Name of the parameter that says how many rows."""
    size: int = 0
    """Rows asked for."""
    total: tuple[str, ...] = ()
    """Members that may hold the number of all rows; the first one present counts."""
    next: str = ""
    """Member that holds the address of the next page."""
    most: int = 0
    """Rows beyond which the service gives none, however many there are; 0 for no such limit."""


class Endpoint(_Strict):
    """One kind of request."""

    topics: tuple[str, ...]
    """Topics that it serves."""
    url: str
    """Address, with places to fill."""
    query: dict[str, str] = {}
    """Query, with places to fill; a parameter left empty is not sent."""
    method: Literal["GET", "POST"] = "GET"
    """POST sends ``body`` as the form field ``data``."""
    body: str = ""
    """Query in the language of the service, with places to fill."""
    accepts: tuple[str, ...]
    """Content types that may come."""
    max_mb: int
    """Size that is refused beyond."""
    each: Literal["commune", "territory", "answer"]
    """Asked for each commune, once, or for what an earlier answer named."""
    paging: Paging
    """How answers are cut."""


class Service(_Strict):
    """One public service."""

    title: Text
    """Name on screen."""
    producer: str
    """Who makes the data."""
    licence: str
    """Licence of reuse."""
    base: str
    """Start of its addresses."""
    hosts: tuple[str, ...]
    """Hosts that may answer."""
    per_second: float
    """Polite rate."""
    verified: Literal[False]
    """Whether anybody has called it with this program; nobody has."""
    is_exhaustive: bool
    """Whether absence is a fact where it speaks."""
    is_personal: bool = False
    """Whether answers name persons; they are not kept then."""
    topics: dict[str, tuple[str, ...]]
    """Layers of the catalog by topic."""
    endpoints: dict[str, Endpoint]
    """Requests by name."""


@functools.cache
def services() -> dict[str, Service]:
    """Services by id, in the order in which they are asked."""
    document = yaml.safe_load(_FILE.read_text(encoding="utf-8"))["services"]
    return {name: Service.model_validate(entry) for name, entry in document.items()}


def chosen(only: tuple[str, ...] | None) -> dict[str, frozenset[str]]:
    """Topics to fetch by service, in order.

    Parameters
    ----------
    only
        Topics or service ids; every topic when None.

    Raises
    ------
    SelectionError
        A word that is neither, with the nearest one.
    """
    every = {name: frozenset(each.topics) for name, each in services().items() if each.topics}
    del every["plu_wfs"]  # asked in place of `plu`, never beside it
    if only is None:
        return every
    known = {*every, *(topic for topics in every.values() for topic in topics)}
    strangers = [each for each in only if each not in known]
    if strangers or not only:
        raise SelectionError(*(_unknown(each, known) for each in strangers or ("",)))
    wanted = {
        name: topics if name in only else topics & set(only) for name, topics in every.items()
    }
    return {name: topics for name, topics in wanted.items() if topics}


def request_of(name: str, endpoint: str, *, values: Mapping[str, str]) -> Request:
    """Request of one endpoint of the service ``name``, its places filled from ``values``.

    Places without a value stay as they are, so that a plan can be shown before answers are known.
    The environment may name another base, ``TECHNOPOLE_FETCH_BASE_CADASTRE`` for instance.
    """
    service = services()[name]
    asked = service.endpoints[endpoint]
    base = os.environ.get(f"{_BASE_VARIABLE}{name.upper()}", service.base).rstrip("/")
    filled = {"base": base, **values}
    query = {key: _filled(text, filled) for key, text in asked.query.items()}
    query = {key: text for key, text in query.items() if text}
    address = _filled(asked.url, filled)
    return Request(
        url=f"{address}?{urlencode(query, safe='{}')}" if query else address,
        base=base,
        hosts=service.hosts,
        accepts=asked.accepts,
        max_bytes=asked.max_mb * _MEGABYTE,
        per_second=service.per_second,
        body=urlencode({"data": _filled(asked.body, filled)}) if asked.body else None,
        is_personal=service.is_personal,
    )


def department(commune: str) -> str:
    """Department of a commune, from its INSEE code."""
    return commune[:3] if commune.startswith(_OVERSEAS) else commune[:2]


def _filled(text: str, values: Mapping[str, str]) -> str:
    """Text with the known places filled; others stay."""
    return _PLACE.sub(lambda place: values.get(place[1], place[0]), text)


def _unknown(word: str, known: set[str]) -> Fault:
    """Fault of a topic that does not exist."""
    return Fault(
        Text(f"Sujet inconnu : « {word[:40]} ».", f"Unknown topic: “{word[:40]}”."),
        "--only",
        did_you_mean(word, known),
    )
