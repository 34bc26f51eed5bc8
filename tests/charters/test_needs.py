"""Which articles need a layer."""

from __future__ import annotations

from charters.loading import load_charters
from charters.needs import articles_by_layer


def test_articles_are_found_by_the_layers_they_read():
    """The flood zones are read by PI-18 alone; the shops by the two articles that count them."""
    needs = articles_by_layer(load_charters())
    assert ("PI-18",) == needs["flood_zones"]
    assert ("CH-02", "CH-09") == needs["shops"]
    assert "buildings" not in needs


def test_no_charter_needs_nothing():
    """Without charters no layer is needed."""
    assert {} == articles_by_layer(())
