import bz2
import io
import tarfile

import pandas as pd
import pyogrio
import pytest

from geodata.layers import make_layer
from geodata.layouts import convert, recognise

pytestmark = pytest.mark.real_data


def read(path, layer=None):
    """Table as GDAL gives it, its columns untouched."""
    return pyogrio.read_dataframe(path, layer=layer)


def made(table, *, name, file=None):
    """Layout, layer and features by id; the layer keeps its contract."""
    layout = recognise(table, name=name)
    conversion = convert(table, layout=layout, name=file or name)
    if not conversion.layers:
        return layout, None, conversion
    ((layer, features),) = conversion.layers
    return layout, make_layer(features, layer=layer, date="", source=name).features, conversion


@pytest.fixture(scope="module")
def sheet(real_data, tmp_path_factory):
    """Path of the exchange file of an EDIGEO sheet."""
    folder = tmp_path_factory.mktemp("edigeo")
    archive = real_data / "edigeo-isere" / "edigeo-380040000B02.tar.bz2"
    with tarfile.open(fileobj=io.BytesIO(bz2.decompress(archive.read_bytes()))) as members:
        members.extractall(folder, filter="data")
    return next(folder.rglob("*.THF"))


def test_the_cadastre_of_a_suburb(real_data):
    """4 241 parcels, every id as published, one without registered area."""
    path = real_data / "cadastre-91216" / "cadastre-91216-parcelles.json"
    layout, features, conversion = made(read(path), name="cadastre-91216-parcelles")
    assert ("etalab_parcels", 4241, ()) == (layout, len(features), conversion.remarks)
    assert read(path)["id"].tolist() == features.index.tolist()
    assert 1 == features["contenance"].isna().sum()
    assert ["91216", "000", "AB", "37"] == features.loc["91216000AB0037"][
        ["commune", "prefixe", "section", "numero"]
    ].tolist()


@pytest.mark.parametrize(
    ("table", "layout", "rows"),
    [
        ("ZONE_URBA", "plu_zone_urba", 90),
        ("PRESCRIPTION_SURF", "plu_prescription", 77),
        ("PRESCRIPTION_LIN", "plu_prescription", 15),
        ("PRESCRIPTION_PCT", "plu_prescription", 93),
    ],
)
def test_a_plu_delivery(real_data, table, layout, rows):
    """Each table loses no row; the document and its date are read."""
    name = f"30014_{table}_20171013"
    path = real_data / "plu-30014" / "Donnees_geographiques" / f"{name}.shp"
    found, features, _ = made(read(path), name=name)
    assert (layout, rows) == (found, len(features))
    assert {"30014_PLU_20171013"} == set(features["idurba"])
    assert {"2017-10-13"} == set(features["datvalid"])


def test_a_plu_without_zac_gives_no_zone(real_data):
    """18 pieces of information, none of TYPEINF 02, of a document dated three years before."""
    name = "30014_INFO_SURF_20171013"
    path = real_data / "plu-30014" / "Donnees_geographiques" / f"{name}.shp"
    layout, features, conversion = made(read(path), name=name)
    assert ("plu_information", None) == (layout, features)
    assert {"other_document": 18, "set_aside": 18} == {
        each.kind: each.count for each in conversion.remarks
    }


def test_the_tables_of_a_plu_without_shapes_are_set_aside(real_data):
    """DOC_URBA and DOC_URBA_COM are recognised, and are no layers."""
    for name, layout in (
        ("30014_DOC_URBA_20171013", "plu_document_table"),
        ("30014_DOC_URBA_COM_20171013", "plu_document_communes"),
    ):
        found, features, conversion = made(read(real_data / "plu-30014" / f"{name}.DBF"), name=name)
        assert (layout, None) == (found, features)
        assert ["not_a_layer"] == [each.kind for each in conversion.remarks]


def test_an_edigeo_sheet(sheet):
    """38 parcels with 14-character ids, 6 buildings, one commune; the rest is set aside."""
    file = "edigeo-380040000B02.tar.bz2"
    rows = {}
    for layer, _ in pyogrio.list_layers(sheet):
        layout, features, _ = made(read(sheet, layer), name=layer, file=file)
        assert layout.startswith("edigeo_")
        if features is not None:
            rows[layout] = features
    assert {"edigeo_parcels": 38, "edigeo_buildings": 6, "edigeo_communes": 1} == {
        layout: len(features) for layout, features in rows.items()
    }
    parcels = rows["edigeo_parcels"]
    assert parcels.index.str.fullmatch(r"380040000B\d{4}").all()
    assert ["B", "219", 10270.0] == parcels.loc["380040000B0219"][
        ["section", "numero", "contenance"]
    ].tolist()
    assert {"38004"} == set(rows["edigeo_buildings"]["commune"])
    assert "L ALBENC" == rows["edigeo_communes"].loc["38004", "name"]


def test_the_published_template_of_economic_sites(real_data):
    """Its four empty tables are recognised; styles are not."""
    path = real_data / "cnig-sites-economiques" / "sites_economiques.gpkg"
    tables = {layer: read(path, layer) for layer, _ in pyogrio.list_layers(path)}
    found = {layer: recognise(table, name=layer) for layer, table in tables.items()}
    assert {
        "etablissement": "se_establishments",
        "pole_eco": "se_poles",
        "site_eco": "se_sites",
        "terrain_eco": "se_lands",
        "layer_styles": None,
    } == found
    assert () == convert(tables["site_eco"], layout="se_sites").layers


@pytest.mark.parametrize(
    ("table", "layout", "key"),
    [
        ("pole-eco", "se_poles", "80024_POLE-ECO_00162"),
        ("site-eco", "se_sites", "80024_SITE-ECO_00001"),
        ("terrain-eco", "se_lands", "80024_TERRAIN-ECO_00131"),
        ("etablissement", "se_establishments", "34749951900010"),
    ],
)
def test_the_official_examples_of_economic_sites(real_data, table, layout, key):
    """Shapes are read from text, buyers, prices, mail and telephone are not."""
    path = real_data / "cnig-sites-economiques" / f"{table}__exemple-valide.csv"
    found, features, _ = made(pd.read_csv(path, sep=";", dtype=str), name=path.stem)
    assert (layout, [key]) == (found, features.index.tolist())
    assert not features.geometry.is_empty.any()
    written = features.drop(columns="geometry").to_json()
    assert not any(word in written for word in ("Lactalys", "530000", "mantruck", "03 89"))


def test_the_communes_of_the_somme(real_data):
    """779 communes by code; the département's outline is no commune."""
    folder = real_data / "amiens-communes"
    layout, features, _ = made(read(folder / "communes-80-somme.geojson"), name="communes-80-somme")
    assert ("communes_code_name", 779) == (layout, len(features))
    assert "Amiens" == features.loc["80021", "name"]
    assert recognise(read(folder / "departement-80-somme.geojson"), name="departement") is None
