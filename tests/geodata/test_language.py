import datetime as dt

import pytest

from geodata.language import DEFAULT_LANGUAGE, Text, date_text, number_text, typeset


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
    """No day is mistaken for a month; the first of a French month is an ordinal."""
    day, first = dt.date(2026, 7, 11), dt.date(2026, 7, 1)
    assert ("11 juillet 2026", "11 July 2026") == (date_text(day, "fr"), date_text(day, "en"))
    assert ("1er juillet 2026", "1 July 2026") == (date_text(first, "fr"), date_text(first, "en"))


@pytest.mark.parametrize(
    ("typed", "fr", "en"),
    [
        ("Seuil : 40 % ; ou 500 m² ?", "Seuil~: 40~% ; ou 500~m²~?".replace(" ;", "~;"), None),
        ("« usage » !", "«~usage~»~!", None),
        ("1 500 000 m², 2 l/s/ha, 20 minutes", "1_500_000~m², 2~l/s/ha, 20 minutes", None),
        ("loi 2021-1104, n° 452955, 5 mars 2024", "loi 2021-1104, n°~452955, 5 mars 2024", None),
        ("0,25 100 fois", "0,25 100 fois", None),
        ("over 500 m² : 40%", None, "over 500~m² : 40%"),
    ],
)
def test_texts_are_set_for_print(typed, fr, en):
    """Spaces that must not break are changed, others are left; twice is the same as once."""
    found = typeset(Text(typed, typed))
    for expected, text in ((fr, found.fr), (en, found.en)):
        if expected is not None:
            assert expected.replace("~", "\u00a0").replace("_", "\u202f") == text
    assert found == typeset(found)
