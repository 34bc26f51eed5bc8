"""Hand-made sites and layers, in metres of the work CRS."""

import geopandas as gpd
import pytest
import shapely

from geodata.crs import WORK_CRS
from geodata.layers import Edition, Layer
from zones.sites import each_parcel

FIELD = shapely.box(-1000, -1000, 2000, 2000)


def make_layer(layer, rows, *, coverage=FIELD):
    """Layer from rows of columns with ``geometry``; ``id`` defaults to the layer and a number."""
    ids = [row.get("id", f"{layer}-{number}") for number, row in enumerate(rows)]
    columns = {name: [row.get(name) for row in rows] for row in rows for name in row}
    shapes = columns.pop("geometry", [])
    columns.pop("id", None)
    features = gpd.GeoDataFrame(columns, geometry=list(shapes), index=ids, crs=WORK_CRS)
    edition = Edition(layer, "test", "test", "2026-01-01", "by hand", 1.0, len(rows), "")
    return Layer(layer, features, coverage, edition)


def make_sites(shapes, contenance=None):
    """One site per entry of ``shapes`` (id → polygon)."""
    areas = [100.0] * len(shapes) if contenance is None else contenance
    parcels = gpd.GeoDataFrame(
        {"contenance": areas}, geometry=list(shapes.values()), index=list(shapes), crs=WORK_CRS
    )
    return each_parcel(parcels)


@pytest.fixture
def layer():
    """Maker of layers."""
    return make_layer


@pytest.fixture
def sites():
    """Maker of sites."""
    return make_sites


@pytest.fixture
def square():
    """Maker of a 10 m square by its lower left corner."""
    return lambda x=0.0, y=0.0, side=10.0: shapely.box(x, y, x + side, y + side)
