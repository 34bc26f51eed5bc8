"""Parcels: plots on the centimetre grid with shared edges, numbers and registered areas."""
# ruff: noqa: PLR2004 - a drawing is made of its own figures

from __future__ import annotations

import functools
from dataclasses import dataclass, replace
from typing import Any

import geopandas as gpd
import numpy as np
import shapely
from shapely.ops import polygonize

from geodata.demo.labels import labelled
from geodata.demo.oddities import with_odd_outlines
from geodata.demo.planted import (
    EXACT_AREA,
    FRONT_PAIR,
    NULL_AREA,
)
from geodata.demo.plots import Plot, plots
from geodata.demo.streets import chance
from geodata.demo.territory import commune_outlines, zone_outlines

__all__ = ["Parcel", "parcel_frame", "parcels"]

_SECTIONS = {
    "valley": "ZX",
    "intercampus": "ZY",
    "renancourt": "ZZ",
    "south": "ZY",
    "north": "ZZ",
    "east": "ZX",
}
_GRID_M = 0.01


@dataclass(frozen=True, slots=True)
class Parcel:
    """One parcel with its cadastral name."""

    id: str
    """Fourteen characters, as in the Etalab cadastre."""
    shape: shapely.Geometry
    """Outline, work CRS, on the centimetre grid."""
    plot: Plot
    """Plot it comes from."""


@functools.cache
def parcels() -> tuple[Parcel, ...]:
    """Every parcel, in the order of the ids."""
    drawn = _on_the_grid(with_odd_outlines(plots()))
    counters: dict[tuple[str, str], int] = {}
    communes = commune_outlines()
    named = []
    for plot in _in_order(drawn):
        middle = plot.shape.representative_point()
        commune = next(code for code, outline in communes.items() if outline.contains(middle))
        section = _SECTIONS[plot.quarter]
        number = counters[commune, section] = counters.get((commune, section), 0) + 1
        named.append(Parcel(f"{commune}000{section}{number:04d}", plot.shape, plot))
    return tuple(sorted(_front_pair_first(named), key=lambda parcel: parcel.id))


def parcel_frame() -> gpd.GeoDataFrame:
    """The ``parcels`` layer."""
    source = chance("registered areas")
    rows = [_row(parcel, source) for parcel in parcels()]
    return labelled("parcels", rows)


def _row(parcel: Parcel, source: np.random.Generator) -> dict[str, Any]:
    """Columns of one parcel; the registered area strays from the plan as real cadastres do."""
    error = min(0.01 * float(np.exp(source.normal(0, 1.308))), 0.0885)
    sign = 1 if source.random() < 0.5 else -1
    area = parcel.shape.area
    registered: float | None = round(area) + sign * int(error * area)
    if parcel.id in NULL_AREA:
        registered = None
    if parcel.id in EXACT_AREA:
        registered = 10_000
    created = int(source.integers(1986, 2024))
    updated = int(source.integers(created, 2026))
    month, day = (int(each) for each in source.integers(1, [13, 29]))
    return {
        "id": parcel.id,
        "commune": parcel.id[:5],
        "prefixe": parcel.id[5:8],
        "section": parcel.id[8:10].lstrip("0"),
        "numero": parcel.id[10:].lstrip("0"),
        "contenance": registered,
        "arpente": bool(source.random() < 0.6),
        "created": f"{created}-{month:02d}-{day:02d}",
        "updated": f"{updated + 1}-{month:02d}-{day:02d}" if updated < 2025 else "2026-09-17",
        "geometry": parcel.shape,
    }


def _on_the_grid(drawn: list[Plot]) -> list[Plot]:
    """Plots on the centimetre grid, neighbours sharing every vertex of their common edge."""
    shapes = np.array([plot.shape for plot in drawn], dtype=object)
    edges = shapely.union_all(shapely.boundary(shapes), grid_size=_GRID_M)
    faces = np.array(list(polygonize(edges)), dtype=object)
    tree = shapely.STRtree(shapes)
    face, owner = tree.query(shapely.point_on_surface(faces), predicate="within")
    return [
        replace(plot, shape=shapely.union_all(faces[face[owner == rank]]).normalize())
        for rank, plot in enumerate(drawn)
        if (owner == rank).any()
    ]


def _in_order(drawn: list[Plot]) -> list[Plot]:
    """Plots block after block, and around each block, so that neighbours have near numbers."""

    def rank(plot: Plot) -> tuple[int, float]:
        middle, point = centres[plot.block], plot.shape.centroid
        return plot.block, round(float(np.arctan2(point.y - middle.y, point.x - middle.x)), 6)

    groups: dict[int, list[shapely.Geometry]] = {}
    for plot in drawn:
        groups.setdefault(plot.block, []).append(plot.shape)
    centres = {block: shapely.union_all(shapes).centroid for block, shapes in groups.items()}
    return sorted(drawn, key=rank)


def _front_pair_first(named: list[Parcel]) -> list[Parcel]:
    """Give the two ids that every example uses to two neighbours in the first ZAC."""
    zac = zone_outlines()["gare_la_vallee"].buffer(-40)
    clear = zac.difference(zone_outlines()["gare"])
    able = [
        parcel
        for parcel in named
        if parcel.plot.style == "activity"
        and 2_500 < parcel.shape.area < 5_500
        and parcel.shape.geom_type == "Polygon"
        and clear.contains(parcel.shape)
    ]
    first, second = next(
        (left, right)
        for left in able
        for right in able
        if left.id < right.id and left.shape.intersection(right.shape).length > 25
    )
    by_id = {parcel.id: parcel for parcel in named}
    swaps = dict(zip((first.id, second.id), FRONT_PAIR, strict=True))
    for now, wanted in swaps.items():
        here, there = by_id[now], by_id[wanted]
        by_id[now], by_id[wanted] = replace(there, id=now), replace(here, id=wanted)
    return list(by_id.values())
