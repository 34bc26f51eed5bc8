"""Conflicts: irreducible sets, checked by taking each article out."""

import itertools

import numpy as np
import pytest

from charters.joint_case import Case, goals_of
from charters.joint_conflicts import conflicts, set_aside
from charters.joint_costs import levers
from charters.joint_model import build, solution

DAY = np.array(["2026-11-01"], "datetime64[D]")


@pytest.fixture
def bounded(entry, load):
    """Function that gives a charter of bounds: (field, op, figure, severity) each."""

    def article(number, bound):
        field, op, value, severity = bound
        return entry(
            id=f"XX-{number:02}",
            severity=severity,
            measure={"name": field, "value": {"field": f"project.{field}"}, "unit": "space"},
            requirement={"op": op, "threshold": {"parameter": "bound"}},
            parameters={
                "bound": {
                    "unit": "space",
                    "values": [{"from": "2020-01-01", "value": value, "source": "LAW"}],
                }
            },
            levers=[f"project.{field}"],
            remedy={"fr": "Changer.", "en": "Change."},
            examples=[{"on": "2026-01-01", "given": {}, "expect": {"outcome": "to_investigate"}}],
        )

    return lambda *bounds: load(*(article(n, each) for n, each in enumerate(bounds, 1)))


@pytest.fixture
def made(facts):
    """Function that gives the programme of a charter."""

    def build_both(charter, given):
        columns = facts({f"project.{name}": value for name, value in given.items()})
        goals = goals_of([charter], "all")
        every = list(goals.values())
        opened = {each.name: each for each in levers(every, columns, goals=every)}
        case = Case([charter], columns, DAY, opened)
        return case, goals, build(case, goals, reference={}, hold="first")

    return build_both


SPACES = ("parking_spaces", "ev_prewired_spaces", "bike_spaces")


def test_each_conflict_is_one_and_none_of_it_is_superfluous(bounded, made):
    """Pre-wired spaces are part of the parking: at least 9 of at most 6 cannot be."""
    charter = bounded(
        (SPACES[0], "<=", 6, "mandatory"),
        (SPACES[2], ">=", 3, "mandatory"),
        (SPACES[1], ">=", 9, "mandatory"),
        (SPACES[1], "<=", 20, "mandatory"),
    )
    case, goals, model = made(charter, dict.fromkeys(SPACES, 5))
    aside = set_aside(model, case, goals, locked=())
    (found,) = conflicts(model, case, goals, aside=aside, locked=())
    assert {"XX-01", "XX-03"} == set(found.requirements)
    assert (found.requirements[0],) == aside
    assert () == found.locks
    assert solution(model, case, goals=found.requirements) is None
    for fewer in itertools.combinations(found.requirements, 1):
        assert solution(model, case, goals=fewer) is not None


def test_as_few_as_possible_are_set_aside_the_recommended_first(bounded, made):
    """One mandatory floor against two recommended ceilings: both ceilings go."""
    charter = bounded(
        (SPACES[0], ">=", 9, "mandatory"),
        (SPACES[0], "<=", 6, "recommended"),
        (SPACES[0], "<=", 7, "recommended"),
        (SPACES[2], ">=", 3, "recommended"),
    )
    case, goals, model = made(charter, dict.fromkeys(SPACES, 5))
    aside = set_aside(model, case, goals, locked=())
    assert {"XX-02", "XX-03"} == set(aside)
    found = conflicts(model, case, goals, aside=aside, locked=())
    assert [("XX-02", "XX-01"), ("XX-03", "XX-01")] == [each.requirements for each in found]


def test_the_locks_that_matter_are_named(bounded, made):
    """Two locks, of which the bicycle spaces are in the way."""
    charter = bounded((SPACES[2], ">=", 8, "mandatory"), (SPACES[0], "<=", 6, "mandatory"))
    case, goals, model = made(charter, dict.fromkeys(SPACES, 5))
    locked = ("parking_spaces", "bike_spaces")
    aside = set_aside(model, case, goals, locked=locked)
    (found,) = conflicts(model, case, goals, aside=aside, locked=locked)
    assert ("XX-01",) == found.requirements
    assert ("bike_spaces",) == found.locks
    assert () == set_aside(model, case, goals, locked=())


def test_several_locks_may_have_to_go_together(bounded, made):
    """Pre-wired spaces and parking are both locked, and both must grow."""
    charter = bounded(
        (SPACES[1], ">=", 8, "mandatory"),
        (SPACES[2], ">=", 1, "mandatory"),
        (SPACES[0], "<=", 20, "mandatory"),
    )
    case, goals, model = made(charter, dict.fromkeys(SPACES, 5))
    aside = set_aside(model, case, goals, locked=SPACES)
    (found,) = conflicts(model, case, goals, aside=aside, locked=SPACES)
    assert {"parking_spaces", "ev_prewired_spaces"} == set(found.locks)
