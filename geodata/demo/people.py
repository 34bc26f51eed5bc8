"""People and what they spend: neighbourhoods, communes, and how full the hotels were."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import shapely
from shapely.ops import polygonize

from geodata.demo.ground import facts, observatory, spot
from geodata.demo.labels import PRODUCER, SYNTHETIC, Label, labelled
from geodata.demo.streets import chance
from geodata.demo.territory import commune_outlines, territory

__all__ = ["hotel_market_frame", "neighbourhood_frame"]

_AMIENS = "80021"
_NIGHTS = 365
_GRID_M = 0.01


def neighbourhood_frame() -> gpd.GeoDataFrame:
    """The ``neighbourhoods`` layer: quarters of Amiens and whole communes, without gap or overlap.

    People and spending are a made-up split of orders of magnitude; one neighbourhood has no
    spending.
    """
    known = observatory()
    source = chance("spending")
    rows: list[dict[str, Any]] = []
    for name, population, shape, is_known in _places():
        row = {"name": name, "population": population, "population_year": known["population_year"]}
        for family, each in known["spending_eur"].items():
            total = round(population * each * source.uniform(0.85, 1.15), -4)
            row[f"spending_{family}_eur"] = total if is_known else None
        row["spending_year"] = known["spending_year"] if is_known else None
        rows.append({**row, "geometry": shape})
    label = Label(f"{PRODUCER} – répartition de population et de dépenses inventée")
    return labelled("neighbourhoods", rows, label)


def hotel_market_frame() -> gpd.GeoDataFrame:
    """The ``hotel_market`` layer: the published rates of the region, made-up local figures."""
    market = observatory()["hotel_market"]
    region, local = market["region"], market["local"]
    rows, labels = [], []
    for year, occupancy in region["occupancy"].items():
        sold = round(region["base_rooms"] * _NIGHTS * occupancy)
        row = {"name": region["name"], "year": year, "rooms": region["base_rooms"]}
        frame = shapely.box(*territory().buffer(5_000).bounds)
        rows.append({**row, "nights_sold": sold, "opening_rate": 1.0, "geometry": frame})
        labels.append(
            Label(region["source"], source_date=None, licence="inconnue", confidence="medium")
        )
    for year, (rooms, occupancy) in local["years"].items():
        sold = round(rooms * _NIGHTS * local["opening_rate"] * occupancy)
        row = {"name": local["name"], "year": year, "rooms": rooms, "nights_sold": sold}
        rows.append({**row, "opening_rate": local["opening_rate"], "geometry": territory()})
        labels.append(SYNTHETIC)
    return labelled("hotel_market", rows, labels)


def _places() -> list[tuple[str, int, shapely.Polygon, bool]]:
    """Name, people, outline of each neighbourhood, and whether its spending is known."""
    known = observatory()
    seeds = [spot(*about["drawn"]) for about in known["neighbourhoods"]]
    outlines = {code: shape for code, shape in commune_outlines().items() if code != _AMIENS}
    inside = [*seeds, *(shape.representative_point() for shape in outlines.values())]
    faces = _faces(seeds)
    shapes = [next(face for face in faces if face.contains(point)) for point in inside]
    named = [
        (about["name"], round(known["communes"][_AMIENS] * about["share"]), True)
        for about in known["neighbourhoods"]
    ]
    for code in outlines:
        people = known["communes"][code] or known["other_population"][code]
        named.append((facts()["communes"][code], people, code not in known["no_spending"]))
    return [
        (name, people, shape, is_known)
        for (name, people, is_known), shape in zip(named, shapes, strict=True)
    ]


def _faces(seeds: list[shapely.Point]) -> list[shapely.Polygon]:
    """Communes, Amiens cut around the seeds; neighbours share every vertex of their edge."""
    communes = commune_outlines()
    cuts = shapely.voronoi_polygons(
        shapely.MultiPoint(seeds), extend_to=communes[_AMIENS], only_edges=True
    ).intersection(communes[_AMIENS])
    edges = [*(shape.boundary for shape in communes.values()), cuts]
    return list(polygonize(shapely.union_all(edges, grid_size=_GRID_M)))
