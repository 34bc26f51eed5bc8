"""What changes in a charter between two days and two editions, against figures by hand."""

import datetime as dt

import numpy as np
import pytest

from charters.differences import Side, charter_differences
from charters.loading import load_charters
from charters.operators import dated

DAYS = [dt.date(2020, 1, 1), dt.date(2024, 1, 1)]
VALUES = [
    {"from": "2019-01-01", "value": 10, "source": "LAW"},
    {"from": "2021-01-01", "value": 11, "source": "LAW"},
    {"from": "2023-01-01", "value": 12, "source": "MODEL", "confidence": "to_check"},
    {"from": "2025-01-01", "value": 13, "source": "LAW"},
]


@pytest.fixture
def dated_entry(entry):
    """Function that gives an article entry with these dated values."""

    def build(*values, **others):
        figure = {"unit": "m", "values": list(values)}
        period = {"from": "2019-01-01"}
        return entry(**{"parameters": {"most": figure}, "in_force": period, **others})

    return build


@pytest.fixture
def between(load):
    """Function that compares a charter of some entries on two days, or with other entries."""

    def build(first, last=None, *, days=DAYS, is_turned=False, **others):
        charters = [load(*first, **others), load(*(first if last is None else last), **others)]
        return charter_differences(*map(Side, charters[::-1] if is_turned else charters, days))

    return build


def told(found):
    """Article, kind of change and name of what changes."""
    return [(each.article, each.change, each.what) for each in found]


def test_nothing_changes_on_the_same_day(between, dated_entry):
    """In the same edition."""
    assert () == between([dated_entry(*VALUES)], days=[DAYS[0]] * 2)


def test_a_dated_value_that_changes(between, dated_entry):
    """The value on each day, and every value that takes effect between them."""
    (found,) = between([dated_entry(*VALUES)])
    assert ("XX-01", "value", "most") == (found.article, found.change, found.what)
    assert (10.0, 12.0, "m", "m") == (
        found.value_before,
        found.value_after,
        found.unit_before,
        found.unit,
    )
    assert dt.date(2023, 1, 1) == found.since
    assert "MODEL" == found.row.source
    assert [11.0, 12.0] == [each.value for each in found.rows]
    assert () == found.dropped


def test_a_value_begins_on_its_first_day(between, dated_entry):
    """Compared with the day before and the day after."""
    day = dt.date(2021, 1, 1)
    one = dt.timedelta(days=1)
    entries = [dated_entry(*VALUES)]
    assert [("XX-01", "value", "most")] == told(between(entries, days=[day - one, day]))
    assert [] == told(between(entries, days=[day, day + one]))


def test_a_value_that_ends_leaves_none(between, dated_entry):
    """The last day of a value is the day before its end."""
    ended = {"from": "2019-01-01", "to": "2022-01-01", "value": 10, "source": "LAW"}
    (found,) = between([dated_entry(ended)])
    assert (10.0, None, None) == (found.value_before, found.value_after, found.since)


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        ({"from": "2019-01-01"}, None),
        ({"from": "2020-01-01"}, None),
        ({"from": "2020-01-02"}, ("enters", dt.date(2020, 1, 2))),
        ({"from": "2024-01-01"}, ("enters", dt.date(2024, 1, 1))),
        ({"from": "2024-01-02"}, None),
        ({"from": "2019-01-01", "to": "2024-01-01"}, ("ends", dt.date(2024, 1, 1))),
        ({"from": "2019-01-01", "to": "2024-01-02"}, None),
        ({"from": "2018-01-01", "to": "2020-01-01"}, None),
        ({"from": "2021-01-01", "to": "2022-01-01"}, ("passes", dt.date(2021, 1, 1))),
    ],
)
def test_an_article_begins_and_ends(between, dated_entry, period, expected):
    """On the first day in force, and on the first day without."""
    value = {"from": "2018-01-01", "value": 10, "source": "LAW"}
    found = between([dated_entry(value, in_force=period)])
    expected = [] if expected is None else [expected]
    assert expected == [(each.change, each.since) for each in found]


@pytest.mark.parametrize(
    ("is_turned", "expected"),
    [
        (False, [("XX-02", "added", dt.date(2025, 1, 1)), ("XX-03", "enters", DAYS[0])]),
        (True, [("XX-02", "removed", dt.date(2025, 1, 1)), ("XX-03", "ends", None)]),
    ],
)
def test_a_new_edition_adds_and_removes_articles(between, dated_entry, is_turned, expected):
    """In force they begin or end, whatever the dates; else they are written or struck out."""
    kept = dated_entry(VALUES[0])
    later = dated_entry(VALUES[3], id="XX-02", in_force={"from": "2025-01-01"})
    now = dated_entry(VALUES[0], id="XX-03", in_force={"from": "2020-01-01"})
    found = between([kept], [kept, later, now], days=[DAYS[0]] * 2, is_turned=is_turned)
    assert expected == [
        (each.article, each.change, each.since) for each in found if each.change != "value"
    ]


def test_a_new_edition_adds_a_value_for_later(between, dated_entry):
    """Nothing changes that day, and yet the new row is said; so is one that was taken out."""
    days = [DAYS[0]] * 2
    (found,) = between([dated_entry(*VALUES[:1])], [dated_entry(*VALUES[::3])], days=days)
    assert (10.0, 10.0) == (found.value_before, found.value_after)
    assert [13.0] == [each.value for each in found.rows]
    (found,) = between([dated_entry(*VALUES[::3])], [dated_entry(*VALUES[:1])], days=days)
    assert [13.0] == [each.value for each in found.dropped]


def test_a_new_edition_changes_texts(between, dated_entry):
    """Each part that differs is said before and after, in both languages."""
    first, last = dated_entry(VALUES[0]), dated_entry(VALUES[0], severity="recommended")
    (found,) = between([first], [last], days=[DAYS[0]] * 2)
    assert ("XX-01", "text", "severity") == (found.article, found.change, found.what)
    assert ("Obligatoire", "Recommended") == (found.before.fr, found.after.en)


def test_a_requirement_that_is_new_is_said_whole(between, dated_entry):
    """An article that gets a second requirement changes the ids of both."""
    first = dated_entry(VALUES[0])
    keys = ("measure", "requirement", "parameters", "kind", "severity", "levers", "remedy")
    one = {key: first[key] for key in keys}
    last = {key: value for key, value in first.items() if key not in keys}
    last["requirements"] = [one, one]
    last["examples"] = [{**first["examples"][0], "requirement": "XX-01a"}]
    texts = {
        each.article: (each.before is None, each.after is None)
        for each in between([first], [last], days=[DAYS[0]] * 2)
        if each.what == "requirement"
    }
    assert {"XX-01": (False, True), "XX-01a": (True, False), "XX-01b": (True, False)} == texts


def test_a_table_changes_key_by_key(between, entry):
    """Named after the table and the word; a reader is told which article reads it."""
    rows = (
        "key;from;to;value;unit;source;confidence\n"
        "office;2019-01-01;;3;m;LAW;checked\n"
        "office;2022-01-01;;4;m;LAW;checked\n"
        "retail;2019-01-01;;5;m;LAW;checked\n"
    )
    threshold = {"op": "<=", "threshold": {"table": "heights", "key": "project.use"}}
    article = entry(requirement=threshold, parameters=None)
    (found,) = between([article], tables={"heights": rows})
    assert ("heights", "value", "office") == (found.article, found.change, found.what)
    assert (3.0, 4.0) == (found.value_before, found.value_after)
    assert f"XX-01 · {article['title']['fr']} (tableau)" == found.title.fr


def test_dated_values_that_play_the_same_part_are_told_apart(between, dated_entry):
    """By their names."""
    figure = {"unit": "m", "values": VALUES[1:2]}
    found = between(
        [
            dated_entry(
                parameters={"most": figure, "more": figure},
                requirement={
                    "op": "<=",
                    "threshold": {"sum": [{"parameter": "most"}, {"parameter": "more"}]},
                },
            )
        ]
    )
    labels = {each.what: each.label.en for each in found}
    assert labels["most"].endswith(" (most)")
    assert labels["more"].endswith(" (more)")


def test_every_dated_value_of_the_charters_has_a_name_of_its_own():
    """No two of one requirement read alike; from a day before all of them."""
    days = [dt.date(1900, 1, 1), dt.date(2100, 1, 1)]
    for charter in load_charters():
        found = [
            (each.article, each.label)
            for each in charter_differences(*(Side(charter, day) for day in days))
            if each.change == "value"
        ]
        assert found
        assert len(set(found)) == len(found)


def test_values_in_force_are_those_of_the_judge():
    """Every dated value of the charters, on both days, as the judge looks it up."""
    days = [dt.date(2015, 1, 1), dt.date(2026, 11, 22)]
    on = np.array(days, "datetime64[D]")
    for charter in load_charters():
        found = {
            (each.article, each.what): (each.value_before, each.value_after)
            for each in charter_differences(*(Side(charter, day) for day in days))
            if each.change == "value"
        }
        for _, requirement in charter.requirements:
            for name, parameter in requirement.parameters.items():
                position, is_given = dated(parameter.values, on)
                expected = tuple(
                    parameter.values[int(at)].value if is_so else None
                    for at, is_so in zip(position, is_given, strict=True)
                )
                if (requirement.id, name) in found:
                    assert expected == found.pop((requirement.id, name))
                else:
                    assert expected[0] == expected[1]
        assert {name for name, _ in found} <= set(charter.tables)
