import numpy as np
import pytest
import shapely

from charters.facts import Missing
from zones.measures import measure_sites


def column_of(frame, layers, name):
    """One measure."""
    return measure_sites(frame, layers, only=[name])[f"site.{name}"]


def test_heat_perimeter_share_counts_common_ground_once(sites, layer):
    """Perimeters over x < 4 and x < 6 cover 60 % of the site, not 100 %."""
    rows = [
        {"name": "a", "geometry": shapely.box(-50, -50, 4, 50)},
        {"name": "b", "geometry": shapely.box(-50, -50, 6, 50)},
    ]
    layers = {"heat_perimeters": layer("heat_perimeters", rows)}
    frame = sites(
        {
            "cut": shapely.box(0, 0, 10, 10),
            "whole": shapely.box(-10, 0, 0, 10),
            "none": shapely.box(6, 0, 16, 10),
        }
    )
    column = column_of(frame, layers, "heat_perimeter_share")
    assert [round(each, 12) for each in column.values] == [0.6, 1.0, 0.0]
    assert column.tolerance.tolist() == [0.01, 0.0, 0.0]


def test_strict_flood_area_m2_counts_types_1_and_2_only(sites, layer):
    """Type 1 over 30 m² and type 2 over 20 m², 10 m² of them common: 40 m²; type 3 not."""
    rows = [
        {"zone_type": "1", "document": "d", "geometry": shapely.box(0, 0, 3, 10)},
        {"zone_type": "2", "document": "d", "geometry": shapely.box(2, 0, 4, 10)},
        {"zone_type": "3", "document": "d", "geometry": shapely.box(0, 0, 500, 10)},
    ]
    layers = {"flood_zones": layer("flood_zones", rows)}
    frame = sites({"cut": shapely.box(0, 0, 10, 10), "dry": shapely.box(20, 0, 30, 10)})
    column = column_of(frame, layers, "strict_flood_area_m2")
    assert [round(each, 9) for each in column.values] == [40.0, 0.0]
    assert column.tolerance.tolist() == [1.0, 0.0]


def test_touching_a_flood_zone_is_not_lying_in_it(sites, layer):
    """A common side, or 0.005 m² of numeric noise, counts 0 and is certain."""
    rows = [{"zone_type": "1", "document": "d", "geometry": shapely.box(0, 0, 3, 10)}]
    layers = {"flood_zones": layer("flood_zones", rows)}
    frame = sites({"side": shapely.box(3, 0, 13, 10), "noise": shapely.box(2.9995, 0, 13, 10)})
    column = column_of(frame, layers, "strict_flood_area_m2")
    assert column.values.tolist() == [0.0, 0.0]
    assert column.tolerance.tolist() == [0.0, 0.0]


def test_commercial_pole_share_adds_up_centres_and_peripheries(sites, layer):
    """20 % in a centre and 30 % in a periphery: 0.5."""
    rows = [
        {"name": "c", "kind": "centre", "geometry": shapely.box(0, 0, 2, 10)},
        {"name": "p", "kind": "periphery", "geometry": shapely.box(7, 0, 20, 10)},
    ]
    layers = {"commercial_sectors": layer("commercial_sectors", rows)}
    column = column_of(sites({"a": shapely.box(0, 0, 10, 10)}), layers, "commercial_pole_share")
    assert column.values.round(12).tolist() == [0.5]
    assert column.missing.tolist() == [Missing.KNOWN]


def test_against_brute_force_on_big_outlines(sites, layer):
    """Polygons of 2 000 points cut small give the areas of plain overlay, to a square mm."""
    chance = np.random.default_rng(7)
    turns = np.linspace(0, 2 * np.pi, 2000, endpoint=False)
    radii = 300 + 40 * np.sin(9 * turns) + chance.uniform(0, 6, 2000)
    rim = np.column_stack([400 + radii * np.cos(turns), 400 + radii * np.sin(turns)])
    lake = shapely.Polygon(rim, holes=[shapely.Point(400, 400).buffer(90).exterior.coords])
    rows = [{"zone_type": "1", "document": "d", "geometry": lake}]
    corners = chance.uniform(0, 780, (200, 2))
    frame = sites({f"s{n}": shapely.box(x, y, x + 30, y + 20) for n, (x, y) in enumerate(corners)})
    column = column_of(frame, {"flood_zones": layer("flood_zones", rows)}, "strict_flood_area_m2")
    expected = [each.intersection(lake).area for each in frame.geometry]
    np.testing.assert_allclose(column.values, expected, atol=1e-6)
    assert 0 < np.count_nonzero(column.values) < len(frame)


def test_flood_area_m2_counts_every_type_once(sites, layer, square):
    """Type 1 from x = 0 to 4 and type 4 from 2 to 7: 70 m²."""
    rows = [
        {"zone_type": kind, "document": "PPRI", "geometry": shapely.box(x, -5, end, 50)}
        for kind, x, end in (("1", 0, 4), ("4", 2, 7))
    ]
    layers = {"flood_zones": layer("flood_zones", rows)}
    column = measure_sites(sites({"a": square()}), layers, only=["flood_area_m2"])
    assert [70.0] == pytest.approx(column["site.flood_area_m2"].values.tolist())
    strict = measure_sites(sites({"a": square()}), layers, only=["strict_flood_area_m2"])
    assert [40.0] == pytest.approx(strict["site.strict_flood_area_m2"].values.tolist())


def test_hotel_sector_share_of_any_kind(sites, layer, square):
    """Half of the site in the sector of the station, a fifth more in that of the centre."""
    rows = [
        {"name": kind, "kind": kind, "geometry": shapely.box(x, -5, end, 50)}
        for kind, x, end in (("station", -9, 5), ("centre", 4, 7))
    ]
    layers = {"hotel_sectors": layer("hotel_sectors", rows)}
    column = measure_sites(sites({"a": square()}), layers, only=["hotel_sector_share"])
    assert [0.7] == pytest.approx(column["site.hotel_sector_share"].values.tolist())
