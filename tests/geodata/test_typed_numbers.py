"""A figure is read as the language of the page writes it, or refused."""

import pytest

from geodata.errors import Fault
from geodata.language import number_text
from geodata.typed_numbers import typed_number


@pytest.mark.parametrize(
    ("language", "words", "expected"),
    [
        ("fr", "12,5", 12.5),
        ("fr", "1 000", 1000.0),
        ("fr", "1\u202f234\u00a0567,25", 1_234_567.25),
        ("fr", "1,000", 1.0),
        ("fr", "12.5", 12.5),
        ("fr", "0.125", 0.125),
        ("fr", " -3 ", -3.0),
        ("fr", "\u22123,5", -3.5),
        ("fr", "1000", 1000.0),
        ("en", "1,000", 1000.0),
        ("en", "1,234,567.25", 1_234_567.25),
        ("en", "12.5", 12.5),
        ("en", "12.500", 12.5),
        ("en", "1 000", 1000.0),
        ("en", "-1,000", -1000.0),
    ],
)
def test_a_number(language, words, expected):
    """Separators of the language; blanks group in both."""
    assert expected == typed_number(words, language)


@pytest.mark.parametrize(
    ("language", "words", "said"),
    [
        ("fr", "1.000", "se lit 1 ou 1\u202f000"),
        ("fr", "12.500", "12,5 ou 12\u202f500"),
        ("fr", "1.234,5", "12,5 ou 1 000"),
        ("fr", "1,234,567", "n'est pas un nombre"),
        ("fr", "1 00", "n'est pas un nombre"),
        ("fr", "20 m", "n'est pas un nombre"),
        ("fr", "", "n'est pas un nombre"),
        ("fr", "nan", "n'est pas un nombre"),
        ("fr", "1e3", "n'est pas un nombre"),
        ("fr", "٣", "n'est pas un nombre"),
        ("en", "12,5", "12.5 or 1,000"),
        ("en", "1,00", "is not a number"),
        ("en", "1,0000", "is not a number"),
        ("en", "--1", "is not a number"),
    ],
)
def test_what_is_none_or_could_be_two(language, words, said):
    """The fault stands at its field and says how to write it."""
    fault = typed_number(words, language, where="value")
    assert isinstance(fault, Fault)
    assert "value" == fault.where
    assert said in f"{fault.what.say(language)} {fault.remedy.say(language)}"


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("value", [0.0, 0.5, -12.25, 999.0, 1000.0, 1234.5, -1_234_567.125])
def test_what_the_desk_writes_is_read_back(language, value):
    """A figure copied from the screen is the same figure."""
    assert value == typed_number(number_text(value, language, decimals=3), language)
