"""The stock of shops or hotels on a day: the inventory and the ledger of openings, nothing twice.

A unit that the ledger never names has the status of the inventory. A project of the ledger that
names a unit (``unit_id``) is that unit:

- the unit stands where the inventory says ``existing`` and no opening is dated after the day, and
  where the project has opened by the day;
- else it has the state of the project.

A project that names no unit has its own state, and its place and size. Once open it stands in the
inventory, unless it opened after the inventory was taken (``source_date``): then it is counted.
A project is pending from its filing, authorised or not from its decision, and nothing once it is
refused, withdrawn or lapsed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
import shapely

from geodata.layers import Layer
from zones.measures.features import Array, kept
from zones.measures.ground import Ground, once

__all__ = ["AUTHORISED", "EXISTING", "PENDING", "Stock", "stock_of", "survey_day"]

NOTHING, PENDING, AUTHORISED, EXISTING = 0, 1, 2, 3
"""States on a day."""

_INVENTORIES = {"shop": "shops", "hotel": "hotels"}
_SIZES = {"shop": "sales_area_m2", "hotel": "rooms"}
_STATUSES = {"existing": EXISTING, "authorised": AUTHORISED, "pending": PENDING}
_NEVER = np.datetime64("NaT")


@dataclass(frozen=True, slots=True, eq=False)
class Stock:
    """Units and projects on a day, each once; arrays of one length."""

    ids: Array
    """Ids of the unit or the project."""
    names: Array
    """Names, empty where there is none."""
    points: Array
    """Places, work CRS."""
    state: Array
    """``PENDING``, ``AUTHORISED`` or ``EXISTING``."""
    size: Array
    """Sales area in m² or rooms, NaN where not known."""
    family: Array
    """Family of purchases, None where not known."""
    stars: Array
    """Stars, NaN where not known."""
    vacant: Array
    """Whether the unit stands empty."""
    opened: Array
    """Day of opening (datetime64[D]) that the ledger gives, NaT without one."""
    tree: shapely.STRtree
    """Index of ``points``."""


def stock_of(ground: Ground, kind: str) -> Stock:
    """Stock of kind ``shop`` or ``hotel`` on the day of ``ground``; kept with the inventory."""
    inventory, ledger = ground.layers[_INVENTORIES[kind]], ground.layers["openings"]
    day = ground.day
    key = ("stock", kind, day, id(ledger.features))

    def build() -> tuple[Stock, Layer]:
        # the ledger stays alive with the stock: the key holds its identity
        return _stock(inventory, ledger, kind, np.datetime64(day or dt.date.max, "D")), ledger

    return once(ground, key, lambda: kept(inventory, key, build)[0])


def survey_day(layer: Layer) -> str:
    """Latest day of its source that a layer gives (ISO 8601), else that of its edition."""
    return kept(layer, "survey day", lambda: _survey_day(layer))


def _survey_day(layer: Layer) -> str:
    """Latest day of the features."""
    days = _column(layer.features, "source_date").dropna()
    return max((str(each) for each in days), default=layer.edition.date)


def _stock(inventory: Layer, ledger: Layer, kind: str, day: np.datetime64) -> Stock:
    """Units first, then the projects that are no unit; those in no state are left out."""
    units = inventory.features
    rows = ledger.features
    projects = rows[_column(rows, "kind") == kind]
    state_of_project = _states(projects, day)
    unit = pd.Index(units.index.astype(str)).get_indexer(_column(projects, "unit_id").astype(str))
    states = np.array([_STATUSES[each] for each in units["status"]], dtype=np.int8)
    opened = np.full(len(units), _NEVER, dtype="datetime64[D]")
    of_unit = np.flatnonzero(unit >= 0)
    days = _days(projects, "opened_on")
    at = unit[of_unit]
    stood = states == EXISTING
    stood[at[days[of_unit] > day]] = False
    # several projects of one unit: the state that is nearest to standing
    states[at] = NOTHING
    np.maximum.at(states, at, state_of_project[of_unit])
    states[stood] = EXISTING
    opened[at] = days[of_unit]
    alone = np.flatnonzero(unit < 0)
    surveyed = np.datetime64(survey_day(inventory) or "NaT", "D")
    is_listed = (state_of_project == EXISTING) & ~(days > surveyed)
    alone = alone[~is_listed[alone]]
    return _joined(
        (units, states, opened),
        (projects.iloc[alone], state_of_project[alone], days[alone]),
        size=_SIZES[kind],
    )


def _states(projects: pd.DataFrame, day: np.datetime64) -> Array:
    """State of each project on a day."""
    filed, decided = _days(projects, "filed_on"), _days(projects, "decided_on")
    decision = _column(projects, "decision").to_numpy(dtype=object)
    is_decided = (decided <= day) | (np.isnat(decided) & (decision != "pending"))
    is_filed = ~(filed > day)
    state = np.where(is_filed, PENDING, NOTHING)
    state = np.where(is_decided, np.where(decision == "authorised", AUTHORISED, NOTHING), state)
    state = np.where(_days(projects, "lapsed_on") <= day, NOTHING, state)
    return np.where(_days(projects, "opened_on") <= day, EXISTING, state).astype(np.int8)


def _joined(*parts: tuple[pd.DataFrame, Array, Array], size: str) -> Stock:
    """Frames with their states and openings as one stock."""

    def column(name: str, kind: type, blank: object) -> Array:
        listed = [_column(frame, name).to_numpy(dtype=object) for frame, _, _ in parts]
        words = np.concatenate(listed)
        words[pd.isna(words)] = blank
        return words.astype(kind)

    state = np.concatenate([each for _, each, _ in parts])
    kept_ones = state != NOTHING
    points = np.concatenate(
        [np.asarray(frame.geometry.to_numpy(), dtype=object) for frame, _, _ in parts]
    )[kept_ones]
    ids = np.concatenate([frame.index.astype(str).to_numpy(dtype=object) for frame, _, _ in parts])
    columns: Mapping[str, Array] = {
        "ids": ids,
        "names": column("name", object, ""),
        "state": state,
        "size": column(size, np.float64, np.nan),
        "family": column("family", object, None),
        "stars": column("stars", np.float64, np.nan),
        "vacant": column("vacant", bool, False),  # noqa: FBT003 - what a project is not
        "opened": np.concatenate([each for _, _, each in parts]),
    }
    chosen = {name: each[kept_ones] for name, each in columns.items()}
    return Stock(points=points, tree=shapely.STRtree(points), **chosen)


def _days(frame: pd.DataFrame, column: str) -> Array:
    """Days of an optional column, NaT where missing."""
    words = _column(frame, column).to_numpy(dtype=object)
    return np.array(["NaT" if pd.isna(each) else str(each) for each in words], "datetime64[D]")


def _column(frame: pd.DataFrame, name: str) -> pd.Series:
    """Column, or an empty one where the frame has none."""
    return frame[name] if name in frame else pd.Series(None, index=frame.index, dtype=object)
