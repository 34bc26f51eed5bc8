"""Honest labels: every feature says whether it is made up, and where it comes from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import geopandas as gpd
import pandas as pd

from geodata.catalog import contract
from geodata.crs import WORK_CRS

__all__ = ["EDITION_DATE", "PRODUCER", "SYNTHETIC", "Label", "labelled", "quoted"]

EDITION_DATE = "2026-11-01"
"""Date of the demonstration dataset."""
PRODUCER = "Technopole – jeu de démonstration (fictif)"
"""Producer of every demonstration layer."""


@dataclass(frozen=True, slots=True)
class Label:
    """What a feature says of itself."""

    source: str
    """Who says so; for a made-up feature, this project."""
    demo: bool = True
    """Whether the thing, or its shape, is made up or schematic."""
    source_date: str | None = EDITION_DATE
    """Date of the source, where it is known."""
    licence: str = "EUPL-1.2"
    """Licence of reuse."""
    geom_precision: str = "schematic"
    """How far the shape may be from the truth."""
    confidence: str = "low"
    """Trust in the attributes: high, medium, low."""


SYNTHETIC = Label(PRODUCER)
"""Label of what was made up for the demonstration."""


def quoted(
    source: str, *, metres: int, confidence: str = "medium", date: str | None = None
) -> Label:
    """Label of a real thing, with published attributes, at a position known to ± ``metres``."""
    return Label(source, False, date, "inconnue", f"approx ±{metres} m", confidence)  # noqa: FBT003 - a field


def labelled(
    layer: str,
    rows: Sequence[Mapping[str, Any]],
    labels: Label | Sequence[Label] = SYNTHETIC,
) -> gpd.GeoDataFrame:
    """Frame of a layer, in the work CRS, with the columns of the catalog in their order.

    Parameters
    ----------
    layer
        Layer id in the catalog.
    rows
        One mapping per feature, with ``geometry``; columns left out are missing values, and an
        ``id`` left out is made of the layer's name and a rank.
    labels
        One label for all rows, or one per row.
    """
    each = [labels] * len(rows) if isinstance(labels, Label) else labels
    records = [
        {"id": f"{layer}-{rank:04d}", **asdict(label), **row}
        for rank, (row, label) in enumerate(zip(rows, each, strict=True), 1)
    ]
    columns = list(contract(layer).columns)
    frame = pd.DataFrame.from_records(records, columns=[*columns, "geometry"])
    for name, column in contract(layer).columns.items():
        if column.type == "number":
            frame[name] = frame[name].astype("float64")
    made = gpd.GeoDataFrame(frame, geometry="geometry", crs=WORK_CRS)
    return made.set_index("id", drop=False)
