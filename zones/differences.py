"""Two assessments side by side: which outcomes differ, for which sites, over which area."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import pandas as pd

from charters.cascade import CharterOutcome
from charters.judge import Outcome
from geodata.errors import Fault, SelectionError, culprits
from geodata.language import Text
from zones.assessment import Assessment

__all__ = ["ABSENT", "RANKS", "Aligned", "aligned", "changed_outcomes", "difference_counts"]

Array: TypeAlias = np.ndarray[Any, Any]

ABSENT = "absent"
"""What is said of a site or a requirement on the side that does not have it."""
RANKS: tuple[str, ...] = (
    ABSENT,
    Outcome.NOT_APPLICABLE.key,
    Outcome.COMPLIANT.key,
    Outcome.TO_DISCUSS.key,
    CharterOutcome.RESERVATIONS.key,
    Outcome.TO_INVESTIGATE.key,
    Outcome.NON_COMPLIANT.key,
)
"""Every word that an outcome may be, the worst last; aligned codes are positions in it."""

_ABSENT, _NOT_APPLICABLE = RANKS.index(ABSENT), RANKS.index(Outcome.NOT_APPLICABLE.key)


def _ranks(outcomes: type[Outcome | CharterOutcome]) -> Array:
    """Position in :data:`RANKS` by outcome code."""
    return np.array([RANKS.index(each.key) for each in outcomes], np.int8)


_OF_REQUIREMENT, _OF_CHARTER = _ranks(Outcome), _ranks(CharterOutcome)


@dataclass(frozen=True, slots=True, eq=False)
class Aligned:
    """Outcomes of two assessments, row by row the same site, column by column the same rule."""

    site_ids: Array
    """Ids of the n sites: those judged after, then those judged before only; object."""
    columns: tuple[tuple[str, str], ...]
    """Charter and requirement of each of the m columns; ``""`` for the charter's own outcome."""
    before: Array
    """Positions in :data:`RANKS`, int8, n × m."""
    after: Array
    """The same, after."""
    planar_area_m2: Array
    """Area of each site in the work CRS, as judged after where it was."""

    @property
    def is_changed(self) -> Array:
        """Whether the outcome differs, bool, n × m.

        A requirement that one side lacks and that does not apply on the other changes nothing.
        """
        is_different: Array = self.before != self.after
        is_idle = np.maximum(self.before, self.after) <= _NOT_APPLICABLE
        is_idle[:, [not article for _, article in self.columns]] = False
        return is_different & ~is_idle


def aligned(before: Assessment, after: Assessment) -> Aligned:
    """Put two assessments side by side, by site id and requirement id.

    Parameters
    ----------
    before, after
        Assessments of any sites, projects, days and charter editions.

    Raises
    ------
    SelectionError
        The sites differ, and an id stands for two sites of one side.
    """
    columns = tuple(dict.fromkeys([*_columns(after), *_columns(before)]))
    sites = [before.sites.index, after.sites.index]
    if sites[0] is sites[1] or sites[0].equals(sites[1]):
        ids, rows = sites[1], (slice(None), slice(None))
        area = after.sites["planar_area_m2"].to_numpy()
    else:
        _check_unique(sites)
        lost = ~sites[0].isin(sites[1])
        ids = sites[1].append(sites[0][lost])
        rows = tuple(ids.get_indexer(each) for each in sites)
        gone = before.sites["planar_area_m2"].to_numpy()[lost]
        area = np.concatenate([after.sites["planar_area_m2"].to_numpy(), gone])
    return Aligned(
        site_ids=ids.to_numpy(),
        columns=columns,
        before=_table(before, columns, rows[0], len(ids)),
        after=_table(after, columns, rows[1], len(ids)),
        planar_area_m2=area,
    )


def changed_outcomes(before: Assessment, after: Assessment) -> pd.DataFrame:
    """Every outcome that differs between two assessments.

    Parameters
    ----------
    before, after
        Assessments to compare; sites meet by id, requirements by id.

    Returns
    -------
    One row per site and charter or requirement whose outcome differs, site by site; columns
    ``site_id``, ``charter``, ``article`` (id of the requirement, ``""`` for the charter's own
    outcome), ``before`` and ``after``: words of :data:`RANKS`, ``absent`` on the side that lacks
    the site or the requirement. A requirement that one side lacks and that does not apply on the
    other gives no row. All but ``site_id`` are categorical.

    Raises
    ------
    SelectionError
        The sites differ, and an id stands for two sites of one side.
    """
    pair = aligned(before, after)
    site, column = np.nonzero(pair.is_changed)
    return pd.DataFrame(
        {
            "site_id": pair.site_ids[site],
            **_names(pair.columns, column),
            "before": _words(pair.before[site, column]),
            "after": _words(pair.after[site, column]),
        }
    )


def difference_counts(before: Assessment, after: Assessment) -> pd.DataFrame:
    """How many sites, over which area, go from each outcome to each other or stay.

    Parameters
    ----------
    before, after
        As in :func:`changed_outcomes`.

    Returns
    -------
    One row per charter or requirement and pair of outcomes that occurs, unchanged pairs included:
    columns ``charter``, ``article``, ``before``, ``after``, ``sites`` (count) and
    ``planar_area_m2`` (sum); over one requirement the counts add up to the number of sites.

    Raises
    ------
    SelectionError
        The sites differ, and an id stands for two sites of one side.
    """
    pair = aligned(before, after)
    width = len(RANKS)
    shape = (len(pair.columns), width * width)
    counts, areas = np.zeros(shape, np.int64), np.zeros(shape)
    steps = pair.before * np.int8(width) + pair.after
    for position in range(len(pair.columns)):
        step = steps[:, position]
        counts[position] = np.bincount(step, minlength=shape[1])
        areas[position] = np.bincount(step, weights=pair.planar_area_m2, minlength=shape[1])
    column, found = np.nonzero(counts)
    return pd.DataFrame(
        {
            **_names(pair.columns, column),
            "before": _words(found // width),
            "after": _words(found % width),
            "sites": counts[column, found],
            "planar_area_m2": areas[column, found],
        }
    )


def _columns(assessment: Assessment) -> list[tuple[str, str]]:
    """Charter and requirement of each outcome; the charter's own first."""
    return [
        (name, article)
        for name, verdicts in assessment.verdicts.items()
        for article in ("", *(each.id for _, each in verdicts.charter.requirements))
    ]


def _table(
    assessment: Assessment,
    columns: tuple[tuple[str, str], ...],
    rows: Array | slice,
    count: int,
) -> Array:
    """Ranks of one side in the common order of sites and columns."""
    found = np.full((count, len(columns)), _ABSENT, np.int8)
    places = {name: position for position, name in enumerate(columns)}
    for charter, verdicts in assessment.verdicts.items():
        own = places[charter, ""]
        found[rows, own] = _OF_CHARTER[assessment.outcomes[charter]]
        for position, (_, requirement) in enumerate(verdicts.charter.requirements):
            at = places[charter, requirement.id]
            found[rows, at] = _OF_REQUIREMENT[verdicts.codes[:, position]]
    return found


def _names(columns: tuple[tuple[str, str], ...], position: Array) -> dict[str, pd.Categorical]:
    """Charter and requirement of the columns at ``position``."""
    names = {}
    for part, name in enumerate(("charter", "article")):
        words = list(dict.fromkeys(each[part] for each in columns))
        codes = np.array([words.index(each[part]) for each in columns], np.int16)
        names[name] = pd.Categorical.from_codes(codes[position], categories=words)
    return names


def _words(ranks: Array) -> pd.Categorical:
    """Ranks as words, ordered."""
    return pd.Categorical.from_codes(ranks, categories=list(RANKS), ordered=True)


def _check_unique(sites: Sequence[pd.Index]) -> None:
    """Refuse ids that stand for two sites."""
    twice = [each for side in sites for each in side[side.duplicated()].unique()]
    if twice:
        raise SelectionError(
            Fault(
                Text(
                    f"Des sites portent le même identifiant : {culprits(twice)}.",
                    f"Several sites have the same id: {culprits(twice)}.",
                ),
                "",
                Text(
                    "Donner un identifiant à chaque site avant de comparer.",
                    "Give each site an id of its own before comparing.",
                ),
            )
        )
