"""GeoJSON bytes become plain columns and shapes; runs in the reading process only."""

from __future__ import annotations

import gc
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from geodata.errors import DataError, Fault, FileFormatError, culprits
from geodata.language import Text
from geodata.reading.limits import (
    MAX_CELL_CHARACTERS,
    MAX_COLUMNS,
    MAX_FEATURE_VERTICES,
    MAX_FEATURES,
    MAX_VERTICES,
)
from geodata.reading.unpacking import unpacked

__all__ = ["Features", "read_geojson"]

_SHAPE_COLUMN = "geometry"


@dataclass(frozen=True, slots=True)
class Features:
    """What one file holds, before anything is known of its meaning."""

    columns: dict[str, list[Any]]
    """Properties by name, one value per feature, None where absent; ``id`` may be the feature's."""
    shapes: np.ndarray
    """One shape per feature, None where there is none that can be read."""
    crs: str | None
    """Name in the ``crs`` member, if any."""


def read_geojson(path: Path) -> Features:
    """Features of a GeoJSON file, gzipped or not.

    Raises
    ------
    FileFormatError
        Not gzip, not UTF-8, not JSON, not a FeatureCollection, or larger than the limits.
    DataError
        Features that are none, or a ``crs`` member that is not a name.
    """
    document = _parsed(unpacked(path))
    if not isinstance(document, dict) or document.get("type") != "FeatureCollection":
        raise FileFormatError(_not_a_collection(document))
    features = document.get("features")
    if not isinstance(features, list) or not features:
        raise FileFormatError(_NO_FEATURES)
    if len(features) > MAX_FEATURES:
        raise FileFormatError(_too_many(len(features), Text("objets", "features"), MAX_FEATURES))
    strangers = [rank for rank, each in enumerate(features, 1) if not _is_feature(each)]
    if strangers:
        raise DataError(_not_features(strangers))
    return Features(_columns(features), _shapes(features), _crs_name(document.get("crs")))


def _parsed(content: bytes) -> Any:  # noqa: ANN401 - JSON is anything
    """JSON document, or a fault with the line."""
    gc.disable()  # millions of lists are made, none is garbage: three times as fast
    try:
        return json.loads(content)
    except json.JSONDecodeError as error:
        raise FileFormatError(_not_json(error)) from error
    except UnicodeDecodeError as error:
        raise FileFormatError(_not_utf8(content.count(b"\n", 0, error.start) + 1)) from error
    except RecursionError as error:
        raise FileFormatError(_TOO_DEEP) from error
    finally:
        gc.enable()


def _is_feature(each: object) -> bool:
    """Whether one member of the list is a feature with readable properties."""
    return (
        isinstance(each, dict)
        and each.get("type") == "Feature"
        and isinstance(each.get("properties"), dict | None)
    )


def _columns(features: list[dict[str, Any]]) -> dict[str, list[Any]]:
    """Properties by name; the feature's own ``id`` where the properties have none."""
    rows = [each.get("properties") or {} for each in features]
    names = list(dict.fromkeys(name for row in rows for name in row if name != _SHAPE_COLUMN))
    if len(names) > MAX_COLUMNS:
        raise FileFormatError(_too_many(len(names), Text("colonnes", "columns"), MAX_COLUMNS))
    columns = {name: [row.get(name) for row in rows] for name in names}
    long = [name for name, values in columns.items() if any(map(_is_long, values))]
    if long:
        raise FileFormatError(_long_cells(long))
    if "id" not in columns:
        columns["id"] = [each.get("id") for each in features]
    return columns


def _is_long(value: object) -> bool:
    """Whether a text is longer than a cell may be."""
    return isinstance(value, str) and len(value) > MAX_CELL_CHARACTERS


def _shapes(features: list[dict[str, Any]]) -> np.ndarray:
    """Shapes; None where the geometry is null or cannot be made out."""
    texts = np.array([json.dumps(each.get("geometry")) for each in features], dtype=object)
    with np.errstate(all="ignore"):
        shapes: np.ndarray = shapely.from_geojson(texts, on_invalid="ignore")
        vertices = shapely.get_num_coordinates(shapes)
        if vertices.sum() > MAX_VERTICES:
            raise FileFormatError(_too_many(int(vertices.sum()), _VERTICES, MAX_VERTICES))
        if vertices.max() > MAX_FEATURE_VERTICES:
            raise FileFormatError(_too_large_a_feature(int(vertices.max())))
        shapely.is_valid(shapes)  # should a shape crash the library, it does so in this process
    return shapes


def _crs_name(member: object) -> str | None:
    """Name in the ``crs`` member of older GeoJSON; links are never followed."""
    if member is None:
        return None
    if isinstance(member, dict) and member.get("type") == "name":
        properties = member.get("properties")
        name = properties.get("name") if isinstance(properties, dict) else None
        if isinstance(name, str):
            return name
    raise DataError(_CRS_NOT_A_NAME)


_CONVERT = Text(
    "L'enregistrer en GeoJSON (.geojson, .json ou .gz) depuis QGIS, par exemple.",
    "Save it as GeoJSON (.geojson, .json or .gz), from QGIS for instance.",
)
_SPLIT = Text(
    "Découper le fichier, par commune par exemple.", "Split the file, by municipality for instance."
)
_VERTICES = Text("sommets", "vertices")
_NO_FEATURES = Fault(
    Text("Le fichier ne contient aucun objet.", "The file holds no feature."),
    "",
    Text("Vérifier l'export d'origine.", "Check the export it comes from."),
)
_TOO_DEEP = Fault(
    Text("Le JSON est trop profondément imbriqué.", "The JSON is nested too deeply."), "", _CONVERT
)
_CRS_NOT_A_NAME = Fault(
    Text(
        "Le membre « crs » n'est pas un nom de système (les liens ne sont jamais suivis).",
        "The “crs” member is not the name of a system (links are never followed).",
    ),
    "",
    Text("Retirer ce membre et indiquer --crs.", "Remove this member and give --crs."),
)


def _not_json(error: json.JSONDecodeError) -> Fault:
    """Fault of text that is no JSON, with the place."""
    line, column = error.lineno, error.colno
    return Fault(
        Text(
            f"Ce n'est pas du JSON : ligne {line}, colonne {column}.",
            f"This is not JSON: line {line}, column {column}.",
        ),
        "",
        _CONVERT,
    )


def _not_utf8(line: int) -> Fault:
    """Fault of text in another encoding."""
    return Fault(
        Text(f"Le texte n'est pas en UTF-8 : ligne {line}.", f"Text is not UTF-8: line {line}."),
        "",
        Text("Réenregistrer le fichier en UTF-8.", "Save the file again as UTF-8."),
    )


def _not_a_collection(document: object) -> Fault:
    """Fault of JSON that is no FeatureCollection."""
    met = document.get("type") if isinstance(document, dict) else type(document).__name__
    return Fault(
        Text(
            f"Ce JSON n'est pas une FeatureCollection (type « {str(met)[:40]} »).",
            f"This JSON is not a FeatureCollection (type “{str(met)[:40]}”).",
        ),
        "",
        _CONVERT,
    )


def _not_features(ranks: list[int]) -> Fault:
    """Fault of list members that are no features."""
    who = culprits(f"n° {rank}" for rank in ranks)
    return Fault(
        Text(
            f"{len(ranks)} élément(s) ne sont pas des objets GeoJSON : {who}.",
            f"{len(ranks)} element(s) are not GeoJSON features: {who}.",
        ),
        "",
        Text("Corriger ou retirer ces éléments.", "Correct or remove these elements."),
    )


def _too_many(count: int, things: Text, limit: int) -> Fault:
    """Fault of a file larger than the limits."""
    return Fault(
        Text(
            f"Le fichier compte {count} {things.fr} ; la limite est {limit}.",
            f"The file has {count} {things.en}; the limit is {limit}.",
        ),
        "",
        _SPLIT,
    )


def _too_large_a_feature(count: int) -> Fault:
    """Fault of a feature larger than the limit."""
    limit = MAX_FEATURE_VERTICES
    return Fault(
        Text(
            f"Un objet compte {count} sommets ; la limite est {limit}.",
            f"A feature has {count} vertices; the limit is {limit}.",
        ),
        "",
        Text("Simplifier ou découper cet objet.", "Simplify or split this feature."),
    )


def _long_cells(names: list[str]) -> Fault:
    """Fault of cells that hold more than a cell should."""
    who = culprits(name[:40] for name in names)
    return Fault(
        Text(
            f"Des textes dépassent {MAX_CELL_CHARACTERS} caractères, colonne(s) : {who}.",
            f"Texts exceed {MAX_CELL_CHARACTERS} characters, column(s): {who}.",
        ),
        "",
        Text("Raccourcir ou retirer ces colonnes.", "Shorten or remove these columns."),
    )
