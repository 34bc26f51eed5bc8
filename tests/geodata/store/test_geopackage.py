import os
import signal
import sqlite3
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import geopandas.testing
import pandas as pd
import pyogrio
import pytest

from geodata.errors import ContractError, MissingFileError, StoreError
from geodata.layers import Layer, make_layer
from geodata.store import geopackage as store
from geodata.store import read_layers, write_layers

ROOT = Path(__file__).parents[3]


def many(parcels: Layer, count: int) -> Layer:
    """Layer of that many parcels, all alike but for the id."""
    raw = pd.concat([parcels.features.iloc[:1]] * count).reset_index(drop=True)
    raw["id"] = [f"p{rank}" for rank in range(count)]
    return make_layer(raw, layer="parcels", date="2026-02-02", source="many")


def test_layers_come_back_as_they_went_in(tmp_path, parcels, stops):
    """Values, dtypes, shapes, coverage and edition survive the file, in the catalog's order."""
    path = tmp_path / "s.gpkg"
    write_layers(path, [stops, parcels])
    read = read_layers(path)
    assert ["parcels", "transit_stops"] == list(read)
    for layer in (parcels, stops):
        geopandas.testing.assert_geodataframe_equal(layer.features, read[layer.id].features)
        assert layer.edition == read[layer.id].edition
        assert layer.coverage.equals(read[layer.id].coverage)


def test_an_empty_layer_comes_back_empty(tmp_path, raw_parcels):
    """A layer without features is kept, with its columns and no coverage."""
    path = tmp_path / "s.gpkg"
    empty = make_layer(raw_parcels.iloc[:0], layer="parcels", date="", source="x")
    write_layers(path, [empty])
    read = read_layers(path)["parcels"]
    geopandas.testing.assert_geodataframe_equal(empty.features, read.features)
    assert read.coverage is None


def test_writing_a_layer_keeps_the_others(tmp_path, parcels, stops):
    """A new edition replaces its own layer only."""
    path = tmp_path / "s.gpkg"
    write_layers(path, [parcels])
    write_layers(path, [stops])
    write_layers(path, [many(parcels, 2)])
    read = read_layers(path)
    assert {"parcels": 2, "transit_stops": 2} == {
        name: len(layer.features) for name, layer in read.items()
    }
    assert "2026-02-02" == read["parcels"].edition.date


def test_only_the_layers_asked_for_are_read(tmp_path, parcels, stops):
    """A layer that the store does not hold is not an error."""
    path = tmp_path / "s.gpkg"
    write_layers(path, [parcels, stops])
    assert ["parcels"] == list(read_layers(path, only={"parcels", "roads"}))


def test_equal_layers_make_equal_bytes(tmp_path, parcels, stops):
    """The file depends on the layers, not on the day or the order of writing."""
    first, second = tmp_path / "a.gpkg", tmp_path / "b.gpkg"
    write_layers(first, [parcels, stops])
    write_layers(second, [stops])
    write_layers(second, [parcels])
    assert first.read_bytes() == second.read_bytes()


def test_nothing_is_left_beside_the_store(tmp_path, parcels):
    """Only the lock stays, and it is empty."""
    write_layers(tmp_path / "s.gpkg", [parcels])
    assert [".s.gpkg.lock", "s.gpkg"] == sorted(each.name for each in tmp_path.iterdir())


def test_a_missing_store_is_said_to_be_missing(tmp_path):
    """Reading creates nothing."""
    with pytest.raises(MissingFileError, match=r"absent\.gpkg"):
        read_layers(tmp_path / "absent.gpkg")
    assert [] == list(tmp_path.iterdir())


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


def test_a_truncated_store_is_refused(tmp_path, parcels):
    """Half a file gives an error with a remedy, whatever half."""
    path = tmp_path / "s.gpkg"
    write_layers(path, [many(parcels, 500)])
    whole = path.read_bytes()
    for tenth in range(1, 10):
        path.write_bytes(whole[: len(whole) * tenth // 10])
        with pytest.raises((StoreError, ContractError)):
            read_layers(path)


def test_a_layer_changed_by_hand_is_refused_unless_asked_for(tmp_path, parcels):
    """Editing a store in QGIS cannot smuggle a broken layer in; listing its faults still works."""
    path = tmp_path / "s.gpkg"
    write_layers(path, [parcels])
    with sqlite3.connect(path) as database:
        database.execute("UPDATE parcels SET section = NULL, contenance = 'vingt'")
    database.close()
    with pytest.raises(ContractError, match="section"):
        read_layers(path)
    assert 3 == len(read_layers(path, check=False)["parcels"].features)


def test_a_second_writer_is_told(tmp_path, parcels):
    """Two commands cannot write the same store at once."""
    path = tmp_path / "s.gpkg"
    with (
        store.only_writer(path),
        pytest.raises(StoreError, match="Une autre commande"),
    ):
        write_layers(path, [parcels])
    write_layers(path, [parcels])


@pytest.mark.parametrize("failing", ["_write_tables", "_verify"])
def test_a_failing_write_leaves_the_old_store(tmp_path, parcels, stops, monkeypatch, failing):
    """A full disk costs the new layers, not the old ones."""
    path = tmp_path / "s.gpkg"
    write_layers(path, [parcels])
    before = path.read_bytes()

    def fail(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(store, failing, fail)
    with pytest.raises(StoreError, match="No space left"):
        write_layers(path, [stops])
    assert before == path.read_bytes()
    assert [".s.gpkg.lock", "s.gpkg"] == sorted(each.name for each in tmp_path.iterdir())


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
    assert [".s.gpkg.lock", "s.gpkg"] == sorted(each.name for each in tmp_path.iterdir())


def test_a_folder_that_does_not_exist_is_named_as_the_trouble(tmp_path, parcels):
    """The folder is not made in silence: it may be a slip of the pen."""
    with pytest.raises(StoreError, match="dossier"):
        write_layers(tmp_path / "nowhere" / "s.gpkg", [parcels])


WRITER = """
    import sys
    from pathlib import Path
    from geodata.store import read_layers, write_layers
    path, other = Path(sys.argv[1]), Path(sys.argv[2])
    layers = list(read_layers(other).values())
    print("ready", flush=True)
    sys.stdin.readline()
    write_layers(path, layers)
    print("done", flush=True)
"""


def writer(path: Path, other: Path, *, limit: str = "") -> subprocess.Popen:
    """Process that waits for a line, then writes the layers of ``other`` into ``path``."""
    return subprocess.Popen(
        [sys.executable, "-c", limit + textwrap.dedent(WRITER), str(path), str(other)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )


@pytest.mark.skipif(sys.platform == "win32", reason="there is no kill -9 on Windows")
def test_a_killed_writer_leaves_the_old_store_or_the_new_one(tmp_path, parcels):
    """Kill -9 at ten moments: never a third state, and the next writer clears up."""
    path, other, expected = (tmp_path / name for name in ("s.gpkg", "o.gpkg", "e.gpkg"))
    write_layers(path, [parcels])
    write_layers(other, [many(parcels, 8000)])
    write_layers(expected, [many(parcels, 8000)])
    old, new = path.read_bytes(), expected.read_bytes()
    states = []
    for attempt in range(10):
        path.write_bytes(old)
        with writer(path, other) as process:
            process.stdout.readline()
            process.stdin.write(b"go\n")
            process.stdin.flush()
            time.sleep(0.012 * attempt)
            process.send_signal(signal.SIGKILL)
        states.append(path.read_bytes())
    assert all(state in (old, new) for state in states)
    assert old in states
    write_layers(path, [parcels])
    assert [] == list(tmp_path.glob(".s.*.partial*"))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on the size of files")
def test_a_full_disk_leaves_the_old_store(tmp_path, parcels):
    """A file that may not grow beyond 200 kB, as on a full disk: refused, old store intact."""
    path, other = tmp_path / "s.gpkg", tmp_path / "o.gpkg"
    write_layers(path, [parcels])
    write_layers(other, [many(parcels, 8000)])
    before = path.read_bytes()
    limit = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))\n"
    with writer(path, other, limit=limit) as process:
        _, said = process.communicate(b"go\n")
        assert 0 != process.returncode
    assert b"StoreError" in said
    assert before == path.read_bytes()
    assert [] == list(tmp_path.glob(".s.*.partial*"))
