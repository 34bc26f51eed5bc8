"""Outlines of communes, parcels and buildings, from the cadastre that Etalab publishes."""

from __future__ import annotations

import dataclasses
import functools
from pathlib import PurePosixPath
from urllib.parse import urlsplit

import geopandas as gpd

from geodata.crs import to_work
from geodata.fetching.download import Download, download
from geodata.fetching.frames import joined
from geodata.fetching.heights import carried_over
from geodata.fetching.reading import as_layer, file_features
from geodata.fetching.services import department, request_of
from geodata.fetching.task import Brought, Task, each_commune, layer_of, modified_day
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
    layers, remarks, unchanged = [], [], True
    area = None
    for topic in (each for each in _TOPICS if each in task.topics):
        read = each_commune(task, functools.partial(_read, task, topic))
        files = [file for file, _, _ in read]
        frame = joined(each for _, each, _ in read)
        if topic == "communes":
            area = to_work(frame).geometry.union_all()
        days = [each for each in frame["source_date"] if isinstance(each, str)]
        day = max(days, default="") or modified_day(files)
        made, said = layer_of(
            frame, layer=topic, task=task, downloads=files, day=day, coverage=area
        )
        layers.append(_completed(made, task))
        remarks += [*(text for _, _, texts in read for text in texts), *said]
        unchanged &= all(file.is_unchanged for file in files)
    return Brought(tuple(layers), tuple(remarks), unchanged)


def _completed(made: Layer, task: Task) -> Layer:
    """Layer with what the files do not say: heights already known, the outline of the parcels."""
    if made.id == "buildings":
        return carried_over(made, held=task.held("buildings").get("buildings"))
    if made.id == "parcels" and made.coverage is None:
        return dataclasses.replace(made, coverage=outline(made.features))
    return made


def _read(task: Task, topic: str, commune: str) -> tuple[Download, gpd.GeoDataFrame, list[Text]]:
    """File of one commune, its features as ``topic``, and remarks."""
    values = {"commune": commune, "department": department(commune)}
    file = download(task.session, request_of(task.name, topic, values=values))
    name = PurePosixPath(urlsplit(file.url).path).name
    features, defects = file_features(file.path, name=name, session=task.session)
    frame, remarks = as_layer(features, layer=topic, name=name)
    return file, frame, [*defects, *remarks]
