"""One project on several sites: the list of sites, the table and the map."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence

import geopandas as gpd
import numpy as np
import streamlit as st

from charters.editions import charters_in_use
from charters.wording import said
from geodata.crs import to_web
from geodata.errors import PlanningError
from geodata.language import date_text, number_text
from zones.commands import ids_in
from zones.comparison import MOST_CASES, Case, compare, together
from zones.comparison_files import comparison_content
from zones.sites import one_site
from zones.ui.components.comparison_session import (
    add_sites,
    remove_site,
    say_faults,
    set_sites,
    sites,
)
from zones.ui.components.comparison_table import (
    Column,
    TableAct,
    asked_of_table,
    show_comparison,
)
from zones.ui.components.comparison_words import COMPARISON_WORDS, told
from zones.ui.components.map_frame import Legend, MapState, clicked_parcel, focus_on, show_map
from zones.ui.components.session import draft, language, set_parcels
from zones.ui.components.site_panel import short_id
from zones.ui.components.territory import Territory

__all__ = ["show_sites"]

_KEY, _MAP_KEY, _IDS_KEY = "site_table", "map_sites", "compared_ids"
_NOT_COMPARED = "-"


def show_sites(ground: Territory, *, day: dt.date) -> None:
    """The project of the desk on the sites of the list."""
    chosen = [each for each in sites() if all(parcel in ground.parcels.index for parcel in each)]
    left, right = st.columns([2, 3], gap="medium")
    cases: list[Case] = []
    if chosen:
        frames = together([one_site(ground.parcels, each) for each in chosen])
        project = draft().project
        cases = compare(frames, [project], ground.layers, charters=charters_in_use(), day=day)
    with left:
        _ways_in(ground, cases)
        _map(ground, cases)
    with right:
        with st.container(key="file_name"):
            st.text(told("project_is", name=draft().project.name.say(language())))
        if cases:
            _table(cases, day)
        else:
            st.info(told("sites_none"), icon=":material/touch_app:")


def _ways_in(ground: Territory, cases: Sequence[Case]) -> None:
    """The site of the desk, ids, a saved list."""
    is_full = len(sites()) >= MOST_CASES
    here, typed, kept = st.columns([5, 4, 3])
    own = tuple(each for each in draft().parcels if each in ground.parcels.index)
    here.button(
        told("sites_current"),
        icon=":material/add_location_alt:",
        key="site_current",
        on_click=add_sites,
        args=([own],),
        disabled=is_full or not own,
        width="stretch",
    )
    with typed.popover(
        told("sites_type"), icon=":material/edit_note:", width="stretch", key="site_ids"
    ):
        st.text_area(told("sites_ids"), key=_IDS_KEY, height=120, placeholder="80021000ZX0012")
        st.button(
            told("sites_add"), key="site_typed", on_click=_add_typed, args=(ground,), type="primary"
        )
    with kept.popover(told("sites_list"), icon=":material/list:", width="stretch"):
        st.download_button(
            told("sites_save"),
            "\n".join(",".join(each) for each in sites()) + "\n",
            file_name="sites.txt",
            mime="text/plain",
            icon=":material/save:",
            on_click="ignore",
            key="site_save",
            disabled=not cases,
        )
        with st.container(key=f"opening_{language()}"):
            st.file_uploader(
                told("sites_open"),
                type=["txt"],
                key="site_file",
                max_upload_size=1,
                on_change=_add_file,
                args=(ground,),
            )
        st.button(
            told("sites_clear"),
            key="site_clear",
            on_click=set_sites,
            args=([],),
            disabled=not cases,
        )
    if is_full:
        st.caption(told("sites_full"))


def _table(cases: Sequence[Case], day: dt.date) -> None:
    """Sites as columns, with their areas."""
    with st.container(key="site_tools", horizontal=True, vertical_alignment="center"):
        only = st.toggle(told("only_differences"), key="site_only", disabled=len(cases) == 1)
        st.caption(told("judged_on", day=date_text(day, language())), width="content")
        st.space("stretch")
        demo = "_DEMO" if cases[0].assessment.provenance.demo_share else ""
        spoken = language()
        st.download_button(
            told("download_csv"),
            lambda: comparison_content(cases, output="csv", language=spoken),
            file_name=f"sites{demo}.csv",
            mime="text/csv",
            icon=":material/download:",
            on_click="ignore",
            key="site_csv",
        )
    desk = tuple(sorted(set(draft().parcels)))
    show_comparison(
        cases,
        [_column(number, case, desk) for number, case in enumerate(cases, 1)],
        extra=[],
        caption=told("sites"),
        only_differences=only and len(cases) > 1,
        language=language(),
        key=_KEY,
        on_ask=lambda: _answer([case.site["parcels"].iloc[0] for case in cases]),
    )
    st.caption(told("legend"))


def _column(number: int, case: Case, desk: tuple[str, ...]) -> Column:
    """Head of one site: parcels and both areas."""
    row = case.site.iloc[0]
    parcels = row["parcels"]
    areas = [
        "–" if np.isnan(area) else f"{number_text(area, language(), decimals=0)}\u00a0m²"
        for area in (row["contenance_m2"], row["planar_area_m2"])
    ]
    is_desk = tuple(parcels) == desk
    return Column(
        f"{number} · {', '.join(short_id(each) for each in parcels)}",
        said(COMPARISON_WORDS["area_row"], " / ".join(areas), language()),
        ("remove",) if is_desk else ("on_desk", "remove"),
        is_current=is_desk,
    )


def _answer(shown: Sequence[tuple[str, ...]]) -> None:
    """Do what was asked of the table, whose columns are the sites ``shown``."""
    match asked_of_table(_KEY, columns=len(shown)):
        case TableAct(act="remove", column=position):
            remove_site(shown[position])
        case TableAct(act="on_desk", column=position):
            set_parcels(shown[position])


def _add_typed(ground: Territory) -> None:
    """Compare the sites that were typed too."""
    if _add_lines(st.session_state[_IDS_KEY], ground):
        st.session_state[_IDS_KEY] = ""


def _add_file(ground: Territory) -> None:
    """Compare the sites of a saved list too."""
    uploaded = st.session_state["site_file"]
    if uploaded is None:
        return
    _add_lines(uploaded.getvalue().decode("utf-8", errors="replace"), ground)


def _add_lines(text: str, ground: Territory) -> bool:
    """Compare the site of each line too; where one is refused, say why and add none."""
    lines = [ids for ids in (ids_in(line) for line in text.splitlines()) if ids]
    try:
        for ids in lines:
            one_site(ground.parcels, ids)
    except PlanningError as error:
        say_faults(error.faults)
        return False
    add_sites([tuple(ids) for ids in lines])
    return True


def _map(ground: Territory, cases: Sequence[Case]) -> None:
    """The sites on the map, coloured by the worse of both charters; a click adds a parcel."""
    order = {parcel: place for place, parcel in enumerate(ground.document.parcel_order)}
    codes = [_NOT_COMPARED] * len(order)
    for case in cases:
        code = max(int(each[case.position]) for each in case.assessment.outcomes.values())
        for parcel in case.site["parcels"].iloc[0]:
            codes[order[parcel]] = str(code)
    state = MapState(
        codes="".join(codes),
        selected=tuple(parcel for case in cases for parcel in case.site["parcels"].iloc[0]),
        evidence=_numbers(cases),
        language=language(),
        focus=focus_on(together([case.site for case in cases])) if cases else None,
        legend=Legend(told("sites_legend"), {}),
    )

    def click() -> None:
        parcel = clicked_parcel(_MAP_KEY, ground.document)
        if parcel is not None:
            add_sites([(parcel,)])

    with st.container(key="sites_map"):
        show_map(ground.document, state, key=_MAP_KEY, on_click=click, height=700)


def _numbers(cases: Sequence[Case]) -> dict[str, object] | None:
    """Number of each site, drawn at it."""
    if not cases:
        return None
    sites_shown = gpd.GeoDataFrame(
        {"role": "reach", "label": [str(number) for number in range(1, len(cases) + 1)]},
        geometry=[case.site.geometry.iloc[0] for case in cases],
        crs=cases[0].site.crs,
    )
    drawn: dict[str, object] = json.loads(to_web(sites_shown).to_json())
    return drawn
