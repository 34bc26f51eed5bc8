import json
from pathlib import Path

import pytest
from pygeoapi.config import validate_config
from pygeoapi.util import yaml_load

from geodata.serving.configuration import configuration
from geodata.serving.publishing import Collection, read_publication


@pytest.fixture
def made():
    """Function that makes the configuration of some collections."""

    def make(collections):
        url = "http://127.0.0.1:5000"
        return configuration(Path("/published"), collections, host="127.0.0.1", port=5000, url=url)

    return make


def test_an_empty_publication_is_valid(made):
    """Pygeoapi's own schema accepts it."""
    assert validate_config(made([]))
    assert {} == made([])["resources"]


def test_each_collection_is_a_resource_in_both_languages(made, published):
    """Titles, extent in degrees, Lambert-93 on request; the schema accepts all of it."""
    settings = made(read_publication(published))
    assert validate_config(settings)
    assert {"parcels", "zones", "transit_stops", "companies", "verdicts"} == set(
        settings["resources"]
    )
    zones = settings["resources"]["zones"]
    assert "DEMO – Zones technopolitaines" == zones["title"]["fr"]
    assert "DEMO – Technopole zones" == zones["title"]["en"]
    (provider,) = zones["providers"]
    assert "/published/zones.geojson" == provider["data"]
    assert "editable" not in provider
    assert provider["crs"][1].endswith("/EPSG/0/2154")


def test_nothing_is_loaded_from_elsewhere_and_nothing_is_administered(made):
    """No map of a public host, no administration, this machine only."""
    server = made([])["server"]
    assert ("", False, False) == (server["map"]["url"], server["admin"], server["cors"])
    assert "127.0.0.1" == server["bind"]["host"]
    assert (Path(server["templates"]["path"]) / "_base.html").is_file()


def test_what_a_producer_writes_stays_text(made, tmp_path, monkeypatch):
    """Pygeoapi fills in variables of the environment: not here; YAML chokes on nothing."""
    monkeypatch.setenv("SECRET", "canary")
    said = "${SECRET} {{ 7*7 }} : - é 🙂 \x07\u2028\ufeff\x85"
    collection = Collection(
        id="parcels",
        title={"fr": said, "en": said},
        description={"fr": said, "en": said},
        licence="",
        producer="",
        date="",
        bbox=[2.0, 49.0, 3.0, 50.0],
        columns=["id"],
        features=1,
    )
    path = tmp_path / "config.json"
    path.write_text(json.dumps(made([collection]), ensure_ascii=False), encoding="utf-8")
    with path.open(encoding="utf-8") as written:
        read = yaml_load(written)
    assert "${SECRET} {{ 7*7 }} : - é 🙂 " == read["resources"]["parcels"]["title"]["fr"]
