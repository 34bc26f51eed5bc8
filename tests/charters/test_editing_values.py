"""A new dated value: its unit, its days, its source."""

import datetime as dt

import pytest

from charters.editing_values import locked_faults, period_faults, unit_faults
from charters.loading import load_charters
from charters.model import DatedValue, Source

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


def test_the_law_is_locked_to_its_source():
    """The same source again, a source without a date, and the model itself are no new law."""
    charter = load_charters()[0]
    law = Source(text=("Loi", "Law"), date=dt.date(2027, 1, 1), verified="text")
    undated = Source(text=("Loi", "Law"), verified="text")
    known = charter.model_copy(update={"sources": {**charter.sources, "LAW2": law, "OLD": undated}})
    cases = {"LAW": ["source"], "OLD": ["source"], "MODEL": ["source"], "LAW2": []}
    for name, fields in cases.items():
        found = told(locked_faults({"source": name}, ROWS, known))
        assert fields == [where for where, _ in found], name
