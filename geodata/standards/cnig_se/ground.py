"""Checks on the ground: shapes, reference system, overlaps, lands in their site, declared areas."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import geopandas as gpd
import numpy as np
import shapely
import shapely.geometry

from geodata.crs import to_partner
from geodata.language import Text
from geodata.standards.cnig_se.cells import at
from geodata.standards.cnig_se.findings import Finding, Severity, shown
from geodata.standards.cnig_se.placing import Ground, on_web
from geodata.standards.cnig_se.values import number_of

__all__ = ["ground_findings", "parcel_findings"]

_SLIVER_M = 0.1
"""Half the width of what two outlines may share by rounding."""
_BEYOND_M = 1.0
"""Half the width by which a land may leave its parcels, which move with each survey."""
_AREA_SHARE = 0.05
_AREA_HA = 0.05
_SQUARE_METRES_PER_HECTARE = 10_000
_AREAS = {"site_eco": "site_surf_brute", "terrain_eco": "terr_surf_brute"}


def ground_findings(grounds: dict[str, Ground]) -> Iterator[Finding]:
    """What overlaps, lies outside its site, or has another area than it says."""
    for name, column in _AREAS.items():
        if name in grounds:
            yield from _declared_areas(grounds[name], column)
    if "site_eco" in grounds:
        yield from _overlaps(grounds["site_eco"], "site_overlap", "error", _SITES_OVERLAP)
    if "terrain_eco" in grounds:
        yield from _overlaps(grounds["terrain_eco"], "land_overlap", "warning", _LANDS_OVERLAP)
    if "terrain_eco" in grounds and "site_eco" in grounds:
        yield from _outside(grounds["terrain_eco"], grounds["site_eco"])


def parcel_findings(lands: Ground, parcels: gpd.GeoDataFrame) -> Iterator[Finding]:
    """Parcels that a land names and does not lie on, and ground it covers beyond them.

    ``parcels`` are indexed by their 14 characters, in any declared CRS.
    """
    shapes = to_partner(parcels[[parcels.geometry.name]]).geometry
    known = dict(zip(shapes.index, shapes.to_numpy(), strict=True))
    area = shapely.box(*shapes.total_bounds) if len(shapes) else shapely.Polygon()
    for row, value in enumerate(lands.delivered.column("terr_refcad")):
        land = lands.shapes[row]
        named = [each for each in value.split("|") if each]
        if land is None or not named or not area.intersects(land):
            continue
        strangers = [each for each in named if each not in known]
        if strangers:
            yield _on_cell("parcel_unknown", lands, row, "terr_refcad", Text(
                f"Le parcellaire n'a pas : {', '.join(strangers[:5])}.",
                f"The cadastre does not have: {', '.join(strangers[:5])}.",
            ), place=land, value=shown(value))  # fmt: skip
            continue
        whole = shapely.union_all([known[each] for each in named])
        beyond = land.difference(whole)
        away = [each for each in named if not _is_wide(known[each].intersection(land))]
        if away or _is_wide(beyond, _BEYOND_M):
            yield _on_cell("parcel_ground", lands, row, "terr_refcad", Text(
                "Le terrain n'est pas sur les parcelles qu'il nomme."
                + (f" Loin : {', '.join(away[:5])}." if away else ""),
                "The land does not lie on the parcels it names."
                + (f" Away: {', '.join(away[:5])}." if away else ""),
            ), place=beyond if _is_wide(beyond) else land, value=shown(value),
                suggestion=_lying_on(land, shapes))  # fmt: skip


def _declared_areas(ground: Ground, column: str) -> Iterator[Finding]:
    """Areas that differ from those of their shapes by more than a twentieth."""
    for row, value in enumerate(ground.delivered.column(column)):
        told, shape = number_of(value), ground.shapes[row]
        if told is None or shape is None:
            continue
        measured = shape.area / _SQUARE_METRES_PER_HECTARE
        if abs(told - measured) > max(_AREA_HA, _AREA_SHARE * measured):
            yield _on_cell("declared_area", ground, row, column, Text(
                f"La surface déclarée n'est pas celle du contour ({measured:.2f} ha).",
                f"The declared area is not that of the outline ({measured:.2f} ha).",
            ), place=shape, value=value, severity="warning", suggestion=f"{measured:.2f}",
                expected=Text(f"{measured:.2f} ha", f"{measured:.2f} ha"))  # fmt: skip


def _overlaps(ground: Ground, rule: str, severity: Severity, what: Text) -> Iterator[Finding]:
    """Pairs of shapes that share more than what rounding makes them share."""
    rows = [row for row, shape in enumerate(ground.shapes) if shape is not None]
    shapes = ground.shapes[rows]
    if not rows:
        return
    left, right = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    left, right = left[left < right], right[left < right]
    common = shapely.intersection(shapes[left], shapes[right])
    keys = ground.delivered.column(ground.delivered.table.key)
    for pair in np.flatnonzero(shapely.area(common) > _SLIVER_M**2).tolist():
        if not _is_wide(common[pair]):
            continue
        first, other, area = rows[left[pair]], keys[rows[right[pair]]], common[pair].area
        yield _on_cell(rule, ground, first, ground.delivered.table.key, Text(
            f"{what.fr} {other} sur {area:.0f} m².", f"{what.en} {other} on {area:.0f} m².",
        ), place=common[pair], value=shown(keys[first]), severity=severity)  # fmt: skip


def _outside(lands: Ground, sites: Ground) -> Iterator[Finding]:
    """Lands that leave the site they belong to."""
    where = dict(zip(sites.delivered.column("site_id"), sites.shapes, strict=True))
    names = lands.delivered.column("site_id")
    outlines = np.array([*(where.get(site) for site in names), None], dtype=object)[:-1]
    outside = shapely.difference(lands.shapes, outlines)  # missing where one of them is
    for row in np.flatnonzero(shapely.area(outside) > _SLIVER_M**2).tolist():
        if _is_wide(outside[row]):
            share = outside[row].area / lands.shapes[row].area
            yield _on_cell("land_outside_site", lands, row, "terr_geomsurf", Text(
                f"Le terrain sort du site {names[row]} ({100 * share:.0f} % de sa surface).",
                f"The land leaves site {names[row]} ({100 * share:.0f}% of its area).",
            ), place=outside[row])  # fmt: skip


def _is_wide(shape: shapely.Geometry, half_width: float = _SLIVER_M) -> bool:
    """Whether a shape is more than what rounding leaves."""
    return shape.area > _SLIVER_M**2 and not shape.buffer(-half_width).is_empty


def _lying_on(land: shapely.Geometry, parcels: gpd.GeoSeries) -> str:
    """Parcels on which a land lies."""
    near = parcels.iloc[parcels.sindex.query(land, predicate="intersects")]
    return "|".join(sorted(near[near.intersection(land).map(_is_wide)].index))


def _on_cell(
    rule: str,
    ground: Ground,
    row: int,
    column: str,
    what: Text,
    *,
    place: shapely.Geometry,
    severity: Severity = "error",
    **about: Any,  # noqa: ANN401 - the fields of a finding
) -> Finding:
    """Finding about a cell, with its place."""
    return Finding(
        rule, severity, ground.delivered.file, what, place=on_web(place),
        **at(ground.delivered, row, column), **about,
    )  # fmt: skip


_SITES_OVERLAP = Text("Deux sites ne peuvent se recouvrir : celui-ci recouvre",
                      "Two sites may not overlap: this one overlaps")  # fmt: skip
_LANDS_OVERLAP = Text("Le terrain recouvre", "The land overlaps")
