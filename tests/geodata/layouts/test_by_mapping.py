import geopandas as gpd
import pandas as pd
import pytest
import shapely

from geodata.errors import DataError
from geodata.layouts.by_mapping import layout_of, renamed
from geodata.layouts.mappings import Constant, Mapping

ROADS = Mapping(
    name="voies", layer="roads", columns={"name": "NOM", "road_class": Constant(constant="street")}
)


def test_columns_take_the_names_of_the_catalog():
    """Exact names first, then whatever case; other columns stay behind."""
    table = pd.DataFrame({"nom": ["a"], "NOM": ["b"], "secret": ["x"]})
    made = renamed(table, mapping=ROADS, name="t")
    assert {"name": ["b"], "road_class": ["street"]} == made.to_dict("list")
    made = renamed(table.drop(columns="NOM"), mapping=ROADS, name="t")
    assert ["a"] == made["name"].tolist()


def test_shapes_come_along():
    """Whatever the column of shapes is called, and an empty table too."""
    table = gpd.GeoDataFrame({"NOM": ["a"]}, geometry=[shapely.Point(0, 0)], crs=2154)
    made = renamed(table.rename_geometry("the_geom"), mapping=ROADS, name="t")
    assert [shapely.Point(0, 0)] == list(made.geometry)
    assert 0 == len(renamed(table.iloc[:0], mapping=ROADS, name="t"))


def test_absent_columns_are_named():
    """Five at most, in both languages."""
    with pytest.raises(DataError, match="NOM"):
        renamed(pd.DataFrame({"x": []}), mapping=ROADS, name="t.csv")


def test_parcels_get_the_care_of_the_cadastre():
    """Their ids are put together, whether or not the mapping says one."""
    mapping = Mapping(name="p", layer="parcels", columns={"section": "s"})
    assert "parcel_ids" == layout_of(mapping).prepare
    assert layout_of(ROADS).prepare is None
