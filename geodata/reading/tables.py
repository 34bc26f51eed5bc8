"""A user's file becomes its tables, read in a separate process, with what is wrong in each."""

from __future__ import annotations

import dataclasses
import json
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pyarrow as pa
import pyproj
import shapely

from geodata.errors import DataError, Fault, FileFormatError, MissingFileError
from geodata.language import Text
from geodata.reading.defects import Defect, defect, defect_from
from geodata.reading.found import JSON_MARK
from geodata.reading.gathering import Gathered, Source, gather
from geodata.reading.locked import ask, deadline
from geodata.reading.worker import SHAPES

__all__ = ["FileTables", "RawTable", "read_file_tables", "read_tables"]

_AT_ONCE = 2


@dataclass(frozen=True, slots=True)
class RawTable:
    """One table of a file, before its meaning is known."""

    name: str
    """Name of the table in the file, or of the file without its extension."""
    format: str
    """Format it was read from, a key of :data:`geodata.reading.detecting.DRIVERS`."""
    frame: gpd.GeoDataFrame | pd.DataFrame
    """The file's own columns, untouched; rows that cannot be used are set aside and told.

    With shapes it is a GeoDataFrame in two dimensions, whose CRS is set when it is known.
    """
    crs_text: str | None
    """What the file itself says of its reference system."""
    defects: tuple[Defect, ...]
    """What is wrong with it."""
    rows: int = 0
    """Rows in the file, those set aside among them."""


@dataclass(frozen=True, slots=True)
class FileTables:
    """Everything one file holds."""

    name: str
    """Name of the file, without its folder."""
    tables: tuple[RawTable, ...]
    """Tables in the order of the file."""
    defects: tuple[Defect, ...]
    """What is wrong with the file as a whole."""
    digest: str
    """SHA-256 of the file."""


def read_tables(
    path: Path, *, crs: str | None = None, repair: bool = False
) -> tuple[RawTable, ...]:
    """Tables of the file, folder or archive at ``path``; see :func:`read_file_tables`."""
    return read_file_tables(path, crs=crs, repair=repair).tables


def read_file_tables(path: Path, *, crs: str | None = None, repair: bool = False) -> FileTables:
    """Tables of the file, folder or archive at ``path``, one per layer found in it.

    The format is told from the content. Files are copied under generated names, then read by
    separate processes that have no network, one GDAL driver at most, and bounded time and memory.
    Nothing the user wrote becomes a path. A table whose system of coordinates must be asked for
    has a fatal defect and no CRS.

    Parameters
    ----------
    path
        File, folder or archive.
    crs
        System of the coordinates, such as ``EPSG:2154``; it wins over what the file says.
    repair
        Whether outlines are made valid, open rings closed and swapped coordinates swapped back.

    Raises
    ------
    MissingFileError, FileFormatError
        No file, or none that is read; damaged, or larger than the limits.
    DataError
        Contents that cannot be understood at all.
    """
    until = deadline()
    name = path.resolve().name if path.name in {"", "..", "."} else path.name
    try:
        with tempfile.TemporaryDirectory(prefix="technopole-") as temporary:
            folder = Path(temporary)
            found = gather(
                path,
                folder=folder,
                unpack=lambda file, kind, said: ask(
                    {"do": "unpack", "kind": kind, "file": file.name, "name": said},
                    folder=folder,
                    until=until,
                )["members"],
            )
            tables, defects = _read(found, folder, crs=crs, repair=repair, until=until)
    except (DataError, MissingFileError) as error:
        faults = [dataclasses.replace(each, where=name) for each in error.faults]
        raise type(error)(*faults) from error
    except OSError as error:
        raise FileFormatError(dataclasses.replace(_NO_ROOM, where=name)) from error
    return FileTables(name, tuple(tables), tuple(defects), found.digest)


def _read(
    found: Gathered, folder: Path, *, crs: str | None, repair: bool, until: float
) -> tuple[list[RawTable], list[Defect]]:
    """Tables of every set of files; one that cannot be read does not lose the others."""

    def read(numbered: tuple[int, Source]) -> list[RawTable] | DataError:
        rank, source = numbered
        try:
            return _tables(source, rank, folder, crs=crs, repair=repair, until=until)
        except DataError as error:
            return error

    with ThreadPoolExecutor(_AT_ONCE) as pool:
        results = list(pool.map(read, enumerate(found.sources)))
    refusals = [
        (source, result)
        for source, result in zip(found.sources, results, strict=True)
        if isinstance(result, DataError)
    ]
    if len(refusals) == len(results):
        raise refusals[0][1]
    tables = [table for result in results if isinstance(result, list) for table in result]
    defects = [_not_read(source, error) for source, error in refusals]
    if found.ignored:
        defects.append(defect("file_ignored", names=found.ignored))
    return tables, defects


def _tables(
    source: Source, rank: int, folder: Path, *, crs: str | None, repair: bool, until: float
) -> list[RawTable]:
    """Tables of one set of files."""
    request = {
        "do": "read",
        "kind": source.kind,
        "file": source.file,
        "files": source.files,
        "name": source.name,
        "crs": crs,
        "repair": repair,
        "result": f"result{rank}-",
    }
    answer = ask(request, folder=folder, until=until)
    beside = [
        defect("missing_companion", count=1, extension=f".{each}", table=source.name)
        for each in source.missing
    ]
    return [_table(told, source.kind, folder, beside) for told in answer["tables"]]


def _table(told: dict[str, Any], kind: str, folder: Path, beside: list[Defect]) -> RawTable:
    """One table as the reading process wrote it."""
    rows, shapes = _frame(folder / told["result"])
    frame: gpd.GeoDataFrame | pd.DataFrame = rows
    if shapes is not None:
        crs = None if told["crs"] is None else pyproj.CRS.from_user_input(told["crs"])
        geometry = gpd.GeoSeries(shapes, index=rows.index, crs=crs)
        frame = gpd.GeoDataFrame(rows, geometry=geometry)
    defects = [*beside, *(defect_from(each) for each in told["defects"])]
    return RawTable(told["name"], kind, frame, told["crs_text"], tuple(defects), told["rows"])


def _frame(result: Path) -> tuple[pd.DataFrame, Any]:
    """Rows and shapes of a result file; no shapes for a plain table."""
    with pa.OSFile(str(result), "rb") as source:
        table = pa.ipc.open_file(source).read_all()
    columns = {
        field.name: _values(table.column(field.name), field)
        for field in table.schema
        if field.name != SHAPES
    }
    rows = pd.DataFrame(columns, index=pd.RangeIndex(table.num_rows))
    if SHAPES not in table.column_names:
        return rows, None
    return rows, shapely.from_wkb(table.column(SHAPES).to_numpy(zero_copy_only=False))


def _values(column: pa.ChunkedArray, field: pa.Field) -> pd.Series:
    """One column, values of several kinds as objects."""
    if field.metadata and JSON_MARK in field.metadata:
        return pd.Series([json.loads(each) for each in column.to_pylist()], dtype=object)
    if pa.types.is_null(field.type):
        return pd.Series([None] * len(column), dtype=object)
    return column.to_pandas()


def _not_read(source: Source, error: DataError) -> Defect:
    """Defect of a set of files that was refused beside others that were read."""
    fault = error.faults[0]
    return defect(
        "table_not_read",
        names=[source.name],
        table=source.name[:60],
        reason_fr=fault.what.fr,
        reason_en=fault.what.en,
        remedy_fr=fault.remedy.fr,
        remedy_en=fault.remedy.en,
    )


_NO_ROOM = Fault(
    Text("Le fichier ne peut pas être copié.", "The file cannot be copied."),
    "",
    Text("Vérifier les droits et la place libre.", "Check rights and free space."),
)
