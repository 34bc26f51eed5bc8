"""Differences as the codes of the map: what improves, what worsens, and the verdicts of a side."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

import numpy as np

from zones.differences import ABSENT, RANKS, Aligned
from zones.palette import OUTCOMES
from zones.ui.components.map_frame import Legend

__all__ = ["change_codes", "change_legend", "outcome_codes"]

Array = np.ndarray[Any, Any]

_LOOK_OF = {ABSENT: "not_applicable", "to_discuss": "reservations"}
_LOOKS = [each.key for each in OUTCOMES]
_CODES = np.array([_LOOKS.index(_LOOK_OF.get(word, word)) for word in RANKS], np.uint8)
"""Code of the map by rank."""
_HARM = np.array([0, 0, 0, 1, 1, 2, 3], np.int8)
"""How much an outcome stands in the way, by rank: what does not apply harms no more than what is
met."""
_SAME, _BETTER, _OTHER, _ONE_SIDE, _WORSE = range(5)
_WORDS = {
    "not_applicable": "map_same",
    "compliant": "map_better",
    "reservations": "map_other",
    "to_investigate": "map_one_side",
    "non_compliant": "map_worse",
}


def change_codes(pair: Aligned, *, article: str | None = None) -> Array:
    """Kind of change of each site, uint8: by one requirement, else by the charters' outcomes.

    0 unchanged, 1 improves, 2 changes without being better or worse (or only in its articles),
    3 is judged on one side only, 4 worsens. With several charters the worst change is told, and
    what worsens by one charter is not made up for by another.
    """
    chosen = _columns(pair, article)
    before, after = pair.before[:, chosen], pair.after[:, chosen]
    harm = _HARM[after] - _HARM[before]
    absent = RANKS.index(ABSENT)
    one_side = ((before == absent) != (after == absent)).any(axis=1)
    told = pair.is_changed if article is None else pair.is_changed[:, chosen]
    return np.select(
        [one_side, (harm > 0).any(axis=1), (harm < 0).any(axis=1), told.any(axis=1)],
        [_ONE_SIDE, _WORSE, _BETTER, _OTHER],
        _SAME,
    ).astype(np.uint8)


def outcome_codes(
    pair: Aligned, *, side: Literal["before", "after"], article: str | None = None
) -> Array:
    """Outcome of each site on one side as a code of :data:`zones.palette.OUTCOMES`, uint8.

    Of one requirement, else the worse of the charters.
    """
    ranks = pair.before if side == "before" else pair.after
    codes: Array = _CODES[ranks[:, _columns(pair, article)]].max(axis=1)
    return codes


def change_legend(say: Callable[[str], str]) -> Legend:
    """Legend of :func:`change_codes`, in the words that ``say`` gives."""
    return Legend(say("map_changes"), {key: say(word) for key, word in _WORDS.items()})


def _columns(pair: Aligned, article: str | None) -> list[int]:
    """Columns of a requirement, or of the charters' own outcomes."""
    return [place for place, (_, name) in enumerate(pair.columns) if name == (article or "")]
