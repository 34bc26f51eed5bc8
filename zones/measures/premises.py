"""Places that could be used again: vacant units and brownfields large enough for the project.

Code de commerce, L. 752-6 IV: no usable brownfield in the town centre, else in the periphery. A
vacant unit is large enough with the sales area of the project, a brownfield with its footprint and
its car park. What lies on the site itself is used by the project, and does not count; nor does a
brownfield that already has a project or a new use. Periphery is whatever is in no town centre.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import cast

import numpy as np
import shapely

from charters.facts import Missing
from geodata.language import number_text
from zones.measures.access import access_of
from zones.measures.commerce import is_known_in
from zones.measures.features import Array, Selection, kept, label
from zones.measures.ground import Ground, once, selected
from zones.measures.network import cost_to_nearest, network_of, reach_of
from zones.measures.registry import Drawn, Reading, measure, missing_where
from zones.measures.walking import site_access

__all__ = [
    "brownfield_share",
    "reusable_centre_count",
    "reusable_periphery_count",
    "reusable_places",
]

_CENTRES = Selection("commercial_sectors", "kind", ("centre",))
_UNITS = Selection("shops", "status", ("existing",))
_BROWNFIELDS = Selection("brownfields", "status", ("vacant",))
_LAYERS = ("shops", "brownfields")
_NAMED = 4
_STREETS = "streets"


@dataclass(frozen=True, slots=True, eq=False)
class _Places:
    """Vacant units, then brownfields."""

    shapes: Array
    names: Array
    size: Array
    need: Array
    is_central: Array
    tree: shapely.STRtree


def _show(ground: Ground, threshold: float | None, *, central: bool) -> Drawn:  # noqa: ARG001 - one signature
    """Places that are large enough, with their area and the way to walk, the nearest first."""
    places = _places(ground)
    found = np.flatnonzero((places.is_central == central) & (places.size >= places.need))
    found = found[~shapely.intersects(places.shapes[found], ground.shapes[0])]
    found = found[np.argsort(shapely.distance(places.shapes[found], ground.shapes[0]))]
    return [("target", "", ground.shapes[0])] + [
        ("target", _said(places, each) + _walk(ground, places.shapes[each]), places.shapes[each])
        for each in found.tolist()
    ]


@measure(show=functools.partial(_show, central=True))
def reusable_centre_count(ground: Ground) -> Reading:
    """Number of vacant units and brownfields of the town centres that are large enough.

    Missing where none is known to be and the area of one is not known, and where a centre reaches
    beyond the coverage of the shops or the brownfields.
    """
    reading = _count(ground, central=True)
    centres = selected(ground, _CENTRES).shapes
    if not np.all(is_known_in(ground, centres, _LAYERS)):
        reading.missing[:] = Missing.COVERAGE_EDGE
    return reading


@measure(show=functools.partial(_show, central=False))
def reusable_periphery_count(ground: Ground) -> Reading:
    """Number of vacant units and brownfields outside the town centres that are large enough.

    Missing where none is known to be and the area of one is not known.
    """
    return _count(ground, central=False)


@measure(show=functools.partial(_show, central=True))
def reusable_places(ground: Ground) -> Reading:
    """Names and areas of a few places that are large enough, the centre and the best fit first."""
    places = _places(ground)
    fits = np.flatnonzero(places.size >= places.need)
    order = fits[np.lexsort((places.size[fits], ~places.is_central[fits]))][:_NAMED]
    words = ", ".join(_said(places, each) for each in order.tolist()) or None
    count = len(ground.shapes)
    why = missing_where(np.full(count, words is None), Missing.UNDEFINED)
    return Reading(np.full(count, words, dtype=object), why)


@measure(show=functools.partial(_show, central=False))
def brownfield_share(ground: Ground) -> Reading:
    """Part (0-1) of the site that is a brownfield without a project."""
    fields = selected(ground, _BROWNFIELDS)
    site, field = fields.tree.query(ground.shapes, predicate="intersects")
    shared = shapely.area(shapely.intersection(ground.shapes[site], fields.shapes[field]))
    area = np.bincount(site, weights=shared, minlength=len(ground.shapes))
    share = np.divide(area, ground.area_m2, out=np.zeros(len(area)), where=ground.area_m2 > 0)
    why = missing_where(~(ground.area_m2 > 0), Missing.UNDEFINED)
    return Reading(np.minimum(share, 1.0), why, area == 0)


def _count(ground: Ground, *, central: bool) -> Reading:
    """Places of one kind that are large enough and not on the site."""
    places = _places(ground)
    here = places.is_central == central
    fits, doubtful = here & (places.size >= places.need), here & np.isnan(places.size)
    site, place = _on_site(ground, places)
    count = len(ground.shapes)
    number, unknown = (
        np.count_nonzero(chosen) - np.bincount(site[chosen[place]], minlength=count)
        for chosen in (fits, doubtful)
    )
    why = missing_where((number == 0) & (unknown > 0), Missing.NULL_DATUM)
    return Reading(number.astype(np.float64), why)


def _on_site(ground: Ground, places: _Places) -> tuple[Array, Array]:
    """Pairs of a site and a place that lies on it, the same for every project."""
    return cast(
        "tuple[Array, Array]",
        once(
            ground,
            "places on site",
            lambda: places.tree.query(ground.shapes, predicate="intersects"),
        ),
    )


def _places(ground: Ground) -> _Places:
    """Every place with its size and what the project needs of it."""
    units, fields = selected(ground, _UNITS), selected(ground, _BROWNFIELDS)
    sales, footprint, parking = (
        float(ground.project[f"project.{name}"].values[0])
        for name in ("sales_area", "footprint", "parking_area")
    )
    shapes, names, is_central, tree, is_vacant = _kept(ground)
    size = np.concatenate(
        [units.columns["sales_area_m2"][is_vacant], fields.columns["usable_area_m2"]]
    ).astype(np.float64)
    need = np.where(np.arange(len(size)) < is_vacant.sum(), sales, footprint + parking)
    return _Places(shapes, names, size, need, is_central, tree)


def _kept(ground: Ground) -> tuple[Array, Array, Array, shapely.STRtree, Array]:
    """What :func:`_found` finds, kept with the layers it comes from."""
    parts = tuple(ground.layers[each].features for each in ("brownfields", "commercial_sectors"))
    key = ("reusable places", *(id(each) for each in parts))
    # the parts stay alive with the entry: its key holds their identity
    return kept(ground.layers["shops"], key, lambda: (_found(ground), parts))[0]


def _found(ground: Ground) -> tuple[Array, Array, Array, shapely.STRtree, Array]:
    """Shapes, names, whether in a centre, their index; and which units stand empty."""
    units, fields = selected(ground, _UNITS), selected(ground, _BROWNFIELDS)
    is_vacant = units.columns["vacant"].astype(bool)
    names = [label(units, each) for each in np.flatnonzero(is_vacant).tolist()]
    names += [label(fields, each) for each in range(len(fields.ids))]
    shapes = np.concatenate([units.shapes[is_vacant], fields.shapes])
    is_central = np.zeros(len(shapes), dtype=bool)
    inside = selected(ground, _CENTRES).tree.query(
        shapely.point_on_surface(shapes), predicate="intersects"
    )[0]
    is_central[inside] = True
    return shapes, np.array(names, dtype=object), is_central, shapely.STRtree(shapes), is_vacant


def _said(places: _Places, position: int) -> str:
    """Name and area of a place."""
    return f"{places.names[position]} · {_metres(places.size[position])} m²"


def _walk(ground: Ground, shape: shapely.Geometry) -> str:
    """Walking distance to a place along the streets, empty where it is not known."""
    if _STREETS not in ground.layers:
        return ""
    network = network_of(ground.layers[_STREETS], mode="walk")
    reach = reach_of(network, access_of(network.lines, np.array([shape], dtype=object)))
    metres = cost_to_nearest(network, site_access(ground), reach, count=1)[0]
    return f" · {_metres(metres)} m" if np.isfinite(metres) else ""


def _metres(value: float) -> str:
    """Whole number as written in French, which English reads too."""
    return number_text(float(value), "fr", decimals=0)
