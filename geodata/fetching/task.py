"""What a service is asked to bring, and what it brings."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import TypeVar

import geopandas as gpd
import shapely

from geodata.errors import Fault, FetchError, PlanningError
from geodata.fetching.download import Download
from geodata.fetching.frames import dressed, sound
from geodata.fetching.services import Service
from geodata.fetching.session import Session
from geodata.language import Text
from geodata.layers import Layer, Layers, make_layer

__all__ = ["Brought", "Task", "combined_digest", "each_commune", "layer_of", "modified_day"]

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Task:
    """Work of one service."""

    service: Service
    """Whom to ask."""
    name: str
    """Its id."""
    topics: frozenset[str]
    """What is wanted of it."""
    communes: tuple[str, ...]
    """INSEE codes."""
    siren: str
    """SIREN of the EPCI; empty when not known."""
    session: Session
    """The visit."""
    tell: Callable[[Text, int, int], None]
    """Says what goes on: done, of how many (0 when not known)."""
    held: Callable[[str], Layers]
    """Layer of that id in the store, as a mapping that may be empty."""
    territory: Callable[[], shapely.Geometry | None]
    """Area of the communes in the work CRS, when their outlines are known."""


@dataclass(frozen=True, slots=True)
class Brought:
    """What one service gave."""

    layers: tuple[Layer, ...] = ()
    """New layers."""
    remarks: tuple[Text, ...] = ()
    """What the planner should know."""
    is_unchanged: bool = False
    """Whether every file was found unchanged (304)."""


def each_commune(task: Task, work: Callable[[str], T]) -> list[T]:
    """``work`` done for every commune.

    Raises
    ------
    FetchError
        With the faults of every commune that failed: a layer that lacks a commune is no layer.
    """
    results: list[T] = []
    failed: list[Fault] = []
    for done, commune in enumerate(task.communes):
        task.tell(Text(f"commune {commune}", f"municipality {commune}"), done, len(task.communes))
        try:
            results.append(work(commune))
        except PlanningError as error:
            failed += error.faults
    if failed:
        raise FetchError(*failed)
    return results


def layer_of(
    frame: gpd.GeoDataFrame,
    *,
    layer: str,
    task: Task,
    downloads: Iterable[Download],
    day: str,
    coverage: shapely.Geometry | None = None,
    precision: str = "real",
) -> tuple[Layer, list[Text]]:
    """Layer of the rows that the catalog accepts, with its edition, and what was set aside.

    Parameters
    ----------
    frame
        Columns of the catalog without the common ones, in any CRS.
    layer, task
        Layer id, and who brought it.
    downloads
        Files that it was read from.
    day
        Date of the source, ISO 8601; empty when not known.
    coverage
        Area it speaks for; the communes when None, if the service is exhaustive.
    precision
        How exact the shapes are.
    """
    files = tuple(downloads)
    kept, said = sound(
        dressed(frame, service=task.service, day=day or None, precision=precision), layer=layer
    )
    area = coverage if coverage is not None else task.territory()
    made = make_layer(
        kept,
        layer=layer,
        date=day,
        source=files[0].url if files else task.service.base,
        digest=combined_digest(files),
        producer=task.service.producer,
        licence=task.service.licence,
        coverage=area if task.service.is_exhaustive else None,
    )
    return made, said


def combined_digest(downloads: Iterable[Download]) -> str:
    """SHA-256 of the file, or of the checksums of several, in the order of their addresses."""
    ordered = sorted(downloads, key=lambda each: each.url)
    if len(ordered) == 1:
        return ordered[0].sha256
    return hashlib.sha256("\n".join(each.sha256 for each in ordered).encode()).hexdigest()


def modified_day(downloads: Iterable[Download]) -> str:
    """Newest day of ``Last-Modified``, ISO 8601; empty when no file has one."""
    days = []
    for each in downloads:
        try:
            days.append(parsedate_to_datetime(each.modified).date().isoformat())
        except ValueError:
            continue
    return max(days, default="")
