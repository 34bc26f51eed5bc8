"""Fixtures: a verdict file made by hand, a folder published from it, and a real server."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from geodata.serving.publishing import publish
from geodata.store import DEMO_STORE, read_layers

_PATIENCE_S = 60


def verdict_feature(name: str, west: float, **properties: object) -> dict[str, Any]:
    """One parcel with verdicts, in degrees near Amiens."""
    ring = [[west, 49.89], [west + 0.001, 49.89], [west + 0.001, 49.891], [west, 49.89]]
    return {
        "type": "Feature",
        "id": name,
        "geometry": {"type": "Polygon", "coordinates": [ring]},
        "properties": {
            "id": name,
            "parcel_id": name,
            "site_id": name,
            "dossier": "Atelier de Jeanne Martin",
            "contenance_m2": None,
            "planar_area_m2": 3980.5,
            "site_contenance_m2": 4000,
            "site_planar_area_m2": 3980.5,
            "industrial_parks": "non_compliant",
            "commercial_hotel": "not_applicable",
            "owner": "Jeanne Martin",
            "demo": True,
            **properties,
        },
    }


@pytest.fixture(scope="session")
def verdict_document() -> dict[str, Any]:
    """What ``python -m zones assess`` writes, with things that are not for everybody."""
    return {
        "type": "FeatureCollection",
        "metadata": {
            "producer": "Technopole",
            "demo": True,
            "day": "2026-11-01",
            "project": "Atelier de Jeanne Martin",
            "charters": [
                {"id": "industrial_parks", "edition": "2026", "title": "Parcs d'activités"},
                {"id": "commercial_hotel", "edition": "2026", "title": "Commerce et hôtellerie"},
            ],
        },
        "features": [
            verdict_feature("80021000ZX0001", 2.30),
            verdict_feature(
                "80021000ZX0002",
                2.31,
                industrial_parks="compliant",
                site_id="</script><img src=x onerror=alert(1)>{{7*7}}",
            ),
        ],
    }


@pytest.fixture(scope="session")
def verdict_file(tmp_path_factory: pytest.TempPathFactory, verdict_document: Any) -> Path:
    """The same as a file."""
    path = tmp_path_factory.mktemp("verdicts") / "avis.geojson"
    path.write_text(json.dumps(verdict_document), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory, verdict_file: Path) -> Path:
    """Folder with four layers of the demonstration and the verdicts."""
    folder = tmp_path_factory.mktemp("publication")
    layers = read_layers(DEMO_STORE, only=["parcels", "zones", "transit_stops", "companies"])
    publish(folder, layers, verdicts=verdict_file)
    return folder


@pytest.fixture(scope="session")
def server(published: Path):
    """Address of a server that runs as partners' own would, on a free port of this machine."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = ["-m", "geodata", "serve", str(published), "--port", str(port)]
    process = subprocess.Popen(
        [sys.executable, *words], stderr=subprocess.PIPE, stdout=subprocess.PIPE
    )
    url = f"http://127.0.0.1:{port}"
    try:
        _wait(url, process)
        yield url
    finally:
        process.terminate()
        process.communicate(timeout=10)


def _wait(url: str, process: subprocess.Popen[bytes]) -> None:
    """Wait until the server answers."""
    deadline = time.monotonic() + _PATIENCE_S
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise AssertionError(process.communicate()[1].decode())
        try:
            urllib.request.urlopen(url, timeout=5).close()  # noqa: S310 - our own address
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(url)
