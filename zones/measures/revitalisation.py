"""Whether a site lies in an area of revitalisation of the town centre (ORT) on a day.

An area counts from the day on which its agreement was signed (code de la construction, L. 303-2).
"""

from __future__ import annotations

import functools

import numpy as np

from charters.facts import Missing
from zones.measures.features import Selection
from zones.measures.ground import Ground, overlaps, selected
from zones.measures.membership import share_of_site, show_areas
from zones.measures.registry import Reading, measure

__all__ = ["ort_share"]

_PERIMETERS = Selection("ort_perimeters")


@measure(show=functools.partial(show_areas, _PERIMETERS))
def ort_share(ground: Ground) -> Reading:
    """Largest part (0-1) of the site in one ORT area that is signed on the day.

    Missing where an area whose signature is not dated would hold a larger part.
    """
    perimeters, pairs = selected(ground, _PERIMETERS), overlaps(ground, _PERIMETERS)
    signed = perimeters.columns.get("signed_on", np.full(len(perimeters.ids), None))
    days = np.array([each or "NaT" for each in signed], "datetime64[D]")[pairs.feature]
    area, doubtful = np.zeros((2, len(ground.shapes)))
    is_signed = days <= np.datetime64(ground.day or "NaT")
    np.maximum.at(area, pairs.site[is_signed], pairs.area_m2[is_signed])
    undated = np.isnat(days)
    np.maximum.at(doubtful, pairs.site[undated], pairs.area_m2[undated])
    reading = share_of_site(ground, area)
    why = reading.missing
    why[(doubtful > area) & (why == Missing.KNOWN)] = Missing.NULL_DATUM
    return Reading(reading.values, why, reading.certain)
