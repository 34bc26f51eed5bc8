"""Formulas become inequalities: the solutions are those of the formula, counted one by one."""

import itertools

import numpy as np
import pytest

from charters import joint_programme
from charters.joint_programme import (
    Affine,
    AtLeast,
    Both,
    Either,
    Programme,
    both,
    either,
    enforce,
    inequalities,
    interval,
    simplified,
    solve,
)

ENDS = (0, 4)


def square():
    """Programme of two integers from 0 to 4."""
    programme = Programme()
    return programme, [programme.add(*ENDS, grain=1.0, is_whole=True) for _ in range(2)]


def value(affine, point):
    """Value of a linear form at a point, term by term."""
    return affine.constant + sum(weight * point[place] for place, weight in affine.terms.items())


def holds(formula, point):
    """Truth of a formula at a point, read directly."""
    match formula:
        case AtLeast(value=affine):
            return value(affine, point) >= 0
        case Both(parts=parts):
            return all(holds(part, point) for part in parts)
        case Either(parts=parts):
            return any(holds(part, point) for part in parts)
    return formula


def drawn(chance, lines, depth):
    """A formula drawn at random."""
    if depth == 0 or chance.random() < 0.3:
        weights = chance.integers(-3, 4, size=3)
        x, y = lines
        return AtLeast(x.times(weights[0]) + y.times(weights[1]) + Affine(float(weights[2])))
    parts = tuple(drawn(chance, lines, depth - 1) for _ in range(int(chance.integers(2, 4))))
    return Both(parts) if chance.random() < 0.5 else Either(parts)


@pytest.mark.parametrize("seed", range(30))
def test_the_cheapest_solution_is_that_of_the_formula(seed):
    """Among all 25 points, none that holds is cheaper; where none holds, none is found."""
    chance = np.random.default_rng(seed)
    programme, lines = square()
    formula = drawn(chance, lines, 3)
    cost = lines[0].times(float(chance.uniform(-1, 1))) + lines[1].times(chance.uniform(-1, 1))
    switch = programme.choice()
    enforce(formula, programme, when=switch)
    found = solve(programme, cost=cost, bounds={2: (1, 1)})
    points = list(itertools.product(range(5), repeat=2))
    expected = min((value(cost, each) for each in points if holds(formula, each)), default=None)
    assert (expected is None) == (found is None)
    if found is not None:
        assert expected == pytest.approx(value(cost, found), abs=1e-6)


def test_a_formula_that_is_switched_off_asks_nothing():
    """With its binary at 0 a formula that cannot hold stops nobody."""
    programme, (x, _) = square()
    switch = programme.choice()
    enforce(AtLeast(x - Affine(9.0)), programme, when=switch)
    assert solve(programme, cost=x, bounds={2: (1, 1)}) is None
    assert solve(programme, cost=x, bounds={2: (0, 0)}) is not None


def test_an_interval_holds_every_value():
    """By hand: 2x − 3y + 1 for x, y from 0 to 4 goes from −11 to 9."""
    programme, (x, y) = square()
    assert (-11.0, 9.0) == interval(x.times(2) - y.times(3) + Affine(1.0), programme)


def test_bounds_alone_decide_some_parts():
    """X ≥ 5 never holds and x ≥ 0 always does; what is left is y ≥ 2."""
    programme, (x, y) = square()
    never, always, left = AtLeast(x - Affine(5.0)), AtLeast(x), AtLeast(y - Affine(2.0))
    assert left == simplified(Both((always, Either((never, left)))), programme)
    assert simplified(Both((always, never)), programme) is False
    assert simplified(Either((always, never)), programme) is True


def test_parts_that_decide_nothing_are_left_out():
    """True goes from « all », False from « any »; one part alone is itself."""
    part = AtLeast(Affine(0.0, {0: 1.0}))
    assert part == both((True, part)) == either((False, part))
    assert both(()) is True
    assert either(()) is False
    assert both((part, False)) is False
    assert either((part, True)) is True


def test_inequalities_are_found_inside():
    """Both leaves of a nested formula."""
    one, two = Affine(1.0, {0: 1.0}), Affine(2.0, {1: 1.0})
    assert [one, two] == list(inequalities(Both((AtLeast(one), Either((AtLeast(two),))))))


def test_terms_that_cancel_are_gone():
    """X − x is the constant 0."""
    x = Affine(0.0, {0: 1.0})
    assert Affine(0.0) == x - x == x.times(0.0)


def test_a_solver_without_end_is_an_error(monkeypatch):
    """No time at all: neither a solution nor the proof that there is none."""

    class Unfinished:
        x, status, message = None, 1, "out of time"

    monkeypatch.setattr(joint_programme, "milp", lambda *_, **__: Unfinished)
    programme, (x, _) = square()
    with pytest.raises(TimeoutError, match="out of time"):
        solve(programme, cost=x, bounds={})
