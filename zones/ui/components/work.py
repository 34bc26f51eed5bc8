"""Long work beside the page: started once, watched, and given up on request."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from geodata.errors import PlanningError

__all__ = ["Work", "begin", "wait_for"]

_TICK_S = 0.25


@dataclass(slots=True, eq=False)
class Work:
    """One piece of work in its own thread; the page only looks at it."""

    title: str
    """What is being done, as the planner named it."""
    started: float = field(default_factory=time.monotonic)
    """Seconds of a clock that never goes back."""
    message: Any = None
    """Last thing the work said of itself."""
    result: Any = None
    """What it gave, once it is done."""
    error: PlanningError | None = None
    """Why it was refused."""
    is_done: bool = False
    """Whether it ended, one way or another."""
    is_cancelled: bool = False
    """Whether the planner gave it up; the work asks for this often."""

    @property
    def seconds(self) -> int:
        """Whole seconds since it began."""
        return int(time.monotonic() - self.started)


def begin(title: str, act: Callable[[Work], Any]) -> Work:
    """Start ``act`` beside the page; its result, or its refusal, ends up in the work."""
    work = Work(title)

    def run() -> None:
        try:
            work.result = act(work)
        except PlanningError as error:
            work.error = error
        finally:
            work.is_done = True

    threading.Thread(target=run, daemon=True, name="desk-work").start()
    return work


def wait_for(work: Work, progress: Callable[[], tuple[float, str]]) -> None:
    """Say how far ``work`` is, as a share and a text, until it is done.

    Nothing of the page comes after it. A click meanwhile begins the page anew, and this with it.
    A fragment that runs again and again would do the same, but Streamlit forgets it when a slow
    run of the page ends after it has begun.
    """
    bar = st.empty()
    while not work.is_done:
        share, text = progress()
        bar.progress(share, text=text)
        time.sleep(_TICK_S)
