import hashlib

import geopandas as gpd
import pytest
import shapely

from geodata.errors import FetchError
from geodata.fetching import faults
from geodata.fetching.download import Download
from geodata.fetching.task import combined_digest, each_commune, layer_of, modified_day


def file(url, sha256="aa", modified=""):
    """Download that was never made."""
    return Download(url, None, sha256, modified, is_unchanged=False)


def test_the_checksum_of_one_file_is_its_own():
    """Of several, that of their checksums in the order of their addresses."""
    assert "aa" == combined_digest([file("b")])
    both = [file("b", "bb"), file("a", "aa")]
    assert hashlib.sha256(b"aa\nbb").hexdigest() == combined_digest(both)
    assert combined_digest(both) == combined_digest(both[::-1])
    assert combined_digest(both) != combined_digest([file("b", "bb"), file("a", "ab")])


def test_the_newest_day_of_several_files():
    """Headers that are no dates do not count."""
    files = [
        file("a", modified="Thu, 01 Jan 2026 23:00:00 GMT"),
        file("b", modified="Wed, 31 Dec 2025 00:00:00 GMT"),
        file("c", modified="yesterday"),
        file("d"),
    ]
    assert "2026-01-01" == modified_day(files)
    assert "" == modified_day([])


def test_every_commune_is_tried(task):
    """All faults at once, for a layer that lacks a commune is no layer."""

    def work(commune):
        if commune != "80021":
            raise FetchError(faults.too_slow(commune))
        return commune

    assert ["80021"] == each_commune(task("rnb"), work)
    with pytest.raises(FetchError) as error:
        each_commune(task("rnb", communes=("80020", "80021", "80724")), work)
    assert ["80020", "80724"] == [each.where for each in error.value.faults]


def test_a_layer_has_an_edition(task):
    """Producer, licence, address, checksum, day; the territory is its coverage."""
    frame = gpd.GeoDataFrame(
        {"id": ["80021"], "insee": ["80021"], "name": ["Amiens"]},
        geometry=[shapely.box(2.2, 49.8, 2.4, 50.0)],
        crs="EPSG:4326",
    )
    area = shapely.box(0, 0, 1, 1)
    made, said = layer_of(
        frame,
        layer="communes",
        task=task("cadastre", area=area),
        downloads=[file("https://x.example/c")],
        day="2026-01-01",
    )
    edition = made.edition
    assert ("https://x.example/c", "aa", "2026-01-01", 0.0) == (
        edition.source,
        edition.digest,
        edition.date,
        edition.demo_share,
    )
    assert (area, []) == (made.coverage, said)
