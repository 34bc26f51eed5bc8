"""The file store: what it refuses, what it survives. What both stores do is in test_writing."""

import ctypes
import itertools
import random
import signal
import sqlite3
import sys
import time
from pathlib import Path

import geopandas.testing
import pyogrio
import pytest

from geodata.editions import prune
from geodata.errors import ContractError, MissingFileError, StoreError
from geodata.layers import make_layer
from geodata.store import geopackage, mounts, read_layers, write_layers

DAY = "2026-11-01T00:00:00Z"


def names(folder):
    """Files of a folder."""
    return sorted(each.name for each in folder.iterdir())


def test_the_same_imports_make_the_same_bytes(tmp_path, parcels, stops):
    """The file depends on layers, moment and order of the imports, not on the day of writing."""
    first, second = tmp_path / "a.gpkg", tmp_path / "b.gpkg"
    for path in (first, second):
        write_layers(path, [parcels, stops], imported_at=DAY)
    assert first.read_bytes() == second.read_bytes()


def test_beside_the_store_lie_a_lock_and_one_backup(tmp_path, parcels, stops, many):
    """The lock is empty; the backup is the store before the last change, and there is one."""
    path = tmp_path / "s.gpkg"
    write_layers(path, [parcels])
    assert [".s.gpkg.lock", "s.gpkg"] == names(tmp_path)
    write_layers(path, [stops])
    before = path.read_bytes()
    write_layers(path, [many(2)])
    assert [".s.gpkg.lock", "s.bak.gpkg", "s.gpkg"] == names(tmp_path)
    assert before == (tmp_path / "s.bak.gpkg").read_bytes()


def test_a_disk_without_hard_links_keeps_no_backup(tmp_path, parcels, stops, monkeypatch):
    """The change goes through all the same."""

    def fail(*_):
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(geopackage.os, "link", fail)
    path = tmp_path / "s.gpkg"
    write_layers(path, [parcels])
    write_layers(path, [stops])
    assert [".s.gpkg.lock", "s.gpkg"] == names(tmp_path)


def test_a_missing_store_is_named(tmp_path):
    """By the name of the file, not of its folder."""
    with pytest.raises(MissingFileError, match=r"^absent\.gpkg"):
        read_layers(tmp_path / "absent.gpkg")


@pytest.mark.parametrize(
    "content", [b"", b"<OGRVRTDataSource/>", b"SQLite format 3\x00" + b"x" * 90]
)
def test_what_is_no_store_is_refused_and_left_alone(tmp_path, parcels, content):
    """Neither reading nor writing touches a file of another kind."""
    path = tmp_path / "s.gpkg"
    path.write_bytes(content)
    with pytest.raises(StoreError, match=r"s\.gpkg"):
        read_layers(path)
    with pytest.raises(StoreError, match=r"s\.gpkg"):
        write_layers(path, [parcels])
    assert content == path.read_bytes()


def test_a_folder_is_no_store(tmp_path, parcels):
    """A slip of the pen is said plainly."""
    with pytest.raises(StoreError):
        read_layers(tmp_path)
    with pytest.raises(StoreError):
        write_layers(tmp_path, [parcels])


def test_a_geopackage_of_another_program_is_refused(tmp_path, parcels):
    """A partner's GeoPackage is to be imported, not opened as a store."""
    path = tmp_path / "s.gpkg"
    pyogrio.write_dataframe(parcels.features.reset_index(), path, layer="parcels", driver="GPKG")
    with pytest.raises(StoreError, match="n'est pas une base"):
        read_layers(path)


def test_a_store_of_another_layout_is_refused(tmp_path, parcels):
    """An older program says that the store is newer, rather than misreading it."""
    path = tmp_path / "s.gpkg"
    write_layers(path, [parcels])
    with sqlite3.connect(path) as database:
        database.execute("UPDATE technopole_store SET layout = 99")
    database.close()
    with pytest.raises(StoreError, match="99"):
        read_layers(path)


def test_gdal_reads_the_store_without_a_warning(tmp_path, parcels, stops):
    """A table per edition, the current ones by their layer's name; warnings are errors here."""
    path = tmp_path / "s.gpkg"
    write_layers(path, [parcels, stops])
    write_layers(
        path, [make_layer(stops.features.iloc[:1], layer="transit_stops", date="", source="b")]
    )
    names = {name for name, _ in pyogrio.list_layers(path)}
    own = {"technopole_editions", "technopole_store"}
    editions = {"parcels_1", "transit_stops_1", "transit_stops_2"}
    assert {"parcels", "transit_stops", *editions, *own} == names
    assert 2 == len(pyogrio.read_dataframe(path, layer="transit_stops_1"))
    assert 1 == len(pyogrio.read_dataframe(path, layer="transit_stops"))


def test_a_truncated_store_is_refused(tmp_path, many):
    """At ten offsets, reading and writing say so plainly, in every part of the message."""
    path = tmp_path / "s.gpkg"
    write_layers(path, [many(500)])
    whole = path.read_bytes()
    for tenth in range(10):
        torn = whole[: len(whole) * tenth // 10]
        path.write_bytes(torn)
        for use in (read_layers, lambda path: write_layers(path, [many(2)])):
            with pytest.raises((StoreError, ContractError)) as caught:
                use(path)
            assert caught.value.say("fr").startswith("s.gpkg")
            assert str(tmp_path) not in str(caught.value)
        assert torn == path.read_bytes()


@pytest.mark.filterwarnings("ignore")  # GDAL warns of what is refused afterwards
def test_flipped_bytes_are_refused_or_do_not_matter(tmp_path, many):
    """One byte in each of 60 places: refused plainly, or the very same features are read."""
    path = tmp_path / "s.gpkg"
    write_layers(path, [many(500)])
    expected = read_layers(path)["parcels"]
    whole = path.read_bytes()
    chance, refused = random.Random(3), 0  # noqa: S311 - seeded
    for _ in range(60):
        torn = bytearray(whole)
        torn[chance.randrange(len(whole))] ^= chance.randrange(1, 256)
        path.write_bytes(torn)
        try:
            read = read_layers(path)["parcels"]
        except (StoreError, ContractError):
            refused += 1
        else:
            geopandas.testing.assert_geodataframe_equal(expected.features, read.features)
            assert expected.edition == read.edition
    assert refused >= 20  # the other places hold nothing that is read


@pytest.mark.filterwarnings("ignore")  # GDAL warns of what is refused afterwards
def test_flipped_pages_are_refused_or_do_not_matter(tmp_path, many):
    """Twenty pages turned to rubbish, one at a time; nothing is ever written over a good backup."""
    path = tmp_path / "s.gpkg"
    write_layers(path, [many(400)])
    write_layers(path, [many(500)])
    backup = geopackage.backup_of(path).read_bytes()
    expected = read_layers(path)["parcels"]
    whole = path.read_bytes()
    pages = range(0, len(whole), 4096)
    chance, said = random.Random(4), []  # noqa: S311 - seeded
    for start in chance.sample(pages, 20):
        torn = whole[:start] + chance.randbytes(4096) + whole[start + 4096 :]
        path.write_bytes(torn)
        try:
            read = read_layers(path)["parcels"]
        except StoreError as error:
            said.append(error.say("fr"))
            continue
        geopandas.testing.assert_geodataframe_equal(expected.features, read.features)
    assert len(said) >= 5
    assert all("s.bak.gpkg" in each for each in said)
    assert backup == geopackage.backup_of(path).read_bytes()


def test_a_damaged_edition_stops_the_next_import(tmp_path, parcels, stops):
    """Even an edition that nobody reads is not copied on damaged, over a backup that is sound."""
    path = tmp_path / "s.gpkg"
    write_layers(path, [parcels])
    write_layers(path, [stops])
    with sqlite3.connect(path) as database:
        database.execute("UPDATE parcels_1 SET section = 'AB'")
    database.close()
    with pytest.raises(StoreError, match=r"s\.bak\.gpkg"):
        write_layers(path, [stops])


@pytest.mark.parametrize("failing", ["apply", "_verify"])
def test_a_failing_write_leaves_the_old_store(tmp_path, parcels, stops, monkeypatch, failing):
    """A full disk costs the new layers, not the old ones."""
    path = tmp_path / "s.gpkg"
    write_layers(path, [parcels])
    before = path.read_bytes()

    def fail(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(geopackage, failing, fail)
    with pytest.raises(StoreError, match="No space left"):
        write_layers(path, [stops])
    assert before == path.read_bytes()
    assert [".s.gpkg.lock", "s.gpkg"] == names(tmp_path)


def test_a_failing_rename_leaves_the_old_store(tmp_path, parcels, stops, monkeypatch):
    """The last step may fail too, on Windows when a reader holds the file."""
    path = tmp_path / "s.gpkg"
    write_layers(path, [parcels])
    before = path.read_bytes()

    def fail(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(StoreError, match="Permission denied"):
        write_layers(path, [stops])
    assert before == path.read_bytes()
    assert [".s.gpkg.lock", "s.gpkg"] == names(tmp_path)


def test_a_folder_that_does_not_exist_is_named_as_the_trouble(tmp_path, parcels):
    """The folder is not made in silence: it may be a slip of the pen."""
    with pytest.raises(StoreError, match="dossier"):
        write_layers(tmp_path / "nowhere" / "s.gpkg", [parcels])


def test_a_network_share_is_refused(tmp_path, parcels, monkeypatch):
    """With the other kind of store as the remedy, and nothing written."""
    monkeypatch.setattr(geopackage, "is_shared", lambda path: mounts.is_shared(path, mounts=SHARE))
    with pytest.raises(StoreError, match="partage réseau"):
        write_layers(tmp_path / "s.gpkg", [parcels])
    assert [] == names(tmp_path)


SHARE = "server:/export / nfs4 rw 0 0\n"


def test_a_store_pruned_while_it_is_read_is_read_again(tmp_path, parcels, many):
    """A reader whose edition goes with the file gets the new file's, not an error."""
    path = tmp_path / "s.gpkg"
    write_layers(path, [parcels])
    rounds = itertools.count()

    def choose(records):
        if next(rounds) == 0:
            write_layers(path, [many(4)])
            prune(path, "parcels", [1])
        return [each for each in records if each.is_current]

    assert [4] == [each.record.edition.rows for each in geopackage.read(path, choose)]


@pytest.mark.skipif(sys.platform == "win32", reason="there is no kill -9 on Windows")
def test_a_killed_writer_leaves_the_old_bytes_or_the_new_store(tmp_path, parcels, many, writer):
    """Kill -9 while the file is written: byte-identical until the very rename."""
    path, other = tmp_path / "s.gpkg", tmp_path / "other.gpkg"
    write_layers(other, [many(8000)])
    write_layers(path, [parcels])
    old, unchanged = path.read_bytes(), 0
    for attempt in range(8):
        path.write_bytes(old)
        with writer(path, other) as process:
            process.stdout.readline()
            process.stdin.write(b"go\n")
            process.stdin.flush()
            time.sleep(0.03 * attempt)
            process.send_signal(signal.SIGKILL)
        if path.read_bytes() == old:
            unchanged += 1
        else:
            assert 8000 == len(read_layers(path)["parcels"].features)
    assert unchanged
    write_layers(path, [many(1)])
    assert [] == list(tmp_path.glob(".s.*.partial*"))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on the size of files")
def test_a_file_that_may_not_grow_leaves_the_old_store(tmp_path, parcels, many, writer):
    """A limit of 200 kB, as on a full disk: refused, old store intact."""
    path, other = tmp_path / "s.gpkg", tmp_path / "o.gpkg"
    write_layers(path, [parcels])
    write_layers(other, [many(8000)])
    before = path.read_bytes()
    limit = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))\n"
    with writer(path, other, limit=limit) as process:
        _, said = process.communicate(b"go\n")
        assert 0 != process.returncode
    assert b"StoreError" in said
    assert before == path.read_bytes()
    assert [] == list(tmp_path.glob(".s.*.partial*"))


@pytest.fixture
def small_disk(tmp_path):
    """Folder on a disk of 2 MB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if not sys.platform.startswith("linux"):
        pytest.skip("a disk of 2 MB is made on Linux only")
    system = ctypes.CDLL(None, use_errno=True)
    if system.mount(b"none", bytes(folder), b"tmpfs", 0, b"size=2m"):
        pytest.skip("only root may make a disk of 2 MB")
    try:
        yield folder
    finally:
        system.umount2(bytes(folder), 2)


def test_a_full_disk_leaves_the_old_store(small_disk, parcels, stops, many):
    """On a disk of 2 MB: refused plainly, byte-identical, nothing left behind, still usable."""
    path = small_disk / "s.gpkg"
    write_layers(path, [parcels])
    before = path.read_bytes()
    for rows in (8_500, 12_000):
        with pytest.raises(StoreError) as caught:
            write_layers(path, [many(rows)])
        assert "intact" in caught.value.say("fr")
        assert before == path.read_bytes()
        assert [".s.gpkg.lock", "s.gpkg"] == names(small_disk)
    write_layers(path, [stops])
    assert {"parcels", "transit_stops"} == set(read_layers(path))
