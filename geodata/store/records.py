"""What a store remembers of each edition, and the row it keeps it in."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import shapely

from geodata.layers import Edition

__all__ = ["COLUMNS", "Record", "Records", "by_layer", "from_row", "to_row"]

_EDITION_FIELDS = tuple(field.name for field in dataclasses.fields(Edition))

COLUMNS = (
    *_EDITION_FIELDS,
    "is_current",
    "is_kept",
    "columns",
    "coverage",
    "content",
    "contract",
    "seal",
)
"""Columns of the table of editions, the same in both kinds of store."""


@dataclass(frozen=True, slots=True)
class Record:
    """One edition of one layer, as the store remembers it."""

    edition: Edition
    """Where the features come from."""
    coverage: shapely.Geometry | None
    """Area the edition speaks for, in the work CRS."""
    columns: tuple[str, ...]
    """Columns kept, ``id`` first, without the geometry."""
    content: str
    """SHA-256 of the features, see :func:`geodata.store.contents.content_digest`."""
    contract: str
    """Fingerprint of the contract that the features keep; empty when they break it."""
    is_current: bool = True
    """Whether this is the edition that readers of the layer get."""
    is_kept: bool = True
    """Whether the features are still there; a pruned edition is remembered without them."""

    @property
    def key(self) -> tuple[str, int]:
        """Layer and number."""
        return self.edition.layer, self.edition.number


Records: TypeAlias = Sequence[Record]


def by_layer(records: Records, layer: str) -> tuple[Record, ...]:
    """Editions of one layer, oldest first."""
    return tuple(each for each in records if each.edition.layer == layer)


def to_row(record: Record) -> dict[str, Any]:
    """Record as plain values by column; the last one seals the others."""
    shape = record.coverage
    row = {
        **dataclasses.asdict(record.edition),
        "is_current": record.is_current,
        "is_kept": record.is_kept,
        "columns": ",".join(record.columns),
        "coverage": "" if shape is None else shapely.to_wkb(shape, hex=True, output_dimension=2),
        "content": record.content,
        "contract": record.contract,
    }
    return {**row, "seal": _seal(row)}


def from_row(row: dict[str, Any]) -> Record:
    """Record of a row made by :func:`to_row`.

    Raises
    ------
    ValueError
        The row is not what was written.
    """
    values = {
        **row,
        "is_current": bool(row["is_current"]),
        "is_kept": bool(row["is_kept"]),
        "demo_share": float(row["demo_share"]),
    }
    if values.pop("seal") != _seal(values):
        msg = "a row of the table of editions has changed"
        raise ValueError(msg)
    return Record(
        Edition(**{name: values[name] for name in _EDITION_FIELDS}),
        shapely.from_wkb(values["coverage"]) if values["coverage"] else None,
        tuple(values["columns"].split(",")),
        values["content"],
        values["contract"],
        is_current=values["is_current"],
        is_kept=values["is_kept"],
    )


def _seal(row: dict[str, Any]) -> str:
    """SHA-256 of the values of a row, in the order of their columns' names."""
    text = json.dumps(row, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()
