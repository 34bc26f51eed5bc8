import dataclasses
import datetime as dt
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from charters.cascade import CharterOutcome
from charters.judge import Outcome, Verdicts
from charters.loading import load_charters
from geodata.errors import SelectionError
from zones.assessment import Assessment, assess, outcome_keys, verdicts_by_site
from zones.differences import RANKS, aligned, changed_outcomes, difference_counts
from zones.projects import example_projects
from zones.sites import each_parcel

EARLIER, LATER = dt.date(2024, 3, 1), dt.date(2026, 11, 16)
SAMPLE = slice(0, None, 29)
NOT, OK, TALK, DOUBT, FAIL = Outcome


def made_charter(name, *requirements):
    """Stand-in for a charter, of which only the ids are read."""
    pairs = tuple((None, SimpleNamespace(id=each)) for each in requirements)
    return SimpleNamespace(id=name, requirements=pairs)


def made(sites, **charters):
    """Assessment from sites {id: m2} and charters {name: (outcomes, {requirement: codes})}."""
    index = pd.Index(list(sites), dtype=object, name="site_id")
    verdicts, outcomes = {}, {}
    for name, (own, codes) in charters.items():
        table = np.array(list(codes.values()), np.int8).reshape(len(codes), len(sites)).T
        verdicts[name] = Verdicts(made_charter(name, *codes), table)
        outcomes[name] = np.array(own, np.int8)
    frame = pd.DataFrame({"planar_area_m2": list(sites.values())}, index=index, dtype=float)
    return Assessment(frame, None, {}, verdicts, outcomes, None, None, None)


def rows(frame):
    """Rows of a frame as plain tuples."""
    return [tuple(each) for each in frame.astype(object).itertuples(index=False)]


@pytest.fixture(scope="module")
def pair(demo_layers, demo_parcels):
    """Some parcels of the demonstration judged for the digital offices on two days."""
    sites = each_parcel(demo_parcels.iloc[SAMPLE])
    project = example_projects()["digital_offices"]
    return [
        assess(sites, project, demo_layers, charters=load_charters(), day=day)
        for day in (EARLIER, LATER)
    ]


# By hand ---------------------------------------------------------------------------------------


def test_a_row_for_each_outcome_that_differs():
    """The charter's own outcome comes first, then its requirements, site by site."""
    before = made({"a": 10, "b": 20}, x=([1, 1], {"X-1": [OK, OK], "X-2": [OK, NOT]}))
    after = made({"a": 10, "b": 20}, x=([4, 1], {"X-1": [FAIL, OK], "X-2": [OK, TALK]}))
    assert [
        ("a", "x", "", "compliant", "non_compliant"),
        ("a", "x", "X-1", "compliant", "non_compliant"),
        ("b", "x", "X-2", "not_applicable", "to_discuss"),
    ] == rows(changed_outcomes(before, after))


def test_the_same_assessment_has_no_difference():
    """No row, and the columns that a reader expects."""
    one = made({"a": 10}, x=([1], {"X-1": [OK]}))
    found = changed_outcomes(one, one)
    assert ["site_id", "charter", "article", "before", "after"] == list(found)
    assert 0 == len(found)


def test_no_site_gives_empty_tables():
    """Nothing to compare is no error."""
    none = made({}, x=([], {"X-1": []}))
    assert [] == rows(changed_outcomes(none, none))
    assert [] == rows(difference_counts(none, none))


def test_a_requirement_of_one_side_only_is_said_absent():
    """But not where it does not apply: there it changes nothing for the site."""
    before = made({"a": 1, "b": 1}, x=([1, 1], {"X-1": [OK, NOT]}))
    after = made({"a": 1, "b": 1}, x=([1, 1], {"X-2": [NOT, DOUBT]}))
    assert [
        ("a", "x", "X-1", "compliant", "absent"),
        ("b", "x", "X-2", "absent", "to_investigate"),
    ] == rows(changed_outcomes(before, after))


def test_a_site_of_one_side_only_is_said_absent():
    """Sites meet by id whatever their order; the area is that of the side that has the site."""
    before = made({"gone": 5, "kept": 7}, x=([0, 1], {"X-1": [NOT, OK]}))
    after = made({"kept": 8, "new": 9}, x=([2, 4], {"X-1": [OK, FAIL]}))
    assert [
        ("kept", "x", "", "compliant", "reservations"),
        ("new", "x", "", "absent", "non_compliant"),
        ("new", "x", "X-1", "absent", "non_compliant"),
        ("gone", "x", "", "not_applicable", "absent"),
    ] == rows(changed_outcomes(before, after))
    assert {"kept": 8.0, "new": 9.0, "gone": 5.0} == dict(
        zip(aligned(before, after).site_ids, aligned(before, after).planar_area_m2, strict=True)
    )


def test_a_charter_of_one_side_only_is_said_absent():
    """Its own outcome and what it asks of the site."""
    before, after = made({"a": 1}, x=([1], {})), made({"a": 1}, y=([1], {"Y-1": [OK]}))
    assert {
        ("a", "x", "", "compliant", "absent"),
        ("a", "y", "", "absent", "compliant"),
        ("a", "y", "Y-1", "absent", "compliant"),
    } == set(rows(changed_outcomes(before, after)))


def test_sites_that_share_an_id_are_refused():
    """Unless both sides list the same sites, when they meet in order."""
    twice = made({"a": 1, "b": 1}, x=([1, 1], {}))
    index = pd.Index(["a", "a"], dtype=object)
    twice = dataclasses.replace(twice, sites=twice.sites.set_index(index))
    assert [] == rows(changed_outcomes(twice, twice))
    with pytest.raises(SelectionError, match="même identifiant"):
        changed_outcomes(twice, made({"a": 1}, x=([1], {})))


def test_counts_say_how_many_sites_and_how_much_ground():
    """Every pair of outcomes, those that stay included; they add up to all the sites."""
    before = made({"a": 10, "b": 20, "c": 40}, x=([1, 1, 4], {"X-1": [OK, OK, FAIL]}))
    after = made({"a": 10, "b": 20, "c": 40}, x=([4, 4, 4], {"X-1": [OK, DOUBT, FAIL]}))
    assert [
        ("x", "", "compliant", "non_compliant", 2, 30.0),
        ("x", "", "non_compliant", "non_compliant", 1, 40.0),
        ("x", "X-1", "compliant", "compliant", 1, 10.0),
        ("x", "X-1", "compliant", "to_investigate", 1, 20.0),
        ("x", "X-1", "non_compliant", "non_compliant", 1, 40.0),
    ] == rows(difference_counts(before, after))


def test_every_outcome_has_its_rank():
    """Words of requirements and of charters, the worst last in both."""
    for outcomes in (Outcome, CharterOutcome):
        ranks = [RANKS.index(each.key) for each in outcomes]
        assert sorted(ranks) == ranks


# Against the rows that a reader gets -------------------------------------------------------------


def read(assessment):
    """Outcome by site and requirement, read from the verdict rows one by one."""
    ids = list(assessment.sites.index)
    found = {
        (site, row.charter, row.article): row.outcome
        for site, verdicts in zip(ids, verdicts_by_site(assessment), strict=True)
        for row in verdicts
    }
    for charter in assessment.verdicts:
        own = zip(ids, outcome_keys(assessment, charter), strict=True)
        found |= {(site, charter, ""): outcome for site, outcome in own}
    return found


def test_two_days_differ_as_their_verdict_rows_do(pair):
    """Parcels of the demonstration, each row compared with each row."""
    before, after = (read(each) for each in pair)
    expected = {
        (*key, before[key], after[key]) for key in before | after if before[key] != after[key]
    }
    found = rows(changed_outcomes(*pair))
    assert expected
    assert expected == set(found)
    assert len(expected) == len(found)


def test_counts_are_those_of_the_verdict_rows(pair):
    """The same parcels, counted and added up one by one."""
    before, after = (read(each) for each in pair)
    areas = pair[1].sites["planar_area_m2"]
    expected = {}
    for site, charter, article in before:
        key = (site, charter, article)
        step = (charter, article, before[key], after[key])
        count, area = expected.get(step, (0, 0.0))
        expected[step] = (count + 1, area + areas[site])
    found = {row[:4]: row[4:] for row in rows(difference_counts(*pair))}
    assert set(expected) == set(found)
    for step, (count, area) in expected.items():
        assert (count, pytest.approx(area)) == found[step]


def test_the_order_of_the_sites_does_not_matter(pair):
    """One side judged in another order finds the same differences."""
    before, after = pair
    turned = np.arange(len(before.sites))[::-1]
    shuffled = dataclasses.replace(
        before,
        sites=before.sites.iloc[turned],
        verdicts={
            name: Verdicts(each.charter, each.codes[turned])
            for name, each in before.verdicts.items()
        },
        outcomes={name: codes[turned] for name, codes in before.outcomes.items()},
    )
    assert set(rows(changed_outcomes(before, after))) == set(
        rows(changed_outcomes(shuffled, after))
    )
