import geopandas as gpd
import pandas as pd
import pytest
import shapely

from geodata import profiles
from geodata.catalog import catalog
from geodata.errors import SelectionError
from geodata.profiles import WITHHELD, allowed, apply
from geodata.standards.cnig_se.standard import standard


def companies(**columns):
    """Three establishments: a company, a person, one of unknown form."""
    return gpd.GeoDataFrame(
        {
            "name": ["Prés SA", "Jeanne Seule", "Qui Sait"],
            "address": ["1 rue A", "2 rue B", None],
            "legal_form": ["5710", "1000", None],
            "staff": [8.0, 1.0, 2.0],
            "phone": ["01", "02", "03"],
            **columns,
        },
        index=pd.Index(["a", "b", "c"], name="id"),
        geometry=[shapely.Point(0, 0)] * 3,
        crs="EPSG:3950",
    )


def test_every_layer_and_table_has_a_list():
    """And no list names a column that neither the catalog nor the standard knows."""
    for layer, rules in catalog().items():
        public, partner = allowed(layer, "public"), allowed(layer, "partner")
        assert public <= partner <= set(rules.columns)
    for name, table in standard().tables.items():
        confidential = {each for each, column in table.columns.items() if column.rgpd}
        assert set(table.columns) - confidential == allowed(name, "partner") & set(table.columns)


def test_an_unknown_layer_lets_nothing_out():
    """Until a list names it."""
    with pytest.raises(SelectionError):
        apply(companies(), layer="secrets", profile="public")


def test_columns_that_no_list_names_do_not_leave():
    """The telephone stays, staff goes to partners only, shapes and index are kept."""
    public = apply(companies(), layer="companies", profile="public")
    partner = apply(companies(), layer="companies", profile="partner")
    assert ["name", "legal_form", "geometry"] == list(public.columns)
    assert ["name", "address", "legal_form", "staff", "geometry"] == list(partner.columns)
    assert ["a", "b", "c"] == list(public.index)
    assert "EPSG:3950" == public.crs.to_string()


def test_persons_are_not_named_and_doubt_protects():
    """Only a legal form that is known to be a company's frees a name; missing stays missing."""
    partner = apply(companies(), layer="companies", profile="partner")
    assert ["Prés SA", WITHHELD, WITHHELD] == list(partner["name"])
    assert ["1 rue A", WITHHELD] == list(partner["address"])[:2]
    assert partner["address"].isna().iloc[2]


@pytest.mark.parametrize("form", ["", "1", "1000", "57", "x5710", "5710 ou 1000"])
def test_forms_that_are_no_company_protect(form):
    """Anything but four digits from 2000 on."""
    public = apply(companies(legal_form=form), layer="companies", profile="public")
    assert [WITHHELD] * 3 == list(public["name"])


def test_an_internal_recipient_gets_everything():
    """The frame itself, unchanged."""
    frame = companies()
    assert frame is apply(frame, layer="companies", profile="internal")


def test_frames_without_rows_or_legal_forms():
    """An empty frame stays empty; without the column every name is withheld; input is kept."""
    frame = companies()
    assert 0 == len(apply(frame.iloc[:0], layer="companies", profile="public"))
    bare = frame.drop(columns="legal_form")
    assert [WITHHELD] * 3 == list(apply(bare, layer="companies", profile="public")["name"])
    assert "Jeanne Seule" in list(frame["name"])
    assert profiles.WITHHELD == "[ND]"
