import csv
import datetime as dt
import io
import json

import numpy as np
import pytest
import shapely

from charters.loading import load_charters
from geodata.crs import to_web
from zones.assessment import assess, outcome_keys
from zones.difference_files import changed_parcels, difference_content, outcome_text
from zones.differences import RANKS, changed_outcomes
from zones.exports import DEMO_NOTICE
from zones.projects import example_projects
from zones.sites import each_parcel

EARLIER, LATER = dt.date(2024, 3, 1), dt.date(2026, 11, 16)
SAMPLE = slice(0, None, 29)


@pytest.fixture(scope="module")
def parcels(demo_parcels):
    """Some parcels of the demonstration."""
    return demo_parcels.iloc[SAMPLE]


@pytest.fixture(scope="module")
def pair(demo_layers, parcels):
    """These judged for the digital offices on two days."""
    project = example_projects()["digital_offices"]
    return [
        assess(each_parcel(parcels), project, demo_layers, charters=load_charters(), day=day)
        for day in (EARLIER, LATER)
    ]


@pytest.fixture(scope="module")
def written(pair, parcels):
    """Function that gives the text of a file."""

    def make(output, *, language="fr", sides=pair):
        content = difference_content(*sides, demo=parcels["demo"], output=output, language=language)
        return content.decode("utf-8-sig")

    return make


@pytest.fixture(scope="module")
def expected(pair):
    """What differs: rows of the frame that another test holds to the verdict rows."""
    found = changed_outcomes(*pair).astype(object)
    assert 0 < len(found)
    return [tuple(row) for row in found.itertuples(index=False)]


def test_every_outcome_has_a_name():
    """Also that of the side that has none."""
    assert all(outcome_text(word).fr and outcome_text(word).en for word in RANKS)


def test_a_table_has_a_row_per_outcome_that_differs(written, expected):
    """With project, day and edition of both sides, and the demonstration label."""
    rows = list(csv.DictReader(io.StringIO(written("csv")), delimiter=";"))
    names = ("site_id", "charter", "article", "before", "after")
    assert expected == [tuple(row[name] for name in names) for row in rows]
    sides = ("day_before", "day_after", "project_before", "demo")
    assert {("2024-03-01", "2026-11-16", "Bureaux numériques", "True")} == {
        tuple(row[name] for name in sides) for row in rows
    }
    editions = {each.id: each.edition for each in load_charters()}
    assert all(editions[row["charter"]] == row["edition_after"] for row in rows)


def test_geojson_has_a_feature_per_changed_parcel(written, expected, pair, parcels):
    """Its own shape, both outcomes of each charter, what differs in words, both provenances."""
    document = json.loads(written("geojson"))
    ids = list(dict.fromkeys(row[0] for row in expected))
    assert ids == [each["id"] for each in document["features"]]
    shapes = to_web(parcels).geometry
    keys = [
        dict(zip(side.sites.index, outcome_keys(side, "industrial_parks"), strict=True))
        for side in pair
    ]
    for each in document["features"]:
        said = each["properties"]
        drawn = shapely.geometry.shape(each["geometry"])
        assert drawn.equals_exact(
            shapes[each["id"]].normalize(), 1e-6
        ) or drawn.symmetric_difference(shapes[each["id"]]).area == pytest.approx(0, abs=1e-10)
        assert keys[0][each["id"]] == said["industrial_parks_before"]
        assert keys[1][each["id"]] == said["industrial_parks_after"]
        assert said["demo"] is True
        articles = [row[2] for row in expected if row[0] == each["id"] and row[2]]
        assert articles == [part.split()[0] for part in said["articles"].split(" · ") if part]
    told = document["metadata"]
    assert (True, DEMO_NOTICE.fr) == (told["demo"], told["notice"])
    assert ("2024-03-01", "2026-11-16") == (told["before"]["day"], told["after"]["day"])
    assert told["before"]["layers"]


def test_json_has_counts_outcomes_and_provenance(written, expected, pair):
    """Counts over one requirement add up to the parcels judged."""
    document = json.loads(written("json"))
    assert len(pair[0].sites) == document["sites"]
    assert len({row[0] for row in expected}) == document["changed"]
    assert expected == [tuple(row.values()) for row in document["outcomes"]]
    roof = [row["sites"] for row in document["counts"] if row["article"] == "PI-02a"]
    assert len(pair[0].sites) == sum(roof)
    assert "2024-03-01" == document["provenance"]["before"]["day"]


@pytest.mark.parametrize(("language", "head"), [("fr", "Avant · "), ("en", "Before · ")])
def test_a_text_sums_up(written, expected, language, head):
    """Both sides, the label, how many parcels, and counts that a reader could add up."""
    lines = written("text", language=language).splitlines()
    assert lines[0].startswith(head)
    assert DEMO_NOTICE.say(language) == lines[2]
    assert lines[4].startswith(f"{len({row[0] for row in expected})} ")
    steps = {}
    for _, _, article, before, after in expected:
        text = f"{outcome_text(before).say(language)} → {outcome_text(after).say(language)}"
        steps[article, text] = steps.get((article, text), 0) + 1
    for (article, text), count in steps.items():
        if article:
            (line,) = [each for each in lines if f"  {article:9} {text} · " in each]
            assert str(count) == line.split(" · ")[1].split()[0]


def test_nothing_changes_between_a_side_and_itself(written, pair):
    """No row, no feature, and a sentence that says so."""
    sides = [pair[0], pair[0]]
    assert [] == json.loads(written("geojson", sides=sides))["features"]
    assert 1 == len(written("csv", sides=sides).splitlines())
    assert "0 parcelle(s)" in written("text", sides=sides)


def test_a_site_of_one_side_only_is_there(pair):
    """With « absent » on the other side."""
    before = pair[0]
    one = assess(before.sites.iloc[:1], before.project, {}, charters=load_charters(), day=EARLIER)
    gone = changed_parcels(changed_outcomes(before, one), before, one, language="en")
    assert set(before.sites.index[1:]) <= set(gone.index)
    assert {"absent"} == set(gone.loc[before.sites.index[1:], "industrial_parks_after"])
    assert np.all(gone.geometry.area > 0)
