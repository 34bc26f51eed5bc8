"""Results kept for things known by their identity, such as models, which take long to hash."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import TypeVar

__all__ = ["kept_for_each"]

_MOST = 4096
_Thing = TypeVar("_Thing")
_Result = TypeVar("_Result")


def kept_for_each(find: Callable[[_Thing], _Result]) -> Callable[[_Thing], _Result]:
    """Let ``find`` look at each thing once; things are never changed, and told apart by identity.

    When too many are kept, all are dropped and found again.
    """
    known: dict[int, tuple[_Thing, _Result]] = {}

    @functools.wraps(find)
    def found(thing: _Thing) -> _Result:
        entry = known.get(id(thing))
        if entry is None:  # a thing that is kept is alive, so that its number is its own
            if len(known) >= _MOST:
                known.clear()
            entry = known[id(thing)] = (thing, find(thing))
        return entry[1]

    return found
