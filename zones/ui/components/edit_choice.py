"""A choice of a list that keeps its value, but not its words, when the language changes."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from zones.ui.components.session import language

__all__ = ["ask_choice", "choice"]


def choice(
    label: str, options: Sequence[str], *, words: Callable[[str], str], key: str
) -> str | None:
    """Entry that is chosen; the first at the start, None where there is none to choose."""
    kept = st.session_state.get(f"{key}_kept")
    chosen: str | None = st.selectbox(
        label,
        options,
        index=options.index(kept) if kept in options else 0 if options else None,
        format_func=words,
        key=f"{key}_{language()}",
    )
    st.session_state[f"{key}_kept"] = chosen
    return chosen


def ask_choice(key: str, value: str) -> None:
    """Choose an entry before the list is shown."""
    st.session_state[f"{key}_kept"] = value
    st.session_state.pop(f"{key}_{language()}", None)
