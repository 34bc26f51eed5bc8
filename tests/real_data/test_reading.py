import zipfile

import geopandas as gpd
import numpy as np
import pytest
import shapely
from geopandas.testing import assert_geodataframe_equal

from geodata.layers import faults
from geodata.reading.importing import read_file, read_layer
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


_EXPECTED = {
    "cadastre-91216/cadastre-91216-parcelles.json": ("loaded_with_report", 4241, ["parcels"]),
    "edigeo-isere/edigeo-380040000B02.tar.bz2": (
        "loaded_with_report",
        None,
        ["communes", "parcels", "buildings"],
    ),
    "plu-30014/30014_DOC_URBA_20171013.DBF": ("loaded_with_report", 2, []),
    "plu-30014/Donnees_geographiques/30014_ZONE_URBA_20171013.shp": (
        "loaded_with_report",
        90,
        ["plu_zones"],
    ),
    "plu-30014/Donnees_geographiques/30014_PRESCRIPTION_SURF_20171013.shp": (
        "loaded_with_report",
        77,
        ["plu_prescriptions"],
    ),
    "plu-30014/Donnees_geographiques/30014_INFO_SURF_20171013.shp": ("loaded_with_report", 18, []),
    "cnig-sites-economiques/sites_economiques.gpkg": ("refused", 0, []),
    "cnig-sites-economiques/pole-eco__exemple-valide.csv": ("loaded", 1, ["economic_poles"]),
    "cnig-sites-economiques/site-eco__exemple-valide.csv": (
        "loaded_with_report",
        1,
        ["economic_sites"],
    ),
    "amiens-communes/communes-80-somme.geojson": ("loaded_with_report", 779, ["communes"]),
    "amiens-communes/departement-80-somme.geojson": ("loaded", 1, []),
}


@pytest.mark.parametrize("name", _EXPECTED)
def test_real_files_come_out_as_expected(real_data, name):
    """Outcome, rows that can be used, layers."""
    outcome, rows, layers = _EXPECTED[name]
    reading = read_file(real_data / name, with_coverage=False)
    assert outcome == reading.outcome
    assert rows in {None, reading.rows}
    assert layers == [each.id for each in reading.layers]


def test_the_three_overlapping_pairs_of_the_cadastre_are_told(cadastre):
    """As measured on the file by others."""
    reading = read_file(cadastre, with_coverage=False)
    counts = {each.kind: each.count for each in reading.defects}
    assert (3, 1, 4241) == (
        counts["overlapping_parcels"],
        counts["null_contenance"],
        counts["outside_territory"],
    )


def test_a_plu_delivery_is_read_as_a_folder_and_as_an_archive(real_data, tmp_path):
    """Zones, and the three kinds of prescriptions in one layer."""
    folder = real_data / "plu-30014"
    archive = tmp_path / "30014_PLU_20171013.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as target:
        for path in sorted(folder.rglob("*")):
            target.write(path, path.relative_to(folder))
    for delivery in (folder, archive):
        reading = read_file(delivery, with_coverage=False)
        assert {"plu_prescriptions": 185, "plu_zones": 90} == {
            each.id: len(each.features) for each in reading.layers
        }


def test_every_real_file_is_answered(real_data):
    """No crash, no folder in a message, whatever the file."""
    for path in sorted(real_data.rglob("*")):
        if path.is_file():
            reading = read_file(path, with_coverage=False)
            assert str(real_data) not in reading.message.fr + reading.message.en
