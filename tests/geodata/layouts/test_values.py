import datetime as dt

import pandas as pd
import pytest

from geodata.layouts.values import CONVERTERS, day, looked_up, number, text, truth


def as_list(values):
    """Values with None for every kind of missing."""
    return [None if pd.isna(value) else value for value in values]


def test_nothing_stays_nothing():
    """Empty columns pass through every converter."""
    for convert in CONVERTERS.values():
        assert [] == list(convert(pd.Series([], dtype=object)))
        assert [None, None] == as_list(convert(pd.Series([None, " "], dtype=object)))
        assert [None] == as_list(convert(pd.Series([float("nan")])))


def test_text_is_trimmed_and_whole_numbers_have_no_decimals():
    """An id read as 37.0 is 37; leading zeros of text are kept."""
    assert ["037", "37", None, "3.5"] == as_list(text(pd.Series([" 037 ", 37.0, "NULL", 3.5])))
    assert ["37", None, "1.5"] == as_list(text(pd.Series([37.0, None, 1.5])))
    assert ["2", "10"] == as_list(text(pd.Series([2, 10])))


def test_numbers_as_the_french_write_them():
    """Decimal comma, spaces and no-break spaces between thousands, dots between them too."""
    written = ["1 234,5", "1\u202f234", "1.234,5", "12.5", "-3", "douze", "inf", None]
    expected = [1234.5, 1234.0, 1234.5, 12.5, -3.0, None, None, None]
    assert expected == as_list(number(pd.Series(written, dtype=object)))
    assert [2.0, None] == as_list(number(pd.Series([2.0, float("inf")])))


@pytest.mark.parametrize(
    ("expected", "value"),
    [
        ("2017-10-13", "20171013"),
        ("2017-10-13", 20171013),
        ("2017-10-13", 20171013.0),
        ("2017-10-13", "2017-10-13"),
        ("2017-10-13", "2017-10-13T08:00:00Z"),
        ("2017-10-13", "2017/10/13"),
        ("2017-10-13", "13/10/2017"),
        ("2017-10-13", dt.datetime(2017, 10, 13)),  # noqa: DTZ001 - files have no zone
        ("1934-01-01", "01/01/1934"),
        (None, "20171332"),
        (None, "2017"),
        (None, "00000000"),
        (None, "hier"),
    ],
)
def test_days(expected, value):
    """The ways French files write a day, and what is none."""
    assert [expected] == as_list(day(pd.Series([value])))


def test_truths():
    """Words of both languages; anything else is neither."""
    written = pd.Series(["oui", "Non", "O", "f", "1", "0", "peut-être", None], dtype=object)
    assert [True, False, True, False, True, False, None, None] == as_list(truth(written))
    assert [True, False] == as_list(truth(pd.Series([True, False])))


def test_codes():
    """Zeros are put in front or taken away; DESTDOMI begins a FORMDOMI."""
    assert ["01004", "2A004"] == as_list(CONVERTERS["code5"](pd.Series([1004, "2A004"])))
    assert ["02", "99"] == as_list(CONVERTERS["code2"](pd.Series([2, 99])))
    assert ["37", "AB", "A", "0"] == as_list(
        CONVERTERS["unpadded"](pd.Series(["0037", "AB", "0A", "0000"]))
    )
    assert ["0200", "0201", "0300"] == as_list(
        CONVERTERS["formdomi"](pd.Series(["02", "0201", "3"]))
    )
    assert ["80021|80016"] == as_list(CONVERTERS["list"](pd.Series(["80021, 80016"])))


def test_words_are_looked_up_whatever_case_and_accents():
    """A word the table does not know has none."""
    found = looked_up(pd.Series(["OCCUPÉ", "vacant", "x", None]), table={"occupe": "occupé"})
    assert ["occupé", None, None, None] == as_list(found)
