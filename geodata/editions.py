"""Editions of a layer: list them, compare two, make an earlier one current again, prune."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geodata.crs import WORK_CRS
from geodata.errors import Fault, SelectionError
from geodata.language import Text
from geodata.layers import Edition, Layer
from geodata.store import change_records, read_edition, read_records
from geodata.store.plans import pruned, restored
from geodata.store.records import Record, by_layer

__all__ = ["TOLERANCE_M", "compare", "difference", "list_editions", "prune", "restore"]

TOLERANCE_M = 0.01
"""How far an outline may move, in metres, and still be the same."""

_PROVENANCE = frozenset({"source", "source_date", "licence"})
"""Columns that change with every edition and say nothing of the feature."""
_DENSIFY = 0.25
"""Share of a segment at which distances are taken too, beside the vertices."""


def list_editions(store: Path | str, layer: str | None = None) -> tuple[Record, ...]:
    """Editions the store remembers, oldest first, pruned ones included.

    Parameters
    ----------
    store
        Path of a GeoPackage, or ``postgresql://`` URL.
    layer
        Layer id; every layer when None. One that the store does not hold has no editions.

    Raises
    ------
    MissingFileError, StoreError
        As :func:`geodata.store.read_layers`.
    """
    records = read_records(store)
    return records if layer is None else by_layer(records, layer)


def restore(store: Path | str, layer: str, number: int) -> Edition:
    """Make an earlier edition the current one again; the newer ones stay and can come back.

    Raises
    ------
    SelectionError
        There is no such edition, or it has been pruned.
    StoreError
        As :func:`geodata.store.write_layers`.
    """
    records = change_records(store, lambda records: restored(records, layer=layer, number=number))
    return next(each.edition for each in by_layer(records, layer) if each.is_current)


def prune(store: Path | str, layer: str, numbers: Collection[int]) -> None:
    """Forget the features of editions, not that they existed: their numbers are never used again.

    Raises
    ------
    SelectionError
        There is no such edition, or it is the current one.
    StoreError
        As :func:`geodata.store.write_layers`.
    """
    change_records(store, lambda records: pruned(records, layer=layer, numbers=numbers))


def compare(store: Path | str, layer: str, before: int, after: int) -> gpd.GeoDataFrame:
    """What changed from one edition of a layer to another, see :func:`difference`.

    Raises
    ------
    SelectionError
        There is no such edition, or it has been pruned.
    MissingFileError, StoreError, ContractError
        As :func:`geodata.store.read_layers`.
    """
    return difference(
        read_edition(store, layer=layer, number=before),
        read_edition(store, layer=layer, number=after),
    )


def difference(before: Layer, after: Layer) -> gpd.GeoDataFrame:
    """Features that were added, removed or changed between two editions of one layer.

    Parameters
    ----------
    before, after
        Editions of the same layer, features in the work CRS indexed by ``id``.

    Returns
    -------
    GeoDataFrame
        One row per feature that differs, indexed by ``id`` (text) in order; work CRS. Columns:
        ``change`` (added, removed or changed), ``columns`` (attributes that differ, separated by
        commas; source, date of source and licence are no attributes of the feature),
        ``is_moved`` (the shape differs by more than :data:`TOLERANCE_M`, other than by
        the order or number of vertices on the same outline), ``area_before_m2`` and
        ``area_after_m2`` (NaN where there is none), ``geometry`` (the shape after, or before for
        a removed one).

    Raises
    ------
    SelectionError
        The two are of different layers.
    """
    if before.id != after.id:
        raise SelectionError(_two_layers(before.id, after.id))
    old, new = before.features, after.features
    common = old.index.intersection(new.index)
    moved = _is_moved(old.geometry.loc[common].to_numpy(), new.geometry.loc[common].to_numpy())
    columns = _changed_columns(old.loc[common], new.loc[common])
    is_changed = moved | columns.ne("").to_numpy()
    parts = [
        _rows(new.loc[new.index.difference(old.index)], "added"),
        _rows(old.loc[old.index.difference(new.index)], "removed"),
        _rows(new.loc[common[is_changed]], "changed").assign(
            columns=columns[is_changed], is_moved=moved[is_changed]
        ),
    ]
    rows = gpd.GeoDataFrame(pd.concat(parts), geometry="geometry", crs=WORK_CRS).sort_index()
    rows["area_before_m2"] = old.geometry.area.reindex(rows.index)
    rows["area_after_m2"] = new.geometry.area.reindex(rows.index)
    order = ["change", "columns", "is_moved", "area_before_m2", "area_after_m2", "geometry"]
    return rows[order].rename_axis("id")


def _rows(features: gpd.GeoDataFrame, change: str) -> gpd.GeoDataFrame:
    """Features with what happened to them."""
    texts = {"change": change, "columns": ""}
    frame = pd.DataFrame(texts, index=features.index, dtype="str").assign(is_moved=False)
    return gpd.GeoDataFrame(frame, geometry=features.geometry.to_numpy(), crs=WORK_CRS)


def _changed_columns(old: gpd.GeoDataFrame, new: gpd.GeoDataFrame) -> pd.Series:
    """Names of the attributes that differ, per feature; a column of one side alone counts."""
    names = [each for each in new.columns.union(old.columns, sort=False) if each != "geometry"]
    said = pd.Series("", index=new.index, dtype="str")
    for name in names:
        if name in _PROVENANCE:
            continue
        left, right = (_objects(frame, name) for frame in (old, new))
        is_same = (left == right).to_numpy(dtype=bool) | (left.isna() & right.isna()).to_numpy()
        said = said.where(is_same, said + "," + name)
    return said.str.removeprefix(",")


def _objects(features: gpd.GeoDataFrame, name: str) -> pd.Series:
    """Column as objects, None where a value, or the whole column, is missing."""
    if name not in features:
        return pd.Series(None, index=features.index, dtype=object)
    values = features[name]
    return values.astype(object).where(values.notna(), None)


def _is_moved(old: np.ndarray, new: np.ndarray) -> np.ndarray:
    """Where two shapes differ by more than the tolerance; few shapes reach the slow test."""
    moved: np.ndarray = ~shapely.equals_exact(old, new, tolerance=TOLERANCE_M)
    rest = np.flatnonzero(moved)
    moved[rest] = ~shapely.equals_exact(
        shapely.normalize(old[rest]), shapely.normalize(new[rest]), tolerance=TOLERANCE_M
    )
    rest = np.flatnonzero(moved)
    left, right = old[rest], new[rest]
    apart = shapely.hausdorff_distance(left, right, densify=_DENSIFY)
    swelled = np.abs(shapely.area(left) - shapely.area(right))
    slack = TOLERANCE_M * np.maximum(shapely.length(left), shapely.length(right))
    is_other = shapely.get_dimensions(left) != shapely.get_dimensions(right)
    moved[rest] = is_other | ~(apart <= TOLERANCE_M) | (swelled > slack)
    return moved


def _two_layers(before: str, after: str) -> Fault:
    """Fault of comparing what cannot be compared."""
    return Fault(
        Text("Ce sont deux couches différentes.", "These are two different layers."),
        f"{before}, {after}",
        Text("Comparer deux éditions d'une couche.", "Compare two editions of one layer."),
    )
