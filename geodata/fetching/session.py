"""One visit to the public services: the connection, the clock, the cache, who may be called."""

from __future__ import annotations

import functools
import os
import random
import ssl
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from importlib.metadata import PackageNotFoundError, version
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

import httpx

from geodata.errors import FetchError
from geodata.fetching import faults
from geodata.fetching.cache import cache_folder
from geodata.fetching.policy import Policy, Timepiece, turn_s
from geodata.writing.files import only_writer

__all__ = ["CancelledError", "Session", "is_allowed", "opened", "rest", "take_turn"]

_HOSTS_VARIABLE = "TECHNOPOLE_FETCH_HOSTS"
_PROXY_VARIABLE = "TECHNOPOLE_PROXY"
_CONTACT_VARIABLE = "TECHNOPOLE_CONTACT"
_SLICE_S = 0.2


class CancelledError(Exception):
    """The planner stopped the visit; not an error, so outside the tree of errors."""


@dataclass(slots=True)
class Session:
    """State of one visit."""

    http: httpx.Client
    """Connections; follows no redirect by itself, and no proxy of the environment."""
    folder: Path
    """Cache that outlives the visit."""
    private: Path
    """Folder for what names persons; removed at the end of the visit."""
    policy: Policy
    """Limits."""
    timepiece: Timepiece
    """Clock."""
    chance: random.Random
    """Chance of the pauses."""
    cancelled: Callable[[], bool]
    """Whether the planner has stopped the visit."""
    hosts: tuple[str, ...] = ()
    """Hosts that the planner trusts, beside those of each service."""
    turns: dict[str, float] = field(default_factory=dict)
    """When the last request left for each host."""
    unreachable: set[str] = field(default_factory=set)
    """Hosts that were tried in vain in this visit; they are not tried again."""


@contextmanager
def opened(
    *,
    folder: Path | None = None,
    policy: Policy | None = None,
    timepiece: Timepiece | None = None,
    seed: int | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Iterator[Session]:
    """Session over verified TLS; two at once on the same cache are refused.

    Parameters
    ----------
    folder
        Cache; :func:`geodata.fetching.cache.cache_folder` when None.
    policy, timepiece, seed, cancelled
        Limits, clock, seed of the pauses, and whether to stop.

    Raises
    ------
    StoreError
        Another visit uses the cache.
    FetchError
        The folder cannot be made.
    """
    rules, cache = policy or Policy(), folder or cache_folder()
    try:
        cache.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise FetchError(faults.disk(error.strerror or "", cache.name)) from error
    with (
        only_writer(cache / "visit"),
        tempfile.TemporaryDirectory() as private,
        _http(rules) as http,
    ):
        yield Session(
            http=http,
            folder=cache,
            private=Path(private),
            policy=rules,
            timepiece=timepiece or Timepiece(),
            chance=random.Random(seed),  # noqa: S311 - spreads pauses, guards nothing
            cancelled=cancelled,
            hosts=tuple(os.environ.get(_HOSTS_VARIABLE, "").replace(",", " ").split()),
        )


def is_allowed(session: Session, url: str, *, hosts: tuple[str, ...], base: str) -> bool:
    """Whether ``url`` may be asked: https and a host of the list, or this machine for this machine.

    Parameters
    ----------
    url
        Address asked, or that a service points to.
    hosts
        Host names, ``*.name`` for those under a name.
    base
        Address of the service; only one on this machine may point to this machine, and over http.
    """
    try:
        parts, origin = urlsplit(url), urlsplit(base)
        port, home = parts.port, origin.port
    except ValueError:
        return False
    host = (parts.hostname or "").lower()
    if parts.username or parts.password or not host:
        return False
    if _is_loopback(host):
        return parts.scheme in {"http", "https"} and (host, port) == (origin.hostname, home)
    known = any(fnmatchcase(host, each.lower()) for each in (*hosts, *session.hosts))
    return known and parts.scheme == "https" and port in {None, 443}


def take_turn(session: Session, host: str, *, per_second: float) -> None:
    """Wait until the host may be asked again."""
    clock = session.timepiece.elapsed_s
    moment = turn_s(session.turns.get(host), now_s=clock(), per_second=per_second)
    session.turns[host] = moment
    rest(session, moment - clock())


def rest(session: Session, seconds: float) -> None:
    """Wait, and notice when the planner stops.

    Raises
    ------
    CancelledError
        The planner stopped the visit.
    """
    left = seconds
    while True:
        if session.cancelled():
            raise CancelledError
        if left <= 0:
            return
        session.timepiece.sleep(min(left, _SLICE_S))
        left -= _SLICE_S


def _http(policy: Policy) -> httpx.Client:
    """Client that verifies certificates and takes nothing from the environment but our proxy."""
    return httpx.Client(
        verify=_trusted(),
        trust_env=False,
        proxy=os.environ.get(_PROXY_VARIABLE) or None,
        follow_redirects=False,
        timeout=httpx.Timeout(policy.read_s, connect=policy.connect_s),
        headers={"User-Agent": _user_agent(), "Accept-Encoding": "identity"},
    )


@functools.cache
def _trusted() -> ssl.SSLContext:
    """Authorities of the certifi package, whatever the environment says; made once."""
    return httpx.create_ssl_context(verify=True, trust_env=False)


def _user_agent() -> str:
    """Name of the project, and whom to write to where the planner says so."""
    try:
        number = version("technopole")
    except PackageNotFoundError:
        number = "0.1.0"
    contact = os.environ.get(_CONTACT_VARIABLE, "")
    safe = "".join(each for each in contact if each.isascii() and each.isprintable())
    return f"technopole/{number} (planning desk for Amiens{'; ' + safe if safe else ''})"


def _is_loopback(host: str) -> bool:
    """Whether a host is this machine."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
