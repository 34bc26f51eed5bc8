"""Dated tables of a spreadsheet, or the line of what is wrong in them."""

import datetime as dt

import pytest

from charters.loading import load_charter
from geodata.errors import CharterError

TABLE = "key;from;to;value;unit;source;confidence\n"


def test_a_table_of_a_spreadsheet(load, entry):
    """A byte order mark and empty cells do no harm; figures and dates are read."""
    rows = (
        "office;2020-01-01;2026-01-01;60;job/ha;LAW;to_check\noffice;2026-01-01;;70;job/ha;LAW;\n"
    )
    table = f"\ufeff{TABLE}{rows}"
    charter = load(entry(), tables={"densities": table})
    first, second = charter.tables["densities"].rows
    assert ("office", 60, dt.date(2026, 1, 1), "to_check") == (
        first.key,
        first.value,
        first.until,
        first.confidence,
    )
    assert (70, None, "checked") == (second.value, second.until, second.confidence)


@pytest.mark.parametrize(
    ("rows", "line", "words"),
    [
        ("a;2020-01-01;;60;job/ha;LAW;\nb;2020-01-01;;60;m2;LAW;\n", "", "one unit, not 2"),
        ("", "", "one unit, not 0"),
        ("office;2020-01-01;;soixante;job/ha;LAW;\n", ", l. 2", "'soixante'"),
        ("office;2020-13-01;;60;job/ha;LAW;\n", ", l. 2", "“from” is refused"),
        ("a;2020-01-01;;60;job/ha;LAW;\nb;;;60;job/ha;LAW;\n", ", l. 3", "“from” is missing"),
        ("office;2020-01-01;;60;job/ha;LAW;sure\n", ", l. 2", "'sure'"),
        ("office;2020-01-01;;60;job/ha;LAW;;extra\n", ", l. 2", "unknown"),
        (";2020-01-01;;60;job/ha;LAW;\n", ", l. 2", "“key” is missing"),
        ("office;2020-01-01;;nan;job/ha;LAW;\n", ", l. 2", "“value” is refused"),
    ],
)  # fmt: skip
def test_faults_of_a_table(faults_of, entry, rows, line, words):
    """The table and the line of the spreadsheet are named."""
    found = faults_of(entry(), tables={"densities": TABLE + rows})
    assert f"tables/densities.csv{line}" in [where for where, _ in found]
    assert any(words in said for _, said in found)


def test_a_table_that_is_no_text(write_charter, entry, tmp_path):
    """A spreadsheet saved in another encoding is refused by name."""
    folder = write_charter(entry())
    (folder / "tables" / "d.csv").write_bytes(f"{TABLE}forêt;2020".encode("latin-1"))
    with pytest.raises(CharterError, match=r"tables/d\.csv"):
        load_charter(folder, sources=tmp_path / "sources.yaml")
