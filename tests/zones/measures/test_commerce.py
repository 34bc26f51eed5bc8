import dataclasses
import datetime as dt

import numpy as np
import pytest
import shapely

from charters.facts import Missing
from zones.measures import evidence, ground_of, measure_ground, measure_sites

CENTRE, OTHER_CENTRE = shapely.box(0, 0, 100, 100), shapely.box(400, 0, 500, 100)
PERIPHERY = shapely.box(200, 0, 300, 100)


@pytest.fixture
def frame(sites, square):
    """A site in the centre, one in the periphery, one in no sector."""
    return sites({"centre": square(), "periphery": square(210), "none": square(600)})


def shop(x, sales, status="existing", *, vacant=False):
    """One shop."""
    place = shapely.Point(x, 50)
    return {
        "name": f"shop {x}",
        "sales_area_m2": sales,
        "status": status,
        "vacant": vacant,
        "geometry": place,
    }


@pytest.fixture
def sector_layer(layer):
    """Two centres and a periphery without reference area."""
    rows = [
        {"id": "c", "kind": "centre", "reference_sales_area_m2": 5000.0, "geometry": CENTRE},
        {"id": "d", "kind": "centre", "reference_sales_area_m2": 900.0, "geometry": OTHER_CENTRE},
        {"id": "p", "kind": "periphery", "reference_sales_area_m2": None, "geometry": PERIPHERY},
    ]
    return layer("commercial_sectors", rows)


def planned(x, sales, decision, **days):
    """One project of the ledger."""
    row = {"name": f"project {x}", "kind": "shop", "decision": decision, "sales_area_m2": sales}
    blank = dict.fromkeys(("filed_on", "decided_on", "opened_on", "lapsed_on", "unit_id"))
    return {**row, **blank, "geometry": shapely.Point(x, 60), **days}


@pytest.fixture
def layers(layer, sector_layer):
    """Maker of the three layers; without projects, one that was refused."""

    def make(shops, projects=(), **options):
        refused = planned(1, 1.0, "refused", filed_on="2020-01-01")
        return {
            "commercial_sectors": sector_layer,
            "shops": layer("shops", shops, **options),
            "openings": layer("openings", list(projects) or [refused]),
        }

    return make


def column_of(frame, layers, name, day=dt.date(2026, 11, 1)):
    """One measure."""
    return measure_sites(frame, layers, only=[name], day=day)[f"site.{name}"]


def test_sector_sales_area_m2_sums_existing_and_authorised_shops(frame, layers):
    """100 + 40 (vacant) + 60 (authorised) in the centre; pending and foreign shops do not count."""
    shops = [
        shop(10, 100.0),
        shop(20, 40.0, vacant=True),
        shop(30, 60.0, "authorised"),
        shop(40, 999.0, "pending"),
        shop(250, 7.0),
        shop(700, 5.0),
    ]
    column = column_of(frame, layers(shops), "sector_sales_area_m2")
    assert column.values[:2].tolist() == [200.0, 7.0]
    assert column.missing.tolist() == [Missing.KNOWN, Missing.KNOWN, Missing.UNDEFINED]


LEDGER = (
    planned(15, 300.0, "authorised", filed_on="2024-01-01", decided_on="2024-03-01"),
    planned(25, 5000.0, "refused", filed_on="2024-01-01", decided_on="2024-03-01"),
    planned(35, 80.0, "pending", filed_on="2026-09-01"),
    planned(36, 20.0, "pending", filed_on="2026-10-01"),
    planned(260, 1000.0, "authorised", decided_on="2013-03-01", lapsed_on="2016-03-01"),
    planned(
        30, 60.0, "authorised", decided_on="2025-03-01", filed_on="2025-01-01", unit_id="shops-1"
    ),
)


LISTED = (shop(10, 100.0), shop(30, 60.0, "authorised"), shop(250, 7.0))


@pytest.fixture
def totals(frame, layers):
    """Function that gives a measure in the centre and in the periphery, known on every day."""

    def build(name, day):
        column = column_of(frame, layers(LISTED, LEDGER), name, dt.date.fromisoformat(day))
        assert column.missing.tolist() == [Missing.KNOWN, Missing.KNOWN, Missing.UNDEFINED]
        return column.values[:2].tolist()

    return build


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2026-11-01", [460.0, 7.0]),  # 100 + 60 + 300 | 7
        ("2025-02-01", [400.0, 7.0]),  # the second is not authorised yet
        ("2015-01-01", [100.0, 1007.0]),  # what lapsed in 2016 counted
    ],
)
def test_sector_sales_area_m2_by_day(totals, day, expected):
    """Each project once, in the state it had on the day; by hand."""
    assert totals("sector_sales_area_m2", day) == expected


def test_sector_authorised_area_m2_counts_a_unit_of_the_inventory_once(totals):
    """60, which both name, and 300; in 2015 the outlets that lapsed later."""
    assert totals("sector_authorised_area_m2", "2026-11-01") == [360.0, 0.0]
    assert totals("sector_authorised_area_m2", "2015-01-01") == [0.0, 1000.0]


def test_sector_pending_area_m2_is_what_waited_on_the_day(totals):
    """80 and 20 now; then what was authorised, or refused, later."""
    assert totals("sector_pending_area_m2", "2026-11-01") == [100.0, 0.0]
    assert totals("sector_pending_area_m2", "2025-02-01") == [60.0, 0.0]
    assert totals("sector_pending_area_m2", "2024-02-01") == [5300.0, 0.0]


def test_sector_pending_count_is_the_length_of_the_queue(totals):
    """One more on 1 October."""
    assert totals("sector_pending_count", "2026-11-01") == [2.0, 0.0]
    assert totals("sector_pending_count", "2026-09-15") == [1.0, 0.0]


def test_a_sum_without_a_day_is_not_known(frame, layers):
    """The ledger has no state without a day."""
    column = column_of(frame, layers([shop(10, 100.0)]), "sector_sales_area_m2", None)
    assert column.missing.tolist() == [Missing.NOT_GIVEN] * 3


def test_sums_of_the_same_ground_follow_the_day(frame, layers):
    """What is kept for one day is not given for another."""
    ground = ground_of(frame, layers([shop(10, 100.0), shop(30, 60.0, "authorised")], LEDGER))
    found = [
        measure_ground(ground, day=day, only=["sector_sales_area_m2"])
        for day in (dt.date(2026, 11, 1), dt.date(2025, 2, 1), dt.date(2026, 11, 1))
    ]
    assert [460.0, 400.0, 460.0] == [each["site.sector_sales_area_m2"].values[0] for each in found]


def test_shop_without_sales_area_makes_the_sum_unknown(frame, layers):
    """A null is never counted as 0; a pending shop's null is not needed."""
    shops = [shop(10, 100.0), shop(20, None), shop(250, 7.0), shop(260, None, "pending")]
    column = column_of(frame, layers(shops), "sector_sales_area_m2")
    assert column.missing.tolist() == [Missing.NULL_DATUM, Missing.KNOWN, Missing.UNDEFINED]
    assert np.isnan(column.values[0])


def test_sector_without_shops_has_no_sales_area(frame, layers):
    """Covered and empty: 0 m², a fact."""
    column = column_of(frame, layers([shop(700, 5.0)]), "sector_sales_area_m2")
    assert column.values[:2].tolist() == [0.0, 0.0]


@pytest.mark.parametrize("partial", ["shops", "openings"])
def test_sector_beyond_the_coverage_cannot_be_summed(frame, layers, partial):
    """The site is covered, half of its sector is not, by the shops or by the ledger."""
    made = layers([shop(10, 100.0)])
    half = dataclasses.replace(made[partial], coverage=shapely.box(-10, -10, 50, 200))
    column = column_of(frame, {**made, partial: half}, "sector_sales_area_m2")
    assert column.missing.tolist() == [
        Missing.COVERAGE_EDGE,
        Missing.OUTSIDE_COVERAGE,
        Missing.OUTSIDE_COVERAGE,
    ]


def test_evidence_names_the_queue_and_its_areas(frame, layers):
    """The sector, and each project that waits, with its sales area."""
    made = layers([shop(10, 100.0)], LEDGER)
    shown = evidence("sector_pending_count", frame.iloc[[0]], made, day=dt.date(2026, 11, 1))
    said = [each.replace("\u202f", " ") for each in shown["label"]]
    assert ["? project 35 · 80 m²", "? project 36 · 20 m²"] == said[-2:]


def test_sector_reference_area_m2_is_the_sector_s(frame, sector_layer):
    """Given, empty, and no sector."""
    column = column_of(frame, {"commercial_sectors": sector_layer}, "sector_reference_area_m2")
    assert column.values[0] == 5000.0
    assert column.missing.tolist() == [Missing.KNOWN, Missing.NULL_DATUM, Missing.UNDEFINED]


def test_sector_layer_without_reference_column(frame, layer):
    """An optional column that is absent is an empty datum."""
    rows = [{"id": "c", "kind": "centre", "geometry": CENTRE}]
    layers = {"commercial_sectors": layer("commercial_sectors", rows)}
    column = column_of(frame, layers, "sector_reference_area_m2")
    assert column.missing.tolist() == [Missing.NULL_DATUM, Missing.UNDEFINED, Missing.UNDEFINED]
