"""Who lives and spends within ten minutes by car of a site, and what is already sold there.

The catchment is the set of neighbourhoods that the site's street node reaches in 10 minutes, and
the poles that it reaches: access time defines it, not equipment (CE, 13 December 2005). The sales
area of shops of several families is shared between the five families as residents share their
spending; for a project of several families everything is added up.
"""

from __future__ import annotations

from typing import NamedTuple, cast

import numpy as np
import shapely

from charters.facts import Missing
from geodata.language import number_text
from zones.measures.access import access_of
from zones.measures.basin import (
    FAMILIES,
    MIXED,
    MOST_UNKNOWN,
    NEIGHBOURHOODS,
    drivable,
    people_of,
    poles_of,
    site_nodes,
)
from zones.measures.features import Array, numbers
from zones.measures.ground import Ground, selected
from zones.measures.isochrones import isochrone
from zones.measures.registry import Drawn, Reading, measure, missing_where

__all__ = [
    "CATCHMENT_MIN",
    "Demand",
    "catchment_population",
    "catchment_sales_area_m2",
    "catchment_spending_eur",
    "demand_of",
    "shared_catchment_population",
    "show_catchment",
    "spending_year",
    "supply_of",
    "unmeasured_shop_count",
]

CATCHMENT_MIN = 10.0
"""Minutes by car that bound a catchment; a value of the model."""

_MILLION = 1e6


class Demand(NamedTuple):
    """What residents spend on the project's family."""

    spending: Array
    """EUR a year by neighbourhood, NaN where not known."""
    share: float
    """Part of the spending on all families, by which mixed shops count."""


def show_catchment(ground: Ground, threshold: float | None) -> Drawn:  # noqa: ARG001 - one signature
    """Isochrone, the neighbourhoods it holds with their spending, and the poles with their area."""
    network, people, poles = drivable(ground), people_of(ground), poles_of(ground)
    node = site_nodes(ground)[0]
    hull = isochrone(network, access_of(network.lines, ground.shapes), limit=CATCHMENT_MIN)
    drawn: Drawn = [] if hull is None else [("reach", "10 min", hull)]
    quarters, spending = selected(ground, NEIGHBOURHOODS), demand_of(ground).spending
    for each in np.flatnonzero(people.minutes[:, node] <= CATCHMENT_MIN).tolist():
        amount = f"{number_text(spending[each] / _MILLION, 'fr', decimals=1)} M€"
        middle = shapely.point_on_surface(quarters.shapes[each])
        drawn.append(("target", f"{people.names[each]} · {amount}", middle))
    supply = supply_of(ground)
    for each in np.flatnonzero(poles.minutes[:, node] <= CATCHMENT_MIN).tolist():
        area = f"{number_text(supply[each], 'fr', decimals=0)} m²"
        drawn.append(("target", f"{poles.names[each]} · {area}", poles.points[each]))
    return [*drawn, ("target", "", ground.shapes[0])]


def demand_of(ground: Ground) -> Demand:
    """Spending of each neighbourhood on the project's family."""
    spending = people_of(ground).spending
    family = str(ground.project["project.family"].values[0])
    if family == MIXED:
        return Demand(spending.sum(axis=1), 1.0)
    known = spending[~np.isnan(spending).any(axis=1)]
    column = FAMILIES.index(family)
    total = known.sum()
    return Demand(spending[:, column], float(known[:, column].sum() / total) if total else 0.0)


def supply_of(ground: Ground) -> Array:
    """Sales area in m² of each pole that sells the project's family."""
    area = poles_of(ground).area_m2
    family = str(ground.project["project.family"].values[0])
    if family == MIXED:
        return cast("Array", area.sum(axis=1))
    supply: Array = area[:, FAMILIES.index(family)] + demand_of(ground).share * area[:, -1]
    return supply


@measure(show=show_catchment)
def catchment_spending_eur(ground: Ground) -> Reading:
    """Yearly spending in EUR, on the project's family, of the neighbourhoods of the catchment.

    Missing where that of neighbourhoods with over 5 % of the people is not known, and where no way
    leads from the site.
    """
    people, spending = people_of(ground), demand_of(ground).spending
    reading = _within(ground, people.minutes, np.nan_to_num(spending))
    told = np.where(np.isnan(spending), 0.0, people.population)
    known, everyone = (
        _within(ground, people.minutes, each).values for each in (told, people.population)
    )
    why = np.where(known < (1.0 - MOST_UNKNOWN) * everyone, Missing.NULL_DATUM, reading.missing)
    return Reading(reading.values, why.astype(np.int8))


@measure(show=show_catchment)
def catchment_population(ground: Ground) -> Reading:
    """Inhabitants of the neighbourhoods of the catchment."""
    people = people_of(ground)
    return _within(ground, people.minutes, people.population)


@measure(show=show_catchment)
def catchment_sales_area_m2(ground: Ground) -> Reading:
    """Sales area in m² of the project's family, existing or authorised, that the site reaches.

    Missing where the area of over 5 % of all shops is not known.
    """
    return _within(ground, poles_of(ground).minutes, supply_of(ground))


@measure(show=show_catchment)
def shared_catchment_population(ground: Ground) -> Reading:
    """Inhabitants who are within ten minutes of the site and of a town centre too."""
    people, poles = people_of(ground), poles_of(ground)
    to_centre = people.minutes[:, poles.nodes[poles.is_centre]]
    shares = (to_centre <= CATCHMENT_MIN).any(axis=1)
    return _within(ground, people.minutes, np.where(shares, people.population, 0.0))


@measure(show=show_catchment)
def spending_year(ground: Ground) -> Reading:
    """Year of the spending, as a word; of several, the first and the last."""
    years = numbers(selected(ground, NEIGHBOURHOODS), "spending_year")
    known = np.unique(years[~np.isnan(years)])
    word = "-".join(f"{each:.0f}" for each in known[[0, -1]][: len(known)]) if len(known) else None
    count = len(ground.shapes)
    why = missing_where(np.full(count, word is None), Missing.NULL_DATUM)
    return Reading(np.full(count, word, dtype=object), why)


@measure(show=show_catchment)
def unmeasured_shop_count(ground: Ground) -> Reading:
    """Number of shops of the poles that are left out because their area is not known."""
    count = len(ground.shapes)
    return Reading(np.full(count, float(poles_of(ground).unknown)), np.zeros(count, dtype=np.int8))


def _within(ground: Ground, minutes: Array, amounts: Array) -> Reading:
    """Sum of the amounts that each site's node reaches in time."""
    nodes, node_of = np.unique(site_nodes(ground), return_inverse=True)
    reached = minutes[:, nodes]
    totals = np.where(reached <= CATCHMENT_MIN, amounts[:, np.newaxis], 0.0).sum(axis=0)
    why = missing_where(np.isnan(totals), Missing.NULL_DATUM)
    why[~np.isfinite(people_of(ground).minutes[:, nodes]).any(axis=0)] = Missing.UNREACHABLE
    return Reading(totals[node_of], why[node_of])
