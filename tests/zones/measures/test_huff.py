import datetime as dt

import numpy as np
import pytest

from charters.facts import Missing, known
from charters.vocabulary import site_measures
from tests.zones.measures import town
from zones.measures import measure_sites
from zones.measures.huff import ALPHA, BETA, BETA_FLAT, BETA_STEEP, LEAST_MIN, OUTSIDE_SHARE

DAY = dt.date.fromisoformat(town.DAY)


@pytest.fixture
def column(layer, sites):
    """Function that gives one measure of the three sites."""

    def build(name, family="food", sales=1500.0, layers=None):
        project = {"project.family": known(family), "project.sales_area": known(sales)}
        layers = town.town(layer) if layers is None else layers
        frame = sites(town.site_squares())
        return measure_sites(frame, layers, project=project, day=DAY, only=[name])[f"site.{name}"]

    return build


def by_loops(node, family, sales, beta):
    """Turnover of the project, of it what other poles had, and what the centre has and had."""

    def pull(area, start, end):
        return area**ALPHA / max(town.minutes(start, end), LEAST_MIN) ** beta

    places = [each for each, *_ in town.QUARTERS.values()]
    spent = town.spent(family)[0]
    pulls = [
        [
            pull(area, place, pole)
            for area, (pole, *_) in zip(town.sold(family), town.POLES.values(), strict=True)
        ]
        for place in places
    ]
    mean = sum(c * sum(row) for c, row in zip(spent, pulls, strict=True)) / sum(spent)
    outside = OUTSIDE_SHARE / (1 - OUTSIDE_SHARE) * mean
    turnover = taken = before = after = 0.0
    for money, row, place in zip(spent, pulls, places, strict=True):
        own = pull(sales, place, node)
        all_before, all_after = sum(row) + outside, sum(row) + outside + own
        turnover += money * own / all_after
        for (_, kind, _), each in zip(town.POLES.values(), row, strict=True):
            had, has = money * each / all_before, money * each / all_after
            taken += had - has
            if kind == "centre":
                before, after = before + had, after + has
    return turnover, taken, after / before - 1


CASES = [(family, sales) for family in ("food", "clothing", "mixed") for sales in (50.0, 4000.0)]


@pytest.mark.parametrize(("family", "sales"), CASES)
def test_centre_spending_change_is_that_of_the_loops(column, family, sales):
    """One resident, one shop after the other, with minutes by networkx."""
    found = column("centre_spending_change", family, sales).values
    expected = [by_loops(node, family, sales, BETA)[2] for node in town.SITES.values()]
    np.testing.assert_allclose(found, expected, rtol=1e-9)
    assert (found < 0).all()


def test_centre_spending_change_flat_is_that_of_the_loops(column):
    """With β = 1.5."""
    found = column("centre_spending_change_flat").values
    expected = [by_loops(node, "food", 1500.0, BETA_FLAT)[2] for node in town.SITES.values()]
    np.testing.assert_allclose(found, expected, rtol=1e-9)


def test_centre_spending_change_steep_is_that_of_the_loops(column):
    """With β = 2.5."""
    found = column("centre_spending_change_steep").values
    expected = [by_loops(node, "food", 1500.0, BETA_STEEP)[2] for node in town.SITES.values()]
    np.testing.assert_allclose(found, expected, rtol=1e-9)


@pytest.mark.parametrize(("family", "sales"), CASES)
def test_agglomeration_share_is_that_of_the_loops(column, family, sales):
    """What every pole loses, over what the project gains."""
    found = column("agglomeration_share", family, sales).values
    cases = [by_loops(node, family, sales, BETA) for node in town.SITES.values()]
    np.testing.assert_allclose(found, [taken / gain for gain, taken, _ in cases], rtol=1e-9)


def test_project_turnover_eur_is_that_of_the_loops(column):
    """In EUR a year."""
    found = column("project_turnover_eur").values
    expected = [by_loops(node, "food", 1500.0, BETA)[0] for node in town.SITES.values()]
    np.testing.assert_allclose(found, expected, rtol=1e-9)


def test_a_project_without_sales_area_of_its_own_changes_nothing(column):
    """0 m² take nothing, and a share of nothing is not defined."""
    assert [0.0] * 3 == column("centre_spending_change", sales=0.0).values.tolist()
    share = column("agglomeration_share", sales=0.0)
    assert [Missing.UNDEFINED] * 3 == share.missing.tolist()


def test_too_little_known_spending_leaves_the_model_aside(column, layer):
    """A fifth of the people without spending: no result anywhere."""
    layers = town.town(layer)
    quarters = layers["neighbourhoods"].features
    quarters.loc[quarters["name"] == "south", "spending_food_eur"] = np.nan
    found = column("centre_spending_change", layers=layers)
    assert [Missing.NULL_DATUM] * 3 == found.missing.tolist()


def test_the_titles_say_the_constants_of_the_model():
    """What is read is what runs."""
    for name, beta in (
        ("centre_spending_change", BETA),
        ("centre_spending_change_flat", BETA_FLAT),
        ("centre_spending_change_steep", BETA_STEEP),
        ("agglomeration_share", BETA),
    ):
        title = site_measures()[name].title
        assert f"α = {ALPHA:g}, β = {beta:g}" in title.en
        assert f"α = {ALPHA:g}, β = {f'{beta:g}'.replace('.', ',')}" in title.fr
    assert f"{OUTSIDE_SHARE * 100:g}" in site_measures()["agglomeration_share"].title.en
