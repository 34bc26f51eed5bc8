"""Awkward outlines planted among the plots: astride a zone's edge, in two parts, slivers."""
# ruff: noqa: PLR2004 - a drawing is made of its own figures

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

import numpy as np
import shapely
from shapely.ops import polygonize

from geodata.demo.plots import Plot
from geodata.demo.territory import zone_outlines

__all__ = ["with_odd_outlines"]


def with_odd_outlines(drawn: Iterable[Plot]) -> list[Plot]:
    """Plots once the awkward outlines of the planted cases are among them."""
    drawn = list(drawn)
    for zone in ("gare_la_vallee", "intercampus", "renancourt"):
        drawn = _astride(drawn, zone_outlines()[zone])
    return _slivers(_with_hole(drawn))


def _astride(drawn: list[Plot], zone: shapely.Polygon) -> list[Plot]:
    """Join one plot inside the zone to the neighbour behind it, outside."""
    inside = [plot for plot in drawn if zone.contains(plot.shape.representative_point())]
    for plot in inside:
        if plot.shape.distance(zone.exterior) > 1 or not 700 < plot.shape.area < 6_000:
            continue
        for other in drawn:
            if (
                not zone.contains(other.shape.representative_point())
                and 500 < other.shape.area < 5_000
                and plot.shape.intersection(other.shape).length > 15
            ):
                joined = plot.shape.union(other.shape)
                if joined.geom_type == "Polygon":
                    kept = [each for each in drawn if each not in (plot, other)]
                    return [*kept, replace(plot, shape=joined)]
    return drawn


def _with_hole(drawn: list[Plot]) -> list[Plot]:
    """One parcel in two parts on both sides of a street, with a transformer's parcel inside."""
    big = _first(drawn, lambda plot: plot.zone == "renancourt" and 5_000 < plot.shape.area < 9_000)
    middle = big.shape.representative_point()
    hole = shapely.box(middle.x - 7, middle.y - 5, middle.x + 7, middle.y + 5)
    across = _first(
        drawn,
        lambda plot: (
            plot.block != big.block
            and plot.zone == "renancourt"
            and 600 < plot.shape.area < 3_000
            and plot.shape.distance(big.shape) < 16
        ),
    )
    parts = [big.shape.difference(hole), across.shape]
    kept = [plot for plot in drawn if plot not in (big, across)]
    return [*kept, replace(big, shape=shapely.MultiPolygon(parts)), replace(big, shape=hole)]


def _slivers(drawn: list[Plot]) -> list[Plot]:
    """Two strips half a metre wide, side by side along one plot."""
    plot = _first(
        drawn,
        lambda each: (
            each.zone == "intercampus"
            and each.style == "activity"
            and 2_000 < each.shape.area < 5_000
        ),
    )
    corners = np.asarray(plot.shape.minimum_rotated_rectangle.exterior.coords)[:3]
    inward = (corners[2] - corners[1]) / np.hypot(*(corners[2] - corners[1]))
    positions = (np.asarray(plot.shape.exterior.coords) - corners[0]) @ inward
    start = float(np.sort(positions)[1]) + 2.0
    side = corners[1] - corners[0]
    lines = [
        shapely.LineString([corners[0] + inward * depth - side, corners[1] + inward * depth + side])
        for depth in (start, start + 0.5, start + 1.0)
    ]
    pieces = polygonize(shapely.union_all([plot.shape.boundary, *lines]))
    kept = [each for each in drawn if each is not plot]
    return [*kept, *(replace(plot, shape=piece) for piece in pieces)]


def _first(drawn: Iterable[Plot], fits: Callable[[Plot], bool]) -> Plot:
    """First plot that fits."""
    return next(plot for plot in drawn if fits(plot))
