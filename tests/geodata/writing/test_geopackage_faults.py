from pathlib import Path

import pytest

from geodata.writing import geopackage_faults


@pytest.mark.parametrize(
    ("fault", "where"),
    [
        (geopackage_faults.nothing(Path("/secret/a.gpkg")), "a.gpkg"),
        (geopackage_faults.not_written(Path("/secret/a.gpkg")), "a.gpkg"),
        (geopackage_faults.no_crs("zones"), "zones"),
        (geopackage_faults.twin_columns("zones", ["Nom", "nom"]), "zones"),
    ],
)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_fault_says_what_where_and_what_to_do(fault, where, language):
    """No folder of this machine; two sentences in either language."""
    said = fault.say(language)
    assert said.startswith(where)
    assert "/secret" not in said
    assert fault.what.fr != fault.what.en
    assert fault.remedy.fr != fault.remedy.en


def test_twin_columns_are_named_five_at_most():
    """The rest is counted."""
    said = geopackage_faults.twin_columns("zones", [*"aAbBcC"]).say("en")
    assert "a, A, b, B, c (+ 1)." in said
