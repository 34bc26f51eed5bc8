import datetime as dt

import pytest

from geodata.errors import DataError
from geodata.standards.cnig_se.registry import Registry

DAY = dt.date(2026, 1, 1)


def give(registry, key, commune="80021", class_="SITE-ECO"):
    """Identifier given to a key."""
    return registry.identify(key, class_=class_, commune=commune, since=DAY)[0]


def test_numbers_go_up_by_commune_and_class():
    """Each commune and class counts alone; the same key has the same number."""
    registry = Registry()
    assert "80021_SITE-ECO_00001" == give(registry, "zones:a")
    assert "80021_SITE-ECO_00002" == give(registry, "zones:b")
    assert "80021_SITE-ECO_00001" == give(registry, "zones:a", "80632")
    assert "80632_SITE-ECO_00001" == give(registry, "zones:c", "80632")
    assert "80021_TERRAIN-ECO_00001" == give(registry, "parcels:a", class_="TERRAIN-ECO")


def test_an_identifier_of_the_standard_is_kept_and_never_given_again():
    """An object imported from a delivery keeps its own; new ones go past it."""
    registry = Registry()
    registry.reserve(["economic_sites:80021_SITE-ECO_00007"], class_="SITE-ECO")
    assert "80021_SITE-ECO_00008" == give(registry, "zones:a")
    assert "80021_SITE-ECO_00007" == give(registry, "economic_sites:80021_SITE-ECO_00007")


def test_a_foreign_identifier_that_is_taken_gets_another():
    """Two objects never share one."""
    registry = Registry()
    assert "80021_SITE-ECO_00001" == give(registry, "zones:a")
    assert "80021_SITE-ECO_00002" == give(registry, "economic_sites:80021_SITE-ECO_00001")


def test_the_file_brings_everything_back(tmp_path):
    """Numbers, days, and the memory of numbers that are not used any more."""
    registry = Registry()
    give(registry, "zones:é")
    registry.write(tmp_path / "r.json")
    again = Registry.read(tmp_path / "r.json")
    later = dt.date(2027, 1, 1)
    assert ("80021_SITE-ECO_00001", DAY) == again.identify(
        "zones:é", class_="SITE-ECO", commune="80632", since=later
    )
    assert "80021_SITE-ECO_00002" == give(again, "zones:b")
    assert "80021_SITE-ECO_00001" == again.has("zones:é", class_="SITE-ECO")
    assert again.has("zones:x", class_="SITE-ECO") is None


def test_no_file_is_an_empty_registry(tmp_path):
    """The first delivery."""
    assert "80021_SITE-ECO_00001" == give(Registry.read(tmp_path / "r.json"), "zones:a")


@pytest.mark.parametrize(
    "text",
    ["", "[]", '{"layout": 2, "identifiers": {}}', '{"layout": 1}',
     '{"layout": 1, "identifiers": {"SITE-ECO": {"a": ["x", "2026-01-01"]}}}',
     '{"layout": 1, "identifiers": {"SITE-ECO": {"a": ["80021_SITE-ECO_00001", "hier"]}}}'],
)  # fmt: skip
def test_a_damaged_file_is_refused(tmp_path, text):
    """Going on would give numbers anew."""
    (tmp_path / "r.json").write_text(text, encoding="utf-8")
    with pytest.raises(DataError):
        Registry.read(tmp_path / "r.json")


def test_a_full_commune_is_said():
    """Five digits are the standard's limit."""
    registry = Registry({"SITE-ECO": {"a": ("80021_SITE-ECO_99999", "2026-01-01")}})
    with pytest.raises(DataError):
        give(registry, "b")
