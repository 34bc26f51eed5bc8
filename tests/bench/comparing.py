"""The facts that every engine finds on the same parcels, and how far two engines differ."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from zones.measures.features import Selection

__all__ = [
    "DISTANCES",
    "FACTS",
    "LARGEST",
    "SHARES",
    "Difference",
    "Results",
    "differences",
    "markdown",
]

Results = Mapping[str, np.ndarray]
"""One array per fact, an entry per parcel: words (None where missing) or numbers (NaN)."""

LARGEST = {
    "zone": ("zones", "id", True),
    "zone_share": ("zones", "id", False),
    "commune": ("communes", "insee", False),
    "plu_zone": ("plu_zones", "libelle", False),
    "commercial_sector": ("commercial_sectors", "id", True),
    "economic_site_vacancy_share": ("economic_sites", "id", True),
}
"""Layer, grouping column, and whether the parcel must lie in it by half."""
SHARES = {
    "heat_perimeter_share": Selection("heat_perimeters", dissolved=True),
    "strict_flood_area_m2": Selection("flood_zones", "zone_type", ("1", "2"), dissolved=True),
    "commercial_pole_share": Selection("commercial_sectors", dissolved=True),
}
DISTANCES = {
    "bus_stop_distance_m": Selection("transit_stops", "mode", ("bus", "bhns")),
    "bhns_stop_distance_m": Selection("transit_stops", "mode", ("bhns",)),
    "station_distance_m": Selection("stations"),
    "cycle_link_distance_m": Selection("cycle_links"),
    "heat_main_distance_m": Selection("heat_mains"),
    "hotel_distance_m": Selection("hotels", "status", ("existing", "authorised")),
}
FACTS = ("planar_area_m2", *LARGEST, *SHARES, *DISTANCES, "protected_frontage_m")
"""Facts compared, named as in ``charters/measures.yaml``."""

_METRES_M = 1e-3
_AREA = 1e-6
_LEAST_AREA_M2 = 1.0


@dataclass(frozen=True, slots=True)
class Difference:
    """How far another engine is from ours on one fact."""

    fact: str
    """Name of the fact."""
    compared: int
    """Parcels for which both engines know the fact."""
    most: float
    """Largest absolute difference, in the unit of the fact."""
    most_relative: float
    """Largest difference relative to the larger of the value and 1."""
    mismatches: int
    """Words that differ, numbers beyond the tolerance, facts that one of the two does not know."""
    examples: tuple[int, ...]
    """Positions of the first of them."""


def differences(ours: Results, theirs: Results) -> list[Difference]:
    """Differences on every fact that ``theirs`` has; areas 1e-6 relative, lengths 1 mm."""
    return [_difference(name, ours[name], theirs[name]) for name in FACTS if name in theirs]


def markdown(found: Mapping[str, list[Difference]]) -> str:
    """Table of differences, one row per engine and fact."""
    lines = [
        "| engine | fact | parcels | largest difference | relative | mismatches |",
        "|---|---|---|---|---|---|",
    ]
    for engine, rows in found.items():
        lines += [
            f"| {engine} | {each.fact} | {each.compared} | {each.most:.2g} | "
            f"{each.most_relative:.2g} | {each.mismatches} |"
            for each in rows
        ]
    return "\n".join(lines)


def _difference(name: str, ours: np.ndarray, theirs: np.ndarray) -> Difference:
    """Difference on one fact."""
    if ours.dtype == object:
        known = np.array([each is not None for each in ours])
        also = np.array([each is not None for each in theirs])
        wrong = np.flatnonzero((known != also) | (known & also & (ours != theirs)))
        return Difference(name, int((known & also).sum()), 0, 0, len(wrong), tuple(wrong[:5]))
    known, also = ~np.isnan(ours), ~np.isnan(theirs)
    both = known & also
    gap = np.zeros(len(ours))
    gap[both] = np.abs(ours[both] - theirs[both])
    size = np.ones(len(ours))
    size[both] = np.maximum(np.abs(ours[both]), _LEAST_AREA_M2)
    is_length = name in DISTANCES or name == "protected_frontage_m"
    is_far = gap > _METRES_M if is_length else gap > _AREA * size
    wrong = np.flatnonzero((known != also) | is_far)
    worst = float(gap.max(initial=0))
    return Difference(
        name, int(both.sum()), worst, float((gap / size).max(initial=0)), len(wrong),
        tuple(wrong[:5]),
    )  # fmt: skip
