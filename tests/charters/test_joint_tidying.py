"""A solution as a planner would write it."""

import numpy as np
import pytest

from charters.joint_case import Case, goals_of, meets
from charters.joint_costs import levers
from charters.joint_model import build
from charters.joint_tidying import least, reasons, rounded
from charters.loading import load_charters

DAY = np.array(["2026-11-01"], "datetime64[D]")
GOALS = ("PI-02a", "PI-16b")
GIVEN = {
    "project.use": "industry",
    "project.footprint": 1000,
    "project.roof_area": 777,
    "project.roof_pv_area": 100,
    "project.roof_green_area": 0,
    "site.contenance_m2": 1234,
}


@pytest.fixture
def made(facts):
    """A case with its programme."""
    charters, columns = load_charters(), facts(GIVEN)
    every = [each for charter in charters for _, each in charter.requirements]
    goals = {name: goals_of(charters, "all")[name] for name in GOALS}
    opened = {each.name: each for each in levers(every, columns, goals=goals.values())}
    case = Case(charters, columns, DAY, opened)
    return case, build(case, goals, reference={}, hold="first")


def test_figures_are_rounded_to_the_safe_side(made):
    """By hand: 40 % of 777 is 310.8; 60 % of 1 234 is 740.4; both to a tenth, outwards."""
    case, model = made
    exact = {"roof_pv_area": 310.8000004, "footprint": 740.3999996}
    found = rounded(model, case, exact, goals=GOALS, locked=())
    assert {"roof_pv_area": 310.8, "footprint": 740.4} == found


def test_a_rounding_that_fails_is_solved_again(made):
    """Panels planned too few: the programme is solved for the rest."""
    case, model = made
    found = rounded(
        model, case, {"roof_pv_area": 305.0, "footprint": 740.4}, goals=GOALS, locked=()
    )
    assert meets(case, [found], GOALS)[0]


def test_what_is_not_needed_is_left_out(made):
    """Planting is superfluous beside enough panels, and too many panels are taken back."""
    case, _ = made
    found = least(
        case,
        {"roof_pv_area": 700.0, "roof_green_area": 5.0, "footprint": 700.0},
        goals=list(GOALS),
    )
    assert {"roof_pv_area": 310.8, "footprint": 740.4} == pytest.approx(found)


def test_a_little_less_is_not_enough(made):
    """One per cent nearer to what it was, and a requirement fails."""
    case, _ = made
    found = least(case, {"roof_pv_area": 777.0, "footprint": 10.0}, goals=list(GOALS))
    for name, figure in found.items():
        now = case.levers[name].current
        nearer = figure + np.sign(now - figure) * figure / 100
        assert not meets(case, [{**found, name: nearer}], GOALS)[0]


def test_each_figure_says_what_it_is_for(made):
    """The roof for PI-02a, the footprint for PI-16b."""
    case, _ = made
    figures = {"roof_pv_area": 310.8, "footprint": 740.4}
    expected = {"roof_pv_area": ("PI-02a",), "footprint": ("PI-16b",)}
    assert expected == reasons(case, figures, goals=list(GOALS))
    assert {} == reasons(case, {}, goals=list(GOALS))
