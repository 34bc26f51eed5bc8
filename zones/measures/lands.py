"""Economic land that can still be built on, over the whole inventory.

Free land is for sale or not yet on the market; committed land is reserved. Sold land and land that
cannot be marketed do not count. Where a unit says nothing of its sales stage, one that is empty is
free and one that is occupied is not.
"""

from __future__ import annotations

import numpy as np
import shapely

from charters.facts import Missing
from zones.measures.features import Array, Features, Selection, kept, label, numbers
from zones.measures.ground import Ground, selected
from zones.measures.registry import Drawn, Reading, measure, missing_where

__all__ = ["available_land_m2"]

_LANDS = Selection("economic_lands")
_M2_PER_HA = 10_000.0
_OPEN_STAGES = (
    "non commercialisé",
    "en vente",
    "en vente avec contraintes",
    "réservé par option de réservation",
    "réservé par une délibération de l'EPCI",
)
_CLOSED_STAGES = ("vendu, commercialisation achevée", "non commercialisable")
_EMPTY = ("inoccupé", "vacant", "friche", "occupation transitoire")


def _show(ground: Ground, threshold: float | None) -> Drawn:  # noqa: ARG001 - one signature
    """The units that count."""
    lands = selected(ground, _LANDS)
    counted = np.flatnonzero(_is_available(lands) == 1).tolist()
    return [("target", label(lands, each), lands.shapes[each]) for each in counted]


@measure(show=_show)
def available_land_m2(ground: Ground) -> Reading:
    """Economic land free or committed in the whole inventory, in m², the same everywhere.

    Missing where a unit says neither its stage nor its occupation.
    """
    lands = selected(ground, _LANDS)
    area = kept(ground.layers[_LANDS.layer], "available land", lambda: _available_m2(lands))
    values = np.full(len(ground.shapes), area)
    return Reading(values, missing_where(np.isnan(values), Missing.NULL_DATUM))


def _available_m2(lands: Features) -> float:
    """Gross areas of the units that count, as drawn where the inventory gives none."""
    given = numbers(lands, "terr_surf_brute") * _M2_PER_HA
    area = np.where(np.isnan(given), shapely.area(lands.shapes), given)
    return float(np.sum(area * _is_available(lands)))


def _is_available(lands: Features) -> Array:
    """1 where a unit counts, 0 where it does not, NaN where it does not say."""
    stage = lands.columns["terr_stade_comm"].astype(str)
    occupation = lands.columns["terr_etat_occup"].astype(str)
    by_occupation = np.where(
        np.isin(occupation, _EMPTY), 1.0, np.where(occupation == "occupé", 0.0, np.nan)
    )
    by_stage: Array = np.where(
        np.isin(stage, _OPEN_STAGES),
        1.0,
        np.where(np.isin(stage, _CLOSED_STAGES), 0.0, by_occupation),
    )
    return by_stage
