"""What a draft would change, as files that another program reads."""

import csv
import io
import json

import pytest

from charters.editing import AddValue
from charters.editing_state import state_of
from charters.loading import load_charters
from zones.measures import ground_of
from zones.preview import preview
from zones.preview_files import preview_content
from zones.projects import example_projects
from zones.sites import each_parcel

STEP = AddValue.model_validate({
    "charter": "industrial_parks", "requirement": "PI-05b", "parameter": "reach",
    "from": "2026-06-01", "value": 60, "unit": "m", "source": "MODEL",
})  # fmt: skip


@pytest.fixture(scope="module")
def impacts(demo_layers, demo_parcels):
    """The step for the hotel, on every parcel of the demonstration."""
    project = example_projects()["hotel"]
    ground = ground_of(each_parcel(demo_parcels), demo_layers)
    after = state_of(1, (STEP,)).charters
    asked = [("hotel", project, project.filing_date)]
    return preview(ground, demo_layers, asked, before=load_charters(), after=after)


def test_every_parcel_is_in_every_file(impacts):
    """The table has all of them, not only those that a screen shows; the map says what it is."""
    expected = set(impacts[0].changes["site_id"].astype(str))
    table = preview_content(impacts, output="csv", language="fr").decode("utf-8-sig")
    assert expected == {row["site_id"] for row in csv.DictReader(io.StringIO(table), delimiter=";")}
    features = json.loads(preview_content(impacts, output="geojson", language="fr"))
    assert expected == {each["properties"]["site_id"] for each in features["features"]}
    assert features["metadata"]["demo"] is True
    document = json.loads(preview_content(impacts, output="json", language="en"))
    assert len(expected) == document["projects"][0]["sites_changed"]
    text = preview_content(impacts, output="text", language="en").decode()
    assert f"{len(expected):,} of " in text
