"""The desk: map on the left; site, charters, verdict and project on the right."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable

import geopandas as gpd
import numpy as np
import streamlit as st

from charters.cascade import CharterOutcome
from charters.editions import charters_in_use
from charters.examples import facts_of
from charters.facts import Facts
from charters.model import Charter
from charters.questions import asked_fields
from charters.verdicts import Verdict
from charters.wording import CHARTER_OUTCOMES
from geodata.crs import to_web
from geodata.errors import Fault
from geodata.language import date_text
from zones.assessment import Assessment, assess, assessment_at, site_verdicts
from zones.exports import verdict_evidence
from zones.location import Location
from zones.measures import Ground, SiteFacts, ground_at, ground_of
from zones.palette import OUTCOMES
from zones.projects import part_faults, project_facts
from zones.sites import one_site
from zones.ui.components.day_words import DAY_WORDS
from zones.ui.components.file_panel import show_file
from zones.ui.components.joint_panel import show_change
from zones.ui.components.location_panel import (
    article_choice,
    legend_of,
    located,
    map_button,
    show_location,
)
from zones.ui.components.map_frame import MapState, clicked_parcel, focus_on, show_map
from zones.ui.components.parcel_table import show_table
from zones.ui.components.project_form import show_form
from zones.ui.components.session import (
    can_undo,
    choose_article,
    chosen_article,
    draft,
    judge_on,
    language,
    look_at_site,
    looks,
    map_article,
    read_article,
    say,
    set_parcels,
    toggle_parcel,
    undo,
)
from zones.ui.components.site_panel import show_site, site_line
from zones.ui.components.territory import Territory, territory
from zones.ui.components.verdict_list import chosen_in_list, show_verdicts

__all__ = ["desk_page"]

_PANELS = ("verdict", "change", "project", "site", "parcels", "file")
_COLOURINGS = ("both", "industrial_parks", "commercial_hotel")
_COLOURS = {
    "compliant": "green",
    "reservations": "orange",
    "to_investigate": "violet",
    "non_compliant": "red",
    "not_applicable": "gray",
}
"""Names under which the theme knows the inks of the palette."""


def desk_page() -> None:
    """Everything a planner does with one site and one project."""
    ground = territory()
    left, right = st.columns([3, 2], gap="medium")
    with right, st.container(key="side"):
        every = _judged(ground.sites, ground.ground, ground)
        place, alone = _site(ground)
        site = None if alone is None else alone.sites
        here = _here(every, place, alone, ground)
        verdicts = [] if here is None else site_verdicts(here)
        shapes = None if here is None else _evidence(ground, here, verdicts)
        _head(site, here, verdicts, ground)
        panel = _panel_choice()
        with st.container(key="scroll", height=500, border=False):
            if panel == "parcels":
                show_table(ground, every)
            elif panel == "file":
                show_file(ground, here)
            elif panel == "project":
                _project(alone)
            elif site is None or alone is None:
                st.info(say("no_site"), icon=":material/touch_app:")
                st.caption(say("no_site_next"))
            elif panel == "site":
                show_site(site, _facts(alone), ground.layers)
            elif panel == "change":
                _change(alone)
            else:
                _verdict(verdicts, ground, has_evidence=shapes is not None)
    with left:
        _map(ground, every, site, shapes)


def _judged(sites: gpd.GeoDataFrame, kept: Ground, ground: Territory) -> Assessment | None:
    """Assessment for the project at work, None while it has no date or contradicts itself."""
    project = draft().project
    day = draft().day
    if day is None or _contradictions():
        return None
    return assess(
        sites,
        project,
        ground.layers,
        charters=charters_in_use(),
        day=day,
        ground=kept,
    )


def _facts(alone: Ground) -> Facts:
    """What is known of the site, for the project at work."""
    project = draft().project
    return SiteFacts(alone, project=project_facts(project), day=draft().day)


def _site(ground: Territory) -> tuple[int | None, Ground | None]:
    """Site at work: its place among the parcels if it is one of them, and its ground.

    Parcels that the layer does not hold are said and left out.
    """
    places = ground.parcels.index.get_indexer(draft().parcels)
    known = [each for each, at in zip(draft().parcels, places, strict=True) if at >= 0]
    if len(known) < len(draft().parcels):
        unknown = ", ".join(each for each in draft().parcels if each not in known)
        st.error(say("unknown_parcel", ids=unknown), icon=":material/report:")
    if len(known) == 1:
        place = int(places.max())
        return place, ground_at(ground.ground, place)
    return None, ground_of(one_site(ground.parcels, known), ground.layers) if known else None


def _here(
    every: Assessment | None, place: int | None, alone: Ground | None, ground: Territory
) -> Assessment | None:
    """The site judged: a parcel as the map is coloured, several put together anew."""
    if every is None or alone is None:
        return None
    return _judged(alone.sites, alone, ground) if place is None else assessment_at(every, place)


def _head(
    site: gpd.GeoDataFrame | None,
    here: Assessment | None,
    verdicts: list[Verdict],
    ground: Territory,
) -> None:
    """Site in a line, and the outcome of each charter."""
    with st.container(
        key="head", horizontal=True, vertical_alignment="center", wrap=False, gap=None
    ):
        with st.container(key="site_line"):
            st.text(say("no_site_short") if site is None else site_line(site, ground.layers))
        _tool("center_focus_strong", "look", look_at_site, is_off=site is None)
        if draft().judged_on is not None:
            word = DAY_WORDS["back_to_filing"].say(language())
            st.button(
                word,
                icon=":material/event_repeat:",
                help=word,
                key="back_to_filing",
                type="tertiary",
                on_click=lambda: judge_on(None),
            )
        _tool("undo", "undo", undo, is_off=not can_undo())
        _tool("delete_sweep", "clear", lambda: set_parcels(()), is_off=site is None)
    with st.container(key="file_name"):
        st.text(_dossier())
    if site is not None and not bool(site["is_contiguous"].iloc[0]):
        st.caption(f":material/scatter_plot: {say('not_contiguous')}")
    for card, charter in zip(st.columns(2), charters_in_use(), strict=True):
        with card:
            _card(charter, here, verdicts)


def _card(charter: Charter, here: Assessment | None, verdicts: list[Verdict]) -> None:
    """One charter, its outcome, and how many requirements stand in the way."""
    code = None if here is None else CharterOutcome(int(here.outcomes[charter.id][0]))
    with st.container(border=True, key=f"card_{charter.id}", gap=None):
        st.caption(f"{say(charter.id)}{_other_day()}")
        if code is None:
            st.markdown(f":gray[:material/more_horiz: {say('no_verdict')}]")
        else:
            look = OUTCOMES[code]
            title = CHARTER_OUTCOMES[code.key].say(language())
            st.markdown(f":{_COLOURS[look.key]}[**:material/{look.symbol}: {title}**]")
            found = [each.outcome for each in verdicts if each.charter == charter.id]
            failed, is_open = found.count("non_compliant"), found.count("to_investigate")
            st.caption(say("counts", failed=failed, open=is_open))


def _dossier() -> str:
    """Name of the project, and both days where it is judged on another than its filing date."""
    name, day, filed = draft().project.name.say(language()), draft().judged_on, draft().project
    if day is None:
        return name
    word = "judged_only" if filed.filing_date is None else "judged_and_filed"
    said = DAY_WORDS[word].say(
        language(),
        day=date_text(day, language()),
        filed=date_text(filed.filing_date or day, language()),
    )
    return f"{name} · {said}"


def _other_day() -> str:
    """That the verdict is of another day than the filing date, where it is."""
    day = draft().judged_on
    if day is None:
        return ""
    said = DAY_WORDS["on_day"].say(language(), day=day.strftime("%d/%m/%Y"))
    return f" · :orange[**{said}**]"


def _tool(icon: str, word: str, act: Callable[[], None], *, is_off: bool) -> None:
    """Small button with a symbol."""
    st.button(
        say(word),
        icon=f":material/{icon}:",
        help=say(word),
        key=word,
        type="tertiary",
        on_click=act,
        disabled=is_off,
    )


def _panel_choice() -> str:
    """Panel to show."""
    chosen = st.segmented_control(
        say("panel"),
        _PANELS,
        default="verdict",
        required=True,
        format_func=say,
        key="panel_choice",
        label_visibility="collapsed",
        width="stretch",
    )
    return str(chosen)


def _verdict(verdicts: list[Verdict], ground: Territory, *, has_evidence: bool) -> None:
    """Articles of the site, or why there is no verdict."""
    if not verdicts:
        _say_faults()
        return
    ids = [each.article for each in verdicts]
    chosen_id = chosen_article()
    if chosen_id in ids:
        map_button(str(chosen_id))

    def choose() -> None:
        chosen = chosen_in_list("verdicts", ids)
        if chosen is not None:
            choose_article(chosen)

    def read() -> None:
        wanted = chosen_in_list("verdicts", ids, what="read")
        if wanted is not None:
            read_article(wanted)

    show_verdicts(
        verdicts,
        charters=charters_in_use(),
        layers=ground.layers,
        chosen=chosen_article(),
        has_evidence=has_evidence,
        language=language(),
        key="verdicts",
        on={"choose": choose, "read": read},
    )


def _change(alone: Ground | None) -> None:
    """What must change, or why it cannot be told."""
    day = draft().day
    if alone is None or day is None or _contradictions():
        _say_faults()
    else:
        show_change(alone, charters=charters_in_use(), day=day)


def _project(alone: Ground | None) -> None:
    """The form, and what contradicts itself in it."""
    project = draft().project
    _say_faults()
    facts = {**facts_of({}), **project_facts(project)} if alone is None else _facts(alone)
    day = draft().day or dt.date(9000, 1, 1)
    show_form(asked_fields(charters_in_use(), facts, on=np.array([day], "datetime64[D]")))


def _contradictions() -> list[Fault]:
    """Faults of the project at work."""
    return list(part_faults(draft().project.values, where=""))


def _say_faults() -> None:
    """Why there is no verdict."""
    if draft().day is None:
        st.warning(say("no_date"), icon=":material/event_busy:")
    faults = _contradictions()
    if faults:
        lines = [say("contradiction"), *(fault.say(language()) for fault in faults)]
        st.error("\n\n".join(lines), icon=":material/report:")


def _evidence(
    ground: Territory, here: Assessment, verdicts: list[Verdict]
) -> gpd.GeoDataFrame | None:
    """Shapes behind the chosen article, None where there are none."""
    chosen = next((each for each in verdicts if each.article == chosen_article()), None)
    if chosen is None:
        return None
    shapes = verdict_evidence(chosen, here, here.sites, ground.layers)
    return None if shapes.empty else shapes


def _map(
    ground: Territory,
    every: Assessment | None,
    site: gpd.GeoDataFrame | None,
    shapes: gpd.GeoDataFrame | None,
) -> None:
    """The map, coloured by the verdict of every parcel."""
    colouring = st.session_state.get("colour_choice", "both")
    location = located(every)
    state = MapState(
        codes="" if every is None else _codes(every, str(colouring), location),
        selected=draft().parcels,
        evidence=None if shapes is None else json.loads(to_web(shapes).to_json()),
        language=language(),
        focus=None if site is None or not looks() else focus_on(site, count=looks()),
        legend=None if location is None else legend_of(location),
    )

    def click() -> None:
        parcel = clicked_parcel("map", ground.document)
        if parcel is not None:
            toggle_parcel(parcel)

    with st.container(key="map_box"):
        show_map(ground.document, state, key="map", on_click=click, height=700)
    with st.container(key="map_tools", horizontal=True, vertical_alignment="center"):
        st.caption(say("colour_by"), width="content")
        st.segmented_control(
            say("colour_by"),
            _COLOURINGS,
            default="both",
            required=True,
            format_func=say,
            key="colour_choice",
            label_visibility="collapsed",
            on_change=lambda: map_article(None),
        )
        article_choice(charters_in_use())
    if location is not None and every is not None:
        show_location(location, every, ground)


def _codes(every: Assessment, colouring: str, location: Location | None) -> str:
    """Outcome code of each parcel, one character each: of an article, a charter, or both."""
    if location is not None:
        codes = location.codes
    elif colouring == "both":
        codes = np.maximum.reduce(list(every.outcomes.values()))
    else:
        codes = every.outcomes[colouring]
    return (codes.astype(np.uint8) + ord("0")).tobytes().decode("ascii")
