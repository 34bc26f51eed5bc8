"""The map of one article: where the project, as it is, would comply, counted and exported."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from charters.model import Charter
from charters.wording import CHARTER_OUTCOMES, OUTCOMES
from geodata.language import Text, number_text
from zones.assessment import Assessment
from zones.location import Location, locate, shares
from zones.location_files import LocationFormat, location_content
from zones.ui.components.location_words import LOCATION_WORDS
from zones.ui.components.map_frame import Legend
from zones.ui.components.session import article_on_map, language, map_article
from zones.ui.components.territory import Territory

__all__ = ["article_choice", "legend_of", "located", "map_button", "show_location"]

_KEY = "map_article"
_HECTARE_M2 = 10_000


def located(every: Assessment | None) -> Location | None:
    """What the parcels are coloured by, where it is one article that the charters hold."""
    asked = article_on_map()
    if every is None or asked is None:
        return None
    names = {each.id for one in every.verdicts.values() for _, each in one.charter.requirements}
    return locate(every, asked) if asked in names else None


def legend_of(location: Location) -> Legend:
    """Title and words of the map's legend for one article."""
    words = {key: text.say(language()) for key, text in _outcomes(location).items()}
    # the third look of the palette is that of reservations, which an article has not
    words["reservations"] = words.get("to_discuss", words.get("reservations", ""))
    return Legend(_say("legend", article=location.subject), words)


def map_button(requirement: str) -> None:
    """Way from an article to its map, or back."""
    is_shown = article_on_map() == requirement
    st.button(
        _say("back") if is_shown else _say("map_it", article=requirement),
        icon=":material/undo:" if is_shown else ":material/format_color_fill:",
        help=None if is_shown else _say("map_help"),
        key="map_it",
        type="tertiary",
        on_click=map_article,
        args=(None if is_shown else requirement,),
    )


def article_choice(charters: Sequence[Charter]) -> None:
    """Choice of the article that colours the map."""
    titles = {each.id: each.title for charter in charters for _, each in charter.requirements}
    st.session_state[_KEY] = article_on_map() if article_on_map() in titles else None
    st.selectbox(
        _say("choose"),
        list(titles),
        index=None,
        format_func=lambda name: f"{name} · {titles[name].say(language())}",
        placeholder=_say("choose_hint"),
        key=_KEY,
        on_change=_take,
        label_visibility="collapsed",
        width="stretch",
    )


def show_location(location: Location, every: Assessment, ground: Territory) -> None:
    """Counts and areas by outcome, a way back, and the files."""
    words, said = _outcomes(location), language()
    with st.container(key="location", horizontal=True, vertical_alignment="center"):
        parts = [
            _say(
                "share",
                outcome=words[each.outcome].say(said),
                count=number_text(each.count, said, decimals=0),
                area=number_text(each.area_m2 / _HECTARE_M2, said, decimals=1),
            )
            for each in shares(location, every)
        ]
        st.caption(" · ".join(parts))
        st.button(
            _say("back"),
            icon=":material/undo:",
            key="map_back",
            type="tertiary",
            on_click=map_article,
            args=(None,),
        )
        with st.popover(_say("download"), icon=":material/download:"):
            _files(location, every, ground)


def _files(location: Location, every: Assessment, ground: Territory) -> None:
    """Downloads, made when they are asked for."""
    said = language()
    demo = "_DEMO" if every.provenance.demo_share else ""

    def made(output: LocationFormat) -> Callable[[], bytes]:
        return lambda: location_content(
            location, every, ground.parcels, output=output, language=said
        )

    kinds: tuple[tuple[LocationFormat, str], ...] = (
        ("geojson", "application/geo+json"),
        ("csv", "text/csv"),
    )
    for output, mime in kinds:
        st.download_button(
            _say(output),
            made(output),
            file_name=f"{location.subject}{demo}.{output}",
            mime=mime,
            icon=":material/download:",
            on_click="ignore",
            key=f"location_{output}",
            width="stretch",
        )
    if demo:
        st.caption(_say("demo"))


def _outcomes(location: Location) -> Mapping[str, Text]:
    """Words of the outcomes."""
    return OUTCOMES if location.is_article else CHARTER_OUTCOMES


def _take() -> None:
    """Colour by the article chosen, or by the charters again."""
    map_article(st.session_state[_KEY])


def _say(word: str, **values: object) -> str:
    """A word about the map of an article."""
    return LOCATION_WORDS[word].say(language(), **values)
