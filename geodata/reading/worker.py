"""The reading process: takes one file under a generated name, gives back plain columns.

Started by :mod:`geodata.reading.locked` in a folder of its own. The request is one JSON line on the
standard input (``file``, ``result``), the answer one JSON document on the standard output: either
``{"crs": …}`` with the features in the Arrow file ``result``, or ``{"error": …, "faults": […]}``.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pyarrow as pa
import shapely

from geodata.errors import DataError, Fault, FileFormatError
from geodata.language import Text
from geodata.reading.geojson import Features, read_geojson
from geodata.reading.limits import MAX_MEMORY_BYTES, MAX_SECONDS

__all__ = ["JSON_MARK", "SHAPES", "main"]

SHAPES = "geometry"
"""Column of the result that holds shapes as WKB."""
JSON_MARK = b"as_json"
"""Marks a column whose values are of several kinds, each written as JSON."""


def main() -> None:
    """Read the file that the request names, within limits."""
    _limit_resources()
    request = json.loads(sys.stdin.readline())
    try:
        features = read_geojson(Path(request["file"]))
        _write(features, Path(request["result"]))
        answer: dict[str, Any] = {"crs": features.crs}
    except DataError as error:
        answer = {"error": type(error).__name__, "faults": [_told(each) for each in error.faults]}
    sys.stdout.write(json.dumps(answer))


def _limit_resources() -> None:
    """Bound memory and processor time, where the system can (not on Windows)."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - does not exist on Windows

    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY_BYTES, MAX_MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (MAX_SECONDS, MAX_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _write(features: Features, result: Path) -> None:
    """Write columns and shapes as an Arrow file."""
    arrays, fields = [], []
    for name, values in features.columns.items():
        array, metadata = _column(name, values)
        arrays.append(array)
        fields.append(pa.field(name, array.type, metadata=metadata))
    arrays.append(pa.array(shapely.to_wkb(features.shapes), type=pa.binary()))
    fields.append(pa.field(SHAPES, pa.binary()))
    schema = pa.schema(fields)
    with pa.OSFile(str(result), "wb") as sink, pa.ipc.new_file(sink, schema) as writer:
        writer.write_table(pa.table(arrays, schema=schema))


def _column(name: str, values: list[Any]) -> tuple[pa.Array, dict[bytes, bytes] | None]:
    """Values of one kind as they are, of several kinds each as JSON."""
    kinds = {type(value) for value in values if value is not None}
    try:
        if len(kinds) <= 1 and kinds <= {str, bool, int, float}:
            return pa.array(values), None
        if kinds == {int, float}:
            return pa.array(values, type=pa.float64()), None
    except UnicodeEncodeError as error:
        raise FileFormatError(_broken_text(name)) from error
    except (OverflowError, pa.ArrowInvalid):
        pass  # whole numbers beyond 64 bits or 2⁵³: kept exactly, as JSON
    return pa.array([json.dumps(value) for value in values]), {JSON_MARK: b"yes"}


def _broken_text(name: str) -> Fault:
    """Fault of characters that no text may hold."""
    safe = name[:40].encode("ascii", "replace").decode()
    return Fault(
        Text(
            f"La colonne « {safe} » contient des caractères Unicode incomplets.",
            f"Column “{safe}” holds incomplete Unicode characters.",
        ),
        "",
        Text("Réenregistrer le fichier en UTF-8.", "Save the file again as UTF-8."),
    )


def _told(fault: Fault) -> list[str]:
    """Fault as it travels to the parent."""
    return [*fault.what, fault.where, *fault.remedy]


if __name__ == "__main__":
    main()
