"""The layers of the store, read and measured once for every session."""

from __future__ import annotations

import functools
import os
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd

from charters.facts import Column
from geodata.layers import Layers
from geodata.store import DEMO_STORE, read_layers
from zones.maps import MapDocument
from zones.measures import measure_sites
from zones.sites import each_parcel
from zones.ui.documents import document_for

__all__ = ["Territory", "territory"]

_reading = threading.Lock()

STORE_VARIABLE = "TECHNOPOLE_STORE"
"""Environment variable that names another store than the demonstration."""


@dataclass(frozen=True, slots=True, eq=False)
class Territory:
    """What every session shares; nothing of it is ever changed."""

    layers: Layers
    """Layers by id."""
    parcels: gpd.GeoDataFrame
    """Features of the parcel layer."""
    sites: gpd.GeoDataFrame
    """Every parcel as its own site."""
    measured: Mapping[str, Column]
    """Facts of those sites."""
    document: MapDocument
    """The map."""

    @property
    def label(self) -> str | None:
        """``demo`` where the parcels are fictitious, ``mixed`` where only other layers are."""
        shares = {name: layer.edition.demo_share for name, layer in self.layers.items()}
        if shares.get("parcels", 0) > 0:
            return "demo"
        return "mixed" if any(shares.values()) else None


def territory() -> Territory:
    """Territory of the store as it is now.

    Raises
    ------
    PlanningError
        The store cannot be read.
    """
    path = Path(os.environ.get(STORE_VARIABLE) or DEMO_STORE)
    stamp = path.stat().st_mtime_ns if path.exists() else 0
    with _reading:  # whoever comes second waits for the first, and reads nothing twice
        return _territory(path, stamp)


@functools.lru_cache(maxsize=2)
def _territory(path: Path, stamp: int) -> Territory:  # noqa: ARG001 - a changed file is read again
    """Territory of the file written at ``stamp``."""
    layers = read_layers(path)
    parcels = layers["parcels"].features if "parcels" in layers else gpd.GeoDataFrame()
    sites = each_parcel(parcels)
    return Territory(
        layers=layers,
        parcels=parcels,
        sites=sites,
        measured=measure_sites(sites, layers),
        document=document_for(layers),
    )
