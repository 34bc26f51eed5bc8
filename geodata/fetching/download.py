"""One file of a public service: asked politely, received in full, checked, kept on disk."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from geodata.errors import FetchError
from geodata.fetching import cache, faults
from geodata.fetching.exchange import Answer, AskAgainError, exchanged
from geodata.fetching.policy import pause_s
from geodata.fetching.session import Session, is_allowed, rest, take_turn

__all__ = ["Download", "Request", "download", "forget"]


@dataclass(frozen=True, slots=True)
class Request:
    """One file to ask for."""

    url: str
    """Address with its query."""
    base: str
    """Address of the service."""
    hosts: tuple[str, ...]
    """Hosts that may answer."""
    accepts: tuple[str, ...]
    """Content types that may come."""
    max_bytes: int
    """Size that is refused beyond."""
    per_second: float
    """Polite rate."""
    body: str | None = None
    """Form to post; None to get."""
    is_personal: bool = False
    """Whether the answer names persons: then nothing stays on disk."""

    @property
    def where(self) -> str:
        """Host and path, for messages; the query stays out."""
        parts = urlsplit(self.url)
        return f"{parts.hostname}{parts.path}"

    @property
    def name(self) -> str:
        """Name in the cache, the same for the same request."""
        return hashlib.sha256(f"{self.url}\n{self.body or ''}".encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Download:
    """One file received, or found unchanged."""

    url: str
    """Address it was asked from."""
    path: Path
    """File on disk, as the service sent it."""
    sha256: str
    """Checksum of the file."""
    modified: str
    """``Last-Modified`` of the service; empty when it gave none."""
    is_unchanged: bool
    """Whether the service said that the file kept from an earlier visit is still right (304)."""


def download(session: Session, request: Request) -> Download:
    """File that ``request`` asks for.

    Passing faults (no connection, 408, 425, 429, 5xx, an answer cut short) are tried again after a
    growing pause, or after the one that the service asks for. A part received goes on where it
    stopped, when the service can. A file of an earlier visit is asked for only if it has changed.

    Raises
    ------
    FetchError
        With the reason and what to do; nothing of an earlier visit is lost.
    CancelledError
        The planner stopped the visit.
    """
    if not is_allowed(session, request.url, hosts=request.hosts, base=request.base):
        raise FetchError(faults.strange_host(_host(request), request.where))
    if _host(request) in session.unreachable:
        raise FetchError(faults.connection(request.where))
    start = session.timepiece.elapsed_s()
    attempt = 0
    while True:
        attempt += 1
        take_turn(session, _host(request), per_second=request.per_second)
        try:
            return _received(session, request, start + session.policy.total_s)
        except AskAgainError as problem:
            pause = _pause(session, request, problem, attempt)
            if session.timepiece.elapsed_s() + pause > start + session.policy.total_s:
                raise FetchError(faults.too_slow(request.where)) from problem
            rest(session, pause)
        except OSError as error:
            if isinstance(error, FetchError):
                raise
            raise FetchError(faults.disk(error.strerror or "", request.where)) from error


def forget(session: Session, request: Request) -> None:
    """Remove what was kept of a request, because it turned out to be no good."""
    cache.forget(_folder(session, request), request.name)


def _received(session: Session, request: Request, deadline_s: float) -> Download:
    """The file, in one exchange."""
    folder, name = _folder(session, request), request.name
    earlier = cache.kept(folder, name)
    offset, validator = cache.resumable(folder, name)
    headers = {"Accept": ", ".join((*request.accepts, "*/*;q=0.1"))}
    if offset and request.body is None:
        headers |= {"Range": f"bytes={offset}-", "If-Range": validator}
    elif earlier and request.body is None:
        headers |= _conditions(earlier[1])
    answer = exchanged(session, request, headers=headers, offset=offset, deadline_s=deadline_s)
    if answer is None:
        if earlier is None:  # a 304 without a file to match it
            raise AskAgainError(faults.bad_status(304, request.where))
        return _download(request, *earlier, is_unchanged=True)
    return _kept(folder, request, answer)


def _kept(folder: Path, request: Request, answer: Answer) -> Download:
    """Download made of the part just received, its checksum compared where the service gave one."""
    received = cache.part(folder, request.name)
    sha256 = cache.digest_of(received)
    if answer.sha256 and answer.sha256 != sha256:
        cache.forget_part(folder, request.name)
        raise AskAgainError(faults.damaged(request.where))
    entry = cache.Entry(
        url=request.url,
        etag=answer.etag,
        modified=answer.modified,
        sha256=sha256,
        content_type=answer.content_type,
    )
    return _download(request, cache.keep(folder, request.name, entry), entry, is_unchanged=False)


def _pause(session: Session, request: Request, problem: AskAgainError, attempt: int) -> float:
    """Seconds before the next try; the problem itself when there is none."""
    rules = session.policy
    tries = rules.connect_attempts if problem.is_connection else rules.attempts
    if attempt >= tries:
        if problem.is_connection:
            session.unreachable.add(_host(request))
        raise FetchError(problem.fault) from problem
    own = pause_s(attempt, policy=rules, chance=session.chance)
    if problem.asked_s is None:
        return own
    if problem.asked_s > rules.longest_asked_s:
        raise FetchError(faults.too_long_a_wait(problem.asked_s, request.where)) from problem
    return max(own, problem.asked_s)


def _conditions(entry: cache.Entry) -> dict[str, str]:
    """Headers that ask for the file only if it has changed."""
    headers = {"If-None-Match": entry.etag, "If-Modified-Since": entry.modified}
    return {name: value for name, value in headers.items() if value}


def _download(request: Request, path: Path, entry: cache.Entry, *, is_unchanged: bool) -> Download:
    """Download of a file and its entry."""
    return Download(request.url, path, entry.sha256, entry.modified, is_unchanged)


def _folder(session: Session, request: Request) -> Path:
    """Where the answer goes."""
    return session.private if request.is_personal else session.folder


def _host(request: Request) -> str:
    """Host and port that are asked."""
    return urlsplit(request.url).netloc
