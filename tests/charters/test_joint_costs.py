"""What may change, and what it costs."""

import pytest

from charters.joint_costs import (
    FIELD_COST,
    FILL_COST,
    YES_NO_COST,
    change_cost,
    fill_cost,
    grain_of,
    leaning_of,
    levers,
)
from charters.joint_programme import Affine, Programme, solve
from charters.loading import load_charters


@pytest.fixture(scope="session")
def every():
    """Every packaged requirement."""
    return [each for charter in load_charters() for _, each in charter.requirements]


@pytest.fixture
def lever(every, facts):
    """Function that gives one lever of a project."""

    def build(name, given):
        found = levers(every, facts(given), goals=every)
        return next(each for each in found if each.name == name)

    return build


def test_choices_and_records_never_change(every, facts):
    """Use, cluster and what only records are no levers; a lever of an article is one."""
    found = {each.name for each in levers(every, facts({}), goals=every)}
    assert not found & {"use", "cluster", "sealed_area_2021", "renewable_extra_cost"}
    assert {"roof_pv_area", "sales_area", "bike_spaces"} <= found


def test_a_figure_that_is_given_and_no_lever_stays(every, facts):
    """The heating power may be asked for while it lacks, never changed."""
    lacking = {each.name for each in levers(every, facts({}), goals=every)}
    given = {each.name for each in levers(every, facts({"project.heat_demand": 50}), goals=every)}
    assert "heat_demand" in lacking
    assert "heat_demand" not in given


def test_a_part_is_compared_with_its_whole(lever):
    """From 0 to 250 m² of panels on 1 000 m² of roof is a quarter."""
    found = lever("roof_pv_area", {"project.roof_area": 1000, "project.roof_pv_area": 0})
    assert 0.25 + FIELD_COST == pytest.approx(found.cost_of(250))


def test_a_figure_is_compared_with_itself(lever):
    """Ten jobs of forty, of weight 5."""
    found = lever("staff", {"project.staff": 40})
    assert 1.25 + FIELD_COST == pytest.approx(found.cost_of(50))
    assert 0.0 == found.cost_of(40)


def test_a_yes_costs_the_same_whatever_it_is_about(lever):
    """No to yes."""
    found = lever("mobility_plan", {"project.mobility_plan": 0})
    assert YES_NO_COST + FIELD_COST == pytest.approx(found.cost_of(1.0))


def test_giving_a_figure_has_its_price(lever):
    """The price of giving does not depend on the figure."""
    found = lever("staff", {})
    assert 5 * FILL_COST + FIELD_COST == found.cost_of(3) == found.cost_of(300)


def test_the_programme_counts_the_same_cost(lever):
    """The cost in the programme is that of the rule, upwards and downwards."""
    found = lever("staff", {"project.staff": 40})
    for target in (30, 40, 70):
        programme = Programme()
        line = programme.add(0, 400, is_whole=True)
        cost = change_cost(found, line, programme)
        values = solve(programme, cost=cost, bounds={0: (target, target)})
        counted = sum(weight * values[place] for place, weight in cost.terms.items())
        assert found.cost_of(target) == pytest.approx(counted, abs=1e-6)


def test_a_figure_to_give_leans_where_nothing_pulls_it(lever):
    """Pulled down by most inequalities, it is as high as they allow; else as low."""
    found, line = lever("staff", {}), Affine(0.0, {0: 1.0})
    down, up = Affine(5.0, {0: -1.0}), Affine(-5.0, {0: 1.0})
    assert -1.0 == leaning_of(line, [down, down, up])
    assert 1.0 == leaning_of(line, [down, up]) == leaning_of(line, [])
    given = Affine(0.0, {1: 1.0})
    assert (
        fill_cost(found, line, given, -1.0).terms[0]
        < 0
        < fill_cost(found, line, given, 1.0).terms[0]
    )


@pytest.mark.parametrize(("figure", "step"), [(4.2, 0.01), (420.0, 0.1), (42_000.0, 1.0)])
def test_figures_are_rounded_to_about_a_thousandth(lever, figure, step):
    """Finer for small figures."""
    assert step == grain_of(lever("footprint", {"project.footprint": 10}), figure)


def test_integers_are_rounded_to_integers(lever):
    """Bicycle spaces and answers."""
    assert 1.0 == grain_of(lever("bike_spaces", {}), 2.0)
    assert 1.0 == grain_of(lever("mobility_plan", {}), 1.0)
