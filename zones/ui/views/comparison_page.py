"""The comparison: variants on a site, a project on sites, two days over every parcel."""

from __future__ import annotations

import geopandas as gpd
import streamlit as st

from geodata.errors import PlanningError
from zones.projects import part_faults
from zones.sites import one_site
from zones.ui.components.comparison_session import faults_said
from zones.ui.components.comparison_words import told
from zones.ui.components.session import draft, language
from zones.ui.components.sites_panel import show_sites
from zones.ui.components.territory import Territory, territory
from zones.ui.components.times_panel import show_times
from zones.ui.components.variants_panel import show_variants

__all__ = ["comparison_page"]

_VIEWS = ("variants", "sites", "times")


def comparison_page() -> None:
    """One of the three comparisons, or why there is none."""
    view = st.segmented_control(
        told("views"),
        _VIEWS,
        default="variants",
        required=True,
        format_func=told,
        key="comparison_view",
        label_visibility="collapsed",
    )
    for fault in faults_said():
        st.error(fault, icon=":material/report:")
    ground = territory()
    if ground.parcels.empty:
        st.info(told("no_parcels"), icon=":material/layers:")
        return
    faults = [each.say(language()) for each in part_faults(draft().project.values, where="")]
    if faults:
        st.error("\n\n".join([told("contradiction"), *faults]), icon=":material/report:")
        return
    try:
        _show(str(view), ground)
    except PlanningError as error:
        st.error(error.say(language()), icon=":material/report:")


def _show(view: str, ground: Territory) -> None:
    """The view that was chosen."""
    day = draft().day
    if day is None:
        st.warning(told("no_day"), icon=":material/event_busy:")
    elif view == "sites":
        show_sites(ground, day=day)
    elif view == "times":
        show_times(ground, day=day)
    else:
        show_variants(ground, _site(ground), day=day)


def _site(ground: Territory) -> gpd.GeoDataFrame | None:
    """Site of the desk, as far as the layer holds its parcels."""
    known = [each for each in draft().parcels if each in ground.parcels.index]
    return one_site(ground.parcels, known) if known else None
