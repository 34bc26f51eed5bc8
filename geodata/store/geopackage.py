"""Where layers live: one GeoPackage, a table per layer in the work CRS, and their editions."""

from __future__ import annotations

import dataclasses
import errno
import sqlite3
from collections.abc import Collection, Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyogrio
import pyogrio.errors
import shapely

from geodata.store import faults as store_faults
from geodata.catalog import Column, catalog
from geodata.columns import conformed, misfits
from geodata.errors import ContractError, MissingFileError, StoreError
from geodata.layers import Edition, Layer, faults
from geodata.writing.files import clear_leftovers, only_writer, replacing

__all__ = ["DEMO_STORE", "read_layers", "write_layers"]

DEMO_STORE = Path(__file__).parents[1] / "demo" / "amiens.gpkg"
"""The demonstration dataset of the package, read when no other store is named."""

_EDITIONS = "technopole_editions"
_LAYOUT_TABLE = "technopole_store"
_LAYOUT = 1
"""Changes when the tables change in a way that older or newer programs misread."""
_SQLITE_SIGNATURE = b"SQLite format 3\x00"
_STORED_DTYPES = {"text": "str", "date": "str", "number": "float64", "boolean": ""}
"""Dtypes that come out of the file as the contract wants them."""
_DATE_IN_FILE = "2000-01-01T00:00:00.000Z"
"""Written as the date of change of every table, so that equal layers make equal bytes."""


def read_layers(
    path: Path, *, only: Collection[str] | None = None, check: bool = True
) -> dict[str, Layer]:
    """Layers of the store at ``path`` by id, in the order of the catalog.

    Parameters
    ----------
    path
        GeoPackage written by :func:`write_layers`.
    only
        Layer ids wanted; all when None. One that the store does not hold is not an error.
    check
        Whether a layer that breaks its contract is refused.

    Returns
    -------
    dict of str to Layer
        Features in the work CRS, indexed by ``id``, typed as :func:`geodata.layers.make_layer`
        says: dates are ISO 8601 text, missing numbers NaN.

    Raises
    ------
    MissingFileError
        There is no file.
    StoreError
        Not a store of this program, of another layout, or damaged.
    ContractError
        ``check`` is on and layers break their contracts; every fault of all of them.
    """
    editions = _read_editions(path)
    wanted = [each for each in catalog() if each in editions and (only is None or each in only)]
    layers = {each: _read_layer(path, *editions[each]) for each in wanted}
    found = [fault for layer in layers.values() for fault in faults(layer)] if check else []
    if found:
        raise ContractError(*found)
    return layers


def write_layers(path: Path, layers: Iterable[Layer]) -> None:
    """Put ``layers`` into the store at ``path``, keeping its other layers.

    A store that does not exist is made. The file is replaced whole: whatever interrupts the
    writing, readers find the old store or the new one. Equal layers make equal bytes.

    Raises
    ------
    StoreError
        Another command is writing, the disk is full, or the file there is no store.
    """
    with only_writer(path):
        clear_leftovers(path)
        kept = read_layers(path, check=False) if path.exists() else {}
        merged = {**kept, **{layer.id: layer for layer in layers}}
        ordered = [merged[each] for each in catalog() if each in merged]
        with replacing(path) as aside, _gdal_faults(path):
            _write_tables(aside, ordered)
            _verify(aside, ordered)


def _read_editions(path: Path) -> dict[str, tuple[Edition, shapely.Geometry | None]]:
    """Edition and coverage of each layer."""
    _require_store(path)
    try:
        with closing(_open(path)) as database:
            layout = database.execute(f"SELECT layout FROM {_LAYOUT_TABLE}").fetchone()  # noqa: S608 - a constant
            if layout != (_LAYOUT,):
                raise StoreError(store_faults.other_layout(path, layout, expected=_LAYOUT))
            names = [field.name for field in dataclasses.fields(Edition)][:8]
            rows = database.execute(
                f"SELECT {', '.join(names)}, coverage FROM {_EDITIONS}"  # noqa: S608 - constants
            ).fetchall()
        editions = [
            (Edition(**dict(zip(names, row[:-1], strict=True))), shapely.from_wkt(row[-1]))
            for row in rows
        ]
    except (sqlite3.Error, shapely.errors.ShapelyError, TypeError) as error:
        raise StoreError(store_faults.not_a_store(path)) from error
    return {edition.layer: (edition, coverage) for edition, coverage in editions}


def _read_layer(path: Path, edition: Edition, coverage: shapely.Geometry | None) -> Layer:
    """One layer, with the types of its contract."""
    with _gdal_faults(path):
        table = pyogrio.read_dataframe(path.resolve(), layer=edition.layer, use_arrow=True)
    if "id" not in table:
        raise StoreError(store_faults.damaged(path))
    rules = catalog()[edition.layer]
    typed = {
        name: _typed(table[name], column) for name, column in rules.columns.items() if name in table
    }
    features = gpd.GeoDataFrame(typed, geometry=table.geometry)
    return Layer(edition.layer, features.set_index("id"), coverage, edition)


def _typed(values: pd.Series, column: Column) -> pd.Series:
    """Values in the dtype of the contract; those that break it stay, for the check to name."""
    if str(values.dtype) == _STORED_DTYPES[column.type]:
        return values
    lacking = bool(values.isna().any()) and not column.nullable
    broken = lacking or misfits(values, column=column).any()
    return values if broken else conformed(values, column=column)


def _write_tables(path: Path, layers: list[Layer]) -> None:
    """Write a whole store at ``path``, which does not exist yet."""
    earlier = pyogrio.get_gdal_config_option("OGR_CURRENT_DATE")
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": _DATE_IN_FILE})
    try:
        _write_table(path, pd.DataFrame({"layout": [_LAYOUT]}), _LAYOUT_TABLE)
        _write_table(path, _edition_rows(layers), _EDITIONS)
        for layer in layers:
            _write_table(path, layer.features.reset_index(names="id"), layer.id)
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": earlier})


def _write_table(path: Path, rows: pd.DataFrame, name: str) -> None:
    """Add one table."""
    options = {}
    if isinstance(rows, gpd.GeoDataFrame):
        # Shapes stay what they are, and no index: every reader here loads the whole table.
        options = {
            "geometry_type": "Unknown",
            "promote_to_multi": False,
            "layer_options": {"SPATIAL_INDEX": "NO"},
        }
    whole = {
        column: pd.Series(rows[column].to_numpy(object), dtype="str", index=rows.index)
        for column in rows.columns[rows.dtypes == "str"]
    }  # text that was put together from pieces would be written in as many transactions
    rows = rows.assign(**whole)
    pyogrio.write_dataframe(rows, path, layer=name, driver="GPKG", use_arrow=True, **options)


def _edition_rows(layers: list[Layer]) -> pd.DataFrame:
    """Table of editions, one row per layer."""
    columns = [field.name for field in dataclasses.fields(Edition)][:8]
    rows = pd.DataFrame([dataclasses.asdict(layer.edition) for layer in layers])[columns]
    texts = [None if layer.coverage is None else layer.coverage.wkt for layer in layers]
    return rows.astype({"rows": "int64", "demo_share": "float64"}).assign(
        coverage=pd.Series(texts, index=rows.index, dtype="str")
    )


def _verify(path: Path, layers: list[Layer]) -> None:
    """Count every row again: a full disk can end in a short file without an error."""
    with closing(_open(path)) as database:
        sound = database.execute("PRAGMA quick_check").fetchone() == ("ok",)
        counts = [
            database.execute(f'SELECT count(*) FROM "{layer.id}"').fetchone()[0]  # noqa: S608 - catalog id
            for layer in layers
        ]
    if not sound or counts != [len(layer.features) for layer in layers]:
        raise OSError(errno.EIO, "short write")


def _open(path: Path) -> sqlite3.Connection:
    """Database opened for reading only."""
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)


def _require_store(path: Path) -> None:
    """Refuse what is no SQLite file, before any other library opens it."""
    try:
        with path.open("rb") as stored:
            signature = stored.read(len(_SQLITE_SIGNATURE))
    except FileNotFoundError as error:
        raise MissingFileError(store_faults.missing(path)) from error
    except OSError as error:
        raise StoreError(store_faults.not_a_store(path)) from error
    if signature != _SQLITE_SIGNATURE:
        raise StoreError(store_faults.not_a_store(path))


@contextmanager
def _gdal_faults(path: Path) -> Iterator[None]:
    """Turn the errors of GDAL and SQLite into ours."""
    try:
        yield
    except (sqlite3.Error, pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError) as error:
        raise StoreError(store_faults.damaged(path)) from error
