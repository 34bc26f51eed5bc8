"""Every layer the desk knows, read from ``catalog.yaml``: titles, columns, units, usual source."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict

from geodata.errors import Fault, SelectionError, did_you_mean
from geodata.language import Text

__all__ = ["Column", "LayerContract", "catalog", "contract"]

_FILE = Path(__file__).with_name("catalog.yaml")


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Column(_Strict):
    """What one column of a layer must be."""

    type: Literal["text", "number", "boolean", "date"]
    """Kind of value."""
    title: Text
    """Name on screen."""
    unit: str | None = None
    """Unit of a number."""
    required: bool = False
    """Whether the column must exist."""
    nullable: bool = False
    """Whether a value may be missing."""
    values: tuple[str, ...] = ()
    """The only values allowed, where there is such a list."""


class LayerContract(_Strict):
    """What one layer must be."""

    title: Text
    """Name on screen."""
    geometry: Literal["point", "line", "polygon", "any"]
    """Geometry family; multi-part shapes are allowed."""
    producer: str
    """Usual producer."""
    licence: str
    """Usual licence."""
    columns: dict[str, Column]
    """Columns by name, the common ones included."""


@functools.cache
def catalog() -> dict[str, LayerContract]:
    """Contracts by layer id, in the order of ``catalog.yaml``."""
    document = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    common = document["common_columns"]
    return {
        layer: LayerContract.model_validate({**entry, "columns": {**common, **entry["columns"]}})
        for layer, entry in document["layers"].items()
    }


def contract(layer: str) -> LayerContract:
    """Contract of ``layer``.

    Raises
    ------
    SelectionError
        No layer has that id.
    """
    if layer in catalog():
        return catalog()[layer]
    raise SelectionError(
        Fault(
            Text(f"Aucune couche « {layer} ».", f"No layer “{layer}”."),
            "",
            did_you_mean(layer, catalog()),
        )
    )
