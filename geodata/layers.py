"""A raw frame becomes a layer that keeps its contract, or one error that lists every fault."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

import geopandas as gpd
import shapely

__all__ = ["Edition", "Layer", "Layers"]


@dataclass(frozen=True, slots=True)
class Edition:
    """Where the features of one layer come from."""

    layer: str
    """Layer id."""
    producer: str
    """Who made the data."""
    licence: str
    """Licence of reuse."""
    date: str
    """Date of the source, ISO 8601."""
    source: str
    """File or service it was read from; no folder."""
    demo_share: float
    """Share of features (0-1) that are synthetic or schematic."""
    rows: int
    """Number of features."""
    digest: str
    """SHA-256 of the file it was read from."""


@dataclass(frozen=True, slots=True)
class Layer:
    """Features that keep the contract of the catalog."""

    id: str
    """Layer id in the catalog."""
    features: gpd.GeoDataFrame
    """Features in the work CRS; the index is the unique ``id``, text."""
    coverage: shapely.Geometry | None
    """Area the layer speaks for, in the work CRS; inside it absence is a fact."""
    edition: Edition
    """Where the features come from."""


Layers: TypeAlias = Mapping[str, Layer]
