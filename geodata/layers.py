"""A raw frame becomes a layer that keeps its contract, or one error that lists every fault."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

import geopandas as gpd
import pandas as pd
import shapely

from geodata.catalog import LayerContract, contract
from geodata.checking import column_faults, labels, shape_faults
from geodata.columns import conformed
from geodata.crs import WORK_CRS, is_same, to_work
from geodata.errors import ContractError, Fault, MissingCrsError
from geodata.language import Text

__all__ = ["Edition", "Layer", "Layers", "faults", "make_layer"]


@dataclass(frozen=True, slots=True)
class Edition:
    """Where the features of one layer come from."""

    layer: str
    """Layer id."""
    producer: str
    """Who made the data."""
    licence: str
    """Licence of reuse."""
    date: str
    """Date of the source, ISO 8601; empty when the source does not say."""
    source: str
    """File or service it was read from; no folder."""
    demo_share: float
    """Share of features (0-1) that are synthetic or schematic."""
    rows: int
    """Number of features."""
    digest: str
    """SHA-256 of the file it was read from."""
    number: int = 0
    """Rank among the editions of its layer in the store, from 1; 0 before it is kept."""
    imported_at: str = ""
    """When the store took it in, ISO 8601 in UTC; evidence only, editions follow their number."""
    author: str = ""
    """Who brought it in; empty when nobody is named."""
    note: str = ""
    """What the planner wrote about it."""


@dataclass(frozen=True, slots=True)
class Layer:
    """Features that keep the contract of the catalog."""

    id: str
    """Layer id in the catalog."""
    features: gpd.GeoDataFrame
    """Features in the work CRS; the index is the unique ``id``, text."""
    coverage: shapely.Geometry | None
    """Area the layer speaks for, in the work CRS; inside it absence is a fact."""
    edition: Edition
    """Where the features come from."""


Layers: TypeAlias = Mapping[str, Layer]


def make_layer(
    raw: gpd.GeoDataFrame,
    *,
    layer: str,
    date: str,
    source: str,
    digest: str = "",
    producer: str | None = None,
    licence: str | None = None,
    coverage: shapely.Geometry | None = None,
) -> Layer:
    """Layer made of ``raw``, once everything its contract demands has been checked.

    Parameters
    ----------
    raw
        Features in any CRS, with an ``id`` column (or an index of that name) and the columns of
        the catalog. Columns the catalog does not name are left out, so that nothing personal
        comes in by the way; optional columns that are absent come in as missing values.
    layer
        Layer id in the catalog.
    date, source, digest, producer, licence
        What the edition says; producer and licence default to the catalog's usual ones.
    coverage
        Area the layer speaks for, in the work CRS.

    Returns
    -------
    Layer
        Features in the work CRS (metres, two dimensions), indexed by ``id``. Text and dates (ISO
        8601) are ``str``, numbers ``float64`` with NaN where missing, booleans ``bool``, or
        ``boolean`` where the contract allows them to be missing. Row order is kept.

    Raises
    ------
    ContractError
        With every fault at once, each naming at most five culprits by id.
    MissingCrsError
        The frame declares no CRS.
    """
    rules = contract(layer)
    if raw.crs is None:
        raise MissingCrsError(_wrong_crs(layer))
    frame = raw.reset_index() if raw.index.name == "id" and "id" not in raw else raw
    shapes = _work_shapes(frame)
    found = column_faults(frame, rules=rules, where=layer)
    found += shape_faults(shapes, names=labels(frame), rules=rules, where=layer)
    if found:
        raise ContractError(*found)
    features = _features(frame, shapes, rules)
    edition = Edition(
        layer=layer,
        producer=producer or rules.producer,
        licence=licence or rules.licence,
        date=date,
        source=source,
        demo_share=float(features["demo"].mean()) if len(features) else 0.0,
        rows=len(features),
        digest=digest,
    )
    return Layer(layer, features, coverage, edition)


def faults(layer: Layer) -> tuple[Fault, ...]:
    """Everything in which ``layer`` breaks its contract; empty when it keeps it."""
    rules = contract(layer.id)
    frame = layer.features.reset_index(names="id")
    found = column_faults(frame, rules=rules, where=layer.id)
    found += shape_faults(frame.geometry, names=labels(frame), rules=rules, where=layer.id)
    if frame.crs is None or not is_same(frame.crs, WORK_CRS):
        found.append(_wrong_crs(layer.id))
    return tuple(found)


def _work_shapes(frame: gpd.GeoDataFrame) -> gpd.GeoSeries:
    """Shapes of ``frame`` in the work CRS, in two dimensions, on a plain index."""
    shapes = frame.geometry.reset_index(drop=True)
    if not is_same(frame.crs, WORK_CRS):
        shapes = to_work(shapes.to_frame("geometry")).geometry
    return gpd.GeoSeries(shapely.force_2d(shapes.to_numpy()), crs=WORK_CRS)


def _features(
    frame: gpd.GeoDataFrame, shapes: gpd.GeoSeries, rules: LayerContract
) -> gpd.GeoDataFrame:
    """Checked frame with the types of the contract, indexed by id."""
    plain = pd.DataFrame(frame).reset_index(drop=True)
    missing = pd.Series(None, index=plain.index, dtype=object)
    columns = {
        name: conformed(plain.get(name, missing), column=column)
        for name, column in rules.columns.items()
    }
    made = gpd.GeoDataFrame(columns, geometry=shapes, crs=WORK_CRS)
    return made.set_index("id")


def _wrong_crs(layer: str) -> Fault:
    """Fault of a frame without a reference system, or in another than the work CRS."""
    return Fault(
        Text(
            "Le système de coordonnées n'est pas indiqué, ou n'est pas celui attendu.",
            "The coordinate reference system is not given, or is not the expected one.",
        ),
        layer,
        Text(
            "Importer de nouveau le fichier d'origine en indiquant son système avec --crs.",
            "Import the original file again and say its system with --crs.",
        ),
    )
