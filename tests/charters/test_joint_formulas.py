"""What a requirement asks, compared with the judge at every point of a grid."""

import itertools

import numpy as np
import pytest

from charters.joint_formulas import demand
from charters.joint_programme import Affine, AtLeast, Both, Either, Programme, solve
from charters.joint_terms import Reading
from charters.judge import Outcome, weigh
from charters.operators import Scope

DAY = np.array(["2026-11-01"], "datetime64[D]")
NAMES = ("parking_spaces", "bike_spaces")
X, Y = ({"field": f"project.{name}"} for name in NAMES)
NEAR = {"field": "site.bus_stop_distance_m"}


def compared(op, bound, field="parking_spaces"):
    """Comparison of a count of spaces."""
    return {"field": f"project.{field}", "op": op, "value": bound, "unit": "space"}


CASES = [
    {"op": ">=", "value": X, "bound": Y},
    {"op": "<", "value": X, "bound": Y},
    {"op": "=", "value": X, "bound": {"parameter": "three"}},
    {"op": ">=", "value": {"quotient": [X, Y]}, "bound": {"parameter": "share"}, "unit": "1"},
    {"op": ">", "value": {"quotient": [X, Y]}, "bound": {"quotient": [Y, Y]}, "unit": "1"},
    {"op": "<=", "value": {"max": [X, Y]}, "bound": {"parameter": "three"}},
    {"op": ">=", "value": {"max": [X, Y]}, "bound": {"min": [Y, {"parameter": "three"}]}},
    {"op": ">=", "value": Y, "bound": {"ceil": {"product": [{"parameter": "share"}, X]}}},
    {"op": ">=", "value": Y, "bound": {"parameter": "three"}, "when": compared(">", 2)},
    {"op": ">=", "value": Y, "bound": {"parameter": "three"}, "when": compared("=", 2)},
    {
        "op": ">=",
        "value": Y,
        "bound": {"parameter": "three"},
        "when": {"none": [compared("<=", 1), compared(">=", 4, "bike_spaces")]},
    },
    {
        "op": "<=",
        "value": Y,
        "bound": {"parameter": "three"},
        "when": {"any": [{"field": "project.parking_spaces", "between": [1, 2], "unit": "space"}]},
    },
]


def figure(value, unit):
    """One dated figure."""
    return {"unit": unit, "values": [{"from": "2020-01-01", "value": value, "source": "LAW"}]}


@pytest.fixture
def made(entry, load):
    """Function that loads a charter of one case."""

    def build(case, **others):
        unit = case.get("unit", "space")
        extra = {"applies_when": case["when"]} if "when" in case else {}
        return load(
            entry(
                measure={"name": "made_up", "value": case["value"], "unit": unit},
                requirement={"op": case["op"], "threshold": case["bound"]},
                parameters={
                    "three": figure(3, "space"),
                    "share": figure(0.5, "1"),
                    "reach": figure(300, "m"),
                },
                levers=["project.parking_spaces", "project.bike_spaces"],
                remedy={"fr": "Changer.", "en": "Change."},
                examples=[{"on": "2026-01-01", "given": {}, "expect": {"outcome": "compliant"}}],
                **{**extra, **others},
            )
        )

    return build


def reading_of(charter, facts, most=5):
    """Programme in which both counts may change, and how the trees are read."""
    programme = Programme()
    (_, requirement) = charter.requirements[0]
    figures = {
        f"project.{name}": programme.add(0, most, grain=1.0, is_whole=True) for name in NAMES
    }
    scope = Scope(facts, requirement.parameters, charter.tables, DAY)
    return requirement, Reading(scope, figures, programme, "first")


def holds(formula, programme, point):
    """Whether a formula holds at a point, with some values of its own unknowns."""
    match formula:
        case Both(parts=parts):
            return all(holds(part, programme, point) for part in parts)
        case Either(parts=parts):
            return any(holds(part, programme, point) for part in parts)
        case AtLeast(value=value):
            bounds = {place: (each, each) for place, each in enumerate(point)}
            values = solve(programme, cost=Affine(0.0), bounds=bounds)
            terms = (weight * values[place] for place, weight in value.terms.items())
            return value.constant + sum(terms) >= -1e-6
    return formula


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_formula_says_what_the_judge_says(case, made, facts):
    """Settled is compliant or not applicable, met is compliant, at 36 points."""
    charter = made(case)
    article, _ = charter.requirements[0]
    requirement, reading = reading_of(charter, facts({}))
    asked = demand(requirement, reading, given={})
    for point in itertools.product(range(6), repeat=2):
        given = facts(dict(zip((X["field"], Y["field"]), point, strict=True)))
        outcome = weigh(article, requirement, given, tables={}, on=DAY).outcome[0]
        if case["value"] == {"quotient": [X, Y]} and case["bound"] == {"quotient": [Y, Y]}:
            continue  # one side is held there: tested with the terms
        assert (outcome <= Outcome.COMPLIANT) == holds(asked.settled, reading.programme, point)
        assert (outcome == Outcome.COMPLIANT) == holds(asked.met, reading.programme, point)


def test_an_alternative_that_lacks_a_fact_does_not_count(made, facts):
    """Nothing but the site, whose distance is not known: it can be neither met nor settled."""
    case = {"op": "<=", "value": NEAR, "bound": {"parameter": "reach"}, "unit": "m"}
    charter = made(case)
    requirement, reading = reading_of(charter, facts({}))
    asked = demand(requirement, reading, given={})
    assert asked.met is False
    assert asked.settled is False


def test_a_measured_value_must_clear_its_tolerance(made, facts):
    """300 m asked: 295 ± 5 m is met, 296 ± 5 m is not."""
    case = {"op": "<=", "value": NEAR, "bound": {"parameter": "reach"}, "unit": "m"}
    charter = made(case)
    for distance, expected in ((295, True), (296, False)):
        known = facts({NEAR["field"]: distance}, tolerance={NEAR["field"]: 5})
        requirement, reading = reading_of(charter, known)
        assert expected is demand(requirement, reading, given={}).met


def test_what_is_read_must_be_given(made, facts):
    """A count that may be given: the requirement is met only where it is."""
    charter = made({"op": ">=", "value": Y, "bound": {"parameter": "three"}})
    requirement, reading = reading_of(charter, facts({}))
    given = {Y["field"]: reading.programme.choice()}
    asked = demand(requirement, reading, given=given)
    assert not holds(asked.met, reading.programme, (0, 5, 0))
    assert holds(asked.met, reading.programme, (0, 5, 1))


def test_an_exception_counts_where_it_holds_already(made, facts):
    """With few spaces the exception holds now; without, it is not offered."""
    way_out = {
        "when": compared("<", 2),
        "effect": "not_applicable",
        "document": {"fr": "Étude", "en": "Study"},
        "source": "LAW",
    }
    charter = made({"op": ">=", "value": Y, "bound": {"parameter": "three"}}, exceptions=[way_out])
    for now, expected in ((1, True), (4, False)):
        requirement, reading = reading_of(charter, facts({X["field"]: now, Y["field"]: 0}))
        asked = demand(requirement, reading, given={})
        assert expected == holds(asked.settled, reading.programme, (1, 0))
        assert not holds(asked.settled, reading.programme, (2, 0))
