import pandas as pd

from geodata.layouts import faults
from geodata.layouts.model import layouts


def test_every_fault_speaks_both_languages():
    """No text is left empty, and the layout is named by its title."""
    said = [
        faults.NOTHING_SAID,
        faults.unknown_layout("etalab"),
        faults.no_shapes("parcels", "t.csv"),
        faults.no_shapes("", "t.csv"),
        faults.other_layer("parcels", "roads", "t.csv"),
    ]
    assert all(
        each.say("fr") and each.say("en") and each.say("fr") != each.say("en") for each in said
    )


def test_a_table_set_aside_counts_its_rows():
    """One row or none."""
    layout = layouts()["etalab_sections"]
    assert 1 == faults.no_layer(layout, pd.DataFrame({"a": [1]})).count
    assert 0 == faults.no_layer(layout, pd.DataFrame()).count
