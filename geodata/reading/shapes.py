"""The shapes of one table are weighed: what cannot be used is set aside, the rest is kept."""

from __future__ import annotations

import re

import numpy as np
import pyarrow as pa
import pyproj
import shapely

from geodata.errors import Fault, FileFormatError
from geodata.language import Text
from geodata.reading.defects import Defect, collection, defect, place
from geodata.reading.found import Found, names_of
from geodata.reading.limits import MAX_FEATURE_VERTICES, MAX_VERTICES
from geodata.reading.systems import Decision, decide, degrees_of, outside_territory

__all__ = ["settle"]

_PLACE = re.compile(r"^(.*?)\[(\S+) (\S+)\]$")
_PLACES = 100
_FAMILIES = np.array(["", "point", "line", "line", "polygon", "point", "line", "polygon", ""])
"""Family by type number of the library, from -1."""
_SHARE, _SQUARE_METRE = 0.001, 1.0
_EARTH_RADIUS_M = 6_371_008.8


def settle(found: Found, *, asked: str | None, repair: bool) -> tuple[Found, pyproj.CRS | None]:
    """Table without the shapes that cannot be used, and its system; None where it must be asked.

    Shapes come out in two dimensions. Everything set aside or changed is among the defects.

    Parameters
    ----------
    found
        Table with shapes.
    asked
        System that the user named.
    repair
        Whether invalid outlines are made valid, and swapped coordinates swapped back.

    Raises
    ------
    FileFormatError
        More vertices than the limits.
    """
    assert found.shapes is not None  # noqa: S101 - the caller knows
    shapes, names = found.shapes, names_of(found.table)
    _require_few_vertices(shapes)
    defects = list(found.defects)
    aside = _unusable(found, shapes, names, defects)
    flat = _blanked(shapes, aside)
    z = shapely.has_z(flat)
    if z.any():
        defects.append(defect("has_z", names=names[z]))
        flat = shapely.force_2d(flat)
    decision = decide(flat, names=names, declared=found.declared, asked=asked)
    defects += decision.defects
    if decision.crs is None:
        return _kept(found, flat, ~aside, defects), None
    flat, aside = _in_place(flat, aside, decision, names, defects, repair)
    flat, aside = _outlines(flat, aside, names, defects, decision.crs, repair)
    if (~aside).any():
        _remark(flat, aside, names, defects, decision.crs)
    return _kept(found, flat, ~aside, defects), decision.crs


def _unusable(
    found: Found, shapes: np.ndarray, names: np.ndarray, defects: list[Defect]
) -> np.ndarray:
    """Rows without a shape, or with one that is no place; each kind told."""
    missing = shapely.is_missing(shapes)
    nulls = missing if found.nulls is None else missing & found.nulls
    infinite = _not_finite(shapes)
    if found.infinite is not None:
        infinite |= missing & found.infinite
    empty = ~missing & shapely.is_empty(shapes)
    other = missing & ~nulls & ~infinite
    if found.unsupported is not None:
        other &= ~found.unsupported
        if found.unsupported.any():
            strange = names[found.unsupported]
            defects.append(defect("unsupported_geometry", names=strange, types=found.types))
    for kind, mask in (
        ("null_geometry", nulls),
        ("non_finite", infinite),
        ("unreadable_geometry", other),
        ("empty_geometry", empty),
    ):
        if mask.any():
            defects.append(defect(kind, names=names[mask]))
    return np.asarray(missing | infinite | empty)


def _blanked(shapes: np.ndarray, mask: np.ndarray) -> np.ndarray:
    """Shapes, None where the mask is true."""
    made = shapes.copy()
    made[mask] = None
    return made


def _not_finite(shapes: np.ndarray) -> np.ndarray:
    """Where a shape has a coordinate that is no finite number."""
    coordinates, rows = shapely.get_coordinates(shapes, return_index=True)
    broken = np.zeros(len(shapes), dtype=bool)
    broken[rows[~np.isfinite(coordinates).all(axis=1)]] = True
    return broken


def _in_place(
    shapes: np.ndarray,
    aside: np.ndarray,
    decision: Decision,
    names: np.ndarray,
    defects: list[Defect],
    repair: bool,  # noqa: FBT001 - passed on
) -> tuple[np.ndarray, np.ndarray]:
    """Shapes once those outside the system are set aside, and swapped ones too or swapped back."""
    beyond, swapped = decision.beyond, decision.swapped
    if beyond.any():
        said = decision.bounds_said
        defects.append(defect("out_of_range", names=names[beyond], bounds=said))
    if swapped.any():
        if repair:
            shapes = shapes.copy()
            turned = shapely.transform(shapes[swapped], lambda points: points[:, ::-1])
            shapes[swapped] = turned
            defects.append(defect("swapped_back", names=names[swapped]))
        else:
            is_every = bool(swapped.sum() == (~aside).sum())
            defects.append(defect("swapped_coordinates", names=names[swapped], is_fatal=is_every))
            aside = aside | swapped
    aside = aside | beyond
    return _blanked(shapes, aside), aside


def _outlines(
    shapes: np.ndarray,
    aside: np.ndarray,
    names: np.ndarray,
    defects: list[Defect],
    crs: pyproj.CRS,
    repair: bool,  # noqa: FBT001 - passed on
) -> tuple[np.ndarray, np.ndarray]:
    """Shapes once invalid outlines are set aside, or repaired on request."""
    with np.errstate(all="ignore"):
        invalid = ~aside & ~shapely.is_valid(shapes)
    if not invalid.any():
        return shapes, aside
    ranks = np.flatnonzero(invalid)
    reasons = [shapely.is_valid_reason(shapes[rank]) for rank in ranks[:_PLACES]]
    where = _places(names[ranks[:_PLACES]], reasons, crs)
    if not repair:
        reason = _PLACE.sub(r"\1", reasons[0])
        defects.append(defect("invalid_geometry", names=names[invalid], where=where, reason=reason))
        return _blanked(shapes, invalid), aside | invalid
    scale = _square_metres(shapes[invalid], crs)
    before = shapely.area(shapes[invalid]) * scale
    fixed = _same_family(shapely.make_valid(shapes[invalid]), shapes[invalid])
    after = shapely.area(fixed) * scale
    shapes = shapes.copy()
    shapes[invalid] = fixed
    hopeless = np.zeros(len(shapes), dtype=bool)
    hopeless[ranks] = shapely.is_empty(fixed) | ~shapely.is_valid(fixed)
    defects.append(
        defect(
            "repaired_geometry",
            names=names[invalid],
            where=where,
            before=f"{np.nansum(before):.1f}",
            after=f"{np.nansum(after):.1f}",
        )
    )
    change = np.abs(after - before)
    large = (change > _SQUARE_METRE) | (change > _SHARE * before)
    if large.any():
        rows = zip(names[invalid][large], before[large], after[large], strict=True)
        changes = [f"{name} : {was:.1f} → {now:.1f} m²" for name, was, now in rows]
        defects.append(
            defect(
                "repair_changed_area",
                names=names[invalid][large],
                where=where,
                changes=", ".join(changes[:5]),
            )
        )
    return _blanked(shapes, hopeless), aside | hopeless


def _remark(
    shapes: np.ndarray,
    aside: np.ndarray,
    names: np.ndarray,
    defects: list[Defect],
    crs: pyproj.CRS,
) -> None:
    """Add what is worth saying of shapes that are read."""
    types = shapely.get_type_id(shapes)
    families = set(_FAMILIES[types[~aside] + 1])
    if len(families) > 1:
        kinds = sorted({str(each) for each in {shape.geom_type for shape in shapes[~aside]}})
        defects.append(defect("mixed_types", count=int((~aside).sum()), types=", ".join(kinds)))
    bounds = shapely.bounds(shapes)
    outside = ~aside
    outside[~aside] = outside_territory(bounds[~aside], crs)
    if outside.any():
        sample = np.flatnonzero(outside)[:_PLACES]
        points = degrees_of((bounds[sample, :2] + bounds[sample, 2:]) / 2, crs)
        where = _located(names[sample], points, [None] * len(sample))
        defects.append(defect("outside_territory", names=names[outside], where=where))


def _places(names: np.ndarray, reasons: list[str], crs: pyproj.CRS) -> dict[str, object] | None:
    """Places of invalid outlines, as the library tells them."""
    matches = [_PLACE.match(each) for each in reasons]
    told = [(float(each[2]), float(each[3])) if each else (np.nan, np.nan) for each in matches]
    words = [each[1] if each else said for each, said in zip(matches, reasons, strict=True)]
    return _located(names, degrees_of(np.array(told), crs), words)


def _located(
    names: np.ndarray, points: np.ndarray, reasons: list[str] | list[None]
) -> dict[str, object] | None:
    """FeatureCollection of the points that are somewhere."""
    return collection(
        place(name, (float(x), float(y)), reason=reason)
        for name, (x, y), reason in zip(names, points, reasons, strict=True)
        if np.isfinite([x, y]).all()
    )


def _square_metres(shapes: np.ndarray, crs: pyproj.CRS) -> np.ndarray:
    """Square metres that one square unit of the system is, at each shape."""
    if not crs.is_geographic:
        return np.ones(len(shapes))
    bounds = shapely.bounds(shapes)
    latitude = np.radians((bounds[:, 1] + bounds[:, 3]) / 2)
    return np.asarray(np.radians(1) ** 2 * _EARTH_RADIUS_M**2 * np.cos(latitude))


def _same_family(fixed: np.ndarray, shapes: np.ndarray) -> np.ndarray:
    """Repaired shapes without the points and lines that a repaired polygon may leave behind."""
    types = shapely.get_type_id(shapes)
    for rank in np.flatnonzero((types == 3) | (types == 6)):  # noqa: PLR2004 - polygons
        parts = shapely.get_parts(shapely.get_parts(fixed[rank]))
        plain = parts[shapely.get_type_id(parts) == 3]  # noqa: PLR2004 - polygons
        fixed[rank] = plain[0] if len(plain) == 1 else shapely.multipolygons(plain)
    return fixed


def _kept(found: Found, shapes: np.ndarray, kept: np.ndarray, defects: list[Defect]) -> Found:
    """Rows that are kept."""
    table = found.table if kept.all() else found.table.filter(pa.array(kept))
    return Found(found.name, table, shapes[kept], found.declared, defects)


def _require_few_vertices(shapes: np.ndarray) -> None:
    """Refuse more vertices than anything can be done with."""
    vertices = shapely.get_num_coordinates(shapes)
    total, largest = int(vertices.sum()), int(vertices.max(initial=0))
    if total > MAX_VERTICES:
        raise FileFormatError(_too_many(total, MAX_VERTICES, "Le fichier", "The file"))
    if largest > MAX_FEATURE_VERTICES:
        raise FileFormatError(_too_many(largest, MAX_FEATURE_VERTICES, "Un objet", "A feature"))


def _too_many(count: int, limit: int, subject_fr: str, subject_en: str) -> Fault:
    """Fault of a file or a feature of too many vertices."""
    return Fault(
        Text(
            f"{subject_fr} compte {count} sommets ; la limite est {limit}.",
            f"{subject_en} has {count} vertices; the limit is {limit}.",
        ),
        "",
        Text("Simplifier ou découper.", "Simplify or split."),
    )
