import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from geodata.catalog import contract
from geodata.checking import column_faults, labels, shape_faults
from geodata.crs import WORK_CRS

RULES = contract("parcels")


def shape_messages(shapes, *, layer="parcels"):
    """What is said of shapes named a, b, c…, in English."""
    series = gpd.GeoSeries(shapes, crs=WORK_CRS)
    names = np.array([chr(ord("a") + rank) for rank in range(len(series))], dtype=object)
    found = shape_faults(series, names=names, rules=contract(layer), where=layer)
    return [fault.what.en for fault in found]


def column_messages(frame):
    """Place and English text of each fault of a parcel frame."""
    return [
        (fault.where, fault.what.en) for fault in column_faults(frame, rules=RULES, where="parcels")
    ]


def test_a_sound_frame_has_no_fault(raw_parcels):
    """Missing areas are allowed by the contract."""
    assert [] == column_messages(raw_parcels)
    assert [] == shape_messages(raw_parcels.geometry)


def test_no_row_has_no_fault(raw_parcels):
    """A layer may be empty: absence is a fact too."""
    assert [] == column_messages(raw_parcels.iloc[:0])
    assert [] == shape_messages([])


def test_absent_columns_are_named_with_the_unknown_ones(raw_parcels):
    """The remedy shows the columns that could be renamed."""
    frame = raw_parcels.rename(columns={"numero": "num"})
    fault = column_faults(frame, rules=RULES, where="parcels")[0]
    assert "Missing columns: numero." == fault.what.en
    assert fault.remedy.en.endswith("rename unknown columns: num.")


def test_repeated_and_empty_ids_are_named(raw_parcels):
    """An id names one feature."""
    raw_parcels["id"] = ["x", "x", ""]
    assert [
        ("parcels", "1 empty identifier(s): n° 3."),
        ("parcels", "1 repeated identifier(s): x."),
    ] == column_messages(raw_parcels)


def test_missing_ids_are_named_by_rank(raw_parcels):
    """A feature without a name is found by its place in the file."""
    raw_parcels["id"] = ["x", None, "z"]
    assert [("parcels.id", "1 missing value(s): n° 2.")] == column_messages(raw_parcels)


def test_wrong_values_are_named_with_what_was_met(raw_parcels):
    """Type, missing value and list are three faults, found in one go."""
    raw_parcels["contenance"] = pd.Series([400, "vingt", True], dtype=object)
    raw_parcels["section"] = [None, "ZX", "ZX"]
    raw_parcels["confidence"] = ["high", "sure", "low"]
    ids = raw_parcels["id"]
    assert [
        ("parcels.confidence", f"1 value(s) not in the list: {ids[1]} = sure."),
        ("parcels.section", f"1 missing value(s): {ids[0]}."),
        (
            "parcels.contenance",
            f"2 value(s) that should be a finite number: {ids[1]} = vingt, {ids[2]} = True.",
        ),
    ] == column_messages(raw_parcels)


def test_at_most_five_culprits_are_named(raw_parcels):
    """A file of a million faults makes a message one can read."""
    many = pd.concat([raw_parcels] * 3, ignore_index=True)
    many["id"] = [f"p{rank}" for rank in range(9)]
    many["section"] = None
    assert [("parcels.section", "9 missing value(s): p0, p1, p2, p3, p4 (+ 4).")] == (
        column_messages(many)
    )


def test_long_values_are_cut(raw_parcels):
    """A novel in a cell does not become a novel in a message."""
    raw_parcels["confidence"] = ["high", "x" * 500, "low"]
    assert len(column_messages(raw_parcels)[0][1]) < 100


def test_shapes_that_are_none_are_named():
    """Null, empty, infinite, of another family, crossing itself: each by id."""
    bow_tie = shapely.from_wkt("POLYGON ((0 0, 1 1, 1 0, 0 1, 0 0))")
    infinite = shapely.polygons([[0, 0], [1, 0], [1, np.inf], [0, 0]])
    shapes = [None, shapely.Polygon(), infinite, shapely.Point(0, 0), bow_tie]
    assert [
        "1 feature(s) without a readable geometry: a.",
        "1 feature(s) with an empty geometry: b.",
        "1 feature(s) with coordinates that are infinite or outside the reference system: c.",
        "1 feature(s) that are not polygons: d.",
        "1 invalid outline(s): e (Self-intersection[0.5 0.5]).",
    ] == shape_messages(shapes)


@pytest.mark.parametrize(
    ("layer", "wkt"),
    [
        ("parcels", "MULTIPOLYGON (((0 0, 1 0, 1 1, 0 0)))"),
        ("roads", "MULTILINESTRING ((0 0, 1 0))"),
        ("stations", "MULTIPOINT (0 0, 1 1)"),
        ("context", "POINT (0 0)"),
    ],
)
def test_families_accept_shapes_of_several_parts(layer, wkt):
    """A parcel cut by a street is one parcel."""
    assert [] == shape_messages([shapely.from_wkt(wkt)], layer=layer)


def test_rows_are_named_by_id_or_rank():
    """The id where there is one, else the place in the file."""
    assert ["n° 1", "b", "n° 3"] == labels(pd.DataFrame({"id": ["", "b", None]})).tolist()
    assert ["n° 1"] == labels(pd.DataFrame({"name": ["a"]})).tolist()
    assert [] == labels(pd.DataFrame({"id": []})).tolist()
