"""A real HTTP server on this machine that plays public services, and a clock without waiting."""

from __future__ import annotations

import functools
import gzip
import json
import socket
import tempfile
import threading
from collections import defaultdict
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import geopandas as gpd
import pytest
import shapely

from geodata.fetching.download import Request
from geodata.fetching.policy import Policy, Timepiece
from geodata.fetching.services import services
from geodata.fetching.session import opened
from geodata.fetching.task import Task
from geodata.reading.tables import RawTable, read_tables

LOCAL = {"127.0.0.1", "::1", "localhost", None}


@dataclass
class Reply:
    """What the server answers once."""

    body: bytes = b"{}"
    status: int = 200
    kind: str | None = "application/json"
    headers: dict = field(default_factory=dict)
    cut: int | None = None
    wait_s: float = 0.0
    length: int | None = None


@dataclass
class Asked:
    """What the server was asked."""

    method: str
    path: str
    query: dict
    headers: dict
    body: str


class Player:
    """The server: replies by path, in order; the last one stays."""

    def __init__(self) -> None:
        self.replies = defaultdict(list)
        self.asked = []
        self.ended = threading.Event()
        self.http = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.http.daemon_threads = True
        self.thread = threading.Thread(target=self.http.serve_forever, args=(0.01,), daemon=True)
        self.thread.start()

    @property
    def url(self) -> str:
        """Start of every address of the server."""
        return f"http://127.0.0.1:{self.http.server_port}"

    def play(self, path, *replies):
        """Answer ``path`` with each of ``replies`` in turn: a Reply, a document, or a function."""
        self.replies[path] = list(replies)

    def paths(self):
        """Paths asked so far."""
        return [each.path for each in self.asked]

    def stop(self):
        """Close the server, whoever still waits for an answer."""
        self.ended.set()
        self.http.shutdown()
        self.http.server_close()
        self.thread.join()

    def reply(self, asked):
        """What is answered to one request."""
        known = self.replies.get(asked.path)
        if not known:
            return Reply(b"nothing here", status=404, kind="text/plain")
        given = known.pop(0) if len(known) > 1 else known[0]
        given = given(asked) if callable(given) else given
        return given if isinstance(given, Reply) else Reply(json.dumps(given).encode())

    def _handler(self):
        player = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                parts = urlsplit(self.path)
                length = int(self.headers.get("Content-Length") or 0)
                query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
                body = self.rfile.read(length).decode()
                asked = Asked(self.command, parts.path, query, dict(self.headers), body)
                player.asked.append(asked)
                self.give(player.reply(asked))

            do_POST = do_GET  # noqa: N815 - the name that http.server looks for

            def give(self, reply):
                player.ended.wait(reply.wait_s)
                self.send_response(reply.status)
                if reply.kind:
                    self.send_header("Content-Type", reply.kind)
                for name, value in reply.headers.items():
                    self.send_header(name, value)
                size = len(reply.body) if reply.length is None else reply.length
                if size < 0:  # the end of the connection is the end of the body
                    self.send_header("Connection", "close")
                elif reply.status != 304:
                    self.send_header("Content-Length", str(size))
                self.end_headers()
                try:
                    self.wfile.write(reply.body if reply.cut is None else reply.body[: reply.cut])
                except OSError:  # the client has seen enough
                    self.close_connection = True
                if reply.cut is not None:
                    self.close_connection = True

            def log_message(self, *_arguments):
                pass

        return Handler


class Clock:
    """Time that passes only when somebody waits."""

    def __init__(self) -> None:
        self.moment_s = 1_000.0
        self.naps = []

    def sleep(self, seconds):
        """Let the time pass at once."""
        self.naps.append(seconds)
        self.moment_s += seconds

    @property
    def slept_s(self):
        """Seconds waited so far."""
        return sum(self.naps)

    def timepiece(self):
        """Timepiece on this clock."""
        return Timepiece(
            elapsed_s=lambda: self.moment_s,
            now_s=lambda: 1_767_225_600.0 + self.moment_s,  # 2026-01-01 and some minutes
            sleep=self.sleep,
        )


@pytest.fixture(autouse=True)
def only_this_machine(monkeypatch):
    """No connection and no name leaves this machine, in any test here."""
    strangers = []
    connect, resolve = socket.socket.connect, socket.getaddrinfo

    def watched_connect(self, address):
        if self.family != socket.AF_UNIX and address[0] not in LOCAL:
            strangers.append(address)
            raise AssertionError(address)
        return connect(self, address)

    def watched_resolve(host, *arguments, **options):
        name = host.decode() if isinstance(host, bytes) else host
        if name not in LOCAL:
            strangers.append(name)
            raise AssertionError(name)
        return resolve(host, *arguments, **options)

    monkeypatch.setattr(socket.socket, "connect", watched_connect)
    monkeypatch.setattr(socket, "getaddrinfo", watched_resolve)
    yield
    assert [] == strangers


@pytest.fixture
def server(monkeypatch):
    """The playing server; every service is told to be there."""
    player = Player()
    for name in services():
        monkeypatch.setenv(f"TECHNOPOLE_FETCH_BASE_{name.upper()}", player.url)
    yield player
    player.stop()


@pytest.fixture
def clock():
    """A clock that nobody waits for."""
    return Clock()


@pytest.fixture
def policy():
    """Limits short enough for tests."""
    return Policy(connect_s=2.0, read_s=0.3)


@pytest.fixture
def visit(tmp_path, clock, policy):
    """Function that opens a session on one cache folder; a second call is a second visit."""

    def start(**changes):
        settings = {"policy": policy, "timepiece": clock.timepiece(), "seed": 1} | changes
        return opened(folder=tmp_path / "cache", **settings)

    return start


@pytest.fixture
def session(visit):
    """An open session."""
    with visit() as started:
        yield started


@pytest.fixture
def ask(server):
    """Function that makes a request for a path of the server."""

    def make(path="/file.json", **changes):
        settings = {
            "url": server.url + path,
            "base": server.url,
            "hosts": ("data.example",),
            "accepts": ("application/json", "application/gzip"),
            "max_bytes": 1_000_000,
            "per_second": 1000.0,
        }
        return Request(**(settings | changes))

    return make


@pytest.fixture
def town(server):
    """The server playing every service for a town; gives the folder of its cadastre."""
    from tests.geodata.fetching.town import play_town  # noqa: PLC0415 - it reads this file

    return play_town(server)


@functools.cache
def timetable(content):
    """Tables of a GTFS file, by the real reader, once for equal files."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "gtfs.zip"
        file.write_bytes(content)
        return read_tables(file)


@pytest.fixture
def quick_reader(monkeypatch):
    """Read GeoJSON here rather than in a process of its own; other tests use the real reader."""

    def read(path):
        content = path.read_bytes()
        if path.suffix == ".zip":
            return timetable(content)
        plain = gzip.decompress(content) if content.startswith(b"\x1f\x8b") else content
        document = json.loads(plain)
        crs = document.get("crs") or {"properties": {"name": "EPSG:4326"}}
        known = [each["properties"] for each in document["features"]]
        shapes = [shapely.geometry.shape(each["geometry"]) for each in document["features"]]
        frame = gpd.GeoDataFrame(known, geometry=shapes, crs=crs["properties"]["name"])
        return (RawTable(path.name, "geojson", frame, None, (), len(frame)),)

    monkeypatch.setattr("geodata.fetching.reading.read_tables", read)


@pytest.fixture
def task(session):
    """Function that makes the task of one service for Amiens, without a store."""

    def make(name, *topics, held=None, communes=("80021",), siren="248000531", area=None):
        layers = held or {}
        return Task(
            service=services()[name],
            name=name,
            topics=frozenset(topics or services()[name].topics),
            communes=communes,
            siren=siren,
            session=session,
            tell=lambda *_told: None,
            held=lambda layer: {layer: layers[layer]} if layer in layers else {},
            territory=lambda: area,
        )

    return make
