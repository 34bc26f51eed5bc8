from streamlit.testing.v1 import AppTest


def page():
    """A choice that is drawn only while the box is ticked, as a script of its own."""
    import streamlit as st  # noqa: PLC0415 - the function is run as a script of its own

    from zones.ui.components.session import keep_choice, kept_choice  # noqa: PLC0415 - as above

    offered = ["a", "b", "c"][: int(st.session_state.get("offered", 3))]
    chosen = kept_choice("letter", among=offered, default="a")
    if st.checkbox("drawn", value=True, key="drawn"):
        st.session_state["box"] = chosen
        st.selectbox(
            "letter",
            offered,
            key="box",
            on_change=keep_choice,
            args=("letter",),
            kwargs={"key": "box"},
        )
    st.text(chosen)


def test_a_choice_outlives_its_widget():
    """What was chosen is still so after a run that did not draw it."""
    run = AppTest.from_function(page).run()
    assert "a" == run.text[0].value
    run.selectbox(key="box").select("c").run()
    run.checkbox(key="drawn").uncheck().run()
    run.checkbox(key="drawn").check().run()
    assert ("c", "c") == (run.text[0].value, run.selectbox(key="box").value)


def test_a_choice_that_is_no_longer_offered_is_dropped():
    """The default stands in for it."""
    run = AppTest.from_function(page).run()
    run.selectbox(key="box").select("c").run()
    run.session_state["offered"] = 2
    run.run()
    assert "a" == run.text[0].value
