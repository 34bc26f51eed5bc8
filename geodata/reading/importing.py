"""A user's file becomes layers of the catalog, with a report of everything that is wrong in it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

import geopandas as gpd
import pandas as pd

from geodata.catalog import contract
from geodata.errors import (
    ContractError,
    DataError,
    Fault,
    FileFormatError,
    MissingCrsError,
    MissingFileError,
    SelectionError,
)
from geodata.language import Text
from geodata.layers import Layer, make_layer
from geodata.layouts import Mapping, Remark, convert, recognise
from geodata.layouts.coverage import outline
from geodata.layouts.model import layouts
from geodata.layouts.transit import gtfs_to_catalog
from geodata.reading.admitting import admit
from geodata.reading.defect_words import SETS_ASIDE
from geodata.reading.defects import Defect, defect, fault_of
from geodata.reading.tables import FileTables, RawTable, read_file_tables

__all__ = ["FileReading", "Outcome", "read_file", "read_layer"]

Outcome: TypeAlias = Literal["loaded", "loaded_with_report", "refused"]

_SAID_AT_MOST = 3
_CRS_KINDS = {"crs_missing", "crs_unknown", "metres_not_degrees", "degrees_not_metres"}
_GTFS = "gtfs"


@dataclass(frozen=True, slots=True)
class FileReading:
    """What became of one file."""

    outcome: Outcome
    """Whether it can be used as it is, in part, or not."""
    layout: str | None
    """Known layouts of its tables, joined by a comma; None when none is known."""
    rows: int
    """Rows that can be used, all tables together."""
    crs: str | None
    """Systems of its tables, joined by a comma; None when none is known."""
    defects: tuple[Defect, ...]
    """Everything that is wrong, set aside or worth saying."""
    layers: tuple[Layer, ...]
    """Layers of the catalog that it gives; none when its layout must be asked for."""
    message: Text
    """The whole in a sentence."""
    tables: tuple[RawTable, ...] = ()
    """The tables as they were read, for a preview and the mapping of columns."""
    faults: tuple[Fault, ...] = ()
    """Why it is refused."""


@dataclass(slots=True)
class _Gathered:
    """What is found on the way."""

    layouts: list[str]
    frames: dict[str, list[gpd.GeoDataFrame]]
    defects: list[Defect]
    rows_apart: int = 0
    """Rows of tables that give no layer."""


def read_file(
    path: Path,
    *,
    layer: str | None = None,
    crs: str | None = None,
    mapping: Mapping | None = None,
    repair: bool = False,
    with_coverage: bool = True,
) -> FileReading:
    """What the file, folder or archive at ``path`` gives, and what is wrong with it.

    Features that cannot be used are set aside and listed, the others load. Nothing is repaired
    unless ``repair`` asks for it. A file whose layout is unknown is read all the same, and gives no
    layer until ``layer`` or ``mapping`` say what it is.

    Parameters
    ----------
    path
        File of any format that is read, see :func:`geodata.reading.tables.read_file_tables`.
    layer
        Layer id that is wanted, such as ``parcels``.
    crs
        System of the coordinates, such as ``EPSG:2154``; it wins over what the file says.
    mapping
        A planner's own mapping of columns; it wins over known layouts.
    repair
        Whether what can be repaired is.
    with_coverage
        Whether layers get the outline of what they hold as coverage, which takes a while.

    Raises
    ------
    SelectionError
        No layer has that id. Whatever is wrong with the file is in the answer, not raised.
    """
    if layer is not None:
        contract(layer)
    asked = crs or (mapping.crs if mapping is not None else None)
    try:
        found = read_file_tables(path, crs=asked, repair=repair)
    except (DataError, MissingFileError) as error:
        return _refused(error.faults)
    gathered = _Gathered([], {}, list(found.defects))
    _gather(found, gathered, layer=layer, mapping=mapping)
    layers, faults = _layers(found, gathered, repair=repair, with_coverage=with_coverage)
    return _reading(found, gathered, layers, faults, wanted=layer or mapping)


def read_layer(path: Path, *, layer: str, crs: str | None = None) -> Layer:
    """Layer ``layer`` of the file at ``path``, whole: nothing of it may have to be set aside.

    Raises
    ------
    MissingFileError, FileFormatError
        No file, or not one that is read.
    MissingCrsError
        The system of the coordinates must be asked for; the remedy proposes one.
    DataError, ContractError
        What is wrong, all at once, each naming at most five features.
    SelectionError
        No layer has that id.
    """
    contract(layer)
    found = read_file_tables(path, crs=crs)
    gathered = _Gathered([], {}, list(found.defects))
    _gather(found, gathered, layer=layer, mapping=None)
    layers, faults = _layers(found, gathered, repair=False, with_coverage=True)
    bad = [each for each in gathered.defects if each.is_fatal or each.kind in SETS_ASIDE]
    told = [fault_of(each, where=f"{found.name}, {layer}") for each in bad]
    if any(each.kind in _CRS_KINDS for each in bad):
        raise MissingCrsError(*told, *faults)
    if told or faults:
        raise ContractError(*told, *faults)
    if not layers:
        raise FileFormatError(dataclasses.replace(_NO_LAYER, where=found.name))
    return layers[0]


def _gather(
    found: FileTables, gathered: _Gathered, *, layer: str | None, mapping: Mapping | None
) -> None:
    """Turn each table into frames of the catalog."""
    timetable = {each.name: each.frame for each in found.tables if each.format == _GTFS}
    for table in found.tables:
        gathered.defects += table.defects
    if timetable:
        _add_timetable(timetable, found.name, gathered)
        return
    for table in found.tables:
        if not len(table.frame) or any(each.is_fatal for each in table.defects):
            continue
        _add_table(table, found, gathered, layer=layer, mapping=mapping)


def _add_timetable(timetable: dict[str, pd.DataFrame], name: str, gathered: _Gathered) -> None:
    """Stops and lines of a timetable."""
    try:
        made = gtfs_to_catalog(timetable, name=name)
    except DataError as error:
        gathered.defects.append(_not_read(_GTFS, error))
        return
    gathered.layouts.append(_GTFS)
    gathered.defects += [_of_remark(each) for each in made.remarks]
    for layer, frame in made.layers:
        gathered.frames.setdefault(layer, []).append(frame)


def _add_table(
    table: RawTable,
    found: FileTables,
    gathered: _Gathered,
    *,
    layer: str | None,
    mapping: Mapping | None,
) -> None:
    """Frames of one table, by mapping, known layout, or the names of the catalog."""
    layout = None if mapping is not None else recognise(table.frame, name=table.name)
    if layout is not None and layer is not None and layouts()[layout].layer != layer:
        if len(found.tables) > 1:
            return
        layout = layout if layouts()[layout].layer is not None else None
    if layout is None and mapping is None and (layer is None or len(found.tables) > 1):
        if not isinstance(table.frame, gpd.GeoDataFrame):
            count = len(table.frame)
            gathered.defects.append(defect("no_geometry", count=count, table=table.name[:60]))
        gathered.rows_apart += len(table.frame)
        return
    try:
        made = convert(table.frame, layout=layout, mapping=mapping, layer=layer, name=found.name)
    except DataError as error:
        gathered.defects.append(_not_read(table.name, error))
        return
    if layout is not None:
        gathered.layouts.append(layout)
    gathered.defects += [_of_remark(each) for each in made.remarks]
    gathered.rows_apart += 0 if made.layers else len(table.frame)
    for each, frame in made.layers:
        gathered.frames.setdefault(each, []).append(frame)


def _layers(
    found: FileTables, gathered: _Gathered, *, repair: bool, with_coverage: bool
) -> tuple[list[Layer], list[Fault]]:
    """Layers made of the frames, and why some could not be made."""
    layers, faults = [], []
    for layer, frames in gathered.frames.items():
        admitted = [admit(_with_crs(each), layer=layer, repair=repair) for each in frames]
        every = pd.concat([frame for frame, _ in admitted], ignore_index=True)
        gathered.defects += [each for _, defects in admitted for each in defects]
        if not len(every):
            continue
        if len(admitted) > 1:
            every, again = admit(every, layer=layer, repair=repair)
            gathered.defects += [each for each in again if each.kind in SETS_ASIDE]
        try:
            made = make_layer(
                every,
                layer=layer,
                date=_newest(every),
                source=found.name,
                digest=found.digest,
                producer=_said(every, "source"),
                licence=_said(every, "licence"),
            )
        except DataError as error:
            faults += [
                dataclasses.replace(each, where=f"{found.name}, {each.where}")
                for each in error.faults
            ]
            continue
        covered = outline(made.features) if with_coverage else None
        layers.append(dataclasses.replace(made, coverage=covered))
    return layers, faults


def _reading(
    found: FileTables,
    gathered: _Gathered,
    layers: list[Layer],
    faults: list[Fault],
    *,
    wanted: object,
) -> FileReading:
    """The whole, with its outcome."""
    fatal = [each for each in gathered.defects if each.is_fatal]
    usable = [each for each in found.tables if not any(defect.is_fatal for defect in each.defects)]
    rows = sum(len(each.frame) for each in usable)
    if layers:
        rows = gathered.rows_apart + sum(len(each.features) for each in layers)
    lost = [] if rows else [fault_of(each, where=found.name) for each in fatal]
    if not rows and not lost:
        told = [each for each in gathered.defects if each.kind in SETS_ASIDE | {"zero_rows"}]
        lost = [fault_of(each, where=found.name) for each in told[:1]]
        lost.append(dataclasses.replace(_NOTHING_LEFT, where=found.name))
    if wanted is not None and not layers:
        lost += faults or [
            fault_of(each, where=found.name)
            for each in gathered.defects
            if each.kind in SETS_ASIDE or each.is_fatal
        ]
        lost = list(dict.fromkeys(lost)) or [dataclasses.replace(_NO_LAYER, where=found.name)]
    systems = dict.fromkeys(
        str(each.frame.crs.to_string() if each.frame.crs.to_epsg() else each.frame.crs.name)
        for each in usable
        if isinstance(each.frame, gpd.GeoDataFrame) and each.frame.crs is not None
    )
    reading = FileReading(
        outcome="loaded",
        layout=", ".join(dict.fromkeys(gathered.layouts)) or None,
        rows=rows,
        crs=", ".join(systems) or None,
        defects=tuple(gathered.defects),
        layers=tuple(layers),
        message=Text("", ""),
        tables=found.tables,
        faults=tuple(faults),
    )
    if lost:
        return dataclasses.replace(
            reading, outcome="refused", layers=(), faults=tuple(lost), message=_together(lost)
        )
    has_report = bool(gathered.defects or faults)
    outcome: Outcome = "loaded_with_report" if has_report else "loaded"
    return dataclasses.replace(reading, outcome=outcome, message=_summary(reading))


def _refused(faults: Iterable[Fault]) -> FileReading:
    """Answer about a file that could not be read at all."""
    told = tuple(faults)
    return FileReading("refused", None, 0, None, (), (), _together(told), faults=told)


def _summary(reading: FileReading) -> Text:
    """What was read, in a sentence."""
    layers = ", ".join(f"{each.id} ({len(each.features)})" for each in reading.layers)
    set_aside = sum(each.count for each in reading.defects if each.kind in SETS_ASIDE)
    known = reading.layout or "?"
    if layers:
        fr, en = f"Couches : {layers}.", f"Layers: {layers}."
    elif reading.layout:
        fr = f"Présentation reconnue ({known}), qui ne donne pas de couche."
        en = f"Layout recognised ({known}), which gives no layer."
    else:
        fr = "Présentation inconnue : choisir la couche et faire correspondre les colonnes."
        en = "Unknown layout: choose the layer and map the columns."
    aside_fr = f" {set_aside} écartée(s)." if set_aside else ""
    aside_en = f" {set_aside} set aside." if set_aside else ""
    return Text(
        f"{reading.rows} ligne(s) lue(s).{aside_fr} {fr}",
        f"{reading.rows} row(s) read.{aside_en} {en}",
    )


def _together(faults: Iterable[Fault]) -> Text:
    """Faults in one text, at most three."""
    first = list(faults)[:_SAID_AT_MOST]
    return Text(
        " ".join(f"{each.what.fr} {each.remedy.fr}" for each in first),
        " ".join(f"{each.what.en} {each.remedy.en}" for each in first),
    )


def _with_crs(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Frame whose system is known; a conversion never loses it."""
    if frame.crs is None:
        raise MissingCrsError(_NO_CRS)
    return frame


def _of_remark(each: Remark) -> Defect:
    """Remark of the mapping as a defect."""
    return Defect(each.kind, each.count, each.ids, None, each.remedy, each.what, is_fatal=False)


def _not_read(name: str, error: DataError | SelectionError) -> Defect:
    """Defect of a table that gives no layer."""
    fault = error.faults[0]
    return defect(
        "table_not_read",
        names=[name],
        table=name[:60],
        reason_fr=fault.what.fr,
        reason_en=fault.what.en,
        remedy_fr=fault.remedy.fr,
        remedy_en=fault.remedy.en,
    )


def _newest(features: gpd.GeoDataFrame) -> str:
    """Newest date of the source that the features say."""
    if "source_date" not in features:
        return ""
    days = [each for each in features["source_date"].dropna() if isinstance(each, str)]
    return max(days, default="")


def _said(features: gpd.GeoDataFrame, column: str) -> str | None:
    """What the features say of themselves, each thing once."""
    if column not in features:
        return None
    every = features[column].dropna().astype(str).unique()[:_SAID_AT_MOST]
    return " · ".join(every) or None


_NO_LAYER = Fault(
    Text("Ce fichier ne donne pas la couche demandée.", "This file does not give that layer."),
    "",
    Text(
        "Choisir une autre couche avec --as, ou une correspondance avec --mapping.",
        "Choose another layer with --as, or a mapping with --mapping.",
    ),
)
_NOTHING_LEFT = Fault(
    Text("Aucune ligne n'est utilisable.", "No row can be used."),
    "",
    Text("Vérifier l'export d'origine.", "Check the export it comes from."),
)
_NO_CRS = Fault(
    Text("Le système de coordonnées n'est pas connu.", "The reference system is not known."),
    "",
    Text("L'indiquer avec --crs.", "Give it with --crs."),
)
