import dataclasses

import pytest
import shapely

from charters.facts import Missing
from zones.measures import measure_sites

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


def column_of(frame, layers, name):
    """One measure."""
    return measure_sites(frame, layers, only=[name])[f"site.{name}"]


def test_centre_vacancy_share_is_the_same_for_all(frame, layer, sector_layer):
    """One vacant unit of four existing ones in the two centres: 0.25 everywhere."""
    shops = [
        shop(10, 1.0, vacant=True),
        shop(20, 1.0),
        shop(30, None),
        shop(450, 1.0),
        shop(250, 1.0, vacant=True),
        shop(40, 1.0, "authorised", vacant=True),
    ]
    layers = {"commercial_sectors": sector_layer, "shops": layer("shops", shops)}
    column = column_of(frame, layers, "centre_vacancy_share")
    assert column.values.tolist() == [0.25, 0.25, 0.25]
    assert column.missing.tolist() == [Missing.KNOWN] * 3


def test_no_unit_in_the_centres_has_no_vacancy(frame, layer, sector_layer):
    """0 of 0 is undefined."""
    layers = {"commercial_sectors": sector_layer, "shops": layer("shops", [shop(250, 1.0)])}
    column = column_of(frame, layers, "centre_vacancy_share")
    assert column.missing.tolist() == [Missing.UNDEFINED] * 3


def test_sector_vacancy_share_is_that_of_the_site_s_sector(frame, layer, sector_layer):
    """1 of 2 in the centre, 0 of 1 in the periphery, no sector."""
    shops = [
        shop(10, 1.0, vacant=True),
        shop(20, 1.0),
        shop(30, 1.0, "pending", vacant=True),
        shop(450, 1.0, vacant=True),
        shop(250, 1.0),
    ]
    layers = {"commercial_sectors": sector_layer, "shops": layer("shops", shops)}
    column = column_of(frame, layers, "sector_vacancy_share")
    assert column.values[:2].tolist() == [0.5, 0.0]
    assert column.missing.tolist() == [Missing.KNOWN, Missing.KNOWN, Missing.UNDEFINED]


def test_sector_without_units_has_no_vacancy(frame, layer, sector_layer):
    """0 of 0 is undefined."""
    layers = {"commercial_sectors": sector_layer, "shops": layer("shops", [shop(10, 1.0)])}
    column = column_of(frame, layers, "sector_vacancy_share")
    assert column.missing.tolist() == [Missing.KNOWN, Missing.UNDEFINED, Missing.UNDEFINED]


def test_vacancy_beyond_the_coverage_of_the_shops(frame, layer, sector_layer):
    """The site is covered, half of its sector is not."""
    shops = layer("shops", [shop(10, 100.0)], coverage=shapely.box(-10, -10, 50, 200))
    layers = {"commercial_sectors": sector_layer, "shops": shops}
    for name in ("centre_vacancy_share", "sector_vacancy_share"):
        assert column_of(frame, layers, name).missing[0] == Missing.COVERAGE_EDGE


def test_shops_survey_day_is_that_of_the_source(frame, layer, sector_layer):
    """The same everywhere; missing where the layer has no date at all."""
    shops = layer("shops", [{**shop(10, 1.0), "source_date": "2026-06-30"}])
    layers = {"commercial_sectors": sector_layer, "shops": shops}
    assert ["2026-06-30"] * 3 == column_of(frame, layers, "shops_survey_day").values.tolist()
    undated = layer("shops", [shop(10, 1.0)])
    edition = dataclasses.replace(undated.edition, date="")
    layers["shops"] = dataclasses.replace(undated, edition=edition)
    column = column_of(frame, layers, "shops_survey_day")
    assert column.missing.tolist() == [Missing.NULL_DATUM] * 3


def test_economic_site_vacancy_share_of_the_site_around(sites, layer, square):
    """3 of 12; null counts; no unit; no economic site."""
    rows = [
        {"site_nom": name, "site_uf_nbre": units, "site_uf_vacant_nbre": vacant, "geometry": shape}
        for name, units, vacant, shape in (
            ("given", 12.0, 3.0, shapely.box(0, 0, 100, 100)),
            ("null units", None, 3.0, shapely.box(100, 0, 200, 100)),
            ("null vacant", 9.0, None, shapely.box(200, 0, 300, 100)),
            ("no unit", 0.0, 0.0, shapely.box(300, 0, 400, 100)),
        )
    ]
    frame = sites({str(x): square(x) for x in (10, 110, 210, 310, 510)})
    layers = {"economic_sites": layer("economic_sites", rows)}
    column = column_of(frame, layers, "economic_site_vacancy_share")
    assert column.values[0] == 0.25
    assert column.missing.tolist() == [
        Missing.KNOWN,
        Missing.NULL_DATUM,
        Missing.NULL_DATUM,
        Missing.UNDEFINED,
        Missing.UNDEFINED,
    ]
