from __future__ import annotations

import re
from itertools import combinations

import pytest

from charters.cascade import CharterOutcome
from zones.palette import OUTCOMES


def luminance(colour: str) -> float:
    """Relative luminance of ``#rrggbb`` as WCAG 2 defines it."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast of two colours, 1 to 21."""
    low, high = sorted([luminance(one), luminance(other)])
    return (high + 0.05) / (low + 0.05)


def test_looks_stand_in_the_order_of_the_codes():
    """Code 4 of the cascade finds the look of a failure."""
    assert [look.key for look in OUTCOMES] == [each.key for each in CharterOutcome]


@pytest.mark.parametrize("look", OUTCOMES, ids=lambda look: look.key)
def test_a_look_is_complete(look):
    """Colours are written in full, the name is in both languages, the symbol has a plain name."""
    assert all(re.fullmatch("#[0-9a-f]{6}", colour) for colour in (look.colour, look.ink))
    assert all(look.title)
    assert re.fullmatch("[a-z_]+", look.symbol)


@pytest.mark.parametrize("look", OUTCOMES, ids=lambda look: look.key)
def test_ink_is_readable_on_white(look):
    """Words in the ink of an outcome have the contrast that WCAG AA asks for."""
    assert contrast(look.ink, "#ffffff") >= 4.5


def test_no_two_outcomes_are_told_apart_by_colour_alone():
    """Patterns and symbols differ, or the lightness differs where both are plain."""
    for one, other in combinations(OUTCOMES, 2):
        assert one.symbol != other.symbol
        is_plain = one.pattern == other.pattern == "none"
        assert one.pattern != other.pattern or (
            is_plain and contrast(one.colour, other.colour) >= 1.5
        )
