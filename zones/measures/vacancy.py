"""How many units stand empty: in the town centres, in the site's sector, on its economic site.

Vacant shops over existing shops, by number, as Procos counts them, on the day of the survey;
shops that are authorised or pending are no units yet.
"""

from __future__ import annotations

import functools

import numpy as np

from charters.facts import Missing
from zones.measures.commerce import figure_at, is_known_in
from zones.measures.features import Array, Features, Selection, label, numbers
from zones.measures.ground import Ground, once, selected
from zones.measures.ledger import survey_day
from zones.measures.membership import SECTORS, lies_in, show_areas
from zones.measures.registry import Drawn, Reading, measure, missing_where

__all__ = [
    "centre_vacancy_share",
    "economic_site_vacancy_share",
    "sector_vacancy_share",
    "shops_survey_day",
]

_ECONOMIC_SITES = Selection("economic_sites")
_SHOPS = Selection("shops", "status", ("existing",))
_CENTRES = Selection("commercial_sectors", "kind", ("centre",), dissolved=True)


def _show_vacant(ground: Ground, areas: Array) -> Drawn:
    """Areas, and the vacant units in them."""
    shops = selected(ground, _SHOPS)
    inside = np.unique(shops.tree.query(areas, predicate="intersects")[1])
    vacant = inside[_is_vacant(shops)[inside]]
    return [("target", "", each) for each in areas] + [
        ("target", label(shops, each), shops.shapes[each]) for each in vacant.tolist()
    ]


def _show_centres(ground: Ground, threshold: float | None) -> Drawn:  # noqa: ARG001 - one signature
    """Town centres, and their vacant units."""
    return _show_vacant(ground, selected(ground, _CENTRES).shapes)


def _show_sector(ground: Ground, threshold: float | None) -> Drawn:
    """The site's sector, and its vacant units."""
    sector = lies_in(ground, SECTORS)
    if sector[0] < 0:
        return show_areas(SECTORS, ground, threshold)
    return _show_vacant(ground, selected(ground, SECTORS).shapes[sector])


@measure(show=_show_centres)
def centre_vacancy_share(ground: Ground) -> Reading:
    """Part (0-1) of the existing units of all town centres that are vacant, the same everywhere.

    Missing where there is no unit, or where a centre reaches beyond the coverage of the shops.
    """
    centres, shops = selected(ground, _CENTRES).shapes, selected(ground, _SHOPS)
    count = len(ground.shapes)
    unit = np.unique(shops.tree.query(centres, predicate="intersects")[1])
    unknown = np.full(count, np.nan)
    if not np.all(is_known_in(ground, centres, ("shops",))):
        return Reading(unknown, np.full(count, Missing.COVERAGE_EDGE, dtype=np.int8))
    if not len(unit):
        return Reading(unknown, np.full(count, Missing.UNDEFINED, dtype=np.int8))
    share = np.mean(_is_vacant(shops)[unit])
    return Reading(np.full(count, share), np.zeros(count, dtype=np.int8))


@measure(show=_show_sector)
def sector_vacancy_share(ground: Ground) -> Reading:
    """Part (0-1) of the existing units of the site's sector that are vacant.

    Missing in no sector, without units, or where the sector reaches beyond the coverage of the
    shops.
    """
    shares, is_known = once(ground, "sector vacancy", lambda: _sector_shares(ground))
    sector = lies_in(ground, SECTORS)
    values = np.append(shares, np.nan)[sector]
    why = missing_where(np.isnan(values), Missing.UNDEFINED)
    why[(sector >= 0) & ~np.append(is_known, np.True_)[sector]] = Missing.COVERAGE_EDGE
    return Reading(values, why)


@measure(show=_show_sector)
def shops_survey_day(ground: Ground) -> Reading:
    """Day (ISO 8601) on which the shops were surveyed; missing where the layer gives none."""
    count = len(ground.shapes)
    day = survey_day(ground.layers["shops"])
    words = np.full(count, day or None, dtype=object)
    return Reading(words, missing_where(np.full(count, not day), Missing.NULL_DATUM))


@measure(show=functools.partial(show_areas, _ECONOMIC_SITES))
def economic_site_vacancy_share(ground: Ground) -> Reading:
    """Part (0-1) of the land units of the site's economic site that are vacant.

    Missing where the site lies in no economic site, where a count is empty, or without units.
    """
    economic = selected(ground, _ECONOMIC_SITES)
    units, vacant = numbers(economic, "site_uf_nbre"), numbers(economic, "site_uf_vacant_nbre")
    share = np.divide(vacant, units, out=np.full(len(units), np.nan), where=units > 0)
    position = lies_in(ground, _ECONOMIC_SITES)
    reading = figure_at(share, position)
    why = reading.missing
    why[np.append(units, np.nan)[position] == 0] = Missing.UNDEFINED
    return Reading(reading.values, why)


def _sector_shares(ground: Ground) -> tuple[Array, Array]:
    """Vacancy of each sector, NaN without units, and whether the shops of all of it are known."""
    sectors, shops = selected(ground, SECTORS).shapes, selected(ground, _SHOPS)
    of, unit = shops.tree.query(sectors, predicate="intersects")
    units = np.bincount(of, minlength=len(sectors))
    vacant = np.bincount(of, weights=_is_vacant(shops)[unit], minlength=len(sectors))
    shares = np.divide(vacant, units, out=np.full(len(units), np.nan), where=units > 0)
    return shares, is_known_in(ground, sectors, ("shops",))


def _is_vacant(shops: Features) -> Array:
    """Whether each unit stands empty."""
    return shops.columns["vacant"].astype(bool)
