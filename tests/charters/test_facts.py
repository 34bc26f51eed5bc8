"""Columns of one value, and the words for every reason why a value is missing."""

import string

import numpy as np

from charters.facts import MISSING_TEXTS, Column, Missing, column_at, known, missing


def test_a_known_number_is_certain():
    """One float, no reason to be missing, tolerance 0."""
    column = known(3)
    assert ([3.0], np.float64) == (list(column.values), column.values.dtype)
    assert [0] == list(column.missing)
    assert [0.0] == list(column.tolerance)


def test_a_known_word_stays_a_word():
    """Words are objects, so that they compare as text."""
    column = known("office")
    assert (["office"], object) == (list(column.values), column.values.dtype)


def test_a_missing_number_is_nan_never_zero():
    """The value is NaN and the reason is kept."""
    column = missing(Missing.NO_LAYER)
    assert np.isnan(column.values[0])
    assert [Missing.NO_LAYER] == list(column.missing)


def test_a_missing_word_is_none():
    """The value is None and the reason is kept."""
    column = missing(Missing.NOT_GIVEN, words=True)
    assert [None] == list(column.values)
    assert [Missing.NOT_GIVEN] == list(column.missing)


def test_every_reason_is_said_in_both_languages():
    """Each text is there twice, differs, and has the same places to fill."""
    assert set(Missing) - {Missing.KNOWN} == set(MISSING_TEXTS)
    for text in MISSING_TEXTS.values():
        assert text.fr != text.en
        places = [{name for _, name, _, _ in string.Formatter().parse(each)} for each in text]
        assert places[0] == places[1]
        assert places[0] <= {None, "names", "layers"}


def test_one_entry_of_a_column():
    """The entry at a place; what holds for every site holds for one."""
    column = Column(np.array([1.0, 2.0]), np.array([0, 4], np.int8), np.array([0.0, 0.5]))
    second = column_at(column, 1)
    assert ([2.0], [4], [0.5]) == (
        list(second.values), list(second.missing), list(second.tolerance),
    )  # fmt: skip
    assert known(3).values == column_at(known(3), 7).values
