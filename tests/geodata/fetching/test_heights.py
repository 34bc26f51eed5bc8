import geopandas as gpd
import numpy as np
import pytest
import shapely

from geodata.crs import WORK_CRS
from geodata.errors import FetchError
from geodata.fetching.heights import bring, carried_over, with_heights
from geodata.layers import make_layer

X, Y = 1_650_000.0, 9_188_000.0


def buildings(*boxes, demo=False):
    """Layer of buildings, given as (east, north, side) from a corner."""
    shapes = [shapely.box(X + e, Y + n, X + e + s, Y + n + s) for e, n, s in boxes]
    raw = gpd.GeoDataFrame(
        {
            "id": [f"b{number}" for number in range(len(shapes))],
            "type": "01",
            "commune": "80021",
            "demo": demo,
            "source": "fait main",
            "source_date": "2026-01-01",
            "licence": "LO",
            "geom_precision": "real",
            "confidence": "high",
        },
        geometry=shapes,
        crs=WORK_CRS,
    )
    return make_layer(raw, layer="buildings", date="2026-01-01", source="https://x.example/b")


def groups(*known):
    """Groups of the BDNB, given as (east, north, side, height)."""
    shapes = [shapely.box(X + e, Y + n, X + e + s, Y + n + s) for e, n, s, _ in known]
    heights = [height for *_, height in known]
    return gpd.GeoDataFrame({"height_m": heights}, geometry=shapes, crs=WORK_CRS)


def test_a_building_takes_the_height_of_its_group():
    """The highest where groups overlap; none and 0 are unknown."""
    held = buildings((0, 0, 10), (100, 0, 10), (200, 0, 10))
    made, found = with_heights(
        held, groups=groups((-5, -5, 20, 9.0), (-5, -5, 30, 12.0), (95, -5, 20, 0.0))
    )
    assert 1 == found
    assert [12.0] == made.features["height_m"].dropna().tolist()
    assert "https://x.example/b + BDNB" == made.edition.source
    assert held.features["height_m"].isna().all()


def test_no_groups_and_no_buildings():
    """Nothing found, nothing broken."""
    assert 0 == with_heights(buildings((0, 0, 10)), groups=groups((0, 0, 1, np.nan)))[1]


def test_heights_are_carried_over_to_the_same_shapes():
    """By the id that is made of the shape; demonstration heights are not."""
    held, _ = with_heights(buildings((0, 0, 10)), groups=groups((-5, -5, 20, 9.0)))
    new = buildings((0, 0, 10), (100, 0, 10))
    assert [9.0] == carried_over(new, held=held).features["height_m"].dropna().tolist()
    assert carried_over(new, held=None) is new
    assert carried_over(new, held=buildings((0, 0, 10), demo=True)) is new


def test_heights_need_buildings(server, task):
    """Real ones; the demonstration's do not count, and nobody is asked."""
    for held in ({}, {"buildings": buildings((0, 0, 10), demo=True)}):
        with pytest.raises(FetchError) as error:
            bring(task("bdnb", held=held))
        assert "--only buildings,heights" in error.value.say("en")
    assert [] == server.asked


@pytest.mark.usefixtures("quick_reader")
def test_outlines_come_in_lambert_93(server, town, task):
    """The group around the building gives its height; rows without outline or height do not."""
    shape = gpd.GeoSeries([shapely.box(2.3002, 49.8902, 2.3004, 49.8904)], crs="EPSG:4326")
    layer = buildings((0, 0, 10))
    moved = layer.features.set_geometry(shape.to_crs(WORK_CRS).to_numpy(), crs=WORK_CRS)
    held = type(layer)(layer.id, moved, None, layer.edition)
    result = bring(task("bdnb", held={"buildings": held}))
    assert [9.0] == result.layers[0].features["height_m"].tolist()
    assert "eq.80021" == server.asked[0].query["code_commune_insee"]
    assert town
