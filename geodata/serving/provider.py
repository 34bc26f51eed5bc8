"""How pygeoapi reads a published file: parsed once, found by place through a tree."""

from __future__ import annotations

import functools
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from pygeoapi.provider.base import ProviderItemNotFoundError
from pygeoapi.provider.geojson import GeoJSONProvider
from pygeoapi.util import crs_transform

__all__ = ["PublishedFeatures"]

_TYPES = {bool: "boolean", int: "number", float: "number"}


@dataclass(frozen=True, slots=True)
class _Held:
    """One file in memory; nothing of it is ever changed."""

    features: list[dict[str, Any]]
    """Features as the file has them."""
    places: dict[str, int]
    """Position of each id."""
    tree: shapely.STRtree
    """Shapes of the features, by position."""
    fields: dict[str, dict[str, str]]
    """Type of each property."""


class PublishedFeatures(GeoJSONProvider):  # type: ignore[misc]
    """pygeoapi's GeoJSON provider, without reading the whole file at each request.

    pygeoapi makes one for every request and calls ``query`` or ``get``, whose parameters are its
    own. Reading only: what would write is refused.
    """

    def get_fields(self) -> dict[str, dict[str, str]]:
        """Type of each property."""
        self._fields = dict(self._held().fields)
        return self._fields

    @crs_transform  # type: ignore[untyped-decorator]
    def query(
        self,
        offset: int = 0,
        limit: int = 10,
        resulttype: str = "results",
        bbox: list[float] | None = None,
        properties: list[tuple[str, str]] | None = None,
        select_properties: list[str] | None = None,
        skip_geometry: bool = False,  # noqa: FBT001, FBT002 - the same
        **_others: object,
    ) -> dict[str, Any]:
        """One page of the features that meet ``bbox`` and ``properties``, in the file's order."""
        held = self._held()
        found = self._found(held, bbox or [], properties or [])
        page = [] if resulttype == "hits" else found[offset : offset + limit]
        features = [
            _shown(held.features[at], select_properties or [], skip_geometry=skip_geometry)
            for at in page
        ]
        return {
            "type": "FeatureCollection",
            "features": features,
            "numberMatched": len(found),
            "numberReturned": len(features),
        }

    @crs_transform  # type: ignore[untyped-decorator]
    def get(self, identifier: str, **_others: object) -> dict[str, Any]:
        """Feature of that id."""
        held = self._held()
        if identifier not in held.places:
            raise ProviderItemNotFoundError(f"item {identifier} not found")
        return _shown(held.features[held.places[identifier]], [], skip_geometry=False)

    def create(self, *_: object) -> None:
        """Refuse to write."""
        raise NotImplementedError

    update = delete = create

    def _held(self) -> _Held:
        """File as it is now."""
        path = Path(self.data)
        return _read(path, path.stat().st_mtime_ns, path.stat().st_size)

    def _found(
        self, held: _Held, bbox: list[float], properties: list[tuple[str, str]]
    ) -> list[int]:
        """Positions of the features asked for."""
        at: Any = range(len(held.features))
        if bbox:
            half = len(bbox) // 2
            west, south, east, north = (*bbox[:2], *bbox[half : half + 2])
            # west of east is across the antimeridian, as the standard says
            parts = [(west, east)] if west <= east else [(west, 180.0), (-180.0, east)]
            boxes = [shapely.box(left, south, right, north) for left, right in parts]
            at = np.unique(held.tree.query(boxes, predicate="intersects")[1]).tolist()
        return [
            each
            for each in at
            if all(
                _said(held.features[each]["properties"].get(name)) == value
                for name, value in properties
            )
        ]


@functools.lru_cache(maxsize=64)
def _read(path: Path, _changed: int, _size: int) -> _Held:
    """Content of a file, read again when it has changed."""
    features = json.loads(path.read_bytes())["features"]
    texts = np.array([json.dumps(each["geometry"]) for each in features], dtype=object)
    return _Held(
        features=features,
        places={each["id"]: at for at, each in enumerate(features)},
        tree=shapely.STRtree(shapely.from_geojson(texts)),
        fields=_fields(features),
    )


def _fields(features: list[dict[str, Any]]) -> dict[str, dict[str, str]]:
    """Type of each property, told by the first value that is present."""
    known: dict[str, dict[str, str]] = {}
    for feature in features:
        for name, value in feature["properties"].items():
            if value is not None and name not in known:
                known[name] = {"type": _TYPES.get(type(value), "string")}
        if len(known) == len(feature["properties"]):
            break
    names = features[0]["properties"] if features else {}
    return {name: known.get(name, {"type": "string"}) for name in names}


def _shown(feature: dict[str, Any], names: list[str], *, skip_geometry: bool) -> dict[str, Any]:
    """Copy of a feature that the server may change."""
    properties = feature["properties"]
    return {
        **feature,
        "geometry": None if skip_geometry else feature["geometry"],
        "properties": {name: properties[name] for name in names or properties},
    }


def _said(value: object) -> str:
    """Value as a reader writes it in an address."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)
