"""What a figure is compared with says whether it may be below zero."""

import pytest

from charters.editing_signs import is_signed_parameter, is_signed_table
from charters.loading import load_charters

REQUIREMENTS = {each.id: each for charter in load_charters() for _, each in charter.requirements}


@pytest.mark.parametrize(
    ("requirement", "parameter", "expected"),
    [
        ("PI-05b", "reach", False),  # a distance
        ("PI-05b", "power", False),
        ("CH-01", "sales_floor", False),  # an area
        ("CH-01", "least", False),  # a share of a site
        ("CH-14", "most_lost", True),  # a change of spending
        ("CH-13", "growth", True),  # a growth, added to one
        ("CH-13", "capture", False),  # a share that multiplies
    ],
)
def test_figures_of_the_charters(requirement, parameter, expected):
    """Lengths, areas and shares of something are not; changes are."""
    assert expected == is_signed_parameter(REQUIREMENTS[requirement], parameter)


def test_no_value_of_the_charters_is_refused():
    """Those that are below zero are those that may be."""
    below = {
        (name, parameter)
        for name, each in REQUIREMENTS.items()
        for parameter, figure in each.parameters.items()
        if any(row.value < 0 for row in figure.values)
    }
    assert below
    assert all(is_signed_parameter(REQUIREMENTS[name], figure) for name, figure in below)


def test_tables():
    """Densities and areas are never below zero."""
    for charter in load_charters():
        for name, table in charter.tables.items():
            readers = [each for _, each in charter.requirements]
            assert not is_signed_table(readers, name, unit_name=table.unit), name


def test_a_table_held_against_a_change(load, entry):
    """A difference may be below zero, and so may its threshold."""
    height = {"field": "project.height"}
    charter = load(
        entry(
            measure={"name": "gap", "value": {"difference": [height, height]}, "unit": "m"},
            requirement={"op": "<=", "threshold": {"table": "gaps", "key": "project.use"}},
            parameters=None,
        ),
        tables={"gaps": "key;from;to;value;unit;source\noffice;2020-01-01;;1;m;LAW\n"},
    )
    readers = [each for _, each in charter.requirements]
    assert is_signed_table(readers, "gaps", unit_name="m")
