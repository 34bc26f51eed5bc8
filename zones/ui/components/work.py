"""Long work beside the page: started once, watched, and given up on request."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from geodata.errors import PlanningError

__all__ = ["Work", "begin"]


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
