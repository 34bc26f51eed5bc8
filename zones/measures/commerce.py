"""What is sold, authorised and planned in the commercial sector in which a site lies, on a day.

Shops that exist or are authorised count in a sector's sales area, a vacant one too: its area is
still there, and can open again without a new authorisation for three years (code de commerce,
L. 752-1, 6°). Pending projects never count: they are the queue. :mod:`zones.measures.ledger` says
which state a shop has on the day.
"""

from __future__ import annotations

import functools

import numpy as np
import shapely

from charters.facts import Missing
from geodata.language import number_text
from zones.measures.features import Array, coverage_of, numbers
from zones.measures.ground import Ground, once, selected, within
from zones.measures.ledger import AUTHORISED, EXISTING, PENDING, Stock, stock_of
from zones.measures.membership import SECTORS, lies_in, show_areas
from zones.measures.registry import Drawn, Reading, measure, missing_where

__all__ = [
    "drawn_units",
    "figure_at",
    "is_known_in",
    "sector_authorised_area_m2",
    "sector_pending_area_m2",
    "sector_pending_count",
    "sector_reference_area_m2",
    "sector_sales_area_m2",
]

_LAYERS = ("shops", "openings")
_MARKS = {EXISTING: "", AUTHORISED: "✓", PENDING: "?"}


def drawn_units(stock: Stock, positions: Array) -> Drawn:
    """Units; what is authorised (✓) or waits (?) with its name and its area."""
    return [("target", _said(stock, each), stock.points[each]) for each in positions.tolist()]


def _said(stock: Stock, position: int) -> str:
    """Mark, name and sales area of a project; a shop that exists has no label."""
    mark = _MARKS[int(stock.state[position])]
    if not mark:
        return ""
    size = stock.size[position]
    area = "" if np.isnan(size) else f" · {number_text(size, 'fr', decimals=0)} m²"
    return f"{mark} {stock.names[position]}{area}"


def _show_stock(states: tuple[int, ...], ground: Ground, threshold: float | None) -> Drawn:
    """The sector, the site's part in it, what is counted there and what waits."""
    drawn = show_areas(SECTORS, ground, threshold)
    sector = int(lies_in(ground, SECTORS)[0])
    if sector < 0:
        return drawn
    stock = stock_of(ground, "shop")
    inside = stock.tree.query(selected(ground, SECTORS).shapes[sector], predicate="intersects")
    return drawn + drawn_units(stock, np.sort(inside[np.isin(stock.state[inside], states)]))


@measure(show=functools.partial(_show_stock, (EXISTING, AUTHORISED, PENDING)))
def sector_sales_area_m2(ground: Ground) -> Reading:
    """Sales area in m² that exists or is authorised on the day in the site's sector.

    Missing where the site lies in no sector, where a shop's area is not known, or where the
    sector reaches beyond the coverage of the shops or of the ledger.
    """
    return _total(ground, (EXISTING, AUTHORISED))


@measure(show=functools.partial(_show_stock, (AUTHORISED,)))
def sector_authorised_area_m2(ground: Ground) -> Reading:
    """Sales area in m² that is authorised on the day and not open in the site's sector."""
    return _total(ground, (AUTHORISED,))


@measure(show=functools.partial(_show_stock, (PENDING,)))
def sector_pending_area_m2(ground: Ground) -> Reading:
    """Sales area in m² of the projects that wait for a decision on the day in the site's sector."""
    return _total(ground, (PENDING,))


@measure(show=functools.partial(_show_stock, (PENDING,)))
def sector_pending_count(ground: Ground) -> Reading:
    """Number of projects that wait for a decision on the day in the site's sector."""
    return _total(ground, (PENDING,), is_count=True)


@measure(show=functools.partial(show_areas, SECTORS))
def sector_reference_area_m2(ground: Ground) -> Reading:
    """Reference sales area in m² of the site's sector; missing in no sector or if empty."""
    values = numbers(selected(ground, SECTORS), "reference_sales_area_m2")
    return figure_at(values, lies_in(ground, SECTORS))


def figure_at(values: Array, position: Array) -> Reading:
    """Figure at each position: undefined at -1, missing where it is NaN."""
    figures = np.append(values, np.nan)[position]
    why = missing_where(np.isnan(figures), Missing.NULL_DATUM)
    why[position < 0] = Missing.UNDEFINED
    return Reading(figures, why)


def is_known_in(ground: Ground, shapes: Array, layers: tuple[str, ...]) -> Array:
    """Whether every one of ``layers`` speaks for all of each shape."""
    known = np.ones(len(shapes), dtype=bool)
    for layer in layers:
        area = coverage_of(ground.layers[layer]).area
        known &= within(area, shapes, shapely.area(shapes))
    return known


def _total(ground: Ground, states: tuple[int, ...], *, is_count: bool = False) -> Reading:
    """Size or number of what has one of ``states`` in the sector of each site."""
    key = ("sector total", states, is_count, ground.day)
    totals, is_known = once(ground, key, lambda: _totals(ground, states, is_count=is_count))
    sector = lies_in(ground, SECTORS)
    reading = figure_at(totals, sector)
    why = reading.missing
    why[(sector >= 0) & ~np.append(is_known, np.True_)[sector]] = Missing.COVERAGE_EDGE
    return Reading(reading.values, why)


def _totals(ground: Ground, states: tuple[int, ...], *, is_count: bool) -> tuple[Array, Array]:
    """Total of each sector, and whether the layers speak for all of it."""
    sectors, stock = selected(ground, SECTORS).shapes, stock_of(ground, "shop")
    of, unit = stock.tree.query(sectors, predicate="intersects")
    is_counted = np.isin(stock.state[unit], states)
    of, unit = of[is_counted], unit[is_counted]
    weights = np.ones(len(unit)) if is_count else stock.size[unit]
    totals = np.bincount(of, weights=weights, minlength=len(sectors))
    return totals, is_known_in(ground, sectors, _LAYERS)
