"""Which reference system the coordinates of a file are in: never assumed against the evidence."""

from __future__ import annotations

import re
from typing import NamedTuple

import numpy as np
import pyproj
import shapely

from geodata.crs import (
    PARTNER_CRS,
    WEB_CRS,
    accuracy_m,
    likely_system,
    looks_like_metres,
    near_territory,
    normalised,
)
from geodata.reading.defects import Defect, defect

__all__ = ["Decision", "decide", "degrees_of", "outside_territory", "system_named"]

_AUTHORITIES = ("EPSG", "IGNF", "OGC", "ESRI")
_SHORT_NAME = re.compile(rf"({'|'.join(_AUTHORITIES)}):(\w+)", re.IGNORECASE)
_LONG_NAME = re.compile(r"urn:ogc:def:crs:(EPSG|OGC|IGNF):[\d.]*:(\w+)", re.IGNORECASE)
_URL_NAME = re.compile(
    r"https?://www\.opengis\.net/(?:def/crs/(EPSG|OGC)/[\d.]+/(\w+)|gml/srs/(epsg)\.xml#(\d+))",
    re.IGNORECASE,
)
_CRS84 = re.compile(r"CRS:?84", re.IGNORECASE)
_WKT = re.compile(r"\s*(PROJCS|GEOGCS|COMPD_CS|PROJCRS|GEOGCRS|GEODCRS|COMPOUNDCRS|BOUNDCRS)\s*\[")
_LONGEST_WKT = 20_000
_WORLD = (180.0, 90.0)
_FARTHEST_M = 30_000_000.0
_SWAPPED_FRANCE = (41.0, -5.5, 51.5, 10.0)
"""Metropolitan France with latitude first: x min, y min, x max, y max, degrees."""
_COARSE_M = 0.5
_MAJORITY = 0.5


class Decision(NamedTuple):
    """What was decided on the system of one table."""

    crs: pyproj.CRS | None
    """System of the coordinates; None where it must be asked for."""
    beyond: np.ndarray
    """Shapes outside the range of the system, to be set aside."""
    swapped: np.ndarray
    """Shapes whose latitude comes first."""
    bounds_said: str
    """The range of the system, for a message."""
    defects: list[Defect]
    """What is to be said, fatal or not."""


def decide(
    shapes: np.ndarray, *, names: np.ndarray, declared: str | None, asked: str | None
) -> Decision:
    """System of ``shapes``, and which of them cannot be in it.

    Parameters
    ----------
    shapes, names
        Shapes with finite coordinates, None elsewhere; and what each is called.
    declared
        Name or WKT in the file; None where the file says nothing.
    asked
        System the user named; it wins over the file's.
    """
    bounds = shapely.bounds(shapes)
    known = np.isfinite(bounds).all(axis=1)
    nowhere = np.zeros(len(shapes), dtype=bool)
    whole = _typical(bounds[known])
    said = asked or declared
    if said is None:
        return _undecided(nowhere, _missing(whole))
    crs = system_named(said)
    if crs is None:
        return _undecided(nowhere, _unknown(said, whole))
    if not known.any():
        return Decision(crs, nowhere, nowhere, "", [])
    if crs.is_geographic:
        return _in_degrees(crs, bounds, known, names)
    degrees = known & (np.abs(bounds) <= np.tile(_WORLD, 2)).all(axis=1)
    if degrees.sum() > _MAJORITY * known.sum():
        seen = _seen(bounds[degrees])
        return _undecided(
            nowhere,
            defect("degrees_not_metres", count=1, is_fatal=True, seen=seen, proposal=WEB_CRS),
        )
    beyond = known & (np.abs(bounds) > _FARTHEST_M).any(axis=1)
    return Decision(crs, beyond | degrees, nowhere, "±30 000 km", _coarse(crs))


def system_named(name: str) -> pyproj.CRS | None:
    """Reference system of that name or WKT, under its usual name; None when nobody knows it."""
    text = name.strip()
    try:
        if _WKT.match(text) and len(text) <= _LONGEST_WKT:
            return _flat(pyproj.CRS.from_wkt(text))
        if _CRS84.fullmatch(text):
            return pyproj.CRS.from_user_input("OGC:CRS84")
        match = _SHORT_NAME.fullmatch(text) or _LONG_NAME.fullmatch(text)
        match = match or _URL_NAME.fullmatch(text)
        if match is not None:
            authority, code = [each for each in match.groups() if each]
            return _flat(pyproj.CRS.from_authority(authority.upper(), code.upper()))
    except pyproj.exceptions.CRSError:
        pass
    return None


def degrees_of(points: np.ndarray, crs: pyproj.CRS) -> np.ndarray:
    """Points (n × 2) in ``crs`` as WGS84 longitudes and latitudes; infinite where impossible."""
    if not len(points):
        return points
    to_degrees = pyproj.Transformer.from_crs(crs, WEB_CRS, always_xy=True)
    return np.column_stack(to_degrees.transform(points[:, 0], points[:, 1]))


def outside_territory(bounds: np.ndarray, crs: pyproj.CRS) -> np.ndarray:
    """Which ``bounds`` (n × 4, in ``crs``) lie wholly away from the territory."""
    first, last = degrees_of(bounds[:, :2], crs), degrees_of(bounds[:, 2:], crs)
    both = np.column_stack([np.minimum(first, last), np.maximum(first, last)])
    return ~near_territory(both)


def _flat(crs: pyproj.CRS) -> pyproj.CRS | None:
    """Horizontal part of ``crs``, under its usual name; None for what is no place on the ground."""
    for part in crs.sub_crs_list or [crs]:
        if part.is_geographic or part.is_projected:
            return normalised(part.to_2d())
    return None


def _typical(bounds: np.ndarray) -> tuple[float, float, float, float] | None:
    """Bounds of the shape in the middle, which no stray coordinate moves."""
    if not len(bounds):
        return None
    west, south, east, north = np.median(bounds, axis=0)
    return float(west), float(south), float(east), float(north)


def _undecided(nowhere: np.ndarray, *defects: Defect) -> Decision:
    """Decision that is left to the user."""
    return Decision(None, nowhere, nowhere, "", list(defects))


def _in_degrees(
    crs: pyproj.CRS, bounds: np.ndarray, known: np.ndarray, names: np.ndarray
) -> Decision:
    """Decision on a file that says degrees."""
    outside = known & (np.abs(bounds) > np.tile(_WORLD, 2)).any(axis=1)
    nowhere = np.zeros(len(bounds), dtype=bool)
    whole = _typical(bounds[outside])
    if whole is not None and outside.sum() > _MAJORITY * known.sum():
        likely = likely_system(whole)
        if likely is not None and likely != WEB_CRS:
            return _undecided(nowhere, _metres(whole, likely))
    low, high = np.array(_SWAPPED_FRANCE[:2]), np.array(_SWAPPED_FRANCE[2:])
    swapped = known & ((bounds[:, :2] >= low) & (bounds[:, 2:] <= high)).all(axis=1)
    wide = known & ~outside & (bounds[:, 2] - bounds[:, 0] > _WORLD[0])
    found = [defect("antimeridian", names=names[wide])] if wide.any() else []
    return Decision(crs, outside, swapped, "±180°, ±90°", [*found, *_coarse(crs)])


def _coarse(crs: pyproj.CRS) -> list[Defect]:
    """Warning of a change of system that moves things by more than half a metre."""
    metres = accuracy_m(crs)
    if metres is not None and metres <= _COARSE_M:
        return []
    said = "?" if metres is None else f"{metres:g}"
    name = crs.to_string() if crs.to_epsg() else crs.name
    return [
        defect("coarse_operation", count=1, crs=name[:60], metres=said, partner=PARTNER_CRS),
    ]


def _metres(whole: tuple[float, float, float, float], likely: str) -> Defect:
    """Defect of metres in a file that says degrees."""
    system = "Lambert-93" if looks_like_metres(whole) and likely == PARTNER_CRS else likely
    seen = _seen(np.array([whole]))
    return defect(
        "metres_not_degrees", count=1, is_fatal=True, seen=seen, system=system, proposal=likely
    )


def _missing(whole: tuple[float, float, float, float] | None) -> Defect:
    """Defect of a file that does not say its system."""
    seen = "—" if whole is None else _seen(np.array([whole])) + "…"
    return defect("crs_missing", count=1, is_fatal=True, seen=seen, proposal=_proposal(whole))


def _unknown(name: str, whole: tuple[float, float, float, float] | None) -> Defect:
    """Defect of a system that nobody knows."""
    said = " ".join(name.split())[:60]
    return defect("crs_unknown", count=1, is_fatal=True, name=said, proposal=_proposal(whole))


def _proposal(whole: tuple[float, float, float, float] | None) -> str:
    """System to propose; that of partners when the coordinates tell nothing."""
    return (likely_system(whole) if whole is not None else None) or PARTNER_CRS


def _seen(bounds: np.ndarray) -> str:
    """First corner, as a reader recognises it."""
    x, y = bounds[0, :2]
    is_plain = _WORLD[0] < max(abs(x), abs(y)) <= _FARTHEST_M
    return f"{x:.0f}, {y:.0f}" if is_plain else f"{x:.6g}, {y:.6g}"
