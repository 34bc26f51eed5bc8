"""Tables of a database become facts in the order of the parcels; the same for every database."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from comparing import DISTANCES, LARGEST, SHARES, Results

from geodata.layers import Layers

__all__ = ["Read", "read_back"]

NOISE_M2 = 0.01

Read = Callable[[str, str, object], np.ndarray]
"""Column of a table with one entry per parcel: table, column, and what absent rows stand for."""


def read_back(layers: Layers, read: Read, covered: Mapping[str, np.ndarray]) -> Results:
    """Facts of tables ``areas``, one per group of polygons, per share and per distance.

    Parameters
    ----------
    layers
        The city.
    read
        Column of a table.
    covered
        Whether each parcel lies in the coverage, by layer.
    """
    area = read("areas", "area", np.nan)
    results = {"planar_area_m2": area}
    economic = layers["economic_sites"].features
    vacancy = economic["site_uf_vacant_nbre"] / economic["site_uf_nbre"]
    for fact, (layer, _, is_half) in LARGEST.items():
        table = "zone" if fact == "zone_share" else fact
        most, name = read(table, "most", 0.0), read(table, "name", "none")
        if is_half:
            name[most < 0.5 * area - NOISE_M2] = "none"
        if fact == "zone_share":
            results[fact] = _share(most, area)
        elif fact == "economic_site_vacancy_share":
            results[fact] = vacancy.reindex(name).to_numpy(dtype=float, copy=True)
        else:
            results[fact] = name
        results[fact][~covered[layer]] = None if results[fact].dtype == object else np.nan
    for fact, selection in SHARES.items():
        shared = read(fact, "area", 0.0)
        shared[shared <= NOISE_M2] = 0.0
        results[fact] = _share(shared, area) if fact.endswith("share") else shared
        results[fact][~covered[selection.layer]] = np.nan
    for fact in DISTANCES:
        results[fact] = read(fact, "metres", np.nan)
    return results


def _share(shared: np.ndarray, area: np.ndarray) -> np.ndarray:
    """Share of the parcel, 1 and 0 within noise."""
    share = np.minimum(shared / area, 1.0)
    return np.where(shared >= area - NOISE_M2, 1.0, np.where(shared <= NOISE_M2, 0.0, share))
