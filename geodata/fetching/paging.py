"""Answers in JSON, and all their pages: complete, without repeats, or not at all."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit, urlunsplit

from geodata.errors import FetchError
from geodata.fetching import faults
from geodata.fetching.download import Download, Request, download, forget
from geodata.fetching.services import Paging, request_of, services
from geodata.fetching.session import Session
from geodata.fetching.unzipping import plain_bytes

__all__ = ["Collected", "collect", "document"]

_MOST_PAGES = 5000
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Collected:
    """Every row of one request."""

    rows: list[Any]
    """Rows of all pages, in order."""
    first: Any
    """Document of the first page, for what it says beside its rows."""
    downloads: tuple[Download, ...]
    """Files received, one for each page."""


def collect(
    session: Session,
    service: str,
    endpoint: str,
    *,
    values: Mapping[str, str],
    tell: Callable[[int, int], None] = lambda _done, _total: None,
) -> Collected:
    """Rows of every page of one endpoint.

    Parameters
    ----------
    session, service, endpoint
        Whom to ask, and what.
    values
        What fills the places of the request.
    tell
        Called after each page with the rows received, and all of them (0 when not known).

    Raises
    ------
    FetchError
        Not JSON, not of the documented form, a page that repeats, fewer rows than announced, or
        anything that :func:`geodata.fetching.download.download` raises.
    """
    request = request_of(service, endpoint, values=values)
    paging = services()[service].endpoints[endpoint].paging
    rows: list[Any] = []
    downloads: list[Download] = []
    seen: set[str] = set()
    first: Any = None
    total = 0
    for page, received in _pages(session, request, paging):
        met, fresh = _rows(page, paging, request), []
        if first is None:
            first, total = page, _total(page, paging, request)
        for row in met:
            mark = _mark(row)
            if mark not in seen:
                seen.add(mark)
                fresh.append(row)
        if met and not fresh and paging.kind != "single":
            raise FetchError(faults.repeated_page(request.where))
        rows += fresh if paging.kind != "single" else met
        downloads.append(received)
        tell(len(rows), total)
        if paging.most and total >= paging.most:
            break  # the caller splits the request, for the service cuts it
        if total and len(rows) >= total and paging.kind != "cursor":
            break
    if len(rows) < total and not (paging.most and total >= paging.most):
        raise FetchError(faults.incomplete(len(rows), total, request.where))
    return Collected(rows, first, tuple(downloads))


def document(session: Session, request: Request) -> tuple[Any, Download]:
    """JSON document that answers ``request``, and its file.

    Raises
    ------
    FetchError
        Not JSON; the file is not kept, so that the next visit asks again.
    """
    received = download(session, request)
    try:
        return json.loads(plain_bytes(received.path, limit=request.max_bytes)), received
    except OverflowError as error:
        forget(session, request)
        raise FetchError(faults.too_large(request.max_bytes, request.where)) from error
    except (ValueError, RecursionError) as error:  # of JSON, UTF-8 and gzip
        forget(session, request)
        raise FetchError(faults.not_json(request.where)) from error


def _pages(session: Session, request: Request, paging: Paging) -> Iterator[tuple[Any, Download]]:
    """Pages as long as there are rows."""
    place, address = _first(paging), request.url
    for _ in range(_MOST_PAGES):
        url = _at(address, paging, place)
        page, received = document(session, dataclasses.replace(request, url=url))
        yield page, received
        count = len(_rows(page, paging, request))
        if paging.kind == "single" or not count:
            return
        if paging.kind == "cursor":
            following = _member(page, paging.next)
            if not following:
                return
            address = _same_scheme(_text(following, request), request)
        else:
            if not _total(page, paging, request) and count < paging.size:
                return
            place += count if paging.kind == "offset" else 1
    raise FetchError(faults.repeated_page(request.where))


def _first(paging: Paging) -> int:
    """Where the first page starts."""
    return 1 if paging.kind == "page" else 0


def _at(address: str, paging: Paging, place: int) -> str:
    """Address of the page that starts at ``place``."""
    if paging.kind not in {"offset", "page"}:
        return address
    added = urlencode({paging.position: place, paging.size_name: paging.size})
    return f"{address}{'&' if urlsplit(address).query else '?'}{added}"


def _same_scheme(following: str, request: Request) -> str:
    """Address of the next page; services behind a proxy often say http where they mean https."""
    parts = urlsplit(following)
    secure = request.url.startswith("https:") and parts.scheme == "http"
    return urlunsplit(parts._replace(scheme="https")) if secure else following


def _rows(page: Any, paging: Paging, request: Request) -> list[Any]:  # noqa: ANN401 - JSON is anything
    """Rows of one page."""
    rows = _member(page, paging.items) if paging.items else page
    if isinstance(rows, list):
        return rows
    if paging.kind == "single" and not paging.items:
        return [rows]
    met = list(page)[:5] if isinstance(page, dict) else type(page).__name__
    raise FetchError(faults.unexpected_answer(str(met)[:_SHOWN], request.where))


def _total(page: Any, paging: Paging, request: Request) -> int:  # noqa: ANN401 - JSON is anything
    """Number of all rows that a page announces; 0 when it says none."""
    for name in paging.total:
        announced = _member(page, name)
        if isinstance(announced, int) and not isinstance(announced, bool) and announced >= 0:
            return announced
        if announced not in {None, "unknown"}:  # GeoServer says “unknown” when it does not count
            raise FetchError(faults.unexpected_answer(f"{name} = {announced}", request.where))
    return 0


def _member(page: Any, name: str) -> Any:  # noqa: ANN401 - JSON is anything
    """Member of a document; None when it is no object or has no such member."""
    return page.get(name) if isinstance(page, dict) else None


def _text(value: object, request: Request) -> str:
    """Address in an answer."""
    if not isinstance(value, str):
        raise FetchError(faults.unexpected_answer(type(value).__name__, request.where))
    return value


def _mark(row: object) -> str:
    """What makes a row the same as another."""
    return hashlib.sha256(json.dumps(row, sort_keys=True).encode()).hexdigest()
