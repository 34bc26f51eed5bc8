"""A planner's mapping applied like a known layout: columns are renamed, then follow rules."""

from __future__ import annotations

from typing import Any

import pandas as pd

from geodata.errors import DataError, Fault, culprits
from geodata.language import Text
from geodata.layouts.mappings import Mapping
from geodata.layouts.model import Layout, layouts
from geodata.layouts.names import columns_by_name, plain

__all__ = ["layout_of", "renamed"]

_PARCELS = "parcels"
_ETALAB = "etalab_parcels"


def renamed(frame: pd.DataFrame, *, mapping: Mapping, name: str) -> pd.DataFrame:
    """The mapped columns of ``frame`` under the names of the catalog, and its shapes.

    Columns are found under their exact name, else whatever case and accents.

    Raises
    ------
    DataError
        Columns of the mapping that the file does not have.
    """
    known = columns_by_name(frame)
    sources = {
        column: source if source in frame else known.get(plain(source))
        for column, source in mapping.columns.items()
        if isinstance(source, str)
    }
    absent = [str(mapping.columns[column]) for column, found in sources.items() if found is None]
    if absent:
        raise DataError(_absent(absent, mapping.name, name))
    cells: dict[str, Any] = {
        column: frame[sources[column]] if isinstance(source, str) else source.constant
        for column, source in mapping.columns.items()
    }
    shape = getattr(frame, "active_geometry_name", None)
    rest = frame[[shape]] if shape is not None else frame[[]]
    return rest.assign(**cells)


def layout_of(mapping: Mapping) -> Layout:
    """Rules for what :func:`renamed` gives; parcels get the care that the cadastre's have."""
    columns: dict[str, Any] = {
        column: {"from": column, "values": mapping.values.get(column, {})}
        for column in mapping.columns
        if column != "id"
    }
    head: dict[str, Any] = {"id": {"from": "id"}}
    if mapping.layer == _PARCELS:
        known = layouts()[_ETALAB]
        columns |= {
            column: known.columns[column]
            for column in ("commune", "prefixe", "section", "numero", "contenance")
        }
        head = {"id": known.id, "prepare": known.prepare}
    return Layout.model_validate(
        {
            "title": Text(mapping.name, mapping.name),
            "signature": (),
            "layer": mapping.layer,
            "columns": columns,
            "confidence": "medium",
            **head,
        }
    )


def _absent(absent: list[str], mapping: str, name: str) -> Fault:
    """Fault of a mapping made for another file."""
    who = culprits(absent)
    return Fault(
        Text(
            f"La correspondance « {mapping} » lit des colonnes que le fichier n'a pas : {who}.",
            f"The mapping “{mapping}” reads columns that the file does not have: {who}.",
        ),
        name,
        Text(
            "Choisir une autre correspondance, ou la corriger pour ce fichier.",
            "Choose another mapping, or correct it for this file.",
        ),
    )
