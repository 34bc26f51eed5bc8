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
_SAME, _BETTER, _OTHER, _MIXED, _WORSE = range(5)
_WORDS = {
    "not_applicable": "map_same",
    "compliant": "map_better",
    "reservations": "map_other",
    "to_investigate": "map_mixed",
    "non_compliant": "map_worse",
}


def change_codes(pair: Aligned, *, article: str | None = None) -> Array:
    """Kind of change of each site, uint8: by one requirement, else by the charters and all of them.

    0 unchanged; 4 worsens: the outcome of a charter or of a requirement stands more in the way
    (:data:`_HARM`), and none less; 1 improves: one less, and none more; 3 cannot be summed up: one
    more and another less, or judged on one side only; 2 changes, none more nor less. A requirement
    that one side lacks counts there as one that does not apply, where it is not the only one
    looked at. So a site that worsens by one requirement alone never is told to improve, nor to
    change without being worse, by all of them.
    """
    chosen = [place for place, (_, name) in enumerate(pair.columns) if article in (None, name)]
    before, after = pair.before[:, chosen], pair.after[:, chosen]
    harm = _HARM[after] - _HARM[before]
    is_worse, is_better = (harm > 0).any(axis=1), (harm < 0).any(axis=1)
    own = _columns(pair, article)
    absent = RANKS.index(ABSENT)
    one_side = ((pair.before[:, own] == absent) != (pair.after[:, own] == absent)).any(axis=1)
    return np.select(
        [
            one_side | (is_worse & is_better),
            is_worse,
            is_better,
            pair.is_changed[:, chosen].any(axis=1),
        ],
        [_MIXED, _WORSE, _BETTER, _OTHER],
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


def change_legend(say: Callable[[str], str], *, article: str | None = None) -> Legend:
    """Legend of :func:`change_codes`, in the words that ``say`` gives.

    One requirement alone cannot be better and worse at once: it may be on one side only.
    """
    words = _WORDS if article is None else {**_WORDS, "to_investigate": "map_one_side"}
    title = say("map_changes")
    return Legend(
        title if article is None else f"{title} · {article}",
        {key: say(word) for key, word in words.items()},
    )


def _columns(pair: Aligned, article: str | None) -> list[int]:
    """Columns of a requirement, or of the charters' own outcomes."""
    return [place for place, (_, name) in enumerate(pair.columns) if name == (article or "")]
