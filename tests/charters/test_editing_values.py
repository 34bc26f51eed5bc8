"""A new dated value: its unit, its days, its sign."""

import datetime as dt

import pytest

from charters.editing_values import (
    period_faults,
    same_faults,
    sign_faults,
    unit_faults,
    use_faults,
    year_faults,
)
from charters.model import DatedValue, Period

ROWS = [
    DatedValue(since=dt.date(2020, 1, 1), until=dt.date(2022, 1, 1), value=1, source="LAW"),
    DatedValue(since=dt.date(2024, 1, 1), value=2, source="LAW"),
]


def days(*words):
    """Beginning and end of a value."""
    read = [None if each is None else dt.date.fromisoformat(each) for each in words]
    return dict(zip(("since", "until"), read, strict=False))


def told(found):
    """Field and English words of each fault."""
    return [(fault.where, fault.say("en")) for fault in found]


@pytest.mark.parametrize(
    ("valid", "expected", "field", "words"),
    [
        ({"value": 0.3, "unit": "km"}, "m", "unit", "Write 300 m."),
        ({"value": 0.4, "unit": "1"}, "%", "unit", "Write 40 %."),
        ({"value": 12000, "unit": "m2"}, "ha", "unit", "Write 1.2 ha."),
        ({"value": 3, "unit": "kW"}, "m", "unit", "Write the value in m."),
        ({"value": 3, "unit": "metre"}, "m", "unit", "“m”"),
        ({"value": 2, "unit": "bool"}, "bool", "value", "yes is written 1"),
    ],
)
def test_a_unit_that_is_not_the_one(valid, expected, field, words):
    """The figure is given in the unit that is expected, where it can be."""
    ((where, said),) = told(unit_faults(valid, expected))
    assert field == where
    assert words.lower() in said.lower()


def test_a_unit_that_fits():
    """Nothing is said; neither of what could not be read."""
    assert [] == told(unit_faults({"value": 3.5, "unit": "m"}, "m"))
    assert [] == told(unit_faults({"value": 1, "unit": "bool"}, "bool"))
    assert [] == told(unit_faults({}, "m"))


@pytest.mark.parametrize(
    ("period", "fields"),
    [
        (("2020-01-01",), ["from"]),
        (("2021-06-01",), ["from"]),
        (("2022-01-01",), []),
        (("2022-01-01", "2024-01-01"), []),
        (("2022-01-01", "2024-01-02"), ["to"]),
        (("2019-01-01", "2020-01-01"), []),
        (("2019-01-01",), []),
        (("2025-01-01",), []),
        (("2026-01-01", "2025-01-01"), ["to"]),
        (("1066-10-14",), ["from"]),
        ((None, None), []),
    ],
)
def test_days(period, fields):
    """One value a day: what is dated is never overwritten, and an open value ends by the next."""
    assert fields == [where for where, _ in told(period_faults(days(*period), ROWS))]


def test_the_days_by_brute_force():
    """A period is refused if and only if some day would have two values that were both meant."""
    first, start = ROWS[0], dt.date(2019, 12, 30)
    for offset in range(0, 900, 7):
        since = start + dt.timedelta(days=offset)
        until = since + dt.timedelta(days=5)
        mine = {since + dt.timedelta(days=each) for each in range(5)}
        meant = {
            first.since + dt.timedelta(days=each)
            for each in range((first.until - first.since).days)
        }
        found = told(period_faults({"since": since, "until": until}, ROWS[:1]))
        assert bool(mine & meant) == bool(found), since


CLOSED = Period(since=dt.date(2023, 1, 1), until=dt.date(2026, 1, 1))
OPEN = Period(since=dt.date(2023, 1, 1))


@pytest.mark.parametrize(
    ("period", "fields"),
    [
        (("2021-01-01",), []),
        (("2024-06-01",), []),
        (("2019-01-01",), ["from"]),  # replaced in 2020, before the article of 2023
        (("2026-01-01",), ["from"]),  # the article has ended
        (("2025-01-01", "2025-06-01"), ["to"]),  # nothing follows
        (("2025-01-01", "2026-01-01"), []),  # nor does the article
        (("2023-01-01", "2024-01-01"), []),  # the next value follows at once
        (("2023-01-01", "2023-06-01"), ["to"]),
        (("2026-01-01", "2025-01-01"), []),  # told by its days alone
        ((None,), []),
    ],
)
def test_a_value_that_never_applies_or_leaves_a_gap(period, fields):
    """Every day in force has a value, and every value has a day in force."""
    found = told(use_faults(days(*period), ROWS, [CLOSED]))
    assert fields == [where for where, _ in found]


def test_what_to_do_about_it():
    """The day is said in words."""
    ((_, said),) = told(use_faults(days("2019-01-01"), ROWS, [OPEN]))
    assert "in force from 1 January 2023 only" in said
    assert said.endswith("Date it 1 January 2023 or later.")
    ((_, said),) = told(use_faults(days("2025-01-01", "2025-06-01"), ROWS, [OPEN]))
    assert "the value that holds from 1 June 2025" in said
    assert [] == told(use_faults(days("2025-01-01", "2025-06-01"), ROWS, []))


def test_a_value_that_is_there_already():
    """The same figure of the same source changes nothing; another source, or an end, does."""
    again = {**days("2025-01-01"), "value": 2.0, "source": "LAW"}
    assert ["value"] == [where for where, _ in told(same_faults(again, ROWS))]
    for other in ({"value": 3.0}, {"source": "LAW2"}, days("2025-01-01", "2025-02-01")):
        assert [] == told(same_faults({**again, **other}, ROWS)), other
    assert [] == told(same_faults({}, ROWS))
    assert [] == told(same_faults({**again, **days("2023-01-01"), "value": 1.0}, ROWS))


def test_a_figure_below_zero():
    """Refused for what cannot be."""
    assert ["value"] == [each for each, _ in told(sign_faults({"value": -1.0}, is_signed=False))]
    assert [] == told(sign_faults({"value": -1.0}, is_signed=True))
    assert [] == told(sign_faults({"value": 0.0}, is_signed=False))
    assert [] == told(sign_faults({}, is_signed=False))


def test_years_that_nobody_means():
    """Both days are told of."""
    given = days("1066-10-14", "2300-01-01")
    assert ["from", "to"] == [where for where, _ in told(year_faults(given))]
