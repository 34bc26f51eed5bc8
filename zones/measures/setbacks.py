"""Setbacks along major roads: no building near their axis outside urbanised areas.

Code de l'urbanisme, art. L. 111-6: 100 m on either side of the axis of motorways, expressways and
bypasses, 75 m for the other high-traffic roads. It does not hold inside urbanised areas, nor where
the local plan sets other rules by a study (art. L. 111-8); the layer ``urbanised_areas`` has both.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator

import numpy as np
import shapely

from charters.facts import Missing
from zones.measures.features import Array, Features, Selection, features_of, kept, label, ready
from zones.measures.ground import (
    NOISE_M2,
    Ground,
    edge_distance,
    overlaps_with,
    selected,
    shared_m2,
)
from zones.measures.registry import Drawn, Reading, measure, missing_where

__all__ = ["SETBACKS_M", "road_band_area_m2", "road_band_m", "road_setback_area_m2"]

SETBACKS_M = {"motorway": 100.0, "high_traffic": 75.0}
"""Setback from the axis, in metres, by class of road."""

_ROADS = "roads"
_URBANISED = Selection("urbanised_areas", dissolved=True)
_ROUND = 64
"""Segments in a quarter of a circle: the band is nowhere more than 1 cm too narrow."""


def _show(ground: Ground, threshold: float | None, *, is_outside: bool) -> Drawn:  # noqa: ARG001 - one signature
    """Bands around the site, its part in them, and the roads that they follow."""
    band = _band(ground, tuple(SETBACKS_M), is_outside=is_outside)
    site = ground.shapes[0]
    pairs = overlaps_with(ground, band, key=("band", is_outside))
    drawn: Drawn = [("reach", "", band.shapes[each]) for each in pairs.feature]
    drawn += [("clip", "", shapely.intersection(band.shapes[each], site)) for each in pairs.feature]
    for road_class, metres in SETBACKS_M.items():
        roads = selected(ground, Selection(_ROADS, "road_class", (road_class,)))
        near = roads.tree.query(site, predicate="dwithin", distance=metres)
        drawn += [("target", label(roads, each), roads.shapes[each]) for each in near]
    return drawn


@measure(show=functools.partial(_show, is_outside=False))
def road_band_area_m2(ground: Ground) -> Reading:
    """Area of the site within the setback of a major road, urbanised or not, in m²."""
    return _area_m2(ground, is_outside=False)


@measure(show=functools.partial(_show, is_outside=True))
def road_setback_area_m2(ground: Ground) -> Reading:
    """Area of the site within the setback of a major road and outside urbanised areas, in m²."""
    return _area_m2(ground, is_outside=True)


@measure(show=functools.partial(_show, is_outside=False))
def road_band_m(ground: Ground) -> Reading:
    """Largest setback in metres among the major roads whose band touches the site, or 0."""
    metres = np.zeros(len(ground.shapes))
    for road_class, setback in SETBACKS_M.items():
        band = _band(ground, (road_class,), is_outside=False)
        found = overlaps_with(ground, band, key=("band of", road_class))
        metres[found.site] = np.maximum(metres[found.site], setback)
    is_open = (metres < max(SETBACKS_M.values())) & _is_near_edge(ground)
    return Reading(metres, missing_where(is_open, Missing.COVERAGE_EDGE))


def _area_m2(ground: Ground, *, is_outside: bool) -> Reading:
    """Area of each site in a band; unknown where a road beyond the coverage may add to it."""
    band = _band(ground, tuple(SETBACKS_M), is_outside=is_outside)
    pairs = overlaps_with(ground, band, key=("band", is_outside))
    area = shared_m2(ground, pairs)
    is_whole = area >= ground.area_m2 - NOISE_M2
    is_free = _is_urbanised(ground) if is_outside else np.zeros(len(area), dtype=bool)
    why = missing_where(_is_near_edge(ground) & ~is_whole & ~is_free, Missing.COVERAGE_EDGE)
    return Reading(area, why, is_whole | (area <= NOISE_M2))


def _is_near_edge(ground: Ground) -> Array:
    """Whether a road just beyond the coverage may have its band on the site."""
    near: Array = edge_distance(ground, _ROADS) < max(SETBACKS_M.values())
    return near


def _is_urbanised(ground: Ground) -> Array:
    """Whether the whole site lies in urbanised areas, where no band holds."""
    pairs = overlaps_with(ground, selected(ground, _URBANISED), key=_URBANISED)
    area = shared_m2(ground, pairs)
    urbanised: Array = area >= ground.area_m2 - NOISE_M2
    return urbanised


def _band(ground: Ground, classes: tuple[str, ...], *, is_outside: bool) -> Features:
    """Ground within the setbacks of some classes of road, kept with the layers it comes from."""
    layer = ground.layers[_ROADS]
    if not is_outside:
        return kept(
            layer, ("band", classes), lambda: ready(shapely.get_parts(_union(ground, classes)))
        )
    urbanised = features_of(ground.layers[_URBANISED.layer], _URBANISED)
    # The areas stay alive with the entry: its key holds their identity.
    _, band = kept(
        layer,
        ("band outside", classes, id(urbanised)),
        lambda: (urbanised, ready(_outside(_union(ground, classes), urbanised))),
    )
    return band


def _union(ground: Ground, classes: tuple[str, ...]) -> shapely.Geometry:
    """Bands of some classes of road, merged."""

    def bands() -> Iterator[Array]:
        for each in classes:
            roads = selected(ground, Selection(_ROADS, "road_class", (each,)))
            yield shapely.buffer(roads.shapes, SETBACKS_M[each], quad_segs=_ROUND)

    return shapely.union_all(np.concatenate(list(bands())))


def _outside(band: shapely.Geometry, urbanised: Features) -> Array:
    """Parts of the band that no urbanised area covers."""
    parts = shapely.get_parts(shapely.difference(band, shapely.union_all(urbanised.shapes)))
    real: Array = parts[shapely.area(parts) > NOISE_M2]
    return real
