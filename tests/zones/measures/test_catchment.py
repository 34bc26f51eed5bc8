import datetime as dt

import numpy as np
import pytest

from charters.facts import Missing, known
from tests.zones.measures import town
from zones.measures import evidence, measure_sites
from zones.measures.catchment import CATCHMENT_MIN

DAY = dt.date.fromisoformat(town.DAY)


@pytest.fixture
def column(layer, sites):
    """Function that gives one measure of the three sites."""

    def build(name, family="food", layers=None):
        layers = town.town(layer) if layers is None else layers
        project = {"project.family": known(family)}
        frame = sites(town.site_squares())
        return measure_sites(frame, layers, project=project, day=DAY, only=[name])[f"site.{name}"]

    return build


def reached(node):
    """Neighbourhoods and poles within ten minutes of a node, by networkx."""
    return (
        [town.minutes(node, each) <= CATCHMENT_MIN for each, *_ in town.QUARTERS.values()],
        [town.minutes(node, each) <= CATCHMENT_MIN for each, *_ in town.POLES.values()],
    )


def test_the_town_has_sites_that_reach_a_part_only():
    """Else the tests below would prove little."""
    found = [sum(reached(node)[0]) for node in town.SITES.values()]
    assert len(set(found)) > 1
    assert 0 < min(sum(reached(node)[1]) for node in town.SITES.values()) < len(town.POLES)


@pytest.mark.parametrize("family", [*town.FAMILIES, "mixed"])
def test_catchment_spending_eur_is_the_sum_within_ten_minutes(column, family):
    """Neighbourhood by neighbourhood."""
    spent = town.spent(family)[0]
    expected = [spent[reached(node)[0]].sum() for node in town.SITES.values()]
    np.testing.assert_allclose(column("catchment_spending_eur", family).values, expected)


def test_catchment_population_is_the_sum_within_ten_minutes(column):
    """The same, of people."""
    people = np.array([each for _, each, _ in town.QUARTERS.values()])
    expected = [people[reached(node)[0]].sum() for node in town.SITES.values()]
    assert expected == column("catchment_population").values.tolist()


@pytest.mark.parametrize("family", [*town.FAMILIES, "mixed"])
def test_catchment_sales_area_m2_is_the_sum_within_ten_minutes(column, family):
    """Pole by pole; mixed shops by the part of the family in what is spent."""
    sold = np.array(town.sold(family))
    expected = [sold[reached(node)[1]].sum() for node in town.SITES.values()]
    np.testing.assert_allclose(column("catchment_sales_area_m2", family).values, expected)


def test_shared_catchment_population_is_near_the_site_and_a_centre(column):
    """People who reach both in ten minutes."""
    people = np.array([each for _, each, _ in town.QUARTERS.values()])
    (centre,) = (node for node, kind, _ in town.POLES.values() if kind == "centre")
    to_centre = np.array(reached(centre)[0])
    expected = [
        people[np.array(reached(node)[0]) & to_centre].sum() for node in town.SITES.values()
    ]
    assert expected == column("shared_catchment_population").values.tolist()


def test_spending_year_is_said(column):
    """As a word."""
    assert ["2022"] * 3 == column("spending_year").values.tolist()


def test_unmeasured_shop_count_is_nought_here(column):
    """Every shop of the town has its area."""
    assert [0.0] * 3 == column("unmeasured_shop_count").values.tolist()


def test_a_neighbourhood_without_spending_leaves_it_unknown(column, layer):
    """It holds over 5 % of the people of the sites that reach it, and only of those."""
    layers = town.town(layer)
    quarters = layers["neighbourhoods"].features
    quarters.loc[quarters["name"] == "north", "spending_food_eur"] = np.nan
    place = list(town.QUARTERS).index("north")
    expected = [
        Missing.NULL_DATUM if reached(node)[0][place] else Missing.KNOWN
        for node in town.SITES.values()
    ]
    assert len(set(expected)) == 2
    assert expected == column("catchment_spending_eur", layers=layers).missing.tolist()


def test_a_project_without_family_says_so(layer, sites):
    """The family is not guessed."""
    found = measure_sites(
        sites(town.site_squares()), town.town(layer), day=DAY, only=["catchment_spending_eur"]
    )
    assert [Missing.NOT_GIVEN] * 3 == found["site.catchment_spending_eur"].missing.tolist()


def test_evidence_is_the_isochrone_with_what_it_holds(layer, sites):
    """Neighbourhoods with their spending, poles with their area."""
    site = sites({"c": town.site_squares()["c"]})
    project = {"project.family": known("food")}
    shown = evidence("catchment_spending_eur", site, town.town(layer), project=project, day=DAY)
    assert "10 min" in set(shown.loc[shown["role"] == "reach", "label"])
    assert "old town · 8 M€" in set(shown["label"])
    node = town.SITES["c"]
    held = sum(reached(node)[0]) + sum(reached(node)[1])
    assert held + 1 == (shown["role"] == "target").sum()
