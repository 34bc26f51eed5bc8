"""Outlines of communes, parcels and buildings, from the cadastre that Etalab publishes."""

from __future__ import annotations

import dataclasses
import functools
from pathlib import PurePosixPath
from urllib.parse import urlsplit

import geopandas as gpd
import shapely

from geodata.crs import to_work
from geodata.fetching.download import Download, download
from geodata.fetching.frames import joined
from geodata.fetching.heights import carried_over
from geodata.fetching.reading import as_layer, file_features
from geodata.fetching.services import department, request_of
from geodata.fetching.task import (
    Brought,
    Task,
    combined_digest,
    each_commune,
    layer_of,
    modified_day,
)
from geodata.language import Text
from geodata.layers import Layer
from geodata.layouts.coverage import outline

__all__ = ["bring"]

_TOPICS = ("communes", "parcels", "buildings")


def bring(task: Task) -> Brought:
    """Layers ``communes``, ``parcels`` and ``buildings``, those that are wanted.

    Raises
    ------
    FetchError
        With every commune that failed.
    """
    layers: list[Layer] = []
    remarks: list[Text] = []
    unchanged, area = True, None
    for topic in (each for each in _TOPICS if each in task.topics):
        files = each_commune(task, functools.partial(_file, task, topic))
        unchanged &= all(file.is_unchanged for file in files)
        made, said = _known(task, topic, files, area), list[Text]()
        if made is None:
            made, said = _read(task, topic, files, area)
        if topic == "communes":
            area = made.features.geometry.union_all()
        layers.append(made)
        remarks += said
    return Brought(tuple(layers), tuple(remarks), unchanged)


def _file(task: Task, topic: str, commune: str) -> Download:
    """File of one commune."""
    values = {"commune": commune, "department": department(commune)}
    return download(task.session, request_of(task.name, topic, values=values))


def _known(
    task: Task, topic: str, files: list[Download], area: shapely.Geometry | None
) -> Layer | None:
    """Layer of the store, when it was made of these very files: reading them tells nothing new."""
    held = task.held(topic).get(topic)
    if held is None or held.edition.digest != combined_digest(files) or held.coverage is None:
        return None
    is_covered = area is None or held.coverage.equals(area)
    return held if is_covered else None


def _read(
    task: Task, topic: str, files: list[Download], area: shapely.Geometry | None
) -> tuple[Layer, list[Text]]:
    """Layer of the files of every commune, and remarks."""
    frames: list[gpd.GeoDataFrame] = []
    remarks: list[Text] = []
    for done, file in enumerate(files):
        name = PurePosixPath(urlsplit(file.url).path).name
        task.tell(Text(f"lecture de {name}", f"reading {name}"), done, len(files))
        features, defects = file_features(file.path, name=name, session=task.session)
        frame, said = as_layer(features, layer=topic, name=name)
        frames.append(frame)
        remarks += [*defects, *said]
    frame = joined(frames)
    days = [each for each in frame["source_date"] if isinstance(each, str)]
    day = max(days, default="") or modified_day(files)
    outlines = to_work(frame).geometry.union_all() if topic == "communes" else area
    made, said = layer_of(
        frame, layer=topic, task=task, downloads=files, day=day, coverage=outlines
    )
    return _completed(made, task), [*remarks, *said]


def _completed(made: Layer, task: Task) -> Layer:
    """Layer with what the files do not say: heights already known, the outline of the parcels."""
    if made.id == "buildings":
        return carried_over(made, held=task.held("buildings").get("buildings"))
    if made.id == "parcels" and made.coverage is None:
        return dataclasses.replace(made, coverage=outline(made.features))
    return made
