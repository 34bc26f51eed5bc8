"""What every entry keeps: both languages, real days, plain ids, addresses that only open."""

import pytest
from pydantic import TypeAdapter, ValidationError

from charters.entries import Address, Day, Identifier, Said, operator_of
from charters.values import FieldValue
from geodata.language import Text

ACCEPTED = [
    (Said, ["Une loi", "A law"], Text("Une loi", "A law")),
    (Said, {"fr": "<b>a</b>\nb", "en": "=1+1"}, Text("<b>a</b>\nb", "=1+1")),
    (Identifier, "sector-south", "sector-south"),
    (Identifier, "forêt_2", "forêt_2"),
    (Address, "https://www.example.fr/a?b=c#d", "https://www.example.fr/a?b=c#d"),
]
REFUSED = [
    (Said, {"fr": "a", "en": " "}, "both_languages"),
    (Said, {"fr": "a" * 4001, "en": "b"}, "string_too_long"),
    (Said, {"fr": "a\x1b[31m", "en": "b"}, "plain_text"),
    (Day, 20260101, "day"),
    (Day, 1.5, "day"),
    (Day, True, "day"),
    (Identifier, "../../etc/passwd", "identifier"),
    (Identifier, "a/b", "identifier"),
    (Identifier, "", "identifier"),
    (Identifier, ".hidden", "identifier"),
    (Identifier, "=HYPERLINK()", "identifier"),
    (Identifier, "-1+1", "identifier"),
    (Identifier, "@SUM", "identifier"),
    (Identifier, "a" * 65, "identifier"),
    (Identifier, "PI-01\n", "identifier"),
    (Address, "javascript:alert(1)", "address"),
    (Address, "file:///etc/passwd", "address"),
    (Address, 'https://a.fr/"onclick=', "address"),
]


@pytest.mark.parametrize(("kind", "given", "expected"), ACCEPTED)
def test_accepted(kind, given, expected):
    """Text stays what was written, markup and formulas included: it is escaped where shown."""
    assert expected == TypeAdapter(kind).validate_python(given)


@pytest.mark.parametrize(("kind", "given", "reason"), REFUSED)
def test_refused(kind, given, reason):
    """The reason is named, so that the remedy can be said in both languages."""
    with pytest.raises(ValidationError) as refused:
        TypeAdapter(kind).validate_python(given)
    assert [reason] == [each["type"] for each in refused.value.errors()]


def test_the_operator_of_a_node():
    """It is the key of a mapping, the attribute of a node, or none."""
    assert "field" == operator_of({"field": "a"}, ("sum", "field"))
    assert "field" == operator_of(FieldValue(field="a"), ("sum", "field"))
    assert None is operator_of("a", ("sum", "field"))
