import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pyproj
import pytest
import shapely

from charters.loading import load_charters
from charters.vocabulary import site_measures
from geodata.reading.importing import read_layer
from zones.projects import EXAMPLES, example_projects

pytestmark = pytest.mark.real_data

ROOT = Path(__file__).parents[2]
OUTSIDE = "no layer covers this place"
REQUIREMENTS = {
    requirement.id: requirement
    for charter in load_charters()
    for _, requirement in charter.requirements
}


@pytest.fixture(scope="module")
def cadastre(real_data):
    """Path of the cadastre of a suburb of Paris, which no layer of the demonstration covers."""
    return real_data / "cadastre-91216" / "cadastre-91216-parcelles.json"


@pytest.fixture(scope="module")
def published(cadastre):
    """Features of that file, by id."""
    document = json.loads(cadastre.read_text(encoding="utf-8"))
    return {each["id"]: each for each in document["features"]}


@pytest.fixture(scope="module", params=["digital_offices", "food_store"])
def assessed(request, cadastre, tmp_path_factory):
    """What the command writes for every parcel of the file, and the name of the project."""
    out = tmp_path_factory.mktemp("assess") / "verdicts.json"
    words = ["assess", "--parcels-file", cadastre, "--out", out, "--lang", "en"]
    words += ["--project", EXAMPLES / f"{request.param}.yaml"]
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "zones", *map(str, words)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=300,
    )
    assert 0 == done.returncode, done.stderr
    assert "4241 site(s) judged: verdicts.json" in done.stderr
    assert ["verdicts.json"] == [each.name for each in out.parent.iterdir()]
    return request.param, json.loads(out.read_text(encoding="utf-8"))


def test_every_parcel_is_a_site_with_its_registered_area(assessed, published):
    """Ids and areas are those of the file, in its order; the one that is missing is null."""
    sites = assessed[1]["sites"]
    assert 4241 == len(sites)
    assert list(published) == [site["site_id"] for site in sites]
    assert [[name] for name in published] == [site["parcels"] for site in sites]
    expected = [each["properties"].get("contenance") for each in published.values()]
    assert expected == [site["contenance_m2"] for site in sites]
    assert 1 == expected.count(None)


def test_planar_areas_agree_with_registered_ones(assessed):
    """Median gap of the order of 1 %."""
    pairs = [
        (site["planar_area_m2"], site["contenance_m2"])
        for site in assessed[1]["sites"]
        if site["contenance_m2"]
    ]
    planar, registered = np.array(pairs).T
    assert 0.005 < np.median(np.abs(planar / registered - 1)) < 0.02


def test_planar_areas_agree_with_geodesic_ones(assessed, published):
    """CC50 is drawn for latitudes of 49 to 51°; at 48.7° areas read +0.04 %."""
    ellipsoid = pyproj.Geod(ellps="GRS80")
    planar = np.array([site["planar_area_m2"] for site in assessed[1]["sites"]])
    geodesic = np.array(
        [
            abs(ellipsoid.geometry_area_perimeter(shapely.geometry.shape(each["geometry"]))[0])
            for each in published.values()
        ]
    )
    large = geodesic > 50
    assert large.sum() > 3500
    assert np.max(np.abs(planar / geodesic - 1)[large]) < 5e-4


def test_no_layer_decides_anything_where_none_covers_the_place(assessed):
    """An article that asks the ground is to investigate, with that reason, or does not apply."""
    project, document = assessed
    given = example_projects()[project].values
    measured = {
        name
        for name, requirement in REQUIREMENTS.items()
        if all(_layers_of(each.measure) - {"parcels"} for each in requirement.any_of)
    }
    assert len(measured) > 20
    reasons = set()
    for site in document["sites"]:
        for row in site["verdicts"]:
            for given_fact in row["inputs"]:
                if {name.split()[0] for name in given_fact["layers"]} - {"parcels"}:
                    assert "outside_coverage" == given_fact["missing"]
            if OUTSIDE in row["reason"]:
                assert "to_investigate" == row["outcome"]
                reasons.add(row["article"])
            elif row["article"] in measured:
                # only what the project says of itself can take such an article away
                assert "not_applicable" == row["outcome"]
    use = given["use"]
    always = {"PI-01", "PI-05a", "PI-05b", "PI-09a", "PI-09b", "PI-14a"}
    always |= {"PI-18a", "PI-18b", "PI-18c", "PI-20a", "PI-20b", "PI-20c", "PI-20d", "PI-20e"}
    shops = "CH-01 CH-02 CH-03a CH-03b CH-03c CH-04 CH-06 CH-07a CH-07b CH-09a CH-09b CH-09c CH-12a"
    shops += " CH-12b CH-12d CH-13 CH-14 CH-15 CH-20a CH-20b CH-20c CH-20d CH-20e"
    expected = {"office": {"PI-10a", "PI-10b", "CH-08a"}, "retail": set(shops.split())}
    assert always | expected[use] == reasons


def test_what_the_parcel_itself_says_is_judged(assessed):
    """Density and coverage by hand; null where the registered area is."""
    project, document = assessed
    given = example_projects()[project].values
    for site in document["sites"]:
        rows = {row["article"]: row for row in site["verdicts"]}
        area = site["contenance_m2"]
        for name, bound, sign in (("PI-16a", 0.3, 1), ("PI-16b", 0.6, -1)):
            row = rows[name]
            if area is None:
                assert ("to_investigate", None) == (row["outcome"], row["value"])
                assert "the datum is empty in the layer (Parcels)" in row["reason"]
                continue
            share = given["footprint"] / area
            assert share == pytest.approx(row["value"], rel=1e-12)
            is_met = sign * (share - bound) >= -1e-12
            assert ("compliant" if is_met else "non_compliant") == row["outcome"]
        if given["use"] == "office" and area is not None:
            density = 10_000 * given["staff"] / area
            assert density == pytest.approx(rows["PI-15"]["value"], rel=1e-12)
            assert (density >= 60) == (rows["PI-15"]["outcome"] == "compliant")


def test_no_charter_passes_a_site_that_no_layer_covers(assessed):
    """Flood zones alone are enough to keep the first charter open."""
    outcomes = [site["outcomes"] for site in assessed[1]["sites"]]
    assert {each["industrial_parks"] for each in outcomes} <= {"to_investigate", "non_compliant"}
    assert {each["commercial_hotel"] for each in outcomes} <= {"to_investigate", "non_compliant"}


def test_real_parcels_are_not_labelled_as_a_demonstration(cadastre):
    """The parcels are real; the other layers of the store keep their label."""
    assert 0 == read_layer(cadastre, layer="parcels").edition.demo_share


def _layers_of(requirement):
    """Layers that a requirement reads, found by walking its plain data."""
    found = set()

    def walk(node):
        if isinstance(node, dict):
            for each in node.values():
                walk(each)
        elif isinstance(node, list | tuple):
            for each in node:
                walk(each)
        elif isinstance(node, str) and node.startswith("site."):
            found.update(site_measures()[node.removeprefix("site.")].layers)

    walk(requirement.model_dump())
    return found
