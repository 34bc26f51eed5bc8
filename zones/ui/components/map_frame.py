"""The map on the page: what it shows, and the parcel that was clicked."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import geopandas as gpd
import streamlit as st

from geodata.catalog import catalog
from geodata.crs import to_web
from geodata.language import DEFAULT_LANGUAGE, Language
from zones.maps import MapDocument
from zones.palette import OUTCOMES
from zones.ui.components.map_words import WORDS

__all__ = ["Focus", "Legend", "MapState", "clicked_parcel", "focus_on", "show_map"]

_MAP = st.components.v2.component(
    "technopole_map",
    js=Path(__file__).with_suffix(".js").read_text(encoding="utf-8"),
    isolate_styles=False,
)


_AROUND_M = 150


@dataclass(frozen=True, slots=True)
class Focus:
    """A place to bring into view."""

    bounds: tuple[float, float, float, float]
    """West, south, east and north in degrees (WGS84)."""
    count: int = 0
    """Another number asks again for the same place; the same number never moves the map twice."""


@dataclass(frozen=True, slots=True)
class Legend:
    """What the colours say, where it is not the verdict of the charters."""

    title: str
    """Head of the legend."""
    outcomes: Mapping[str, str] = field(hash=False)
    """Name of each outcome by the key of its look in :data:`zones.palette.OUTCOMES`."""


@dataclass(frozen=True, slots=True)
class MapState:
    """What the map shows at one moment; all of it may change without a reload."""

    codes: str = ""
    """One character per parcel, in ``MapDocument.parcel_order``: the outcome code 0 to 4 of
    :data:`zones.palette.OUTCOMES`, anything else for a parcel that was not judged. Empty: none
    was."""
    selected: tuple[str, ...] = ()
    """Ids of the parcels of the site, outlined."""
    evidence: Mapping[str, Any] | None = field(default=None, hash=False)
    """GeoJSON FeatureCollection in WGS84. ``properties.role`` chooses the drawing, as
    :func:`zones.measures.evidence` names roles (``link``, ``target``, ``clip``, ``reach``,
    ``frontage``), and ``properties.label`` is written beside it, as plain text."""
    language: Language = DEFAULT_LANGUAGE
    """Language of the map's own words."""
    shown: tuple[str, ...] = ()
    """Layer ids shown whatever the reader's own choice, such as those of the selected article."""
    focus: Focus | None = None
    """Where to look; the view stays as it is when this does not change."""
    legend: Legend | None = None
    """What the colours say; the verdict of the charters when None."""


def show_map(
    document: MapDocument,
    state: MapState,
    *,
    key: str,
    on_click: Callable[[], None],
    height: int = 640,
) -> None:
    """Show ``document`` in ``state``; the frame reloads only for another document.

    Parameters
    ----------
    document
        From :func:`zones.ui.documents.document_for`, which also serves it.
    state
        What to show now.
    key
        Streamlit key; :func:`clicked_parcel` reads the click under it.
    on_click
        Called before the rerun that a click on a parcel causes, each time, also for a second
        click on the same parcel.
    height
        Height in pixels.
    """
    words = _words(state.language)
    if state.legend is not None:
        controls = {**words["controls"], "legend": state.legend.title}
        outcomes = {**words["outcomes"], **state.legend.outcomes}
        words = {**words, "controls": controls, "outcomes": outcomes}
    _MAP(
        key=key,
        height=height,
        on_click_change=on_click,
        data={
            "address": f"/map/{document.digest}",
            "memory": key,
            "height": height,
            "title": words["controls"]["map"],
            "silent": words["controls"]["silent"],
            "state": {
                "codes": state.codes,
                "selected": list(state.selected),
                "evidence": state.evidence,
                "language": state.language,
                "texts": words,
                "shown": list(state.shown),
                "focus": state.focus
                and {"bounds": list(state.focus.bounds), "count": state.focus.count},
            },
        },
    )


def focus_on(sites: gpd.GeoDataFrame, *, count: int = 0) -> Focus:
    """Surroundings of all the ``sites``, which are in the work CRS."""
    around = sites.geometry.buffer(_AROUND_M).to_frame("geometry")
    west, south, east, north = (float(each) for each in to_web(around).total_bounds)
    return Focus((west, south, east, north), count)


def clicked_parcel(key: str, document: MapDocument) -> str | None:
    """Id of the parcel just clicked, to be called in ``on_click``; None unless the map holds it.

    From the browser only an id is believed, and only one of this document.
    """
    click = st.session_state.get(key, {}).get("click")
    parcel = click.get("parcel") if isinstance(click, Mapping) else None
    return parcel if isinstance(parcel, str) and parcel in _parcels(document) else None


@functools.lru_cache(maxsize=8)
def _parcels(document: MapDocument) -> frozenset[str]:
    """Parcel ids of ``document``."""
    return frozenset(document.parcel_order)


@functools.cache
def _words(language: Language) -> dict[str, dict[str, str]]:
    """Everything the map says, in ``language``."""
    words = {
        group: {key: text.say(language) for key, text in texts.items()}
        for group, texts in WORDS.items()
    }
    titles = {layer: contract.title.say(language) for layer, contract in catalog().items()}
    outcomes = {look.key: look.title.say(language) for look in OUTCOMES}
    return {**words, "layers": titles, "outcomes": outcomes}
