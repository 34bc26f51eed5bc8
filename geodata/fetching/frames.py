"""Catalog frames of services: put together, dressed, and freed of what the catalog refuses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geodata.catalog import contract
from geodata.crs import WEB_CRS
from geodata.errors import culprits
from geodata.fetching.services import Service
from geodata.language import Text

__all__ = ["dressed", "iso_days", "joined", "point_features", "sound"]

_FAMILIES = {"point": {0, 4}, "line": {1, 2, 5}, "polygon": {3, 6}, "any": set(range(8))}
"""Type numbers of shapely for each family of the catalog."""
_WORLD = (180.0, 90.0)


def point_features(
    columns: Mapping[str, Any], *, longitudes: pd.Series, latitudes: pd.Series
) -> gpd.GeoDataFrame:
    """Points in WGS84; rows without a position that is on Earth have no shape."""
    x, y = longitudes.to_numpy("float64"), latitudes.to_numpy("float64")
    inside = (np.abs(x) <= _WORLD[0]) & (np.abs(y) <= _WORLD[1])  # false for NaN
    shapes = np.full(len(x), None, dtype=object)
    shapes[inside] = shapely.points(x[inside], y[inside])
    return gpd.GeoDataFrame(dict(columns), geometry=gpd.GeoSeries(shapes, crs=WEB_CRS), crs=WEB_CRS)


def joined(frames: Iterable[gpd.GeoDataFrame]) -> gpd.GeoDataFrame:
    """Frames one below the other, in WGS84; empty ones count only where all are."""
    every = [frame.to_crs(WEB_CRS) for frame in frames]
    filled = [frame for frame in every if len(frame)] or every[:1]
    plain = [pd.DataFrame(frame).astype(object) for frame in filled]
    return gpd.GeoDataFrame(
        pd.concat(plain, ignore_index=True), geometry="geometry", crs=WEB_CRS
    ).infer_objects()


def dressed(
    frame: gpd.GeoDataFrame,
    *,
    service: Service,
    day: str | None,
    precision: str = "real",
) -> gpd.GeoDataFrame:
    """Frame with the common columns of the catalog: real features of ``service``, of that day."""
    return frame.assign(
        demo=False,
        source=service.producer,
        source_date=pd.Series(day, index=frame.index, dtype=object),
        licence=service.licence,
        geom_precision=precision,
        confidence=frame.get("confidence", "high"),
    )


def sound(frame: gpd.GeoDataFrame, *, layer: str) -> tuple[gpd.GeoDataFrame, list[Text]]:
    """Rows that the catalog accepts, and what was set aside: one bad ring costs no other feature.

    Set aside are repeated ids, rows without a required value, shapes that are missing, empty,
    invalid or of another family. Nothing is repaired.
    """
    reasons = _reasons(frame, layer)
    said = [
        Text(
            f"{layer} : {mask.sum()} mis de côté, {why.fr} : {culprits(frame['id'][mask])}",
            f"{layer}: {mask.sum()} set aside, {why.en}: {culprits(frame['id'][mask])}",
        )
        for why, mask in reasons.items()
        if mask.any()
    ]
    kept = ~np.any(list(reasons.values()), axis=0)
    return frame[kept].reset_index(drop=True), said


def iso_days(values: pd.Series) -> pd.Series:
    """Days that are written as ISO 8601, with or without a time; None for anything else."""
    days = values.astype("str").str.extract(r"^(\d{4}-\d{2}-\d{2})")[0]
    good = pd.to_datetime(days, format="%Y-%m-%d", errors="coerce").notna()
    return days.astype(object).where(good, None)


def _reasons(frame: gpd.GeoDataFrame, layer: str) -> dict[Text, np.ndarray]:
    """Mask of the rows by reason to set them aside."""
    rules = contract(layer)
    shapes = frame.geometry.to_numpy()
    required = [
        name
        for name, column in rules.columns.items()
        if column.required and not column.nullable and name in frame
    ]
    missing = shapely.is_missing(shapes)
    family = np.isin(shapely.get_type_id(shapes), list(_FAMILIES[rules.geometry]))
    lacking = frame[required].isna().any(axis=1).to_numpy(bool)
    return {
        Text("reçus deux fois", "received twice"): frame["id"].duplicated().to_numpy(bool),
        Text("valeur obligatoire absente", "required value missing"): lacking,
        Text("forme absente ou vide", "shape missing or empty"): missing | shapely.is_empty(shapes),
        Text("forme d'un autre genre", "shape of another kind"): ~family & ~missing,
        Text("contour non valide", "invalid outline"): ~shapely.is_valid(shapes) & ~missing,
    }
