import pytest

from geodata.errors import FileFormatError
from geodata.reading.detecting import detected


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (b'{"type": "FeatureCollection"', "geojson"),
        (b"\xef\xbb\xbf  [", "geojson"),
        ('{"a": 1}'.encode("utf-16"), "geojson"),
        (b"SQLite format 3\x00", "gpkg"),
        (b"PAR1", "geoparquet"),
        (b"\x00\x00\x27\x0a", "shapefile"),
        (b"PK\x03\x04", "zip"),
        (b"\x1f\x8b\x08", "gzip"),
        (b"BZh9", "bzip2"),
        (bytes(257) + b"ustar", "tar"),
        (b"  0\r\nSECTION\r\n", "dxf"),
        (b"999\nmade by hand\n0\nSECTION\n", "dxf"),
        (b'<?xml version="1.0"?><!-- a --><kml xmlns="x">', "kml"),
        (b"!table\n!version 300", "mapinfo"),
        (b"Version 300\nCharset", "mif"),
        (b"BOMT 12:E0000B02.THF\r\nRTYSA03:GTS", "edigeo"),
        (b"BOMT 12:ED0B02T1.VEC\r\n", "edigeo_part"),
        (b'PROJCS["RGF93"', "prj"),
        (b"a;b\n1;2", "csv"),
        ("é;b\n".encode("latin-1"), "csv"),
    ],
)
def test_content_tells_the_format(head, expected):
    """Whatever the name."""
    assert expected == detected(head)


@pytest.mark.parametrize(
    ("head", "said"),
    [
        (b"<OGRVRTDataSource>", "XML <OGRVRTDataSource>"),
        (b"<!DOCTYPE html><html>", "XML <html>"),
        (b"%PDF-1.7", "PDF"),
        (b"\xd0\xcf\x11\xe0", "Excel .xls"),
        (b"Rar!", "RAR"),
        (b"AC1032", "DWG"),
        (b"CSV:/etc/passwd", "text without columns"),
        (b"a,b\n\x00\x01", "binary"),
        (b" \n ", "nothing but blanks"),
    ],
)
def test_what_is_not_read_is_named(head, said):
    """The message says what it looks like."""
    with pytest.raises(FileFormatError) as caught:
        detected(head)
    assert said in caught.value.say("en")
