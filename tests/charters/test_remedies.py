"""The least change of one figure: enough, and no more than enough."""

import numpy as np
import pytest

from charters.loading import load_charters
from charters.remedies import proposals

DAY = np.array(["2026-11-01"], "datetime64[D]")
UNITS = {"m": "project.height", "job": "project.staff", "space": "project.bike_spaces"}


def parameter(name, value, unit):
    """One dated figure."""
    return {
        name: {"unit": unit, "values": [{"from": "2020-01-01", "value": value, "source": "LAW"}]}
    }


@pytest.fixture(scope="session")
def propose(facts):
    """Function that gives, for one packaged requirement, the figures by lever, and checks them."""

    def build(charter, name, given, *, tolerance=None):
        article, requirement = next(pair for pair in charter.requirements if pair[1].id == name)
        known = facts(given, tolerance=tolerance)
        found = proposals(article, requirement, known, charter=charter, on=DAY)
        return {each.field: list(each.proposed) for each in found}

    return build


@pytest.fixture(scope="session")
def packaged():
    """Requirement id → its charter."""
    return {each.id: charter for charter in load_charters() for _, each in charter.requirements}


@pytest.fixture
def check_least(outcomes):
    """Function that checks that a figure is enough, and that a grain less is not."""

    def check(charter, name, given, field, *, figure, start, grain, tolerance=None):
        ids = [each.id for _, each in charter.requirements]
        less = figure - grain if figure > start else figure + grain
        for value, expected in ((figure, True), (less, False)):
            (outcome,) = outcomes(charter, {**given, field: value}, tolerance=tolerance)[
                ids.index(name)
            ]
            assert expected == (outcome == "compliant")

    return check


ROOF = {"project.use": "industry", "project.footprint": 1000, "project.roof_area": 1000}
SHOP = {
    "project.use": "retail",
    "project.operation": "creation",
    "project.sales_area": 1500,
    "project.floor_area": 2000,
    "project.parking_area": 2000,
    "project.parking_deducted_area": 100,
    "project.parking_permeable_area": 400,
}
SECTOR = {
    "project.use": "retail",
    "site.commercial_sector_kind": "periphery",
    "site.commercial_sector": "sector-south",
    "site.sector_sales_area_m2": 21_500,
    "site.sector_reference_area_m2": 20_000,
    "project.sales_area": 800,
    "project.floor_area": 1000,
}
FAR = {"site.fast_transit_distance_m": 800}
OFFICE = {"project.use": "office", "project.floor_area": 1150, "project.parking_spaces": 50}


@pytest.mark.parametrize(
    ("name", "given", "expected", "grain"),
    [
        # 40 % of 1 000 m² is 400 m²: 200 + 75 lacks 125
        (
            "PI-02a",
            {**ROOF, "project.roof_pv_area": 200, "project.roof_green_area": 75},
            {"roof_pv_area": 325, "roof_green_area": 200},
            0.01,
        ),
        # half of 2 001 m² is 1 000.5 m²
        (
            "PI-03b",
            {
                "project.parking_area": 2001,
                "project.parking_canopy_area": 800,
                "project.parking_shaded_area": 800,
            },
            {"parking_canopy_area": 1000.5, "parking_shaded_area": 1000.5},
            0.01,
        ),
        # 15 % of 41 is 6.15: 7 spaces
        (
            "PI-11a",
            {
                "project.use": "office",
                "project.parking_spaces": 20,
                "project.staff_present": 41,
                "project.bike_spaces": 3,
            },
            {"bike_spaces": 7},
            1,
        ),
        # 30 jobs per ha on 1.05 ha are 31.5: 32 jobs
        (
            "PI-15",
            {"project.use": "industry", "project.staff": 20, "site.contenance_m2": 10_500},
            {"staff": 32},
            1,
        ),
        # 3.3 spaces per 100 m² of 1 150 m² are 37.95: 37 spaces, never 38
        ("PI-10a", {**OFFICE, **FAR}, {"parking_spaces": 37}, 1),
        # 70 % of it is 26.565: 26
        ("PI-10b", {**OFFICE, "site.fast_transit_distance_m": 100}, {"parking_spaces": 26}, 1),
        # 60 % of 3 333 m² is 1 999.8 m²
        (
            "PI-16b",
            {"project.footprint": 2500, "site.contenance_m2": 3333},
            {"footprint": 1999.8},
            0.01,
        ),
        # 30 % of 3 333.33 m² is 999.999 m²: rounded up to a centième
        (
            "PI-16a",
            {"project.footprint": 500, "site.contenance_m2": 3333.33},
            {"footprint": 1000.0},
            0.01,
        ),
        # counted 2 000 − 100 − 0.5 P ≤ 1 500 → P ≥ 800; or A ≤ 1 500 + 100 + 200
        ("CH-10", SHOP, {"parking_permeable_area": 800, "parking_area": 1800}, 0.01),
        # 22 000 − 21 500
        ("CH-02", SECTOR, {"sales_area": 500}, 0.01),
    ],
)
def test_linear_levers_by_hand(propose, packaged, check_least, name, given, expected, grain):
    """The figure computed by hand is proposed; with a grain less the article is still not met."""
    found = propose(packaged[name], name, given)
    assert list(expected) == list(found)
    for field, figure in expected.items():
        assert [figure] == pytest.approx(found[field], abs=1e-9)
        path = f"project.{field}"
        check_least(
            packaged[name],
            name,
            given,
            path,
            figure=found[field][0],
            start=given[path],
            grain=grain,
        )


def test_a_yes_or_no_lever(propose, packaged):
    """What is missing is a yes."""
    given = {
        "project.heat_demand": 80,
        "site.heat_perimeter_share": 1,
        "project.heat_network_connection": 0,
    }
    expected = {"heat_network_connection": [1]}
    assert expected == propose(packaged["PI-05a"], "PI-05a", given)


def test_a_lever_within_another_figure(propose, packaged):
    """Canopies cannot be larger than the car park, nor the panels than the roof."""
    given = {**ROOF, "project.roof_area": 300, "project.footprint": 1000}
    given |= {"project.roof_pv_area": 0, "project.roof_green_area": 0}
    assert [120.0] == propose(packaged["PI-02a"], "PI-02a", given)["roof_pv_area"]
    small = {"project.use": "retail", "site.commercial_sector_kind": "periphery"}
    small |= {"project.smallest_unit_sales_area": 120, "project.sales_area": [200, 300, None]}
    (found,) = propose(packaged["CH-04"], "CH-04", small).values()
    assert np.isnan(found[0])
    assert [300, 300] == found[1:]


def test_a_missing_current_figure(propose, packaged):
    """Where the figure itself is not given, the one that would do is proposed all the same."""
    given = {"project.use": "office", "project.parking_spaces": 20, "project.staff_present": 41}
    assert [7] == propose(packaged["PI-11a"], "PI-11a", given)["bike_spaces"]
    office = {**OFFICE, **FAR, "project.parking_spaces": None}
    assert [37] == propose(packaged["PI-10a"], "PI-10a", office)["parking_spaces"]


def test_another_figure_is_missing(propose, packaged):
    """Without the staff present no number of bicycle spaces can be proposed."""
    given = {"project.use": "office", "project.parking_spaces": 20, "project.bike_spaces": 3}
    assert np.isnan(propose(packaged["PI-11a"], "PI-11a", given)["bike_spaces"]).all()


def test_no_lever_no_proposal(propose, packaged):
    """A location cannot be changed by a figure."""
    given = {"project.staff": 45, "site.bus_stop_distance_m": 900}
    assert {} == propose(packaged["PI-09a"], "PI-09a", given)


def test_every_site_at_once(propose, packaged):
    """Three sites, three areas: 30 %, 60 % and 30 % of 1 000, 2 000 and 0 m²."""
    given = {"project.footprint": 100, "site.contenance_m2": [1000, 2000, 0]}
    (found,) = propose(packaged["PI-16a"], "PI-16a", given).values()
    assert [300, 600] == found[:2]
    assert np.isnan(found[2])


def test_a_measured_threshold_is_passed_by_its_tolerance(load, entry, propose, check_least):
    """10 m² of flood zone ± 2 m² against the height: at least 12, not 10."""
    charter = load(
        entry(
            measure={"name": "h", "value": {"field": "project.roof_area"}, "unit": "m2"},
            requirement={"op": ">=", "threshold": {"field": "site.strict_flood_area_m2"}},
            parameters=None,
            levers=["project.roof_area"],
        )
    )
    given = {"project.roof_area": 5, "site.strict_flood_area_m2": 10}
    tolerance = {"site.strict_flood_area_m2": 2}
    assert {"roof_area": [12]} == propose(charter, "XX-01", given, tolerance=tolerance)
    check_least(
        charter, "XX-01", given, "project.roof_area",
        figure=12, start=5, grain=0.01, tolerance=tolerance,
    )  # fmt: skip


@pytest.fixture
def bikes_by_staff(load, entry):
    """At least 15 % of the staff, rounded up, as bicycle spaces; the staff is the lever."""
    return load(
        entry(
            measure={"name": "b", "value": {"field": "project.bike_spaces"}, "unit": "space"},
            requirement={
                "op": ">=",
                "threshold": {
                    "ceil": {"product": [{"parameter": "r"}, {"field": "project.staff"}]}
                },
            },
            parameters=parameter("r", 0.15, "space/job"),
            levers=["project.staff"],
        )
    )


@pytest.mark.parametrize(("bikes", "staff", "expected"), [(6, 50, 40), (6, 41, 40), (1, 7, 6)])
def test_a_lever_inside_a_rounding(bikes_by_staff, propose, check_least, bikes, staff, expected):
    """Six spaces do for 40 people, since 15 % of 40 is 6; one for 6 people."""
    given = {"project.bike_spaces": bikes, "project.staff": staff}
    assert {"staff": [expected]} == propose(bikes_by_staff, "XX-01", given)
    check_least(
        bikes_by_staff, "XX-01", given, "project.staff", figure=expected, start=staff, grain=1
    )


@pytest.mark.parametrize(
    ("op", "start", "expected"), [("<=", 1000, 2000), (">=", 9000, 2000), ("<=", 0, 2000)]
)
def test_a_lever_in_the_denominator(load, entry, propose, check_least, op, start, expected):
    """40 spaces at 2 per 100 m² need 2 000 m² of floor, whichever way one comes."""
    charter = load(
        entry(
            measure={
                "name": "ratio",
                "title": {"fr": "Taux", "en": "Ratio"},
                "value": {
                    "quotient": [
                        {"field": "project.parking_spaces"},
                        {"field": "project.floor_area"},
                    ]
                },
                "unit": "space/100m2",
            },
            requirement={"op": op, "threshold": {"parameter": "r"}},
            parameters=parameter("r", 2, "space/100m2"),
            levers=["project.floor_area"],
        )
    )
    given = {"project.parking_spaces": 40, "project.floor_area": start}
    (found,) = propose(charter, "XX-01", given).values()
    assert [expected] == found
    check_least(
        charter, "XX-01", given, "project.floor_area", figure=expected, start=start, grain=0.01
    )


def test_a_strict_threshold(load, entry, propose, check_least):
    """Less than 11 m is 10.99 m."""
    charter = load(entry(requirement={"op": "<", "threshold": {"parameter": "most"}}))
    given = {"project.height": 15}
    assert {"height": [10.99]} == propose(charter, "XX-01", given)
    check_least(charter, "XX-01", given, "project.height", figure=10.99, start=15, grain=0.01)


def test_what_no_figure_can_mend(load, entry, propose):
    """A height under −1 m does not exist, and a lever that is not read changes nothing."""
    charter = load(
        entry(parameters=parameter("most", -1, "m"), levers=["project.height", "project.rooms"])
    )
    found = propose(charter, "XX-01", {"project.height": 15, "project.rooms": 3})
    assert np.isnan(found["height"]).all()
    assert np.isnan(found["rooms"]).all()


def test_a_change_that_puts_the_article_out_is_no_remedy(propose, packaged):
    """A car park of 1 500 m² escapes PI-03a, but is not proposed as canopies."""
    given = {"project.parking_area": 2000, "project.parking_canopy_area": 0}
    assert {"parking_canopy_area": [350]} == propose(packaged["PI-03a"], "PI-03a", given)
