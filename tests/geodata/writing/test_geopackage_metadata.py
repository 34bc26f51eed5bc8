import json
import sqlite3
from contextlib import closing

import pyogrio
import pytest
import shapely
from geopandas import GeoDataFrame

from geodata.crs import PARTNER_CRS
from geodata.writing.geopackage_metadata import write_metadata


@pytest.fixture
def bare(tmp_path):
    """GeoPackage with one table and no metadata."""
    path = tmp_path / "a.gpkg"
    frame = GeoDataFrame({"n": [1]}, geometry=[shapely.Point(0, 0)], crs=PARTNER_CRS)
    pyogrio.write_dataframe(frame, path, layer="a", driver="GPKG")
    return path


def test_nothing_to_say_is_said(bare):
    """An empty object is JSON too."""
    write_metadata(bare, {}, moment="2000-01-01T00:00:00.000Z")
    assert {"GPKG_METADATA_ITEM_1": "{}"} == pyogrio.read_info(bare)["dataset_metadata"]


def test_metadata_hold_for_the_whole_file_at_the_moment_given(bare):
    """Accents as they are; the extension is declared for both tables."""
    write_metadata(bare, {"licence": "Licence Ouverte – é"}, moment="2000-01-01T00:00:00.000Z")
    with closing(sqlite3.connect(bare)) as database:
        (text,) = database.execute("SELECT metadata FROM gpkg_metadata").fetchone()
        reference = database.execute("SELECT * FROM gpkg_metadata_reference").fetchall()
        declared = database.execute(
            "SELECT table_name FROM gpkg_extensions WHERE extension_name = 'gpkg_metadata'"
        ).fetchall()
    assert {"licence": "Licence Ouverte – é"} == json.loads(text)
    assert "é" in text
    moment = "2000-01-01T00:00:00.000Z"
    assert [("geopackage", None, None, None, moment, 1, None)] == reference
    assert [("gpkg_metadata",), ("gpkg_metadata_reference",)] == declared


def test_metadata_are_written_once(bare):
    """A second time is an error, and leaves the first."""
    write_metadata(bare, {"a": 1}, moment="2000-01-01T00:00:00.000Z")
    with pytest.raises(sqlite3.Error):
        write_metadata(bare, {"a": 2}, moment="2000-01-01T00:00:00.000Z")
    assert '{"a":1}' == pyogrio.read_info(bare)["dataset_metadata"]["GPKG_METADATA_ITEM_1"]
