import datetime as dt

import numpy as np
import pandas as pd
import pytest

from geodata.catalog import Column
from geodata.columns import conformed, misfits
from geodata.language import Text


def column(kind: str, *, nullable: bool = True) -> Column:
    """Column of one kind."""
    return Column(type=kind, title=Text("x", "x"), nullable=nullable)


@pytest.mark.parametrize("kind", ["text", "number", "boolean", "date"])
def test_an_empty_column_fits_every_type(kind):
    """No value, no fault; the dtype is that of the type."""
    empty = pd.Series([], dtype=object)
    assert not misfits(empty, column=column(kind)).any()
    assert 0 == len(conformed(empty, column=column(kind)))


@pytest.mark.parametrize("kind", ["text", "number", "boolean", "date"])
def test_missing_values_fit_every_type(kind):
    """A column of nulls holds no wrong value, and stays missing."""
    nulls = pd.Series([None, None], dtype=object)
    assert not misfits(nulls, column=column(kind)).any()
    assert conformed(nulls, column=column(kind)).isna().all()


@pytest.mark.parametrize(
    ("kind", "values", "expected"),
    [
        ("text", ["a", 1, True, None], [False, True, True, False]),
        ("number", [1, 1.5, "1", True, None, np.inf], [False, False, True, True, False, True]),
        ("boolean", [True, 0, "oui", None], [False, True, True, False]),
        (
            "date",
            ["2024-02-29", "2023-02-29", "01/02/2024", 20240101, dt.date(2024, 1, 2), None],
            [False, True, True, True, False, False],
        ),
    ],
)
def test_values_of_another_kind_are_named(kind, values, expected):
    """Text never passes as a number, nor a number as text, nor a day that does not exist."""
    assert expected == misfits(pd.Series(values, dtype=object), column=column(kind)).tolist()


def test_numbers_in_a_text_column_do_not_fit():
    """A code read as a number has lost its leading zeros."""
    assert [True, True] == misfits(pd.Series([2691, 80021]), column=column("text")).tolist()


def test_infinity_in_a_number_column_does_not_fit():
    """Infinity measures nothing."""
    assert [False, True] == misfits(pd.Series([1.0, np.inf]), column=column("number")).tolist()


def test_days_become_iso_text():
    """Days of any origin end as the same text."""
    days = pd.Series(pd.to_datetime(["2024-01-31", None]))
    made = conformed(days, column=column("date"))
    assert "2024-01-31" == made[0]
    assert made.isna().tolist() == [False, True]
    mixed = pd.Series([dt.datetime(2024, 1, 31, 12), "2024-01-31"], dtype=object)  # noqa: DTZ001 - a day
    assert ["2024-01-31"] * 2 == conformed(mixed, column=column("date")).tolist()


def test_missing_numbers_become_nan_never_zero():
    """A missing area is not an area of 0."""
    made = conformed(pd.Series([None, 3], dtype=object), column=column("number"))
    assert "float64" == str(made.dtype)
    assert np.isnan(made[0])
    assert 3.0 == made[1]


def test_booleans_keep_missing_values_where_allowed():
    """Unknown is neither true nor false."""
    made = conformed(pd.Series([True, None], dtype=object), column=column("boolean"))
    assert "boolean" == str(made.dtype)
    assert made.isna().tolist() == [False, True]
    strict = conformed(pd.Series([True, False]), column=column("boolean", nullable=False))
    assert "bool" == str(strict.dtype)
