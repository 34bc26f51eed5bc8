"""Where a project would comply, as a file for partners."""

from __future__ import annotations

from typing import Any, Literal, TypeAlias

import geopandas as gpd

from geodata.language import Language
from geodata.writing import csv, geojson
from zones.assessment import Assessment
from zones.exports import metadata
from zones.location import Location, location_features, shares

__all__ = ["LocationFormat", "location_content"]

LocationFormat: TypeAlias = Literal["geojson", "csv"]
"""Kind of file."""


def location_content(
    location: Location,
    assessment: Assessment,
    parcels: gpd.GeoDataFrame,
    *,
    output: LocationFormat,
    language: Language,
) -> bytes:
    """Bytes of the file: parcels with their outcome, labelled as demonstration where they are.

    CSV comes with its byte order mark, for Excel reads accents only behind it.
    """
    features = location_features(location, assessment, parcels, language=language)
    if output == "csv":
        table = features.drop(columns="geometry")
        return csv.to_text(table).encode("utf-8-sig")
    told = {**metadata(assessment, language=language), "location": _told(location, assessment)}
    return geojson.to_text(features, metadata=told).encode()


def _told(location: Location, assessment: Assessment) -> dict[str, Any]:
    """What the file is about, and what it holds."""
    return {
        "subject": location.subject,
        "outcomes": [
            {"outcome": each.outcome, "parcels": each.count, "area_m2": round(each.area_m2, 1)}
            for each in shares(location, assessment)
        ],
    }
