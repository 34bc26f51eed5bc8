import geopandas as gpd
import pytest
import shapely

from geodata.crs import WEB_CRS, WORK_CRS
from geodata.errors import ContractError, DataError, MissingCrsError, SelectionError
from geodata.layers import faults
from geodata.reading.importing import read_layer
from geodata.writing.geojson import to_text


def messages(error, path, **options):
    """Place and English text of each fault of the refusal."""
    with pytest.raises(error) as caught:
        read_layer(path, **{"layer": "parcels", **options})
    return [(fault.where, fault.what.en) for fault in caught.value.faults]


def test_a_cadastre_becomes_the_layer_of_parcels(cadastre, write_json):
    """Etalab columns, the common ones, work CRS, edition, outline."""
    layer = read_layer(write_json(cadastre), layer="parcels")
    assert () == faults(layer)
    assert ["80021000ZX0001", "80021000ZX0002", "80021000ZX0003"] == list(layer.features.index)
    assert WORK_CRS == layer.features.crs.to_string()
    assert [False, False, False] == layer.features["demo"].tolist()
    edition = layer.edition
    assert ("2024-03-01", "parcelles.geojson", 3, 0.0) == (
        edition.date,
        edition.source,
        edition.rows,
        edition.demo_share,
    )
    assert "DGFiP – Cadastre, mise en forme Etalab" == edition.producer
    assert 64 == len(edition.digest)
    assert shapely.covers(layer.coverage, layer.features.geometry.values).all()


def test_a_null_contenance_is_missing_and_a_zero_is_zero(cadastre, write_json):
    """Neither stands for the other."""
    areas = read_layer(write_json(cadastre), layer="parcels").features["contenance"]
    assert [False, True, False] == areas.isna().tolist()
    assert [479.0, 0.0] == areas.dropna().tolist()


def test_one_parcel_is_enough(cadastre, write_json):
    """A file of one feature is a layer of one feature."""
    cadastre["features"] = cadastre["features"][:1]
    assert 1 == read_layer(write_json(cadastre), layer="parcels").edition.rows


def test_every_fault_of_a_file_is_told_at_once(cadastre, write_json):
    """Null geometry, invalid ring, repeated id, wrong type: one refusal, each by id."""
    first, second, third = cadastre["features"]
    first["geometry"] = None
    bow_tie = [[2.3, 49.89], [2.301, 49.891], [2.301, 49.89], [2.3, 49.891], [2.3, 49.89]]
    second["geometry"]["coordinates"] = [bow_tie]
    third["properties"] |= {"id": "80021000ZX0002", "numero": 3}
    found = messages(ContractError, write_json(cadastre))
    assert [
        ("parcelles.geojson, parcels", "1 repeated identifier(s): 80021000ZX0002."),
        (
            "parcelles.geojson, parcels.numero",
            "1 value(s) that should be text: 80021000ZX0002 = 3.",
        ),
        (
            "parcelles.geojson, parcels",
            "1 feature(s) without a readable geometry: 80021000ZX0001.",
        ),
    ] == found[:3]
    _, invalid = found[3]
    assert invalid.startswith("1 invalid outline(s): 80021000ZX0002 (Self-intersection[")
    assert 4 == len(found)


def test_a_doubt_about_the_system_is_told_with_the_other_faults(cadastre, write_json):
    """Lambert-93 metres in a GeoJSON, and a missing section: both at once."""
    for feature in cadastre["features"]:
        x, y = 649_658, 6_977_032
        ring = [[x, y], [x + 9, y], [x + 9, y + 9], [x, y]]
        feature["geometry"]["coordinates"] = [ring]
        feature["properties"]["section"] = None
    found = messages(MissingCrsError, write_json(cadastre))
    assert 2 == len(found)
    assert "look like Lambert-93 metres" in found[0][1]
    assert "parcelles.geojson.section" == found[1][0]


def test_swapped_coordinates_are_refused(cadastre, write_json):
    """Longitude comes first in GeoJSON."""
    for feature in cadastre["features"]:
        (ring,) = feature["geometry"]["coordinates"]
        feature["geometry"]["coordinates"] = [[[y, x] for x, y in ring]]
    assert "look swapped for 3 feature(s)" in messages(DataError, write_json(cadastre))[0][1]


def test_coordinates_of_1e308_are_refused(cadastre, write_json):
    """Numbers that are valid and no place."""
    cadastre["features"][1]["geometry"]["coordinates"][0][1][0] = 1e308
    assert "80021000ZX0002" in messages(DataError, write_json(cadastre))[0][1]


def test_another_layout_is_refused_with_its_columns(write_json):
    """The message names the columns that are missing."""
    text = (
        '{"type":"FeatureCollection","features":[{"type":"Feature","id":1,"properties":{"idu":"x"},'
        '"geometry":{"type":"Point","coordinates":[2.3,49.9]}}]}'
    )
    found = [said for _, said in messages(ContractError, write_json(text))]
    assert [
        "Missing columns: commune, prefixe, section, numero, contenance.",
        "1 feature(s) that are not polygons: 1.",
    ] == found


def test_a_layer_nobody_knows_is_refused_before_reading(tmp_path):
    """The file need not even exist."""
    with pytest.raises(SelectionError):
        read_layer(tmp_path / "absent.json", layer="parcel")


def test_other_layers_are_read_with_the_columns_of_the_catalog(write_json):
    """A file that has them needs no known layout."""
    point = {"type": "Point", "coordinates": [2.31, 49.89]}
    stop = {"id": 7, "name": "Gare", "mode": "bus", "lines": "5", "headway_min": None}
    features = [{"type": "Feature", "geometry": point, "properties": stop}]
    path = write_json({"type": "FeatureCollection", "features": features}, "arrets.geojson")
    layer = read_layer(path, layer="transit_stops")
    assert ["7"] == list(layer.features.index)
    assert ("arrets.geojson", "non indiqué", "") == (
        layer.edition.producer,
        layer.edition.licence,
        layer.edition.date,
    )


def test_an_export_of_ours_comes_back_as_what_it_was(parcels, write_json):
    """Demonstration parcels never turn into real ones; shapes stay within a centimetre."""
    back = read_layer(write_json(to_text(parcels.features, metadata={})), layer="parcels")
    assert 1.0 == back.edition.demo_share
    assert "fait main" == back.edition.producer
    away = shapely.hausdorff_distance(
        back.features.geometry.values, parcels.features.geometry.values
    )
    assert away.max() < 0.01


def test_a_declared_system_is_obeyed(cadastre, write_json):
    """The same parcels in Lambert-93, said so in the file, land in the same place."""
    degrees = read_layer(write_json(cadastre), layer="parcels")
    web = gpd.GeoDataFrame.from_features(cadastre, crs=WEB_CRS)
    for feature, shape in zip(cadastre["features"], web.to_crs(2154).geometry, strict=True):
        feature["geometry"] = shapely.geometry.mapping(shape)
    cadastre["crs"] = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::2154"}}
    metres = read_layer(write_json(cadastre, "l93.json"), layer="parcels")
    away = shapely.hausdorff_distance(
        degrees.features.geometry.values, metres.features.geometry.values
    )
    assert away.max() < 0.001
