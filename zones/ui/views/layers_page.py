"""The layers: what the desk knows, and how real data come in."""

from __future__ import annotations

import streamlit as st

from zones.ui.components.fetch_panel import show_fetch
from zones.ui.components.import_panel import show_import, show_preview
from zones.ui.components.layer_panel import show_layers
from zones.ui.components.session import say
from zones.ui.components.territory import territory

__all__ = ["layers_page"]

_PANELS = ("import", "fetch")


def layers_page() -> None:
    """Preview or the table of layers on the left, the way in on the right.

    The left is drawn first: the right waits for a file that is being read.
    """
    left, right = st.columns([3, 2], gap="medium")
    is_fetching = st.session_state.get("layers_panel") == "fetch"
    with left, st.container(key="tall_left", height=600, border=False):
        if is_fetching or not show_preview():
            show_layers(territory())
    with right, st.container(key="side"):
        st.segmented_control(
            say("panel"),
            _PANELS,
            default="import",
            required=True,
            format_func=say,
            key="layers_panel",
            label_visibility="collapsed",
            width="stretch",
        )
        with st.container(key="tall", height=600, border=False):
            if is_fetching:
                show_fetch()
            else:
                show_import()
