import datetime as dt
import json

import pytest

from charters.loading import load_charters
from geodata.errors import MissingFileError, SelectionError
from zones.assessment import assess, outcome_keys
from zones.diff_command import difference
from zones.projects import EXAMPLES, example_projects
from zones.sites import each_parcel

DAYS = [dt.date(2020, 1, 1), dt.date(2026, 11, 22)]


def made(layers, *, days=DAYS, project=EXAMPLES / "food_store.yaml"):
    """Difference between two days as plain data."""
    sides = [(day, load_charters()) for day in days]
    content = difference(
        project, layers, before=sides[0], after=sides[1], output="json", language="fr"
    )
    return json.loads(content)


def test_every_parcel_is_judged_on_both_days(demo_layers, demo_parcels):
    """Charters' outcomes counted here one by one, from two judgments made apart."""
    document = made(demo_layers)
    sides = [
        assess(
            each_parcel(demo_parcels),
            example_projects()["food_store"],
            demo_layers,
            charters=load_charters(),
            day=day,
        )
        for day in DAYS
    ]
    for charter in load_charters():
        pairs = list(zip(*(outcome_keys(side, charter.id) for side in sides), strict=True))
        assert {pair: pairs.count(pair) for pair in set(pairs)} == {
            (row["before"], row["after"]): row["sites"]
            for row in document["counts"]
            if row["charter"] == charter.id and not row["article"]
        }


def test_the_same_day_twice_changes_nothing(demo_layers):
    """No outcome differs."""
    assert 0 == made(demo_layers, days=DAYS[:1] * 2)["changed"]


def test_no_project_and_no_parcels_are_refused(demo_layers):
    """Each said."""
    with pytest.raises(MissingFileError):
        made(demo_layers, project=EXAMPLES / "none.yaml")
    with pytest.raises(SelectionError):
        made({name: each for name, each in demo_layers.items() if name != "parcels"})
