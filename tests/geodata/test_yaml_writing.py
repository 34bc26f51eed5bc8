import datetime as dt

import pytest

from geodata.yaml_reading import parse_yaml
from geodata.yaml_writing import yaml_text


@pytest.mark.parametrize(
    "content",
    [
        {},
        [],
        {"a": None, "b": True, "c": 0, "d": 0.1, "e": 1e20, "f": dt.date(2026, 11, 16), "g": ""},
        {"a": ["1e5", "1e+5", ".5", "1.", "+7", "007", "-", "912160000E0012", "2026-02-30"]},
        {"a": ["true", "null", "~", "oui", "on", "12:30", "0x1F", "1_000", "<<", "=", "*a", "&a"]},
        {"é « à »": "deux\nlignes\ttab 🙂", "b": " bords ", "c": "# rien", "d": "x: y", "e": "'"},
    ],
)
def test_what_is_written_is_read_back_the_same(content):
    """Text stays text, whatever it looks like; numbers, dates and truths come back typed."""
    assert content == parse_yaml(yaml_text(content).encode(), name="f")[0]


def test_what_is_shared_is_written_twice():
    """The strict reader refuses aliases, so none is written."""
    shared = dt.date(2027, 1, 1)
    content = {"from": shared, "on": shared, "list": [shared, {"a": [shared]}]}
    text = yaml_text(content)
    assert "&" not in text
    assert content == parse_yaml(text.encode(), name="x")[0]
