import re

import pytest

from geodata.catalog import catalog
from geodata.layouts.model import layouts
from geodata.layouts.preparing import PREPARATIONS
from geodata.layouts.values import CONVERTERS


@pytest.mark.parametrize("key", list(layouts()))
def test_every_layout_speaks_of_things_that_exist(key):
    """Layers, columns, converters, preparations and patterns are real."""
    layout = layouts()[key]
    assert layout.prepare is None or layout.prepare in PREPARATIONS
    assert all(re.compile(pattern) for pattern in layout.patterns.values())
    assert layout.title.fr
    assert layout.title.en
    rules = catalog()[layout.layer].columns if layout.layer else {}
    assert set(layout.columns) <= set(rules)
    converters = [each.convert for each in (*layout.columns.values(), *layout.keep)]
    assert {each for each in converters if each} <= set(CONVERTERS)


@pytest.mark.parametrize("key", [key for key, each in layouts().items() if each.layer])
def test_every_layout_gives_what_its_layer_demands(key):
    """Required columns all have a rule."""
    layout = layouts()[key]
    common = {"id", "demo", "source", "source_date", "licence", "geom_precision", "confidence"}
    rules = catalog()[layout.layer].columns
    demanded = {name for name, column in rules.items() if column.required} - common
    assert demanded <= set(layout.columns)


def test_constants_are_words_of_the_lists():
    """A layout never writes a word that its own layer refuses."""
    written = [
        (rules[name].values, word)
        for layout in layouts().values()
        if layout.layer
        for rules in [catalog()[layout.layer].columns]
        for name, rule in layout.columns.items()
        for word in (rule.constant, rule.missing, rule.otherwise, *rule.values.values())
        if rules[name].values and word is not None
    ]
    assert [] == [(allowed, word) for allowed, word in written if word not in allowed]
