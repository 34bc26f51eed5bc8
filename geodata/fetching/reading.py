"""Files of services go through the locked-down reader and the known layouts, like any file."""

from __future__ import annotations

import json
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd

from geodata.crs import WEB_CRS
from geodata.errors import FetchError
from geodata.fetching import faults
from geodata.fetching.session import Session
from geodata.language import Text
from geodata.layouts import Conversion, Remark, convert, recognise
from geodata.layouts.transit import gtfs_to_catalog
from geodata.reading.defects import Defect
from geodata.reading.tables import RawTable, read_tables

__all__ = ["as_layer", "file_features", "row_features", "timetable_layers"]

_QUIET = frozenset({"made_id", "assumed"})
"""Remarks of the layouts that hold for every file of a service, and would only fill the report."""


def file_features(
    path: Path, *, name: str, session: Session
) -> tuple[gpd.GeoDataFrame, list[Text]]:
    """Features of a GeoJSON file, read by the locked-down process, and what is wrong with them.

    Parameters
    ----------
    path
        File in the cache.
    name
        Name of the file for a reader, with its extension.
    session
        Whose private folder is used.

    Raises
    ------
    DataError
        The file is not what its name says.
    FetchError
        Its coordinates cannot be placed.
    """
    tables = _tables(path, name, session)
    frame = tables[0].frame
    if not isinstance(frame, gpd.GeoDataFrame) or frame.crs is None:
        raise FetchError(faults.unexpected_answer("CRS", name))
    return frame, [_defect(each, name) for each in tables[0].defects]


def row_features(
    rows: list[Any], *, name: str, session: Session, crs: object = None
) -> tuple[gpd.GeoDataFrame, list[Text]]:
    """Features of the pages of an answer, read like a file; no rows give an empty frame.

    Parameters
    ----------
    rows
        GeoJSON features.
    name
        What to call them in messages.
    session
        Whose private folder is used.
    crs
        Member ``crs`` of the answer; null is what services write for none.
    """
    if not rows:
        return _empty(), []
    content = {"type": "FeatureCollection", "features": rows}
    written = session.private / f"{uuid.uuid4().hex}.json"
    written.write_text(json.dumps(content | ({"crs": crs} if crs else {})), encoding="utf-8")
    try:
        return file_features(written, name=f"{name}.json", session=session)
    finally:
        written.unlink()


def as_layer(
    features: gpd.GeoDataFrame, *, layer: str, name: str
) -> tuple[gpd.GeoDataFrame, list[Text]]:
    """Columns of ``layer`` in WGS84, by the layout that the features are recognised by.

    Raises
    ------
    FetchError
        No layout is recognised: the service has changed.
    DataError
        The layout is of another layer.
    """
    if features.empty:
        return _empty(), []
    layout = recognise(features, name=name)
    if layout is None:
        raise FetchError(faults.unexpected_answer(", ".join(map(str, features.columns)), name))
    conversion = convert(features, layout=layout, layer=layer, name=name)
    made = [frame.to_crs(WEB_CRS) for _, frame in conversion.layers]
    said = _remarks(conversion, layer)
    return (gpd.GeoDataFrame(pd.concat(made), crs=WEB_CRS) if made else _empty()), said


def timetable_layers(
    path: Path, *, name: str, session: Session
) -> tuple[dict[str, gpd.GeoDataFrame], list[Text]]:
    """Stops and lines of a GTFS file, by layer id, and remarks.

    Raises
    ------
    DataError
        The file is no GTFS, or lacks a table.
    """
    tables = {each.name: each.frame for each in _tables(path, name, session)}
    conversion = gtfs_to_catalog(tables, name=name)
    return dict(conversion.layers), _remarks(conversion, "GTFS")


def _tables(path: Path, name: str, session: Session) -> tuple[RawTable, ...]:
    """Tables of a file under the name by which its format is known."""
    with _named(path, name, session) as copy:
        return read_tables(copy)


@contextmanager
def _named(path: Path, name: str, session: Session) -> Iterator[Path]:
    """Copy of a file under another name, removed afterwards."""
    folder = session.private / uuid.uuid4().hex
    folder.mkdir()
    try:
        copy = folder / name
        shutil.copyfile(path, copy)
        yield copy
    finally:
        shutil.rmtree(folder)


def _empty() -> gpd.GeoDataFrame:
    """Frame without a feature, in WGS84."""
    columns: dict[str, list[str]] = {"id": [], "source_date": []}
    return gpd.GeoDataFrame(columns, geometry=gpd.GeoSeries([], crs=WEB_CRS))


def _remarks(conversion: Conversion, layer: str) -> list[Text]:
    """Remarks of a conversion, one line each."""
    return [_remark(each, layer) for each in conversion.remarks if each.kind not in _QUIET]


def _remark(said: Remark, layer: str) -> Text:
    """Remark on one line."""
    who = f" ({said.count} : {', '.join(said.ids)})" if said.ids else f" ({said.count})"
    return Text(f"{layer} : {said.what.fr}{who}", f"{layer}: {said.what.en}{who}")


def _defect(met: Defect, name: str) -> Text:
    """Defect on one line."""
    return Text(f"{name} : {met.what.fr}", f"{name}: {met.what.en}")
