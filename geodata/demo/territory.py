"""The ground of the demonstration in the work CRS: river, railways, zones, quarters, communes."""

from __future__ import annotations

import functools

import numpy as np
import shapely
from shapely.affinity import scale

from geodata.demo.ground import curve, facts, ground, outline, spot

__all__ = [
    "MAIN_RAILWAY",
    "commune_outlines",
    "quarter_outlines",
    "railways",
    "somme",
    "territory",
    "zone_outlines",
]

MAIN_RAILWAY = "Ligne Longueau – Boulogne"
"""Railway that passes the station of Amiens."""


@functools.cache
def territory() -> shapely.Polygon:
    """Area that the demonstration speaks for."""
    return outline(ground()["territory"], rounds=2)


@functools.cache
def zone_outlines() -> dict[str, shapely.Polygon]:
    """Schematic outline of each zone, scaled to its published or assumed area."""
    outlines = {}
    for zone, drawn in ground()["zones"].items():
        rough = outline(drawn)
        factor = float(np.sqrt(facts()["zones"][zone]["area_ha"] * 1e4 / rough.area))
        scaled = scale(rough, factor, factor, origin="centroid")
        outlines[zone] = shapely.set_precision(scaled, 0.01)
    return outlines


@functools.cache
def quarter_outlines() -> dict[str, shapely.Polygon]:
    """Areas inside which parcels are laid out."""
    return {quarter: outline(drawn) for quarter, drawn in ground()["quarters"].items()}


@functools.cache
def somme() -> shapely.LineString:
    """Schematic course of the Somme, which flows west."""
    return curve(ground()["somme"])


@functools.cache
def railways() -> dict[str, shapely.LineString]:
    """Schematic axis of each railway."""
    return {name: curve(drawn) for name, drawn in ground()["railways"].items()}


@functools.cache
def commune_outlines() -> dict[str, shapely.Polygon]:
    """Schematic outline of each commune by INSEE code, without gap or overlap."""
    seeds = [(code, spot(*seed)) for code, drawn in ground()["communes"].items() for seed in drawn]
    frame = territory().buffer(900, quad_segs=4)
    points = shapely.MultiPoint([point for _, point in seeds])
    owned: dict[str, list[shapely.Polygon]] = {code: [] for code in ground()["communes"]}
    for cell in shapely.voronoi_polygons(points, extend_to=frame).geoms:
        owned[next(code for code, point in seeds if cell.contains(point))].append(cell)
    return {
        code: shapely.set_precision(shapely.union_all(cells).intersection(frame), 0.01)
        for code, cells in owned.items()
    }
