"""Plots: each block split square to its fronts, with uneven widths, back plots and merged plots."""
# ruff: noqa: PLR2004 - a drawing is made of its own figures

from __future__ import annotations

import functools
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.ops import polygonize

from geodata.demo.streets import POLES, Block, blocks, chance

__all__ = ["Plot", "Style", "plots"]


@dataclass(frozen=True, slots=True)
class Style:
    """How a block is divided."""

    name: str
    """What the plots hold: centre, housing, mixed, activity, large."""
    front_m: tuple[float, float]
    """Least and greatest width along the street."""
    row_m: float
    """Width of a block from which it has two rows of plots."""
    merged_share: float
    """Share of plots joined to their neighbour."""


@dataclass(frozen=True, slots=True)
class Plot:
    """One plot before it is drawn on the cadastral grid."""

    shape: shapely.Polygon
    """Outline, work CRS."""
    style: str
    """Style of its block."""
    quarter: str
    """Quarter it belongs to."""
    zone: str | None
    """Zone of its block."""
    block: int
    """Rank of its block."""


_STYLES = {
    style.name: style
    for style in (
        Style("centre", (12, 25), 40, 0.12),
        Style("housing", (17, 32), 54, 0.08),
        Style("mixed", (30, 66), 72, 0.15),
        Style("activity", (40, 90), 110, 0.12),
        Style("large", (95, 170), 190, 0.1),
    )
}

# Pieces smaller than this, in m2, join a neighbour.
_LEAST_M2 = {"centre": 80, "housing": 170, "mixed": 420, "activity": 900, "large": 4_000}

# Chances of each style by zone: centre, housing, mixed, activity, large.
_MIX: dict[str | None, tuple[float, ...]] = {
    "gare_la_vallee": (0.0, 0.1, 0.3, 0.45, 0.15),
    "intercampus": (0.0, 0.15, 0.38, 0.35, 0.12),
    "renancourt": (0.0, 0.24, 0.38, 0.28, 0.1),
    "gare": (0.14, 0.0, 0.58, 0.28, 0.0),
    "centre": (0.6, 0.0, 0.3, 0.1, 0.0),
    "fringe": (0.0, 0.4, 0.42, 0.18, 0.0),
    "pole": (0.0, 0.0, 0.15, 0.7, 0.15),
}
# Work CRS easting west of which the valley quarter is the old centre.
_CENTRE_EAST = 1_650_080.0


@functools.cache
def plots() -> tuple[Plot, ...]:
    """Every plot, block after block."""
    source = chance("plots")
    return tuple(
        Plot(shape, style.name, block.quarter, block.zone, rank)
        for rank, block in enumerate(blocks())
        for style in [_style(block, source)]
        for shape in _divided(block.shape, style, source)
    )


def _style(block: Block, source: np.random.Generator) -> Style:
    """Style drawn for a block; small blocks never hold large plots."""
    place: str | None = block.zone or "fringe"
    if block.quarter in POLES:
        place = "pole"
    elif block.quarter == "valley" and block.zone != "gare_la_vallee":
        west = block.shape.centroid.x < _CENTRE_EAST
        place = "centre" if west else (block.zone or "gare")
    style = list(_STYLES.values())[int(source.choice(5, p=_MIX[place]))]
    return _STYLES["mixed"] if style.name == "large" and block.shape.area < 6_000 else style


def _divided(
    block: shapely.Polygon, style: Style, source: np.random.Generator
) -> list[shapely.Polygon]:
    """Plots of one block."""
    frame = _Frame.around(block)
    mean_front = sum(style.front_m) / 2
    if (
        block.area < 1.4 * mean_front * min(frame.width, style.row_m)
        or frame.length < 1.7 * mean_front
    ):
        return [block]
    ends, body = _ends(block, frame, style, source)
    rows = _cut_along(body, frame, source) if frame.width > style.row_m else [body]
    found = []
    for row in rows:
        found += _sliced(row, frame, style, source)
    for end in ends:
        found += _sliced(end, _Frame.around(end), style, source) if end.area > 900 else [end]
    whole = _absorbed(found, least=_LEAST_M2[style.name])
    return [part for plot in whole for part in _back_plot(plot, style, source)]


@dataclass(frozen=True, slots=True)
class _Frame:
    """Axes of a piece of land: its long way and its short way."""

    corner: np.ndarray
    along: np.ndarray
    across: np.ndarray
    length: float
    width: float

    @classmethod
    def around(cls, shape: shapely.Polygon) -> _Frame:
        """Frame of the smallest rectangle around ``shape``."""
        corners = np.asarray(shape.minimum_rotated_rectangle.exterior.coords)[:4]
        sides = np.roll(corners, -1, axis=0) - corners
        lengths = np.hypot(*sides.T)
        first = int(lengths[1] > lengths[0])
        along, across = sides[first] / lengths[first], sides[first + 1] / lengths[first + 1]
        return cls(corners[first], along, across, float(lengths[first]), float(lengths[first + 1]))

    def at(self, along: float, across: float) -> np.ndarray:
        """Point of the frame in the work CRS."""
        return self.corner + self.along * along + self.across * across


def _ends(
    block: shapely.Polygon, frame: _Frame, style: Style, source: np.random.Generator
) -> tuple[list[shapely.Polygon], shapely.Polygon]:
    """Plots that turn to the side streets at each end of a long block, and what is between."""
    depth = min(style.row_m * 0.62, frame.length * 0.3)
    if frame.length < 3.0 * depth or frame.width < 1.5 * style.front_m[1]:
        return [], block
    lines = []
    for position in (depth, frame.length - depth):
        lean = source.normal(0, 3)
        lines.append(
            _line(frame.at(position - lean, -9), frame.at(position + lean, frame.width + 9))
        )
    parts = sorted(_parts(block, lines), key=lambda part: -part.area)
    return parts[1:], parts[0]


def _cut_along(
    body: shapely.Polygon, frame: _Frame, source: np.random.Generator
) -> list[shapely.Polygon]:
    """Two rows back to back, along a line that follows the middle of the block."""
    share = source.uniform(0.42, 0.58)
    points = []
    for position in np.linspace(0.04, 0.96, 6) * frame.length:
        chord = body.intersection(
            _line(frame.at(position, -9), frame.at(position, frame.width + 9))
        )
        if not chord.is_empty:
            points.append(np.asarray(chord.interpolate(share, normalized=True).coords[0]))
    if len(points) < 2:
        return [body]
    first, last = points[0] - frame.along * frame.length, points[-1] + frame.along * frame.length
    return _parts(body, [shapely.LineString([first, *points, last])])


def _sliced(
    row: shapely.Polygon, frame: _Frame, style: Style, source: np.random.Generator
) -> list[shapely.Polygon]:
    """Row of plots, cut square to the front with uneven widths."""
    positions = (np.asarray(row.exterior.coords) - frame.corner) @ frame.along
    start, stop = float(positions.min()), float(positions.max())
    cuts, position = [], start
    lean = source.normal(0, 1.5)
    while True:
        position += source.uniform(*style.front_m)
        if position > stop - style.front_m[0] * 0.8:
            break
        if source.random() < style.merged_share:
            continue
        tilt = lean + source.normal(0, 0.8)
        cuts.append(
            _line(frame.at(position - tilt, -9), frame.at(position + tilt, frame.width + 9))
        )
    return _absorbed(
        _parts(row, cuts), least=0.18 * style.front_m[0] * min(frame.width, style.row_m)
    )


def _back_plot(
    plot: shapely.Polygon, style: Style, source: np.random.Generator
) -> list[shapely.Polygon]:
    """Some deep plots give a back plot, reached by a lane along one side."""
    frame = _Frame.around(plot)
    deep = frame.length > 2.1 * frame.width > 33
    if style.name in {"centre", "large"} or not deep or source.random() > 0.3:
        return [plot]
    depth, lane = frame.length * source.uniform(0.45, 0.6), 4.0
    bend = [
        frame.at(depth, -9),
        frame.at(depth, frame.width - lane),
        frame.at(-9, frame.width - lane),
    ]
    parts = _parts(plot, [shapely.LineString(bend)])
    return parts if len(parts) == 2 and min(part.area for part in parts) > 200 else [plot]


def _absorbed(parts: list[shapely.Polygon], *, least: float) -> list[shapely.Polygon]:
    """Parts once those under ``least`` square metres have joined their best neighbour."""
    parts = sorted(parts, key=lambda part: part.area)
    while len(parts) > 1 and parts[0].area < least:
        small = parts.pop(0)
        shared = [part.intersection(small).length for part in parts]
        host = int(np.argmax(shared))
        joined = parts[host].union(small)
        if shared[host] < 1 or joined.geom_type != "Polygon":
            parts.append(small)
            break
        parts[host] = joined
        parts.sort(key=lambda part: part.area)
    return parts


def _parts(shape: shapely.Polygon, lines: list[shapely.LineString]) -> list[shapely.Polygon]:
    """Pieces of ``shape`` between ``lines``."""
    faces = polygonize(shapely.union_all([shape.boundary, *lines]))
    return [face for face in faces if shape.contains(face.representative_point())]


def _line(start: np.ndarray, stop: np.ndarray) -> shapely.LineString:
    """Straight line between two points."""
    return shapely.LineString([start, stop])
