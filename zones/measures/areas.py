"""Areas that a site carries with it, from its own parcels; no layer is asked."""

from __future__ import annotations

import numpy as np

from charters.facts import Missing
from zones.measures.ground import Ground
from zones.measures.registry import Drawn, Reading, measure, missing_where

__all__ = ["contenance_m2", "planar_area_m2"]


def _outline(ground: Ground, threshold: float | None) -> Drawn:  # noqa: ARG001 - one signature
    """The site itself."""
    return [("target", "", ground.shapes[0])]


@measure(show=_outline, is_from_layers=False)
def contenance_m2(ground: Ground) -> Reading:
    """Registered area in m², the sum over the parcels; missing if one parcel's is not known."""
    values = ground.sites["contenance_m2"].to_numpy(dtype=np.float64)
    return Reading(values, missing_where(np.isnan(values), Missing.NULL_DATUM))


@measure(show=_outline, is_from_layers=False)
def planar_area_m2(ground: Ground) -> Reading:
    """Area of the drawn shape in the work CRS, in m²; ground under two parcels counts once."""
    values = ground.area_m2
    return Reading(values, missing_where(np.isnan(values), Missing.NULL_DATUM))
