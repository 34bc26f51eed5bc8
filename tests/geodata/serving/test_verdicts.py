import copy
import json

import numpy as np
import pytest
import shapely

from geodata.crs import WEB_CRS
from geodata.errors import FileFormatError, MissingFileError
from geodata.serving.verdicts import read_public_verdicts


@pytest.fixture
def read(tmp_path):
    """Function that writes a document and reads its public part."""

    def call(document):
        path = tmp_path / "avis.geojson"
        text = document if isinstance(document, str) else json.dumps(document)
        path.write_text(text, encoding="utf-8")
        return read_public_verdicts(path)

    return call


def test_ids_areas_and_outcomes_are_public(verdict_file):
    """The dossier, the owner and whatever else was written stay behind."""
    features, told = read_public_verdicts(verdict_file)
    assert [
        "parcel_id",
        "site_id",
        "contenance_m2",
        "planar_area_m2",
        "site_contenance_m2",
        "site_planar_area_m2",
        "industrial_parks",
        "commercial_hotel",
        "demo",
        "geometry",
    ] == list(features.columns)
    assert ["80021000ZX0001", "80021000ZX0002"] == features.index.tolist()
    assert ["non_compliant", "compliant"] == features["industrial_parks"].tolist()
    np.testing.assert_array_equal([np.nan, np.nan], features["contenance_m2"])
    assert [4000.0] * 2 == features["site_contenance_m2"].tolist()
    assert WEB_CRS == features.crs.to_string()
    assert shapely.Point(2.3, 49.89).touches(features.geometry.iloc[0])
    assert {"day", "demo", "charters"} == set(told)
    assert "Jeanne" not in json.dumps([told, features.to_json()])


def test_a_column_that_is_no_outcome_is_not_public(read, verdict_document):
    """Naming a property as a charter does not carry it out."""
    document = copy.deepcopy(verdict_document)
    document["metadata"]["charters"].append({"id": "owner", "title": "x"})
    features, _ = read(document)
    assert "owner" not in features


def test_a_file_that_says_nothing_of_the_demonstration_is_one(read, verdict_document):
    """Only what is said to be real goes without the label."""
    document = copy.deepcopy(verdict_document)
    del document["metadata"]["demo"]
    assert read(document)[1]["demo"] is True
    document["metadata"]["demo"] = False
    assert read(document)[1]["demo"] is False


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "null",
        "{",
        "\x00",
        '{"type":"FeatureCollection"}',
        '{"features":[]}',
        '{"features":[1]}',
        '{"features":[{"properties":3}]}',
        '{"metadata":{"charters":[{"id":"a"}]},"features":[{"properties":{"a":"yes"}}]}',
        "[" * 100_000,
    ],
)
def test_what_is_no_file_of_verdicts_is_refused(read, text):
    """One sentence with the name of the file, no trace of the inside."""
    with pytest.raises(FileFormatError, match=r"avis\.geojson"):
        read(text)


@pytest.mark.parametrize(
    ("member", "value"),
    [("geometry", None), ("geometry", {"type": "Point"}), ("id", "80021000ZX0002")],
)
def test_a_feature_without_shape_or_with_a_taken_id_is_refused(
    read, verdict_document, member, value
):
    """A GIS would lose it silently."""
    document = copy.deepcopy(verdict_document)
    document["features"][0][member] = value
    with pytest.raises(FileFormatError):
        read(document)


def test_a_file_that_is_not_there(tmp_path):
    """The option is named."""
    with pytest.raises(MissingFileError, match="--verdicts"):
        read_public_verdicts(tmp_path / "no.geojson")
