"""Features of a layer made ready for bulk questions: chosen, indexed, cut small, and kept."""

from __future__ import annotations

import weakref
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeAlias, TypeVar, cast

import numpy as np
import pandas as pd
import shapely

from geodata.layers import Layer

__all__ = [
    "Array",
    "Coverage",
    "Features",
    "Selection",
    "coverage_of",
    "features_of",
    "kept",
    "label",
    "numbers",
    "ready",
]

Array: TypeAlias = np.ndarray[Any, Any]
Kept = TypeVar("Kept")

_MOST_POINTS = 128
_MOST_CUTS = 20
_LINE, _POLYGON = 1, 2
_NAME_COLUMNS = ("name", "site_nom", "libelle", "document")
_KEPT: dict[int, dict[Hashable, Any]] = {}


@dataclass(frozen=True, slots=True)
class Selection:
    """Which features of a layer count."""

    layer: str
    """Layer id."""
    column: str | None = None
    """Column that decides; every feature counts without one."""
    values: tuple[str, ...] = ()
    """Values of that column that count."""
    dissolved: bool = False
    """Whether the features are merged, so that ground under two of them counts once."""


@dataclass(frozen=True, slots=True, eq=False)
class Features:
    """Shapes in the work CRS with their index; every array has one entry per shape or piece."""

    ids: Array
    """Ids, text."""
    columns: Mapping[str, Array]
    """Columns of the layer; missing words are None, missing numbers NaN."""
    shapes: Array
    """Whole shapes, prepared for predicates."""
    tree: shapely.STRtree
    """Index of ``shapes``."""
    pieces: Array
    """The same ground in small pieces: parts of polygons, segments of lines, points."""
    owners: Array
    """Position in ``shapes`` of each piece."""
    piece_tree: shapely.STRtree
    """Index of ``pieces``."""
    memo: dict[Hashable, Any] = field(default_factory=dict)
    """What is made of the pieces, once it is."""


class Coverage(NamedTuple):
    """Area that a layer speaks for."""

    key: bytes
    """The same for layers that speak for the same area."""
    area: Features
    """The area."""
    outline: Features
    """Its boundary."""


def features_of(layer: Layer, selection: Selection) -> Features:
    """Features of ``layer`` that ``selection`` names, prepared once and kept with the layer."""
    return kept(layer, selection, lambda: _chosen(layer, selection))


def coverage_of(layer: Layer) -> Coverage:
    """Area the layer speaks for, and its outline; both without features if there is none."""
    return kept(layer, ("coverage", id(layer.coverage)), lambda: _coverage(layer))


def kept(layer: Layer, key: Hashable, build: Callable[[], Kept]) -> Kept:
    """What ``build`` makes, made once for the features of ``layer`` and dropped with them."""
    frame = layer.features
    if id(frame) not in _KEPT:
        _KEPT[id(frame)] = {}
        weakref.finalize(frame, _KEPT.pop, id(frame), None)
    shelf = _KEPT[id(frame)]
    if key not in shelf:
        # The coverage stays alive with the entry: a key may hold its identity.
        shelf[key] = (build(), layer.coverage)
    return cast("Kept", shelf[key][0])


def ready(
    shapes: Array, *, ids: Array | None = None, columns: Mapping[str, Array] | None = None
) -> Features:
    """Shapes indexed, prepared and cut into small pieces."""
    shapely.prepare(shapes)
    pieces, owners = _pieces(shapes)
    tree = shapely.STRtree(shapes)
    return Features(
        ids=np.arange(len(shapes)).astype(str).astype(object) if ids is None else ids,
        columns=columns or {},
        shapes=shapes,
        tree=tree,
        pieces=pieces,
        owners=owners,
        piece_tree=tree if pieces is shapes else shapely.STRtree(pieces),
    )


def numbers(features: Features, column: str) -> Array:
    """Numbers of an optional column, NaN everywhere where the layer has no such column."""
    return features.columns.get(column, np.full(len(features.ids), np.nan))


def label(features: Features, position: int) -> str:
    """Name of one feature on the map, or its id where the layer gives it none."""
    for column in _NAME_COLUMNS:
        if column in features.columns and features.columns[column][position]:
            return str(features.columns[column][position])
    return str(features.ids[position])


def _chosen(layer: Layer, selection: Selection) -> Features:
    """Features that count, merged if asked."""
    frame = layer.features
    if selection.column is not None:
        frame = frame[frame[selection.column].isin(selection.values)]
    shapes = shapely.force_2d(frame.geometry.to_numpy())
    if selection.dissolved:
        return ready(shapely.get_parts(shapely.union_all(shapes)))
    columns = {name: _plain(frame[name]) for name in frame.columns if name != frame.geometry.name}
    return ready(
        shapes, ids=np.array([str(each) for each in frame.index], dtype=object), columns=columns
    )


def _coverage(layer: Layer) -> Coverage:
    """Coverage, indexed."""
    area = np.array([] if layer.coverage is None else [layer.coverage], dtype=object)
    parts = shapely.get_parts(area)
    rim = shapely.get_parts(shapely.boundary(shapely.union_all(parts)))
    return Coverage(b"".join(shapely.to_wkb(area)), ready(parts), ready(rim))


def _plain(column: pd.Series) -> Array:
    """Column as numbers with NaN, or as objects with None."""
    if pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column):
        return cast("Array", column.to_numpy(dtype=np.float64, na_value=np.nan))
    words = column.to_numpy(dtype=object)
    plain: Array = words.copy()
    plain[pd.isna(words)] = None
    return plain


def _pieces(shapes: Array) -> tuple[Array, Array]:
    """Small pieces of shapes, and the position of the shape each belongs to."""
    owners = np.arange(len(shapes))
    small = shapely.get_num_coordinates(shapes) <= _MOST_POINTS
    if np.all(small & (shapely.get_dimensions(shapes) != _LINE)):
        return shapes, owners
    parts, whose = shapely.get_parts(shapes, return_index=True)
    dimensions = shapely.get_dimensions(parts)
    segments, segment_of = _segments(parts[dimensions == _LINE], whose[dimensions == _LINE])
    blocks, block_of = _blocks(parts[dimensions == _POLYGON], whose[dimensions == _POLYGON])
    points = dimensions < _LINE
    return (
        np.concatenate([parts[points], segments, blocks]),
        np.concatenate([whose[points], segment_of, block_of]),
    )


def _segments(lines: Array, owners: Array) -> tuple[Array, Array]:
    """Straight segments of single lines."""
    points, line = shapely.get_coordinates(lines, return_index=True)
    joined = line[1:] == line[:-1]
    ends = np.stack([points[:-1][joined], points[1:][joined]], axis=1)
    return shapely.linestrings(ends), owners[line[1:][joined]]


def _blocks(polygons: Array, owners: Array) -> tuple[Array, Array]:
    """Polygons of many points cut in four, and again, until each block has few."""
    done: list[tuple[Array, Array]] = []
    for _ in range(_MOST_CUTS):
        big = shapely.get_num_coordinates(polygons) > _MOST_POINTS
        done.append((polygons[~big], owners[~big]))
        if not np.any(big):
            break
        polygons, owners = _quarters(polygons[big], owners[big])
    else:
        done.append((polygons, owners))
    return np.concatenate([each for each, _ in done]), np.concatenate([each for _, each in done])


def _quarters(polygons: Array, owners: Array) -> tuple[Array, Array]:
    """Polygons cut by the two middle lines of their bounds."""
    west, south, east, north = shapely.bounds(polygons).T
    across, along = (west + east) / 2, (south + north) / 2
    corners = ((west, south), (across, south), (west, along), (across, along))
    boxes = [shapely.box(x, y, x + (east - west) / 2, y + (north - south) / 2) for x, y in corners]
    cuts = shapely.intersection(np.tile(polygons, 4), np.concatenate(boxes))
    parts, cut = shapely.get_parts(cuts, return_index=True)
    parts, part_of = shapely.get_parts(parts, return_index=True)
    flat = shapely.get_dimensions(parts) == _POLYGON
    return parts[flat], np.tile(owners, 4)[cut][part_of][flat]
