import gzip
import io
import tarfile
import zipfile

import pytest

from geodata.errors import FileFormatError
from geodata.reading import archives
from geodata.reading.archives import unpack


def zipped(tmp_path, members):
    """Path of an archive of ``members``."""
    path = tmp_path / "part0"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return path


def test_members_come_out_under_generated_names(tmp_path):
    """With what they are."""
    path = zipped(tmp_path, [("a/B.geojson", "{}"), ("note.pdf", "%PDF")])
    assert [("a/B.geojson", "member0", "geojson"), ("note.pdf", "member1", None)] == [
        tuple(each) for each in unpack(path, kind="zip", name="x.zip")
    ]
    assert "{}" == (tmp_path / "member0").read_text()


def test_an_empty_archive_has_no_member(tmp_path):
    """The report says so."""
    assert [] == unpack(zipped(tmp_path, []), kind="zip", name="x.zip")


def test_what_is_packed_alone_loses_its_suffix(tmp_path):
    """`.json.gz` is `.json`."""
    path = tmp_path / "part0"
    path.write_bytes(gzip.compress(b"{}"))
    (member,) = unpack(path, kind="gzip", name="p.json.gz")
    assert ("p.json", "geojson") == (member.name, member.kind)


@pytest.mark.parametrize(
    "names",
    [["../a"], ["/a"], ["a/../../b"], ["..\\a"], ["C:\\a"], ["A.json", "a.json"]],
)
def test_names_that_lead_elsewhere_are_refused(tmp_path, names):
    """And names that are the same twice; nothing is written."""
    path = zipped(tmp_path, [(name, "{}") for name in names])
    with pytest.raises(FileFormatError):
        unpack(path, kind="zip", name="x.zip")
    assert ["part0"] == [each.name for each in tmp_path.iterdir()]


def test_links_are_refused(tmp_path):
    """Symbolic links of a tar."""
    path = tmp_path / "part0"
    with tarfile.open(path, "w") as archive:
        entry = tarfile.TarInfo("a")
        entry.type, entry.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(entry)
    with pytest.raises(FileFormatError, match="dangereux"):
        unpack(path, kind="tar", name="x.tar")


def test_an_archive_in_an_archive_is_refused(tmp_path):
    """Depth one."""
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("a", "b")
    path = zipped(tmp_path, [("a.zip", inner.getvalue())])
    with pytest.raises(FileFormatError, match="en contient une autre"):
        unpack(path, kind="zip", name="x.zip")


@pytest.mark.parametrize(("limit", "value"), [("MAX_BYTES", 1000), ("RATIO_FROM_BYTES", 1000)])
def test_what_swells_is_stopped_while_unpacking(tmp_path, monkeypatch, limit, value):
    """By size, or by ratio."""
    monkeypatch.setattr(archives, limit, value)
    monkeypatch.setattr(archives, "MAX_RATIO", 2)
    path = zipped(tmp_path, [("a.csv", "a,b\n" * 10_000)])
    with pytest.raises(FileFormatError, match="dépasse"):
        unpack(path, kind="zip", name="x.zip")


def test_too_many_members_are_refused(tmp_path):
    """Fifty at most."""
    path = zipped(tmp_path, [(f"{rank}.csv", "a,b") for rank in range(51)])
    with pytest.raises(FileFormatError, match="limite est 50"):
        unpack(path, kind="zip", name="x.zip")


@pytest.mark.parametrize("kind", ["zip", "gzip", "bzip2", "tar"])
def test_damage_is_told(tmp_path, kind):
    """Whatever the kind."""
    path = tmp_path / "part0"
    path.write_bytes(b"\x1f\x8bnope" * 9)
    with pytest.raises(FileFormatError, match="abîmée"):
        unpack(path, kind=kind, name="x")
