"""What leaves of a layer: the columns a profile allows, and the metadata that travel with them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geodata.catalog import contract
from geodata.crs import to_web
from geodata.language import Language, Text
from geodata.layers import Layer
from geodata.profiles import Profile, apply

__all__ = ["DEMO_NOTICE", "metadata", "outgoing", "table", "title", "with_days"]

DEMO_NOTICE = Text(
    "DÉMONSTRATION : objets fictifs ou schématiques, sans valeur juridique.",
    "DEMONSTRATION: features are fictitious or schematic, without legal value.",
)

_LABEL_DECIMALS = 7
_MEASURE_DECIMALS = 2


def outgoing(layer: Layer, *, profile: Profile) -> gpd.GeoDataFrame:
    """Features of ``layer`` as ``profile`` may receive them, in the work CRS.

    Columns that neither the catalog nor the profile's allow-list names stay behind.
    """
    known = [name for name in contract(layer.id).columns if name in layer.features]
    features = layer.features[[*known, layer.features.geometry.name]]
    return apply(features, layer=layer.id, profile=profile)


def with_days(features: gpd.GeoDataFrame, *, layer: str) -> gpd.GeoDataFrame:
    """The same with days as ``datetime.date`` where the catalog says so, for a database."""
    days = {
        name: features[name].astype(object).map(dt.date.fromisoformat, na_action="ignore")
        for name, column in contract(layer).columns.items()
        if column.type == "date" and name in features
    }
    return features.assign(**days)


def table(features: gpd.GeoDataFrame) -> pd.DataFrame:
    """Features as rows of a spreadsheet: columns, then the place and the size of each.

    ``longitude`` and ``latitude`` are those of the centroid, in degrees of WGS84;
    ``planar_area_m2`` and ``length_m`` are measured in the work CRS, where there are areas or
    lines. The index is a column too.
    """
    shapes = features.geometry
    centres = to_web(shapes.centroid.to_frame("geometry")).geometry
    rows = pd.DataFrame(features.drop(columns=shapes.name)).assign(
        longitude=centres.x.round(_LABEL_DECIMALS), latitude=centres.y.round(_LABEL_DECIMALS)
    )
    dimensions = shapely.get_dimensions(shapes.to_numpy())
    for name, dimension, sizes in (
        ("planar_area_m2", 2, shapes.area),
        ("length_m", 1, shapes.length),
    ):
        concerned = dimensions == dimension
        if concerned.any():
            rows[name] = np.where(concerned, sizes.round(_MEASURE_DECIMALS), np.nan)
    return rows.reset_index()


def title(layer: Layer, language: Language) -> str:
    """Name of a layer for a reader, behind the word DEMO where it holds demonstration features."""
    said = contract(layer.id).title.say(language)
    return f"DEMO – {said}" if layer.edition.demo_share > 0 else said


def metadata(layers: Iterable[Layer], *, profile: Profile, language: Language) -> dict[str, Any]:
    """What a file of ``layers`` rests on: editions, licences, columns, demonstration label."""
    told = list(layers)
    rows = sum(each.edition.rows for each in told)
    demo = sum(each.edition.demo_share * each.edition.rows for each in told)
    return {
        "producer": "Technopole",
        "title": " · ".join(title(each, language) for each in told),
        "demo": demo > 0,
        "demo_share": round(demo / rows, 4) if rows else 0.0,
        **({"notice": DEMO_NOTICE.say(language)} if demo > 0 else {}),
        "profile": profile,
        "layers": [_described(each, profile=profile, language=language) for each in told],
        "units": Text(
            "Surfaces en m² sauf mention contraire, distances en m.",
            "Areas in m² unless said otherwise, distances in m.",
        ).say(language),
    }


def _described(layer: Layer, *, profile: Profile, language: Language) -> dict[str, Any]:
    """One layer: where it comes from, and what its columns mean."""
    edition, columns = layer.edition, contract(layer.id).columns
    return {
        "id": layer.id,
        "title": title(layer, language),
        "producer": edition.producer,
        "edition": edition.date,
        "licence": edition.licence,
        "source": edition.source,
        "features": edition.rows,
        "demo_share": round(edition.demo_share, 4),
        "columns": {
            name: {
                "title": columns[name].title.say(language),
                **({"unit": columns[name].unit} if columns[name].unit else {}),
            }
            for name in outgoing(layer, profile=profile)
            if name in columns
        },
    }
