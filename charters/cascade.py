"""Many outcomes become one per charter; the order is that of the house, the worst first."""

from __future__ import annotations

import enum

import numpy as np

from charters.judge import Outcome, Verdicts
from charters.operators import Array

__all__ = ["CharterOutcome", "cascade"]


class CharterOutcome(enum.IntEnum):
    """What a charter says of a site, the worst last."""

    NOT_APPLICABLE = 0
    COMPLIANT = 1
    RESERVATIONS = 2
    TO_INVESTIGATE = 3
    NON_COMPLIANT = 4

    @property
    def key(self) -> str:
        """Word used in files and JSON."""
        return self.name.lower()


def cascade(verdicts: Verdicts) -> Array:
    """:class:`CharterOutcome` code of every site, int8."""
    mandatory, recommended = (
        _worst(verdicts, [each.severity == severity for _, each in verdicts.charter.requirements])
        for severity in ("mandatory", "recommended")
    )
    return _RUNGS[mandatory, recommended]


def _worst(verdicts: Verdicts, is_chosen: list[bool]) -> Array:
    """Worst outcome of each site among some requirements, not applicable without any."""
    worst = np.full(len(verdicts.codes), Outcome.NOT_APPLICABLE, np.int8)
    for position in np.flatnonzero(is_chosen):
        np.maximum(worst, verdicts.codes[:, position], out=worst)
    return worst


def _rung(mandatory: Outcome, recommended: Outcome) -> CharterOutcome:
    """What a charter says, from the worst mandatory and the worst recommended outcome."""
    match mandatory, recommended:
        case Outcome.NON_COMPLIANT, _:
            return CharterOutcome.NON_COMPLIANT
        case Outcome.TO_INVESTIGATE, _:
            return CharterOutcome.TO_INVESTIGATE
        case Outcome.TO_DISCUSS, _:
            return CharterOutcome.RESERVATIONS
        case _, Outcome.NON_COMPLIANT | Outcome.TO_INVESTIGATE | Outcome.TO_DISCUSS:
            return CharterOutcome.RESERVATIONS
        case Outcome.NOT_APPLICABLE, Outcome.NOT_APPLICABLE:
            return CharterOutcome.NOT_APPLICABLE
    return CharterOutcome.COMPLIANT


_RUNGS = np.array([[_rung(most, next_) for next_ in Outcome] for most in Outcome], np.int8)
"""Rung by the worst mandatory and the worst recommended outcome."""
