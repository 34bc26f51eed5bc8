"""One exchange with a service: redirects, status, headers, then the body streamed into a part."""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urljoin

import httpx

from geodata.errors import Fault, FetchError
from geodata.fetching import cache, faults
from geodata.fetching.policy import asked_pause_s
from geodata.fetching.session import CancelledError, Session, is_allowed

if TYPE_CHECKING:
    from geodata.fetching.download import Request

__all__ = ["Answer", "AskAgainError", "exchanged"]

_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
_NOT_THERE = frozenset({404, 410})
_UNCHANGED, _WHOLE, _PARTIAL, _NO_SUCH_RANGE = 304, 200, 206, 416
_FORM = "application/x-www-form-urlencoded"
_MARKUP = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<[!?a-zA-Z]")
_SHA256 = re.compile(r"sha-256=:?([A-Za-z0-9+/]{43}=):?", re.IGNORECASE)
_CONTENT_RANGE = re.compile(r"bytes (\d+)-\d+/(?:\d+|\*)")
_IDENTITY = frozenset({"", "identity", "gzip", "x-gzip"})
"""Encodings that are stored as they come; the reader knows a zipped file by its first bytes."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a service said of the file that it sent."""

    etag: str
    """``ETag``."""
    modified: str
    """``Last-Modified``."""
    content_type: str
    """``Content-Type``."""
    sha256: str
    """SHA-256 in hexadecimal, from ``Repr-Digest`` or ``Digest``; empty when not given."""


class AskAgainError(Exception):
    """A passing fault: the same request may succeed later."""

    def __init__(
        self, fault: Fault, *, asked_s: float | None = None, is_connection: bool = False
    ) -> None:
        super().__init__(fault)
        self.fault = fault
        self.asked_s = asked_s
        self.is_connection = is_connection


def exchanged(
    session: Session, request: Request, *, headers: dict[str, str], offset: int, deadline_s: float
) -> Answer | None:
    """Answer whose body is in the part of the cache; None when the file has not changed.

    Raises
    ------
    AskAgainError
        The same request may succeed later.
    FetchError
        It will not.
    CancelledError
        The planner stopped the visit.
    """
    try:
        return _followed(session, request, headers, offset, deadline_s)
    except httpx.ConnectTimeout as error:
        raise AskAgainError(faults.connection(request.where), is_connection=True) from error
    except httpx.TimeoutException as error:
        raise AskAgainError(faults.too_slow(request.where)) from error
    except httpx.ConnectError as error:
        if "CERTIFICATE" in str(error).upper():
            raise FetchError(faults.certificate(request.where)) from error
        raise AskAgainError(faults.connection(request.where), is_connection=True) from error
    except (httpx.TransportError, httpx.StreamError) as error:
        raise AskAgainError(faults.connection(request.where)) from error
    except (httpx.InvalidURL, httpx.DecodingError) as error:
        raise FetchError(faults.unexpected_answer(type(error).__name__, request.where)) from error


def _followed(
    session: Session, request: Request, headers: dict[str, str], offset: int, deadline_s: float
) -> Answer | None:
    """Answer at the end of the redirects, each to an allowed host."""
    url, form = request.url, request.body
    for _ in range(session.policy.redirects + 1):
        sent = dict(headers) | ({"Content-Type": _FORM} if form is not None else {})
        method = "GET" if form is None else "POST"
        with session.http.stream(method, url, headers=sent, content=form) as response:
            if not response.has_redirect_location:
                return _answered(session, request, response, offset, deadline_s)
            if response.status_code not in {307, 308}:
                form = None
            url = urljoin(url, response.headers["Location"])
        if not is_allowed(session, url, hosts=request.hosts, base=request.base):
            raise FetchError(faults.strange_host(httpx.URL(url).host[:60], request.where))
    raise FetchError(faults.redirect_loop(request.where))


def _answered(
    session: Session, request: Request, response: httpx.Response, offset: int, deadline_s: float
) -> Answer | None:
    """Body received, once status and headers allow it."""
    folder = session.private if request.is_personal else session.folder
    status = response.status_code
    if status == _UNCHANGED:
        return None
    if status == _NO_SUCH_RANGE:  # the part is longer than the file has become
        cache.forget_part(folder, request.name)
        raise AskAgainError(faults.damaged(request.where))
    _require_success(session, request, response)
    _require_type(request, response)
    answer = _said(response)
    resumed = status == _PARTIAL and _starts_at(response) == offset
    if status == _PARTIAL and not resumed:
        cache.forget_part(folder, request.name)
        raise AskAgainError(faults.damaged(request.where))
    _require_size(request, response, offset if resumed else 0)
    if not resumed:
        cache.started(folder, request.name, cache.Entry(request.url, answer.etag, answer.modified))
    part = cache.part(folder, request.name)
    _stream(session, request, response, part, resumed=resumed, deadline_s=deadline_s)
    _require_no_markup(folder, request, part)
    return answer


def _require_success(session: Session, request: Request, response: httpx.Response) -> None:
    """Refuse every status that is no file."""
    status = response.status_code
    if status in {_WHOLE, _PARTIAL}:
        return
    if status in _NOT_THERE:
        raise FetchError(faults.not_there(request.where))
    fault = faults.bad_status(status, request.where)
    if status not in _PASSING:
        raise FetchError(fault)
    now = session.timepiece.now_s()
    raise AskAgainError(
        fault, asked_s=asked_pause_s(response.headers.get("Retry-After"), now_s=now)
    )


def _require_type(request: Request, response: httpx.Response) -> None:
    """Refuse a content type or an encoding that was not asked for."""
    met = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if met and met not in request.accepts:
        raise FetchError(faults.wrong_type(met, request.where))
    encoding = response.headers.get("Content-Encoding", "").strip().lower()
    if encoding not in _IDENTITY:
        raise FetchError(faults.wrong_type(encoding, request.where))


def _require_size(request: Request, response: httpx.Response, offset: int) -> None:
    """Refuse what announces itself as too large."""
    announced = response.headers.get("Content-Length", "")
    if announced.isdigit() and offset + int(announced[:15]) > request.max_bytes:
        raise FetchError(faults.too_large(request.max_bytes, request.where))


def _stream(
    session: Session,
    request: Request,
    response: httpx.Response,
    part: Path,
    *,
    resumed: bool,
    deadline_s: float,
) -> None:
    """Write the body, counted as it comes."""
    size = part.stat().st_size if resumed else 0
    with part.open("ab" if resumed else "wb") as target:
        for chunk in response.iter_raw():
            size += len(chunk)
            if size > request.max_bytes:
                break
            target.write(chunk)
            if session.cancelled():
                raise CancelledError
            if session.timepiece.elapsed_s() > deadline_s:
                raise FetchError(faults.too_slow(request.where))
    if size > request.max_bytes:
        part.unlink()
        raise FetchError(faults.too_large(request.max_bytes, request.where))


def _require_no_markup(folder: Path, request: Request, part: Path) -> None:
    """Refuse a page that calls itself data."""
    with part.open("rb") as received:
        start = received.read(200)
    if _MARKUP.match(start):
        cache.forget_part(folder, request.name)
        raise FetchError(faults.wrong_type("HTML, XML", request.where))


def _said(response: httpx.Response) -> Answer:
    """Headers that are kept."""
    headers = response.headers
    return Answer(
        etag=headers.get("ETag", ""),
        modified=headers.get("Last-Modified", ""),
        content_type=headers.get("Content-Type", ""),
        sha256=_checksum(headers.get("Repr-Digest", "") or headers.get("Digest", "")),
    )


def _checksum(header: str) -> str:
    """SHA-256 in hexadecimal of a digest header (RFC 9530, RFC 3230); empty when there is none."""
    match = _SHA256.search(header)
    if match is None:
        return ""
    try:
        return base64.b64decode(match[1], validate=True).hex()
    except binascii.Error:
        return ""


def _starts_at(response: httpx.Response) -> int:
    """First byte of a partial answer; -1 when it does not say."""
    match = _CONTENT_RANGE.fullmatch(response.headers.get("Content-Range", ""))
    return int(match[1]) if match else -1
