import csv
import io
import json
import warnings
from pathlib import Path

import geopandas as gpd
import pyogrio
import pytest
import shapely

from charters.loading import load_charters
from geodata.crs import PARTNER_CRS
from geodata.errors import StoreError
from geodata.store import DEMO_STORE, read_layers
from zones.assessment import assess
from zones.exports import article_features, metadata, parcel_features
from zones.files import content, evidence, format_of
from zones.projects import EXAMPLES, read_project
from zones.sites import one_site


@pytest.fixture(scope="module")
def layers():
    """Layers of the demonstration."""
    return read_layers(DEMO_STORE)


@pytest.fixture(scope="module")
def assessment(layers):
    """Two parcels judged for the digital offices."""
    sites = one_site(layers["parcels"].features, ["80021000ZX0012", "80021000ZX0013"])
    project = read_project(EXAMPLES / "digital_offices.yaml")
    return assess(sites, project, layers, charters=load_charters(), day=project.filing_date)


@pytest.fixture
def made(assessment, layers):
    """Function that gives the file of a format."""

    def make(output):
        ground = layers["parcels"].features
        return content(assessment, ground, layers, output=output, language="fr")

    return make


@pytest.mark.parametrize(
    ("output", "name", "expected"),
    [
        (None, None, "geojson"),
        (None, "a.JSON", "json"),
        (None, "a.csv", "csv"),
        (None, "a.gpkg", "gpkg"),
        (None, "a.geojson", "geojson"),
        (None, "a.txt", "geojson"),
        ("csv", "a.gpkg", "csv"),
    ],
)
def test_the_format_is_that_asked_for_else_that_of_the_name(output, name, expected):
    """GeoJSON when neither says."""
    assert expected == format_of(output, None if name is None else Path(name))


def test_a_geopackage_needs_a_file():
    """A screen shows no bytes."""
    with pytest.raises(StoreError, match="--out"):
        format_of("gpkg", None)


def test_a_geopackage_holds_parcels_and_articles(tmp_path, made, assessment, layers):
    """In Lambert-93, the same features as in both GeoJSON files, GDAL without a warning."""
    path = tmp_path / "avis.gpkg"
    path.write_bytes(made("gpkg"))
    expected = {
        "parcels": parcel_features(assessment, layers["parcels"].features, language="fr"),
        "articles": article_features(assessment, layers, language="fr"),
    }
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert ["parcels", "articles"] == pyogrio.list_layers(path)[:, 0].tolist()
        read = {name: gpd.read_file(path, layer=name) for name in expected}
    for name, features in expected.items():
        assert PARTNER_CRS == read[name].crs.to_string()
        assert features.index.tolist() == read[name]["id"].tolist()
        moved = features.to_crs(PARTNER_CRS).geometry.to_numpy()
        assert (shapely.hausdorff_distance(moved, read[name].geometry.to_numpy()) < 0.01).all()
    assert (
        expected["parcels"]["industrial_parks"].tolist()
        == read["parcels"]["industrial_parks"].tolist()
    )
    assert expected["articles"]["outcome"].tolist() == read["articles"]["outcome"].tolist()
    inside = pyogrio.read_info(path, layer="parcels")["dataset_metadata"]["GPKG_METADATA_ITEM_1"]
    assert metadata(assessment, language="fr") == json.loads(inside)


def test_titles_carry_the_demonstration_label(tmp_path, made):
    """Where a GIS shows them."""
    path = tmp_path / "avis.gpkg"
    path.write_bytes(made("gpkg"))
    titles = pyogrio.read_dataframe(
        path, sql="SELECT identifier FROM gpkg_contents", sql_dialect="SQLITE"
    )
    assert {"DEMO – Parcelles et avis", "DEMO – Articles et preuves"} == set(titles["identifier"])


@pytest.mark.parametrize("output", ["geojson", "gpkg", "json", "csv"])
def test_equal_assessments_make_equal_bytes(made, output):
    """No clock, no chance."""
    assert made(output) == made(output)


def test_text_formats_say_the_same_verdicts(made, assessment, layers):
    """One row of CSV per verdict of the JSON; GeoJSON has the parcels; CSV is made for Excel."""
    document = json.loads(made("json"))
    table = made("csv")
    assert table.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(table.decode("utf-8-sig")), delimiter=";"))
    verdicts = [each for site in document["sites"] for each in site["verdicts"]]
    assert [each["article"] for each in verdicts] == [each["article"] for each in rows]
    features = json.loads(made("geojson"))["features"]
    assert ["80021000ZX0012", "80021000ZX0013"] == [each["id"] for each in features]
    drawn = json.loads(evidence(assessment, layers, language="fr"))["features"]
    applicable = [each for each in verdicts if each["outcome"] != "not_applicable"]
    assert len(applicable) == len(drawn)
