"""GeoJSON bytes become plain columns and shapes; runs in the reading process only."""

from __future__ import annotations

import gc
import json
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from geodata.crs import WEB_CRS
from geodata.errors import DataError, Fault, FileFormatError
from geodata.language import Text
from geodata.reading.defects import Defect, defect
from geodata.reading.found import Found, named_columns, require_few_rows, table_of

__all__ = ["read_geojson", "shapes_of"]

_SHAPE_COLUMN = "geometry"
_SHAPE_TYPES = {
    "Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon",
    "GeometryCollection",
}  # fmt: skip
_NO_NUMBER = ("NaN", "Infinity")
_RING_DEPTH = {"Polygon": 1, "MultiPolygon": 2}
_LEAST_RING = 3


def read_geojson(path: Path, *, name: str, repair: bool = False) -> Found:
    """The features of a GeoJSON file; a lone feature or geometry is a collection of one.

    Parameters
    ----------
    path, name
        Where the file lies, and what the user calls it.
    repair
        Whether open rings are closed.

    Raises
    ------
    FileFormatError
        Not UTF-8, not JSON, not GeoJSON, without features, or larger than the limits.
    DataError
        A ``crs`` member that is not a name.
    """
    document = _parsed(path.read_bytes())
    members = _members(document)
    require_few_rows(len(members))
    strangers = [f"n° {rank}" for rank, each in enumerate(members, 1) if not _is_feature(each)]
    if len(strangers) == len(members):
        raise FileFormatError(_NO_FEATURES)
    features = [each for each in members if _is_feature(each)] if strangers else members
    columns, defects = _columns(features)
    if strangers:
        defects.append(defect("not_a_feature", names=strangers))
    shapes, nulls, infinite, closed = shapes_of(
        [each.get(_SHAPE_COLUMN) for each in features], repair=repair
    )
    if closed:
        defects.append(defect("closed_ring", names=[f"n° {rank + 1}" for rank in closed]))
    declared = _crs_name(document.get("crs")) or WEB_CRS
    return Found(name, table_of(columns), shapes, declared, defects, nulls, infinite)


def shapes_of(
    geometries: list[Any], *, repair: bool
) -> tuple[np.ndarray, np.ndarray, np.ndarray, list[int]]:
    """Shapes; which are null in the file; which hold no numbers; and whose rings were closed."""
    texts = np.array([json.dumps(each) for each in geometries], dtype=object)
    with np.errstate(all="ignore"):
        shapes: np.ndarray = shapely.from_geojson(texts, on_invalid="ignore")
    nulls = texts == "null"
    lost = np.flatnonzero(shapely.is_missing(shapes) & ~nulls)
    infinite = np.zeros(len(texts), dtype=bool)
    infinite[lost] = [any(word in texts[rank] for word in _NO_NUMBER) for rank in lost]
    closed = []
    for rank in lost if repair else []:
        shape = _closed(geometries[rank])
        if shape is not None:
            shapes[rank] = shape
            closed.append(int(rank))
    return shapes, nulls, infinite, closed


def _parsed(content: bytes) -> Any:  # noqa: ANN401 - JSON is anything
    """JSON document, or a fault with the line."""
    gc.disable()  # millions of lists are made, none is garbage: three times as fast
    try:
        return json.loads(content)
    except json.JSONDecodeError as error:
        raise FileFormatError(_not_json(error.lineno, error.colno)) from error
    except UnicodeDecodeError as error:
        raise FileFormatError(_not_utf8(content.count(b"\n", 0, error.start) + 1)) from error
    except RecursionError as error:
        raise FileFormatError(_TOO_DEEP) from error
    except ValueError as error:  # a whole number of more than 4 300 digits
        raise FileFormatError(_HUGE_NUMBER) from error
    finally:
        gc.enable()


def _members(document: Any) -> list[Any]:  # noqa: ANN401 - JSON is anything
    """List of features, not checked one by one."""
    kind = document.get("type") if isinstance(document, dict) else None
    if kind == "FeatureCollection" and isinstance(document.get("features"), list):
        if not document["features"]:
            raise FileFormatError(_NO_FEATURES)
        return list(document["features"])
    if kind == "Feature":
        return [document]
    if isinstance(kind, str) and kind in _SHAPE_TYPES:
        return [{"type": "Feature", "properties": {}, _SHAPE_COLUMN: document}]
    raise FileFormatError(_not_a_collection(document))


def _is_feature(each: object) -> bool:
    """Whether one member of the list is a feature with readable properties."""
    return (
        isinstance(each, dict)
        and each.get("type") == "Feature"
        and isinstance(each.get("properties"), dict | None)
    )


def _columns(features: list[dict[str, Any]]) -> tuple[dict[str, list[Any]], list[Defect]]:
    """Properties by name; the feature's own ``id`` where the properties have none."""
    rows = [each.get("properties") or {} for each in features]
    given = list(dict.fromkeys(name for row in rows for name in row if name != _SHAPE_COLUMN))
    names, defects = named_columns(given)
    columns = {name: [row.get(key) for row in rows] for name, key in zip(names, given, strict=True)}
    if "id" not in columns:
        columns["id"] = [each.get("id") for each in features]
    return columns, defects


def _closed(geometry: Any) -> shapely.Geometry | None:  # noqa: ANN401 - JSON is anything
    """Shape once its open rings are closed; None where that does not help."""
    try:
        depth = _RING_DEPTH[geometry["type"]]
        rings = _each_closed(geometry["coordinates"], depth)
        return shapely.from_geojson(
            json.dumps({"type": geometry["type"], "coordinates": rings}), on_invalid="ignore"
        )
    except (KeyError, TypeError, IndexError):
        return None


def _each_closed(coordinates: Any, depth: int) -> Any:  # noqa: ANN401 - lists of lists of numbers
    """Coordinates whose rings, ``depth`` levels down, end where they begin."""
    if depth:
        return [_each_closed(each, depth - 1) for each in coordinates]
    if len(coordinates) >= _LEAST_RING and coordinates[0] != coordinates[-1]:
        return [*coordinates, coordinates[0]]
    return coordinates


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
_NO_FEATURES = Fault(
    Text("Le fichier ne contient aucun objet.", "The file holds no feature."),
    "",
    Text("Vérifier l'export d'origine.", "Check the export it comes from."),
)
_TOO_DEEP = Fault(
    Text("Le JSON est trop profondément imbriqué.", "The JSON is nested too deeply."), "", _CONVERT
)
_HUGE_NUMBER = Fault(
    Text(
        "Un nombre du fichier a plus de 4 300 chiffres.",
        "A number of the file has more than 4,300 digits.",
    ),
    "",
    Text("Corriger ce nombre.", "Correct this number."),
)
_CRS_NOT_A_NAME = Fault(
    Text(
        "Le membre « crs » n'est pas un nom de système (les liens ne sont jamais suivis).",
        "The “crs” member is not the name of a system (links are never followed).",
    ),
    "",
    Text("Retirer ce membre et indiquer --crs.", "Remove this member and give --crs."),
)


def _not_json(line: int, column: int) -> Fault:
    """Fault of text that is no JSON, with the place."""
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
    said = "".join(each if each.isprintable() else "?" for each in str(met)[:40])
    return Fault(
        Text(
            f"Ce JSON n'est pas une FeatureCollection (type « {said} »).",
            f"This JSON is not a FeatureCollection (type “{said}”).",
        ),
        "",
        _CONVERT,
    )
