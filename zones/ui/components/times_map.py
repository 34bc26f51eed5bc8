"""The map of two sides: what changes, or the verdicts of either; painted again, not sent again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from zones.differences import Aligned
from zones.ui.components.comparison_words import told
from zones.ui.components.difference_codes import change_codes, change_legend, outcome_codes
from zones.ui.components.map_frame import Legend, MapState, clicked_parcel, focus_on, show_map
from zones.ui.components.session import language
from zones.ui.components.territory import Territory

__all__ = ["show_times_map"]

_MAP_KEY, _SEEN_KEY = "map_times", "times_seen"


def show_times_map(
    ground: Territory,
    pair: Aligned,
    *,
    article: str | None,
    parcel: str | None,
    on_open: Callable[[str], None],
) -> None:
    """What changes, or the verdicts of either side; ``on_open`` takes a clicked parcel."""
    st.session_state.setdefault(_SEEN_KEY, "changes")
    seen = st.session_state[_SEEN_KEY]
    if seen == "changes":
        codes = change_codes(pair, article=article)
        legend = change_legend(told, article=article)
    else:
        codes = outcome_codes(pair, side=seen, article=article)
        title = told(f"map_{seen}")
        legend = Legend(title if article is None else f"{title} · {article}", {})
    state = MapState(
        codes=_ordered(codes, pair, ground),
        selected=() if parcel is None else (parcel,),
        language=language(),
        focus=None if parcel is None else focus_on(ground.sites.loc[[parcel]]),
        legend=legend,
    )

    def click() -> None:
        clicked = clicked_parcel(_MAP_KEY, ground.document)
        if clicked is not None:
            on_open(clicked)

    with st.container(key="times_map"):
        show_map(ground.document, state, key=_MAP_KEY, on_click=click, height=620)
    with st.container(key="times_tools", horizontal=True, vertical_alignment="center"):
        st.segmented_control(
            told("show_on_map"),
            ("before", "changes", "after"),
            required=True,
            format_func=told,
            key=_SEEN_KEY,
            label_visibility="collapsed",
        )
        if seen == "changes":
            st.caption(told("map_rule" if article is None else "map_rule_one"))


def _ordered(codes: np.ndarray[Any, Any], pair: Aligned, ground: Territory) -> str:
    """Codes in the order of the map, one character each."""
    places = pd.Index(pair.site_ids).get_indexer(list(ground.document.parcel_order))
    return bytes(codes[places].astype(np.uint8) + ord("0")).decode("ascii")
