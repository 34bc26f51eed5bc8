import pandas as pd
import pytest

from geodata.layouts.preparing import PREPARATIONS, cell_text, edigeo_sheet


@pytest.mark.parametrize(
    ("expected", "name"),
    [
        (("38", "004"), "edigeo-380040000B02.tar.bz2"),
        (("2A", "004"), "edigeo-2A0040000B02.tar.bz2"),
        (("97", "411"), "EDIGEO-97411000AB01.TAR.BZ2"),
        (None, "E0000B02.THF"),
        (None, "parcelles-20240101.json"),
        (None, ""),
    ],
)
def test_the_name_of_an_edigeo_sheet(expected, name):
    """Department and commune, where the archive bears its own name."""
    assert expected == edigeo_sheet(name)


def test_cells_of_the_first_column_there_is():
    """None where there is none."""
    table = pd.DataFrame({"NOM": [" a "], "b": [2.0]})
    assert ["a"] == cell_text(table, "nom|b").tolist()
    assert ["2"] == cell_text(table, "b").tolist()
    assert cell_text(table, "c").isna().all()


@pytest.mark.parametrize("name", [name for name in PREPARATIONS if name != "gtfs_stops"])
def test_empty_tables_and_tables_without_the_columns_pass(name):
    """A preparation never fails for what is not there."""
    for table in (pd.DataFrame(), pd.DataFrame({"x": [1, 2]})):
        made, _ = PREPARATIONS[name](table, "t")
        assert len(table) == len(made)


def test_departments_of_three_digits():
    """974 and 11, or 97 and 411: the same commune."""
    parts = {"section": "AB", "numero": "1", "com_abs": "000", "code_arr": None}
    rows = [{"code_dep": "974", "code_com": "11", **parts}]
    rows.append({"code_dep": "97", "code_com": "411", **parts})
    made, _ = PREPARATIONS["parcel_ids"](pd.DataFrame(rows), "t")
    assert ["97411000AB0001"] * 2 == made["computed_id"].tolist()
