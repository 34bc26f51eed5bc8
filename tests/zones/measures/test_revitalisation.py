import datetime as dt

import pytest
import shapely

from charters.facts import Missing
from zones.measures import measure_sites

AREAS = (
    {"id": "signed", "signed_on": "2019-12-18", "geometry": shapely.box(0, 0, 5, 10)},
    {"id": "undated", "signed_on": None, "geometry": shapely.box(100, 0, 110, 10)},
    {"id": "both, old", "signed_on": "2010-01-01", "geometry": shapely.box(200, 0, 210, 10)},
    {"id": "both, undated", "signed_on": None, "geometry": shapely.box(200, 0, 203, 10)},
)


@pytest.mark.parametrize(
    ("day", "half"), [("2019-12-17", 0.0), ("2019-12-18", 0.5), ("2026-11-01", 0.5)]
)
def test_ort_share_counts_what_is_signed_on_the_day(sites, layer, square, day, half):
    """Half of the first site; unknown where the date is; certain where signed as a whole."""
    frame = sites(
        {"half": square(), "undated": square(100), "both": square(200), "out": square(50)}
    )
    layers = {"ort_perimeters": layer("ort_perimeters", AREAS)}
    column = measure_sites(frame, layers, day=dt.date.fromisoformat(day), only=["ort_share"])[
        "site.ort_share"
    ]
    assert [Missing.KNOWN, Missing.NULL_DATUM, Missing.KNOWN, Missing.KNOWN] == list(column.missing)
    assert [half, 1.0, 0.0] == column.values[[0, 2, 3]].tolist()


def test_without_a_day_nothing_is_signed_or_not(sites, layer, square):
    """The day is missing, and the share with it."""
    layers = {"ort_perimeters": layer("ort_perimeters", AREAS)}
    column = measure_sites(sites({"a": square()}), layers, only=["ort_share"])["site.ort_share"]
    assert [Missing.NOT_GIVEN] == column.missing.tolist()
