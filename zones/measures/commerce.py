"""Figures of the commercial sector, the town centres or the economic site in which a site lies.

Shops that exist or are authorised count in a sector's sales area, a vacant one too: its area is
still there, and can open again without a new authorisation for three years (code de commerce,
L. 752-1, 4°). Pending shops never count.
"""

from __future__ import annotations

import functools

import numpy as np
import shapely

from charters.facts import Missing
from zones.measures.features import Array, Selection, coverage_of, label, numbers
from zones.measures.ground import Ground, selected, within
from zones.measures.membership import SECTORS, lies_in, show_areas
from zones.measures.registry import Drawn, Reading, measure, missing_where

__all__ = [
    "centre_vacancy_share",
    "economic_site_vacancy_share",
    "sector_reference_area_m2",
    "sector_sales_area_m2",
]

_ECONOMIC_SITES = Selection("economic_sites")
_CENTRES = Selection("commercial_sectors", "kind", ("centre",), dissolved=True)
_COUNTED_SHOPS = Selection("shops", "status", ("existing", "authorised"))
_OPEN_SHOPS = Selection("shops", "status", ("existing",))


def _show_centres(ground: Ground, threshold: float | None) -> Drawn:  # noqa: ARG001 - one signature
    """Town centres, and their vacant units."""
    centres, shops = selected(ground, _CENTRES), selected(ground, _OPEN_SHOPS)
    _, shop = shops.tree.query(centres.shapes, predicate="intersects")
    vacant = np.unique(shop[shops.columns["vacant"][shop].astype(bool)])
    return [("target", "", each) for each in centres.shapes] + [
        ("target", label(shops, each), shops.shapes[each]) for each in vacant
    ]


def _show_sector_shops(ground: Ground, threshold: float | None) -> Drawn:
    """The sector, the site's part in it, and the shops that are counted."""
    drawn = show_areas(SECTORS, ground, threshold)
    sector = int(lies_in(ground, SECTORS)[0])
    if sector < 0:
        return drawn
    shops = selected(ground, _COUNTED_SHOPS)
    inside = shops.tree.query(selected(ground, SECTORS).shapes[sector], predicate="intersects")
    return drawn + [("target", label(shops, each), shops.shapes[each]) for each in inside]


@measure(show=_show_sector_shops)
def sector_sales_area_m2(ground: Ground) -> Reading:
    """Sales area in m² of the shops that exist or are authorised in the site's sector.

    Missing where the site lies in no sector, where a shop's area is not known, or where the
    sector reaches beyond the coverage of the shops.
    """
    sector = lies_in(ground, SECTORS)
    sectors, shops = selected(ground, SECTORS), selected(ground, _COUNTED_SHOPS)
    asked = np.unique(sector[sector >= 0])
    of, shop = shops.tree.query(sectors.shapes[asked], predicate="intersects")
    sales = np.bincount(of, weights=shops.columns["sales_area_m2"][shop], minlength=len(asked))
    why = missing_where(np.isnan(sales), Missing.NULL_DATUM)
    why[~_has_shops_known(ground, sectors.shapes[asked])] = Missing.COVERAGE_EDGE
    slot = np.searchsorted(asked, sector)
    return Reading(
        np.append(sales, np.nan)[np.where(sector >= 0, slot, -1)],
        np.append(why, np.int8(Missing.UNDEFINED))[np.where(sector >= 0, slot, -1)],
    )


@measure(show=functools.partial(show_areas, SECTORS))
def sector_reference_area_m2(ground: Ground) -> Reading:
    """Reference sales area in m² of the site's sector; missing in no sector or if empty."""
    values = numbers(selected(ground, SECTORS), "reference_sales_area_m2")
    return _figure(values, lies_in(ground, SECTORS))


@measure(show=_show_centres)
def centre_vacancy_share(ground: Ground) -> Reading:
    """Part (0-1) of the existing units of all town centres that are vacant, the same everywhere.

    Missing where there is no unit, or where a centre reaches beyond the coverage of the shops.
    """
    centres, shops = selected(ground, _CENTRES), selected(ground, _OPEN_SHOPS)
    shop = np.unique(shops.tree.query(centres.shapes, predicate="intersects")[1])
    count = len(ground.shapes)
    everywhere = np.ones(count, dtype=bool)
    if not np.all(_has_shops_known(ground, centres.shapes)):
        return Reading(np.full(count, np.nan), missing_where(everywhere, Missing.COVERAGE_EDGE))
    if not len(shop):
        return Reading(np.full(count, np.nan), missing_where(everywhere, Missing.UNDEFINED))
    share = np.mean(shops.columns["vacant"][shop].astype(bool))
    return Reading(np.full(count, share), missing_where(~everywhere, Missing.UNDEFINED))


@measure(show=functools.partial(show_areas, _ECONOMIC_SITES))
def economic_site_vacancy_share(ground: Ground) -> Reading:
    """Part (0-1) of the land units of the site's economic site that are vacant.

    Missing where the site lies in no economic site, where a count is empty, or without units.
    """
    economic = selected(ground, _ECONOMIC_SITES)
    units, vacant = numbers(economic, "site_uf_nbre"), numbers(economic, "site_uf_vacant_nbre")
    share = np.divide(vacant, units, out=np.full(len(units), np.nan), where=units > 0)
    position = lies_in(ground, _ECONOMIC_SITES)
    reading = _figure(share, position)
    why = reading.missing
    why[np.append(units, np.nan)[position] == 0] = Missing.UNDEFINED
    return Reading(reading.values, why)


def _figure(values: Array, position: Array) -> Reading:
    """Figure at each position: undefined at -1, missing where the layer leaves it empty."""
    figures = np.append(values, np.nan)[position]
    why = missing_where(np.isnan(figures), Missing.NULL_DATUM)
    why[position < 0] = Missing.UNDEFINED
    return Reading(figures, why)


def _has_shops_known(ground: Ground, shapes: Array) -> Array:
    """Whether the layer of shops speaks for all of each shape."""
    known = coverage_of(ground.layers[_COUNTED_SHOPS.layer])
    return within(known.area, shapes, shapely.area(shapes))
