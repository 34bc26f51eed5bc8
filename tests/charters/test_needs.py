"""Which articles read a layer."""

from charters.loading import load_charters
from charters.needs import articles_by_layer, layers_of


def test_articles_by_layer():
    """By hand: four articles read stops, six streets, one flood zones; railways none."""
    needs = articles_by_layer(load_charters())
    assert ("PI-09", "PI-10", "CH-12", "CH-16") == needs["transit_stops"]
    assert ("PI-09", "CH-12", "CH-13", "CH-14", "CH-15", "CH-16") == needs["streets"]
    assert ("PI-18",) == needs["flood_zones"]
    assert "railways" not in needs
    assert {} == articles_by_layer([])


def test_layers_of_facts():
    """Each layer once; a figure of the project has none."""
    paths = ["project.use", "site.bus_stop_distance_m", "site.bhns_stop_distance_m", "site.zone"]
    assert ("transit_stops", "zones") == layers_of(paths)
    assert () == layers_of([])
