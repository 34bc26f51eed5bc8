"""Out of a store, the same for a file and for PostGIS."""

import sqlite3

import psycopg
import pytest

from geodata import catalog
from geodata.errors import ContractError, MissingFileError, SelectionError, StoreError
from geodata.store import (
    contents,
    read_edition,
    read_layers,
    read_records,
    reading,
    store_stamp,
    write_layers,
)


def run(store, statement):
    """Change a store behind our back; FEATURES and EDITIONS stand for its tables."""
    if isinstance(store, str):
        names = {"FEATURES": "technopole.parcels", "EDITIONS": "technopole.editions"}
    else:
        names = {"FEATURES": "parcels_1", "EDITIONS": "technopole_editions"}
    for word, name in names.items():
        statement = statement.replace(word, name)
    if isinstance(store, str):
        with psycopg.connect(store) as connection:
            connection.execute(statement)
        return
    with sqlite3.connect(store) as database:
        database.execute(statement)
    database.close()


def test_a_missing_store_is_said_to_be_missing(store, tmp_path):
    """Reading creates nothing."""
    for read in (read_layers, read_records):
        with pytest.raises(MissingFileError, match="n'existe pas"):
            read(store)
    assert [] == list(tmp_path.iterdir())
    assert "" == store_stamp(store)


def test_only_the_layers_asked_for_are_read(store, parcels, stops):
    """A layer that the store does not hold is not an error."""
    write_layers(store, [parcels, stops])
    assert ["parcels"] == list(read_layers(store, only={"parcels", "roads"}))
    assert [] == list(read_layers(store, only=()))


def test_an_edition_that_is_not_there_is_named(store, parcels):
    """With those that are."""
    write_layers(store, [parcels])
    with pytest.raises(SelectionError, match=r"L'édition 7 n'est pas conservée. Choisir parmi : 1"):
        read_edition(store, layer="parcels", number=7)
    with pytest.raises(SelectionError, match="—"):
        read_edition(store, layer="roads", number=1)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE FEATURES SET section = 'AB' WHERE id LIKE '%1'",
        "UPDATE FEATURES SET contenance = contenance + 1",
        "DELETE FROM FEATURES WHERE id LIKE '%1'",
    ],
)
def test_features_changed_by_other_software_are_refused(store, parcels, statement):
    """An edition is what was imported: a change has to be imported."""
    write_layers(store, [parcels])
    run(store, statement)
    with pytest.raises(StoreError, match="Couche parcels, édition 1"):
        read_layers(store)
    assert "parcels" in read_layers(store, check=False)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE EDITIONS SET producer = 'moi'",
        "UPDATE EDITIONS SET demo_share = 0",
        "UPDATE EDITIONS SET date = '2030-01-01'",
    ],
)
def test_editions_changed_by_other_software_are_refused(store, parcels, statement):
    """Producer, date and share of demonstration are as sealed as the features."""
    write_layers(store, [parcels])
    run(store, statement)
    with pytest.raises(StoreError, match="abîmée"):
        read_layers(store)


def test_a_layer_that_breaks_its_contract_is_refused_unless_asked_for(store, parcels):
    """A change by hand cannot smuggle a broken layer in; listing its faults still works."""
    write_layers(store, [parcels])
    run(store, "UPDATE FEATURES SET section = NULL")
    with pytest.raises(ContractError, match="section"):
        read_layers(store)
    assert 3 == len(read_layers(store, check=False)["parcels"].features)


def test_a_contract_that_has_changed_is_checked_again(store, parcels, monkeypatch):
    """A newer program may ask for more than the one that took the layer in."""
    write_layers(store, [parcels])
    checked = []
    monkeypatch.setattr(reading, "faults", lambda layer: checked.append(layer.id) or ())
    read_layers(store)
    assert [] == checked
    monkeypatch.setattr(reading, "contract_digest", lambda _: "another")
    read_layers(store)
    assert ["parcels"] == checked


def test_the_digest_of_a_contract_follows_the_contract():
    """Two layers, two contracts."""
    assert contents.contract_digest("parcels") != contents.contract_digest("zones")
    assert len(catalog.catalog()) == len({contents.contract_digest(x) for x in catalog.catalog()})


def test_the_stamp_changes_with_the_store(store, parcels, stops):
    """And only then."""
    write_layers(store, [parcels])
    first = store_stamp(store)
    read_layers(store)
    write_layers(store, [parcels])
    assert first == store_stamp(store) != ""
    write_layers(store, [stops])
    assert first != store_stamp(store)
