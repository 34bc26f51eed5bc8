"""Editions of a layer, by hand; the store itself is tested in tests/geodata/store."""

import numpy as np
import pytest
import shapely

from geodata.editions import compare, difference
from geodata.errors import SelectionError
from geodata.layers import make_layer
from geodata.store import write_layers

FIRST, SECOND, THIRD = (f"80021000ZX000{number}" for number in (1, 2, 3))


def layer_of(raw, date="2027-01-01"):
    """Layer of parcels in another edition."""
    return make_layer(raw, layer="parcels", date=date, source="fait main")


@pytest.fixture
def later(raw_parcels):
    """The three parcels a year on: one gone, one new, one larger with another section."""
    raw = raw_parcels.copy()
    raw.loc[0, "section"] = "AB"
    raw.loc[0, "geometry"] = shapely.box(*_grown(raw.geometry[0], 1.0))
    raw.loc[2, "id"] = "80021000ZX0004"
    raw["source_date"] = "2027-01-01"
    return layer_of(raw)


def _restarted(square):
    """The same outline told from its third corner on."""
    corners = list(square.exterior.coords)
    return shapely.Polygon([*corners[2:], *corners[1:3]])


def _grown(shape, metres):
    """Bounds of a square whose east side lies further out."""
    west, south, east, north = shape.bounds
    return west, south, east + metres, north


def test_no_features_make_no_difference(raw_parcels):
    """Two empty editions give an empty frame with every column."""
    empty = layer_of(raw_parcels.iloc[:0])
    found = difference(empty, empty)
    assert 0 == len(found)
    assert [
        "change",
        "columns",
        "is_moved",
        "area_before_m2",
        "area_after_m2",
        "geometry",
    ] == list(found.columns)


def test_a_feature_out_of_nothing_is_added(raw_parcels):
    """And one into nothing removed."""
    empty, one = layer_of(raw_parcels.iloc[:0]), layer_of(raw_parcels.iloc[:1])
    assert {FIRST: "added"} == difference(empty, one)["change"].to_dict()
    assert {FIRST: "removed"} == difference(one, empty)["change"].to_dict()


def test_equal_editions_do_not_differ(parcels):
    """Missing values are equal to missing values."""
    assert 0 == len(difference(parcels, parcels))


def test_added_removed_and_changed_features_are_told_apart(parcels, later):
    """Kind of change, attributes, areas before and after by hand, the shape to show on a map."""
    found = difference(parcels, later)
    assert [FIRST, THIRD, "80021000ZX0004"] == found.index.tolist()
    assert ["changed", "removed", "added"] == found["change"].tolist()
    assert ["section", "", ""] == found["columns"].tolist()
    assert [True, False, False] == found["is_moved"].tolist()
    np.testing.assert_allclose([400, 400, np.nan], found["area_before_m2"], atol=1e-6)
    np.testing.assert_allclose([420, np.nan, 400], found["area_after_m2"], atol=1e-6)
    assert later.features.geometry[FIRST] == found.geometry[FIRST]
    assert parcels.features.geometry[THIRD] == found.geometry[THIRD]
    assert "id" == found.index.name
    assert 3950 == found.crs.to_epsg()


def test_a_value_that_comes_or_goes_is_a_change(raw_parcels, parcels):
    """None to a number, a number to none, true to none."""
    raw = raw_parcels.copy()
    raw["contenance"] = [None, 12.0, 410.0]
    raw["arpente"] = [None, None, False]
    found = difference(parcels, layer_of(raw))
    assert {FIRST: "contenance,arpente", SECOND: "contenance"} == found["columns"].to_dict()
    assert not found["is_moved"].any()


def test_a_new_source_is_no_change_of_the_feature(raw_parcels, parcels):
    """Source, its date and its licence are those of the edition."""
    raw = raw_parcels.assign(source="autre", source_date="2028-01-01", licence="ODbL")
    assert 0 == len(difference(parcels, layer_of(raw)))


@pytest.mark.parametrize(
    ("drawn", "is_moved"),
    [
        (lambda square: square.reverse(), False),
        (lambda square: shapely.segmentize(square, 3.0), False),
        (_restarted, False),
        (lambda square: shapely.MultiPolygon([square]), False),
        (lambda square: shapely.box(*_grown(square, 0.009)), False),
        (lambda square: shapely.box(*_grown(square, 0.012)), True),
        (lambda square: shapely.affinity.translate(square, 0.0, 5.0), True),
        (lambda square: square.difference(square.buffer(-9.9)), True),
    ],
)  # fmt: skip
def test_an_outline_is_the_same_within_a_centimetre(raw_parcels, parcels, drawn, is_moved):
    """Direction, starting point, further vertices and collections of one are no change."""
    raw = raw_parcels.copy()
    raw.loc[0, "geometry"] = drawn(raw.geometry[0])
    found = difference(parcels, layer_of(raw))
    assert ([FIRST] if is_moved else []) == found.index[found["is_moved"]].tolist()


def test_a_line_that_takes_another_way_through_the_same_points_has_moved(raw_parcels, corner):
    """Equal vertices are not equal lines."""
    x, y = corner
    rows = raw_parcels.iloc[:1][[*_COMMON_COLUMNS]].assign(name="canal", kind="river")
    ways = [[(0, 0), (10, 0), (0, 10), (10, 10)], [(0, 0), (10, 0), (10, 10), (0, 10)]]
    before, after = (
        make_layer(
            rows.set_geometry(
                [shapely.LineString([(x + east, y + north) for east, north in way])], crs=3950
            ),
            layer="context",
            date="",
            source="x",
        )
        for way in ways
    )
    assert [True] == difference(before, after)["is_moved"].tolist()


_COMMON_COLUMNS = (
    "id",
    "demo",
    "source",
    "source_date",
    "licence",
    "geom_precision",
    "confidence",
    "geometry",
)


def test_two_layers_are_not_compared(parcels, stops):
    """Parcels have nothing to do with stops."""
    with pytest.raises(SelectionError, match="parcels, transit_stops"):
        difference(parcels, stops)


def test_editions_of_a_store_are_compared(tmp_path, parcels, later):
    """By number, in either direction."""
    path = tmp_path / "s.gpkg"
    write_layers(path, [parcels])
    write_layers(path, [later])
    assert ["changed", "removed", "added"] == compare(path, "parcels", 1, 2)["change"].tolist()
    assert ["changed", "added", "removed"] == compare(path, "parcels", 2, 1)["change"].tolist()
    assert 0 == len(compare(path, "parcels", 2, 2))
