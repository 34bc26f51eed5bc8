import datetime as dt

import pytest
import shapely

from charters.facts import Missing
from zones.measures import evidence, measure_sites

DAY = dt.date(2026, 11, 1)
TOWN, REGION = shapely.box(0, 0, 500, 500), shapely.box(-900, -900, 1500, 1500)
NAMES = [
    "hotel_market_year",
    "hotel_market_rooms",
    "hotel_nights_sold",
    "hotel_opening_rate",
    "hotel_occupancy",
    "hotel_added_rooms",
]


def figures(area, year, rooms, nights, rate):
    """One row of yearly figures."""
    row = {"name": "area", "year": float(year), "rooms": rooms, "nights_sold": nights}
    return {**row, "opening_rate": rate, "geometry": area}


MARKET = (
    figures(REGION, 2025, 1000.0, 200_000.0, 1.0),
    figures(TOWN, 2023, 100.0, 20_000.0, 0.9),
    figures(TOWN, 2024, 110.0, 24_090.0, 1.0),
)
HOTELS = (
    {"id": "a", "name": "a", "rooms": 110.0, "status": "existing"},
    {"id": "b", "name": "b", "rooms": 30.0, "status": "existing"},
)


def planned(rooms, decision="authorised", *, x=50, **days):
    """One hotel of the ledger."""
    row = {"name": f"h{rooms:g}", "kind": "hotel", "decision": decision, "rooms": rooms}
    blank = dict.fromkeys(("filed_on", "decided_on", "opened_on", "lapsed_on", "unit_id"))
    return {**row, **blank, "geometry": shapely.Point(x, 50), **days}


LEDGER = (
    planned(80.0, decided_on="2025-03-01"),
    planned(30.0, decided_on="2023-03-01", opened_on="2025-06-01", unit_id="b"),
    planned(200.0, decided_on="2025-03-01", x=800),
    planned(70.0, "pending", filed_on="2026-03-01"),
    planned(60.0, decided_on="2018-03-01", lapsed_on="2021-03-01"),
)


@pytest.fixture
def layers(layer):
    """Maker of the three layers."""

    def make(market=MARKET, ledger=LEDGER):
        here = {"geometry": shapely.Point(60, 60)}
        return {
            "hotel_market": layer("hotel_market", market),
            "hotels": layer("hotels", [{**each, **here} for each in HOTELS]),
            "openings": layer("openings", ledger),
        }

    return make


@pytest.fixture
def columns(layers, sites, square):
    """Function that gives every measure in the town, across its edge, and in the region."""

    def build(day=DAY, **options):
        frame = sites({"town": square(), "edge": square(496), "region": square(700)})
        found = measure_sites(frame, layers(**options), day=day, only=NAMES)
        return {name: found[f"site.{name}"] for name in NAMES}

    return build


def test_hotel_market_year_is_the_last_of_the_smallest_area(columns):
    """The town for those of its sites; of a site on the edge, less than half is in town."""
    assert ["2024", "2025", "2025"] == columns()["hotel_market_year"].values.tolist()
    before = columns(dt.date(2024, 6, 1))["hotel_market_year"]
    assert ["2023", None, None] == before.values.tolist()
    assert [Missing.KNOWN, Missing.UNDEFINED, Missing.UNDEFINED] == before.missing.tolist()


def test_hotel_market_rooms_are_those_of_the_row(columns):
    """110 in town in 2024, 1 000 in the region."""
    assert [110.0, 1000.0, 1000.0] == columns()["hotel_market_rooms"].values.tolist()


def test_hotel_nights_sold_are_those_of_the_row(columns):
    """As given; empty where the layer is."""
    assert [24_090.0, 200_000.0] == columns()["hotel_nights_sold"].values[:2].tolist()
    empty = columns(market=[figures(REGION, 2024, 10.0, float("nan"), 1.0)])["hotel_nights_sold"]
    assert [Missing.NULL_DATUM] * 3 == empty.missing.tolist()


def test_hotel_opening_rate_is_that_of_the_row(columns):
    """1 in 2024, 0.9 in 2023."""
    assert 1.0 == columns()["hotel_opening_rate"].values[0]
    assert 0.9 == columns(dt.date(2024, 6, 1))["hotel_opening_rate"].values[0]


def test_hotel_occupancy_is_nights_over_rooms_open(columns):
    """By hand: 24 090 / (110 · 365) = 0.6; 20 000 / (100 · 365 · 0.9) in 2023."""
    assert pytest.approx(0.6) == columns()["hotel_occupancy"].values[0]
    before = columns(dt.date(2024, 6, 1))["hotel_occupancy"].values[0]
    assert pytest.approx(20_000 / 32_850) == before
    none = columns(market=[figures(REGION, 2024, 0.0, 0.0, 1.0)])["hotel_occupancy"]
    assert [Missing.UNDEFINED] * 3 == none.missing.tolist()


def test_hotel_added_rooms_come_on_top_of_that_year(columns):
    """In town 80 authorised and 30 opened in 2025; the region's year is 2025, so 80 + 200."""
    assert [110.0, 280.0, 280.0] == columns()["hotel_added_rooms"].values.tolist()
    # in June 2024 the hotel of 30 rooms was authorised, the one of 80 not filed yet
    assert 30.0 == columns(dt.date(2024, 6, 1))["hotel_added_rooms"].values[0]
    unknown = (*LEDGER, planned(float("nan"), decided_on="2025-03-01"))
    found = columns(ledger=unknown)["hotel_added_rooms"]
    assert [Missing.NULL_DATUM] * 3 == found.missing.tolist()


def test_evidence_lists_what_is_added(layers, sites, square):
    """The area, and each hotel with its rooms."""
    shown = evidence("hotel_added_rooms", sites({"a": square()}), layers(), day=DAY)
    assert {"b · 30", "h80 · 80"} <= set(shown["label"])
    assert not {"h200 · 200", "h70 · 70", "h60 · 60", "a · 110"} & set(shown["label"])
