"""A cadastre and a plan of different towns, judged together: they never meet silently."""

import datetime as dt
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from charters.facts import Missing
from charters.loading import load_charters
from charters.vocabulary import site_measures
from geodata.store import read_layers
from zones.assessment import assess, verdicts_by_site
from zones.measures import measure_sites
from zones.projects import EXAMPLES, example_projects
from zones.silence import silent_layers
from zones.sites import each_parcel

pytestmark = pytest.mark.real_data

ROOT = Path(__file__).parents[2]
PLAN = {"plu_zones", "plu_prescriptions", "zones"}
"""Layers that a delivery of a plan gives."""
OF_THE_PLAN = sorted(
    name for name, about in site_measures().items() if about.layers and set(about.layers) <= PLAN
)
TITLES = {
    "plu_zones": "Zonage du PLU",
    "plu_prescriptions": "Prescriptions du PLU",
}


def run(*words):
    """Run a command of the project; what it says on both streams."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", *map(str, words)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=300,
    )
    assert 0 == done.returncode, done.stderr
    return done


@pytest.fixture(scope="module")
def store(real_data, tmp_path_factory):
    """A store of both files, imported as a planner does."""
    path = tmp_path_factory.mktemp("towns") / "deux-villes.gpkg"
    run("geodata", "import", real_data / "cadastre-91216" / "cadastre-91216-parcelles.json",
        "--as", "parcels", "--store", path)  # fmt: skip
    run("geodata", "import", real_data / "plu-30014" / "Donnees_geographiques",
        "--repair", "--store", path)  # fmt: skip
    return path


@pytest.fixture(scope="module")
def layers(store):
    """What the store holds."""
    return read_layers(store)


@pytest.fixture(scope="module")
def judged(layers):
    """Every parcel judged for an office, in Python."""
    sites = each_parcel(layers["parcels"].features)
    project = example_projects()["digital_offices"]
    return assess(sites, project, layers, charters=load_charters(), day=dt.date(2026, 11, 16))


def test_both_files_are_in_the_store(layers):
    """The plan gives its zones and prescriptions, far from the parcels."""
    assert {"parcels", "plu_zones", "plu_prescriptions"} <= set(layers)
    assert 4241 == len(layers["parcels"].features)
    apart = layers["parcels"].coverage.distance(layers["plu_zones"].coverage)
    assert apart > 100_000


def test_every_fact_of_the_plan_is_outside_its_coverage(layers):
    """Not one parcel has a value, a zero or another reason."""
    sites = each_parcel(layers["parcels"].features)
    asked = [name for name in OF_THE_PLAN if set(site_measures()[name].layers) <= set(layers)]
    assert {"plu_zone", "protected_frontage_m"} <= set(asked)
    for path, column in measure_sites(sites, layers, only=asked).items():
        assert {int(Missing.OUTSIDE_COVERAGE)} == set(column.missing.tolist()), path


def test_every_verdict_that_asks_the_plan_names_it(judged, layers):
    """Such an article is to investigate, and its sentence says which layer is elsewhere.

    Articles that also ask a layer which the store lacks are left out: they say that it lacks.
    """
    found = 0
    for rows in list(verdicts_by_site(judged))[::97]:
        for row in rows:
            paths = [*row.measured, *(each.path for each in row.inputs)]
            facts = {path.removeprefix("site.") for path in paths if path.startswith("site.")}
            asked = {layer for fact in facts for layer in site_measures()[fact].layers}
            if not facts & set(OF_THE_PLAN) or not asked <= set(layers):
                continue
            if row.outcome == "not_applicable":
                continue
            assert "to_investigate" == row.outcome
            said = row.reason.fr
            assert "aucune couche ne couvre ce lieu" in said
            assert any(title in said for title in TITLES.values()), said
            found += 1
    assert found > 20


def test_the_layers_of_the_plan_are_silent(judged, layers):
    """And each says so by its name, with the number of parcels."""
    said = {each.layer: each.say("fr") for each in silent_layers(judged)}
    assert {"plu_prescriptions"} <= set(said) <= set(layers) - {"parcels"}
    for layer, sentence in said.items():
        if layer in TITLES:
            assert f"«\u00a0{TITLES[layer]}\u00a0»" in sentence
        assert "aucun des 4\u202f241 sites" in sentence


@pytest.mark.parametrize("kind", ["geojson", "json"])
def test_the_command_says_it_on_screen_and_in_the_file(store, judged, tmp_path, kind):
    """A line for each silent layer on the error stream, and the same in the metadata."""
    out = tmp_path / f"avis.{kind}"
    done = run("zones", "assess", "--parcels-file", _parcels(), "--store", store,
               "--project", EXAMPLES / "digital_offices.yaml", "--out", out)  # fmt: skip
    document = json.loads(out.read_text(encoding="utf-8"))
    told = document["metadata" if kind == "geojson" else "provenance"]["silent_layers"]
    expected = [each.say("fr") for each in silent_layers(judged)]
    assert expected == [each["message"] for each in told]
    assert expected == [line for line in done.stderr.splitlines() if line.startswith("La couche")]


def _parcels():
    """Path of the cadastre."""
    folder = Path(os.environ["TECHNOPOLE_REAL_DATA"])
    return folder / "cadastre-91216" / "cadastre-91216-parcelles.json"
