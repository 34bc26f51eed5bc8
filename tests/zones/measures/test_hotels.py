import datetime as dt

import numpy as np
import pytest
import shapely

from charters.facts import Missing, known
from zones.measures import evidence, measure_sites

DAY = dt.date(2026, 11, 1)


def project(stars=3.0, rooms=60.0):
    """Hotel that is planned."""
    return {"project.stars": known(stars), "project.rooms": known(rooms)}


def hotel(name, x, stars, rooms, status="existing"):
    """One hotel of the inventory, at (x, 5)."""
    row = {"name": name, "stars": stars, "rooms": rooms, "status": status}
    return {**row, "geometry": shapely.Point(x, 5)}


def planned(name, x, stars, rooms, decision="authorised", **days):
    """One hotel of the ledger, at (x, 5)."""
    row = {"name": name, "kind": "hotel", "decision": decision, "stars": stars, "rooms": rooms}
    blank = dict.fromkeys(("filed_on", "decided_on", "opened_on", "lapsed_on", "unit_id"))
    return {**row, **blank, "geometry": shapely.Point(x, 5), **days}


INVENTORY = (
    hotel("one", 50, 1.0, 20.0),
    hotel("three", 310, 3.0, 100.0),
    hotel("five", 30, 5.0, 40.0),
    hotel("soon", 450, 4.0, 80.0, "pending"),
)
LEDGER = (
    planned("four", 400, 4.0, 50.0, decided_on="2025-01-01"),
    planned("lost", 20, 3.0, 500.0, "refused", decided_on="2025-01-01"),
)


@pytest.fixture
def column(layer, sites, square):
    """Function that gives one measure of a site at 0 and of one at 700 m."""

    def build(name, hotels=INVENTORY, openings=LEDGER, *, given=None, day=DAY, **options):
        layers = {
            "hotels": layer("hotels", hotels, **options),
            "openings": layer("openings", openings),
        }
        frame = sites({"a": square(), "b": square(700)})
        given = project() if given is None else given
        return measure_sites(frame, layers, project=given, day=day, only=[name])[f"site.{name}"]

    return build


@pytest.mark.parametrize(
    ("stars", "expected"),
    [
        (3.0, [300.0, 300.0]),  # three at 310 from the edge 10; four at 400 from the edge 700
        (5.0, [20.0, 300.0]),  # five at 30; four at 400
        (1.0, [40.0, 650.0]),  # only the one-star hotel is within a star
    ],
)
def test_same_class_hotel_distance_m_is_the_nearest_within_a_star(column, stars, expected):
    """By hand; refused and pending hotels do not count, an authorised one does."""
    found = column("same_class_hotel_distance_m", given=project(stars))
    assert expected == found.values.tolist()
    assert [5.0, 5.0] == found.tolerance.tolist()


def test_a_hotel_without_stars_that_is_nearer_leaves_it_open(column):
    """It may be of the class; farther away it changes nothing."""
    doubt = (*INVENTORY, hotel("unknown", 200, None, 10.0))
    found = column("same_class_hotel_distance_m", doubt)
    assert [Missing.NULL_DATUM, Missing.KNOWN] == found.missing.tolist()


def test_a_nearer_hotel_may_lie_beyond_the_coverage(column):
    """The edge is 150 m away, the nearest one known 300 m."""
    found = column("same_class_hotel_distance_m", coverage=shapely.box(-150, -150, 860, 500))
    assert [Missing.COVERAGE_EDGE, Missing.COVERAGE_EDGE] == found.missing.tolist()


def test_near_hotel_rooms_adds_up_what_is_within_500_m(column):
    """20 + 100 + 40 + 50 near the first site, 100 + 50 near the other, by hand."""
    assert [210.0, 150.0] == column("near_hotel_rooms").values.tolist()
    earlier = column("near_hotel_rooms", day=dt.date(2024, 12, 31))
    assert [160.0, 100.0] == earlier.values.tolist()
    unknown = column("near_hotel_rooms", (*INVENTORY, hotel("?", -400, 2.0, None)))
    assert [Missing.NULL_DATUM, Missing.KNOWN] == unknown.missing.tolist()
    edge = column("near_hotel_rooms", coverage=shapely.box(-499, -900, 1600, 900))
    assert [Missing.COVERAGE_EDGE, Missing.KNOWN] == edge.missing.tolist()


def test_largest_hotel_class_share_counts_the_project(column):
    """3 stars: 100 + 60 of 20 + 100 + 40 + 50 + 60 = 270 rooms."""
    assert [160 / 270] * 2 == column("largest_hotel_class_share").values.tolist()
    bigger = column("largest_hotel_class_share", given=project(1.0, 200.0))
    assert [220 / 410] * 2 == bigger.values.tolist()
    unknown = column("largest_hotel_class_share", (*INVENTORY, hotel("?", 0, 2.0, None)))
    assert [Missing.NULL_DATUM] * 2 == unknown.missing.tolist()


def test_largest_hotel_class_is_named(column):
    """By its stars; hotels without are a class of their own."""
    assert ["3 ★", "3 ★"] == column("largest_hotel_class").values.tolist()
    many = (*INVENTORY, hotel("inn", 600, None, 900.0))
    assert ["0 ★", "0 ★"] == column("largest_hotel_class", many).values.tolist()


def test_own_hotel_class_share_is_that_of_the_project(column):
    """4 stars: 50 + 60 of 270; 2 stars: 60 of 270."""
    assert [110 / 270] * 2 == column("own_hotel_class_share", given=project(4.0)).values.tolist()
    assert [60 / 270] * 2 == column("own_hotel_class_share", given=project(2.0)).values.tolist()


def test_a_project_without_stars_says_so(column):
    """The class is not taken for nought."""
    rooms = {"project.rooms": known(60.0)}
    for name in ("same_class_hotel_distance_m", "own_hotel_class_share"):
        assert [Missing.NOT_GIVEN] * 2 == column(name, given=rooms).missing.tolist()


def test_evidence_is_circles_and_a_list_by_distance(layer, sites, square):
    """300 m and 500 m, hotels with stars and rooms, the line to the nearest of the class."""
    layers = {"hotels": layer("hotels", INVENTORY), "openings": layer("openings", LEDGER)}
    site = sites({"a": square()})
    given = {"threshold": 300.0, "project": project(), "day": DAY}
    shown = evidence("same_class_hotel_distance_m", site, layers, **given)
    targets = shown.loc[shown["role"] == "target", "label"].tolist()
    assert ["five · 5 ★ · 40", "one · 1 ★ · 20", "three · 3 ★ · 100", "four · 4 ★ · 50"] == targets
    assert [300.0] == shown.loc[shown["role"] == "link"].length.tolist()
    reach = shown.loc[shown["role"] == "reach"].geometry.bounds["maxx"]
    np.testing.assert_allclose(sorted(reach), [310.0, 510.0])
