import pandas as pd
import pytest
import shapely

from geodata.crs import PARTNER_CRS, WEB_CRS, is_same
from geodata.layouts.shape_texts import with_shapes

DEGREES = '{"type":"Polygon","coordinates":[[[2.3,49.9],[2.4,49.9],[2.4,50.0],[2.3,49.9]]]}'
OPEN_METRES = (
    '{"type":"Polygon","coordinates":[[[650000,6977000],[650100,6977000],[650100,6977100]]]}'
)
METRES = '{"type":"Point","coordinates":[650000,6977000]}'


def read(*texts):
    """Shapes of one column, and the kinds of the remarks."""
    made, found = with_shapes(pd.DataFrame({"g": pd.Series(texts, dtype=object)}), column="g")
    return made, [each.kind for each in found]


def test_nothing_to_read():
    """Empty tables and empty cells are no fault."""
    assert ([], []) == (list(read()[0].geometry), read()[1])
    made, kinds = read(None, "")
    assert made.geometry.isna().all()
    assert [] == kinds


def test_geojson_in_degrees():
    """The standard's own system."""
    made, kinds = read(DEGREES)
    assert is_same(made.crs, WEB_CRS)
    assert [] == kinds
    assert pytest.approx(0.005) == made.geometry.iloc[0].area


def test_metres_are_known_by_their_size_and_told():
    """The official example holds Lambert-93."""
    made, kinds = read(METRES, METRES)
    assert is_same(made.crs, PARTNER_CRS)
    assert ["metres_in_geojson"] == kinds


def test_an_open_ring_is_closed_and_told():
    """A triangle of 100 m by 100 m."""
    made, kinds = read(OPEN_METRES)
    assert 5000.0 == made.geometry.iloc[0].area
    assert ["ring_closed", "metres_in_geojson"] == kinds


def test_longitude_and_latitude():
    """Points of poles are written as a pair."""
    made, kinds = read("2.3015, 49.8927", "2.3 49.9")
    assert [shapely.Point(2.3015, 49.8927), shapely.Point(2.3, 49.9)] == list(made.geometry)
    assert [] == kinds


@pytest.mark.parametrize("text", ["{", "x", '{"type":"Polygon"}', '{"coordinates":[]}', "[1]"])
def test_what_cannot_be_read_is_told_and_loses_nothing_else(text):
    """The other rows keep their shapes."""
    made, kinds = read(text, DEGREES)
    assert [True, False] == made.geometry.isna().tolist()
    assert ["unreadable_geometry"] == kinds
