"""Loops over flat coordinates turned into machine code.

Imported only where many sites are measured at once: loading takes longer than measuring one site.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba

from zones.measures.features import Array

__all__ = ["compiled", "holds"]

_Loop = TypeVar("_Loop", bound=Callable[..., Any])


def compiled(loop: _Loop) -> _Loop:
    """``loop`` as machine code that lets go of the interpreter, kept on disk where it can be."""
    try:
        return cast("_Loop", numba.njit(nogil=True, cache=True)(loop))
    except RuntimeError:  # no folder can be written: compiled again by each process
        return cast("_Loop", numba.njit(nogil=True)(loop))


@compiled
def holds(points: Array, signs: Array, first: int, last: int, x: float, y: float) -> bool:
    """Whether a point lies within rings, by the number of edges to its right."""
    inside = False
    for j in range(first, last):
        if signs[j] != 0:
            x0, y0, x1, y1 = points[j, 0], points[j, 1], points[j + 1, 0], points[j + 1, 1]
            if (y0 > y) != (y1 > y) and x < x0 + (y - y0) / (y1 - y0) * (x1 - x0):
                inside = not inside
    return inside
