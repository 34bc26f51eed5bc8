"""The editing of the charters: a form on the left; draft, effect and publication on the right."""

from __future__ import annotations

import streamlit as st

from geodata.errors import PlanningError
from zones.ui.components.edit_effect import show_effect
from zones.ui.components.edit_panel import show_forms
from zones.ui.components.edit_publish import show_editions, show_publication
from zones.ui.components.edit_session import edited_charters, edited_draft, enter, say_outcome
from zones.ui.components.edit_steps import show_steps
from zones.ui.components.session import language
from zones.ui.components.territory import territory

__all__ = ["editing_page"]


def editing_page() -> None:
    """Change the charters step by step, see what that changes, and publish it."""
    enter()
    edited = edited_draft()
    left, right = st.columns([2, 3], gap="large")
    try:
        state = edited_charters(edited)
    except PlanningError as error:
        st.error(error.say(language()), icon=":material/report:")
        show_editions()  # the way back is the remedy
        say_outcome()
        return
    with left, st.container(key="tall", height=600, border=False):
        show_forms(state.charters)
    with right, st.container(key="tall_left", height=600, border=False):
        outcome = st.container(key="edit_outcome_box")
        show_steps(edited)
        if edited.changes:
            show_effect(edited, territory())
            show_publication(edited)
        show_editions()
    with outcome:
        say_outcome()
