"""What the server is told: pygeoapi's configuration, made from a publication."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from geodata.crs import PARTNER_CRS
from geodata.language import Text
from geodata.serving.publishing import Collection

__all__ = ["DEFAULT_ITEMS", "MOST_ITEMS", "configuration"]

DEFAULT_ITEMS = 100
"""Features of a page when the reader does not say."""
MOST_ITEMS = 10_000
"""Features of a page at most; a reader who asks for more gets these and a link to the next."""

_TEMPLATES = Path(__file__).with_name("templates")
_CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
_TITLE = Text("Technopole – données publiques", "Technopole – public data")
_DESCRIPTION = Text(
    "Couches et avis publiés en lecture seule ; chaque collection nomme son producteur, son "
    "édition et sa licence.",
    "Layers and verdicts published read-only; each collection names its producer, its edition and "
    "its licence.",
)
_LICENCE = Text("Celle de chaque collection", "That of each collection")


def configuration(
    folder: Path, collections: Iterable[Collection], *, host: str, port: int, url: str
) -> dict[str, Any]:
    """Configuration of pygeoapi for the files that ``folder`` publishes.

    Parameters
    ----------
    folder
        Folder of :func:`geodata.serving.publishing.publish`.
    collections
        What it publishes.
    host, port
        Where the server listens.
    url
        Where readers find it; links start with it.

    Returns
    -------
    dict
        Valid against pygeoapi's own schema; titles in French and English, French first. Features
        are in WGS84, and in Lambert-93 for readers that ask for it.
    """
    return {
        "server": {
            "bind": {"host": host, "port": port},
            "url": url,
            "mimetype": "application/json; charset=UTF-8",
            "encoding": "utf-8",
            "gzip": False,
            "cors": False,
            "admin": False,
            "pretty_print": False,
            "languages": ["fr-FR", "en-GB"],
            "limits": {
                "default_items": DEFAULT_ITEMS,
                "max_items": MOST_ITEMS,
                "on_exceed": "throttle",
            },
            "templates": {"path": str(_TEMPLATES)},
            # No map: its library and its tiles would come from elsewhere.
            "map": {"url": "", "attribution": ""},
        },
        "logging": {"level": "CRITICAL"},
        "metadata": {
            "identification": {
                "title": _TITLE._asdict(),
                "description": _DESCRIPTION._asdict(),
                "keywords": {"fr": ["urbanisme", "Amiens"], "en": ["planning", "Amiens"]},
                "url": url,
                "terms_of_service": _LICENCE._asdict(),
            },
            "license": {"name": _LICENCE._asdict(), "url": url},
            "provider": {"name": "Technopole", "url": url},
            "contact": {"name": "Technopole", "url": url, "email": ""},
        },
        "resources": {each.id: _resource(folder, each) for each in collections},
    }


def _resource(folder: Path, collection: Collection) -> dict[str, Any]:
    """One collection as pygeoapi wants it."""
    code = PARTNER_CRS.rpartition(":")[2]
    return {
        "type": "collection",
        "title": _printable(collection.title),
        "description": _printable(collection.description),
        "keywords": {"fr": [collection.id], "en": [collection.id]},
        "extents": {"spatial": {"bbox": collection.bbox, "crs": _CRS84}},
        "providers": [
            {
                "type": "feature",
                "name": "geodata.serving.provider.PublishedFeatures",
                "data": str(folder / f"{collection.id}.geojson"),
                "id_field": "id",
                "storage_crs": _CRS84,
                "crs": [_CRS84, f"http://www.opengis.net/def/crs/EPSG/0/{code}"],
            }
        ],
    }


def _printable(said: dict[str, str]) -> dict[str, str]:
    """Texts without the characters that YAML refuses; producers write what they like."""
    return {key: "".join(filter(str.isprintable, text)) for key, text in said.items()}
