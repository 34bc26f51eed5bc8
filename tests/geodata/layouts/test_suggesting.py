import geopandas as gpd
import pandas as pd
import pytest
import shapely

from geodata.catalog import catalog
from geodata.errors import SelectionError
from geodata.layouts.suggesting import suggest


def test_nothing_is_suggested_for_nothing():
    """A table without columns."""
    assert {} == suggest(pd.DataFrame(), layer="hotels").columns


def test_french_names_are_understood():
    """Accents, abbreviations and words among others; what nothing says is left out."""
    table = pd.DataFrame(
        {
            "Nom de l'hôtel": ["Ibis"],
            "Nb chambres": ["80"],
            "Classement": ["3"],
            "Téléphone": ["03"],
            "gid": [1],
        }
    )
    expected = {"id": "gid", "name": "Nom de l'hôtel", "rooms": "Nb chambres"}
    assert {**expected, "stars": "Classement"} == suggest(table, layer="hotels").columns


def test_values_of_another_type_are_not_suggested():
    """An area of words is no area; an empty column may be anything."""
    table = pd.DataFrame({"Surface": ["grande", "petite"], "num": ["1", "2"]})
    assert {"numero": "num"} == suggest(table, layer="parcels").columns
    table = pd.DataFrame({"Surface": [None, None], "num": ["1", "2"]})
    assert {"numero": "num", "contenance": "Surface"} == suggest(table, layer="parcels").columns


def test_each_column_serves_once():
    """A single code is not both id and commune."""
    columns = suggest(pd.DataFrame({"INSEE": ["80021"]}), layer="communes").columns
    assert ["INSEE"] == list(columns.values())


def test_names_may_be_repeated_or_numbers():
    """A spreadsheet has such heads; the first of two alike columns is looked at."""
    table = pd.DataFrame([["Ibis", "x", 80]], columns=["Nom", "Nom", 5])
    assert {"name": "Nom"} == suggest(table, layer="hotels").columns


def test_shapes_are_no_attribute():
    """Nor are the common columns, which the desk fills itself."""
    table = gpd.GeoDataFrame({"source": ["x"]}, geometry=[shapely.Point(0, 0)])
    assert {} == suggest(table, layer="stations").columns


@pytest.mark.parametrize("layer", list(catalog()))
def test_the_names_of_the_catalog_are_suggested_for_themselves(layer):
    """Every layer, from a table that bears its columns."""
    common = {"demo", "source", "source_date", "licence", "geom_precision", "confidence"}
    names = [name for name in catalog()[layer].columns if name not in common]
    suggested = suggest(pd.DataFrame(columns=names), layer=layer).columns
    assert {name: name for name in names} == suggested


def test_an_unknown_layer():
    """The nearest one is proposed."""
    with pytest.raises(SelectionError, match="hotels"):
        suggest(pd.DataFrame(), layer="hotel")
