import geopandas as gpd
import pytest
import shapely

from geodata.crs import WORK_CRS
from geodata.reading.layouts import completed, newest_day, outline

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


def test_the_outline_of_nothing():
    """No feature, no coverage."""
    assert outline(frame([])) is None


def test_the_outline_closes_streets_and_fills_squares():
    """A ring of blocks 10 m apart around a public square covers street and square."""
    blocks = [
        shapely.box(x, y, x + 90, y + 90)
        for x in (0, 100, 200)
        for y in (0, 100, 200)
        if (x, y) != (100, 100)
    ]
    area = outline(frame(blocks))
    assert pytest.approx(294 * 294, rel=0.01) == area.area
    assert shapely.covers(area, blocks).all()
    assert area.covers(shapely.Point(145, 145))
    assert area.covers(shapely.Point(95, 45))
    assert not area.covers(shapely.Point(310, 45))


def test_the_outline_of_points_and_lines_is_their_hull():
    """It speaks for what lies between them, no further."""
    corners = [shapely.Point(0, 0), shapely.Point(100, 0), shapely.Point(0, 100)]
    assert 5000.0 == outline(frame(corners)).area
    assert outline(frame(corners[:1])).is_valid
