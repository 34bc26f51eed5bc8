"""The project's own measures, as the desk and the batch commands ask for them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from comparing import FACTS, Results

from geodata.layers import Layers
from zones.measures import ground_of, measure_ground
from zones.measures.bulk import FEW
from zones.sites import each_parcel

__all__ = ["engine"]


@contextmanager
def engine(layers: Layers) -> Iterator[Callable[[], Callable[[], Results]]]:
    """Measures of every parcel; what is kept with the layers, and machine code, is ready first."""
    sites = each_parcel(layers["parcels"].features)
    measure_ground(ground_of(sites.iloc[:FEW], layers), only=FACTS)

    def facts() -> Callable[[], Results]:
        columns = measure_ground(ground_of(sites, layers), only=FACTS)
        return lambda: {name.removeprefix("site."): each.values for name, each in columns.items()}

    yield facts
