"""A bare page around the map: made-up codes, and buttons that change one thing each."""

from __future__ import annotations

import streamlit as st
from sample import PAYLOADS, centre, sample_layers

from zones.ui.components.map_frame import Focus, MapState, clicked_parcel, show_map
from zones.ui.documents import document_for


@st.cache_resource
def layers():
    """Layers, made once."""
    return sample_layers()


def clicked() -> None:
    """Add the parcel to the site, or take it out."""
    parcel = clicked_parcel("map", document)
    st.session_state.clicks += 1
    st.session_state.site = st.session_state.site ^ {parcel}


def evidence(labels):
    """A line, an overlap, a circle and a point for each label."""
    lon, lat = centre(10, 10)
    shapes = [
        (
            "link",
            {"type": "LineString", "coordinates": [[lon, lat], [lon + 0.004, lat + 0.002]]},
        ),
        ("target", {"type": "Point", "coordinates": [lon, lat]}),
    ]
    return {
        "type": "FeatureCollection",
        "features": [
            {"type": "Feature", "geometry": shape, "properties": {"role": role, "label": label}}
            for label in labels
            for role, shape in shapes
        ],
    }


st.set_page_config(layout="wide", page_title="map")
st.session_state.setdefault("clicks", 0)
st.session_state.setdefault("site", frozenset())
document = document_for(layers())
with st.sidebar:
    turned = st.toggle("codes", key="codes")
    english = st.toggle("english", key="english")
    shows = st.toggle("evidence", key="evidence")
    hostile = st.toggle("hostile", key="hostile")
    flood = st.toggle("flood", key="flood")
    focused = st.toggle("focus", key="focus")
    if st.toggle("away", key="away"):
        st.stop()
codes = "".join(str((rank + int(turned)) % 5) for rank in range(len(document.parcel_order)))
lon, lat = centre(10, 10)
show_map(
    document,
    MapState(
        codes=codes,
        selected=tuple(sorted(st.session_state.site)),
        evidence=evidence(PAYLOADS if hostile else ["412 m"]) if shows or hostile else None,
        language="en" if english else "fr",
        shown=("flood_zones",) if flood else (),
        focus=Focus((lon, lat, lon + 0.002, lat + 0.002)) if focused else None,
    ),
    key="map",
    on_click=clicked,
    height=620,
)
st.text(f"clicks={st.session_state.clicks} site={sorted(st.session_state.site)}")
