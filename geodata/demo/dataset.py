"""The demonstration dataset: every layer, what each covers, and the file that holds them."""

from __future__ import annotations

import functools
from pathlib import Path

import geopandas as gpd
import shapely

from geodata.catalog import catalog
from geodata.demo import (
    buildings,
    commerce,
    economy,
    land,
    ledger,
    networks,
    parcels,
    people,
    perimeters,
    planning,
    street_graph,
    surroundings,
)
from geodata.demo.labels import EDITION_DATE, PRODUCER
from geodata.demo.territory import commune_outlines, quarter_outlines, territory
from geodata.layers import make_layer
from geodata.store import write_new_store

__all__ = ["LAYERS", "build", "coverages", "write"]

_MAKERS = {
    "communes": surroundings.commune_frame,
    "parcels": parcels.parcel_frame,
    "buildings": buildings.building_frame,
    "zones": planning.zone_frame,
    "plu_zones": planning.plu_zone_frame,
    "plu_prescriptions": planning.prescription_frame,
    "economic_sites": economy.economic_site_frame,
    "transit_stops": networks.transit_stop_frame,
    "transit_lines": networks.transit_line_frame,
    "stations": networks.station_frame,
    "cycle_links": networks.cycle_frame,
    "hotels": commerce.hotel_frame,
    "shops": commerce.shop_frame,
    "companies": economy.company_frame,
    "flood_zones": surroundings.flood_frame,
    "heat_mains": networks.heat_frame,
    "heat_perimeters": networks.heat_perimeter_frame,
    "roads": networks.road_frame,
    "commercial_sectors": commerce.sector_frame,
    "economic_lands": land.economic_land_frame,
    "openings": ledger.opening_frame,
    "opinions": ledger.opinion_frame,
    "neighbourhoods": people.neighbourhood_frame,
    "streets": street_graph.street_frame,
    "brownfields": land.brownfield_frame,
    "moratoriums": perimeters.moratorium_frame,
    "urbanised_areas": perimeters.urbanised_frame,
    "land_cover": land.land_cover_frame,
    "hotel_market": people.hotel_market_frame,
    "ort_perimeters": perimeters.ort_frame,
    "hotel_sectors": perimeters.hotel_sector_frame,
    "cluster_anchors": economy.anchor_frame,
    "context": surroundings.context_frame,
}

LAYERS = tuple(layer for layer in catalog() if layer in _MAKERS)
"""Layers of the demonstration, in the order of the catalog; the others come from files only."""


def build() -> dict[str, gpd.GeoDataFrame]:
    """Every layer of the demonstration by id, in the order of the catalog.

    Returns
    -------
    dict of str to GeoDataFrame
        Columns of the catalog in its order, ``geometry`` last, work CRS, indexed by ``id``, which
        is also a column. The same on every call.
    """
    return {layer: _MAKERS[layer]() for layer in LAYERS}


@functools.cache
def coverages() -> dict[str, shapely.Geometry]:
    """Area that each layer speaks for, work CRS; smaller than the territory where it must show."""
    laid_out = shapely.union_all(list(quarter_outlines().values()))
    smaller = {
        "parcels": laid_out,
        "buildings": laid_out,
        "companies": laid_out,
        "plu_zones": planning.planned_communes(),
        "plu_prescriptions": planning.planned_communes(),
        "flood_zones": surroundings.flood_communes(),
        "heat_mains": networks.heat_coverage(),
        "heat_perimeters": networks.heat_coverage(),
        "land_cover": land.surveyed(),
        "communes": shapely.union_all(list(commune_outlines().values())),
    }
    return {layer: smaller.get(layer, territory()) for layer in LAYERS}


def write(path: Path) -> None:
    """Write the demonstration store at ``path``, replacing the file.

    Raises
    ------
    StoreError
        The file cannot be written.
    """
    covered = coverages()
    layers = [
        make_layer(
            features,
            layer=layer,
            date=EDITION_DATE,
            source="python -m geodata demo",
            producer=PRODUCER,
            coverage=covered[layer],
        )
        for layer, features in build().items()
    ]
    write_new_store(path, layers, imported_at=f"{EDITION_DATE}T00:00:00Z")
