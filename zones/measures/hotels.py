"""The hotels around a site by class: how near one like the project is, and the mix of classes.

Hotels that exist or are authorised on the day count, each once (:mod:`zones.measures.ledger`). A
class is a number of stars; hotels without stars are one class of their own in the mix.
"""

from __future__ import annotations

import functools

import numpy as np
import shapely

from charters.facts import Missing
from zones.measures.features import Array
from zones.measures.ground import Ground, edge_distance, once
from zones.measures.ledger import AUTHORISED, EXISTING, stock_of
from zones.measures.registry import Drawn, Reading, measure, missing_where

__all__ = [
    "NEAR_M",
    "largest_hotel_class",
    "largest_hotel_class_share",
    "near_hotel_rooms",
    "own_hotel_class_share",
    "same_class_hotel_distance_m",
]

NEAR_M = 500.0
"""Reach within which rooms are added up, in metres."""

_CLASSES = 6
_NUMERIC_M = 1e-6
_LAYERS = ("hotels", "openings")


def _show_hotels(ground: Ground, threshold: float | None) -> Drawn:
    """Circle of the threshold, and every hotel within it or within 500 m: stars and rooms."""
    site, stock, counted = ground.shapes[0], stock_of(ground, "hotel"), _counted(ground)
    reach = max(threshold or 0.0, NEAR_M)
    near = counted[shapely.dwithin(stock.points[counted], site, reach)]
    near = near[np.argsort(shapely.distance(stock.points[near], site))]
    drawn: Drawn = [("reach", "", shapely.buffer(site, each)) for each in {threshold or 0, NEAR_M}
                    if each > 0]  # fmt: skip
    return drawn + [("target", _said(ground, each), stock.points[each]) for each in near.tolist()]


def _show_same_class(ground: Ground, threshold: float | None) -> Drawn:
    """The same, with the line to the nearest hotel of nearly the project's class."""
    drawn = _show_hotels(ground, threshold)
    points = stock_of(ground, "hotel").points[_alike(ground)]
    if len(points):
        nearest = points[np.argmin(shapely.distance(points, ground.shapes[0]))]
        drawn.append(("link", "", shapely.shortest_line(ground.shapes[0], nearest)))
    return drawn


@measure(show=_show_same_class)
def same_class_hotel_distance_m(ground: Ground) -> Reading:
    """Distance in metres to the nearest hotel that has the project's stars, one more or one less.

    Missing where a hotel whose stars are not known is nearer, and where a nearer one may lie beyond
    the coverage.
    """
    own = _own_class(ground)
    same = functools.reduce(
        np.minimum, (_class_distance_m(ground, each) for each in (own - 1.0, own + 0.0, own + 1.0))
    )
    doubtful = _class_distance_m(ground, np.nan)
    edge = np.minimum(*(edge_distance(ground, each) for each in _LAYERS))
    why = missing_where(~((same <= edge + _NUMERIC_M) & np.isfinite(same)), Missing.COVERAGE_EDGE)
    why[doubtful < same] = Missing.NULL_DATUM
    return Reading(same, why, same == 0)


@measure(show=_show_hotels)
def near_hotel_rooms(ground: Ground) -> Reading:
    """Rooms of the hotels within 500 m of the site; missing where those of one are not known."""
    stock, counted = stock_of(ground, "hotel"), _counted(ground)
    tree = shapely.STRtree(stock.points[counted])
    site, hotel = tree.query(ground.shapes, predicate="dwithin", distance=NEAR_M)
    sizes = stock.size[counted]
    rooms = np.bincount(site, weights=sizes[hotel], minlength=len(ground.shapes))
    edge = np.minimum(*(edge_distance(ground, each) for each in _LAYERS))
    why = missing_where(np.isnan(rooms), Missing.NULL_DATUM)
    why[edge < NEAR_M] = Missing.COVERAGE_EDGE
    return Reading(rooms, why)


def _show_class(ground: Ground, threshold: float | None, *, own: bool) -> Drawn:  # noqa: ARG001 - one signature
    """The hotels of the class that is counted, with stars and rooms."""
    rooms = _rooms_by_class(ground)
    chosen = _own_class(ground) if own else int(np.argmax(rooms))
    stock, counted = stock_of(ground, "hotel"), _counted(ground)
    alike = counted[_class_of(stock.stars[counted]) == chosen]
    return [("target", "", ground.shapes[0])] + [
        ("target", _said(ground, each), stock.points[each]) for each in alike.tolist()
    ]


@measure(show=functools.partial(_show_class, own=False))
def largest_hotel_class_share(ground: Ground) -> Reading:
    """Part (0-1) of all rooms, the project's included, that are of the class with the most.

    The same everywhere; missing where the rooms of one hotel are not known.
    """
    rooms = _rooms_by_class(ground)
    return _same_everywhere(ground, rooms.max() / rooms.sum() if rooms.sum() else np.nan)


@measure(show=functools.partial(_show_class, own=False))
def largest_hotel_class(ground: Ground) -> Reading:
    """Class with the most rooms, the project's included: « 3 ★ », or « 0 ★ » without stars."""
    rooms, count = _rooms_by_class(ground), len(ground.shapes)
    if np.isnan(rooms).any():
        blank = np.full(count, None, dtype=object)
        return Reading(blank, np.full(count, Missing.NULL_DATUM, dtype=np.int8))
    words = np.full(count, f"{np.argmax(rooms)} ★", dtype=object)
    return Reading(words, np.zeros(count, dtype=np.int8))


@measure(show=functools.partial(_show_class, own=True))
def own_hotel_class_share(ground: Ground) -> Reading:
    """Part (0-1) of all rooms, the project's included, that are of the project's class."""
    rooms = _rooms_by_class(ground)
    share = rooms[_own_class(ground)] / rooms.sum() if rooms.sum() else np.nan
    return _same_everywhere(ground, share)


def _counted(ground: Ground) -> Array:
    """Positions of the hotels that exist or are authorised."""
    counted: Array = np.flatnonzero(
        np.isin(stock_of(ground, "hotel").state, (EXISTING, AUTHORISED))
    )
    return counted


def _alike(ground: Ground) -> Array:
    """Those of them that have the project's stars, one more or one less."""
    stock, counted = stock_of(ground, "hotel"), _counted(ground)
    alike: Array = counted[np.abs(stock.stars[counted] - _own_class(ground)) <= 1]
    return alike


def _class_distance_m(ground: Ground, stars: float) -> Array:
    """Distance to the nearest hotel with so many stars (NaN: not known), the same for any project.

    Infinite where there is none.
    """
    return once(ground, ("hotel class", ground.day, str(stars)), lambda: _nearest_m(ground, stars))


def _nearest_m(ground: Ground, stars: float) -> Array:
    """Distance from each site to the nearest hotel of one class."""
    stock, counted = stock_of(ground, "hotel"), _counted(ground)
    given = stock.stars[counted]
    points = stock.points[counted[np.isnan(given) if np.isnan(stars) else given == stars]]
    found = np.full(len(ground.shapes), np.inf)
    (site, _), metres = shapely.STRtree(points).query_nearest(
        ground.shapes, return_distance=True, all_matches=False
    )
    found[site] = metres
    return found


def _rooms_by_class(ground: Ground) -> Array:
    """Rooms of each class from 0 to 5 stars, the project's included."""
    stock, counted = stock_of(ground, "hotel"), _counted(ground)
    rooms = float(ground.project["project.rooms"].values[0])
    classes = np.append(_class_of(stock.stars[counted]), _own_class(ground))
    return once(
        ground,
        ("rooms by class", ground.day, rooms, _own_class(ground)),
        lambda: np.bincount(
            classes, weights=np.append(stock.size[counted], rooms), minlength=_CLASSES
        ),
    )


def _class_of(stars: Array) -> Array:
    """Stars as whole numbers, 0 without stars."""
    return np.nan_to_num(stars).astype(np.intp)


def _own_class(ground: Ground) -> int:
    """Stars of the project."""
    return int(ground.project["project.stars"].values[0])


def _same_everywhere(ground: Ground, share: float) -> Reading:
    """One share for every site."""
    values = np.full(len(ground.shapes), share)
    return Reading(values, missing_where(np.isnan(values), Missing.NULL_DATUM))


def _said(ground: Ground, position: int) -> str:
    """Name, stars and rooms of a hotel."""
    stock = stock_of(ground, "hotel")
    stars, rooms = stock.stars[position], stock.size[position]
    parts = [stock.names[position]]
    parts += [] if np.isnan(stars) else [f"{stars:.0f} ★"]
    parts += [] if np.isnan(rooms) else [f"{rooms:.0f}"]
    return " · ".join(parts)
