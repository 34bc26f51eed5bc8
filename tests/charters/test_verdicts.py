"""Verdict rows for a reader: figures in their unit, sources and layers, one per requirement."""

import numpy as np
import pytest

from charters.examples import facts_of
from charters.facts import Missing
from charters.loading import load_charters
from charters.verdicts import read_verdicts

PARKS, SHOPS = load_charters()


@pytest.fixture(scope="session")
def rows(facts):
    """Function that gives the rows of every site, by requirement."""

    def build(charter, given=None, *, on="2026-11-01", sites=1, tolerance=None):
        days = np.atleast_1d(np.array(on, "datetime64[D]"))
        known = facts(given, tolerance=tolerance)
        found = read_verdicts(charter, known, on=days, sites=sites)
        return [{row.article: row for row in site} for site in found]

    return build


ROOF = {
    "project.use": "industry",
    "project.footprint": 1000,
    "project.roof_area": 1000,
    "project.roof_pv_area": 200,
    "project.roof_green_area": 75,
}


def test_no_site_at_all(rows):
    """No site, no row."""
    assert [] == rows(PARKS, sites=0)


def test_one_row_per_requirement(rows):
    """In the order of the charter."""
    (site,) = rows(PARKS)
    assert [each.id for _, each in PARKS.requirements] == list(site)


def test_a_share_is_reported_from_0_to_1(rows):
    """27.5 % for 40 %: 0.275, 0.4 and −0.125, unit 1."""
    row = rows(PARKS, ROOF)[0]["PI-02a"]
    assert ("industrial_parks", "PI-02a") == (row.charter, row.article)
    assert "non_compliant" == row.outcome
    assert ("legal", "mandatory", ">=") == (row.kind, row.severity, row.op)
    assert "1" == row.unit
    assert [0.275, 0.4, -0.125] == pytest.approx([row.value, row.threshold, row.margin])
    assert 0 == row.tolerance


def test_a_figure_is_reported_in_the_unit_of_the_article(rows):
    """20 jobs on 1 ha: 20 jobs per hectare for 30."""
    given = {"project.use": "industry", "project.staff": 20, "site.contenance_m2": 10_000}
    row = rows(PARKS, given)[0]["PI-15"]
    assert "job/ha" == row.unit
    assert [20, 30, -10] == pytest.approx([row.value, row.threshold, row.margin])
    assert ("project.staff", "site.contenance_m2") == row.measured
    assert ("parcels",) == row.layers


def test_what_is_missing_is_none(rows):
    """Never 0, never NaN."""
    row = rows(PARKS, {**ROOF, "project.roof_area": None})[0]["PI-02a"]
    assert (None, 0.4, None) == (row.value, row.threshold, row.margin)
    row = rows(PARKS, {"project.use": "hotel", "project.footprint": 1000})[0]["PI-02a"]
    assert (None, None, None) == (row.value, row.threshold, row.margin)


def test_a_margin_of_zero_has_no_sign(rows):
    """At least 17.5 %: exactly 17.5 % leaves 0, not −0."""
    given = {"project.parking_area": 2000, "project.parking_canopy_area": 350}
    row = rows(PARKS, given)[0]["PI-03a"]
    assert "0.0" == str(row.margin)


def test_the_sources_of_values_in_force(rows):
    """The article's own, then those of the figures of that day; doubt is said."""
    row = rows(PARKS, ROOF)[0]["PI-02a"]
    assert ("CCH-L171-4", "ARR-2023-12-19", "CCH-L171-4-COST") == row.sources
    assert row.is_to_check
    earlier = rows(PARKS, ROOF, on="2024-06-01")[0]["PI-02a"]
    assert not earlier.is_to_check
    assert 0.3 == pytest.approx(earlier.threshold)


def test_the_source_of_the_row_of_a_table(rows, load, entry):
    """The ceiling of offices comes from the law, that of warehouses from a model."""
    table = "key;from;to;value;unit;source;confidence\n"
    table += "office;2020-01-01;;11;m;LAW;checked\nwarehouse;2020-01-01;;15;m;MODEL;to_check\n"
    ceiling = {"op": "<=", "threshold": {"table": "heights", "key": "project.use"}}
    charter = load(entry(requirement=ceiling, parameters=None), tables={"heights": table})
    given = {"project.use": ["office", "warehouse"], "project.height": 10}
    office, warehouse = (each["XX-01"] for each in rows(charter, given, sites=2))
    assert [("LAW",), ("LAW", "MODEL")] == [office.sources, warehouse.sources]
    assert [False, True] == [office.is_to_check, warehouse.is_to_check]


def test_sites_of_one_length_and_of_another(rows):
    """A figure for all meets one per site, missing where it is."""
    given = {"project.footprint": 600, "site.contenance_m2": [1000, 3000, Missing.NULL_DATUM]}
    found = [site["PI-16b"] for site in rows(PARKS, given, sites=3)]
    assert ["compliant", "compliant", "to_investigate"] == [row.outcome for row in found]
    assert [0.6, 0.2] == pytest.approx([row.value for row in found[:2]])
    assert found[2].value is None


def test_the_same_facts_share_a_row(rows):
    """A sentence is made once for sites that do not differ in what the requirement reads."""
    given = {"project.footprint": 600, "site.contenance_m2": [1000, 1000, 3000]}
    first, second, third = (site["PI-16b"] for site in rows(PARKS, given, sites=3))
    assert first is second
    assert first is not third


def test_a_row_is_not_shared_where_only_the_tolerance_differs(rows):
    """The same distance, measured well and badly."""
    given = {"site.cycle_link_distance_m": [152, 152]}
    first, second = rows(
        PARKS, given, sites=2, tolerance={"site.cycle_link_distance_m": np.array([0.0, 5.0])}
    )
    found = (first["PI-14a"].outcome, second["PI-14a"].outcome)
    assert ("non_compliant", "to_investigate") == found


def test_a_row_is_not_shared_where_only_the_remedy_differs(rows):
    """A unit of 300 m² fits in a shop of 400 m², not in one of 200 m²."""
    given = {
        "project.use": "retail",
        "site.commercial_sector_kind": "periphery",
        "project.smallest_unit_sales_area": 120,
        "project.sales_area": [200, 400],
    }
    small, large = (site["CH-04"] for site in rows(SHOPS, given, sites=2))
    assert ((), 300.0) == (small.changes, large.changes[0].proposed)


def test_changes_are_in_the_unit_of_the_field(rows):
    """20 jobs: 30 are needed on a hectare."""
    given = {"project.use": "industry", "project.staff": 20, "site.contenance_m2": 10_000}
    (change,) = rows(PARKS, given)[0]["PI-15"].changes
    assert ("staff", 20, 30, "job") == (change.field, change.current, change.proposed, change.unit)
    (change,) = rows(PARKS, {**given, "project.staff": None})[0]["PI-15"].changes
    assert (None, 30) == (change.current, change.proposed)


def test_alternatives_name_the_one_reported(rows):
    """PI-09a: the fast bus is 80 m inside its reach."""
    given = {"project.staff": 45, "site.bus_stop_distance_m": 350, "site.bhns_stop_distance_m": 420}
    row = rows(PARKS, given)[0]["PI-09a"]
    assert ("bhns_stop_distance_m", 420, 500, 80) == (
        row.measure,
        row.value,
        row.threshold,
        row.margin,
    )
    assert ("transit_stops", "stations") == row.layers


def test_every_input_says_where_it_comes_from(rows):
    """20 jobs declared on 1 ha of the parcel layer, and a share that the project leaves out."""
    given = {"project.use": "industry", "project.staff": 20, "site.contenance_m2": 10_000}
    (site,) = rows(PARKS, given)
    assert PARKS.edition == site["PI-15"].edition
    found = {each.path: each for each in site["PI-15"].inputs}
    assert (20.0, "job", Missing.KNOWN, ()) == found["project.staff"][1:]
    assert (10_000.0, "m2", Missing.KNOWN, ("parcels",)) == found["site.contenance_m2"][1:]
    assert ("industry", None, Missing.KNOWN, ()) == found["project.use"][1:]
    unknown = {each.path: each for each in site["PI-19a"].inputs}["project.infiltrated_share"]
    assert (None, "1", Missing.NOT_GIVEN, ()) == unknown[1:]


def test_a_share_declared_is_an_input_from_0_to_1():
    """30 % written in the project file is 0.3."""
    known = facts_of({"project.infiltrated_share": 30})
    days = np.array(["2026-11-01"], "datetime64[D]")
    (site,) = read_verdicts(PARKS, known, on=days, sites=1)
    site = {each.article: each for each in site}
    (share,) = [e for e in site["PI-19a"].inputs if e.path == "project.infiltrated_share"]
    assert pytest.approx(0.3) == share.value
