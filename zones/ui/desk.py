"""The desk's frame: page, language, banner and navigation."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from geodata.errors import PlanningError
from zones.ui.components.session import language, say, start
from zones.ui.components.territory import territory
from zones.ui.pages.desk_page import desk_page
from zones.ui.words import LANGUAGES

ICON = Path(__file__).parent / "static" / "icon.png"

st.set_page_config(page_title="Technopole · Amiens", page_icon=str(ICON), layout="wide")
st.html(Path(__file__).with_name("desk.css"))
start()
with st.container(key="top", horizontal=True, vertical_alignment="center"):
    st.markdown(f"### {say('title')}", width="content")
    st.caption(say("subtitle"), width="content")
    try:
        label = territory().label
    except PlanningError as error:
        st.error(error.say(language()))
        st.stop()
    if label is not None:
        st.badge(say(label), icon=":material/science:", color="orange")
    st.space("stretch")
    st.segmented_control(
        say("language"),
        list(LANGUAGES),
        default="fr",
        required=True,
        format_func=lambda code: code.upper(),
        key="language_choice",
        label_visibility="collapsed",
        on_change=lambda: st.session_state.update(language=st.session_state["language_choice"]),
    )
st.navigation([st.Page(desk_page, title=say("title"), default=True)], position="hidden").run()
