"""Features in catalog columns are weighed against their contract; the unfit are set aside."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geodata.catalog import Column, LayerContract, contract
from geodata.checking import labels
from geodata.columns import misfits
from geodata.crs import WEB_CRS, WORK_CRS, to_work
from geodata.language import Text
from geodata.reading.defects import Defect, collection, defect, place

__all__ = ["admit"]

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
    "number": Text("des nombres finis", "finite numbers"),
    "boolean": Text("vrai ou faux", "true or false"),
    "date": Text("des dates AAAA-MM-JJ", "dates YYYY-MM-DD"),
}
_SINGLE_PARTS = {"plu_zones", "plu_prescriptions", "zones"}
"""Layers whose standard (CNIG PLU) allows no feature in several parts."""
_FAR_SHARE, _FAR_M2 = 0.2, 20.0
"""Median gap of a cadastre is 1.2 %, p95 8.6 % in a suburb; beyond a fifth it is worth saying."""
_LEAST_OVERLAP_M2 = 1e-6
_PLACES = 100


def admit(
    features: gpd.GeoDataFrame, *, layer: str, repair: bool
) -> tuple[gpd.GeoDataFrame, list[Defect]]:
    """Features that keep the contract of ``layer``, in the work CRS, and what is wrong.

    Parameters
    ----------
    features
        Features in the columns of the catalog, in any CRS.
    layer
        Layer id in the catalog.
    repair
        Whether the first of several features with one id is kept, and outlines made valid.

    Returns
    -------
    tuple
        Features on a plain index, and defects; columns that are absent are left to
        :func:`geodata.layers.make_layer`.
    """
    rules = contract(layer)
    frame = to_work(features.reset_index(drop=True))
    defects: list[Defect] = []
    frame = _sound(frame, defects, repair=repair)
    frame = _of_family(frame, rules, defects)
    for name, column in rules.columns.items():
        if name in frame and name != "id":
            frame = _fitting(frame, name, column, defects)
    frame = _identified(frame, defects, repair=repair)
    if layer in _SINGLE_PARTS and len(frame):
        parts = shapely.get_num_geometries(frame.geometry.to_numpy()) > 1
        if parts.any():
            defects.append(defect("multipolygon", names=labels(frame)[parts]))
    if layer == "parcels" and len(frame):
        defects += _parcel_remarks(frame)
    return frame.reset_index(drop=True), defects


def _sound(frame: gpd.GeoDataFrame, defects: list[Defect], *, repair: bool) -> gpd.GeoDataFrame:
    """Features with a valid shape that the work CRS can express."""
    shapes = frame.geometry.to_numpy()
    absent = shapely.is_missing(shapes) | shapely.is_empty(shapes)
    frame = _without(frame, absent, "null_geometry", defects)
    shapes = frame.geometry.to_numpy()
    coordinates, rows = shapely.get_coordinates(shapes, return_index=True)
    beyond = np.zeros(len(frame), dtype=bool)
    beyond[rows[~np.isfinite(coordinates).all(axis=1)]] = True
    frame = _without(frame, beyond, "out_of_range", defects, bounds=WORK_CRS)
    shapes = frame.geometry.to_numpy()
    invalid = ~shapely.is_valid(shapes)
    if not invalid.any():
        return frame
    if not repair:
        reason = str(shapely.is_valid_reason(shapes[invalid][0])).partition("[")[0]
        return _without(frame, invalid, "invalid_geometry", defects, reason=reason)
    before, fixed = shapely.area(shapes[invalid]), shapely.make_valid(shapes[invalid])
    said: dict[str, Any] = {
        "before": f"{before.sum():.1f}",
        "after": f"{shapely.area(fixed).sum():.1f}",
    }
    where = _where(frame[invalid])
    names = labels(frame)[invalid]
    defects.append(defect("repaired_geometry", names=names, where=where, **said))
    shapes = shapes.copy()
    shapes[invalid] = fixed
    return frame.set_geometry(gpd.GeoSeries(shapes, index=frame.index, crs=frame.crs))


def _of_family(
    frame: gpd.GeoDataFrame, rules: LayerContract, defects: list[Defect]
) -> gpd.GeoDataFrame:
    """Features of the layer's type of geometry."""
    if rules.geometry == "any":
        return frame
    stray = ~frame.geometry.geom_type.isin(_FAMILIES[rules.geometry]).to_numpy()
    expected = _FAMILY_NAMES[rules.geometry]
    return _without(
        frame,
        stray,
        "wrong_geometry_type",
        defects,
        expected_fr=expected.fr,
        expected_en=expected.en,
    )


def _fitting(
    frame: gpd.GeoDataFrame, name: str, column: Column, defects: list[Defect]
) -> gpd.GeoDataFrame:
    """Features whose value of one column fits."""
    kind = _TYPE_NAMES[column.type]
    wrong = misfits(frame[name], column=column).to_numpy()
    said = {"expected_fr": kind.fr, "expected_en": kind.en}
    frame = _without(frame, wrong, "wrong_type", defects, column=name, **said)
    lacking = frame[name].isna().to_numpy()
    if not column.nullable:
        frame = _without(frame, lacking, "missing_value", defects, column=name)
    if column.values:
        outside = frame[name].notna() & ~frame[name].astype(object).isin(column.values)
        allowed = ", ".join(column.values)
        frame = _without(
            frame, outside.to_numpy(), "unknown_code", defects, column=name, allowed=allowed
        )
    return frame


def _identified(
    frame: gpd.GeoDataFrame, defects: list[Defect], *, repair: bool
) -> gpd.GeoDataFrame:
    """Features with an id of their own; without one nobody can name them."""
    if "id" not in frame:
        return frame
    ids = frame["id"].astype(object)
    is_text = ids.map(lambda each: isinstance(each, str) and bool(each))
    lacking = ~is_text.to_numpy(dtype=bool)
    frame = _without(frame, lacking, "missing_value", defects, column="id")
    if repair:
        again = frame["id"].duplicated().to_numpy()
        return _without(frame, again, "dropped_duplicate", defects)
    shared = frame["id"].duplicated(keep=False).to_numpy()
    return _without(frame, shared, "duplicate_id", defects)


def _parcel_remarks(frame: gpd.GeoDataFrame) -> list[Defect]:
    """What a cadastre says that its drawing does not, and parcels that overlap."""
    found = []
    names = labels(frame)
    if "contenance" in frame:
        registered = pd.to_numeric(frame["contenance"], errors="coerce").to_numpy(dtype=float)
        lacking = ~(registered > 0)
        if lacking.any():
            where = _where(frame[lacking])
            found.append(defect("null_contenance", names=names[lacking], where=where))
        gap = np.abs(frame.area.to_numpy() - registered)
        far = ~lacking & (gap > _FAR_M2) & (gap > _FAR_SHARE * registered)
        if far.any():
            percent = f"{100 * _FAR_SHARE:.0f}"
            found.append(
                defect(
                    "contenance_far_from_area",
                    names=names[far],
                    where=_where(frame[far]),
                    percent=percent,
                )
            )
    pairs = _overlaps(frame.geometry.to_numpy())
    if len(pairs):
        said = [f"{names[left]} / {names[right]}" for left, right in pairs]
        where = _where(frame.iloc[pairs[:, 0]])
        found.append(defect("overlapping_parcels", names=said, where=where))
    return found


def _overlaps(shapes: np.ndarray) -> np.ndarray:
    """Pairs of shapes that share ground, as ranks (n × 2)."""
    tree = shapely.STRtree(shapes)
    left, right = tree.query(shapes, predicate="intersects")
    once = left < right
    left, right = left[once], right[once]
    beside = shapely.touches(shapes[left], shapes[right])
    left, right = left[~beside], right[~beside]
    shared = shapely.area(shapely.intersection(shapes[left], shapes[right]))
    return np.asarray(np.column_stack([left, right])[shared > _LEAST_OVERLAP_M2])


def _without(
    frame: gpd.GeoDataFrame,
    aside: np.ndarray,
    kind: str,
    defects: list[Defect],
    **values: Any,  # noqa: ANN401 - words
) -> gpd.GeoDataFrame:
    """Features that are not set aside; those that are become a defect."""
    aside = np.asarray(aside, dtype=bool)
    if not aside.any():
        return frame
    where = _where(frame[aside])
    defects.append(defect(kind, names=labels(frame)[aside], where=where, **values))
    return frame[~aside]


def _where(culprits: gpd.GeoDataFrame) -> dict[str, Any] | None:
    """Places of the first culprits, in WGS84."""
    first = culprits.head(_PLACES)
    shapes = first.geometry.to_numpy()
    bounds = shapely.bounds(shapes)
    centres = gpd.GeoSeries(
        shapely.points((bounds[:, :2] + bounds[:, 2:]) / 2), crs=first.crs
    ).to_crs(WEB_CRS)
    return collection(
        place(name, (point.x, point.y))
        for name, point in zip(labels(first), centres, strict=True)
        if point is not None and np.isfinite([point.x, point.y]).all()
    )
