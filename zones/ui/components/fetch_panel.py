"""A button that brings the open data of a commune or an EPCI."""

from __future__ import annotations

import re

import streamlit as st

from geodata.fetching.session import opened
from geodata.fetching.territory import members
from geodata.fetching.visit import Progress, ServiceResult, fetch
from zones.ui.components.session import language, say
from zones.ui.components.territory import writable_store
from zones.ui.components.work import Work, begin, wait_for

__all__ = ["show_fetch"]

_WORK, _RESULTS = "fetch_work", "fetch_results"
_SIREN = re.compile(r"\d{9}")


def show_fetch() -> None:
    """Code, button, progress, results by service."""
    st.caption(say("fetch_help"))
    code = st.text_input(say("fetch_code"), value="80021", max_chars=9, key="fetch_code")
    work: Work | None = st.session_state.get(_WORK)
    if work is not None:
        _watch(work)
    st.button(
        say("fetch_start"), icon=":material/cloud_download:", key="fetch_start",
        on_click=_start, args=(code.strip(),),
    )  # fmt: skip
    for kind, text in st.session_state.get(_RESULTS, ()):
        (st.success if kind == "done" else st.warning)(text)


def _start(code: str) -> None:
    """Visit the services beside the page."""
    st.session_state[_RESULTS] = ()

    def act(work: Work) -> tuple[ServiceResult, ...]:
        def report(progress: Progress) -> None:
            work.message = progress

        def cancelled() -> bool:
            return work.is_cancelled

        with opened(cancelled=cancelled) as session:
            communes = members(code, session=session) if _SIREN.fullmatch(code) else (code,)
            store = writable_store()
            return fetch(communes, store=store, report=report, cancelled=cancelled, session=session)

    st.session_state[_WORK] = begin(code, act)


def _watch(work: Work) -> None:
    """What goes on, and a way to give up."""
    st.button(say("cancel"), key="fetch_cancel", on_click=_cancel)
    wait_for(work, lambda: _progress(work))
    st.session_state[_WORK] = None
    st.session_state[_RESULTS] = (
        (("fault", work.error.say(language())),)
        if work.error is not None
        else tuple(_said(each) for each in work.result or ())
    )
    st.rerun()


def _progress(work: Work) -> tuple[float, str]:
    """How far the visit is."""
    said: Progress | None = work.message
    if said is None:
        return 0.0, f"{work.title} · {work.seconds} s"
    share = said.done / said.total if said.total else 0.0
    return min(1.0, share), f"{said.service} · {said.message.say(language())} · {work.seconds} s"


def _cancel() -> None:
    """Ask the visit to end; what is written stays."""
    work: Work | None = st.session_state.get(_WORK)
    if work is not None:
        work.is_cancelled = True


def _said(result: ServiceResult) -> tuple[str, str]:
    """One service in a sentence."""
    title = result.title.say(language())
    if result.faults:
        return "fault", f"{title} : " + " ".join(each.say(language()) for each in result.faults)
    brought = ", ".join(f"{layer} ({count})" for layer, count in result.layers)
    return "done", f"{title} : {brought or result.outcome}"
