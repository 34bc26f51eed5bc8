"""Units as factors to base units, and as they are written after a number."""

import math

import pytest

from charters.units import reported_unit, unit, unit_text


@pytest.mark.parametrize(
    ("name", "factor"),
    [
        ("1", 1),
        ("%", 0.01),
        ("km", 1000),
        ("ha", 10_000),
        ("100m2", 100),
        ("day", 1440),
        ("year", 12),
        ("mm", 0.001),
        ("m3", 1),
        ("ha/year", 10_000 / 12),
        ("job/ha", 1 / 10_000),
        ("space/100m2", 1 / 100),
    ],
)
def test_factors_to_base_units(name, factor):
    """An hectare is 10 000 m², a day 1 440 minutes, a space per 100 m² a hundredth per m²."""
    assert math.isclose(factor, unit(name).factor)


def test_dimensions_combine():
    """Spaces over m² is the dimension of spaces per 100 m²; m² over ha is none."""
    assert unit("space/100m2").dimension == (unit("space") / unit("m2")).dimension
    assert unit("1").dimension == (unit("m2") / unit("ha")).dimension
    assert unit("m2").dimension == (unit("m") * unit("km")).dimension
    assert unit("%").dimension == unit("bool").dimension
    assert unit("m").dimension != unit("m2").dimension


@pytest.mark.parametrize("name", ["m4", "", "job/", "/ha", "M"])
def test_an_unknown_unit(name):
    """A unit that the table does not hold is a KeyError."""
    with pytest.raises(KeyError):
        unit(name)


def test_shares_are_reported_from_0_to_1():
    """Frames and JSON hold shares, not percentages."""
    assert "1" == reported_unit("%")
    assert "m2" == reported_unit("m2")


@pytest.mark.parametrize(
    ("name", "fr", "en"),
    [
        ("m2", "m²", "m²"),
        ("space", "places", "spaces"),
        ("job/ha", "emplois/ha", "jobs/ha"),
        ("space/100m2", "places pour 100\u00a0m²", "spaces per 100\u00a0m²"),
        ("kW", "kW", "kW"),
        ("1", "", ""),
    ],
)
def test_units_after_a_number(name, fr, en):
    """Units are written in the plural, in the language of the reader."""
    assert (fr, en) == (unit_text(name, "fr"), unit_text(name, "en"))


def test_units_of_a_single_thing():
    """One space has no s."""
    assert "place" == unit_text("space", "fr", is_single=True)
    assert "job" == unit_text("job", "en", is_single=True)
