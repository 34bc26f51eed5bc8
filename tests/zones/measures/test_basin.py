import dataclasses
import datetime as dt

import numpy as np
import pytest

from tests.zones.measures import town
from zones.measures import ground_of
from zones.measures.basin import FAMILIES, MIXED, people_of, poles_of, site_nodes


@pytest.fixture
def ground(layer, sites):
    """The sites of the small town."""
    made = ground_of(sites(town.site_squares()), town.town(layer))
    return dataclasses.replace(made, day=dt.date.fromisoformat(town.DAY))


def test_minutes_are_those_of_another_shortest_path(ground):
    """From every neighbourhood and every pole to every site, by networkx."""
    people, poles, nodes = people_of(ground), poles_of(ground), site_nodes(ground)
    for row, (start, _, _) in enumerate(town.QUARTERS.values()):
        expected = [town.minutes(start, end) for end in town.SITES.values()]
        np.testing.assert_allclose(people.minutes[row, nodes], expected, rtol=1e-9)
    at = {name: row for row, name in enumerate(poles.names)}
    for name, (start, _, _) in town.POLES.items():
        expected = [town.minutes(start, end) for end in town.SITES.values()]
        np.testing.assert_allclose(poles.minutes[at[name], nodes], expected, rtol=1e-9)


def test_shops_are_grouped_by_sector_then_by_neighbourhood(ground):
    """What is vacant or refused sells nothing; the sums are those written in the town."""
    poles = poles_of(ground)
    found = dict(zip(poles.names, poles.area_m2, strict=True))
    assert set(town.POLES) == set(found)
    for name, (_, kind, areas) in town.POLES.items():
        expected = [areas.get(each, 0.0) for each in (*FAMILIES, MIXED)]
        assert expected == found[name].tolist()
        assert (kind == "centre") == poles.is_centre[list(poles.names).index(name)]


def test_what_does_not_depend_on_the_project_is_kept_with_the_layers(ground):
    """Asked by another ground of the same layers, it is the same."""
    again = dataclasses.replace(ground_of(ground.sites, ground.layers), day=ground.day)
    assert people_of(again) is people_of(ground)
    assert poles_of(again) is poles_of(ground)
    later = dataclasses.replace(again, day=dt.date(2027, 1, 1), memo={})
    assert poles_of(later) is not poles_of(ground)


def test_a_few_shops_without_area_are_left_out_and_counted(ground, layer):
    """One of six is too many; one of forty is not."""
    features = ground.layers["shops"].features
    for many, is_known in ((1, False), (8, True)):
        rows = [*features.to_dict("records")] * many
        rows.append({**rows[0], "sales_area_m2": None})
        shops = layer("shops", rows, coverage=ground.layers["shops"].coverage)
        other = dataclasses.replace(ground, layers={**ground.layers, "shops": shops}, memo={})
        poles = poles_of(other)
        assert 1 == poles.unknown
        assert is_known == (not np.isnan(poles.area_m2).any())
