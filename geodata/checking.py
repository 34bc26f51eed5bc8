"""What a frame does wrong against the contract of its layer, every fault found at once."""

from __future__ import annotations

from collections.abc import Iterable

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geodata.catalog import Column, LayerContract
from geodata.columns import misfits
from geodata.errors import Fault, culprits
from geodata.language import Text

__all__ = ["column_faults", "labels", "shape_faults"]

_FAMILIES = {
    "point": ("Point", "MultiPoint"),
    "line": ("LineString", "LinearRing", "MultiLineString"),
    "polygon": ("Polygon", "MultiPolygon"),
}
_FAMILY_NAMES = {
    "point": Text("des points", "points"),
    "line": Text("des lignes", "lines"),
    "polygon": Text("des surfaces", "polygons"),
}
_TYPE_NAMES = {
    "text": Text("du texte", "text"),
    "number": Text("un nombre fini", "a finite number"),
    "boolean": Text("vrai ou faux", "true or false"),
    "date": Text("une date AAAA-MM-JJ", "a date YYYY-MM-DD"),
}
_COMPLETE = Text(
    "Compléter ces objets, ou les retirer du fichier.",
    "Complete these features, or remove them from the file.",
)
_NO_SHAPE = Text(
    "Compléter ou retirer ces objets : géométrie absente, anneau non fermé, ou coordonnée qui "
    "n'est pas un nombre.",
    "Complete or remove these features: no geometry, ring not closed, or a coordinate that is no "
    "number.",
)
_CORRECT = Text("Corriger ces valeurs.", "Correct these values.")
_LONGEST = 40


def labels(frame: pd.DataFrame) -> np.ndarray:
    """Name of each row in a message: its ``id``, or its rank in the file where it has none."""
    named = np.full(len(frame), None, dtype=object)
    if "id" in frame:
        ids = frame["id"].astype(object)
        named = ids.where(ids.notna() & ids.ne(""), None).to_numpy(copy=True)
    nameless = np.flatnonzero(pd.isna(named))
    named[nameless] = [f"n° {rank}" for rank in nameless + 1]
    return named


def column_faults(frame: pd.DataFrame, *, rules: LayerContract, where: str) -> list[Fault]:
    """Faults of the columns of ``frame``, ``id`` among them; ``where`` is the layer."""
    absent = [
        name for name, column in rules.columns.items() if column.required and name not in frame
    ]
    found = [_absent_columns(absent, frame, rules, where)] if absent else []
    names = labels(frame)
    if "id" in frame:
        found += _id_faults(frame["id"].astype(object), where)
    for name, column in rules.columns.items():
        if name in frame:
            found += _value_faults(frame[name], column, names, f"{where}.{name}")
    return found


def shape_faults(
    shapes: gpd.GeoSeries, *, names: np.ndarray, rules: LayerContract, where: str
) -> list[Fault]:
    """Faults of ``shapes``, in the work CRS; ``names`` names each row, in the same order."""
    raw = shapes.to_numpy()
    missing = shapely.is_missing(raw)
    empty = ~missing & shapely.is_empty(raw)
    broken = _not_finite(raw)
    sound = ~(missing | empty | broken)
    invalid = sound & ~shapely.is_valid(raw)
    found = []
    if missing.any():
        what = Text("objet(s) sans géométrie lisible", "feature(s) without a readable geometry")
        found.append(_counted(names[missing], what, where, _NO_SHAPE))
    if empty.any():
        what = Text("objet(s) à géométrie vide", "feature(s) with an empty geometry")
        found.append(_counted(names[empty], what, where, _COMPLETE))
    if broken.any():
        found.append(_broken(names[broken], where))
    if rules.geometry != "any":
        stray = sound & ~shapes.geom_type.isin(_FAMILIES[rules.geometry]).to_numpy()
        found += _stray(names[stray], rules.geometry, where)
    if invalid.any():
        found.append(_invalid(names[invalid], raw[invalid], where))
    return found


def _not_finite(shapes: np.ndarray) -> np.ndarray:
    """Where a shape has a coordinate that is no finite number."""
    coordinates, rows = shapely.get_coordinates(shapes, return_index=True)
    broken = np.zeros(len(shapes), dtype=bool)
    broken[rows[~np.isfinite(coordinates).all(axis=1)]] = True
    return broken


def _broken(names: np.ndarray, where: str) -> Fault:
    """Fault of coordinates that are no numbers, or that the work CRS cannot express."""
    what = Text(
        "objet(s) aux coordonnées infinies ou hors du système de coordonnées",
        "feature(s) with coordinates that are infinite or outside the reference system",
    )
    remedy = Text(
        "Corriger ces coordonnées, ou indiquer leur système avec --crs.",
        "Correct these coordinates, or say their system with --crs.",
    )
    return _counted(names, what, where, remedy)


def _stray(names: np.ndarray, family: str, where: str) -> list[Fault]:
    """Fault of shapes of another family, if there are any."""
    if not len(names):
        return []
    expected = _FAMILY_NAMES[family]
    what = Text(f"objet(s) qui ne sont pas {expected.fr}", f"feature(s) that are not {expected.en}")
    remedy = Text(
        "Retirer ces objets, ou choisir une autre couche.",
        "Remove these features, or choose another layer.",
    )
    return [_counted(names, what, where, remedy)]


def _invalid(names: np.ndarray, shapes: np.ndarray, where: str) -> Fault:
    """Fault of outlines that cross themselves, with the place in the work CRS."""
    placed = [
        f"{name} ({shapely.is_valid_reason(shape)})"
        for name, shape in zip(names, shapes, strict=True)
    ]
    remedy = Text(
        "Réparer ces contours dans le logiciel d'origine (QGIS : « Réparer les géométries »).",
        "Repair these outlines in the software they come from (QGIS: “Fix geometries”).",
    )
    return _counted(placed, Text("contour(s) non valide(s)", "invalid outline(s)"), where, remedy)


def _absent_columns(
    absent: list[str], frame: pd.DataFrame, rules: LayerContract, where: str
) -> Fault:
    """Fault of required columns that are not there."""
    strange = [name for name in frame.columns if name not in rules.columns and name != "geometry"]
    met = ", ".join(_short(name) for name in strange) or "—"
    names = ", ".join(absent)
    return Fault(
        Text(f"Colonnes absentes : {names}.", f"Missing columns: {names}."),
        where,
        Text(
            f"Choisir la couche qui convient, ou renommer des colonnes inconnues : {met}.",
            f"Choose the layer that fits, or rename unknown columns: {met}.",
        ),
    )


def _id_faults(ids: pd.Series, where: str) -> list[Fault]:
    """Faults of ids that are empty or repeated; missing ones are faults of their column."""
    found = []
    empty = ids.eq("").to_numpy()
    if empty.any():
        ranks = [f"n° {rank}" for rank in np.flatnonzero(empty) + 1]
        what = Text("identifiant(s) vide(s)", "empty identifier(s)")
        found.append(_counted(ranks, what, where, _COMPLETE))
    repeated = ids[ids.notna() & ~empty & ids.duplicated(keep=False)].unique()
    if len(repeated):
        what = Text("identifiant(s) en double", "repeated identifier(s)")
        remedy = Text(
            "Garder un seul objet par identifiant.", "Keep a single feature per identifier."
        )
        found.append(_counted(repeated, what, where, remedy))
    return found


def _value_faults(values: pd.Series, column: Column, names: np.ndarray, where: str) -> list[Fault]:
    """Faults of one column: wrong type, missing value, value outside the list."""
    found = []
    wrong = misfits(values, column=column).to_numpy()
    lacking = values.isna().to_numpy()
    if wrong.any():
        kind = _TYPE_NAMES[column.type]
        what = Text(f"valeur(s) qui devraient être {kind.fr}", f"value(s) that should be {kind.en}")
        found.append(_counted(_named(names, values, wrong), what, where, _CORRECT))
    if lacking.any() and not column.nullable:
        what = Text("valeur(s) absente(s)", "missing value(s)")
        found.append(_counted(names[lacking], what, where, _COMPLETE))
    if not column.values:
        return found
    outside = ~wrong & ~lacking & ~values.astype(object).isin(column.values).to_numpy()
    if outside.any():
        what = Text("valeur(s) hors liste", "value(s) not in the list")
        allowed = ", ".join(column.values)
        remedy = Text(f"Valeurs admises : {allowed}.", f"Allowed values: {allowed}.")
        found.append(_counted(_named(names, values, outside), what, where, remedy))
    return found


def _counted(named: Iterable[object], what: Text, where: str, remedy: Text) -> Fault:
    """Fault that counts the culprits and names five of them."""
    every = [_short(each) for each in named]
    who = culprits(every)
    return Fault(
        Text(f"{len(every)} {what.fr} : {who}.", f"{len(every)} {what.en}: {who}."), where, remedy
    )


def _named(names: np.ndarray, values: pd.Series, mask: np.ndarray) -> list[str]:
    """Culprits with the value met."""
    pairs = zip(names[mask], values.to_numpy()[mask], strict=True)
    return [f"{name} = {_short(value)}" for name, value in pairs]


def _short(value: object) -> str:
    """Value as text on one line, cut where a file holds a novel."""
    text = " ".join(str(value).split())
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
