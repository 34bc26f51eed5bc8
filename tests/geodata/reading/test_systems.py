import numpy as np
import pytest
import shapely

from geodata.reading.systems import decide, outside_territory, system_named

AMIENS = shapely.Point(2.30, 49.89)
METRES = shapely.Point(649_658, 6_977_032)


def at(*shapes, declared=None, asked=None):
    """Decision on shapes, under the names a, b and so on."""
    names = np.array([chr(ord("a") + rank) for rank in range(len(shapes))], dtype=object)
    made = np.array([*shapes], dtype=object)
    return decide(made, names=names, declared=declared, asked=asked)


def refusal(*shapes, **names):
    """Kind and English text of what must be settled first."""
    decision = at(*shapes, **names)
    assert decision.crs is None
    (found,) = decision.defects
    assert found.is_fatal
    return found.kind, f"{found.what.en} {found.remedy.en}"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("EPSG:4326", "EPSG:4326"),
        ("urn:ogc:def:crs:OGC:1.3:CRS84", "EPSG:4326"),
        ("CRS84", "OGC:CRS84"),
        ("urn:ogc:def:crs:EPSG::4326", "EPSG:4326"),
        ("urn:ogc:def:crs:EPSG:6.9:4171", "EPSG:4171"),
        ("http://www.opengis.net/def/crs/EPSG/0/4326", "EPSG:4326"),
        ("epsg:4326", "EPSG:4326"),
    ],
)
def test_names_of_degrees(name, expected):
    """Whatever it is called, it is one system."""
    assert expected == at(AMIENS, declared=name).crs.to_string()


_LAMBERT_WKT = (
    'PROJCS["RGF_1993_Lambert_93",GEOGCS["GCS_RGF_1993",DATUM["D_RGF_1993",SPHEROID["GRS_1980",'
    '6378137.000,298.25722210]],PRIMEM["Greenwich",0],UNIT["Degree",0.017453292519943295]],'
    'PROJECTION["Lambert_Conformal_Conic"],PARAMETER["False_Easting",700000.000],PARAMETER['
    '"False_Northing",6600000.000],PARAMETER["Central_Meridian",3.0],PARAMETER['
    '"Latitude_Of_Origin",46.5],PARAMETER["Standard_Parallel_1",44.0],PARAMETER['
    '"Standard_Parallel_2",49.0],UNIT["Meter",1.0]]'
)


@pytest.mark.parametrize(
    "name", ["EPSG:2154", "IGNF:LAMB93", "urn:ogc:def:crs:EPSG::2154", _LAMBERT_WKT]
)
def test_names_of_lambert_93(name):
    """The one of EDIGEO, the one of a .prj: all come out as EPSG:2154."""
    assert "EPSG:2154" == at(METRES, declared=name).crs.to_string()


def test_the_height_of_a_system_is_left_out():
    """EPSG:4979 is WGS84 with heights."""
    assert "EPSG:4326" == system_named("EPSG:4979").to_string()


def test_the_user_wins_over_the_file():
    """A file that lies about its system is read as the planner says."""
    assert "EPSG:2154" == at(METRES, declared="EPSG:3857", asked="EPSG:2154").crs.to_string()


@pytest.mark.parametrize(
    "name",
    ["", "Lambert", "EPSG:999999", "EPSG:", "/etc/passwd", "http://127.0.0.1:1/crs", "+proj=merc"],
)
def test_a_system_nobody_knows_is_asked_for(name):
    """Only codes of known authorities; the remedy shows how one is written."""
    kind, said = refusal(AMIENS, declared=name or "?")
    assert "crs_unknown" == kind
    assert said.endswith("for instance --crs EPSG:4326.")


@pytest.mark.parametrize(
    ("shape", "proposal"),
    [
        (AMIENS, "EPSG:4326"),
        (METRES, "EPSG:2154"),
        (shapely.Point(1_650_000, 9_188_000), "EPSG:3950"),
        (shapely.Point(1_649_900, 8_299_000), "EPSG:3949"),
        (shapely.Point(599_000, 2_543_000), "EPSG:27572"),
        (shapely.Point(256_000, 6_430_000), "EPSG:3857"),
        (shapely.Point(1_842_000, 5_176_000), "EPSG:3946"),
        (shapely.Point(7e9, 7e9), "EPSG:2154"),
    ],
)
def test_a_file_that_says_nothing_is_met_with_a_proposal(shape, proposal):
    """The usual system that puts it near the territory, else the one of its figures."""
    kind, said = refusal(shape)
    assert "crs_missing" == kind
    assert said.endswith(f"--crs {proposal}.")


def test_metres_under_the_name_of_degrees_are_met_with_a_proposal():
    """Published files do this; GeoPandas would call them degrees."""
    assert (
        "metres_not_degrees",
        (
            "The coordinates (649658, 6977032…) look like Lambert-93 metres, not degrees. "
            "Read them as EPSG:2154? Add --crs EPSG:2154."
        ),
    ) == refusal(METRES, declared="EPSG:4326")


def test_degrees_under_the_name_of_metres_are_met_with_a_proposal():
    """The reverse happens too."""
    kind, said = refusal(AMIENS, declared="EPSG:2154")
    assert "degrees_not_metres" == kind
    assert said.endswith("Read them as EPSG:4326? Add --crs EPSG:4326.")


def test_swapped_coordinates_are_named():
    """Latitude first puts Amiens into the Indian Ocean."""
    decision = at(AMIENS, shapely.Point(49.89, 2.30), declared="EPSG:4326")
    assert [False, True] == decision.swapped.tolist()


@pytest.mark.parametrize("far", [1e308, 181.0, -1e6])
def test_degrees_beyond_the_earth_are_named(far):
    """A valid number may be no place; the others stay."""
    decision = at(AMIENS, shapely.Point(far, 3), declared="EPSG:4326")
    assert [False, True] == decision.beyond.tolist()


def test_an_old_system_is_met_with_a_warning():
    """Lambert II étendu without the grid of IGN: metres, not centimetres."""
    decision = at(shapely.Point(599_000, 2_543_000), declared="EPSG:27572")
    assert ["coarse_operation"] == [each.kind for each in decision.defects]
    assert "exact within 3 m" in decision.defects[0].what.en


@pytest.mark.parametrize("name", ["EPSG:4326", "EPSG:2154", "EPSG:3949", "EPSG:4171"])
def test_today_s_systems_need_no_warning(name):
    """RGF93 in its projections, and WGS84 as French files mean it."""
    shape = AMIENS if name in {"EPSG:4326", "EPSG:4171"} else METRES
    assert [] == at(shape, declared=name).defects


def test_a_file_of_the_tropics_is_left_alone():
    """Réunion has a latitude of −21° and a longitude of 55°."""
    decision = at(shapely.Point(55.5, -21.1), declared="EPSG:4326")
    assert [False, False] == [*decision.beyond, *decision.swapped]


def test_missing_shapes_say_nothing_of_the_system():
    """Nor does a file without any."""
    assert "EPSG:4326" == at(None, AMIENS, declared="EPSG:4326").crs.to_string()
    assert "EPSG:4326" == at(declared="EPSG:4326").crs.to_string()


@pytest.mark.parametrize(
    ("point", "expected"), [((2.3, 49.9), False), ((2.55, 50.05), False), ((5.7, 45.2), True)]
)
def test_the_territory_ends_ten_kilometres_away(point, expected):
    """Amiens, just outside the Métropole, Grenoble."""
    bounds = np.array([[*point, *point]])
    assert [expected] == outside_territory(bounds, system_named("EPSG:4326")).tolist()
