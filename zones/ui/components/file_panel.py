"""The file: keep the work, open it again, hand it over to partners."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

import streamlit as st

from charters.editions import charters_in_use
from geodata.errors import PlanningError
from zones.assessment import Assessment
from zones.drafts import draft_text, read_draft
from zones.files import Format, content, evidence
from zones.ui.components.session import draft, language, open_draft, say
from zones.ui.components.territory import Territory

__all__ = ["show_file"]

_GEOJSON, _GEOPACKAGE = "application/geo+json", "application/geopackage+sqlite3"


def show_file(ground: Territory, assessment: Assessment | None) -> None:
    """Downloads and the opening of a saved file."""
    st.markdown(f"**{say('handover')}**")
    if assessment is None:
        st.caption(say("download_first"))
    else:
        _handover(ground, assessment)
    st.markdown(f"**{say('keep')}**")
    st.download_button(
        say("save"),
        draft_text(draft()),
        file_name=f"{_stem()}.yaml",
        mime="application/yaml",
        icon=":material/save:",
        on_click="ignore",
        key="save",
    )
    with st.container(key=f"opening_{language()}"):
        st.file_uploader(
            say("open"), type=["yaml", "yml"], key="opening", max_upload_size=1, on_change=_open
        )
    for kind, text in st.session_state.pop("opening_said", ()):
        (st.success if kind == "done" else st.error)(text)
    st.markdown(f"**{say('notice')}**")
    for charter in charters_in_use():
        title, notice = charter.title.say(language()), charter.model_notice.say(language())
        st.caption(f"{title} ({charter.edition}). {notice}")


def _handover(ground: Territory, assessment: Assessment) -> None:
    """Files for partners, made when they are asked for."""
    said = language()
    demo = "_DEMO" if assessment.provenance.demo_share else ""
    st.caption(say("handover_help"))

    def made(output: Format) -> Callable[[], bytes]:
        return lambda: content(
            assessment, ground.parcels, ground.layers, output=output, language=said
        )

    def articles() -> bytes:
        return evidence(assessment, ground.layers, language=said)

    for word, make, ending, mime in (
        ("download_parcels", made("geojson"), f"parcelles{demo}.geojson", _GEOJSON),
        ("download_articles", articles, f"articles{demo}.geojson", _GEOJSON),
        ("download_geopackage", made("gpkg"), f"verdicts{demo}.gpkg", _GEOPACKAGE),
        ("download_table", made("csv"), f"articles{demo}.csv", "text/csv"),
    ):
        st.download_button(
            say(word),
            make,
            file_name=f"{_stem()}_{ending}",
            mime=mime,
            icon=":material/download:",
            on_click="ignore",
            key=word,
            width="stretch",
        )


def _stem() -> str:
    """File name of the project: letters and digits only."""
    plain = unicodedata.normalize("NFKD", draft().project.name.say(language()))
    words = re.findall(r"[a-z0-9]+", plain.encode("ascii", "ignore").decode().lower())
    return "_".join(words)[:40] or "projet"


def _open() -> None:
    """Work on the uploaded file, or say what is wrong with it; the work at hand stays."""
    uploaded = st.session_state["opening"]
    if uploaded is None:
        return
    try:
        open_draft(read_draft(uploaded.getvalue(), name=uploaded.name))
    except PlanningError as error:
        st.session_state["opening_said"] = [
            ("fault", each.say(language())) for each in error.faults
        ]
    else:
        st.session_state["opening_said"] = [("done", say("opened", name=uploaded.name))]
