"""Where a project's turnover would come from, by the model of Huff.

The probability that a resident of neighbourhood i spends at pole j is

    P(i→j) = S_j^α · d_ij^−β / (Σ_k S_k^α · d_ik^−β + outside)

with S the sales area of the project's family in m² and d the minutes by car, at least one. Outside
is a constant attraction of what lies outside the agglomeration: e / (1 − e) times the mean of
Σ_k S_k^α · d_ik^−β, weighted by spending, so that about a part e leaks there. α = 1, β = 2 and
e = 10 % are usual starting values, to be calibrated on a survey of households (D. L. Huff, 1964).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from charters.facts import Missing
from zones.measures.basin import MOST_UNKNOWN, people_of, poles_of, site_nodes
from zones.measures.catchment import demand_of, show_catchment, supply_of
from zones.measures.features import Array
from zones.measures.ground import Ground, once
from zones.measures.registry import Reading, measure, missing_where

__all__ = [
    "ALPHA",
    "BETA",
    "BETA_FLAT",
    "BETA_STEEP",
    "LEAST_MIN",
    "OUTSIDE_SHARE",
    "agglomeration_share",
    "centre_spending_change",
    "centre_spending_change_flat",
    "centre_spending_change_steep",
    "project_turnover_eur",
]

ALPHA = 1.0
"""Weight of the sales area."""
BETA = 2.0
"""Weight of the minutes."""
BETA_FLAT, BETA_STEEP = 1.5, 2.5
"""Other weights of the minutes, which show how much the result depends on it."""
OUTSIDE_SHARE = 0.10
"""Part of the spending that leaves the agglomeration."""
LEAST_MIN = 1.0
"""A pole is never nearer than this."""


class _Flows(NamedTuple):
    """What the model gives before and with the project; K neighbourhoods, U nodes."""

    spending: Array
    """EUR a year of each neighbourhood."""
    rivals: Array
    """Attraction of all poles and of the outside on each neighbourhood."""
    centre: Array
    """Attraction of the town centres."""
    outside: float
    """Attraction of the outside."""
    project: Array
    """Attraction of the project at each node, U × K."""


@measure(show=show_catchment)
def centre_spending_change(ground: Ground) -> Reading:
    """Change (0-1, a loss is negative) of what the town centres capture, with the project."""
    return _centre_change(ground, BETA)


@measure(show=show_catchment)
def centre_spending_change_flat(ground: Ground) -> Reading:
    """The same with β = 1.5: minutes count for less."""
    return _centre_change(ground, BETA_FLAT)


@measure(show=show_catchment)
def centre_spending_change_steep(ground: Ground) -> Reading:
    """The same with β = 2.5: minutes count for more."""
    return _centre_change(ground, BETA_STEEP)


@measure(show=show_catchment)
def agglomeration_share(ground: Ground) -> Reading:
    """Part (0-1) of the project's turnover that shops of the agglomeration lose; the rest leaked.

    Σ_i C_i · w_i / (A_i + w_i) · (1 − outside / A_i) over Σ_i C_i · w_i / (A_i + w_i), with C the
    spending, A the attraction of all poles and the outside, w that of the project.
    """
    return _reading(ground, BETA, _taken)


@measure(show=show_catchment)
def project_turnover_eur(ground: Ground) -> Reading:
    """Turnover in EUR a year that the model gives the project: Σ_i C_i · w_i / (A_i + w_i)."""
    return _reading(ground, BETA, _turnover)


def _centre_change(ground: Ground, beta: float) -> Reading:
    """Change of what the centres capture with one weight of the minutes."""
    return _reading(ground, beta, _change)


def _change(flows: _Flows) -> Array:
    """Σ_i C_i · c_i / (A_i + w_i) over Σ_i C_i · c_i / A_i, less 1."""
    captured = flows.spending * flows.centre
    before = np.sum(captured / flows.rivals)
    after = np.reciprocal(flows.rivals + flows.project) @ captured
    with np.errstate(invalid="ignore", divide="ignore"):
        change: Array = after / before - 1.0
    return change


def _turnover(flows: _Flows) -> Array:
    """Spending that the project captures at each node."""
    share = flows.project / (flows.rivals + flows.project)
    turnover: Array = share @ flows.spending
    return turnover


def _taken(flows: _Flows) -> Array:
    """Part of it that other poles had."""
    share = flows.project / (flows.rivals + flows.project)
    from_poles = share @ (flows.spending * (1.0 - flows.outside / flows.rivals))
    total = share @ flows.spending
    taken: Array = np.divide(from_poles, total, out=np.full(len(total), np.nan), where=total > 0)
    return taken


def _reading(ground: Ground, beta: float, find: Callable[[_Flows], Array]) -> Reading:
    """Result at the node of each site, computed once per node."""
    nodes, node_of = once(
        ground, "distinct nodes", lambda: np.unique(site_nodes(ground), return_inverse=True)
    )
    people, demand = people_of(ground), demand_of(ground)
    values, why = np.full(len(nodes), np.nan), np.zeros(len(nodes), dtype=np.int8)
    is_known = ~np.isnan(demand.spending)
    told = np.sum(people.population[is_known]) / np.sum(people.population)
    if np.isnan(supply_of(ground)).any() or not told >= 1.0 - MOST_UNKNOWN:
        why[:] = Missing.NULL_DATUM
    else:
        values = find(_flows(ground, nodes, beta, is_known))
        why = missing_where(np.isnan(values), Missing.UNDEFINED)
        why[~np.isfinite(people.minutes[:, nodes]).any(axis=0)] = Missing.UNREACHABLE
    return Reading(values[node_of], why[node_of])


def _flows(ground: Ground, nodes: Array, beta: float, is_known: Array) -> _Flows:
    """Attractions on the neighbourhoods that are known."""
    people, poles = people_of(ground), poles_of(ground)
    spending = demand_of(ground).spending[is_known]
    minutes = people.minutes[is_known]
    pull = supply_of(ground) ** ALPHA * _nearness(minutes[:, poles.nodes], beta)
    within = pull.sum(axis=1)
    outside = OUTSIDE_SHARE / (1.0 - OUTSIDE_SHARE) * np.average(within, weights=spending)
    near = once(
        ground, ("nearness", beta, is_known.tobytes()), lambda: _nearness(minutes[:, nodes].T, beta)
    )
    sales = float(ground.project["project.sales_area"].values[0])
    return _Flows(
        spending=spending,
        rivals=within + outside,
        centre=pull[:, poles.is_centre].sum(axis=1),
        outside=float(outside),
        project=sales**ALPHA * near,
    )


def _nearness(minutes: Array, beta: float) -> Array:
    """Minutes to the power −β; 0 where no way leads."""
    nearness: Array = np.maximum(minutes, LEAST_MIN) ** -beta
    return nearness
