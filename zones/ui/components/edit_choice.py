"""A choice of a list that keeps its value, but not its words, when the language changes."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from zones.ui.components.edit_session import switch
from zones.ui.components.session import language

__all__ = ["ask_choice", "choice"]


def choice(
    label: str,
    options: Sequence[str],
    *,
    words: Callable[[str], str],
    key: str,
    is_filled: bool = True,
    is_open: bool = False,
    turns: bool = False,
) -> str | None:
    """Entry that is chosen, None where there is none.

    Parameters
    ----------
    label, options
        As of a list.
    words
        Name of an entry, in the language of the page.
    key
        Where the choice is kept.
    is_filled
        Whether the first entry is chosen at the start, rather than none.
    is_open
        Whether another entry may be typed.
    turns
        Whether another choice turns to something else, see :func:`switch`.
    """
    kept = st.session_state.get(f"{key}_kept")
    listed = [*options, *([kept] if is_open and kept and kept not in options else [])]
    first = 0 if is_filled and listed else None
    chosen: str | None = st.selectbox(
        label,
        listed,
        index=listed.index(kept) if kept in listed else first,
        format_func=words,
        key=f"{key}_{language()}",
        placeholder="",
        accept_new_options=is_open,
        on_change=switch if turns else None,
    )
    st.session_state[f"{key}_kept"] = chosen
    return chosen


def ask_choice(key: str, value: str) -> None:
    """Choose an entry before the list is shown."""
    st.session_state[f"{key}_kept"] = value
    st.session_state.pop(f"{key}_{language()}", None)
