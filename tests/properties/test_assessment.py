"""Laws of verdicts that hold whatever the place and the project."""

import datetime as dt
import functools

import geopandas as gpd
import pandas as pd
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from charters.loading import load_charters
from geodata.language import Text
from geodata.store import DEMO_STORE, read_layers
from zones.assessment import assess, outcome_keys, verdicts_by_site
from zones.projects import Project, example_projects
from zones.sites import each_parcel, one_site

DAY = dt.date(2026, 11, 16)
PROJECTS = st.sampled_from(sorted(example_projects()))
# The demonstration has at least 1 200 parcels.
ROWS = st.lists(st.integers(0, 1199), min_size=1, max_size=8, unique=True)
LABELS = st.lists(st.text("abz=é 0", min_size=1, max_size=5), min_size=8, max_size=8, unique=True)
LAW = settings(deadline=None, derandomize=True, max_examples=25)


@functools.cache
def layers():
    """Layers of the demonstration."""
    return read_layers(DEMO_STORE)


def judged(sites, project):
    """Outcomes and rows of every site."""
    described = example_projects()[project] if isinstance(project, str) else project
    made = assess(sites, described, layers(), charters=load_charters(), day=DAY)
    keys = zip(*(outcome_keys(made, name) for name in made.verdicts), strict=True)
    return list(zip(keys, verdicts_by_site(made), strict=True))


def assert_same(left, right):
    """Equal outcomes and sentences; figures to a nanometre."""
    (keys, rows), (other_keys, others) = left, right
    assert other_keys == keys
    for row, other in zip(rows, others, strict=True):
        said = [
            (each.article, each.outcome, each.reason, each.remedy, each.changes, each.layers)
            for each in (row, other)
        ]
        assert said[0] == said[1]
        for name in ("value", "threshold", "margin"):
            one, two = getattr(row, name), getattr(other, name)
            assert (one is None) == (two is None)
            assert one is None or abs(one - two) <= 1e-9 * max(1.0, abs(one))


@LAW
@given(ROWS, LABELS, PROJECTS, st.randoms(use_true_random=False))
def test_order_and_labels_of_parcels_never_change_a_verdict(rows, labels, project, chance):
    """A verdict depends on the ground and the project alone."""
    parcels = layers()["parcels"].features.iloc[rows]
    order = list(range(len(rows)))
    chance.shuffle(order)
    other = parcels.iloc[order].set_axis(labels[: len(rows)])
    batch = judged(each_parcel(parcels), project)
    for position, found in zip(order, judged(each_parcel(other), project), strict=True):
        assert_same(batch[position], found)


@LAW
@given(ROWS, PROJECTS)
def test_a_frame_of_one_row_equals_the_batch(rows, project):
    """A click and a run over the town take the same road."""
    sites = each_parcel(layers()["parcels"].features.iloc[rows])
    for position, expected in enumerate(judged(sites, project)):
        (alone,) = judged(sites.iloc[[position]], project)
        assert_same(expected, alone)


@LAW
@given(st.integers(0, 1199), st.floats(0.2, 0.8), st.booleans(), PROJECTS)
def test_splitting_a_parcel_changes_no_verdict_of_its_site(row, cut, is_upright, project):
    """Two halves with the registered area shared out are the site they were."""
    parcels = layers()["parcels"].features
    whole = parcels.iloc[[row]]
    west, south, east, north = whole.total_bounds
    if is_upright:
        knife = shapely.box(west - 1, south - 1, west + cut * (east - west), north + 1)
    else:
        knife = shapely.box(west - 1, south - 1, east + 1, south + cut * (north - south))
    shape = whole.geometry.iloc[0]
    halves = [shapely.intersection(shape, knife), shapely.difference(shape, knife)]
    area = whole["contenance"].iloc[0]
    split = gpd.GeoDataFrame(
        pd.concat([whole, whole]).assign(contenance=[area * cut, area * (1 - cut)]),
        crs=parcels.crs,
    ).set_geometry(halves, crs=parcels.crs)
    split.index = ["one", "two"]
    (before,) = judged(one_site(parcels, whole.index), project)
    (after,) = judged(one_site(split, split.index), project)
    assert before[0] == after[0]
    for one, two in zip(before[1], after[1], strict=True):
        assert (one.article, one.outcome) == (two.article, two.outcome)
        if one.value is not None:
            assert abs(one.value - two.value) <= 1e-3


@LAW
@given(st.integers(0, 1199), PROJECTS, st.data())
def test_a_figure_taken_away_never_gives_a_pass(row, project, data):
    """What is no longer known can end in an investigation, not in a new compliance."""
    described = example_projects()[project]
    taken = data.draw(st.sampled_from(sorted(described.values)))
    values = {name: value for name, value in described.values.items() if name != taken}
    site = each_parcel(layers()["parcels"].features.iloc[[row]])
    (before,) = judged(site, described)
    (after,) = judged(site, Project(Text("", ""), None, values))
    for one, two in zip(before[1], after[1], strict=True):
        if two.outcome != one.outcome:
            is_exemption = taken in {"committee_opinion", "renewable_extra_cost"}
            assert two.outcome == "to_investigate" or is_exemption
