import geopandas as gpd
import numpy as np
import pytest
import shapely
from geopandas.testing import assert_geodataframe_equal

from geodata.errors import ContractError, DataError
from geodata.layers import faults
from geodata.reading.importing import read_layer
from geodata.reading.locked import read_raw
from geodata.store import read_layers, write_layers
from geodata.writing.geojson import write_features

pytestmark = pytest.mark.real_data


@pytest.fixture(scope="module")
def cadastre(real_data):
    """Path of the cadastre of Épinay-sur-Orge."""
    return real_data / "cadastre-91216" / "cadastre-91216-parcelles.json"


@pytest.fixture(scope="module")
def parcels(cadastre):
    """The same as a layer."""
    return read_layer(cadastre, layer="parcels")


def test_the_cadastre_of_a_suburb_loads_whole(parcels):
    """4 241 parcels, one without registered area, none of them a demonstration."""
    assert 4241 == len(parcels.features)
    assert 1 == parcels.features["contenance"].isna().sum()
    assert 0 == (parcels.features["contenance"] == 0).sum()
    assert not parcels.features["demo"].any()
    assert () == faults(parcels)
    assert "2021-12-15" == parcels.edition.date


def test_overlapping_parcels_are_no_reason_to_refuse(parcels):
    """Three pairs of the published file overlap; they stay as published."""
    shapes = parcels.features.geometry.values
    left, right = shapely.STRtree(shapes).query(shapes, predicate="overlaps")
    assert 3 == (left < right).sum()


def test_areas_agree_with_the_registered_ones(parcels):
    """Median gap near 1.2 %, as measured on the file by others."""
    known = parcels.features[parcels.features["contenance"] > 0]
    gap = np.abs(known.area / known["contenance"] - 1)
    assert pytest.approx(0.012, abs=0.003) == gap.median()


def test_the_outline_covers_every_parcel_and_not_much_more(parcels):
    """440 ha is the area of the commune."""
    assert shapely.covers(parcels.coverage, parcels.features.geometry.values).all()
    assert 380 < parcels.coverage.area / 10_000 < 445


def test_the_layer_survives_store_and_export(parcels, cadastre, tmp_path):
    """Store: equal. GeoJSON: equal to the published file within a centimetre."""
    store, export = tmp_path / "s.gpkg", tmp_path / "e.geojson"
    write_layers(store, [parcels])
    assert_geodataframe_equal(parcels.features, read_layers(store)["parcels"].features)
    write_features(export, parcels.features, metadata={})
    published, written = gpd.read_file(cadastre).to_crs(2154), gpd.read_file(export).to_crs(2154)
    assert published["id"].tolist() == written["id"].tolist()
    away = shapely.hausdorff_distance(published.normalize().values, written.normalize().values)
    assert away.max() < 0.01


def test_the_communes_of_the_somme_are_read_raw_and_refused_as_a_layer(real_data):
    """Another layout: the refusal names the columns, the raw frame is whole."""
    path = real_data / "amiens-communes" / "communes-80-somme.geojson"
    assert 779 == len(read_raw(path).rows)
    with pytest.raises(ContractError, match="insee"):
        read_layer(path, layer="communes")


def test_every_real_file_is_read_or_refused(real_data):
    """No crash, no folder in a message, whatever the file."""
    for path in sorted(real_data.rglob("*")):
        if path.is_file():
            try:
                read_layer(path, layer="parcels")
            except DataError as error:
                said = error.say("fr") + error.say("en")
                assert str(real_data) not in said
