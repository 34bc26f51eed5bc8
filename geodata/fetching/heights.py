"""Heights from the BDNB, given to the buildings of the store that stand in its groups."""

from __future__ import annotations

import dataclasses
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geodata.crs import PARTNER_CRS, to_work
from geodata.errors import Fault, FetchError
from geodata.fetching.paging import Collected, collect
from geodata.fetching.reading import row_features
from geodata.fetching.task import Brought, Task, each_commune
from geodata.language import Text
from geodata.layers import Layer

__all__ = ["bring", "carried_over", "with_heights"]


def bring(task: Task) -> Brought:
    """Layer ``buildings`` of the store, with heights.

    Raises
    ------
    FetchError
        The store has no real buildings yet, or the service failed.
    """
    held = task.held("buildings").get("buildings")
    if held is None or held.edition.demo_share > 0:
        raise FetchError(_NO_BUILDINGS)
    answers = each_commune(task, lambda commune: _asked(task, commune))
    rows = [row for each in answers for row in each.rows]
    groups = _groups(task, rows)
    made, found = with_heights(held, groups=groups)
    said = Text(
        f"buildings : hauteur connue pour {found} bâtiments sur {len(made.features)}.",
        f"buildings: height known for {found} buildings of {len(made.features)}.",
    )
    return Brought((made,), (said,))


def with_heights(buildings: Layer, *, groups: gpd.GeoDataFrame) -> tuple[Layer, int]:
    """Buildings with the height of the group that holds a point of theirs, and how many have one.

    Parameters
    ----------
    buildings
        Layer of buildings.
    groups
        Outlines with ``height_m``, in any CRS; heights that are not above 0 do not count.
    """
    known = to_work(groups[groups["height_m"] > 0])
    features = buildings.features
    points = shapely.point_on_surface(features.geometry.to_numpy())
    tree = shapely.STRtree(known.geometry.to_numpy())
    which, group = tree.query(points, predicate="intersects")
    heights = pd.Series(known["height_m"].to_numpy("float64")[group], index=which, dtype="float64")
    highest = heights.groupby(level=0).max()
    values = features["height_m"].to_numpy("float64", copy=True)
    values[highest.index.to_numpy(dtype=np.intp)] = highest.to_numpy()
    source = buildings.edition.source
    edition = dataclasses.replace(
        buildings.edition, source=source if source.endswith(_ADDED) else source + _ADDED
    )
    made = dataclasses.replace(
        buildings, features=features.assign(height_m=values), edition=edition
    )
    return made, int(np.isfinite(values).sum())


def carried_over(new: Layer, *, held: Layer | None) -> Layer:
    """New buildings with the heights that the store has for those of the same shape.

    The ids of buildings are made from their shapes, so that a new edition of the cadastre does not
    lose what the BDNB said of buildings that have not changed.
    """
    if held is None or held.edition.demo_share > 0 or not held.edition.source.endswith(_ADDED):
        return new
    known = held.features["height_m"].reindex(new.features.index)
    edition = dataclasses.replace(new.edition, source=new.edition.source + _ADDED)
    return dataclasses.replace(
        new, features=new.features.assign(height_m=known.astype("float64")), edition=edition
    )


def _asked(task: Task, commune: str) -> Collected:
    """Groups of one commune."""
    return collect(task.session, task.name, "groups", values={"commune": commune})


def _groups(task: Task, rows: list[Any]) -> gpd.GeoDataFrame:
    """Groups with their heights; the BDNB gives outlines in Lambert-93."""
    features = [
        {
            "type": "Feature",
            "geometry": {key: row["geom_groupe"].get(key) for key in ("type", "coordinates")},
            "properties": {
                "id": str(row.get("batiment_groupe_id")),
                "height_m": _height(row.get("hauteur_mean")),
            },
        }
        for row in rows
        if isinstance(row, dict) and isinstance(row.get("geom_groupe"), dict)
    ]
    crs = {"type": "name", "properties": {"name": PARTNER_CRS}}
    frame, _ = row_features(features, name="bdnb", session=task.session, crs=crs)
    shapes = frame.geometry.to_numpy()
    frame = frame[shapely.is_valid(shapes) & ~shapely.is_empty(shapes)]
    return frame.assign(height_m=pd.to_numeric(frame.get("height_m"), errors="coerce"))


def _height(value: object) -> float | None:
    """Height as a number; None for anything else."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return float(value) if is_number else None  # type: ignore[arg-type]


_ADDED = " + BDNB"
_NO_BUILDINGS = Fault(
    Text("La base n'a pas encore de bâtiments réels.", "The store has no real buildings yet."),
    "BDNB",
    Text(
        "Récupérer d'abord les bâtiments : --only buildings,heights.",
        "Fetch the buildings first: --only buildings,heights.",
    ),
)
