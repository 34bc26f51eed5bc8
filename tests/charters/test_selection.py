"""A charter or an article by the name that somebody typed."""

import pytest

from charters.loading import load_charters
from charters.selection import article_named, charter_named
from geodata.errors import SelectionError


def test_a_charter_by_its_name():
    """The one that is named, and no other."""
    parks, shops = load_charters()
    assert shops is charter_named((parks, shops), "commercial_hotel", option="--charter")
    with pytest.raises(SelectionError) as refused:
        charter_named((parks, shops), "comercial_hotel", option="--charter")
    assert "--charter: No charter “comercial_hotel”." in refused.value.say("en")
    assert "commercial_hotel" in refused.value.say("en").split("”", 1)[1]


@pytest.mark.parametrize("name", ["PI-05", "pi-05", "PI-05b", "pi-05B"])
def test_an_article_by_its_name_or_that_of_a_requirement(name):
    """Small letters are as good."""
    charters = load_charters()
    charter, article = article_named(charters, name)
    assert (charters[0].id, "PI-05") == (charter.id, article.id)


@pytest.mark.parametrize("name", ["PI-5", "PI-05z", "", "PI-13A"])
def test_an_article_that_is_none(name):
    """A letter that no requirement has is no article either."""
    with pytest.raises(SelectionError, match="Aucun article"):
        article_named(load_charters(), name)
