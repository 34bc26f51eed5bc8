import random
import zipfile

import pytest

from geodata.errors import FileFormatError, PlanningError
from geodata.standards.cnig_se import check_delivery
from geodata.standards.cnig_se.delivery import read_delivery


def test_a_folder_an_archive_and_a_csv_hold_the_same(delivery, tmp_path):
    """Folders inside the archive do not matter, nor do other files."""
    archive = tmp_path / "livraison.zip"
    with zipfile.ZipFile(archive, "w") as target:
        for path in delivery.folder.iterdir():
            target.write(path, f"../sous/{path.name}")
        target.writestr("lisez-moi.txt", "rien")
    (from_folder,), (from_archive,) = read_delivery(delivery.folder), read_delivery(archive)
    assert from_folder.tables == from_archive.tables
    (alone,) = read_delivery(delivery.folder / "site-eco.csv")
    assert from_folder.tables["site_eco"] == alone.tables["site_eco"]


def test_other_separators_and_encodings_are_read_and_told(delivery):
    """Latin-1 and commas are errors, the content is still checked; a BOM is no error."""
    path = delivery.folder / "pole-eco.csv"
    text = path.read_text(encoding="utf-8")
    path.write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert check_delivery(delivery.folder).is_accepted
    path.write_bytes(text.encode("cp1252"))
    report = check_delivery(delivery.folder)
    assert [("encoding", "cp1252")] == [(each.rule, each.value) for each in report.errors]
    plain = text.replace("entrepôts, logistique", "artisanale").replace(", ", " ")
    path.write_text(plain.replace(";", ","), encoding="utf-8")
    report = check_delivery(path)
    assert ("separator", ",") in {(each.rule, each.value) for each in report.errors}


def test_a_table_twice_is_told(delivery):
    """The second file is not read."""
    source = delivery.folder / "pole-eco.csv"
    (delivery.folder / "pole-eco-copie.csv").write_bytes(source.read_bytes())
    assert "table_twice" in {each.rule for each in check_delivery(delivery.folder).errors}


def test_an_archive_that_swells_is_refused(tmp_path):
    """600 MB of zeros in half a megabyte are not unpacked."""
    archive = tmp_path / "bombe.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as target:
        target.writestr("site-eco.csv", b"0" * (600 * 2**20))
    with pytest.raises(FileFormatError):
        check_delivery(archive)


def test_damaged_bytes_never_crash_the_check(delivery):
    """Fifty tables with random bytes: a report or a refusal, never another error."""
    chance = random.Random(20261123)  # noqa: S311 - seeded, no secret
    path = delivery.folder / "site-eco.csv"
    content = path.read_bytes()
    for _ in range(50):
        damaged = bytearray(content)
        for _ in range(chance.randint(1, 30)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        path.write_bytes(bytes(damaged))
        try:
            check_delivery(delivery.folder).document("fr")
        except PlanningError:
            continue


@pytest.mark.parametrize(
    "value", ["1e99", "9" * 400, "١٢", "[]", '{"type":"Polygon","coordinates":[[]]}', "[" * 5000,
              '{"type":"Polygon","coordinates":[[[1e308,1e308],[1e308,0],[0,1e308],[1e308,1e308]]]}'],
)  # fmt: skip
def test_absurd_values_are_errors(delivery, value):
    """In a count and in a shape."""
    for column in ("site_uf_nbre", "site_geomsurf"):
        before = delivery.rows["site_eco"][0][column]
        delivery.put("site_eco", column, value)
        assert column in {each.column for each in check_delivery(delivery.folder).errors}
        delivery.put("site_eco", column, before)
