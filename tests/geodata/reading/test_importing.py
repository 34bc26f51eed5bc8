import geopandas as gpd
import pytest
import shapely

from geodata.crs import WEB_CRS, WORK_CRS
from geodata.errors import (
    ContractError,
    DataError,
    MissingCrsError,
    MissingFileError,
    SelectionError,
)
from geodata.layers import faults
from geodata.layouts import Mapping
from geodata.layouts.suggesting import suggest
from geodata.reading.importing import read_file, read_layer
from geodata.store import DEMO_STORE, read_layers
from geodata.writing.geojson import to_text

_BOW_TIE = [[2.3, 49.89], [2.301, 49.891], [2.301, 49.89], [2.3, 49.891], [2.3, 49.89]]


def kinds(reading):
    """Kind and ids of each defect."""
    return {each.kind: each.ids for each in reading.defects}


def messages(error, path, **options):
    """English text of each fault of the refusal."""
    with pytest.raises(error) as caught:
        read_layer(path, **{"layer": "parcels", **options})
    return [fault.what.en for fault in caught.value.faults]


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
    """Neither stands for the other; both are said."""
    path = write_json(cadastre)
    areas = read_layer(path, layer="parcels").features["contenance"]
    assert [False, True, False] == areas.isna().tolist()
    assert [479.0, 0.0] == areas.dropna().tolist()
    ids = ("80021000ZX0002", "80021000ZX0003")
    assert ids == kinds(read_file(path))["null_contenance"]


def test_one_parcel_is_enough(cadastre, write_json):
    """A file of one feature is a layer of one feature, without a remark."""
    cadastre["features"] = cadastre["features"][:1]
    reading = read_file(write_json(cadastre))
    assert ("loaded", "etalab_parcels", 1, WEB_CRS, ()) == (
        reading.outcome,
        reading.layout,
        reading.rows,
        reading.crs,
        reading.defects,
    )
    assert ["parcels"] == [each.id for each in reading.layers]


def test_a_whole_layer_names_every_fault_at_once(cadastre, write_json):
    """Where nothing may be set aside: null geometry, invalid ring, by id."""
    first, second, _ = cadastre["features"]
    first["geometry"] = None
    second["geometry"]["coordinates"] = [_BOW_TIE]
    assert [
        "1 feature(s) without a geometry, set aside: 80021000ZX0001.",
        "1 invalid outline(s), set aside: 80021000ZX0002 (Self-intersection).",
    ] == messages(ContractError, write_json(cadastre))


def test_what_cannot_be_used_is_set_aside_and_the_others_load(cadastre, write_json):
    """One bad ring never loses the rest; its place is told in WGS84."""
    cadastre["features"][1]["geometry"]["coordinates"] = [_BOW_TIE]
    reading = read_file(write_json(cadastre))
    assert ("loaded_with_report", 2) == (reading.outcome, reading.rows)
    (found,) = [each for each in reading.defects if each.kind == "invalid_geometry"]
    assert ("80021000ZX0002",) == found.ids
    (where,) = found.where["features"]
    assert pytest.approx([2.3005, 49.8905]) == where["geometry"]["coordinates"]
    assert ["80021000ZX0001", "80021000ZX0003"] == list(reading.layers[0].features.index)


def test_a_repair_shows_areas_before_and_after(cadastre, write_json):
    """Only on request; a bow tie has no area before, two triangles after."""
    cadastre["features"][1]["geometry"]["coordinates"] = [_BOW_TIE]
    reading = read_file(write_json(cadastre), repair=True)
    assert 3 == reading.rows
    found = kinds(reading)
    assert ("80021000ZX0002",) == found["repaired_geometry"] == found["repair_changed_area"]
    (said,) = [each.what.en for each in reading.defects if each.kind == "repaired_geometry"]
    assert "area before 0.0 m²" in said


def test_two_features_of_one_id_are_both_set_aside(cadastre, write_json):
    """Nobody can tell which is right; the first is kept on request only."""
    cadastre["features"][2]["properties"]["id"] = "80021000ZX0002"
    path = write_json(cadastre)
    reading = read_file(path)
    assert (1, 2) == (reading.rows, len(kinds(reading)["duplicate_id"]))
    repaired = read_file(path, repair=True)
    assert 2 == repaired.rows
    assert ("80021000ZX0002",) == kinds(repaired)["dropped_duplicate"]


def test_metres_without_a_system_are_refused_with_a_proposal(cadastre, write_json):
    """Lambert-93 metres in a GeoJSON; the proposal works."""
    for rank, feature in enumerate(cadastre["features"]):
        x, y = 649_658 + 20 * rank, 6_977_032
        ring = [[x, y], [x + 9, y], [x + 9, y + 9], [x, y]]
        feature["geometry"]["coordinates"] = [ring]
    path = write_json(cadastre)
    assert "look like Lambert-93 metres" in messages(MissingCrsError, path)[0]
    reading = read_file(path)
    assert ("refused", None) == (reading.outcome, reading.crs)
    assert "--crs EPSG:2154" in reading.message.fr
    assert "EPSG:2154" == read_file(path, crs="EPSG:2154").crs


def test_swapped_coordinates_are_refused_or_swapped_back(cadastre, write_json):
    """Longitude comes first in GeoJSON."""
    for feature in cadastre["features"]:
        (ring,) = feature["geometry"]["coordinates"]
        feature["geometry"]["coordinates"] = [[[y, x] for x, y in ring]]
    path = write_json(cadastre)
    assert "look swapped for 3 feature(s)" in messages(DataError, path)[0]
    reading = read_file(path, repair=True)
    assert (3, "swapped_back") == (reading.rows, next(iter(kinds(reading))))


def test_coordinates_of_1e308_are_set_aside(cadastre, write_json):
    """Numbers that are valid and no place."""
    cadastre["features"][1]["geometry"]["coordinates"][0][1][0] = 1e308
    path = write_json(cadastre)
    assert "80021000ZX0002" in messages(DataError, path)[0]
    assert 2 == read_file(path).rows


def test_another_town_is_said_and_loaded(cadastre, write_json):
    """Grenoble is outside Amiens Métropole."""
    for feature in cadastre["features"]:
        (ring,) = feature["geometry"]["coordinates"]
        feature["geometry"]["coordinates"] = [[[x + 3.4, y - 4.7] for x, y in ring]]
    reading = read_file(write_json(cadastre))
    assert ("loaded_with_report", 3) == (reading.outcome, reading.rows)
    assert "outside_territory" in kinds(reading)


def test_parcels_that_overlap_are_told_in_pairs(cadastre, write_json):
    """And stay as published."""
    first, second, _ = cadastre["features"]
    second["geometry"] = first["geometry"]
    reading = read_file(write_json(cadastre))
    assert ("80021000ZX0001 / 80021000ZX0002",) == kinds(reading)["overlapping_parcels"]
    assert 3 == reading.rows


def test_an_unknown_layout_is_read_and_gives_no_layer(write_json):
    """Until a layer or a mapping says what it is."""
    text = (
        '{"type":"FeatureCollection","features":[{"type":"Feature","id":1,"properties":{"q":"x"},'
        '"geometry":{"type":"Point","coordinates":[2.3,49.9]}}]}'
    )
    path = write_json(text)
    reading = read_file(path)
    assert ("loaded", None, 1, ()) == (
        reading.outcome,
        reading.layout,
        reading.rows,
        reading.layers,
    )
    assert ["q", "id", "geometry"] == list(reading.tables[0].frame.columns)
    refused = read_file(path, layer="stations")
    assert ("refused", 1) == (refused.outcome, len(refused.faults))
    mapping = Mapping(name="m", layer="stations", columns={"name": "q"})
    mapped = read_file(path, mapping=mapping)
    assert ["x"] == mapped.layers[0].features["name"].tolist()


def test_an_absent_file_is_refused_without_its_folder(tmp_path):
    """An answer, not an error; a layer wanted whole raises."""
    reading = read_file(tmp_path / "absent.json")
    assert ("refused", 0) == (reading.outcome, reading.rows)
    assert str(tmp_path) not in reading.message.fr
    with pytest.raises(MissingFileError):
        read_layer(tmp_path / "absent.json", layer="parcels")


def test_a_layer_nobody_knows_is_refused_before_reading(tmp_path):
    """The file need not even exist."""
    with pytest.raises(SelectionError):
        read_layer(tmp_path / "absent.json", layer="parcel")
    with pytest.raises(SelectionError):
        read_file(tmp_path / "absent.json", layer="parcel")


def test_what_we_write_we_read_back(parcels, write_json):
    """An export of the demonstration stays a demonstration."""
    layer = read_layer(write_json(to_text(parcels.features, metadata={})), layer="parcels")
    assert 1.0 == layer.edition.demo_share
    assert list(parcels.features.index) == list(layer.features.index)


def test_a_geopackage_of_two_tables_gives_two_layers(tmp_path, raw_parcels):
    """Each recognised by its columns."""
    path = tmp_path / "two.gpkg"
    raw_parcels.to_crs(WEB_CRS).to_file(path, layer="parcels", driver="GPKG")
    other = gpd.GeoDataFrame({"q": ["a"]}, geometry=[shapely.Point(2.3, 49.9)], crs=WEB_CRS)
    other.to_file(path, layer="autre", driver="GPKG")
    reading = read_file(path)
    assert {"parcels", "autre"} == {each.name for each in reading.tables}
    assert ["parcels"] == [each.id for each in reading.layers]
    assert 4 == reading.rows


# French heads of a planner's own file, by column of the catalog.
HEADS = {
    "openings": {
        "name": "Nom du projet", "kind": "Nature", "family": "Famille",
        "sales_area_m2": "Surface de vente", "rooms": "Nb chambres", "stars": "Étoiles",
        "filed_on": "Date dépôt", "decision": "Décision", "decided_on": "Date décision",
        "expected_on": "Ouverture prévue", "opened_on": "Ouvert le", "lapsed_on": "Caduc le",
        "unit_id": "ID local",
    },
    "opinions": {
        "dossier": "N° dossier", "charter": "Charte", "partner": "Partenaire", "opinion": "Avis",
        "referred_on": "Saisi le", "received_on": "Reçu le",
        "has_conflict_of_interest": "Conflit d'intérêts",
    },
    "neighbourhoods": {
        "name": "Quartier", "population": "Habitants",
        "population_year": "Année population", "spending_food_eur": "Dépenses alimentaire",
        "spending_household_eur": "Équipement de la maison",
        "spending_clothing_eur": "Équipement de la personne",
        "spending_culture_eur": "Culture et loisirs", "spending_services_eur": "Dépenses services",
        "spending_year": "Année dépenses",
    },
    "streets": {
        "name": "Nom", "is_walkable": "Praticable à pied", "is_drivable": "Voiture",
        "speed_kmh": "Vitesse", "has_pavement": "Trottoir",
    },
    "brownfields": {"name": "Nom", "status": "État", "usable_area_m2": "Surface utile"},
    "moratoriums": {
        "name": "Libellé", "scope": "Portée", "authority": "Autorité", "starts_on": "Date début",
        "ends_on": "Date fin",
    },
    "urbanised_areas": {"name": "Nom", "kind": "Nature"},
    "land_cover": {
        "code_cs": "Couverture", "is_sealed": "Artificialisé", "observed_on": "Observé le",
    },
    "hotel_market": {
        "name": "Périmètre", "year": "Année", "rooms": "Chambres",
        "nights_sold": "Nuitées vendues", "opening_rate": "Taux d'ouverture",
    },
    "ort_perimeters": {"name": "Nom", "signed_on": "Date signature"},
    "hotel_sectors": {"name": "Nom", "kind": "Nature"},
}  # fmt: skip


@pytest.fixture(scope="module")
def demonstration():
    """Layers of the demonstration."""
    return read_layers(DEMO_STORE, only=list(HEADS))


@pytest.mark.parametrize("kind", ["csv", "geojson"])
@pytest.mark.parametrize("layer", list(HEADS))
def test_a_planners_own_file_comes_in_by_the_suggested_mapping(
    tmp_path, demonstration, layer, kind
):
    """French heads, WKT or GeoJSON: every value and shape is what was written."""
    features = demonstration[layer].features
    heads = HEADS[layer]
    table = features[list(heads)].rename(columns=heads)
    path = tmp_path / f"fichier.{kind}"
    if kind == "csv":
        shapes = shapely.to_wkt(features.geometry.to_numpy(), rounding_precision=3)
        table.assign(WKT=shapes).to_csv(path, sep=";", index=False)
    else:
        web = gpd.GeoDataFrame(table, geometry=features.geometry.array, crs=features.crs)
        web.to_crs(WEB_CRS).to_file(path, driver="GeoJSON")
    (raw,) = read_file(path, crs=None if kind == "geojson" else WORK_CRS).tables
    mapping = suggest(raw.frame, layer=layer, name="essai")
    assert heads == {column: each for column, each in mapping.columns.items() if column != "id"}
    made = read_file(path, mapping=mapping, crs=None if kind == "geojson" else WORK_CRS)
    (held,) = made.layers
    assert len(features) == len(held.features)
    for column in heads:
        given, got = (frame[column].reset_index(drop=True) for frame in (features, held.features))
        assert given.isna().tolist() == got.isna().tolist(), column
        assert given.dropna().tolist() == got.dropna().tolist(), column
    apart = features.reset_index(drop=True).hausdorff_distance(
        held.features.geometry.reset_index(drop=True)
    )
    assert apart.max() < 0.02


def test_people_of_a_commune_come_with_it(tmp_path):
    """Published boundaries with a population keep it; those without have none."""
    shape = shapely.box(2.2, 49.8, 2.3, 49.9)
    rows = {"code": ["80261", "80379"], "nom": ["Dury", "Glisy"], "population": [1300, None]}
    path = tmp_path / "communes.geojson"
    gpd.GeoDataFrame(rows, geometry=[shape] * 2, crs=WEB_CRS).to_file(path, driver="GeoJSON")
    (layer,) = read_file(path).layers
    assert "communes" == layer.id
    assert [1300.0] == layer.features["population"].dropna().tolist()
