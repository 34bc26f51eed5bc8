"""The charters: each as a document to read, search and print, on a day of one's choice."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from charters.editions import charters_in_use, edition_in_use
from charters.model import Charter
from charters.printing import charter_pdf
from geodata.command_line import today
from geodata.errors import PlanningError
from zones.ui.components.charter_reader import Reading, asked_of_reader, show_charter
from zones.ui.components.charter_words import CHARTER_WORDS
from zones.ui.components.day_words import first_day, last_day
from zones.ui.components.session import (
    ask_article,
    asked_article,
    draft,
    edit_article,
    language,
    show_verdict_of,
)

__all__ = ["charters_page"]

_KEPT_CHARTER = "charter_kept"
_CHARTER, _DAY, _READER = "charter_choice", "charter_day", "charter_reader"


def charters_page() -> None:
    """One charter, whole; the reader beside it searches and filters without the server."""
    try:
        edition = edition_in_use()
        charters = charters_in_use(edition)
    except PlanningError as error:
        st.error(error.say(language()))
        return
    chosen, day = _head(charters)
    ids = frozenset(each.id for article in chosen.articles for each in article.requirements)

    def verdict() -> None:
        requirement = asked_of_reader(_READER, "verdict", known=ids)
        if requirement is not None:
            show_verdict_of(requirement)

    def edit() -> None:
        article = asked_of_reader(_READER, "edit", known=frozenset(e.id for e in chosen.articles))
        if article is not None:
            edit_article(article)

    article, asked = asked_article()
    show_charter(
        Reading(chosen.id, edition, day, article, asked),
        language=language(),
        key=_READER,
        on_edit=edit,
        on_verdict=verdict if draft().parcels else None,
    )


def _head(charters: tuple[Charter, ...]) -> tuple[Charter, dt.date]:
    """Choice of charter and day, and the way to paper."""
    known = {each.id: each for each in charters}
    _remember(known)
    with st.container(key="charter_head", horizontal=True, vertical_alignment="bottom"):
        st.segmented_control(
            _say("charter"),
            list(known),
            required=True,
            format_func=lambda name: known[name].title.say(language()),
            key=_CHARTER,
            label_visibility="collapsed",
            on_change=lambda: ask_article(None),
        )
        st.space("stretch")
        st.date_input(
            _say("day"),
            key=_DAY,
            min_value=first_day(None),
            max_value=last_day(None),
            format="DD/MM/YYYY",
            width=170,
        )
        chosen = known[str(st.session_state[_CHARTER])]
        day = st.session_state[_DAY] or today()
        st.download_button(
            _say("pdf"),
            lambda: charter_pdf(chosen, on=day, language=language()),
            file_name=f"{chosen.id}_{day.isoformat()}_{language()}.pdf",
            mime="application/pdf",
            icon=":material/picture_as_pdf:",
            on_click="ignore",
            key="charter_pdf",
        )
    return chosen, day


def _remember(known: dict[str, Charter]) -> None:
    """Charter and day when the page is opened: those of the article that was asked for."""
    article, _ = asked_article()
    owner = next(
        (
            name
            for name, charter in known.items()
            if any(article == each.id for _, each in charter.requirements)
        ),
        next(iter(known)),
    )
    if st.session_state.get(_CHARTER) not in known:
        kept = st.session_state.get(_KEPT_CHARTER)
        st.session_state[_CHARTER] = kept if article is None and kept in known else owner
    if _DAY not in st.session_state:
        st.session_state[_DAY] = draft().day or today()
    st.session_state[_KEPT_CHARTER] = st.session_state[_CHARTER]


def _say(word: str) -> str:
    """One of the page's own words."""
    return CHARTER_WORDS[word].say(language())
