"""A file of verdicts becomes a public collection: parcels, areas and outcomes, nothing else."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geodata.crs import WEB_CRS
from geodata.errors import Fault, FileFormatError, MissingFileError
from geodata.language import Text

__all__ = ["read_public_verdicts"]

_OUTCOMES = frozenset(
    {"compliant", "reservations", "to_investigate", "non_compliant", "not_applicable"}
)
_IDS = ("parcel_id", "site_id")
_AREAS = ("contenance_m2", "planar_area_m2", "site_contenance_m2", "site_planar_area_m2")
_MOST_BYTES = 512 * 1024 * 1024


def read_public_verdicts(path: Path) -> tuple[gpd.GeoDataFrame, dict[str, Any]]:
    """Public part of a GeoJSON file written by ``python -m zones assess``, and its metadata.

    Returns
    -------
    GeoDataFrame
        Parcels in WGS84, indexed by ``id`` (text). Columns: ids, areas in m², one column per
        charter that the metadata name and whose values are outcomes, and ``demo``. Every other
        property, such as the name of the dossier, stays behind.
    dict
        Metadata of the file: ``day``, ``charters``, ``demo``, only.

    Raises
    ------
    MissingFileError
        There is no file.
    FileFormatError
        Not a file of verdicts.
    """
    document = _document(path)
    told = _metadata(document.get("metadata"))
    features = document["features"]
    rows = [each.get("properties") or {} for each in features]
    charters = [
        name
        for name in (each["id"] for each in told["charters"])
        if rows and all(row.get(name) in _OUTCOMES for row in rows)
    ]
    if not charters:
        raise FileFormatError(_not_verdicts(path))
    columns = {
        **{name: [_word(row.get(name)) for row in rows] for name in _IDS},
        **{name: [_number(row.get(name)) for row in rows] for name in _AREAS},
        **{name: [row[name] for row in rows] for name in charters},
        "demo": [row.get("demo") is not False for row in rows],
    }
    shapes = _shapes(features)
    ids = pd.Index([str(each.get("id", "")) for each in features], name="id")
    if shapely.is_missing(shapes).any() or not ids.is_unique:
        raise FileFormatError(_not_verdicts(path))
    return gpd.GeoDataFrame(columns, geometry=shapes, crs=WEB_CRS, index=ids), told


def _document(path: Path) -> dict[str, Any]:
    """FeatureCollection of the file."""
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise FileFormatError(_not_verdicts(path))
        document: dict[str, Any] = json.loads(path.read_bytes())
    except FileNotFoundError as error:
        raise MissingFileError(_missing(path)) from error
    except (OSError, ValueError, RecursionError) as error:
        raise FileFormatError(_not_verdicts(path)) from error
    features = document.get("features") if isinstance(document, dict) else None
    if not isinstance(features, list) or not all(isinstance(each, dict) for each in features):
        raise FileFormatError(_not_verdicts(path))
    if not all(isinstance(each.get("properties"), dict | None) for each in features):
        raise FileFormatError(_not_verdicts(path))
    return document


def _metadata(told: object) -> dict[str, Any]:
    """Day, charters and demonstration label of the file; the rest stays behind."""
    known = told if isinstance(told, dict) else {}
    charters = known.get("charters")
    return {
        "day": _word(known.get("day")) or "",
        "demo": known.get("demo") is not False,
        "charters": [
            {name: _word(each.get(name)) or "" for name in ("id", "title", "edition")}
            for each in (charters if isinstance(charters, list) else [])
            if isinstance(each, dict)
        ],
    }


def _shapes(features: list[dict[str, Any]]) -> np.ndarray:
    """Shapes of the features; None where one cannot be made out."""
    texts = np.array([json.dumps(each.get("geometry")) for each in features], dtype=object)
    with np.errstate(all="ignore"):
        return np.asarray(shapely.from_geojson(texts, on_invalid="ignore"))


def _word(value: object) -> str | None:
    """Text, or nothing."""
    return value if isinstance(value, str) else None


def _number(value: object) -> float:
    """Number, or NaN."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return float(value) if is_number else np.nan  # type: ignore[arg-type]


def _missing(path: Path) -> Fault:
    """Fault of a file that is not there."""
    return Fault(
        Text("Ce fichier n'existe pas.", "This file does not exist."),
        path.name,
        Text("Vérifier --verdicts.", "Check --verdicts."),
    )


def _not_verdicts(path: Path) -> Fault:
    """Fault of a file that holds no verdicts."""
    return Fault(
        Text(
            "Ce n'est pas un fichier d'avis de cet outil.",
            "This is not a file of verdicts made by this program.",
        ),
        path.name,
        Text(
            "Donner un GeoJSON écrit par « python -m zones assess ».",
            "Give a GeoJSON written by “python -m zones assess”.",
        ),
    )
