"""The layers at work: their editions, what changed between two, and a way back."""

from __future__ import annotations

import json

import geopandas as gpd
import pandas as pd
import streamlit as st

from charters.editions import charters_in_use
from charters.needs import articles_by_layer
from geodata.catalog import catalog
from geodata.crs import to_web
from geodata.editions import compare, list_editions, restore
from geodata.errors import PlanningError
from geodata.language import number_text
from geodata.store import desk_store, read_edition
from zones.ui.components.map_frame import MapState, show_map
from zones.ui.components.session import language, say
from zones.ui.components.territory import Territory
from zones.ui.documents import document_for

__all__ = ["show_layers"]

_SHOWN = 200


def show_layers(ground: Territory) -> None:
    """Editions of one layer, then the table of all of them."""
    for kind, text in st.session_state.pop("edition_said", ()):
        (st.success if kind == "done" else st.error)(text)
    needs = articles_by_layer(charters_in_use())
    rows = [
        (
            contract.title.say(language()),
            number_text(ground.layers[name].edition.rows, language())
            if name in ground.layers
            else "–",
            ground.layers[name].edition.date if name in ground.layers else say("layer_absent"),
            _nature(ground, name),
            ", ".join(needs.get(name, ())) or "–",
        )
        for name, contract in catalog().items()
    ]
    heads = ("layer", "features", "edition", "nature", "articles")
    st.selectbox(
        say("layer_editions"),
        [name for name in catalog() if name in ground.layers],
        index=None,
        placeholder=say("layer_choose"),
        format_func=lambda name: catalog()[name].title.say(language()),
        key="edition_layer",
    )
    chosen = st.session_state["edition_layer"]
    if chosen is not None:
        _editions(chosen)
    table = pd.DataFrame(rows, columns=[say(f"column_{each}") for each in heads])
    st.table(table.set_index(say("column_layer")), border="horizontal")


def _nature(ground: Territory, name: str) -> str:
    """Whether a layer is real, a demonstration, or both."""
    if name not in ground.layers:
        return "–"
    share = ground.layers[name].edition.demo_share
    return say("layer_real" if share == 0 else "layer_demo" if share == 1 else "layer_both")


def _editions(layer: str) -> None:
    """Editions of one layer, their difference, and the way back."""
    store = desk_store()
    try:
        records = list_editions(store, layer)
    except PlanningError as error:
        st.error(error.say(language()))
        return
    for each in records:
        edition = each.edition
        current = f" · {say('edition_current')}" if each.is_current else ""
        st.text(
            f"{edition.number} · {edition.date} · {edition.source} · {edition.producer} · "
            f"{number_text(edition.rows, language())}{current}"
        )
        if not each.is_current and each.is_kept:
            st.button(
                say("edition_restore", number=edition.number),
                key=f"restore_{layer}_{edition.number}",
                icon=":material/history:",
                on_click=_restore,
                args=(layer, edition.number),
            )
    numbers = [each.edition.number for each in records if each.is_kept]
    if len(numbers) > 1:
        _difference(layer, numbers)


def _difference(layer: str, numbers: list[int]) -> None:
    """Features added, removed or changed between two editions."""
    first, last = st.columns(2)
    before = first.selectbox(say("edition_before"), numbers, index=len(numbers) - 2, key="before")
    after = last.selectbox(say("edition_after"), numbers, index=len(numbers) - 1, key="after")
    changes = compare(desk_store(), layer, before, after)
    counts = changes["change"].value_counts()
    st.caption(
        say(
            "edition_counts",
            added=int(counts.get("added", 0)),
            removed=int(counts.get("removed", 0)),
            changed=int(counts.get("changed", 0)),
        )
    )
    if len(changes):
        shown = pd.DataFrame(changes.drop(columns="geometry")).head(_SHOWN)
        st.dataframe(shown.reset_index(), hide_index=True, height=240, key="edition_changes")
        _changes_map(layer, after, changes.head(_SHOWN))


def _changes_map(layer: str, after: int, changes: gpd.GeoDataFrame) -> None:
    """What differs, drawn over the later edition."""
    roles = changes["change"].map({"added": "target", "removed": "clip", "changed": "link"})
    drawn = gpd.GeoDataFrame({"role": roles, "label": ""}, geometry=changes.geometry)
    state = MapState(
        language=language(), shown=(layer,), evidence=json.loads(to_web(drawn).to_json())
    )
    document = document_for({layer: read_edition(desk_store(), layer=layer, number=after)})
    st.caption(say("edition_map"))
    with st.container(key="changes_box"):
        show_map(document, state, key="changes", on_click=lambda: None, height=420)


def _restore(layer: str, number: int) -> None:
    """Make an earlier edition the current one again."""
    try:
        restore(desk_store(), layer, number)
    except PlanningError as error:
        st.session_state["edition_said"] = [("fault", error.say(language()))]
    else:
        title = catalog()[layer].title.say(language())
        done = say("edition_restored", layer=title, number=number)
        st.session_state["edition_said"] = [("done", done)]
