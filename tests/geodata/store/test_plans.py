"""Restoring and pruning, the same for a file and for PostGIS."""

import pytest

from geodata.editions import compare, list_editions, prune, restore
from geodata.errors import SelectionError
from geodata.store import read_edition, read_layers, store_stamp, write_layers


def test_an_earlier_edition_comes_back(store, parcels, many, stops):
    """The newer one stays and can come back; the next import has the next number."""
    write_layers(store, [parcels, stops], author="Zoë")
    write_layers(store, [many(5)])
    assert [1, 2] == [each.edition.number for each in list_editions(store, "parcels")]
    assert 3 == len(list_editions(store))
    assert () == list_editions(store, "roads")
    assert "Zoë" == restore(store, "parcels", 1).author
    assert {"parcels": 1, "transit_stops": 1} == {
        name: layer.edition.number for name, layer in read_layers(store).items()
    }
    assert [True, False] == [each.is_current for each in list_editions(store, "parcels")]
    assert 5 == len(read_edition(store, layer="parcels", number=2).features)
    assert 2 == restore(store, "parcels", 2).number
    restore(store, "parcels", 1)
    assert 3 == write_layers(store, [many(5)])[0].number
    assert 8 == len(compare(store, "parcels", 1, 3))


def test_restoring_what_is_current_changes_nothing(store, parcels):
    """Not even the stamp of the store."""
    write_layers(store, [parcels])
    before = store_stamp(store)
    assert 1 == restore(store, "parcels", 1).number
    assert before == store_stamp(store)


def test_a_pruned_edition_is_remembered_without_its_features(store, parcels, many):
    """Its number is not used again, and the current edition is not pruned."""
    write_layers(store, [parcels])
    write_layers(store, [many(5)])
    with pytest.raises(SelectionError, match="en cours"):
        prune(store, "parcels", [1, 2])
    prune(store, "parcels", [1])
    assert [(1, False), (2, True)] == [
        (each.edition.number, each.is_kept) for each in list_editions(store, "parcels")
    ]
    for refused in (
        lambda: compare(store, "parcels", 1, 2),
        lambda: restore(store, "parcels", 1),
        lambda: prune(store, "parcels", [1]),
    ):
        with pytest.raises(SelectionError, match="L'édition 1 n'est pas conservée"):
            refused()
    assert 2 == read_layers(store)["parcels"].edition.number
    assert 3 == write_layers(store, [parcels])[0].number


def test_pruning_nothing_changes_nothing(store, parcels):
    """An empty list is no error."""
    write_layers(store, [parcels])
    before = store_stamp(store)
    prune(store, "parcels", [])
    assert before == store_stamp(store)


def test_restoring_what_never_was_is_refused(store, parcels):
    """And leaves the store alone."""
    write_layers(store, [parcels])
    before = store_stamp(store)
    for layer, number in (("parcels", 2), ("roads", 1)):
        with pytest.raises(SelectionError):
            restore(store, layer, number)
    assert before == store_stamp(store)


def test_a_pruned_file_gets_smaller(tmp_path, parcels, many):
    """Pruning is for the disk."""
    path = tmp_path / "s.gpkg"
    write_layers(path, [many(3000)])
    write_layers(path, [parcels])
    size = path.stat().st_size
    prune(path, "parcels", [1])
    assert path.stat().st_size < size / 2
