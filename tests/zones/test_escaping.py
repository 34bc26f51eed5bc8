from __future__ import annotations

import html
import json

import pytest
from folium.template import Template

from zones.escaping import escaped, script_json

HOSTILE = [
    "",
    "Parcelle ZX 12",
    "<img src=x onerror=alert(1)>",
    "`${alert(1)}`",
    "{{ 7*7 }}{% raw %}{# x #}",
    "\\');alert(1);//",
    "\"' onload=alert(1)",
    "</script><script>alert(1)</script>",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_escaped_text_reads_the_same_and_holds_no_active_character(text):
    """A browser shows the text as it was; no character of HTML, JavaScript or Jinja is left."""
    safe = escaped(text)
    assert html.unescape(safe) == text
    assert not set(safe) & set("<>\"'`${}\\")


@pytest.mark.parametrize("text", HOSTILE)
def test_escaped_text_goes_through_a_template_unchanged(text):
    """Branca takes what it is given for a Jinja template; there is nothing to evaluate."""
    assert Template(escaped(text)).render() == escaped(text)


@pytest.mark.parametrize("text", HOSTILE)
def test_script_json_keeps_the_value_and_cannot_end_its_element(text):
    """The value is read back equal, and no markup stands in the source."""
    source = script_json({text: [text]})
    assert json.loads(source) == {text: [text]}
    assert not set(source) & set("<>&\u2028\u2029")


def test_script_json_refuses_numbers_that_are_not_finite():
    """NaN is no JSON."""
    with pytest.raises(ValueError, match="JSON"):
        script_json([float("nan")])
