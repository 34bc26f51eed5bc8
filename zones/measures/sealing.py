"""Land that was already artificialised on the day against which the law counts.

Code de commerce, art. L. 752-6 V: the artificialisation of a shop is measured on its parcels
against their state on 23 August 2021. The survey used is the last one on or before that day.
"""

from __future__ import annotations

import datetime as dt

import numpy as np
import shapely

from charters.facts import Missing
from zones.measures.features import Array, Features, Selection, features_of, kept, ready
from zones.measures.ground import NOISE_M2, Ground, overlaps_with, shared_m2
from zones.measures.registry import Drawn, Reading, measure, missing_where

__all__ = ["REFERENCE_DAY", "sealed_area_2021_m2"]

REFERENCE_DAY = dt.date(2021, 8, 23)
"""Day whose state counts."""

_LAND_COVER = Selection("land_cover")


def _show(ground: Ground, threshold: float | None) -> Drawn:  # noqa: ARG001 - one signature
    """Part of the site that was artificialised; the site itself where none was."""
    sealed, site = _sealed(ground), ground.shapes[0]
    pairs = overlaps_with(ground, sealed, key="sealed 2021")
    parts = shapely.intersection(sealed.shapes[pairs.feature], site)
    return [("target", "", site)] + [("clip", "", each) for each in parts]


@measure(show=_show)
def sealed_area_2021_m2(ground: Ground) -> Reading:
    """Area of the site artificialised on 23 August 2021, in m², by the last survey until then."""
    pairs = overlaps_with(ground, _sealed(ground), key="sealed 2021")
    area = shared_m2(ground, pairs)
    is_whole = area >= ground.area_m2 - NOISE_M2
    is_unknown = np.full(len(area), _last_survey(ground) is None)
    return Reading(
        area, missing_where(is_unknown, Missing.NULL_DATUM), is_whole | (area <= NOISE_M2)
    )


def _last_survey(ground: Ground) -> str | None:
    """Day of the last survey on or before the reference day, as ISO 8601 text."""
    days = features_of(ground.layers["land_cover"], _LAND_COVER).columns["observed_on"]
    return kept(
        ground.layers["land_cover"],
        "last survey",
        lambda: max(
            (str(each) for each in days if str(each) <= REFERENCE_DAY.isoformat()), default=None
        ),
    )


def _sealed(ground: Ground) -> Features:
    """Artificialised land of that survey, merged, kept with the layer."""
    layer = ground.layers["land_cover"]

    def merged() -> Features:
        features = features_of(layer, _LAND_COVER)
        chosen: Array = features.columns["observed_on"].astype(str) == _last_survey(ground)
        chosen &= features.columns["is_sealed"].astype(bool)
        return ready(shapely.get_parts(shapely.union_all(features.shapes[chosen])))

    return kept(layer, "sealed 2021", merged)
