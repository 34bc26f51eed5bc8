import datetime as dt

import numpy as np
import pytest
import shapely

from charters.facts import Missing, known
from charters.vocabulary import site_measures
from geodata.crs import WORK_CRS
from geodata.errors import SelectionError
from zones.measures import SiteFacts, evidence, ground_of, measure_sites
from zones.measures.basin import FAMILIES
from zones.projects import example_projects, project_facts

DAY = dt.date(2026, 11, 16)
PROJECT = {
    **project_facts(example_projects()["food_store"]),
    "project.rooms": known(90.0),
    "project.stars": known(3.0),
}
FROM_LAYERS = sorted(set(site_measures()) - {"contenance_m2", "planar_area_m2"})


def square_of(side):
    """Square with its lower left corner far to the south-west, and its upper right at ``side``."""
    return shapely.box(-500, -500, side, side)


def every_layer(layer, **options):
    """Each layer that a measure needs, with one feature."""
    whole = shapely.box(-500, -500, 500, 500)
    shop = {"name": "s", "sales_area_m2": 5.0, "status": "existing", "vacant": False}
    opinion = {
        "dossier": "D",
        "partner": "cci",
        "opinion": "favourable",
        "referred_on": "2026-01-01",
        "received_on": "2026-01-09",
        "has_conflict_of_interest": False,
    }
    rows = {
        "zones": {"typeinf": "02", "theme": "health", "libelle": "Z", "geometry": whole},
        "communes": {
            "insee": "80021",
            "name": "Amiens",
            "population": 134000.0,
            "geometry": whole,
        },
        "plu_zones": {"libelle": "UE", "geometry": whole},
        "commercial_sectors": {
            "name": "S",
            "kind": "centre",
            "reference_sales_area_m2": 9.0,
            "geometry": whole,
        },
        "transit_stops": {"name": "T", "mode": "bhns", "geometry": shapely.Point(30, 0)},
        "stations": {"name": "G", "geometry": shapely.Point(40, 0)},
        "cycle_links": {"ame_d": "P", "geometry": shapely.LineString([(50, 0), (50, 9)])},
        "heat_mains": {"name": "H", "geometry": shapely.LineString([(60, 0), (60, 9)])},
        "heat_perimeters": {"name": "P", "geometry": shapely.box(-500, -500, 5, 500)},
        "flood_zones": {
            "zone_type": "1",
            "document": "PPRI",
            "geometry": shapely.box(-500, -500, 4, 500),
        },
        "plu_prescriptions": {
            "libelle": "L",
            "typepsc": "22",
            "geometry": shapely.LineString([(-50, -1), (50, -1)]),
        },
        "shops": {**shop, "geometry": shapely.Point(3, 3)},
        "streets": {
            "name": "R",
            "is_walkable": True,
            "is_drivable": True,
            "speed_kmh": 30.0,
            "geometry": shapely.LineString([(-400, -5), (400, -5)]),
        },
        "brownfields": {
            "name": "B",
            "status": "vacant",
            "usable_area_m2": 99999.0,
            "geometry": shapely.box(100, 100, 200, 200),
        },
        "neighbourhoods": {
            "name": "Q",
            "population": 900.0,
            "spending_year": 2022.0,
            **{f"spending_{each}_eur": 1e6 for each in FAMILIES},
            "geometry": whole,
        },
        "ort_perimeters": {"name": "O", "signed_on": "2019-12-18", "geometry": whole},
        "openings": {
            "name": "o",
            "kind": "shop",
            "decision": "pending",
            "filed_on": "2026-01-01",
            "sales_area_m2": 8.0,
            "geometry": shapely.Point(4, 4),
        },
        "roads": {
            "road_class": "motorway",
            "name": "A",
            "geometry": shapely.LineString([(-400, 40), (400, 40)]),
        },
        "urbanised_areas": {"name": "U", "kind": "urbanised", "geometry": square_of(5)},
        "moratoriums": {
            "name": "M",
            "scope": "both",
            "authority": "prefect",
            "starts_on": "2026-01-01",
            "ends_on": None,
            "geometry": whole,
        },
        "opinions": [
            {**opinion, "charter": charter, "geometry": shapely.Point(x, 5)}
            for charter in ("industrial_parks", "commercial_hotel")
            for x in (5, 25)
        ],
        "land_cover": {
            "code_cs": "CS1.1.1.2",
            "is_sealed": True,
            "observed_on": "2021-08-15",
            "geometry": square_of(4),
        },
        "hotel_sectors": {"name": "H", "kind": "centre", "geometry": whole},
        "economic_lands": {
            "terr_surf_brute": 2.0,
            "terr_stade_comm": "en vente",
            "terr_etat_occup": "inoccupé",
            "geometry": whole,
        },
        "hotels": {
            "name": "H",
            "status": "existing",
            "rooms": 40.0,
            "stars": 3.0,
            "geometry": shapely.Point(70, 0),
        },
        "hotel_market": {
            "name": "M",
            "year": 2024.0,
            "rooms": 100.0,
            "nights_sold": 21900.0,
            "opening_rate": 1.0,
            "geometry": whole,
        },
        "economic_sites": {
            "site_nom": "E",
            "site_uf_nbre": 4.0,
            "site_uf_vacant_nbre": 1.0,
            "geometry": whole,
        },
    }
    return {
        name: layer(name, row if isinstance(row, list) else [row], **options)
        for name, row in rows.items()
    }


def test_no_site_gives_columns_without_rows(sites, layer):
    """Every measure is there, with no entry, whether or not layers are loaded."""
    for layers in ({}, every_layer(layer)):
        columns = measure_sites(sites({}), layers)
        assert sorted(columns) == sorted(f"site.{name}" for name in site_measures())
        for column in columns.values():
            assert len(column.values) == len(column.missing) == len(column.tolerance) == 0


def test_kinds_of_arrays(sites, layer, square):
    """Numbers are float64, words objects, codes int8; one entry per site."""
    frame = sites({"a": square(), "b": square(20)})
    columns = measure_sites(frame, every_layer(layer), project=PROJECT, day=DAY)
    for name, declared in site_measures().items():
        column = columns[f"site.{name}"]
        assert column.values.dtype == (object if declared.category else np.float64), name
        assert column.missing.dtype == np.int8, name
        assert column.tolerance.dtype == np.float64, name
        assert len(column.values) == len(column.missing) == len(column.tolerance) == 2, name
        assert column.missing.tolist() == [Missing.KNOWN] * 2, name


@pytest.mark.parametrize("name", FROM_LAYERS)
def test_absent_layer_makes_the_value_missing(name, sites, layer, square):
    """Each layer that the measure needs, taken away, is said to be absent."""
    layers = every_layer(layer)
    for absent in site_measures()[name].layers:
        rest = {each: layers[each] for each in layers if each != absent}
        frame = sites({"a": square()})
        columns = measure_sites(frame, rest, project=PROJECT, day=DAY, only=[name])
        column = columns[f"site.{name}"]
        assert column.missing.tolist() == [Missing.NO_LAYER]
        assert column.tolerance.tolist() == [0.0]
        assert column.values[0] is None or np.isnan(column.values[0])


@pytest.mark.parametrize("name", FROM_LAYERS)
@pytest.mark.parametrize("coverage", [None, shapely.box(-500, -500, 5, 500)], ids=["none", "half"])
def test_site_not_wholly_covered_is_unknown(name, coverage, sites, layer, square):
    """A layer without coverage covers nothing; half a site is not covered."""
    layers = every_layer(layer, coverage=coverage)
    frame = sites({"a": square()})
    columns = measure_sites(frame, layers, project=PROJECT, day=DAY, only=[name])
    column = columns[f"site.{name}"]
    assert column.missing.tolist() == [Missing.OUTSIDE_COVERAGE]
    assert column.values[0] is None or np.isnan(column.values[0])


def test_covered_and_uncovered_sites_side_by_side(sites, layer, square):
    """Coverage is decided site by site."""
    layers = every_layer(layer, coverage=shapely.box(-500, -500, 500, 500))
    frame = sites({"out": square(5000), "in": square()})
    column = measure_sites(frame, layers, only=["zone"])["site.zone"]
    assert column.values.tolist() == [None, "zones-0"]
    assert column.missing.tolist() == [Missing.OUTSIDE_COVERAGE, Missing.KNOWN]


def test_only_the_measures_asked_for(sites, square):
    """Names with or without prefix; an unknown one is refused."""
    frame = sites({"a": square()})
    assert list(measure_sites(frame, {}, only=["site.zone", "commune"])) == [
        "site.zone",
        "site.commune",
    ]
    with pytest.raises(SelectionError):
        measure_sites(frame, {}, only=["nothing"])


def roles(frame):
    """Roles in order, without repeats."""
    return list(dict.fromkeys(frame["role"]))


def test_evidence_of_a_distance(sites, layer, square):
    """Circle of the threshold, line to the stop, the stop; the line is as long as the value."""
    layers, frame = every_layer(layer), sites({"a": square()})
    shown = evidence("bus_stop_distance_m", frame, layers, threshold=300)
    assert roles(shown) == ["reach", "link", "target"]
    assert shown.crs == WORK_CRS
    assert shown["label"].tolist() == ["", "T", "T"]
    link = shown.loc[shown["role"] == "link"].geometry.iloc[0]
    value = measure_sites(frame, layers)["site.bus_stop_distance_m"].values[0]
    assert link.length == value == 20.0
    reach = shown.loc[shown["role"] == "reach"].geometry.iloc[0]
    assert reach.bounds == pytest.approx((-300, -300, 310, 310))
    assert roles(evidence("site.bus_stop_distance_m", frame, layers)) == ["link", "target"]


def test_evidence_of_an_overlap_is_the_part_that_is_measured(sites, layer, square):
    """The clipped part has the area of the value."""
    layers, frame = every_layer(layer), sites({"a": square()})
    shown = evidence("strict_flood_area_m2", frame, layers, threshold=0)
    clips = shown.loc[shown["role"] == "clip"]
    assert clips.area.sum() == pytest.approx(40.0)
    assert roles(shown) == ["target", "clip"]


def test_evidence_of_a_frontage_is_the_edge_that_is_measured(sites, layer, square):
    """The lines have the length of the value."""
    layers, frame = every_layer(layer), sites({"a": square()})
    shown = evidence("protected_frontage_m", frame, layers)
    assert roles(shown) == ["target", "frontage"]
    assert shown.loc[shown["role"] == "frontage"].length.sum() == pytest.approx(10.0)


def test_evidence_of_a_sector_names_its_shops(sites, layer, square):
    """The sector, the site's part in it, and the shops counted."""
    shown = evidence("sector_sales_area_m2", sites({"a": square()}), every_layer(layer), day=DAY)
    assert [each.split(" · ")[0] for each in shown["label"]] == ["S", "S", "", "? o"]
    assert roles(shown) == ["target", "clip"]


@pytest.mark.parametrize("name", sorted(site_measures()))
def test_evidence_of_every_measure_can_be_drawn(name, sites, layer, square):
    """Valid, non-empty shapes with known roles; nothing at all where no layer can tell."""
    frame = sites({"a": square()})
    layers = every_layer(layer)
    shown = evidence(name, frame, layers, threshold=1.0, project=PROJECT, day=DAY)
    assert list(shown.columns) == ["role", "label", "geometry"]
    assert set(shown["role"]) <= {"link", "target", "clip", "reach", "frontage"}
    assert len(shown) > 0
    assert (shown.is_valid & ~shown.is_empty).all()
    if name in FROM_LAYERS:
        nothing = evidence(name, frame, {}, threshold=1.0)
        assert list(nothing.columns) == ["role", "label", "geometry"]
        assert nothing.empty
        assert nothing.crs == WORK_CRS


def test_facts_are_measured_when_they_are_read(sites, square):
    """One fact read, one measured; the project's own are there; an unknown name is an error."""
    ground = ground_of(sites({"a": square()}), {})
    facts = SiteFacts(ground, project={"project.use": known("office")}, day=None)
    assert len(site_measures()) + 1 == len(facts) == len(list(facts))
    assert [] == [key for key in ground.memo if key[0] == "column"]
    assert ["office"] == list(facts["project.use"].values)
    assert [100.0] == list(facts["site.planar_area_m2"].values)
    assert [("column", "planar_area_m2")] == [key for key in ground.memo if key[0] == "column"]
    with pytest.raises(KeyError):
        facts["site.nothing"]
