import json

import pytest

from charters.loading import load_charters
from geodata.errors import PlanningError
from zones.compare_command import comparison
from zones.projects import EXAMPLES

FRONT, FAR = "80021000ZX0012,80021000ZX0013", "80021000ZX0702"
OFFICES, HOTEL = EXAMPLES / "digital_offices.yaml", EXAMPLES / "hotel.yaml"


@pytest.fixture
def made(demo_layers):
    """Function that gives the comparison as plain data."""

    def make(parcels, projects, *, date=None, layers=demo_layers):
        content = comparison(
            parcels,
            projects,
            layers,
            charters=load_charters(),
            date=date,
            output="json",
            language="en",
        )
        return json.loads(content)["cases"]

    return make


def test_projects_on_one_site(made):
    """In the order given, on the filing date of the first."""
    cases = made([FRONT], [OFFICES, HOTEL])
    assert ["Digital offices", "Three-star hotel"] == [
        each["provenance"]["project"] for each in cases
    ]
    assert {"2026-11-16"} == {each["provenance"]["day"] for each in cases}


def test_one_project_on_several_sites_on_another_day(made):
    """Each site with its own parcels."""
    cases = made([FRONT, FAR], [OFFICES], date="2015-01-01")
    assert [FRONT.split(","), [FAR]] == [each["site"]["parcels"] for each in cases]
    assert {"2015-01-01"} == {each["provenance"]["day"] for each in cases}


@pytest.mark.parametrize(
    ("parcels", "projects", "date", "expected"),
    [
        ([FRONT, FAR, "80021000ZX0001"], [OFFICES, HOTEL, OFFICES], None, "9 cases"),
        (["80021000ZX9999"], [OFFICES], None, "does not exist"),
        (["  "], [OFFICES], None, "No parcel is chosen"),
        ([FRONT], [EXAMPLES / "none.yaml"], None, "none.yaml"),
        ([FRONT], [OFFICES], "hier", "is not a date"),
    ],
)
def test_what_cannot_be_compared_is_refused(made, parcels, projects, date, expected):
    """With what is wrong."""
    with pytest.raises(PlanningError) as refused:
        made(parcels, projects, date=date)
    assert expected in refused.value.say("en")
