import numpy as np
import pyarrow as pa
import pytest

from geodata.store.contents import additions, attributes, content_digest, contract_digest, shapes


def digest(**columns):
    """Digest of columns of one row."""
    return content_digest(pa.table(columns), np.array([b"shape"], dtype=object))


def test_the_digest_of_nothing_is_that_of_its_columns():
    """No row, no shape; names count."""
    nothing = np.array([], dtype=object)
    first = content_digest(pa.table({"a": pa.array([], pa.string())}), nothing)
    assert first == content_digest(pa.table({"a": pa.array([], pa.large_string())}), nothing)
    assert first != content_digest(pa.table({"b": pa.array([], pa.string())}), nothing)


def test_how_a_store_keeps_a_column_does_not_count():
    """Text long or short, in one chunk or two, −0 and 0, missing and NaN."""
    assert digest(a=pa.array(["é"], pa.string())) == digest(a=pa.array(["é"], pa.large_string()))
    assert digest(a=pa.array([0.0])) == digest(a=pa.array([-0.0]))
    assert digest(a=pa.array([None], pa.float64())) == digest(a=pa.array([np.nan]))
    two = pa.table({"a": pa.chunked_array([["x"], ["y"]])})
    one = pa.table({"a": ["x", "y"]})
    wkb = np.array([b"1", b"2"], dtype=object)
    assert content_digest(one, wkb) == content_digest(two, wkb)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (pa.array([""]), pa.array([None], pa.string())),
        (pa.array([False]), pa.array([None], pa.bool_())),
        (pa.array([0.0]), pa.array([None], pa.float64())),
        (pa.array([1.0]), pa.array([1.0000000000000002])),
        (pa.array(["a"]), pa.array(["b"])),
    ],
)
def test_every_value_counts(left, right):
    """A missing value is not an empty one."""
    assert digest(a=left) != digest(a=right)


def test_where_one_text_ends_counts():
    """Neighbouring texts, and neighbouring shapes, do not run together."""
    ends = [pa.table({"a": ["ab", "c"]}), pa.table({"a": ["a", "bc"]})]
    wkb = [np.array(pair, dtype=object) for pair in ([b"ab", b"c"], [b"a", b"bc"])]
    assert 4 == len({content_digest(table, each) for table in ends for each in wkb})


def test_a_layer_is_taken_apart_into_columns_and_shapes(parcels):
    """The id first; shapes as little-endian WKB."""
    table = attributes(parcels)
    assert "id" == table.column_names[0]
    assert "geometry" not in table.column_names
    assert [b"\x01\x03\x00\x00\x00"] * 3 == [each[:5] for each in shapes(parcels)]


def test_layers_come_in_the_order_of_the_catalog_with_the_contract_they_keep(parcels, stops):
    """A layer that breaks its contract says so by an empty fingerprint."""
    assert [] == additions([])
    assert ["parcels", "transit_stops"] == [each.layer.id for each in additions([stops, parcels])]
    assert [contract_digest("parcels")] == [each.contract for each in additions([parcels])]
    parcels.features["section"] = None
    assert [""] == [each.contract for each in additions([parcels])]
