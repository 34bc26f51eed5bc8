import shapely

from charters.facts import Missing
from zones.measures import measure_sites, zone_shares


def zones(layer, *entries, **options):
    """Layer of zones from (id, typeinf, theme, polygon)."""
    rows = [
        {"id": name, "typeinf": kind, "theme": theme, "libelle": name, "geometry": shape}
        for name, kind, theme, shape in entries
    ]
    return {"zones": layer("zones", rows, **options)}


def words(frame, layers, name):
    """Values of one measure."""
    return measure_sites(frame, layers, only=[name])[f"site.{name}"].values.tolist()


def test_zone_is_the_one_with_at_least_half_of_the_site(sites, layer):
    """60 % in: that zone; exactly 50 %: that zone; 40 % in: none; nowhere: none."""
    layers = zones(layer, ("z", "02", "health", shapely.box(0, 0, 100, 100)))
    frame = sites(
        {
            "sixty": shapely.box(94, 0, 104, 10),
            "half": shapely.box(95, 0, 105, 10),
            "forty": shapely.box(96, 0, 106, 10),
            "nowhere": shapely.box(300, 0, 310, 10),
        }
    )
    column = measure_sites(frame, layers, only=["zone"])["site.zone"]
    assert column.values.tolist() == ["z", "z", "none", "none"]
    assert column.missing.tolist() == [Missing.KNOWN] * 4
    assert column.tolerance.tolist() == [0.0] * 4


def test_zone_tie_goes_to_the_zac_then_to_the_lower_id(sites, layer):
    """In two zones at once, a ZAC comes before a district; two ZACs by id, in any file order."""
    square = shapely.box(0, 0, 50, 50)
    frame = sites({"a": shapely.box(0, 0, 10, 10)})
    district = ("a-district", "99", "station", square)
    first, second = ("b-zac", "02", "digital", square), ("c-zac", "02", "health", square)
    assert words(frame, zones(layer, district, second), "zone") == ["c-zac"]
    assert words(frame, zones(layer, second, district), "zone") == ["c-zac"]
    assert words(frame, zones(layer, second, first), "zone") == ["b-zac"]
    assert words(frame, zones(layer, first, second), "zone_theme") == ["digital"]


def test_zone_with_the_larger_part_wins_over_the_zac(sites, layer):
    """The order of a tie matters only in a tie."""
    layers = zones(
        layer,
        ("district", "99", "station", shapely.box(0, 0, 50, 50)),
        ("zac", "02", "digital", shapely.box(0, 0, 8, 50)),
    )
    assert words(sites({"a": shapely.box(0, 0, 10, 10)}), layers, "zone") == ["district"]


def test_zone_theme_is_the_one_of_the_zone(sites, layer, square):
    """Theme of the zone, none outside, missing where the zone has no theme."""
    layers = zones(
        layer,
        ("z1", "02", "energy", shapely.box(0, 0, 50, 50)),
        ("z2", "02", None, shapely.box(100, 0, 150, 50)),
    )
    frame = sites({"in": square(), "bare": square(110), "out": square(300)})
    column = measure_sites(frame, layers, only=["zone_theme"])["site.zone_theme"]
    assert column.values.tolist() == ["energy", None, "none"]
    assert column.missing.tolist() == [Missing.KNOWN, Missing.NULL_DATUM, Missing.KNOWN]


def test_zone_share_is_the_largest_part_in_one_zone(sites, layer):
    """Astride 30/70: 0.7; whole and nothing are certain; a sliver of noise is nothing."""
    layers = zones(
        layer,
        ("w", "02", "health", shapely.box(0, 0, 100, 100)),
        ("e", "02", "energy", shapely.box(100, 0, 200, 100)),
    )
    frame = sites(
        {
            "astride": shapely.box(97, 0, 107, 10),
            "whole": shapely.box(0, 0, 10, 10),
            "nothing": shapely.box(300, 0, 310, 10),
            "noise": shapely.box(199.9995, 0, 209.9995, 10),
        }
    )
    column = measure_sites(frame, layers, only=["zone_share"])["site.zone_share"]
    assert [round(each, 12) for each in column.values] == [0.7, 1.0, 0.0, 0.0]
    assert column.tolerance.tolist() == [0.01, 0.0, 0.0, 0.0]


def test_commune_is_the_one_of_the_largest_part(sites, layer):
    """INSEE code, even of less than half; none where the layer covers and nothing is there."""
    rows = [
        {"insee": "80021", "name": "A", "geometry": shapely.box(0, 0, 4, 10)},
        {"insee": "80632", "name": "B", "geometry": shapely.box(4, 0, 7, 10)},
        {"insee": "80724", "name": "C", "geometry": shapely.box(7, 0, 10, 10)},
    ]
    frame = sites({"a": shapely.box(0, 0, 10, 10), "b": shapely.box(50, 0, 60, 10)})
    assert words(frame, {"communes": layer("communes", rows)}, "commune") == ["80021", "none"]


def test_plu_zone_adds_up_the_polygons_of_one_label(sites, layer):
    """30 % + 30 % in two polygons UE weigh more than 40 % in one UB."""
    rows = [
        {"libelle": "UE", "geometry": shapely.box(0, 0, 3, 10)},
        {"libelle": "UB", "geometry": shapely.box(3, 0, 7, 10)},
        {"libelle": "UE", "geometry": shapely.box(7, 0, 10, 10)},
    ]
    layers = {"plu_zones": layer("plu_zones", rows)}
    assert words(sites({"a": shapely.box(0, 0, 10, 10)}), layers, "plu_zone") == ["UE"]


def sectors(layer):
    """Two sectors side by side."""
    rows = [
        {"id": "c", "name": "C", "kind": "centre", "geometry": shapely.box(0, 0, 100, 100)},
        {"id": "p", "name": "P", "kind": "periphery", "geometry": shapely.box(100, 0, 200, 100)},
    ]
    return {"commercial_sectors": layer("commercial_sectors", rows)}


def test_commercial_sector_is_the_one_with_at_least_half(sites, layer):
    """70 % in the second: the second; outside: none."""
    frame = sites({"a": shapely.box(97, 0, 107, 10), "b": shapely.box(300, 0, 310, 10)})
    assert words(frame, sectors(layer), "commercial_sector") == ["p", "none"]


def test_commercial_sector_kind_is_the_one_of_the_sector(sites, layer):
    """Kind of the sector chosen by the same rule."""
    frame = sites(
        {
            "a": shapely.box(97, 0, 107, 10),
            "b": shapely.box(0, 0, 10, 10),
            "c": shapely.box(196, 0, 206, 10),
        }
    )
    assert words(frame, sectors(layer), "commercial_sector_kind") == ["periphery", "centre", "none"]


def test_zone_shares_lists_every_zone(sites, layer):
    """Largest first; a site in no zone has no row; no layer, no row."""
    layers = zones(
        layer,
        ("w", "02", "health", shapely.box(0, 0, 100, 100)),
        ("e", "02", "energy", shapely.box(100, 0, 200, 100)),
        ("all", "99", "station", shapely.box(0, 0, 200, 100)),
    )
    frame = sites({"out": shapely.box(300, 0, 310, 10), "a": shapely.box(97, 0, 107, 10)})
    shares = zone_shares(frame, layers)
    assert shares["site_id"].tolist() == ["a", "a", "a"]
    assert shares["zone"].tolist() == ["all", "e", "w"]
    assert [round(each, 12) for each in shares["share"]] == [1.0, 0.7, 0.3]
    assert zone_shares(frame, {}).empty
    assert list(zone_shares(frame, {}).columns) == ["site_id", "zone", "share"]


def test_commune_population_is_that_of_the_largest_part(sites, layer, square):
    """Of the commune around; empty; none at all."""
    rows = [
        {"insee": "1", "population": 900.0, "geometry": shapely.box(0, 0, 100, 100)},
        {"insee": "2", "population": None, "geometry": shapely.box(100, 0, 200, 100)},
    ]
    frame = sites({"first": square(), "cut": square(94), "second": square(150), "out": square(300)})
    columns = measure_sites(frame, {"communes": layer("communes", rows)})
    column = columns["site.commune_population"]
    assert [900.0, 900.0] == column.values[:2].tolist()
    codes = [Missing.KNOWN, Missing.KNOWN, Missing.NULL_DATUM, Missing.UNDEFINED]
    assert codes == column.missing.tolist()
