import datetime as dt

import pytest
import shapely

from charters.facts import Missing
from zones.measures import evidence, measure_sites
from zones.measures.sealing import REFERENCE_DAY


def cover(x, end, *, is_sealed=True, on="2021-08-15"):
    """Row of land cover from ``x`` to ``end``, 10 m high."""
    return {
        "code_cs": "CS1.1.1.2",
        "is_sealed": is_sealed,
        "observed_on": on,
        "geometry": shapely.box(x, 0, end, 10),
    }


@pytest.fixture
def sealed(sites, layer, square):
    """Maker of the measure of the site (0, 0, 10, 10)."""

    def make(*rows):
        layers = {"land_cover": layer("land_cover", list(rows))}
        name = "sealed_area_2021_m2"
        return measure_sites(sites({"a": square()}), layers, only=[name])[f"site.{name}"]

    return make


def test_day_of_the_law():
    """Code de commerce, L. 752-6 V."""
    assert dt.date(2021, 8, 23) == REFERENCE_DAY


def test_sealed_area_2021_m2_counts_sealed_ground_once(sealed):
    """Sealed from 0 to 3 and from 2 to 5, green beyond: 50 m²."""
    column = sealed(cover(-5, 3), cover(2, 5), cover(5, 20, is_sealed=False))
    assert [50.0] == pytest.approx(column.values.tolist())
    assert [1.0] == column.tolerance.tolist()


def test_nothing_or_everything_sealed_is_certain(sealed):
    """Green ground is 0, a paved site the whole of it, without tolerance."""
    green, paved = sealed(cover(-5, 20, is_sealed=False)), sealed(cover(-5, 20))
    assert [0.0, 100.0] == [green.values[0], paved.values[0]]
    assert [0.0, 0.0] == [green.tolerance[0], paved.tolerance[0]]


def test_last_survey_until_the_day_counts(sealed):
    """2018 said 8 m, August 2021 says 3 m, 2024 says all."""
    rows = cover(0, 8, on="2018-07-01"), cover(0, 3, on="2021-08-23"), cover(0, 9, on="2024-06-01")
    assert [30.0] == pytest.approx(sealed(*rows).values.tolist())


def test_no_survey_until_the_day(sealed):
    """The state of 2024 says nothing of 2021."""
    assert [Missing.NULL_DATUM] == sealed(cover(0, 9, on="2024-06-01")).missing.tolist()


def test_evidence_is_the_sealed_part(sites, layer, square):
    """The site, and its part that was sealed."""
    layers = {"land_cover": layer("land_cover", [cover(-5, 3)])}
    shown = evidence("sealed_area_2021_m2", sites({"a": square()}), layers)
    assert ["target", "clip"] == shown["role"].tolist()
    assert 30.0 == pytest.approx(shown.geometry.iloc[1].area)
