"""An assessment becomes the content of one file, in the format that was asked for."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Literal

import geopandas as gpd

from geodata.errors import Fault, StoreError
from geodata.language import Language, Text
from geodata.layers import Layers
from geodata.writing import csv, geojson, geopackage
from zones.assessment import Assessment
from zones.exports import (
    article_features,
    assessment_document,
    metadata,
    parcel_features,
    verdict_table,
)

__all__ = ["Format", "content", "evidence", "format_of"]

Format = Literal["geojson", "gpkg", "json", "csv"]
"""Kind of file."""

_BY_SUFFIX: dict[str, Format] = {".json": "json", ".csv": "csv", ".gpkg": "gpkg"}
_TITLES = {
    "parcels": Text("Parcelles et avis", "Parcels and verdicts"),
    "articles": Text("Articles et preuves", "Articles and evidence"),
}


def format_of(output: Format | None, out: Path | None) -> Format:
    """Format asked for, else that of the file's name, else GeoJSON.

    Raises
    ------
    StoreError
        A GeoPackage is asked for, and no file to write it to.
    """
    if output == "gpkg" and out is None:
        raise StoreError(_NO_FILE)
    if output is not None:
        return output
    return _BY_SUFFIX.get(out.suffix.lower(), "geojson") if out is not None else "geojson"


def content(
    assessment: Assessment,
    parcels: gpd.GeoDataFrame,
    layers: Layers,
    *,
    output: Format,
    language: Language,
) -> bytes:
    """Bytes of the file: CSV with its byte order mark, for Excel reads accents only behind it.

    GeoJSON holds the parcels with the outcomes of their sites; a GeoPackage in Lambert-93 holds
    these and the articles with their evidence, as the tables ``parcels`` and ``articles``; CSV and
    JSON hold every verdict. ``parcels`` are the features that the sites were made of.
    """
    if output == "json":
        return _json(assessment_document(assessment, language=language)).encode()
    if output == "csv":
        return csv.to_text(verdict_table(assessment, language=language)).encode("utf-8-sig")
    told = metadata(assessment, language=language)
    judged = parcel_features(assessment, parcels, language=language)
    if output == "geojson":
        return geojson.to_text(judged, metadata=told).encode()
    label = "DEMO – " if told["demo"] else ""
    return geopackage.to_bytes(
        {
            "parcels": judged,
            "articles": article_features(assessment, layers, language=language),
        },
        metadata=told,
        titles={name: label + title.say(language) for name, title in _TITLES.items()},
    )


def evidence(assessment: Assessment, layers: Layers, *, language: Language) -> bytes:
    """GeoJSON of the articles with what they rest on on the ground."""
    features = article_features(assessment, layers, language=language)
    return geojson.to_text(features, metadata=metadata(assessment, language=language)).encode()


def _json(document: dict[str, Any]) -> str:
    """Document as JSON, one site per line."""
    sites = ",\n".join(_plain_json(site) for site in document["sites"])
    return f'{{"sites":[\n{sites}\n],"provenance":{_plain_json(document["provenance"])}}}\n'


def _plain_json(value: Any) -> str:  # noqa: ANN401 - plain data
    """Compact JSON, accents as they are."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


_NO_FILE = Fault(
    Text("Un GeoPackage ne s'écrit pas à l'écran.", "A GeoPackage cannot be written to a screen."),
    "--out",
    Text("Donner un nom de fichier.", "Give a file name."),
)
