"""Where a site lies among the commercial poles: how far from the nearest, and on which side."""

from __future__ import annotations

import functools

import numpy as np
import shapely

from charters.facts import Missing
from zones.measures.distances import distance_m, show_nearest
from zones.measures.features import Selection, kept
from zones.measures.ground import Ground, selected
from zones.measures.membership import SECTORS
from zones.measures.registry import Drawn, Reading, measure, missing_where

__all__ = ["commercial_pole_distance_m", "is_west_of_centre"]

_CENTRES = Selection("commercial_sectors", "kind", ("centre",))


def _show_centre(ground: Ground, threshold: float | None) -> Drawn:  # noqa: ARG001 - one signature
    """The largest town centre, and the line from it to the site."""
    centre = _centre(ground)
    if centre is None:
        return []
    link = shapely.LineString([centre.centroid, ground.shapes[0].centroid])
    return [("target", "", centre), ("link", "", link)]


@measure(show=functools.partial(show_nearest, SECTORS))
def commercial_pole_distance_m(ground: Ground) -> Reading:
    """Straight-line distance to the nearest commercial pole, 0 inside one."""
    return distance_m(ground, SECTORS)


@measure(show=_show_centre)
def is_west_of_centre(ground: Ground) -> Reading:
    """1 where the site lies in the western quarter as seen from the largest town centre, else 0.

    From centroid to centroid, within 45° of due west on the grid; missing without a town centre.
    """
    count, centre = len(ground.shapes), _centre(ground)
    if centre is None:
        return Reading(
            np.full(count, np.nan), missing_where(np.ones(count, bool), Missing.UNDEFINED)
        )
    middle = shapely.get_coordinates(shapely.centroid(ground.shapes))
    east, north = (middle - shapely.get_coordinates(centre.centroid)).T
    is_west = (east < 0) & (np.abs(north) <= -east)
    return Reading(is_west.astype(np.float64), missing_where(np.isnan(east), Missing.UNDEFINED))


def _centre(ground: Ground) -> shapely.Geometry | None:
    """Largest town centre, kept with the layer."""
    shapes = selected(ground, _CENTRES).shapes
    return kept(
        ground.layers[_CENTRES.layer],
        "largest centre",
        lambda: max(shapes, key=shapely.area, default=None),
    )
