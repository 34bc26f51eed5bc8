"""Many outcomes become one per charter, the worst first."""

import itertools

import numpy as np
import pytest

from charters.cascade import CharterOutcome, cascade
from charters.judge import Outcome, Verdicts, judge

NOT, OK, TALK, DOUBT, FAIL = Outcome
DAY = np.array(["2026-11-01"], "datetime64[D]")


@pytest.fixture
def charter(load, entry):
    """Mandatory, recommended and information articles, and a mandatory indicator."""
    return load(
        entry(),
        entry(id="XX-02", severity="recommended"),
        entry(id="XX-03", severity="information"),
        entry(id="XX-04", kind="indicator"),
    )


def outcome_of(charter, *codes):
    """Word of the cascade for one site with these codes."""
    codes = np.array([codes], np.int8)
    return CharterOutcome(int(cascade(Verdicts(charter, codes))[0])).key


@pytest.mark.parametrize(
    ("mandatory", "recommended", "information", "indicator", "expected"),
    [
        (NOT, NOT, NOT, NOT, "not_applicable"),
        (OK, NOT, NOT, NOT, "compliant"),
        (NOT, OK, NOT, NOT, "compliant"),
        (NOT, NOT, NOT, OK, "compliant"),
        (OK, OK, OK, OK, "compliant"),
        (OK, FAIL, NOT, OK, "reservations"),
        (OK, DOUBT, NOT, OK, "reservations"),
        (OK, TALK, NOT, OK, "reservations"),
        (NOT, FAIL, NOT, NOT, "reservations"),
        (OK, OK, OK, TALK, "reservations"),
        (NOT, NOT, NOT, TALK, "reservations"),
        (DOUBT, OK, OK, OK, "to_investigate"),
        (OK, OK, OK, DOUBT, "to_investigate"),
        (DOUBT, FAIL, OK, TALK, "to_investigate"),
        (FAIL, OK, OK, OK, "non_compliant"),
        (FAIL, FAIL, FAIL, DOUBT, "non_compliant"),
    ],
)
def test_each_rung(charter, mandatory, recommended, information, indicator, expected):
    """Every rung of the house, and the worse of two rungs."""
    assert expected == outcome_of(charter, mandatory, recommended, information, indicator)


def test_information_never_enters(charter):
    """Whatever an information article says, the cascade is the same."""
    for codes in itertools.product(Outcome, repeat=3):
        first, second, last = codes
        found = {outcome_of(charter, first, second, each, last) for each in Outcome}
        assert 1 == len(found)


def test_only_information(load, entry):
    """A charter in which nothing but information applies is not applicable."""
    charter = load(entry(severity="information"))
    assert "not_applicable" == outcome_of(charter, FAIL)


def test_no_site_at_all(load, entry):
    """No site, no outcome."""
    assert 0 == len(cascade(Verdicts(load(entry()), np.empty((0, 1), np.int8))))


def test_no_article_at_all(load):
    """A charter without articles is not applicable."""
    assert "not_applicable" == outcome_of(load())


def test_an_indicator_that_asks_for_discussion(load, entry, facts):
    """Judged, not made up: a recommended indicator outside its band brings reservations."""
    charter = load(
        entry(),
        entry(
            id="XX-02",
            kind="indicator",
            severity="recommended",
            parameters={
                "most": {
                    "unit": "m",
                    "values": [{"from": "2020-01-01", "value": 9, "source": "MODEL"}],
                }
            },
        ),
    )
    given = facts({"project.height": [8, 10, 12]})
    codes = cascade(judge(charter, given, on=DAY, sites=3))
    expected = ["compliant", "reservations", "non_compliant"]
    assert expected == [CharterOutcome(int(code)).key for code in codes]
