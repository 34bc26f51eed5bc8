"""Facts of many sites kept on disk, so that they are measured once per edition of the layers.

Only facts that depend on the layers alone are kept, in the folder of the desk, in one file per set
of layers, sites and version of the measures. A file that is damaged, or made of other layers, is
not believed: the facts are then measured again.
"""

from __future__ import annotations

import dataclasses
import functools
import hashlib
import importlib.metadata
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import shapely

from charters.facts import Column
from charters.vocabulary import site_measures
from geodata.addresses import desk_folder
from geodata.errors import StoreError
from geodata.layers import Layer
from geodata.writing.files import clear_leftovers, replacing
from zones.measures.bulk import FEW
from zones.measures.ground import Ground
from zones.measures.measuring import measure_ground
from zones.measures.registry import measures, take_back

__all__ = ["keep_facts"]

_MOST_FILES = 4
_LIBRARIES = ("numpy", "numba", "scipy", "shapely")
_STAMP = b"technopole.stamp"
_PARTS = ("", ".missing", ".tolerance")


def keep_facts(ground: Ground, *, folder: Path | None = None) -> bool:
    """Give ``ground`` its facts, from disk where they are kept, else measured and then kept.

    Facts that depend on the day or the project are left to be measured, and so are those of a few
    sites, for which a file would take longer. A folder that cannot be written costs time only.

    Parameters
    ----------
    ground
        Sites on their layers.
    folder
        Where the files lie; ``facts`` in the folder of the desk by default.

    Returns
    -------
    Whether the facts came from disk.
    """
    if len(ground.shapes) < FEW:
        return False
    names = [name for name in measures() if not site_measures()[name].reads]
    place = desk_folder() / "facts" if folder is None else folder
    stamp = _stamp(ground)
    path = place / f"{stamp[:32]}.parquet"
    found = _read(path, stamp, names, len(ground.shapes))
    if found is not None:
        for name, column in found.items():
            take_back(ground, name, column)
        with suppress(OSError):
            path.touch()
        return True
    columns = measure_ground(ground, only=names)
    with suppress(OSError, StoreError, pa.ArrowException):
        _write(path, stamp, {name: columns[f"site.{name}"] for name in names})
    return False


def _stamp(ground: Ground) -> str:
    """Digest of all that the facts depend on."""
    digest = hashlib.sha256(_version())
    for name in sorted(ground.layers):
        layer = ground.layers[name]
        digest.update(repr(dataclasses.astuple(layer.edition)).encode())
        digest.update(b"" if layer.coverage is None else shapely.to_wkb(layer.coverage))
        if not layer.edition.digest:
            digest.update(_content(layer))
    digest.update("\n".join(map(str, ground.sites.index)).encode())
    digest.update(shapely.bounds(ground.shapes).tobytes())
    digest.update(ground.area_m2.tobytes())
    digest.update(ground.sites["contenance_m2"].to_numpy(dtype=np.float64).tobytes())
    return digest.hexdigest()


@functools.cache
def _version() -> bytes:
    """Digest of the measures themselves, and of what they compute with."""
    here = Path(__file__).parent
    sources = [*sorted(here.glob("*.py")), here.parents[1] / "charters" / "measures.yaml"]
    libraries = [importlib.metadata.version(each) for each in _LIBRARIES]
    digest = hashlib.sha256(repr([shapely.geos_version, *libraries]).encode())
    for each in sources:
        digest.update(each.read_bytes())
    return digest.digest()


def _content(layer: Layer) -> bytes:
    """Digest of the features of a layer whose edition names no file."""
    frame = pd.DataFrame(layer.features.drop(columns=layer.features.geometry.name))
    rows = pd.util.hash_pandas_object(frame.astype(str)).to_numpy()
    shapes = shapely.get_coordinates(layer.features.geometry.to_numpy())
    return hashlib.sha256(rows.tobytes() + shapes.tobytes()).digest()


def _read(path: Path, stamp: str, names: Sequence[str], count: int) -> dict[str, Column] | None:
    """Columns of the file at ``path``; None where it is absent, damaged or of something else."""
    try:
        table = pq.read_table(path)
        is_same = (table.schema.metadata or {}).get(_STAMP) == stamp.encode()
        if not is_same or table.num_rows != count:
            return None
        return {name: _column(table, name) for name in names}
    except (OSError, pa.ArrowException, KeyError, ValueError):
        return None


def _column(table: pa.Table, name: str) -> Column:
    """Column of one measure."""
    values, why, tolerance = (table[f"{name}{part}"] for part in _PARTS)
    is_word = pa.types.is_string(values.type)
    return Column(
        np.array(values.to_pylist(), dtype=object) if is_word else values.to_numpy().copy(),
        why.to_numpy().copy(),
        tolerance.to_numpy().copy(),
    )


def _write(path: Path, stamp: str, columns: dict[str, Column]) -> None:
    """Write the columns aside, then under their name; the files used longest ago go."""
    arrays = {}
    for name, column in columns.items():
        kind = pa.string() if column.values.dtype == object else pa.float64()
        parts = (pa.array(column.values, type=kind), column.missing, column.tolerance)
        arrays.update({f"{name}{part}": each for part, each in zip(_PARTS, parts, strict=True)})
    table = pa.table(arrays).replace_schema_metadata({_STAMP: stamp.encode()})
    path.parent.mkdir(parents=True, exist_ok=True)
    clear_leftovers(path)
    with replacing(path) as aside:
        pq.write_table(table, aside, compression="zstd")
    files = sorted(path.parent.glob("*.parquet"), key=lambda each: each.stat().st_mtime)
    for old in files[:-_MOST_FILES]:
        old.unlink(missing_ok=True)
