import random
from email.utils import formatdate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.fetching.policy import Policy, asked_pause_s, pause_s, turn_s

NOW = 1_767_225_600.0  # 2026-01-01


@given(attempt=st.integers(1, 10_000), seed=st.integers())
def test_a_pause_stays_between_half_and_all_of_its_bound(attempt, seed):
    """Bounds by hand: 1, 2, 4, 8, 16, 32, then 60 s."""
    bound = [1, 2, 4, 8, 16, 32, 60][min(attempt, 7) - 1]
    pause = pause_s(attempt, policy=Policy(), chance=random.Random(seed))  # noqa: S311 - seeded
    assert bound / 2 <= pause <= bound


def test_the_same_seed_gives_the_same_pauses():
    """A visit can be played again."""
    first, second = (
        [pause_s(each, policy=Policy(), chance=chance) for each in range(1, 6)]
        for chance in (random.Random(7), random.Random(7))  # noqa: S311 - seeded
    )
    assert first == second
    assert 5 == len(set(first))


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (None, None),
        ("", None),
        ("soon", None),
        ("-3", None),
        ("1.5", None),
        ("0", 0.0),
        (" 120 ", 120.0),
        ("99999999999999999999", float("inf")),
        ("Thu, 01 Jan 2026 00:01:30 GMT", 90.0),
        ("Thu, 01 Jan 2015 00:00:00 GMT", 0.0),
        ("Thu, 99 Jan 2026 00:00:00 GMT", None),
    ],
)
def test_retry_after_in_seconds_or_as_a_date(header, expected):
    """RFC 9110: whole seconds or an HTTP date; a date gone by asks for nothing more."""
    assert expected == asked_pause_s(header, now_s=NOW)


@given(seconds=st.integers(0, 10**8))
def test_a_date_and_its_seconds_ask_the_same(seconds):
    """Both forms of the header mean the same moment."""
    date = formatdate(NOW + seconds, usegmt=True)
    assert asked_pause_s(str(seconds), now_s=NOW) == asked_pause_s(date, now_s=NOW)


@given(st.text())
def test_no_header_breaks_the_reading(header):
    """Whatever a service writes, it is seconds or nothing."""
    asked = asked_pause_s(header, now_s=NOW)
    assert asked is None or asked >= 0


def test_turns_keep_the_rate_and_never_go_back():
    """Four a second: a quarter of a second between two."""
    assert 10.0 == turn_s(None, now_s=10.0, per_second=4)
    assert 10.25 == turn_s(10.0, now_s=10.0, per_second=4)
    assert 12.0 == turn_s(10.0, now_s=12.0, per_second=4)
