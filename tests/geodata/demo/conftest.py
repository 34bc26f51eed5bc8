"""The demonstration dataset, built once for all its tests."""

from pathlib import Path

import geopandas as gpd
import pytest

import geodata.demo


@pytest.fixture(scope="session")
def built() -> dict[str, gpd.GeoDataFrame]:
    """Every layer of the demonstration."""
    return geodata.demo.build()


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A freshly written store."""
    path = tmp_path_factory.mktemp("demo") / "fresh.gpkg"
    geodata.demo.write(path)
    return path
