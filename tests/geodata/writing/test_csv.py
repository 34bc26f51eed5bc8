import csv
import io

import numpy as np
import pandas as pd
import pytest

from geodata.writing.csv import to_text, write_table


def cells(table):
    """Rows of the CSV text, as an independent reader sees them."""
    return list(csv.reader(io.StringIO(to_text(table), newline=""), delimiter=";"))


def test_an_empty_table_has_its_heading():
    """No row, but the columns are there."""
    assert [["a", "b"]] == cells(pd.DataFrame({"a": [], "b": []}))


def test_values_come_back_as_they_are():
    """Separators, quotes, line breaks, accents, leading zeros; missing values are empty."""
    table = pd.DataFrame(
        {
            "id": ["02691", "a;b"],
            "nom": ['dit "é"', "deux\nlignes"],
            "x": [1.5, np.nan],
            "y": [1, 2],
        }
    )
    assert [
        ["id", "nom", "x", "y"],
        ["02691", 'dit "é"', "1.5", "1"],
        ["a;b", "deux\nlignes", "", "2"],
    ] == cells(table)


@pytest.mark.parametrize(
    "payload",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\tx",
        "\rx",
        "\x00x",
        '=HYPERLINK("http://x")',
        "=cmd|' /C x'!A0",
    ],
)
def test_text_that_starts_a_formula_is_neutralised(payload):
    """A parcel label runs nothing in a partner's spreadsheet; column names neither."""
    (names, row) = cells(pd.DataFrame({payload: [payload]}))
    assert f"'{payload}" == row[0]
    assert f"'{payload}" == names[0]


def test_text_in_columns_of_several_kinds_is_neutralised_and_numbers_stay():
    """An object column may hold both."""
    table = pd.DataFrame({"a": pd.Series(["=1", -1, None, True], dtype=object)})
    assert [["a"], ["'=1"], ["-1"], [""], ["True"]] == cells(table)


def test_negative_numbers_stay_numbers():
    """A margin of −3.5 is no formula."""
    assert [["m"], ["-3.5"], ["-2.0"]] == cells(pd.DataFrame({"m": [-3.5, -2]}))


def test_the_file_opens_in_a_french_spreadsheet(tmp_path):
    """Byte order mark, semicolons, Windows line ends."""
    path = tmp_path / "t.csv"
    write_table(path, pd.DataFrame({"é": ["à"]}))
    assert b"\xef\xbb\xbf" + "é\r\nà\r\n".encode() == path.read_bytes()
    read = pd.read_csv(path, sep=";", encoding="utf-8-sig")
    assert ["é"] == list(read.columns)
