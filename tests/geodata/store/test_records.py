import dataclasses

import pytest
import shapely

from geodata.layers import Edition
from geodata.store.records import COLUMNS, Record, by_layer, from_row, to_row

EDITION = Edition(
    "parcels", "DGFiP", "LO", "2026-01-01", "a.json", 0.25, 4, "ab", 3, "z", "Zoë", "n"
)
RECORD = Record(EDITION, shapely.box(0, 0, 1, 1 / 3), ("id", "demo"), "content", "contract")


@pytest.mark.parametrize(
    "record",
    [
        RECORD,
        dataclasses.replace(RECORD, coverage=None, is_current=False, is_kept=False),
        dataclasses.replace(RECORD, contract=""),
    ],
)
def test_a_record_comes_back_from_its_row(record):
    """Coverage to the last digit, booleans as databases give them back."""
    row = to_row(record)
    assert COLUMNS == tuple(row)
    assert record == from_row(row)
    assert record == from_row({**row, "is_kept": int(record.is_kept)})


@pytest.mark.parametrize("column", COLUMNS)
def test_a_row_that_has_changed_is_refused(column):
    """Every column is under the seal."""
    row = to_row(RECORD)
    value = row[column]
    changed = value + 1 if isinstance(value, int | float) else value + "x"
    changed = not value if isinstance(value, bool) else changed
    with pytest.raises(ValueError, match="changed"):
        from_row({**row, column: changed})


def test_editions_of_a_layer_are_found():
    """In their order."""
    other = dataclasses.replace(RECORD, edition=dataclasses.replace(EDITION, layer="zones"))
    assert () == by_layer((), "parcels")
    assert (RECORD,) == by_layer((other, RECORD), "parcels")
    assert ("parcels", 3) == RECORD.key
