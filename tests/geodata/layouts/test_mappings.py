import pytest
from pydantic import ValidationError

from geodata.errors import DataError, SelectionError
from geodata.layouts.mappings import (
    Constant,
    Mapping,
    load_mapping,
    mapping_names,
    mappings_folder,
    save_mapping,
)

HOTELS = Mapping(
    name="hotels-2026",
    layer="hotels",
    columns={"name": "Nom de l'hôtel", "rooms": "1e5", "status": Constant(constant="existing")},
    values={"status": {"non": "pending", "007": "existing"}},
    crs="EPSG:2154",
)


def test_what_is_saved_is_read_back_the_same(tmp_path):
    """Words that look like numbers, constants and lists survive; saving again replaces."""
    assert () == mapping_names(tmp_path / "none")
    save_mapping(HOTELS, folder=tmp_path / "new")
    save_mapping(HOTELS, folder=tmp_path / "new")
    assert ("hotels-2026",) == mapping_names(tmp_path / "new")
    assert HOTELS == load_mapping("hotels-2026", folder=tmp_path / "new")


def test_the_folder_can_be_named(tmp_path, monkeypatch):
    """A variable wins over the system's place."""
    monkeypatch.setenv("TECHNOPOLE_MAPPINGS", str(tmp_path))
    assert tmp_path == mappings_folder()
    assert tmp_path == save_mapping(HOTELS).parent
    assert HOTELS == load_mapping("hotels-2026")
    monkeypatch.delenv("TECHNOPOLE_MAPPINGS")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "c"))
    assert mappings_folder().is_relative_to(tmp_path)


@pytest.mark.parametrize("name", ["../x", "a/b", "A", "", ".x", "x" * 61, "é"])
def test_no_name_becomes_a_path(name, tmp_path):
    """Neither when saving nor when loading."""
    with pytest.raises(ValidationError):
        Mapping(name=name, layer="hotels", columns={})
    with pytest.raises(SelectionError):
        load_mapping(name, folder=tmp_path)


@pytest.mark.parametrize(
    "content",
    [
        {"layer": "nowhere", "columns": {}},
        {"layer": "hotels", "columns": {"beds": "x"}},
        {"layer": "hotels", "columns": {}, "values": {"beds": {"a": "b"}}},
        {"layer": "hotels", "columns": {"status": {"constant": "open"}}},
        {"layer": "hotels", "columns": {"name": {"konstant": "x"}}},
        {"layer": "hotels", "columns": {}, "colour": "red"},
    ],
)
def test_mappings_are_checked_strictly(content):
    """Unknown layers, columns, keys and words of a list."""
    with pytest.raises(ValidationError):
        Mapping.model_validate({"name": "x", **content})


def test_a_file_with_faults_is_refused_with_its_line(tmp_path):
    """Unknown keys, other YAML tricks, another name."""
    file = tmp_path / "x.yaml"
    file.write_text("name: x\nlayer: hotels\ncolumns: {}\ncolour: red\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"x\.yaml, l\. 4.*colour"):
        load_mapping("x", folder=tmp_path)
    file.write_text("name: &a x\n", encoding="utf-8")
    with pytest.raises(DataError, match="ancres"):
        load_mapping("x", folder=tmp_path)
    file.write_text("name: y\nlayer: hotels\ncolumns: {}\n", encoding="utf-8")
    with pytest.raises(DataError, match="« y »"):
        load_mapping("x", folder=tmp_path)
    file.write_text("- a\n", encoding="utf-8")
    with pytest.raises(DataError):
        load_mapping("x", folder=tmp_path)


def test_an_unknown_mapping_is_met_with_the_nearest(tmp_path):
    """The name that was probably meant."""
    with pytest.raises(SelectionError, match="Aucune"):
        load_mapping("x", folder=tmp_path)
    save_mapping(HOTELS, folder=tmp_path)
    with pytest.raises(SelectionError, match="hotels-2026"):
        load_mapping("hotels-2025", folder=tmp_path)
