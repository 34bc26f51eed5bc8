"""Both kinds of store for one and the same tests, and layers to put into them."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import psycopg
import pytest
from postgis_server import postgis_server

from geodata.layers import Layer, make_layer

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="session")
def postgis_url() -> Iterator[str]:
    """URL of a database of a server that lives as long as the tests."""
    with postgis_server() as url:
        yield url


@pytest.fixture
def postgis(postgis_url: str) -> str:
    """The same database without a store in it."""
    with psycopg.connect(postgis_url) as connection:
        connection.execute("DROP SCHEMA IF EXISTS technopole CASCADE")
    return postgis_url


@pytest.fixture(params=["file", "postgis"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Path | str:
    """Address of a store that does not exist yet, of either kind."""
    if request.param == "file":
        return tmp_path / "s.gpkg"
    return request.getfixturevalue("postgis")


@pytest.fixture
def many(parcels: Layer):
    """Function that makes a layer of that many parcels, all alike but for the id."""

    def make(count: int, *, date: str = "2026-02-02") -> Layer:
        raw = pd.concat([parcels.features.iloc[:1]] * count).reset_index(drop=True)
        raw["id"] = [f"p{rank}" for rank in range(count)]
        return make_layer(raw, layer="parcels", date=date, source="many")

    return make


WRITER = textwrap.dedent("""
    import dataclasses
    import sys
    from pathlib import Path
    from geodata.store import read_layers, write_layers
    layer, = read_layers(Path(sys.argv[2])).values()
    print("ready", flush=True)
    sys.stdin.readline()
    for time in range(int(sys.argv[3])):
        edition = dataclasses.replace(layer.edition, source=f"{layer.edition.date} {time}")
        write_layers(sys.argv[1], [dataclasses.replace(layer, edition=edition)])
    print("done", flush=True)
""")


@pytest.fixture
def writer():
    """Function that starts a process which waits for a line, then writes the layer of a file."""

    def start(
        store: Path | str, other: Path, *, limit: str = "", times: int = 1
    ) -> subprocess.Popen:
        return subprocess.Popen(
            [
                sys.executable,
                "-c",
                limit + textwrap.dedent(WRITER),
                str(store),
                str(other),
                str(times),
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )

    return start
