"""Into a store, the same for a file and for PostGIS."""

import dataclasses
import signal
import sys
import time

import geopandas.testing
import numpy as np
import pytest
import shapely

from geodata.errors import SelectionError, StoreError
from geodata.layers import Layer, make_layer
from geodata.store import (
    geopackage,
    postgis,
    read_edition,
    read_layers,
    read_records,
    restore_backup,
    write_layers,
    write_new_store,
)

DAY = "2026-11-01T00:00:00Z"


def numbers(store, layer="parcels"):
    """Numbers of the editions of a layer, and which one is current."""
    records = [each for each in read_records(store) if each.edition.layer == layer]
    current = [each.edition.number for each in records if each.is_current]
    return [each.edition.number for each in records], current


def test_a_store_of_no_layer_is_empty(tmp_path):
    """A file without layers is a store too."""
    path = tmp_path / "s.gpkg"
    assert () == write_layers(path, [])
    assert {} == read_layers(path)


def test_layers_come_back_as_they_went_in(store, parcels, stops):
    """Values, dtypes, shapes, coverage and edition survive, in the catalog's order."""
    editions = write_layers(store, [stops, parcels], imported_at=DAY)
    read = read_layers(store)
    assert ["parcels", "transit_stops"] == list(read)
    for layer, edition in zip((parcels, stops), editions, strict=True):
        back = read[layer.id]
        geopandas.testing.assert_geodataframe_equal(layer.features, back.features)
        assert edition == back.edition
        assert dataclasses.replace(layer.edition, number=1, imported_at=DAY) == back.edition
        assert shapely.equals_exact(layer.coverage, back.coverage)


def test_an_empty_layer_comes_back_empty(store, raw_parcels):
    """A layer without features is kept, with its columns and no coverage."""
    empty = make_layer(raw_parcels.iloc[:0], layer="parcels", date="", source="x")
    write_layers(store, [empty])
    read = read_layers(store)["parcels"]
    geopandas.testing.assert_geodataframe_equal(empty.features, read.features)
    assert read.coverage is None


def test_difficult_values_come_back(store, raw_parcels, corner):
    """Quotes, commas, line ends, empty text beside none, zeros in front, extreme numbers."""
    texts = ['a "quoted", text; with\nlines\r\nand \\. \\N', "", "02691"]
    numbers_ = [-0.0, 5e-324, 1.7976931348623157e308]
    x, y = corner
    shapes = [
        shapely.Polygon([(x + 0.1, y), (x + 1 / 3, y + 1e-9 + 2), (x + 5, y + np.pi)]),
        shapely.MultiPolygon(
            [shapely.box(x, y, x + 1, y + 1), shapely.box(x + 2, y, x + 3, y + 1)]
        ),
        shapely.box(x, y, x + 9, y + 9).difference(shapely.box(x + 1, y + 1, x + 2, y + 2)),
    ]
    raw = raw_parcels.assign(section=texts, contenance=numbers_).set_geometry(shapes, crs=3950)
    layer = make_layer(raw, layer="parcels", date="", source="l'îlot n° 3 ; «\u00a0x\u00a0»")
    write_layers(store, [layer], author="Zoë", note="première\nligne")
    back = read_layers(store)["parcels"]
    geopandas.testing.assert_geodataframe_equal(layer.features, back.features)
    assert ("Zoë", "première\nligne", layer.edition.source) == (
        back.edition.author,
        back.edition.note,
        back.edition.source,
    )


def test_each_import_is_a_new_edition(store, parcels, stops, many):
    """The last one is current, the earlier ones and the other layers stay."""
    write_layers(store, [parcels])
    write_layers(store, [stops])
    write_layers(store, [many(2)])
    read = read_layers(store)
    assert {"parcels": (2, 2), "transit_stops": (2, 1)} == {
        name: (len(layer.features), layer.edition.number) for name, layer in read.items()
    }
    assert ([1, 2], [2]) == numbers(store)
    first = read_edition(store, layer="parcels", number=1)
    geopandas.testing.assert_geodataframe_equal(parcels.features, first.features)


def test_an_import_sent_twice_counts_once(store, parcels):
    """Same features from the same file: no new edition; another source makes one."""
    write_layers(store, [parcels])
    assert 1 == write_layers(store, [parcels])[0].number
    assert ([1], [1]) == numbers(store)
    other = dataclasses.replace(
        parcels, edition=dataclasses.replace(parcels.edition, date="2027-01-01")
    )
    assert 2 == write_layers(store, [other])[0].number


def test_the_last_of_two_layers_of_one_id_counts(store, parcels, many):
    """As in a mapping by id."""
    write_layers(store, [parcels, many(1)])
    assert 1 == len(read_layers(store)["parcels"].features)


def test_a_layer_the_catalog_does_not_know_is_refused(store, parcels):
    """Its name becomes no table."""
    strange = Layer('x"; DROP TABLE parcels', parcels.features, None, parcels.edition)
    with pytest.raises(SelectionError):
        write_layers(store, [strange])


def test_a_new_store_has_no_history(tmp_path, parcels, many):
    """Whatever stood there is gone, equal layers make equal bytes, no backup is kept."""
    first, second = tmp_path / "a.gpkg", tmp_path / "b.gpkg"
    write_layers(second, [many(5)])
    for path in (first, second):
        write_new_store(path, [parcels], imported_at=DAY)
    assert first.read_bytes() == second.read_bytes()
    assert ([1], [1]) == numbers(second)
    assert not geopackage.backup_of(second).exists()


def test_the_backup_takes_the_place_of_a_damaged_file(tmp_path, parcels, many):
    """It is the store before the last change, and the message that refuses the file names it."""
    path = tmp_path / "s.gpkg"
    write_layers(path, [parcels])
    before = path.read_bytes()
    write_layers(path, [many(3)])
    path.write_bytes(path.read_bytes()[:5000])
    with pytest.raises(StoreError, match=r"s\.bak\.gpkg"):
        read_layers(path)
    with pytest.raises(StoreError, match=r"s\.bak\.gpkg"):
        write_layers(path, [many(4)])
    restore_backup(path)
    assert before == path.read_bytes()
    assert ([1], [1]) == numbers(path)


def test_without_a_sound_backup_that_is_said(tmp_path, parcels):
    """Neither an absent one nor a damaged one is put in place."""
    path = tmp_path / "s.gpkg"
    write_layers(path, [parcels])
    with pytest.raises(StoreError, match="pas de sauvegarde"):
        restore_backup(path)
    geopackage.backup_of(path).write_bytes(path.read_bytes()[:3000])
    with pytest.raises(StoreError, match="pas de sauvegarde"):
        restore_backup(path)
    assert ([1], [1]) == numbers(path)


def test_four_writers_wait_for_each_other(tmp_path, store, many, writer):
    """Four processes, five imports each: none lost, none turned away, numbers from 1 to 20."""
    others = [tmp_path / f"other{each}.gpkg" for each in range(4)]
    for rank, other in enumerate(others):
        write_layers(other, [many(rank + 1, date=f"20{rank}0-01-01")])
    processes = [writer(store, other, times=5) for other in others]
    for process in processes:
        process.stdout.readline()
    for process in processes:
        process.stdin.write(b"go\n")
        process.stdin.flush()
    said = [process.communicate() for process in processes]
    assert [(b"done\n", b"")] * 4 == said
    assert (list(range(1, 21)), [20]) == numbers(store)
    dates = [each.edition.date for each in read_records(store)]
    assert [5] * 4 == [dates.count(f"20{rank}0-01-01") for rank in range(4)]


def test_a_writer_that_waits_too_long_is_told(store, parcels, many, monkeypatch):
    """Bounded patience: a message, and the store as it was."""
    write_layers(store, [parcels])
    monkeypatch.setattr(geopackage, "PATIENCE_S", 0.2)
    monkeypatch.setattr(postgis, "PATIENCE_S", 0.2)
    second = many(2)

    def held(_records):
        with pytest.raises(StoreError, match=r"Une autre commande|Un autre import"):
            write_layers(store, [second])
        raise StopIteration

    place = geopackage if not isinstance(store, str) else postgis
    with pytest.raises(StopIteration):
        place.change(store, held)
    assert ([1], [1]) == numbers(store)


@pytest.mark.skipif(sys.platform == "win32", reason="there is no kill -9 on Windows")
def test_a_killed_writer_leaves_the_old_state_or_the_new_one(
    tmp_path, store, parcels, many, writer
):
    """Kill -9 at eight moments of an import: never a third state, and the next one passes."""
    other = tmp_path / "other.gpkg"
    write_layers(other, [many(8000)])
    write_layers(store, [parcels])
    # the time an import takes on this machine, so that the moments spread over all of it
    with writer(store, other) as process:
        process.stdout.readline()
        start = time.monotonic()
        process.communicate(b"go\n")
        whole = time.monotonic() - start
    states = []
    for attempt in range(8):
        write_layers(store, [many(2, date=f"2027-01-{attempt + 1:02}")])
        before = numbers(store)[0]
        with writer(store, other) as process:
            process.stdout.readline()
            process.stdin.write(b"go\n")
            process.stdin.flush()
            time.sleep(whole * attempt / 8)
            process.send_signal(signal.SIGKILL)
        after, current = numbers(store)
        rows = len(read_layers(store)["parcels"].features)
        states.append((after[len(before) :], current, rows))
        assert states[-1] in (
            ([], [before[-1]], 2),
            ([before[-1] + 1], [before[-1] + 1], 8000),
        )
    assert any(not added for added, _, _ in states)
    assert [] == list(tmp_path.glob(".s.*.partial*")) or write_layers(store, [parcels])
    assert [] == list(tmp_path.glob(".s.*.partial*"))
