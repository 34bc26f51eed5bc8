"""Walks over an article find every fact that it reads."""

from charters.loading import load_charters
from charters.tree import (
    fields_of_condition,
    fields_of_value,
    measure_title,
    parts_of,
    requirement_fields,
)


def test_facts_of_a_requirement():
    """PI-02a by hand: conditions, way out, measure; each once."""
    requirement = next(each for _, each in load_charters()[0].requirements if each.id == "PI-02a")
    expected = (
        "project.use",
        "project.footprint",
        "project.renewable_extra_cost",
        "project.renewable_cost_to_revenue",
        "project.has_roof_constraint",
        "project.roof_pv_area",
        "project.roof_green_area",
        "project.roof_area",
    )
    assert expected == requirement_fields(requirement)
    assert expected[5:] == tuple(fields_of_value(requirement.any_of[0].measure.value))
    assert set(expected[:2]) == set(fields_of_condition(requirement.applies_when))
    assert () == tuple(fields_of_condition(None))


def test_facts_of_a_table_value():
    """A table reads the word that chooses the row."""
    requirement = next(each for _, each in load_charters()[0].requirements if each.id == "PI-15")
    assert ("project.use",) == tuple(fields_of_value(requirement.any_of[0].requirement.threshold))
    assert () == parts_of(requirement.any_of[0].requirement.threshold)


def test_the_name_of_a_measure():
    """Its own title, or that of the one fact it reads."""
    titles = {
        each.id: measure_title(each.any_of[0].measure).en
        for _, each in load_charters()[1].requirements
    }
    assert "Sales area of the sector, project included" == titles["CH-02"]
    assert "Bicycle spaces" == titles["CH-11a"]
