"""The reading process: takes one file under a generated name, gives back plain tables.

Started by :mod:`geodata.reading.locked` in a folder of its own. The request is one JSON line on the
standard input, the answer one JSON document on the standard output: ``{"tables": […]}`` with the
rows in Arrow files, ``{"members": […]}`` for an archive, or ``{"error": …, "faults": […]}``.
"""

from __future__ import annotations

import contextlib
import ctypes
import dataclasses
import json
import sys
from pathlib import Path
from typing import Any

from geodata.errors import DataError, Fault
from geodata.language import Text
from geodata.reading.limits import MAX_MEMORY_BYTES, MAX_SECONDS

__all__ = ["SHAPES", "main"]

SHAPES = "geometry"
"""Column of a result that holds shapes as WKB."""
_NEW_USER, _NEW_NET = 0x10000000, 0x40000000


def main() -> None:
    """Do what the request asks, within limits."""
    _limit_resources()
    _leave_the_network()
    request = json.loads(sys.stdin.readline())
    try:
        answer = _unpack(request) if request["do"] == "unpack" else _read(request)
    except DataError as error:
        answer = {"error": type(error).__name__, "faults": [_told(each) for each in error.faults]}
    except MemoryError:
        answer = {"error": "FileFormatError", "faults": [_told(_TOO_MUCH_MEMORY)]}
    except Exception:  # noqa: BLE001 - whatever a library says may hold a path
        answer = {"error": "FileFormatError", "faults": [_told(_DAMAGED)]}
    sys.stdout.write(json.dumps(answer))


def _unpack(request: dict[str, Any]) -> dict[str, Any]:
    """Unpack an archive."""
    from geodata.reading.archives import unpack  # noqa: PLC0415 - GDAL is not loaded for it

    members = unpack(Path(request["file"]), kind=request["kind"], name=request["name"])
    return {"members": [each._asdict() for each in members]}


def _read(request: dict[str, Any]) -> dict[str, Any]:
    """Read every table of a file."""
    from geodata.reading.found import require_small  # noqa: PLC0415 - the same

    found = _found(request)
    require_small(found)
    tables = [_settled(each, rank, request) for rank, each in enumerate(found)]
    return {"tables": tables}


def _found(request: dict[str, Any]) -> list[Any]:
    """Tables of a file, by the reader of its format."""
    path, kind, name = Path(request["file"]), request["kind"], request["name"]
    repair = request["repair"]
    # each reader loads only the libraries that it needs
    if kind == "geojson":
        from geodata.reading.geojson import read_geojson  # noqa: PLC0415

        return [read_geojson(path, name=name, repair=repair)]
    if kind == "csv":
        from geodata.reading.delimited import read_csv  # noqa: PLC0415

        return list(read_csv(path, name=name, repair=repair))
    if kind == "xlsx":
        from geodata.reading.spreadsheet import read_xlsx  # noqa: PLC0415

        return list(read_xlsx(path, name=name, repair=repair))
    if kind == "geoparquet":
        from geodata.reading.columnar import read_geoparquet  # noqa: PLC0415

        return list(read_geoparquet(path, name=name, repair=repair))
    if kind == "gtfs":
        from geodata.reading.timetable import read_gtfs  # noqa: PLC0415

        return list(read_gtfs(Path(), files=request["files"]))
    from geodata.reading.ogr import read_with_gdal  # noqa: PLC0415

    return list(read_with_gdal(path, kind=kind, name=name))


def _settled(found: Any, rank: int, request: dict[str, Any]) -> dict[str, Any]:  # noqa: ANN401 - Found
    """One table weighed and written; what the parent is told of it."""
    from geodata.reading.defects import defect  # noqa: PLC0415 - the same
    from geodata.reading.shapes import settle  # noqa: PLC0415 - the same

    crs = None
    given, rows = found.declared, found.table.num_rows
    if rows == 0:
        found.defects.append(defect("zero_rows", count=1, table=found.name))
        found.shapes = None if found.shapes is None else found.shapes[:0]
    elif found.shapes is not None:
        found, crs = settle(found, asked=request["crs"], repair=request["repair"])
    result = f"{request['result']}{rank}.arrow"
    _write(found.table, found.shapes, Path(result))
    return {
        "name": found.name,
        "result": result,
        "crs": None if crs is None else crs.to_wkt() if crs.to_epsg() is None else crs.to_string(),
        "crs_text": None if given is None else given[:2000],
        "has_shapes": found.shapes is not None,
        "rows": rows,
        "defects": [dataclasses.asdict(each) for each in found.defects],
    }


def _write(table: Any, shapes: Any, result: Path) -> None:  # noqa: ANN401 - Arrow and NumPy
    """Write columns and shapes as an Arrow file."""
    import pyarrow as pa  # noqa: PLC0415 - the same
    import shapely  # noqa: PLC0415 - the same

    if SHAPES in table.column_names:
        names = [f"{each}_" if each == SHAPES else each for each in table.column_names]
        table = table.rename_columns(names)
    if shapes is not None:
        table = table.append_column(SHAPES, pa.array(shapely.to_wkb(shapes), type=pa.binary()))
    with pa.OSFile(str(result), "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table)


def _limit_resources() -> None:
    """Bound memory and processor time, where the system can (not on Windows)."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - does not exist on Windows

    resource.setrlimit(resource.RLIMIT_AS, (4 * MAX_MEMORY_BYTES, 4 * MAX_MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_DATA, (MAX_MEMORY_BYTES, MAX_MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (MAX_SECONDS, MAX_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _leave_the_network() -> None:
    """Go where there is no network at all, on a Linux that allows it; the dead proxy stays."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).unshare(_NEW_USER | _NEW_NET)


def _told(fault: Fault) -> list[str]:
    """Fault as it travels to the parent."""
    return [*fault.what, fault.where, *fault.remedy]


_SPLIT = Text(
    "Découper le fichier, ou le réenregistrer depuis QGIS.",
    "Split the file, or save it again from QGIS.",
)
_TOO_MUCH_MEMORY = Fault(
    Text(
        f"La lecture demande plus de {MAX_MEMORY_BYTES // 2**20} Mo de mémoire.",
        f"Reading needs more than {MAX_MEMORY_BYTES // 2**20} MB of memory.",
    ),
    "",
    _SPLIT,
)
_DAMAGED = Fault(
    Text("Le fichier est abîmé et ne peut être lu.", "The file is damaged and cannot be read."),
    "",
    _SPLIT,
)


if __name__ == "__main__":
    main()
