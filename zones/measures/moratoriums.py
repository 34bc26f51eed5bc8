"""Moratoriums and suspensions that run on a day, for the kind of project that is planned.

A moratorium runs from its first day to its last, both included; without a last day it runs on. It
concerns shops, hotels or both; a project of another use is concerned by none.
"""

from __future__ import annotations

import datetime as dt
import functools

import numpy as np
import shapely

from charters.facts import Missing
from zones.measures.features import Array, Features, Selection, features_of, kept, label, ready
from zones.measures.ground import NOISE_M2, Ground, overlaps_with, shared_m2
from zones.measures.registry import Drawn, Reading, measure, missing_where

__all__ = ["charter_moratorium_area_m2", "prefect_moratorium_area_m2"]

_LAYER = "moratoriums"
_SCOPES = {"retail": ("retail", "both"), "hotel": ("hotel", "both")}


def _show(authority: str, ground: Ground, threshold: float | None) -> Drawn:  # noqa: ARG001 - one signature
    """Moratoriums that run on the day, and the part of the site in each; else the site."""
    running, site = _running(ground, authority), ground.shapes[0]
    found = running.tree.query(site, predicate="intersects")
    drawn: Drawn = []
    for each in found:
        part = shapely.intersection(running.shapes[each], site)
        if part.area > NOISE_M2:
            name = label(running, each)
            drawn += [("target", name, running.shapes[each]), ("clip", name, part)]
    return drawn or [("target", "", site)]


@measure(show=functools.partial(_show, "prefect"))
def prefect_moratorium_area_m2(ground: Ground) -> Reading:
    """Area of the site where the prefect has suspended such projects on the day, in m²."""
    return _area_m2(ground, "prefect")


@measure(show=functools.partial(_show, "charter"))
def charter_moratorium_area_m2(ground: Ground) -> Reading:
    """Area of the site under a moratorium of the charter for such projects on the day, in m²."""
    return _area_m2(ground, "charter")


def _area_m2(ground: Ground, authority: str) -> Reading:
    """Area of each site under what runs; ground under two moratoriums counts once."""
    running = _running(ground, authority)
    merged = kept(
        ground.layers[_LAYER],
        ("moratorium", tuple(running.ids)),
        lambda: ready(shapely.get_parts(shapely.union_all(running.shapes))),
    )
    pairs = overlaps_with(ground, merged, key=("moratorium", tuple(running.ids)))
    area = shared_m2(ground, pairs)
    is_whole = area >= ground.area_m2 - NOISE_M2
    why = missing_where(np.isnan(ground.area_m2), Missing.UNDEFINED)
    return Reading(area, why, is_whole | (area <= NOISE_M2))


def _running(ground: Ground, authority: str) -> Features:
    """Moratoriums of one authority that concern the project and run on the day."""
    features = features_of(ground.layers[_LAYER], Selection(_LAYER, "authority", (authority,)))
    scopes = _SCOPES.get(str(ground.project["project.use"].values[0]), ())
    chosen = np.isin(features.columns["scope"].astype(str), scopes)
    if ground.day is not None:
        chosen &= _runs(features, ground.day)
    columns = {name: column[chosen] for name, column in features.columns.items()}
    key = ("running", authority, tuple(features.ids[chosen]))
    return kept(
        ground.layers[_LAYER],
        key,
        lambda: ready(features.shapes[chosen], ids=features.ids[chosen], columns=columns),
    )


def _runs(features: Features, day: dt.date) -> Array:
    """Whether each moratorium runs on ``day``; dates are ISO 8601 text, which sorts as they do."""
    today = day.isoformat()
    starts, ends = features.columns["starts_on"], features.columns["ends_on"]
    is_over = np.array([each is not None and str(each) < today for each in ends], dtype=bool)
    has_begun = np.array([each is not None and str(each) <= today for each in starts], dtype=bool)
    runs: Array = has_begun & ~is_over
    return runs
