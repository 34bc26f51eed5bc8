import shapely

from geodata.catalog import contract
from geodata.demo.labels import EDITION_DATE, PRODUCER, labelled, quoted


def test_no_rows_make_an_empty_frame_with_every_column():
    """A layer without features still has its columns."""
    frame = labelled("stations", [])
    assert list(frame.columns) == [*contract("stations").columns, "geometry"]
    assert frame.empty


def test_a_made_up_row_is_labelled_so():
    """One row without a label is made up, schematic, of low confidence, and gets an id."""
    frame = labelled("stations", [{"name": "Halte", "geometry": shapely.Point(0, 0)}])
    row = frame.iloc[0]
    assert row["id"] == frame.index[0] == "stations-0001"
    assert row["demo"]
    assert row["source"] == PRODUCER
    assert row["source_date"] == EDITION_DATE
    assert row["geom_precision"] == "schematic"
    assert row["confidence"] == "low"


def test_a_quoted_row_is_no_demonstration():
    """A real thing keeps its source, its uncertainty and an unknown date."""
    label = quoted("Presse", metres=150)
    frame = labelled("stations", [{"name": "Gare", "geometry": shapely.Point(0, 0)}], [label])
    row = frame.iloc[0]
    assert not row["demo"]
    assert row["geom_precision"] == "approx ±150 m"
    assert row["source_date"] is None or row.isna()["source_date"]
