from __future__ import annotations

import dataclasses
import json

import pytest
from streamlit.testing.v1 import AppTest

from zones.maps import map_document
from zones.ui.components.map_frame import MapState, clicked_parcel


def page():
    """One page with the map, as a script of its own."""
    import streamlit as st  # noqa: PLC0415 - the function is run as a script of its own

    from zones.maps import MapDocument  # noqa: PLC0415 - as above
    from zones.ui.components.map_frame import (  # noqa: PLC0415 - as above
        Focus,
        MapState,
        clicked_parcel,
        show_map,
    )

    document = MapDocument("", "d" * 64, ("a", "b"))
    state = MapState(
        codes="14",
        selected=("b",),
        language=st.session_state.get("language", "fr"),
        focus=Focus((2.0, 49.0, 3.0, 50.0), 1),
    )
    show_map(document, state, key="map", on_click=lambda: None)
    st.text(repr(clicked_parcel("map", document)))


def shown(run):
    """What the page sends to the map."""
    element = next(each for each in run.main if each.type == "bidi_component")
    return json.loads(element.proto.json)


def test_page_sends_the_state_and_the_address():
    """Codes, selection and words travel apart from the document."""
    run = AppTest.from_function(page).run()
    assert not run.exception
    found = shown(run)
    assert found["address"] == f"/map/{'d' * 64}"
    assert found["state"]["codes"] == "14"
    assert found["state"]["selected"] == ["b"]
    assert found["state"]["focus"] == {"bounds": [2.0, 49.0, 3.0, 50.0], "count": 1}
    assert found["state"]["texts"]["outcomes"]["compliant"] == "Conforme"


def test_words_follow_the_language():
    """The other language changes the words and nothing else."""
    run = AppTest.from_function(page)
    french = shown(run.run())
    run.session_state["language"] = "en"
    english = shown(run.run())
    assert english["state"]["texts"]["outcomes"]["compliant"] == "Compliant"
    assert english["address"] == french["address"]
    assert english["state"]["codes"] == french["state"]["codes"]


@pytest.mark.parametrize(
    ("click", "parcel"),
    [
        (None, None),
        ({"parcel": "a", "n": 1}, "a"),
        ({"parcel": "unknown", "n": 1}, None),
        ({"parcel": ["a"], "n": 1}, None),
        ({"n": 1}, None),
        ("a", None),
    ],
)
def test_only_an_id_of_the_document_is_believed(monkeypatch, click, parcel):
    """Whatever else the browser sends is no parcel."""
    document = dataclasses.replace(map_document({}), parcel_order=("a", "b"))
    monkeypatch.setattr("streamlit.session_state", {"map": {"click": click}})
    assert clicked_parcel("map", document) == parcel


def test_state_cannot_be_changed():
    """A state is a value."""
    with pytest.raises(dataclasses.FrozenInstanceError):
        MapState().codes = "0"
