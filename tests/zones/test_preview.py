"""What a draft of the charters would change, against verdicts taken one parcel at a time."""

import collections

import pandas as pd
import pytest

from charters.editing import AddValue
from charters.editing_state import state_of
from charters.loading import load_charters
from zones.measures import ground_of
from zones.preview import impact_counts, impact_parcels, impact_table, moved_parcels, preview
from zones.projects import example_projects
from zones.sites import each_parcel

STEP = AddValue.model_validate({
    "charter": "industrial_parks", "requirement": "PI-05b", "parameter": "reach",
    "from": "2026-06-01", "value": 60, "unit": "m", "source": "MODEL",
})  # fmt: skip


@pytest.fixture(scope="module")
def ground(demo_layers, demo_parcels):
    """Every parcel of the demonstration."""
    return ground_of(each_parcel(demo_parcels), demo_layers)


def made(ground, layers, *names, steps=(STEP,)):
    """Impacts of the step for these example projects."""
    projects = [(name, each := example_projects()[name], each.filing_date) for name in names]
    after = state_of(1, steps).charters
    return preview(ground, layers, projects, before=load_charters(), after=after)


def test_parcels_that_change_by_hand(ground, demo_layers):
    """The battery workshop has no study: between 60 and 200 m it would no longer need one.

    Distances are asked of Shapely one parcel at a time; those within a metre of either reach are
    left to the tolerance of the measure.
    """
    (impact,) = made(ground, demo_layers, "battery_workshop")
    mains = demo_layers["heat_mains"].features.geometry.union_all()
    far = ground.sites.geometry.distance(mains)
    coverage = demo_layers["heat_mains"].coverage
    # where the edge is nearer than the main, a nearer main may lie beyond it
    covered = ground.sites.within(coverage) & (ground.sites.distance(coverage.boundary) > far)
    is_clear = covered & ((far - 60).abs() > 30) & ((far - 200).abs() > 30)
    expected = set(far.index[is_clear & (far > 60) & (far < 200)].astype(str))
    changes = impact.changes.astype(str)
    found = changes[changes["article"] == "PI-05b"]
    moved = set(found["site_id"])
    assert 0 < len(expected)
    assert expected == moved & set(far.index[is_clear].astype(str))
    sure = found[found["site_id"].isin(expected)]
    pairs = set(zip(sure["before"], sure["after"], strict=True))
    assert {("non_compliant", "not_applicable")} == pairs


def test_counts_agree_with_the_rows(ground, demo_layers):
    """Counted one by one."""
    (impact,) = made(ground, demo_layers, "battery_workshop")
    rows = impact.changes.astype(str)[["charter", "article", "before", "after"]]
    expected = collections.Counter(rows.itertuples(index=False, name=None))
    counts = impact_counts(impact)
    told = {tuple(row[:4]): row[4] for row in counts.itertuples(index=False, name=None)}
    assert dict(expected) == told


def test_parcels_of_a_charter_and_of_an_article_only(ground, demo_layers):
    """Each parcel counts once: with the charters whose outcome it changes, or without."""
    (impact,) = made(ground, demo_layers, "battery_workshop")
    rows = impact.changes.astype(str)
    every, charter = set(rows["site_id"]), set(rows.loc[rows["article"] == "", "site_id"])
    assert (len(charter), len(every - charter)) == moved_parcels(impact)
    assert sum(moved_parcels(impact)) == len(every) > 0
    (nothing,) = made(ground, demo_layers, "battery_workshop", steps=())
    assert (0, 0) == moved_parcels(nothing)


def test_a_table_and_a_map_of_every_project(ground, demo_layers):
    """One row per outcome, one feature per project and parcel."""
    impacts = made(ground, demo_layers, "hotel", "battery_workshop")
    table = impact_table(impacts)
    assert ["hotel", "battery_workshop"] == list(pd.unique(table["project"]))
    parcels = impact_parcels(impacts, language="en")
    assert len(table[["project", "site_id"]].drop_duplicates()) == len(parcels)
    assert parcels.geometry.notna().all()
    assert parcels["articles"].str.contains("PI-05b").all()


def test_no_geometry_is_measured_twice(ground, demo_layers):
    """The second judgment takes the very columns of the first."""
    (impact,) = made(ground, demo_layers, "hotel")
    kept = {path: each for path, each in impact.before.facts.items() if path.startswith("site.")}
    assert 10 < len(kept)
    assert all(column is impact.after.facts[path] for path, column in kept.items())


def test_a_draft_without_a_step_changes_nothing(ground, demo_layers):
    """Neither parcels nor counts."""
    (impact,) = made(ground, demo_layers, "hotel", steps=())
    assert (0, 0) == (len(impact.changes), len(impact_counts(impact)))


def test_no_impact_without_a_project(ground, demo_layers):
    """An empty table keeps its columns."""
    assert "site_id" in impact_table(made(ground, demo_layers))
