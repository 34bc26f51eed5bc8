"""Only what an applicable article reads is asked."""

import numpy as np
import pytest

from charters.loading import load_charters
from charters.questions import ALWAYS_ASKED, asked_fields
from charters.vocabulary import project_fields


@pytest.fixture(scope="session")
def asked(facts):
    """Function that gives the fields asked at one site, by both charters or those given."""

    def build(given=None, *, on="2026-11-01", charters=None):
        day = np.array([on], "datetime64[D]")
        chosen = load_charters() if charters is None else charters
        return asked_fields(chosen, facts(given), on=day)

    return build


def test_no_charter_asks_for_little(asked):
    """What describes any project, in the order of the form."""
    assert set(ALWAYS_ASKED) == set(asked(charters=[]))
    names = list(project_fields())
    assert sorted(asked(), key=names.index) == list(asked())


def test_an_office_is_not_asked_for_rooms_or_shops(asked):
    """Fields of hotels and shops stay away."""
    found = asked({"project.use": "office"})
    for name in ("rooms", "stars", "sales_area", "smallest_unit_sales_area"):
        assert name not in found
    assert {"footprint", "parking_spaces", "heat_demand"} <= set(found)


def test_a_hotel_is_asked_for_rooms(asked):
    """CH-16 reads them."""
    assert "rooms" in asked({"project.use": "hotel"})
    assert "sales_area" not in asked({"project.use": "hotel"})


def test_the_roof_is_asked_once_the_footprint_counts(asked):
    """PI-02a applies above 500 m²: its figures are asked from there on."""
    roof = {"roof_area"}
    small = {"project.use": "industry", "project.footprint": 400}
    assert not roof & set(asked(small))
    assert "footprint" in asked(small)
    assert roof <= set(asked({**small, "project.footprint": 600}))
    assert roof <= set(asked({"project.use": "industry"}))


def test_a_place_decides_what_is_asked(asked):
    """CH-04 asks shops in the periphery for their smallest unit, not in a centre."""
    shop = {"project.use": "retail"}
    periphery = asked({**shop, "site.commercial_sector_kind": "periphery"})
    assert "smallest_unit_sales_area" in periphery
    centre = asked({**shop, "site.commercial_sector_kind": "centre"})
    assert "smallest_unit_sales_area" not in centre


def test_a_way_out_is_asked(asked):
    """The extra cost that exempts from PI-02."""
    big = {"project.use": "industry", "project.footprint": 600}
    assert "renewable_extra_cost" in asked(big)


@pytest.mark.parametrize(("day", "expected"), [("2019-12-31", False), ("2020-01-01", True)])
def test_only_articles_in_force_ask(asked, load, entry, day, expected):
    """An article of tomorrow asks nothing today; nor does one of yesterday."""
    charter = load(entry(in_force={"from": "2020-01-01", "to": "2021-01-01"}))
    assert expected == ("height" in asked(on=day, charters=[charter]))
    assert "height" not in asked(on="2021-01-01", charters=[charter])


def test_a_way_out_that_is_closed_asks_nothing(facts, load, entry):
    """Its fields are asked while it may still be taken."""
    when = {
        "all": [
            {"field": "site.ort_share", "op": ">=", "value": 50, "unit": "%"},
            {"field": "project.without_sealing", "op": "=", "value": True},
        ]
    }
    way_out = {"when": when, "document": {"fr": "Preuve", "en": "Proof"}, "source": "LAW"}
    charter = load(entry(exceptions=[way_out]))
    on = np.array(["2026-11-01"], "datetime64[D]")
    for share, is_asked in ((0.0, False), (1.0, True), (None, True)):
        asked = asked_fields([charter], facts({"site.ort_share": share}), on=on)
        assert is_asked == ("without_sealing" in asked)


def test_what_is_given_ends_the_question(asked):
    """How long the shop was closed counts for a reopening; once it is a creation, nobody asks."""
    shop = {"project.use": "retail", "project.sales_area": 1600, "project.pickup_area": 0}
    assert {"closed_for", "sales_area_after", "operation"} <= set(asked(shop))
    created = asked({**shop, "project.operation": "creation"})
    assert "operation" in created
    assert not {"closed_for", "sales_area_after", "pickup_in_old_shop"} & set(created)
