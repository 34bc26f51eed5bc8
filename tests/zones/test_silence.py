import dataclasses
import datetime as dt

import pytest
import shapely

from charters.loading import load_charters
from geodata.store import DEMO_STORE, read_layers
from zones.assessment import assess
from zones.projects import example_projects
from zones.silence import SilentLayer, silent_layers
from zones.sites import each_parcel

DAY = dt.date(2026, 11, 1)


@pytest.fixture(scope="module")
def layers():
    """The demonstration."""
    return read_layers(DEMO_STORE)


def judged(layers, ids):
    """Assessment of one site per parcel."""
    sites = each_parcel(layers["parcels"].features.loc[ids])
    project = example_projects()["digital_offices"]
    return assess(sites, project, layers, charters=load_charters(), day=DAY)


def without(layers, layer, area):
    """Layers of which one covers another area."""
    moved = dataclasses.replace(layers[layer], coverage=area)
    return {**layers, layer: moved}


def test_no_layer_is_silent_where_all_cover_the_site(layers):
    """In the middle of a ZAC of the demonstration."""
    assert () == silent_layers(judged(layers, ["80021000ZX0012"]))


def test_no_site_no_silence(layers):
    """Nothing was asked of any layer."""
    assert () == silent_layers(judged(layers, []))


def test_a_layer_elsewhere_is_silent_and_says_which_articles_ask_it(layers):
    """The flood zones of another place; PI-18 reads them."""
    elsewhere = without(layers, "flood_zones", shapely.box(0, 0, 1, 1))
    (silent,) = silent_layers(judged(elsewhere, ["80021000ZX0012", "80021000ZX0013"]))
    assert "flood_zones" == silent.layer
    assert any(article.startswith("PI-18") for article in silent.articles)
    assert 2 == silent.sites


def test_one_site_covered_is_enough(layers):
    """Dury has no flood zones, Amiens has: the layer speaks of one of the two."""
    pair = ["80021000ZX0012", "80261000ZY0003"]
    assert "flood_zones" not in {each.layer for each in silent_layers(judged(layers, pair))}
    alone = silent_layers(judged(layers, pair[1:]))
    assert "flood_zones" in {each.layer for each in alone}


def test_a_layer_that_is_not_loaded_is_not_silent(layers):
    """Its articles say that it is missing."""
    fewer = {name: layer for name, layer in layers.items() if name != "flood_zones"}
    assert () == silent_layers(judged(fewer, ["80021000ZX0012"]))


def test_the_sentence_names_the_layer_in_both_languages():
    """Title, edition, number of sites with its separator; one site is not counted."""
    many = SilentLayer("plu_zones", "2017-10-13", ("CH-08",), 4241)
    assert (
        "La couche «\u00a0Zonage du PLU\u00a0» (2017-10-13) ne couvre aucun des 4\u202f241 sites."
        == many.say("fr")
    )
    assert "The layer “Local plan zoning” (2017-10-13) covers none of the 4,241 sites." == many.say(
        "en"
    )
    one = dataclasses.replace(many, sites=1)
    assert one.say("fr").endswith("ne couvre pas le site jugé.")
    assert one.say("en").endswith("does not cover the site judged.")
