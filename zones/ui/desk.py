"""The desk's frame: page, language, banner and navigation."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from charters.editions import charters_in_use
from geodata.errors import PlanningError
from zones.ui.components.charter_words import CHARTER_WORDS
from zones.ui.components.comparison_words import told
from zones.ui.components.edit_session import switch
from zones.ui.components.edit_words import edit_say
from zones.ui.components.session import asked_page, language, say, start
from zones.ui.components.territory import territory
from zones.ui.views.charters_page import charters_page
from zones.ui.views.comparison_page import comparison_page
from zones.ui.views.desk_page import desk_page
from zones.ui.views.editing_page import editing_page
from zones.ui.views.layers_page import layers_page
from zones.ui.words import LANGUAGES

ICON = Path(__file__).parent / "static" / "icon.png"

st.set_page_config(page_title="Technopole · Amiens", page_icon=str(ICON), layout="wide")
st.html(Path(__file__).with_name("desk.css"))
start()
pages = {
    "desk": st.Page(desk_page, title=say("desk"), icon=":material/map:", default=True),
    "compare": st.Page(
        comparison_page, title=told("compare"), icon=":material/compare:", url_path="compare"
    ),
    "layers": st.Page(
        layers_page, title=say("layers"), icon=":material/layers:", url_path="layers"
    ),
    "charters": st.Page(
        charters_page,
        title=CHARTER_WORDS["charters"].say(language()),
        icon=":material/menu_book:",
        url_path="charters",
    ),
    "editing": st.Page(
        editing_page,
        title=edit_say("page"),
        icon=":material/edit_document:",
        url_path="editing",
    ),
}
page = st.navigation(list(pages.values()), position="hidden")
wanted = asked_page()
if wanted is not None:
    st.switch_page(pages[wanted[0]], query_params=wanted[1])
with st.container(key="top", horizontal=True, vertical_alignment="center"):
    st.markdown(f"### {say('title')}", width="content")
    st.caption(say("subtitle"), width="content")
    try:
        label = territory().label
        if page.url_path != "editing":  # where another edition can be chosen
            charters_in_use()
    except PlanningError as error:
        st.error(error.say(language()))
        st.stop()
    if label is not None:
        st.badge(say(label), icon=":material/science:", color="orange")
    st.space("stretch")
    for each in pages.values():
        st.page_link(each)
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
if page.url_path != "editing":
    switch()  # what was said of a form is not said again when the planner comes back
page.run()
