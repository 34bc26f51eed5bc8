"""The programme of a case: its solutions are changes that cost what the rule says."""

import numpy as np
import pytest

from charters.joint_case import Case, goals_of, meets
from charters.joint_costs import levers
from charters.joint_model import build, figures_of, place_of, solution
from charters.joint_programme import Affine
from charters.loading import load_charters

DAY = np.array(["2026-11-01"], "datetime64[D]")
ROOF = {
    "project.use": "industry",
    "project.footprint": 1000,
    "project.roof_area": 1000,
    "project.roof_pv_area": 100,
    "project.roof_green_area": 0,
}
GOALS = ("PI-02a",)


@pytest.fixture
def made(facts):
    """Function that gives a case and its programme for some goals."""

    def build_both(given, names=GOALS, **options):
        charters, columns = load_charters(), facts(given)
        every = [each for charter in charters for _, each in charter.requirements]
        goals = {name: goals_of(charters, "all")[name] for name in names}
        opened = {each.name: each for each in levers(every, columns, goals=goals.values())}
        case = Case(charters, columns, DAY, opened)
        return case, build(case, goals, **{"reference": {}, "hold": "first", **options})

    return build_both


def cost_of(model, values):
    """Cost in the programme."""
    return model.cost.constant + sum(
        weight * values[place] for place, weight in model.cost.terms.items()
    )


def test_a_solution_is_a_change_that_the_judge_confirms(made):
    """300 m² more, at the cost of the rule."""
    case, model = made(ROOF)
    values = solution(model, case, goals=GOALS)
    figures = figures_of(model, case, values)
    # the solver works to a millionth of the size of a figure
    total = sum(figures.values()) + 100 * ("roof_pv_area" not in figures)
    assert 400 == pytest.approx(total, abs=0.01)
    assert meets(case, [{name: round(each, 1) for name, each in figures.items()}], GOALS)[0]
    assert 0.301 == pytest.approx(
        cost_of(model, values) - cost_of(model, still(case, model)), abs=1e-4
    )


def still(case, model):
    """Solution that changes nothing."""
    return solution(model, case, goals=(), locked=list(case.levers))


def test_what_is_locked_stays(made):
    """Neither figure may move: no solution; one may: the other stays."""
    case, model = made(ROOF)
    both = ("roof_pv_area", "roof_green_area")
    rest = [name for name in case.levers if name not in both]
    assert solution(model, case, goals=GOALS, locked=[*rest, *both]) is None
    values = solution(model, case, goals=GOALS, locked=[*rest, both[0]])
    assert {"roof_green_area": pytest.approx(300.0, abs=0.01)} == figures_of(model, case, values)
    assert {} == figures_of(model, case, still(case, model))


def test_a_pinned_figure_is_taken(made):
    """With 350 m² of panels, 50 m² are left to plant."""
    case, model = made(ROOF)
    rest = [name for name in case.levers if not name.startswith("roof")]
    values = solution(model, case, goals=GOALS, locked=rest, pinned={"roof_pv_area": 350.0})
    found = figures_of(model, case, values)
    assert {"roof_pv_area": 350.0, "roof_green_area": 50.0} == pytest.approx(found, abs=0.01)


def test_a_part_is_no_larger_than_its_whole(made):
    """100 % of the staff at once: 80 present of 80."""
    given = {"project.use": "office", "project.staff": 80, "project.staff_present": 40}
    case, model = made(given, ("PI-11a", "PI-15"))
    staff = model.lines.get("staff")
    assert staff is not None
    assert case.levers["staff"].high * 1.0 == model.programme.variables[place_of(staff)].high
    values = solution(model, case, goals=(), cost=staff, locked=[])
    assert 40 == pytest.approx(values[place_of(staff)])


def test_a_switch_that_is_free_may_be_given_up(made):
    """Asked for as many as possible, the requirement is enforced where it can be."""
    case, model = made(ROOF)
    worth = model.switches["PI-02a"].times(-1.0)
    place = place_of(model.switches["PI-02a"])
    open_one = solution(model, case, goals=(), free=GOALS, cost=worth)
    shut = solution(model, case, goals=(), free=GOALS, locked=list(case.levers), cost=worth)
    assert (1, 0) == (round(open_one[place]), round(shut[place]))


def test_figures_not_given_are_given_or_not(made):
    """Without a goal nothing is made up; with one, the panels are given."""
    case, model = made({**ROOF, "project.roof_pv_area": None, "project.roof_green_area": 50})
    assert {} == figures_of(model, case, solution(model, case, goals=()))
    found = figures_of(model, case, solution(model, case, goals=GOALS))
    assert "roof_pv_area" in found
    assert case.levers["roof_pv_area"].current is None


def test_the_programme_names_what_it_asks(made):
    """One demand and one switch per goal; nothing held without a product."""
    _, model = made(ROOF, ("PI-02a", "PI-03a"))
    assert {"PI-02a", "PI-03a"} == set(model.demands) == set(model.switches)
    assert frozenset() == model.held
    assert isinstance(model.cost, Affine)
