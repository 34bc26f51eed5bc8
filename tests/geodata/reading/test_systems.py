import numpy as np
import pandas as pd
import pytest
import shapely

from geodata.errors import DataError, MissingCrsError
from geodata.reading.systems import placed

AMIENS = shapely.Point(2.30, 49.89)
METRES = shapely.Point(649_658, 6_977_032)


def at(*shapes, declared=None, asked=None):
    """Shapes placed, under the ids a, b and so on."""
    rows = pd.DataFrame({"id": [chr(ord("a") + rank) for rank in range(len(shapes))]})
    shapes = np.array([*shapes], dtype=object)
    return placed(rows, shapes, declared=declared, asked=asked, where="f.json")


def refusal(error, *shapes, **names):
    """English text of the refusal."""
    with pytest.raises(error) as caught:
        at(*shapes, **names)
    (fault,) = caught.value.faults
    assert "f.json" == fault.where
    return f"{fault.what.en} {fault.remedy.en}"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (None, "EPSG:4326"),
        ("EPSG:4326", "EPSG:4326"),
        ("urn:ogc:def:crs:OGC:1.3:CRS84", "OGC:CRS84"),
        ("urn:ogc:def:crs:OGC::CRS84", "OGC:CRS84"),
        ("urn:ogc:def:crs:EPSG::4326", "EPSG:4326"),
        ("urn:ogc:def:crs:EPSG:6.9:4171", "EPSG:4171"),
        ("epsg:4326", "EPSG:4326"),
    ],
)
def test_names_of_degrees(name, expected):
    """GeoJSON without a name is WGS84."""
    assert expected == at(AMIENS, declared=name).crs.to_string()


@pytest.mark.parametrize("name", ["EPSG:2154", "IGNF:LAMB93", "urn:ogc:def:crs:EPSG::2154"])
def test_names_of_metres(name):
    """Lambert-93 under its usual names."""
    assert not at(METRES, declared=name).crs.is_geographic


def test_the_user_wins_over_the_file():
    """A file that lies about its system is read as the planner says."""
    assert "EPSG:2154" == at(METRES, declared="EPSG:3857", asked="EPSG:2154").crs.to_string()


@pytest.mark.parametrize(
    "name",
    ["", "Lambert", "EPSG:999999", "EPSG:", "/etc/passwd", "http://127.0.0.1:1/crs", "+proj=merc"],
)
def test_a_system_nobody_knows_is_refused(name):
    """Only codes of known authorities; the remedy shows how one is written."""
    said = refusal(MissingCrsError, AMIENS, declared=name)
    assert said == (
        f"Unknown reference system: “{name}”. Give its code, for instance --crs EPSG:2154."
    )


def test_metres_without_a_name_are_met_with_a_proposal():
    """Published files do this; GeoPandas would call them degrees."""
    said = refusal(MissingCrsError, METRES)
    assert said == (
        "The coordinates (649658, 6977032…) look like Lambert-93 metres, not degrees. "
        "Read them as EPSG:2154? Add --crs EPSG:2154."
    )


def test_degrees_under_the_name_of_metres_are_met_with_a_proposal():
    """The reverse happens too."""
    said = refusal(MissingCrsError, AMIENS, declared="EPSG:2154")
    assert said.endswith("Read them as EPSG:4326? Add --crs EPSG:4326.")


def test_swapped_coordinates_are_named():
    """Latitude first puts Amiens into the Indian Ocean."""
    said = refusal(DataError, AMIENS, shapely.Point(49.89, 2.30))
    assert said.startswith("Latitude and longitude look swapped for 1 feature(s): b.")


@pytest.mark.parametrize("far", [1e308, 181.0, -1e6])
def test_degrees_beyond_the_earth_are_named(far):
    """A valid number may be no place."""
    assert "1 feature(s) outside ±180° and ±90°: b." in refusal(
        DataError, AMIENS, shapely.Point(far, 3)
    )


def test_a_file_of_the_tropics_is_left_alone():
    """Réunion has a latitude of −21° and a longitude of 55°."""
    assert 1 == len(at(shapely.Point(55.5, -21.1)))


def test_missing_and_infinite_shapes_are_left_to_the_contract():
    """They say nothing of the system; nor does a file without any other shape."""
    assert 2 == len(at(None, AMIENS))
    assert 2 == len(at(None, shapely.Point(np.inf, 0)))
    assert 0 == len(at())
