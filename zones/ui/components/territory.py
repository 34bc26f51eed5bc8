"""The layers of the store, read and measured once for every session."""

from __future__ import annotations

import functools
import threading
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd

from geodata.layers import Layers
from geodata.store import DEMO_STORE, desk_store, home_store, read_layers, store_stamp, write_layers
from zones.maps import MapDocument
from zones.measures import Ground, ground_of, keep_facts, measure_ground
from zones.sites import each_parcel
from zones.ui.documents import document_for

__all__ = ["Territory", "territory", "writable_store"]

_reading = threading.Lock()


@dataclass(frozen=True, slots=True, eq=False)
class Territory:
    """What every session shares; nothing of it is ever changed."""

    layers: Layers
    """Layers by id."""
    parcels: gpd.GeoDataFrame
    """Features of the parcel layer."""
    sites: gpd.GeoDataFrame
    """Every parcel as its own site."""
    ground: Ground
    """Those sites on the layers, which keeps their facts."""
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
    address = desk_store()
    with _reading:  # whoever comes second waits for the first, and reads nothing twice
        return _territory(address, store_stamp(address))


def writable_store() -> Path | str:
    """Store that imports go to; a first import makes it, beginning with the demonstration.

    Raises
    ------
    StoreError
        It cannot be made.
    """
    address = desk_store()
    if address != DEMO_STORE:
        return address
    home_store().parent.mkdir(parents=True, exist_ok=True)
    write_layers(home_store(), read_layers(DEMO_STORE).values())
    return home_store()


@functools.lru_cache(maxsize=2)
def _territory(address: Path | str, stamp: object) -> Territory:  # noqa: ARG001 - a changed store is read again
    """Territory of the store as it was at ``stamp``."""
    layers = read_layers(address)
    parcels = layers["parcels"].features if "parcels" in layers else gpd.GeoDataFrame()
    sites = each_parcel(parcels)
    measured = ground_of(sites, layers)
    keep_facts(measured)
    measure_ground(measured)
    return Territory(
        layers=layers,
        parcels=parcels,
        sites=sites,
        ground=measured,
        document=document_for(layers),
    )
