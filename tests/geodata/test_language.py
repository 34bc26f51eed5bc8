import datetime as dt

import pytest

from geodata.language import DEFAULT_LANGUAGE, Text, date_text, number_text


def test_a_text_is_said_in_either_language():
    """French is the default; places are filled from values; braces alone are left alone."""
    text = Text("{n} objets", "{n} features")
    assert ("3 objets", "3 features") == (text.say("fr", n=3), text.say("en", n=3))
    assert "{n} objets" == text.say(DEFAULT_LANGUAGE)


@pytest.mark.parametrize(
    ("value", "decimals", "fr", "en"),
    [
        (0, 2, "0", "0"),
        (1234.5, 2, "1\u202f234,5", "1,234.5"),
        (-0.004, 2, "0", "0"),
        (-12.345, 1, "-12,3", "-12.3"),
        (0.6, 0, "1", "1"),
    ],
)
def test_numbers_read_as_a_reader_expects(value, decimals, fr, en):
    """Narrow spaces and commas in French, no minus before a zero."""
    assert fr == number_text(value, "fr", decimals=decimals)
    assert en == number_text(value, "en", decimals=decimals)


def test_days_are_said_in_words():
    """No day is mistaken for a month."""
    day = dt.date(2026, 7, 1)
    assert ("1 juillet 2026", "1 July 2026") == (date_text(day, "fr"), date_text(day, "en"))
