"""Commerce: sectors, shops and hotels."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import numpy as np
import shapely

from geodata.demo.ground import facts, ground, outline, spot
from geodata.demo.labels import SYNTHETIC, Label, labelled, quoted
from geodata.demo.parcels import parcels
from geodata.demo.streets import chance
from geodata.demo.territory import quarter_outlines

__all__ = ["hotel_frame", "sector_frame", "shop_frame"]

_FAMILIES = ("food", "household", "clothing", "culture", "services", "mixed")
_SMALLEST_SHOP_M2 = 15.0


def sector_frame() -> gpd.GeoDataFrame:
    """The ``commercial_sectors`` layer: published poles, schematic outlines."""
    rows, labels = [], []
    for key, about in facts()["sectors"].items():
        kept = {name: about[name] for name in ("name", "kind", "reference_sales_area_m2")}
        rows.append({"id": f"sector-{key}", **kept, "geometry": _sector(key)})
        source = f"{about['source']} ; contour schématique"
        labels.append(Label(source, source_date=None, licence="inconnue"))
    return labelled("commercial_sectors", rows, labels)


def shop_frame() -> gpd.GeoDataFrame:
    """The ``shops`` layer: made-up shops that add up to a plausible stock in each sector."""
    source = chance("shops")
    rows: list[dict[str, Any]] = []
    for key, about in facts()["sectors"].items():
        rows += _stock(key, **about["shops"], source=source)
    for status in ("authorised", "pending"):
        for key, about in facts()["sectors"].items():
            if about[f"{status}_m2"] is not None:
                point = _points_in(key, 1, source)[0]
                rows.append(_shop(point, float(about[f"{status}_m2"]), status=status))
    rows.append(_shop(_points_in("east", 1, source)[0], None))
    for rank, row in enumerate(rows, 1):
        row["name"] = f"Commerce fictif {rank}"
    return labelled("shops", rows)


def hotel_frame() -> gpd.GeoDataFrame:
    """The ``hotels`` layer: rooms of real hotels where published, made-up ones that say so."""
    rows, labels = [], []
    for hotel in facts()["hotels"]:
        kept = {"name": hotel["name"], "rooms": hotel["rooms"], "status": "existing"}
        rows.append({**kept, "geometry": spot(*hotel["drawn"])})
        labels.append(quoted(hotel["source"], metres=hotel["metres"]))
    for rank, hotel in enumerate(facts()["made_up_hotels"], 1):
        kept = {name: hotel[name] for name in ("rooms", "stars", "status")}
        rows.append({"name": f"Hôtel fictif {rank}", **kept, "geometry": spot(*hotel["drawn"])})
        labels.append(SYNTHETIC)
    return labelled("hotels", rows, labels)


def _sector(key: str) -> shapely.Polygon:
    """Schematic outline of a sector."""
    if key == "centre":
        return outline(ground()["centre_sector"])
    around = quarter_outlines()[key].buffer(60, quad_segs=2).simplify(8)
    return shapely.set_precision(around, 0.01)


def _stock(
    key: str, *, count: int, total_m2: float, vacant: int, source: np.random.Generator
) -> list[dict[str, Any]]:
    """Existing shops of a sector, few of them large."""
    weights = source.lognormal(0, 0.9, count)
    areas = np.maximum(np.round(weights / weights.sum() * total_m2 / 5) * 5, _SMALLEST_SHOP_M2)
    points = _points_in(key, count, source)
    families = source.choice(_FAMILIES, count)
    empty = np.isin(np.arange(count), source.choice(count, vacant, replace=False))
    return [
        _shop(point, float(area), vacant=bool(is_vacant)) | {"family": str(family)}
        for point, area, family, is_vacant in zip(points, areas, families, empty, strict=True)
    ]


def _points_in(key: str, count: int, source: np.random.Generator) -> list[shapely.Point]:
    """Points on parcels of a sector, several on one parcel where parcels are few."""
    area = _sector(key)
    inside = [parcel.shape for parcel in parcels() if area.contains(parcel.shape)]
    found = []
    for which in source.integers(0, len(inside), count):
        middle = inside[int(which)].representative_point()
        east, north = source.uniform(-3, 3, 2)
        found.append(shapely.Point(round(middle.x + east, 2), round(middle.y + north, 2)))
    return found


def _shop(
    point: shapely.Point, area: float | None, *, status: str = "existing", vacant: bool = False
) -> dict[str, Any]:
    """Columns of one shop, its name aside."""
    shop = {"family": "mixed", "sales_area_m2": area, "status": status, "vacant": vacant}
    return {**shop, "geometry": point}
