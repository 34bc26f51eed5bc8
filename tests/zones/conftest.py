"""The demonstration store, read once, and every one of its parcels judged once."""

import datetime as dt
from types import SimpleNamespace

import pytest

from charters.loading import load_charters
from geodata.store import DEMO_STORE, read_layers
from zones.assessment import assess, site_verdicts
from zones.projects import example_projects
from zones.sites import each_parcel, one_site

DAY = dt.date(2026, 11, 16)


@pytest.fixture(scope="session")
def demo_layers():
    """Layers of the demonstration by id."""
    return read_layers(DEMO_STORE)


@pytest.fixture(scope="session")
def demo_parcels(demo_layers):
    """Parcels of the demonstration."""
    return demo_layers["parcels"].features


@pytest.fixture(scope="session")
def judged(demo_layers, demo_parcels):
    """Maker of the assessment of one site of the demonstration, with its rows by requirement."""

    def make(ids, project, *, day=DAY):
        described = example_projects()[project] if isinstance(project, str) else project
        assessment = assess(
            one_site(demo_parcels, ids), described, demo_layers, charters=load_charters(), day=day
        )
        rows = {row.article: row for row in site_verdicts(assessment)}
        return SimpleNamespace(assessment=assessment, rows=rows, site=assessment.sites.iloc[0])

    return make


@pytest.fixture(scope="session")
def batch(demo_layers, demo_parcels):
    """Every parcel of the demonstration judged for the supermarket."""
    return assess(
        each_parcel(demo_parcels),
        example_projects()["food_store"],
        demo_layers,
        charters=load_charters(),
        day=DAY,
    )
