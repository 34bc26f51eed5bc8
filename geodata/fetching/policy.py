"""How the desk behaves towards public services: patience, pauses, pace. One policy for all."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import parsedate_to_datetime

__all__ = ["Policy", "Timepiece", "asked_pause_s", "pause_s", "turn_s"]


@dataclass(frozen=True, slots=True)
class Policy:
    """Limits of one exchange; seconds unless said otherwise."""

    connect_s: float = 10.0
    """To open a connection."""
    read_s: float = 90.0
    """Between two pieces of an answer; Overpass may think for a minute before the first."""
    total_s: float = 1800.0
    """For one file, pauses included."""
    attempts: int = 5
    """Tries of one request, the first among them."""
    connect_attempts: int = 3
    """The same when no connection is made: without a network, waiting longer helps nobody."""
    first_pause_s: float = 1.0
    """Before the second try; it doubles each time."""
    longest_pause_s: float = 60.0
    """At most between two tries of our own choice."""
    longest_asked_s: float = 300.0
    """At most when a service says how long to wait; a longer wish ends the attempt."""
    redirects: int = 5
    """Followed in one request, each to an allowed host."""


@dataclass(frozen=True, slots=True)
class Timepiece:
    """Where time comes from, so that tests need not wait."""

    elapsed_s: Callable[[], float] = time.monotonic
    """Seconds that only go forward."""
    now_s: Callable[[], float] = time.time
    """Seconds since 1970, to read dates that services give."""
    sleep: Callable[[float], None] = time.sleep
    """Waits that many seconds."""


def pause_s(attempt: int, *, policy: Policy, chance: random.Random) -> float:
    """Seconds before the next try, after ``attempt`` (1, 2, …) failed.

    The pause doubles from ``first_pause_s`` up to ``longest_pause_s``, and half of it is left to
    chance, so that desks that failed together do not come back together.
    """
    doublings = min(attempt - 1, 30)  # 2**30 s is beyond any limit, and finite
    longest = min(policy.longest_pause_s, policy.first_pause_s * 2.0**doublings)
    return longest * (0.5 + 0.5 * chance.random())


def asked_pause_s(header: str | None, *, now_s: float) -> float | None:
    """Seconds that a ``Retry-After`` header asks for (RFC 9110 §10.2.3); None when it asks none.

    Parameters
    ----------
    header
        Whole seconds, or a date; anything else is taken for nothing.
    now_s
        Seconds since 1970.
    """
    text = (header or "").strip()
    if text.isascii() and text.isdigit():
        return float(text) if len(text) < 10 else float("inf")  # noqa: PLR2004 - ten digits: 30 years
    try:
        date = parsedate_to_datetime(text)
        return max(0.0, date.timestamp() - now_s)
    except (ValueError, OverflowError):
        return None


def turn_s(last_turn_s: float | None, *, now_s: float, per_second: float) -> float:
    """Moment at which the next request to a host may leave, on the clock of ``now_s``."""
    return now_s if last_turn_s is None else max(now_s, last_turn_s + 1.0 / per_second)
