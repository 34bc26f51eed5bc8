"""A user's file becomes a layer of the catalog, or one error that lists every fault."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import geopandas as gpd
import pandas as pd

from geodata.catalog import LayerContract, contract
from geodata.checking import column_faults
from geodata.errors import ContractError, DataError
from geodata.layers import Layer, make_layer
from geodata.layouts.coverage import outline
from geodata.layouts.provenance import completed, newest_day
from geodata.reading.locked import RawFile, read_raw
from geodata.reading.systems import placed

__all__ = ["read_layer"]

_SAID_AT_MOST = 3


def read_layer(path: Path, *, layer: str, crs: str | None = None) -> Layer:
    """Layer read from a GeoJSON file, checked against its contract.

    An Etalab cadastre is recognised by its columns. Null registered areas stay missing. The
    coverage is the outline of what the file holds, see :func:`geodata.layouts.coverage.outline`.

    Parameters
    ----------
    path
        ``.geojson`` or ``.json`` file, or either with ``.gz``.
    layer
        Layer id in the catalog, such as ``parcels``.
    crs
        Reference system of the coordinates, such as ``EPSG:2154``; it wins over the file's.

    Raises
    ------
    MissingFileError, FileFormatError
        No file, or not one that is read.
    MissingCrsError
        The coordinates cannot be in the system given; the remedy proposes one.
    DataError, ContractError
        Faults of the features, all at once, each naming at most five of them.
    SelectionError
        No layer has that id.
    """
    rules = contract(layer)
    raw = read_raw(path)
    features = completed(_placed(raw, rules, crs), name=raw.name)
    try:
        made = make_layer(
            features,
            layer=layer,
            date=newest_day(raw.rows) or "",
            source=raw.name,
            digest=raw.digest,
            producer=_said(features["source"]),
            licence=_said(features["licence"]),
        )
    except ContractError as error:
        raise _in_file(error, raw.name) from error
    return dataclasses.replace(made, coverage=outline(made.features))


def _placed(raw: RawFile, rules: LayerContract, crs: str | None) -> gpd.GeoDataFrame:
    """Features in their own system; faults of the columns are told along with its own."""
    try:
        return placed(raw.rows, raw.shapes, declared=raw.crs, asked=crs, where=raw.name)
    except DataError as error:
        frame = completed(gpd.GeoDataFrame(raw.rows, geometry=raw.shapes), name=raw.name)
        others = column_faults(frame, rules=rules, where=raw.name)
        raise type(error)(*error.faults, *others) from error


def _said(values: pd.Series) -> str:
    """What the features say of themselves, each thing once."""
    return " · ".join(str(each) for each in values.dropna().unique()[:_SAID_AT_MOST])


def _in_file(error: ContractError, name: str) -> ContractError:
    """Error that names the file beside the layer and the column."""
    return ContractError(
        *(dataclasses.replace(fault, where=f"{name}, {fault.where}") for fault in error.faults)
    )
