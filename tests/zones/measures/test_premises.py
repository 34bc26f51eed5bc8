import numpy as np
import pytest
import shapely

from charters.facts import Missing, known
from zones.measures import evidence, measure_sites

CENTRE = shapely.box(0, 0, 100, 100)
NAMES = ["reusable_centre_count", "reusable_periphery_count", "reusable_places"]


def need(sales=200.0, footprint=800.0, parking=400.0):
    """Project that needs a unit or a land of some size."""
    figures = {"sales_area": sales, "footprint": footprint, "parking_area": parking}
    return {f"project.{name}": known(value) for name, value in figures.items()}


def unit(name, x, sales, *, vacant=True, status="existing"):
    """One shop."""
    row = {"name": name, "sales_area_m2": sales, "status": status, "vacant": vacant}
    return {**row, "geometry": shapely.Point(x, 50)}


def field(name, x, area, status="vacant"):
    """One brownfield of 10 m by 10 m, whatever it says of its area."""
    shape = shapely.box(x, 40, x + 10, 50)
    return {"name": name, "usable_area_m2": area, "status": status, "geometry": shape}


UNITS = (
    unit("fits", 10, 200.0),
    unit("small", 20, 199.0),
    unit("let", 30, 900.0, vacant=False),
    unit("planned", 40, 900.0, status="pending"),
    unit("far", 500, 350.0),
)
FIELDS = (
    field("yard", 60, 1200.0),
    field("taken", 80, 5000.0, "project"),
    field("depot", 600, 1199.0),
    field("quarry", 700, 3000.0),
)


@pytest.fixture
def counted(layer, sites, square):
    """Function that gives the columns of sites in the centre, on the quarry and elsewhere."""

    def build(units=UNITS, fields=FIELDS, project=None, **options):
        rows = [{"kind": "centre", "geometry": CENTRE}]
        layers = {
            "commercial_sectors": layer("commercial_sectors", rows),
            "shops": layer("shops", units, **options),
            "brownfields": layer("brownfields", fields),
        }
        frame = sites({"a": square(90, 90), "quarry": square(700, 40), "b": square(900)})
        given = need() if project is None else project
        columns = measure_sites(frame, layers, project=given, only=NAMES)
        return {name: columns[f"site.{name}"] for name in NAMES}

    return build


def test_reusable_centre_count_is_what_is_vacant_and_large_enough(counted):
    """One unit of 200 m², one brownfield of 1 200 m² for 800 + 400; by hand."""
    found = counted()["reusable_centre_count"]
    assert [2.0, 2.0, 2.0] == found.values.tolist()
    assert [0.0] * 3 == counted(project=need(5000, 5000))["reusable_centre_count"].values.tolist()


def test_reusable_periphery_count_leaves_out_what_the_project_uses(counted):
    """The quarry is on the second site; a let, a small and a planned one never count."""
    assert [2.0, 1.0, 2.0] == counted()["reusable_periphery_count"].values.tolist()


def test_reusable_places_names_the_best_fit_first(counted):
    """The centre, then the smallest that is large enough."""
    (words, *_) = counted()["reusable_places"].values
    plain = words.replace("\u202f", " ")
    assert "fits · 200 m², yard · 1 200 m², far · 350 m², quarry · 3 000 m²" == plain
    column = counted(project=need(9000, 9000))["reusable_places"]
    assert [Missing.UNDEFINED] * 3 == column.missing.tolist()


def test_a_size_that_is_not_known_leaves_none_unproven(counted):
    """With one that is large enough, there is at least one; without, nobody knows."""
    extra = (*FIELDS, field("unknown", 70, None))
    assert Missing.KNOWN == counted(fields=extra)["reusable_centre_count"].missing[0]
    column = counted(fields=extra, project=need(900, 9000))["reusable_centre_count"]
    assert [Missing.NULL_DATUM] * 3 == column.missing.tolist()


def test_a_project_of_unknown_size_needs_nobody_knows_what(counted):
    """The fields that the count reads are named when missing."""
    for name in ("sales_area", "footprint", "parking_area"):
        project = {path: each for path, each in need().items() if path != f"project.{name}"}
        column = counted(project=project)["reusable_centre_count"]
        assert [Missing.NOT_GIVEN] * 3 == column.missing.tolist()


def test_a_centre_beyond_the_coverage(counted):
    """Half of the centre is not surveyed."""
    found = counted(coverage=shapely.box(50, 0, 2000, 2000))["reusable_centre_count"]
    assert [Missing.COVERAGE_EDGE] * 3 == found.missing.tolist()


def test_brownfield_share_is_the_part_of_the_site(layer, sites, square):
    """Whole, half, none; a brownfield that has a project is none any more."""
    layers = {"brownfields": layer("brownfields", [*FIELDS])}
    frame = sites(
        {"in": square(700, 40), "half": square(605, 40), "out": square(), "taken": square(80, 40)}
    )
    column = measure_sites(frame, layers, only=["brownfield_share"])["site.brownfield_share"]
    np.testing.assert_allclose([1.0, 0.5, 0.0, 0.0], column.values, atol=1e-12)
    assert [0.01, 0.01, 0.0, 0.0] == column.tolerance.tolist()


def test_evidence_lists_the_places_with_area_and_walk(layer, sites, square):
    """The nearest first; along the street 180 m and its two ends, by hand."""
    street = shapely.LineString([(0, 30), (300, 30)])
    streets = [{"is_walkable": True, "is_drivable": True, "speed_kmh": 30.0, "geometry": street}]
    layers = {
        "commercial_sectors": layer("commercial_sectors", [{"kind": "centre", "geometry": CENTRE}]),
        "shops": layer("shops", UNITS),
        "brownfields": layer("brownfields", FIELDS),
        "streets": layer("streets", streets),
    }
    site = sites({"a": square(200, 20, side=10)})
    shown = evidence("reusable_centre_count", site, layers, project=need())
    said = [each.replace("\u202f", " ") for each in shown["label"][1:]]
    # yard: 200 - 70 = 130 along + 10 up; fits: 200 - 10 = 190 along + 20 up
    assert ["yard · 1 200 m² · 140 m", "fits · 200 m² · 210 m"] == said
