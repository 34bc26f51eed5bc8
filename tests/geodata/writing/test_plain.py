import datetime as dt

import numpy as np
import pandas as pd
import pytest

from geodata.writing.plain import json_text, plain


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, None),
        (np.nan, None),
        (-np.inf, None),
        (pd.NA, None),
        (pd.NaT, None),
        (np.datetime64("NaT"), None),
        (np.int8(3), 3),
        (np.bool_(True), True),  # noqa: FBT003 - the value under test
        (dt.date(2026, 1, 2), "2026-01-02"),
        ({"a": (1, np.nan)}, {"a": [1, None]}),
        ({3: {"b"}}, {"3": ["b"]}),
        (frozenset({"b", "a"}), ["a", "b"]),
        (1 + 2j, "(1+2j)"),
    ],
)
def test_a_cell_becomes_what_json_can_say(value, expected):
    """Missing and not finite are None; sets are sorted; the rest is text."""
    assert expected == plain(value)


def test_json_is_compact_and_keeps_accents():
    """NaN is refused rather than written."""
    assert '{"é":[1,null]}' == json_text({"é": [1, None]})
    with pytest.raises(ValueError, match="JSON"):
        json_text(float("nan"))
