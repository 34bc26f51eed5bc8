"""Many outcomes become one per charter; the order is that of the house, the worst first."""

from __future__ import annotations

import enum

import numpy as np

from charters.judge import Outcome, Verdicts
from charters.operators import Array

__all__ = ["CharterOutcome", "article_outcomes", "cascade"]


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
    severities = np.array([each.severity for _, each in verdicts.charter.requirements], str)
    mandatory = verdicts.codes[:, severities == "mandatory"]
    recommended = verdicts.codes[:, severities == "recommended"]
    entering = np.concatenate([mandatory, recommended], axis=1)
    has_doubt = (recommended >= Outcome.TO_DISCUSS).any(axis=1)
    has_talk = (mandatory == Outcome.TO_DISCUSS).any(axis=1)
    return np.select(
        [
            (mandatory == Outcome.NON_COMPLIANT).any(axis=1),
            (mandatory == Outcome.TO_INVESTIGATE).any(axis=1),
            has_doubt | has_talk,
            (entering == Outcome.COMPLIANT).any(axis=1),
        ],
        [
            CharterOutcome.NON_COMPLIANT,
            CharterOutcome.TO_INVESTIGATE,
            CharterOutcome.RESERVATIONS,
            CharterOutcome.COMPLIANT,
        ],
        CharterOutcome.NOT_APPLICABLE,
    ).astype(np.int8)


def article_outcomes(verdicts: Verdicts) -> dict[str, Array]:
    """Worst outcome of each article's applicable requirements, by article id."""
    found: dict[str, Array] = {}
    for position, (article, _) in enumerate(verdicts.charter.requirements):
        codes = verdicts.codes[:, position]
        found[article.id] = np.maximum(found[article.id], codes) if article.id in found else codes
    return found
