"""The words that articles may use: each with a title in both languages, a unit and layers."""

import pytest

from charters.units import unit
from charters.vocabulary import (
    Option,
    is_signed,
    project_fields,
    site_measures,
    title,
    written_unit,
)
from geodata.catalog import contract
from geodata.language import Text


def test_titles_by_path():
    """A path leads to the name on screen."""
    assert Text("Destination", "Use") == title("project.use")
    assert "Commune" == title("site.commune").fr


@pytest.mark.parametrize("path", ["project.rof_area", "site.use", "use", ""])
def test_a_path_that_leads_nowhere(path):
    """Nothing is invented for an unknown path."""
    with pytest.raises(KeyError):
        title(path)


def test_an_option_has_a_title():
    """Both names of a choice make its title."""
    assert Text("Bureau", "Office") == project_fields()["use"].options["office"].title
    assert Text("a", "b") == Option(fr="a", en="b").title


@pytest.mark.parametrize("name", project_fields())
def test_each_field_of_a_project(name):
    """Both titles, a unit that exists, choices only for a choice, a whole that is a field."""
    field = project_fields()[name]
    assert all(text.strip() for text in field.title)
    assert unit(field.unit)
    assert (field.type == "choice") == bool(field.options)
    if field.within is not None:
        assert field.unit == project_fields()[field.within].unit
        assert "number" == project_fields()[field.within].type


@pytest.mark.parametrize("name", site_measures())
def test_each_fact_of_a_site(name):
    """Both titles, a unit that exists, layers of the catalog, no tolerance for a word."""
    measure = site_measures()[name]
    assert all(text.strip() for text in measure.title)
    assert unit(measure.unit)
    assert measure.layers
    assert all(contract(layer) for layer in measure.layers)
    assert not (measure.category and measure.tolerance)
    assert not (measure.values and not measure.category)


def test_the_cnig_codes_of_uses():
    """Each destination has the two-digit code of article R151-28."""
    codes = {name: option.cnig for name, option in project_fields()["use"].options.items()}
    assert all(code.isdigit() and len(code) == 2 for code in codes.values())
    assert ("53", "31", "36") == (codes["office"], codes["retail"], codes["hotel"])


def test_the_unit_that_a_reader_sees():
    """Shares in %, other figures in their own unit."""
    assert "%" == written_unit("site.zone_share")
    assert "m" == written_unit("site.station_distance_m")
    assert "%" == written_unit("project.infiltrated_share")
    assert "1" == written_unit("project.stars")


def test_what_may_be_below_zero():
    """Changes are; what a project gives is at least 0."""
    assert is_signed("site.centre_spending_change")
    assert not is_signed("site.station_distance_m")
    assert not is_signed("project.height")
