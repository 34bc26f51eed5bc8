import datetime as dt

import numpy as np
import pytest
import shapely

from zones.measures import ground_of
from zones.measures.ledger import AUTHORISED, EXISTING, PENDING, stock_of, survey_day

NAMES = {PENDING: "pending", AUTHORISED: "authorised", EXISTING: "existing"}


def unit(name, status="existing", area=100.0, **others):
    """One unit of the inventory."""
    row = {"id": name, "name": name, "status": status, "sales_area_m2": area, "vacant": False}
    return {**row, "family": "food", "geometry": shapely.Point(0, 0), **others}


def project(name, decision="pending", area=50.0, **others):
    """One shop of the ledger."""
    row = {"id": name, "name": name, "kind": "shop", "decision": decision, "sales_area_m2": area}
    days = dict.fromkeys(("filed_on", "decided_on", "expected_on", "opened_on", "lapsed_on"))
    return {**row, **days, "unit_id": None, "geometry": shapely.Point(5, 0), **others}


@pytest.fixture
def stock(layer, sites):
    """Function that gives the state of every unit and project on a day, by id."""

    def build(units, projects, day="2026-11-01", kind="shop"):
        inventory = {"shop": "shops", "hotel": "hotels"}[kind]
        blank = {"kind": "none", "decision": "pending", "geometry": shapely.Point(9, 9)}
        layers = {
            inventory: layer(inventory, units),
            "openings": layer("openings", projects or [blank]),
        }
        ground = ground_of(sites({}), layers)
        object.__setattr__(ground, "day", dt.date.fromisoformat(day))
        found = stock_of(ground, kind)
        return {
            each: (NAMES[int(state)], size)
            for each, state, size in zip(found.ids, found.state, found.size, strict=True)
        }

    return build


def test_without_projects_the_inventory_stands(stock):
    """Each unit with its own status."""
    units = [unit("a"), unit("b", "authorised"), unit("c", "pending")]
    expected = {"a": ("existing", 100), "b": ("authorised", 100), "c": ("pending", 100)}
    assert expected == stock(units, [])


def test_a_unit_with_several_projects_has_the_state_nearest_to_standing(stock):
    """Before it opened in 2021 the unit was not there, whatever else was planned in it."""
    rows = [
        project("p", "authorised", unit_id="a", decided_on="2020-03-01", opened_on="2021-01-01"),
        project("q", unit_id="a", filed_on="2019-05-01"),
        project("r", "refused", unit_id="a", filed_on="2019-05-01", decided_on="2019-06-01"),
    ]
    expected = {"2019-06-02": "pending", "2020-06-01": "authorised", "2022-01-01": "existing"}
    for day, state in expected.items():
        assert {"a": (state, 100.0)} == stock([unit("a")], rows, day)


@pytest.mark.parametrize(
    ("day", "state"),
    [
        ("2024-12-31", None),
        ("2025-01-01", "pending"),
        ("2025-02-28", "pending"),
        ("2025-03-01", "authorised"),
        ("2026-05-31", "authorised"),
        ("2026-06-01", "existing"),
    ],
)
def test_a_project_lives_from_its_filing_to_its_opening(stock, day, state):
    """Opened after the inventory was taken (1 January 2026), it is counted on its own."""
    days = {"filed_on": "2025-01-01", "decided_on": "2025-03-01", "opened_on": "2026-06-01"}
    found = stock([unit("a")], [project("p", "authorised", **days)], day)
    assert state == found.get("p", (None,))[0]
    assert ("existing", 100.0) == found["a"]


def test_a_project_that_opened_before_the_inventory_is_in_it(stock):
    """Without a unit named, it would be counted twice."""
    days = {"filed_on": "2020-01-01", "decided_on": "2020-03-01", "opened_on": "2021-06-01"}
    assert {"a"} == set(stock([unit("a")], [project("p", "authorised", **days)]))


@pytest.mark.parametrize(
    ("decision", "others"),
    [
        ("refused", {"decided_on": "2025-03-01"}),
        ("withdrawn", {"decided_on": "2025-03-01"}),
        ("refused", {}),
        ("authorised", {"decided_on": "2020-03-01", "lapsed_on": "2023-03-01"}),
    ],
)
def test_refused_withdrawn_and_lapsed_projects_count_for_nothing(stock, decision, others):
    """On the day, and before it they had their own state."""
    row = project("p", decision, filed_on="2019-01-01", **others)
    assert {"a"} == set(stock([unit("a")], [row]))


def test_before_it_lapsed_a_project_counted(stock):
    """Authorised in 2020, lapsed in 2023."""
    days = {"filed_on": "2019-01-01", "decided_on": "2020-03-01", "lapsed_on": "2023-03-01"}
    found = stock([unit("a")], [project("p", "authorised", **days)], "2022-01-01")
    assert ("authorised", 50.0) == found["p"]


def test_a_project_that_names_a_unit_is_that_unit(stock):
    """Counted once, with the size of the inventory, in the state of the ledger."""
    units = [unit("a", "authorised"), unit("b", "pending")]
    rows = [
        project("p", "authorised", unit_id="a", filed_on="2025-01-01", decided_on="2025-03-01"),
        project("q", unit_id="b", filed_on="2026-01-01"),
    ]
    assert {"a": ("authorised", 100), "b": ("pending", 100)} == stock(units, rows)
    assert {"a": ("pending", 100)} == stock(units, rows, "2025-02-01")
    assert {} == stock(units, rows, "2024-02-01")


@pytest.mark.parametrize(
    ("day", "state"),
    [("2019-06-01", "pending"), ("2020-06-01", "authorised"), ("2021-06-01", "existing")],
)
def test_a_unit_that_opened_later_did_not_exist_on_the_day(stock, day, state):
    """The inventory of today says existing; the ledger, since 2021."""
    days = {"filed_on": "2019-01-01", "decided_on": "2020-03-01", "opened_on": "2021-01-01"}
    found = stock([unit("a")], [project("p", "authorised", unit_id="a", **days)], day)
    assert {"a": (state, 100.0)} == found


def test_works_in_a_unit_that_stands_add_nothing(stock):
    """An authorised extension without an opening date leaves the unit existing."""
    days = {"filed_on": "2025-01-01", "decided_on": "2025-03-01"}
    for decision in ("authorised", "refused", "pending"):
        row = project("p", decision, unit_id="a", **days)
        assert {"a": ("existing", 100.0)} == stock([unit("a")], [row])


def test_a_size_that_nobody_gave_stays_unknown(stock):
    """Never 0."""
    found = stock([unit("a", area=None)], [project("p", area=None, filed_on="2026-01-01")])
    assert np.isnan([found["a"][1], found["p"][1]]).all()


def test_hotels_and_shops_do_not_mix(stock):
    """The rooms of a hotel are its size."""
    hotel = {"id": "h", "name": "h", "status": "existing", "rooms": 40.0, "stars": 3.0}
    rows = [
        project("s", filed_on="2026-01-01"),
        project("t", kind="hotel", rooms=70.0, filed_on="2026-01-01"),
    ]
    units = [{**hotel, "geometry": shapely.Point(0, 0)}]
    assert {"h": ("existing", 40), "t": ("pending", 70)} == stock(units, rows, kind="hotel")


def test_the_survey_day_is_the_latest_of_the_features(layer):
    """Else that of the edition."""
    dated = [unit("a", source_date="2026-06-30"), unit("b", source_date="2025-01-01")]
    assert "2026-06-30" == survey_day(layer("shops", dated))
    assert "2026-01-01" == survey_day(layer("shops", [unit("a")]))
