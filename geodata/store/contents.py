"""Features on their way into a store and out of it: types, shapes, and the digest of both."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import shapely

from geodata.catalog import Column, catalog, contract
from geodata.columns import conformed, misfits
from geodata.crs import WORK_CRS
from geodata.layers import Layer, faults
from geodata.store.plans import Addition
from geodata.store.records import Record

__all__ = [
    "Stored",
    "additions",
    "attributes",
    "content_digest",
    "contract_digest",
    "kept_layer",
    "shapes",
    "stored",
]

_STORED_DTYPES = {"text": "str", "date": "str", "number": "float64", "boolean": ""}
"""Dtypes that come out of a store as the contract wants them."""


@dataclass(frozen=True, slots=True, eq=False)
class Stored:
    """One edition as it was read."""

    record: Record
    """What the store remembers of it."""
    table: pa.Table
    """Its columns, without the geometry."""
    wkb: np.ndarray
    """Its shapes, bytes."""
    is_intact: bool
    """Whether columns, shapes and number of rows are those that were written."""


def stored(record: Record, table: pa.Table, wkb: np.ndarray) -> Stored:
    """Edition read from a store, compared with what was written.

    Raises
    ------
    TypeError
        A shape is missing.
    pyarrow.ArrowInvalid
        A text is none.
    """
    counts = {len(table), len(wkb), record.edition.rows}
    is_intact = len(counts) == 1 and content_digest(table, wkb) == record.content
    if not is_intact:
        table.validate(full=True)
    return Stored(record, table, wkb, is_intact)


def additions(layers: Iterable[Layer]) -> list[Addition]:
    """Layers with what the store needs to know of them, in the order of the catalog.

    Raises
    ------
    SelectionError
        The catalog does not know a layer.
    """
    wanted = {layer.id: layer for layer in layers}
    for each in wanted:
        contract(each)
    return [_addition(wanted[each]) for each in catalog() if each in wanted]


def attributes(layer: Layer) -> pa.Table:
    """Columns of a layer, ``id`` first, without the geometry."""
    columns = pd.DataFrame(layer.features.drop(columns=layer.features.geometry.name))
    return pa.Table.from_pandas(columns.reset_index(names="id"), preserve_index=False)


def shapes(layer: Layer) -> np.ndarray:
    """Shapes of a layer as two-dimensional little-endian WKB, an array of bytes."""
    return np.asarray(
        shapely.to_wkb(layer.features.geometry.to_numpy(), output_dimension=2, byte_order=1),
        dtype=object,
    )


def content_digest(table: pa.Table, wkb: np.ndarray) -> str:
    """SHA-256 of columns and shapes, the same however a store keeps them.

    Names and order of columns count, and the order of rows. Missing values, of whatever kind, are
    alike; so are −0 and 0, which SQLite keeps as one.
    """
    digest = hashlib.sha256()
    for name in table.column_names:
        digest.update(name.encode() + b"\x00")
        for part in _parts(table[name].combine_chunks()):
            digest.update(part)
    digest.update(np.fromiter(map(len, wkb), dtype="<i8", count=len(wkb)).tobytes())
    digest.update(b"".join(wkb))
    return digest.hexdigest()


@functools.cache
def contract_digest(layer: str) -> str:
    """SHA-256 of what the catalog demands of a layer."""
    return hashlib.sha256(contract(layer).model_dump_json().encode()).hexdigest()


def kept_layer(read: Stored) -> Layer:
    """Layer of an edition read from a store, with the types of its contract.

    Raises
    ------
    shapely.errors.ShapelyError
        A shape cannot be read.
    """
    record = read.record
    rules = contract(record.edition.layer)
    raw = read.table.to_pandas()
    typed = {
        name: _typed(raw[name], column) for name, column in rules.columns.items() if name in raw
    }
    features = gpd.GeoDataFrame(typed, geometry=shapely.from_wkb(read.wkb), crs=WORK_CRS)
    return Layer(record.edition.layer, features.set_index("id"), record.coverage, record.edition)


def _addition(layer: Layer) -> Addition:
    """One layer with its digests."""
    table = attributes(layer)
    return Addition(
        layer,
        tuple(table.column_names),
        content_digest(table, shapes(layer)),
        "" if faults(layer) else contract_digest(layer.id),
    )


def _typed(values: pd.Series, column: Column) -> pd.Series:
    """Values in the dtype of the contract; those that break it stay, for the check to name."""
    if str(values.dtype) == _STORED_DTYPES[column.type]:
        return values
    lacking = bool(values.isna().any()) and not column.nullable
    broken = lacking or misfits(values, column=column).any()
    return values if broken else conformed(values, column=column)


def _parts(values: pa.Array) -> list[bytes | memoryview]:
    """Bytes of a column: what is missing, then the values in one fixed layout."""
    missing = _bits(pc.is_null(values, nan_is_null=True))
    kind = values.type
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        texts = pc.fill_null(values, "").cast(pa.large_binary())
        lengths = pc.binary_length(texts).to_numpy(zero_copy_only=False).astype("<i8")
        return [missing, lengths.tobytes(), _run_of_bytes(texts)]
    if pa.types.is_boolean(kind):
        return [missing, _bits(pc.fill_null(values, False))]  # noqa: FBT003 - stands for none
    if pa.types.is_floating(kind):
        numbers = values.to_numpy(zero_copy_only=False).astype("<f8")
        return [missing, (np.where(np.isnan(numbers), 0.0, numbers) + 0.0).tobytes()]
    return [missing, str(kind).encode(), repr(values.to_pylist()).encode()]


def _run_of_bytes(values: pa.LargeBinaryArray) -> memoryview:
    """Values one after another as Arrow keeps them, without making an object of each."""
    _, places, run = values.buffers()
    if run is None or not len(values):
        return memoryview(b"")
    ends = np.frombuffer(places, dtype="<i8")[values.offset : values.offset + len(values) + 1]
    return memoryview(run)[ends[0] : ends[-1]]


def _bits(values: pa.Array) -> bytes:
    """Booleans, eight to a byte."""
    return np.packbits(values.to_numpy(zero_copy_only=False)).tobytes()
