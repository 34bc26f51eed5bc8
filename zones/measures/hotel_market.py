"""How full the hotels are around a site, and what is being added to them.

The yearly figures are those of the smallest area that holds at least half of the site and has a
year that ended before the day; of its years the last one. Occupancy = room nights sold / (rooms
× 365 × part of the year open). What was authorised by the day and is not open, and what opened
after that year, comes on top of its rooms.
"""

from __future__ import annotations

import numpy as np
import shapely

from charters.facts import Missing
from zones.measures.commerce import figure_at
from zones.measures.features import Array, Selection, numbers
from zones.measures.ground import NOISE_M2, Ground, once, overlaps, selected
from zones.measures.ledger import AUTHORISED, EXISTING, stock_of
from zones.measures.registry import Drawn, Reading, measure, missing_where

__all__ = [
    "hotel_added_rooms",
    "hotel_market_rooms",
    "hotel_market_year",
    "hotel_nights_sold",
    "hotel_occupancy",
    "hotel_opening_rate",
]

_MARKET = Selection("hotel_market")
_HALF = 0.5
_NIGHTS = 365.0


def _show_area(ground: Ground, threshold: float | None) -> Drawn:  # noqa: ARG001 - one signature
    """The site, and the outline of the area of the figures."""
    drawn: Drawn = [("target", "", ground.shapes[0])]
    row = int(_row(ground)[0])
    if row >= 0:
        drawn.append(("target", "", shapely.boundary(selected(ground, _MARKET).shapes[row])))
    return drawn


def _show_added(ground: Ground, threshold: float | None) -> Drawn:
    """The same, and the hotels that come on top of the figures, with their rooms."""
    drawn, row = _show_area(ground, threshold), int(_row(ground)[0])
    if row < 0:
        return drawn
    stock = stock_of(ground, "hotel")
    return drawn + [
        ("target", f"{stock.names[each]} · {stock.size[each]:.0f}", stock.points[each])
        for each in _added(ground, row).tolist()
    ]


@measure(show=_show_area)
def hotel_market_year(ground: Ground) -> Reading:
    """Last year whose figures are known around the site, as a word."""
    years = numbers(selected(ground, _MARKET), "year")
    row = _row(ground)
    words = np.array([*(f"{each:.0f}" for each in years), None], dtype=object)[row]
    return Reading(words, missing_where(row < 0, Missing.UNDEFINED))


@measure(show=_show_area)
def hotel_market_rooms(ground: Ground) -> Reading:
    """Rooms offered in that year."""
    return figure_at(numbers(selected(ground, _MARKET), "rooms"), _row(ground))


@measure(show=_show_area)
def hotel_nights_sold(ground: Ground) -> Reading:
    """Room nights sold in that year."""
    return figure_at(numbers(selected(ground, _MARKET), "nights_sold"), _row(ground))


@measure(show=_show_area)
def hotel_opening_rate(ground: Ground) -> Reading:
    """Part (0-1) of that year for which the rooms were open."""
    return figure_at(numbers(selected(ground, _MARKET), "opening_rate"), _row(ground))


@measure(show=_show_area)
def hotel_occupancy(ground: Ground) -> Reading:
    """Part (0-1) of the rooms offered in that year that was sold."""
    market = selected(ground, _MARKET)
    rooms, sold, rate = (numbers(market, name) for name in ("rooms", "nights_sold", "opening_rate"))
    offered = rooms * _NIGHTS * rate
    share = np.divide(sold, offered, out=np.full(len(sold), np.nan), where=offered > 0)
    row = _row(ground)
    reading = figure_at(share, row)
    reading.missing[(row >= 0) & (np.append(offered, np.nan)[row] == 0)] = Missing.UNDEFINED
    return reading


@measure(show=_show_added)
def hotel_added_rooms(ground: Ground) -> Reading:
    """Rooms in that area that are authorised on the day and not open, or opened after that year.

    Missing where the rooms of one of these hotels are not known.
    """
    stock = stock_of(ground, "hotel")
    rows = range(len(selected(ground, _MARKET).ids))
    totals = once(
        ground,
        ("added rooms", ground.day),
        lambda: np.array([stock.size[_added(ground, each)].sum() for each in rows]),
    )
    return figure_at(totals.astype(np.float64), _row(ground))


def _row(ground: Ground) -> Array:
    """Position of the yearly figures that hold for each site, -1 where there are none."""
    return once(ground, ("market row", ground.day), lambda: _found_row(ground))


def _found_row(ground: Ground) -> Array:
    """Rows of the smallest area, the last year first."""
    market, pairs = selected(ground, _MARKET), overlaps(ground, _MARKET)
    years = numbers(market, "year")
    areas = np.array([each.area for each in market.shapes])
    order = np.lexsort((-years, np.round(areas)))
    rank = np.argsort(order)
    is_past = years < (ground.day.year if ground.day else -np.inf)
    holds = pairs.area_m2 >= _HALF * ground.area_m2[pairs.site] - NOISE_M2
    holds &= is_past[pairs.feature]
    best = np.full(len(ground.shapes), len(order))
    np.minimum.at(best, pairs.site[holds], rank[pairs.feature[holds]])
    row: Array = np.append(order, -1)[best]
    return row


def _added(ground: Ground, row: int) -> Array:
    """Hotels that come on top of the rooms of one row."""
    market, stock = selected(ground, _MARKET), stock_of(ground, "hotel")
    year = int(numbers(market, "year")[row])
    inside = np.sort(stock.tree.query(market.shapes[row], predicate="intersects"))
    is_later = stock.opened[inside] > np.datetime64(f"{year}-12-31")
    state = stock.state[inside]
    added: Array = inside[(state == AUTHORISED) | ((state == EXISTING) & is_later)]
    return added
