"""What surrounds the zones: communes, river, railways, park, and schematic flood zones."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import shapely

from geodata.demo.ground import facts, ground, observatory, outline, surface
from geodata.demo.labels import PRODUCER, Label, labelled
from geodata.demo.territory import commune_outlines, railways, somme, territory

__all__ = ["commune_frame", "context_frame", "flood_communes", "flood_frame"]

# Mean reach from the Somme and swing, in metres, of the outer edge of each type of flood zone.
_REACHES_M = {"1": (72.0, 14.0), "2": (118.0, 30.0), "3": (215.0, 60.0), "4": (350.0, 80.0)}
_FLOOD_DOCUMENT = (
    "Schéma inspiré du PPRI Vallée de la Somme et affluents – ne vaut pas document réglementaire"
)


def commune_frame() -> gpd.GeoDataFrame:
    """The ``communes`` layer: schematic outlines, for context."""
    rows = [
        {
            "id": code,
            "insee": code,
            "name": name,
            "population": observatory()["communes"][code],
            "geometry": commune_outlines()[code],
        }
        for code, name in facts()["communes"].items()
    ]
    source = f"{PRODUCER} – contexte, non opposable ; population : ordre de grandeur de 2021"
    return labelled("communes", rows, Label(source))


def context_frame() -> gpd.GeoDataFrame:
    """The ``context`` layer: the Somme, railways, the Hortillonnages, schematic."""
    park = outline(ground()["hortillonnages"])
    named = [
        ("context-somme", "La Somme", "river", somme()),
        ("context-hortillonnages", "Hortillonnages", "park", park),
    ]
    for rank, (name, axis) in enumerate(railways().items(), 1):
        named.append((f"context-rail-{rank}", name, "railway", axis))
    rows = [dict(zip(("id", "name", "kind", "geometry"), each, strict=True)) for each in named]
    return labelled("context", rows, Label(f"{PRODUCER} – tracé schématique ± 300 m"))


def flood_communes() -> shapely.Geometry:
    """Area of the communes where the demonstration knows the flood zones, work CRS."""
    outlines = [commune_outlines()[code] for code in ("80021", "80674", "80164", "80489", "80379")]
    return surface(shapely.union_all(outlines).intersection(territory()))


def flood_frame() -> gpd.GeoDataFrame:
    """The ``flood_zones`` layer: types 1 to 4 outwards from the Somme, schematic."""
    known = flood_communes()
    done = shapely.Polygon()
    rows = []
    for kind, (reach, swing) in _REACHES_M.items():
        area = _valley(reach, swing, phase=int(kind))
        band = surface(area.difference(done).intersection(known))
        done = done.union(area)
        rows.append(
            {
                "id": f"flood-{kind}",
                "zone_type": kind,
                "document": _FLOOD_DOCUMENT,
                "geometry": band,
            }
        )
    return labelled("flood_zones", rows)


def _valley(reach: float, swing: float, *, phase: int) -> shapely.Geometry:
    """Land within a winding distance of the Somme."""
    river = somme()
    stations = np.arange(0, river.length, 25)
    waves = np.sin(stations / 310 + phase) + 0.6 * np.sin(stations / 127 + 2.1 * phase)
    reaches = np.maximum(reach + swing * waves, reach * 0.5)
    discs = shapely.buffer(shapely.line_interpolate_point(river, stations), reaches, quad_segs=8)
    return shapely.union_all(discs).simplify(2)
