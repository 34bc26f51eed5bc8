"""Neighbourhoods with what they spend, poles with what they sell, and minutes by car between them.

Everything here holds for every project: it is kept with the layers, by day. A neighbourhood stands
at a point inside it. The shops of a commercial sector are one pole; those outside the sectors are
the pole of their neighbourhood, or of the nearest one. A pole stands at the street node nearest to
the middle of its shops, a site at the street node nearest to it. Shops that exist and are not
vacant, or are authorised on the day, sell.

A neighbourhood without known spending, and a shop without known area, is left out where they are
at most 5 % of the people, or of the shops: their number is said. Beyond that nothing is known.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from zones.measures.access import access_of
from zones.measures.features import Array, Features, Selection, kept, label, numbers
from zones.measures.ground import Ground, once, selected
from zones.measures.ledger import AUTHORISED, EXISTING, Stock, stock_of
from zones.measures.membership import SECTORS
from zones.measures.network import Network, costs_from, network_of

__all__ = [
    "FAMILIES",
    "MIXED",
    "MOST_UNKNOWN",
    "NEIGHBOURHOODS",
    "People",
    "Poles",
    "drivable",
    "people_of",
    "poles_of",
    "site_nodes",
]

FAMILIES = ("food", "household", "clothing", "culture", "services")
"""Families of purchases whose spending is known, in the order of the columns."""
MIXED = "mixed"
"""Shops of several families."""
NEIGHBOURHOODS = Selection("neighbourhoods")

MOST_UNKNOWN = 0.05
"""Part of the people, or of the shops, that may be left out because a figure of theirs is empty."""

_SECTOR_LAYER = SECTORS.layer


@dataclass(frozen=True, slots=True, eq=False)
class People:
    """K neighbourhoods on a network of N nodes."""

    names: Array
    """Their names."""
    spending: Array
    """EUR a year by family, K × 5, NaN where not known."""
    population: Array
    """Inhabitants, NaN where not known."""
    minutes: Array
    """Minutes by car to each node, K × N, infinite where no way leads there."""


@dataclass(frozen=True, slots=True, eq=False)
class Poles:
    """J groups of shops on the same network."""

    names: Array
    """Names of their sectors or neighbourhoods."""
    points: Array
    """Middles of their shops, work CRS."""
    nodes: Array
    """Nodes at which they stand."""
    is_centre: Array
    """Whether each is a town centre."""
    area_m2: Array
    """Sales area by family, then of several families, J × 6; NaN where too many are not known."""
    minutes: Array
    """Minutes by car to each node, J × N."""
    unknown: int
    """Shops whose area is not known."""


def drivable(ground: Ground) -> Network:
    """Streets that can be driven."""
    return network_of(ground.layers["streets"], mode="drive")


def people_of(ground: Ground) -> People:
    """Neighbourhoods with the minutes to every node, kept with both layers."""
    streets, quarters = ground.layers["streets"], ground.layers[NEIGHBOURHOODS.layer]
    key = ("people", id(quarters.features))
    # the neighbourhoods stay alive with the entry: its key holds their identity
    return kept(streets, key, lambda: (_people(ground), quarters.features))[0]


def poles_of(ground: Ground) -> Poles:
    """Poles on the day of ``ground``, kept with the layers they come from."""
    stock, sectors = stock_of(ground, "shop"), ground.layers[_SECTOR_LAYER]
    quarters, streets = ground.layers[NEIGHBOURHOODS.layer], ground.layers["streets"]
    parts = (stock, sectors.features, quarters.features, streets.features)
    key = ("poles", *(id(each) for each in parts))
    # the parts stay alive with the entry: its key holds their identity
    return kept(streets, key, lambda: (_poles(ground, stock), parts))[0]


def site_nodes(ground: Ground) -> Array:
    """Street node nearest to each site, in a straight line."""
    network = drivable(ground)
    streets = ground.layers["streets"]
    tree = kept(streets, "drivable nodes", lambda: shapely.STRtree(shapely.points(network.nodes)))
    return once(ground, "site nodes", lambda: _nearest_nodes(tree, ground.shapes))


def _people(ground: Ground) -> People:
    """Neighbourhoods on the network."""
    quarters, network = selected(ground, NEIGHBOURHOODS), drivable(ground)
    spending = [numbers(quarters, f"spending_{each}_eur") for each in FAMILIES]
    return People(
        names=np.array([label(quarters, each) for each in range(len(quarters.ids))], dtype=object),
        spending=np.stack(spending, axis=1).astype(np.float64),
        population=numbers(quarters, "population").astype(np.float64),
        minutes=_minutes(network, shapely.point_on_surface(quarters.shapes)),
    )


def _poles(ground: Ground, stock: Stock) -> Poles:
    """Shops grouped by sector, else by neighbourhood."""
    sectors, quarters = selected(ground, SECTORS), selected(ground, NEIGHBOURHOODS)
    sells = (stock.state == AUTHORISED) | ((stock.state == EXISTING) & ~stock.vacant)
    shops = np.flatnonzero(sells)
    group = _groups(stock.points[shops], sectors, quarters)
    found, slot = np.unique(group, return_inverse=True)
    areas = np.zeros((len(found), len(FAMILIES) + 1))
    column = np.array([_column(each) for each in stock.family[shops]], dtype=np.intp)
    sizes = stock.size[shops]
    is_unknown = np.isnan(sizes)
    if np.count_nonzero(is_unknown) <= MOST_UNKNOWN * len(shops):
        sizes = np.nan_to_num(sizes)
    np.add.at(areas, (slot, column), sizes)
    places = shapely.get_coordinates(stock.points[shops])
    weight = np.bincount(slot, minlength=len(found))
    middle = [np.bincount(slot, weights=each, minlength=len(found)) / weight for each in places.T]
    points = shapely.points(np.stack(middle, axis=1))
    names = [*(label(sectors, each) for each in range(len(sectors.ids)))]
    names += [label(quarters, each) for each in range(len(quarters.ids))]
    kinds = np.append(sectors.columns["kind"] == "centre", np.zeros(len(quarters.ids), dtype=bool))
    network = drivable(ground)
    tree = shapely.STRtree(shapely.points(network.nodes))
    nodes = _nearest_nodes(tree, points)
    return Poles(
        names=np.array(names, dtype=object)[found],
        points=points,
        nodes=nodes,
        is_centre=kinds[found].astype(bool),
        area_m2=areas,
        minutes=_minutes(network, shapely.points(network.nodes[nodes])),
        unknown=int(np.count_nonzero(is_unknown)),
    )


def _groups(points: Array, sectors: Features, quarters: Features) -> Array:
    """Sector of each point, else its neighbourhood counted on from the number of sectors."""
    (_, nearest) = quarters.tree.query_nearest(points, all_matches=False)
    group: Array = nearest + len(sectors.ids)
    point, sector = sectors.tree.query(points, predicate="intersects")
    group[point[::-1]] = sector[::-1]
    return group


def _column(family: str | None) -> int:
    """Column of a family; a shop without one is of several."""
    return FAMILIES.index(family) if family in FAMILIES else len(FAMILIES)


def _minutes(network: Network, points: Array) -> Array:
    """Minutes by car from each point to every node."""
    return costs_from(network, access_of(network.lines, points), count=len(points))


def _nearest_nodes(tree: shapely.STRtree, shapes: Array) -> Array:
    """Node nearest to each shape."""
    (_, node) = tree.query_nearest(shapes, all_matches=False)
    nodes: Array = node
    return nodes
