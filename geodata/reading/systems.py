"""Which reference system the coordinates of a file are in: never assumed against the evidence."""

from __future__ import annotations

import re

import geopandas as gpd
import numpy as np
import pandas as pd
import pyproj
import shapely

from geodata.checking import labels
from geodata.crs import PARTNER_CRS, WEB_CRS, looks_like_metres
from geodata.errors import DataError, Fault, MissingCrsError, culprits
from geodata.language import Text

__all__ = ["placed"]

_AUTHORITIES = ("EPSG", "IGNF", "OGC", "ESRI")
_SHORT_NAME = re.compile(rf"({'|'.join(_AUTHORITIES)}):(\w+)", re.IGNORECASE)
_LONG_NAME = re.compile(r"urn:ogc:def:crs:(EPSG|OGC):[\d.]*:(\w+)", re.IGNORECASE)
_WORLD = (180.0, 90.0)
_SWAPPED_FRANCE = (41.0, -5.5, 51.5, 10.0)
"""Metropolitan France with latitude first: x min, y min, x max, y max, degrees."""


def placed(
    rows: pd.DataFrame, shapes: np.ndarray, *, declared: str | None, asked: str | None, where: str
) -> gpd.GeoDataFrame:
    """Rows with their shapes, in the system they really use.

    Parameters
    ----------
    rows, shapes
        Attributes and shapes of one file, in the same order.
    declared
        Name in the file; without one, GeoJSON is WGS84 (RFC 7946).
    asked
        System the user named; it wins over the file's.
    where
        Name of the file.

    Raises
    ------
    MissingCrsError
        The system is unknown, or the coordinates cannot be in it; the remedy proposes one.
    DataError
        Latitude and longitude are swapped, or some coordinates lie outside the system.
    """
    crs = _system(asked or declared, where)
    frame = gpd.GeoDataFrame(rows, geometry=gpd.GeoSeries(shapes, index=rows.index), crs=crs)
    bounds = shapely.bounds(shapes)
    finite = np.isfinite(bounds).all(axis=1)
    if not finite.any():
        return frame
    known, names = bounds[finite], labels(rows)[finite]
    whole = (*known[:, :2].min(axis=0), *known[:, 2:].max(axis=0))
    if not crs.is_geographic:
        _require_metres(known, where)
        return frame
    outside = (np.abs(known) > np.tile(_WORLD, 2)).any(axis=1)
    if outside.any() and looks_like_metres(whole):
        raise MissingCrsError(_metres(whole, where))
    if outside.any():
        raise DataError(_outside(names[outside], where))
    swapped = _inside(known, _SWAPPED_FRANCE)
    if swapped.any():
        raise DataError(_swapped(names[swapped], where))
    return frame


def _system(name: str | None, where: str) -> pyproj.CRS:
    """Reference system of that name; WGS84 without one."""
    if name is None:
        return pyproj.CRS.from_user_input(WEB_CRS)
    match = _SHORT_NAME.fullmatch(name.strip()) or _LONG_NAME.fullmatch(name.strip())
    if match is not None:
        try:
            return pyproj.CRS.from_authority(match[1].upper(), match[2].upper())
        except pyproj.exceptions.CRSError:
            pass
    raise MissingCrsError(_unknown(name, where))


def _require_metres(known: np.ndarray, where: str) -> None:
    """Refuse degrees where metres are said."""
    if (np.abs(known) <= np.tile(_WORLD, 2)).all():
        raise MissingCrsError(_degrees(where))


def _inside(bounds: np.ndarray, box: tuple[float, float, float, float]) -> np.ndarray:
    """Which bounds lie inside the box."""
    low, high = np.array(box[:2]), np.array(box[2:])
    inside = (bounds[:, :2] >= low) & (bounds[:, 2:] <= high)
    return np.asarray(inside.all(axis=1))


def _unknown(name: str, where: str) -> Fault:
    """Fault of a system that nobody knows."""
    return Fault(
        Text(
            f"Système de coordonnées inconnu : « {name[:60]} ».",
            f"Unknown reference system: “{name[:60]}”.",
        ),
        where,
        Text(
            f"Indiquer son code, par exemple --crs {PARTNER_CRS}.",
            f"Give its code, for instance --crs {PARTNER_CRS}.",
        ),
    )


def _metres(whole: tuple[float, ...], where: str) -> Fault:
    """Fault of Lambert-93 metres in a file that says degrees."""
    x, y = f"{whole[0]:.0f}", f"{whole[1]:.0f}"
    return Fault(
        Text(
            f"Les coordonnées ({x}, {y}…) ressemblent à des mètres Lambert-93, pas à des degrés.",
            f"The coordinates ({x}, {y}…) look like Lambert-93 metres, not degrees.",
        ),
        where,
        Text(
            f"Les lire comme {PARTNER_CRS} ? Ajouter --crs {PARTNER_CRS}.",
            f"Read them as {PARTNER_CRS}? Add --crs {PARTNER_CRS}.",
        ),
    )


def _degrees(where: str) -> Fault:
    """Fault of degrees in a file that says metres."""
    return Fault(
        Text(
            "Le système indiqué est en mètres, mais les coordonnées ressemblent à des degrés.",
            "The system given is in metres, but the coordinates look like degrees.",
        ),
        where,
        Text(
            f"Les lire comme {WEB_CRS} ? Ajouter --crs {WEB_CRS}.",
            f"Read them as {WEB_CRS}? Add --crs {WEB_CRS}.",
        ),
    )


def _outside(names: np.ndarray, where: str) -> Fault:
    """Fault of degrees beyond 180 and 90."""
    who = culprits(names)
    return Fault(
        Text(
            f"{len(names)} objet(s) hors de ±180° et ±90° : {who}.",
            f"{len(names)} feature(s) outside ±180° and ±90°: {who}.",
        ),
        where,
        Text(
            "Corriger ces coordonnées, ou indiquer leur système avec --crs.",
            "Correct these coordinates, or say their system with --crs.",
        ),
    )


def _swapped(names: np.ndarray, where: str) -> Fault:
    """Fault of latitude before longitude."""
    who = culprits(names)
    return Fault(
        Text(
            f"Latitude et longitude semblent inversées pour {len(names)} objet(s) : {who}.",
            f"Latitude and longitude look swapped for {len(names)} feature(s): {who}.",
        ),
        where,
        Text(
            "Exporter de nouveau le fichier, longitude d'abord (RFC 7946).",
            "Export the file again, longitude first (RFC 7946).",
        ),
    )
