"""Layers become one immutable map document made with folium; verdicts and words reach it later."""

from __future__ import annotations

import functools
import hashlib
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, cast

import folium
from branca.element import Element, Figure, MacroElement
from folium.template import Template

from geodata.layers import Layers
from zones.drawing import drawing
from zones.escaping import escaped, script_json
from zones.palette import OUTCOMES

__all__ = ["BASE_MAPS", "STATIC_FOLDER", "BaseMap", "MapDocument", "map_document", "static_url"]

STATIC_FOLDER = Path(__file__).parent / "ui" / "static"
"""Scripts and style sheets that the map document loads, served under ``/assets``."""

_SCRIPTS = (
    "leaflet/leaflet.js",
    "map/painting.js",
    "map/shapes.js",
    "map/looks.js",
    "map/controls.js",
    "map/names.js",
    "map/desk.js",
)
_STYLES = ("leaflet/leaflet.css", "map/desk.css")


@dataclass(frozen=True, slots=True)
class BaseMap:
    """A map of another house, asked for only when the reader chooses it."""

    id: str
    """Name in messages."""
    url: str
    """Address of a tile."""
    host: str
    """Host that the document's security policy allows images from."""
    attribution: str
    """What must be shown with it."""
    max_zoom: int
    """Deepest level served; beyond it tiles are enlarged."""


def _ign(layer: str, image: str) -> str:
    """Address of a tile of the Géoplateforme."""
    return (
        "https://data.geopf.fr/wmts?SERVICE=WMTS&VERSION=1.0.0&REQUEST=GetTile"
        f"&LAYER={layer}&STYLE=normal&FORMAT=image/{image}&TILEMATRIXSET=PM"
        "&TILEMATRIX={z}&TILEROW={y}&TILECOL={x}"
    )


BASE_MAPS = (
    BaseMap(
        "ign_plan",
        _ign("GEOGRAPHICALGRIDSYSTEMS.PLANIGNV2", "png"),
        "https://data.geopf.fr",
        "© IGN – Géoplateforme",
        19,
    ),
    BaseMap(
        "ign_photo",
        _ign("ORTHOIMAGERY.ORTHOPHOTOS", "jpeg"),
        "https://data.geopf.fr",
        "© IGN – Géoplateforme",
        19,
    ),
    BaseMap(
        "osm",
        "https://tile.openstreetmap.org/{z}/{x}/{y}.png",
        "https://tile.openstreetmap.org",
        "© OpenStreetMap contributors",
        19,
    ),
)


@dataclass(frozen=True, slots=True)
class MapDocument:
    """One drawn map: geometry and ids, neither verdicts nor words of the screen."""

    html: str
    """The page."""
    digest: str
    """SHA-256 of the page, its address."""
    parcel_order: tuple[str, ...]
    """Parcel ids in the order in which outcome codes are given."""


class _DataBlock(Element):
    """Hands the drawing to the map's own script.

    A data block is never run by the browser; and ``render`` is overridden because branca would
    take the text for a Jinja template and evaluate what it finds between braces.
    """

    def __init__(self, content: dict[str, Any]) -> None:
        super().__init__()
        self._name, self._id = "DataBlock", "desk"
        self._content = content

    def render(self, **_kwargs: object) -> str:
        """The element as HTML."""
        return f'<script type="application/json" id="drawing">{script_json(self._content)}</script>'


class _Opening(MacroElement):
    """Starts the map's own script on folium's map."""

    _template = Template(
        "{% macro script(this, kwargs) %}Desk.open({{ this._parent.get_name() }});{% endmacro %}"
    )

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name, self._id = "Opening", "desk"


def map_document(layers: Layers, *, title: str = "Technopole") -> MapDocument:
    """Map of ``layers``; the same layers give the same bytes.

    Parameters
    ----------
    layers
        Layers in the work CRS by id. ``parcels`` are coloured and answer to clicks, the others
        are context; those the map does not know are left out.
    title
        Title of the page, for screen readers.

    Returns
    -------
    MapDocument
        A page that asks no outside host for anything until a base map is chosen.
    """
    content = drawing(layers)
    content["outcomes"] = [asdict(look) | {"title": None} for look in OUTCOMES]
    content["base_maps"] = [asdict(base) for base in BASE_MAPS]
    west, south, east, north = content["bounds"]
    desk = folium.Map(
        location=((south + north) / 2, (west + east) / 2),
        tiles=None,
        zoom_control=False,
        zoom_start=13,
        font_size="13px",
        double_click_zoom=False,
        attribution_control=False,
        zoom_snap=0.25,
        zoom_delta=0.5,
        wheel_px_per_zoom_level=90,
    )
    desk.default_js = [(name, static_url(name)) for name in _SCRIPTS]
    desk.default_css = [(name, static_url(name)) for name in _STYLES]
    desk._id = "desk"  # noqa: SLF001 - folium's ids are random, and the page must be reproducible
    desk.add_child(_Opening())
    page = cast("Figure", desk.get_root())
    page.title = escaped(title)
    page.html.add_child(_DataBlock(content))
    html = page.render()
    return MapDocument(
        html=html,
        digest=hashlib.sha256(html.encode()).hexdigest(),
        parcel_order=tuple(content["parcels"]["ids"]),
    )


@functools.cache
def static_url(name: str) -> str:
    """Address of a file of :data:`STATIC_FOLDER`; it changes with the content."""
    content = (STATIC_FOLDER / name).read_bytes()
    return f"/assets/{name}?v={hashlib.sha256(content).hexdigest()[:12]}"
