import gzip
import hashlib
import http.server
import json
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from geodata.errors import DataError, FileFormatError, MissingFileError
from geodata.reading import gathering, locked, tables
from geodata.reading.detecting import DRIVERS
from geodata.reading.locked import locked_environment
from geodata.reading.tables import read_file_tables


def read_raw(path):
    """The only table of a file."""
    (table,) = read_file_tables(path).tables
    return table


@pytest.fixture
def listener():
    """Address of a server on the loopback, and the list of paths asked from it."""
    asked = []

    class Listener(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_response(404)
            self.end_headers()

        do_HEAD = do_GET  # noqa: N815 - the name is that of the library

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Listener)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_file_comes_back_as_rows_and_shapes(cadastre, write_json):
    """Order, text, numbers and nulls survive; the digest is that of the file."""
    path = write_json(cadastre)
    read = read_file_tables(path)
    assert "parcelles.geojson" == read.name
    assert hashlib.sha256(path.read_bytes()).hexdigest() == read.digest
    (raw,) = read.tables
    assert ("parcelles", "geojson", 3) == (raw.name, raw.format, raw.rows)
    assert ["1", "2", "3"] == raw.frame["numero"].tolist()
    assert [False, True, False] == raw.frame["contenance"].isna().tolist()
    assert 0.0 == raw.frame["contenance"][2]
    assert [2.3, 2.3003, 2.301] == raw.frame.bounds["minx"].tolist()
    assert "EPSG:4326" == raw.frame.crs.to_string()


def test_values_of_several_kinds_stay_what_they_are(write_json):
    """Text stays text beside a number, and large numbers stay whole."""
    values = [1, "1", None, True, 1.5, [1, {"a": 2}], 2**70]
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [2.3, 49.9]},
            "properties": {"v": value, "n": 2**60 + rank},
        }
        for rank, value in enumerate(values)
    ]
    raw = read_raw(write_json({"type": "FeatureCollection", "features": features}))
    assert values == raw.frame["v"].tolist()
    assert [type(value) for value in values] == [type(value) for value in raw.frame["v"]]
    assert [2**60 + rank for rank in range(7)] == raw.frame["n"].tolist()


@pytest.mark.parametrize("name", ["!a b'; é.JSON", "p.geojson.gz", "p.json.gz", "P.GEOJSON"])
def test_the_name_of_a_file_does_not_matter(tmp_path, cadastre, name):
    """It is copied under a generated name before anything reads it."""
    content = json.dumps(cadastre).encode()
    path = tmp_path / name
    path.write_bytes(gzip.compress(content) if name.endswith("gz") else content)
    assert 3 == read_raw(path).rows


@pytest.mark.parametrize(
    ("name", "content", "error", "expected"),
    [
        ("absent.json", None, MissingFileError, "This file does not exist."),
        ("a\0b.json", None, MissingFileError, "This file does not exist."),
        ("empty.json", b"", FileFormatError, "The file is empty."),
        ("f.gpkg", b"x", FileFormatError, "This format is not read"),
        ("f.json", b"{", FileFormatError, "This is not JSON: line 1, column 2."),
        ("f.json", b"PK\x03\x04", FileFormatError, "The archive is damaged or incomplete."),
        ("f.json", b'{"a": "\\ud800"}', FileFormatError, "This JSON is not a FeatureCollection"),
    ],
)
def test_what_is_not_read_is_named(tmp_path, name, content, error, expected):
    """Without the folder it lies in."""
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(error) as caught:
        read_raw(path)
    (fault,) = caught.value.faults
    assert name == fault.where
    assert fault.what.en.startswith(expected)
    assert str(tmp_path) not in caught.value.say("fr") + caught.value.say("en")


def test_a_folder_is_its_files(tmp_path, cadastre):
    """An empty one holds no table."""
    with pytest.raises(FileFormatError, match="Aucune table"):
        read_raw(tmp_path)
    (tmp_path / "a.geojson").write_text(json.dumps(cadastre), encoding="utf-8")
    (tmp_path / "a.pdf").write_text("%PDF", encoding="utf-8")
    read = read_file_tables(tmp_path)
    assert ["a"] == [each.name for each in read.tables]
    assert ["file_ignored"] == [each.kind for each in read.defects]


def test_half_a_character_is_refused_with_its_column(write_json):
    """A lone surrogate could not be written anywhere later on."""
    text = (
        '{"type":"FeatureCollection","features":[{"type":"Feature","geometry":null,'
        '"properties":{"nom":"\\ud800"}}]}'
    )
    with pytest.raises(DataError, match="« nom »"):
        read_raw(write_json(text))


def test_a_file_beyond_the_limit_is_refused_unread(tmp_path, monkeypatch):
    """The message names the limit."""
    monkeypatch.setattr(gathering, "MAX_BYTES", 2**20)
    path = tmp_path / "f.json"
    path.write_bytes(b" " * (2**20 + 1))
    with pytest.raises(FileFormatError, match="limite est 1 Mo"):
        read_raw(path)


def test_a_reading_that_takes_too_long_is_given_up(cadastre, write_json, monkeypatch):
    """The process is ended and the file refused."""
    monkeypatch.setattr(locked, "MAX_SECONDS", 0.01)
    with pytest.raises(FileFormatError, match="plus de"):
        read_raw(write_json(cadastre))


def test_a_reading_that_dies_is_told(cadastre, write_json, monkeypatch):
    """A crash of the process is a refusal, not a crash of the desk."""
    monkeypatch.setattr(locked, "_MODULE", "geodata.reading.absent")
    with pytest.raises(FileFormatError, match="abîmé"):
        read_raw(write_json(cadastre))


@pytest.mark.parametrize("kind", [None, *DRIVERS])
def test_the_reading_process_has_one_driver_and_no_network(kind):
    """`list_drivers()` equals the expected name, or none where GDAL is not used."""
    code = (
        "import json, pyogrio, pyproj, os;"
        "print(json.dumps([list(pyogrio.list_drivers()), pyproj.network.is_network_enabled(),"
        " sorted(os.environ)]))"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        check=True,
        env=locked_environment(kind),
    )
    drivers, network, names = json.loads(ended.stdout)
    allowed = DRIVERS.get(kind)
    assert ([] if allowed is None else [allowed]) == drivers
    assert network is False
    assert not {"HOME", "USER"} & set(names)


def test_the_environment_keeps_secrets_out(monkeypatch):
    """What the desk knows, the reading process need not."""
    monkeypatch.setenv("TECHNOPOLE_STORE", "postgresql://user:secret@host/base")
    assert "secret" not in json.dumps(locked_environment())
    assert "http://127.0.0.1:9" == locked_environment()["https_proxy"]


def test_the_reading_process_starts_without_gdal():
    """Neither GDAL nor PROJ is loaded where hostile bytes are read."""
    code = (
        "import sys, geodata.reading.worker;"
        "print('pyogrio' in sys.modules, 'pyproj' in sys.modules)"
    )
    ended = subprocess.run(
        [sys.executable, "-P", "-c", code],
        capture_output=True,
        check=True,
        encoding="utf-8",
        env=locked_environment(),
    )
    assert "False False\n" == ended.stdout


ATTACKS = {
    "vrt_file": '<OGRVRTDataSource><OGRVRTLayer name="x"><SrcDataSource>CSV:{canary}'
    "</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>",
    "vrt_http": '<OGRVRTDataSource><OGRVRTLayer name="x"><SrcDataSource>/vsicurl/{url}/a.json'
    "</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>",
    "wfs": "<OGRWFSDataSource><URL>{url}/wfs?SERVICE=WFS</URL></OGRWFSDataSource>",
    "gml_schema": '<FeatureCollection xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'xsi:schemaLocation="a {url}/a.xsd"/>',
    "xxe": '<!DOCTYPE a [<!ENTITY x SYSTEM "file://{canary}">]><a>&x;</a>',
    "crs_link": '{{"type":"FeatureCollection","crs":{{"type":"link","properties":'
    '{{"href":"{url}/crs","type":"proj4"}}}},"features":[{{"type":"Feature","properties":{{}},'
    '"geometry":{{"type":"Point","coordinates":[2.3,49.9]}}}}]}}',
    "crs_url": '{{"type":"FeatureCollection","crs":{{"type":"url","properties":'
    '{{"url":"{url}/crs"}}}},"features":[{{"type":"Feature","properties":{{}},'
    '"geometry":{{"type":"Point","coordinates":[2.3,49.9]}}}}]}}',
    "path": "CSV:{canary}",
    "curl": "/vsicurl/{url}/a.geojson",
    "http": "{url}/a.geojson",
    "wfs_text": "WFS:{url}/wfs",
    "include": '{{"$ref": "file://{canary}"}}',
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_hostile_content_gives_no_byte_and_asks_for_nothing(tmp_path, listener, attack):
    """A file named .geojson that points elsewhere is refused; nothing elsewhere is opened."""
    url, asked = listener
    canary = tmp_path / "canary.csv"
    canary.write_text("secret,X,Y\nCANARY,2.3,49.9\n", encoding="utf-8")
    path = tmp_path / "parcelles.geojson"
    path.write_text(ATTACKS[attack].format(canary=canary, url=url), encoding="utf-8")
    with pytest.raises(DataError) as caught:
        read_raw(path)
    assert "CANARY" not in caught.value.say("fr")
    assert [] == asked


@pytest.mark.parametrize(
    "name", ["/vsicurl/{url}/a.geojson", "{url}/a.json", "CSV:/etc/passwd.json"]
)
def test_a_hostile_path_is_no_file(listener, name):
    """User text never becomes a path for GDAL."""
    url, asked = listener
    with pytest.raises(MissingFileError):
        read_raw(Path(name.format(url=url)))
    assert [] == asked


def test_only_the_worker_calls_gdal_to_read_what_others_made():
    """Stores open what this program wrote; nothing else opens a file by a name."""
    package = Path(locked.__file__).parents[1]
    calls = ("gpd.read_file(", "read_dataframe(", "read_arrow(", "open_arrow(", "fiona")
    found = [
        module.relative_to(package).as_posix()
        for module in sorted(package.rglob("*.py"))
        if any(call in module.read_text(encoding="utf-8") for call in calls)
    ]
    assert ["reading/ogr.py"] == [each for each in found if not each.startswith("store")]


def test_no_folder_is_left_behind(cadastre, write_json, tmp_path, monkeypatch):
    """The copy of the user's file goes with its folder, refused or not."""
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr(tables.tempfile, "tempdir", os.fspath(tmp_path / "tmp"))
    read_raw(write_json(cadastre))
    with pytest.raises(FileFormatError):
        read_raw(write_json("{", "b.json"))
    assert [] == list((tmp_path / "tmp").iterdir())
