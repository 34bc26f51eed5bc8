"""Values as quotients of linear forms: at every point they are what the judge computes."""

import itertools

import numpy as np
import pytest
from pydantic import TypeAdapter

from charters import model
from charters.facts import Column
from charters.joint_programme import Affine, Programme, solve
from charters.joint_terms import Reading, term
from charters.operators import Scope, evaluate

VALUE = TypeAdapter(model.Value)
DAY = np.array(["2026-11-01"], "datetime64[D]")
X, Y, Z = (
    {"field": f"project.{name}"} for name in ("parking_spaces", "bike_spaces", "site_constant")
)
POINTS = list(itertools.product(range(4), range(1, 4)))
EXACT = [
    {"sum": [X, Y, Z]},
    {"difference": [X, Y]},
    {"product": [Z, X]},
    {"quotient": [X, Z]},
    {"quotient": [{"sum": [X, Y]}, Y]},
    {"sum": [{"quotient": [X, Y]}, Z]},
    {"difference": [Z, {"quotient": [X, Y]}]},
    {"sum": [{"quotient": [X, Y]}, {"quotient": [Z, Y]}]},
    {"min": [X, Y, Z]},
    {"sum": [{"max": [X, {"product": [Z, Y]}]}, X]},
    {"ceil": {"product": [Z, X]}},
    {"sum": [{"min": [{"ceil": {"quotient": [X, Z]}}, Y]}, X]},
]
HELD = [
    {"product": [X, Y]},
    {"quotient": [Z, {"quotient": [X, Y]}]},
    {"max": [{"quotient": [X, Y]}, Z]},
    {"sum": [{"quotient": [X, Y]}, {"quotient": [Y, X]}]},
]


def column(figure):
    """Column of one figure."""
    gap = np.isnan(figure)
    return Column(np.array([figure]), np.array([gap], np.int8), np.zeros(1))


def scope_of(x, y, z=1.5):
    """Scope with these facts."""
    paths = [each["field"] for each in (X, Y, Z)]
    facts = {path: column(float(each)) for path, each in zip(paths, (x, y, z), strict=True)}
    return Scope(facts, {}, {}, DAY)


def reading_of(scope, hold="first"):
    """Reading in which X and Y may change."""
    programme = Programme()
    figures = {each["field"]: programme.add(0, 10, grain=1.0, is_whole=True) for each in (X, Y)}
    return Reading(scope, figures, programme, hold)


def at(found, reading, x, y):
    """Value of a term where X and Y are given, its own unknowns solved for."""
    values = solve(reading.programme, cost=Affine(0.0), bounds={0: (x, x), 1: (y, y)})
    assert values is not None

    def line(affine):
        return affine.constant + sum(w * values[place] for place, w in affine.terms.items())

    return line(found.above) / line(found.below)


@pytest.mark.parametrize("node", EXACT, ids=str)
def test_linear_trees_are_exact(node):
    """At twelve points, wherever the reading starts from."""
    tree = VALUE.validate_python(node)
    reading = reading_of(scope_of(2, 2))
    found = term(tree, reading)
    assert not reading.held
    for x, y in POINTS:
        expected = evaluate(tree, scope_of(x, y)).values[0]
        assert expected == pytest.approx(at(found, reading, x, y), abs=1e-5)


@pytest.mark.parametrize("hold", ["first", "last"])
@pytest.mark.parametrize("node", HELD, ids=str)
def test_what_is_not_linear_is_exact_where_one_side_is_held(node, hold):
    """The figures that are held are named; with them as they were, the value is exact."""
    tree = VALUE.validate_python(node)
    reading = reading_of(scope_of(2, 3), hold)
    found = term(tree, reading)
    held = {path.removeprefix("project.") for path in reading.held}
    assert held <= {"parking_spaces", "bike_spaces"}
    assert held
    for x, y in POINTS:
        x_now = 2 if "parking_spaces" in held else x
        y_now = 3 if "bike_spaces" in held else y
        if x_now:
            expected = evaluate(tree, scope_of(x_now, y_now)).values[0]
            assert expected == pytest.approx(at(found, reading, x_now, y_now), abs=1e-5)


def test_the_sides_of_a_product_are_held_in_turn():
    """First the one, then the other."""
    tree = VALUE.validate_python({"product": [X, Y]})
    for hold, path in (("first", X["field"]), ("last", Y["field"])):
        reading = reading_of(scope_of(2, 3), hold)
        term(tree, reading)
        assert {path} == reading.held


@pytest.mark.parametrize("node", [*EXACT, *HELD], ids=str)
def test_a_missing_constant_makes_no_value(node):
    """Where a fact of the tree lacks, nothing is said; trees without it are not concerned."""
    tree = VALUE.validate_python(node)
    found = term(tree, reading_of(scope_of(2, 3, np.nan)))
    assert (str(Z) in str(node)) == (found is None)


def test_nothing_is_divided_by_nothing():
    """A quotient by the constant 0 has no value."""
    tree = VALUE.validate_python({"quotient": [X, Z]})
    assert term(tree, reading_of(scope_of(2, 3, 0.0))) is None
