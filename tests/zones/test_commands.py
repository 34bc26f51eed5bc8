import datetime as dt

import pytest

from geodata.errors import ProjectError, SelectionError, StoreError
from geodata.language import Text
from zones.commands import (
    check_targets,
    hand_over,
    ids_in,
    judgment_day,
    parcels_of,
    write_all,
)
from zones.projects import Project

DAY = dt.date(2026, 11, 16)


def project(day):
    """Project filed on a day."""
    return Project(Text("p", "p"), day, {})


@pytest.mark.parametrize("words", ["a,b", "a, b", " a;b\n", "a b", "a\tb,", "a,,b"])
def test_ids_are_parted_as_people_part_them(words):
    """Commas, semicolons, blanks and lines."""
    assert ["a", "b"] == ids_in(words)


def test_no_words_are_no_ids():
    """Nothing but blanks."""
    assert [] == ids_in(" , \n")


def test_the_day_asked_for_comes_first():
    """Then the filing date; none is assumed."""
    assert dt.date(2015, 1, 1) == judgment_day("2015-01-01", project(DAY))
    assert DAY == judgment_day(None, project(DAY))
    with pytest.raises(ProjectError, match="filing_date"):
        judgment_day(None, project(None))
    with pytest.raises(SelectionError, match="--date"):
        judgment_day("hier", project(DAY))


def test_a_store_without_parcels_is_refused(parcels):
    """With the command that imports some."""
    assert len(parcels.features) == len(parcels_of({"parcels": parcels}))
    with pytest.raises(SelectionError, match="python -m geodata import"):
        parcels_of({})


def test_targets_that_cannot_be_written_are_said_together(tmp_path):
    """A folder, a file in no folder, and a file that is read."""
    source = tmp_path / "projet.yaml"
    targets = [tmp_path, tmp_path / "rien" / "x.csv", source, None]
    with pytest.raises(StoreError) as refused:
        check_targets(targets, sources=[source, None])
    assert 3 == len(refused.value.faults)
    check_targets([tmp_path / "x.csv"], sources=[source])


def test_files_are_written_together_or_not_at_all(tmp_path):
    """One that cannot be written keeps the other from being written."""
    good, bad = tmp_path / "a.csv", tmp_path / "rien" / "b.csv"
    with pytest.raises(StoreError):
        write_all({good: b"1", bad: b"2"})
    assert not good.exists()
    write_all({good: b"1"})
    assert b"1" == good.read_bytes()


def test_content_goes_to_the_file_or_to_the_screen(tmp_path, capsys):
    """The byte order mark stays in the file; what was written is said on the error output."""
    content = "é\n".encode("utf-8-sig")
    hand_over(content, out=None, language="fr")
    assert ("é\n", "") == tuple(capsys.readouterr())
    hand_over(content, out=tmp_path / "x.csv", language="en")
    assert ("", "File written: x.csv\n") == tuple(capsys.readouterr())
    assert content == (tmp_path / "x.csv").read_bytes()
