import os

import pytest

from geodata.errors import StoreError
from geodata.writing import files
from geodata.writing.files import clear_leftovers, new_folder, only_writer, replacing, write_text


def test_a_file_is_made_with_its_text(tmp_path):
    """UTF-8 unless said otherwise; nothing else is left."""
    path = tmp_path / "a.geojson"
    write_text(path, "é")
    assert "é".encode() == path.read_bytes()
    write_text(path, "")
    assert b"" == path.read_bytes()
    assert [path] == list(tmp_path.iterdir())


def test_the_disk_is_waited_for_before_and_after_the_rename(tmp_path, monkeypatch):
    """File, then name, then folder: a power cut leaves the old file or the new one."""
    steps = []
    fsync, replace = os.fsync, files.Path.replace
    monkeypatch.setattr(files.os, "fsync", lambda each: steps.append("fsync") or fsync(each))
    monkeypatch.setattr(
        files.Path, "replace", lambda aside, path: steps.append("replace") or replace(aside, path)
    )
    write_text(tmp_path / "a.txt", "x")
    assert ["fsync", "replace", "fsync"] == steps


@pytest.mark.parametrize("step", ["_flush", "_flush_folder"])
def test_a_full_disk_leaves_the_old_file(tmp_path, monkeypatch, step):
    """The error is ours; before the rename the old bytes are there, after it the new ones."""
    path = tmp_path / "a.txt"
    path.write_text("old", encoding="utf-8")

    def fail(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files, step, fail)
    with pytest.raises(StoreError, match="No space left"):
        write_text(path, "new")
    assert ("old" if step == "_flush" else "new") == path.read_text(encoding="utf-8")
    assert [path] == list(tmp_path.iterdir())


def test_any_error_in_the_block_leaves_the_old_file(tmp_path):
    """Half a file is never seen."""
    path = tmp_path / "a.txt"
    path.write_text("old", encoding="utf-8")

    def half(aside):
        aside.write_text("ha", encoding="utf-8")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), replacing(path) as aside:
        half(aside)
    assert "old" == path.read_text(encoding="utf-8")
    assert [path] == list(tmp_path.iterdir())


def test_a_folder_that_does_not_exist_is_told(tmp_path):
    """By the file's name, not its folder's."""
    with pytest.raises(StoreError, match=r"^a\.txt"):
        write_text(tmp_path / "nowhere" / "a.txt", "x")
    with pytest.raises(StoreError), only_writer(tmp_path / "nowhere" / "a.txt"):
        pass


def test_a_second_writer_is_told_and_a_third_may_follow(tmp_path):
    """The lock goes when the first has ended, and does not hold another file up."""
    path = tmp_path / "a.gpkg"
    with (
        only_writer(path),
        only_writer(tmp_path / "b.gpkg"),
        pytest.raises(StoreError, match="Une autre commande"),
        only_writer(path),
    ):
        pass
    with only_writer(path):
        pass


def test_leftovers_of_the_killed_are_cleared(tmp_path):
    """Those of this file only."""
    mine = tmp_path / ".a.0f.partial.gpkg-journal"
    others = tmp_path / ".b.0f.partial.gpkg"
    for each in (mine, others):
        each.write_bytes(b"x")
    clear_leftovers(tmp_path / "a.gpkg")
    assert [others] == list(tmp_path.iterdir())


def test_a_folder_is_whole_or_not_there(tmp_path):
    """Its name comes last; an error in the block leaves nothing; a name is taken once."""
    path = tmp_path / "0002"
    with pytest.raises(StoreError), new_folder(path) as aside:
        (aside / "absent" / "a.txt").write_text("a")
    assert [] == list(tmp_path.iterdir())
    with new_folder(path) as aside:
        (aside / "deep").mkdir()
        (aside / "deep" / "a.txt").write_text("a")
        assert not path.exists()
    assert "a" == (path / "deep" / "a.txt").read_text()
    with pytest.raises(StoreError), new_folder(path) as aside:
        (aside / "b.txt").write_text("b")
    assert ["0002"] == [each.name for each in tmp_path.iterdir()]


def test_what_a_killed_maker_of_folders_left_is_cleared(tmp_path):
    """The next one removes it."""
    left = tmp_path / ".0002.abc.partial"
    left.mkdir()
    (left / "a.txt").write_text("a")
    with new_folder(tmp_path / "0002") as aside:
        (aside / "b.txt").write_text("b")
    assert ["0002"] == [each.name for each in tmp_path.iterdir()]
