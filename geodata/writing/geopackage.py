"""Frames become one GeoPackage in Lambert-93, as partners' GIS open it, metadata inside."""

from __future__ import annotations

import datetime as dt
import errno
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import pyogrio.errors
import shapely

from geodata.crs import to_partner
from geodata.errors import DataError, MissingCrsError, StoreError
from geodata.writing import geopackage_faults as faults
from geodata.writing.files import replacing
from geodata.writing.geopackage_metadata import write_metadata
from geodata.writing.plain import json_text, plain

__all__ = ["to_bytes", "write_geopackage"]

_VERSION = "1.2"
"""Read by QGIS 3, ArcGIS 10.6 and whatever came after them."""
_DATE_IN_FILE = "2000-01-01T00:00:00.000Z"
"""Written as the date of change of every table, so that equal frames make equal bytes."""
_MULTIPLE = {
    "Point": ("MultiPoint", shapely.multipoints),
    "LineString": ("MultiLineString", shapely.multilinestrings),
    "Polygon": ("MultiPolygon", shapely.multipolygons),
}


def write_geopackage(
    path: Path,
    frames: Mapping[str, gpd.GeoDataFrame],
    *,
    metadata: Mapping[str, Any],
    titles: Mapping[str, str] | None = None,
) -> None:
    """Write ``frames`` to ``path``, one table each in Lambert-93 metres, whole or not at all.

    Parameters
    ----------
    path
        GeoPackage to write; one that exists is replaced. Equal frames make equal bytes.
    frames
        Features by table name, in any declared CRS; an index with a name is a column too. Days
        (``datetime.date`` or ``datetime64``) stay days, numbers numbers, booleans booleans, ids
        text; lists and other plain values become JSON text. Heights are dropped, empty shapes
        are null. A table whose shapes are single and multiple holds multiple ones only.
    metadata
        Written as JSON to ``gpkg_metadata``: the same content as a GeoJSON's ``metadata``.
    titles
        Readable names of tables, by table name; the ``identifier`` that a GIS shows.

    Raises
    ------
    MissingCrsError
        A frame declares no CRS.
    DataError
        There is no frame, or two columns of a table differ in capitals only.
    StoreError
        The file cannot be written.
    """
    _check(path, frames)
    shown = {name: (titles or {}).get(name, name) for name in frames}
    with replacing(path) as aside, _gdal_faults(path), _fixed_date():
        for name, frame in frames.items():
            _write_table(aside, frame, name=name, title=shown[name])
        write_metadata(aside, metadata, moment=_DATE_IN_FILE)
        _verify(aside, {name: len(frame) for name, frame in frames.items()})


def to_bytes(
    frames: Mapping[str, gpd.GeoDataFrame],
    *,
    metadata: Mapping[str, Any],
    titles: Mapping[str, str] | None = None,
) -> bytes:
    """Content of the file that :func:`write_geopackage` writes, for a download."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "export.gpkg")
        write_geopackage(path, frames, metadata=metadata, titles=titles)
        return path.read_bytes()


def _check(path: Path, frames: Mapping[str, gpd.GeoDataFrame]) -> None:
    """Refuse what a GeoPackage cannot say, before anything is written."""
    if not frames:
        raise DataError(faults.nothing(path))
    for name, frame in frames.items():
        if frame.crs is None:
            raise MissingCrsError(faults.no_crs(name))
        columns = pd.Series([str(each) for each in _table(frame).columns])
        twins = columns[columns.str.lower().duplicated(keep=False)]
        if len(twins):
            raise DataError(faults.twin_columns(name, list(twins)))


def _table(frame: gpd.GeoDataFrame) -> pd.DataFrame:
    """Columns of a frame but its shapes; an index with a name comes first."""
    table = pd.DataFrame(frame.drop(columns=frame.geometry.name))
    if frame.index.name and frame.index.name not in table:
        table = table.reset_index()
    return table.reset_index(drop=True)


def _write_table(path: Path, frame: gpd.GeoDataFrame, *, name: str, title: str) -> None:
    """Add one table to the file."""
    shapes, kind = _shapes(frame)
    table = _table(frame)
    columns = {str(column): _stored(table[column]) for column in table}
    taken = {column.lower() for column in columns}
    rows = gpd.GeoDataFrame(columns, geometry=shapes, crs=to_partner(frame.iloc[:0]).crs)
    pyogrio.write_dataframe(
        rows,
        path,
        layer=name,
        driver="GPKG",
        use_arrow=True,
        geometry_type=kind,
        dataset_options={"VERSION": _VERSION},
        layer_options={
            "FID": _free("fid", taken),
            "GEOMETRY_NAME": _free("geom", taken),
            "IDENTIFIER": title,
        },
    )


def _shapes(frame: gpd.GeoDataFrame) -> tuple[gpd.GeoSeries, str]:
    """Shapes in Lambert-93 and in two dimensions, and the one kind of them, else ``Unknown``."""
    placed = to_partner(frame[[frame.geometry.name]]).geometry
    shapes = np.asarray(shapely.force_2d(placed.to_numpy()), dtype=object)
    shapes[shapely.is_empty(shapes)] = None
    kinds = {each.geom_type for each in shapes if each is not None}
    for single, (multiple, gather) in _MULTIPLE.items():
        if kinds == {single, multiple}:
            kinds = {multiple}
            alone = shapely.get_type_id(shapes) == shapely.GeometryType[single.upper()]
            shapes[alone] = gather(shapes[alone], indices=np.arange(alone.sum()))
    return gpd.GeoSeries(shapes, crs=placed.crs), kinds.pop() if len(kinds) == 1 else "Unknown"


def _stored(values: pd.Series) -> pd.Series:
    """Values in a type that the file knows."""
    if pd.api.types.is_bool_dtype(values) or pd.api.types.is_datetime64_any_dtype(values):
        return values
    if pd.api.types.is_numeric_dtype(values):
        # Infinity has no place in a table.
        return values.where(~np.isinf(values.astype("float64").to_numpy(na_value=np.nan)))
    present = values.dropna()
    if len(present) and all(type(each) is dt.date for each in present):
        return values.astype(object).where(values.notna(), None)
    if len(present) and all(type(each) is bool for each in present):
        return values.astype("boolean")
    return values.map(_text, na_action="ignore").astype("str")


def _text(value: object) -> str:
    """Text as it is, anything else as JSON says it."""
    known = plain(value)
    return known if isinstance(known, str) else json_text(known)


def _free(name: str, taken: set[str]) -> str:
    """Name that no column has."""
    return name if name not in taken else _free(f"{name}_", taken)


def _verify(path: Path, rows: Mapping[str, int]) -> None:
    """Count every row again: a full disk can end in a short file without an error."""
    with closing(sqlite3.connect(path)) as database:
        sound = database.execute("PRAGMA quick_check").fetchone() == ("ok",)
        counts = {
            name: database.execute(f"SELECT count(*) FROM {_quoted(name)}").fetchone()[0]  # noqa: S608 - quoted
            for name in rows
        }
    if not sound or counts != dict(rows):
        raise OSError(errno.EIO, "short write")


def _quoted(name: str) -> str:
    """Name of a table as SQL takes it."""
    return '"' + name.replace('"', '""') + '"'


@contextmanager
def _fixed_date() -> Iterator[None]:
    """Have GDAL write the same date of change every time."""
    earlier = pyogrio.get_gdal_config_option("OGR_CURRENT_DATE")
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": _DATE_IN_FILE})
    try:
        yield
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": earlier})


@contextmanager
def _gdal_faults(path: Path) -> Iterator[None]:
    """Turn the errors of GDAL and SQLite into ours."""
    try:
        yield
    except (sqlite3.Error, pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError) as error:
        raise StoreError(faults.not_written(path)) from error
