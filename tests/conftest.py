"""Fixtures for every test: tiny layers made by hand, a small cadastre file, the real data."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import geopandas as gpd
import pytest
import shapely

from geodata.crs import WORK_CRS
from geodata.layers import Layer, make_layer

_X, _Y = 1_650_000.0, 9_188_000.0
"""A corner near Amiens in the work CRS, metres."""

_COMMON = {
    "demo": True,
    "source": "fait main",
    "source_date": "2026-01-01",
    "licence": "Licence Ouverte 2.0",
    "geom_precision": "schematic",
    "confidence": "low",
}


def square(east: float, north: float, *, side: float = 20.0) -> shapely.Polygon:
    """Square of ``side`` metres whose south-west corner is that far from the corner near Amiens."""
    x, y = _X + east, _Y + north
    return shapely.box(x, y, x + side, y + side)


@pytest.fixture(scope="session", autouse=True)
def _own_desk(tmp_path_factory: pytest.TempPathFactory):
    """Keep the tests away from the store and the editions of whoever runs them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TECHNOPOLE_HOME", str(tmp_path_factory.mktemp("desk")))
        yield


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Folder of a desk on which nothing has been kept yet."""
    monkeypatch.setenv("TECHNOPOLE_HOME", str(tmp_path / "desk"))
    return tmp_path / "desk" / "technopole"


@pytest.fixture
def corner() -> tuple[float, float]:
    """The corner near Amiens from which the tiny layers are measured, work CRS, metres."""
    return _X, _Y


@pytest.fixture
def raw_parcels() -> gpd.GeoDataFrame:
    """Three parcels of 20 m × 20 m in the work CRS; two touch, one lies apart, one has no area."""
    numbers = ["1", "2", "3"]
    return gpd.GeoDataFrame(
        {
            "id": [f"80021000ZX000{number}" for number in numbers],
            "commune": "80021",
            "prefixe": "000",
            "section": "ZX",
            "numero": numbers,
            "contenance": [400.0, None, 410.0],
            "arpente": [True, None, False],
            "created": "2020-01-01",
            "updated": ["2024-05-06", "2025-01-31", None],
            **_COMMON,
        },
        geometry=[square(0, 0), square(20, 0), square(100, 0)],
        crs=WORK_CRS,
    )


@pytest.fixture
def parcels(raw_parcels: gpd.GeoDataFrame) -> Layer:
    """Layer of the three parcels; it speaks for a square of 1 km around them."""
    return make_layer(
        raw_parcels,
        layer="parcels",
        date="2026-01-01",
        source="fait main",
        coverage=square(-500, -500, side=1000),
    )


@pytest.fixture
def stops(corner: tuple[float, float]) -> Layer:
    """Layer of one bus stop and one fast-bus stop; it speaks for a square of 1 km."""
    x, y = corner
    raw = gpd.GeoDataFrame(
        {
            "id": ["A", "B"],
            "name": ["Gare", "Étouvie"],
            "mode": ["bhns", "bus"],
            "lines": ["N1|N2", "5"],
            "headway_min": [8.0, None],
            **_COMMON,
        },
        geometry=[shapely.Point(x + 60, y), shapely.Point(x + 300, y)],
        crs=WORK_CRS,
    )
    return make_layer(
        raw,
        layer="transit_stops",
        date="2026-01-01",
        source="fait main",
        coverage=square(-500, -500, side=1000),
    )


@pytest.fixture
def cadastre() -> dict[str, Any]:
    """Etalab cadastre of three parcels near Amiens, as a GeoJSON document in WGS84."""

    def parcel(number: int, west: float, contenance: int | None) -> dict[str, Any]:
        east = west + 0.0003
        ring = [[west, 49.89], [east, 49.89], [east, 49.8902], [west, 49.8902], [west, 49.89]]
        identifier = f"80021000ZX{number:04d}"
        return {
            "type": "Feature",
            "id": identifier,
            "geometry": {"type": "Polygon", "coordinates": [ring]},
            "properties": {
                "id": identifier,
                "commune": "80021",
                "prefixe": "000",
                "section": "ZX",
                "numero": str(number),
                "contenance": contenance,
                "arpente": False,
                "created": "2020-01-01",
                "updated": f"2024-0{number}-01",
            },
        }

    return {
        "type": "FeatureCollection",
        "features": [
            parcel(1, 2.3000, 479),
            parcel(2, 2.3003, None),
            parcel(3, 2.3010, 0),
        ],
    }


@pytest.fixture
def write_json(tmp_path: Path):
    """Function that writes a document, or text as it is, to a file and returns its path."""

    def write(document: object, name: str = "parcelles.geojson") -> Path:
        path = tmp_path / name
        text = document if isinstance(document, str) else json.dumps(document)
        path.write_text(text, encoding="utf-8")
        return path

    return write


@pytest.fixture(scope="session")
def real_data() -> Path:
    """Folder of real files that are not part of the project; the test is skipped without it."""
    named = os.environ.get("TECHNOPOLE_REAL_DATA", "")
    if not named or not Path(named).is_dir():
        pytest.skip("TECHNOPOLE_REAL_DATA does not name the folder of real files")
    return Path(named)
