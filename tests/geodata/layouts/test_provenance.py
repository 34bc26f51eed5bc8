import geopandas as gpd

from geodata.crs import WORK_CRS
from geodata.layouts.provenance import completed, newest_day

COMMON = ["demo", "source", "source_date", "licence", "geom_precision", "confidence"]


def frame(shapes=(None,), **columns):
    """Frame in the work CRS with ids."""
    return gpd.GeoDataFrame({"id": range(len(shapes)), **columns}, geometry=[*shapes], crs=WORK_CRS)


def test_an_etalab_cadastre_is_known_by_its_columns():
    """Producer, licence and trust follow from the layout; the day is the newest one."""
    raw = frame(
        commune="a", prefixe="b", section="c", numero="d", contenance=1, updated="2022-01-01"
    )
    assert [
        False,
        "DGFiP – Cadastre, mise en forme Etalab",
        "2022-01-01",
        "Licence Ouverte 2.0",
        "real",
        "high",
    ] == completed(raw, name="x.json").iloc[0][COMMON].tolist()


def test_another_file_is_its_own_source():
    """What is not known is not made up."""
    assert [False, "x.json", None, "non indiqué", "real", "medium"] == (
        completed(frame(), name="x.json").iloc[0][COMMON].tolist()
    )


def test_a_file_that_says_what_it_is_is_believed():
    """Demonstration parcels that were exported come back as demonstration parcels."""
    raw = frame(demo=True, source="générateur", confidence="low")
    made = completed(raw, name="x.json").iloc[0]
    assert (True, "générateur", "low") == (made["demo"], made["source"], made["confidence"])
    assert "demo" not in frame()


def test_whole_numbers_as_ids_become_text():
    """GeoJSON allows them; layers have text."""
    assert ["0", "1"] == completed(frame([None, None]), name="x")["id"].tolist()


def test_the_newest_day_of_a_file():
    """Nulls and other things are no days."""
    assert "2024-03-01" == newest_day(frame([None] * 3, updated=["2023-12-31", None, "2024-03-01"]))
    assert newest_day(frame(updated=[3])) is None
    assert newest_day(frame()) is None
