"""Opinions of the partners on the dossier of a site, on a day.

The dossier is the one that was last referred to the partners, among those whose point lies on the
site. An opinion counts from the day it is received. A partner who has said nothing for
``SILENCE_DAYS`` days is taken to have no observation: nothing is awaited any more, but nothing was
received, and it is never favourable. What may still come in time leaves a count open.
"""

from __future__ import annotations

import functools
from typing import Literal, NamedTuple, TypeAlias

import numpy as np

from charters.facts import Missing
from zones.measures.features import Array, Features, Selection, kept
from zones.measures.ground import Ground, once, selected
from zones.measures.registry import Drawn, Reading, measure, missing_where

__all__ = [
    "SILENCE_DAYS",
    "Tally",
    "commercial_conflicts_of_interest",
    "commercial_favourable_share",
    "commercial_favourable_share_settled",
    "commercial_opinions_share",
    "commercial_opinions_share_settled",
    "park_conflicts_of_interest",
    "park_favourable_opinions",
    "park_favourable_opinions_settled",
    "park_opinions",
    "park_opinions_settled",
    "tally",
]

SILENCE_DAYS = 30
"""Days after which silence is « sans observation »; a value of the model charter."""

_Charter: TypeAlias = Literal["industrial_parks", "commercial_hotel"]
_PARKS: _Charter = "industrial_parks"
_COMMERCE: _Charter = "commercial_hotel"


class _Dates(NamedTuple):
    """Opinions of one charter with their days, datetime64[D]."""

    dossier: Array
    """Number of the dossier of each opinion."""
    referred: Array
    """Day on which the partner was asked."""
    received: Array
    """Day on which the answer came, NaT where it has not."""
    is_favourable: Array
    """Whether the answer is favourable."""
    conflict: Array
    """1 where the partner declared a conflict of interest, 0 where there is none, else NaN."""


class Tally(NamedTuple):
    """Opinions on the dossier of each site, counted on a day."""

    asked: Array
    """Partners asked."""
    received: Array
    """Answers received, whatever they say."""
    favourable: Array
    """Favourable answers."""
    awaited: Array
    """Answers that may still come in time."""
    conflicts: Array
    """Answers whose author declared a conflict of interest, NaN where one says nothing of it."""


def _show(charter: _Charter, ground: Ground, threshold: float | None) -> Drawn:  # noqa: ARG001 - one signature
    """The opinions on the site's dossier, by partner; the site itself where there is none."""
    features = selected(ground, _selection(charter))
    _, rows = _of_dossier(ground, charter)
    partners = features.columns["partner"]
    drawn: Drawn = [("target", str(partners[each]), features.shapes[each]) for each in rows]
    return drawn or [("target", "", ground.shapes[0])]


@measure(show=functools.partial(_show, _PARKS))
def park_opinions(ground: Ground) -> Reading:
    """Opinions received by the approval committee of the parks."""
    return _so_far(tally(ground, _PARKS).received)


@measure(show=functools.partial(_show, _PARKS))
def park_opinions_settled(ground: Ground) -> Reading:
    """The same once no answer may come in time any more; missing before."""
    return _settled(tally(ground, _PARKS), tally(ground, _PARKS).received)


@measure(show=functools.partial(_show, _PARKS))
def park_favourable_opinions(ground: Ground) -> Reading:
    """Favourable opinions received by the approval committee of the parks."""
    return _so_far(tally(ground, _PARKS).favourable)


@measure(show=functools.partial(_show, _PARKS))
def park_favourable_opinions_settled(ground: Ground) -> Reading:
    """The same once no answer may come in time any more; missing before."""
    return _settled(tally(ground, _PARKS), tally(ground, _PARKS).favourable)


@measure(show=functools.partial(_show, _PARKS))
def park_conflicts_of_interest(ground: Ground) -> Reading:
    """Opinions on a park's dossier whose author declared a conflict of interest."""
    return _conflicts(tally(ground, _PARKS))


@measure(show=functools.partial(_show, _COMMERCE))
def commercial_opinions_share(ground: Ground) -> Reading:
    """Part (0-1) of the partners asked about a shop or a hotel whose opinion was received."""
    counts = tally(ground, _COMMERCE)
    return _so_far(_share(counts.received, counts))


@measure(show=functools.partial(_show, _COMMERCE))
def commercial_opinions_share_settled(ground: Ground) -> Reading:
    """The same once no answer may come in time any more; missing before."""
    counts = tally(ground, _COMMERCE)
    return _settled(counts, _share(counts.received, counts))


@measure(show=functools.partial(_show, _COMMERCE))
def commercial_favourable_share(ground: Ground) -> Reading:
    """Part (0-1) of the partners asked about a shop or a hotel whose opinion is favourable."""
    counts = tally(ground, _COMMERCE)
    return _so_far(_share(counts.favourable, counts))


@measure(show=functools.partial(_show, _COMMERCE))
def commercial_favourable_share_settled(ground: Ground) -> Reading:
    """The same once no answer may come in time any more; missing before."""
    counts = tally(ground, _COMMERCE)
    return _settled(counts, _share(counts.favourable, counts))


@measure(show=functools.partial(_show, _COMMERCE))
def commercial_conflicts_of_interest(ground: Ground) -> Reading:
    """Opinions on a shop or a hotel whose author declared a conflict of interest."""
    return _conflicts(tally(ground, _COMMERCE))


def tally(ground: Ground, charter: _Charter) -> Tally:
    """Opinions on the dossier of each site, on the day of the ground."""
    return once(ground, ("tally", charter, ground.day), lambda: _counted(ground, charter))


def _so_far(values: Array) -> Reading:
    """What is already there; it can only grow."""
    return Reading(values, missing_where(np.isnan(values), Missing.AWAITED))


def _settled(counts: Tally, values: Array) -> Reading:
    """What will not change any more: every partner was asked and has answered, or is too late."""
    is_open = (counts.asked == 0) | (counts.awaited > 0)
    return Reading(values, missing_where(is_open, Missing.AWAITED))


def _conflicts(counts: Tally) -> Reading:
    """Declared conflicts; a partner who says nothing of it leaves the number unknown."""
    return Reading(counts.conflicts, missing_where(np.isnan(counts.conflicts), Missing.NULL_DATUM))


def _share(part: Array, counts: Tally) -> Array:
    """Part of those asked, NaN where nobody was."""
    share: Array = np.divide(
        part, counts.asked, out=np.full(len(part), np.nan), where=counts.asked > 0
    )
    return share


def _counted(ground: Ground, charter: _Charter) -> Tally:
    """Opinions added up by site."""
    dates, today = _dates(ground, charter), np.datetime64(ground.day)
    site, row = _of_dossier(ground, charter)
    is_received = dates.received[row] <= today
    is_awaited = ~is_received & (dates.referred[row] + SILENCE_DAYS >= today)
    conflict = np.where(is_received, dates.conflict[row], 0.0)

    def total(what: Array) -> Array:
        return np.bincount(site, weights=what, minlength=len(ground.shapes))

    return Tally(
        asked=total(np.ones(len(row))),
        received=total(is_received),
        favourable=total(is_received & dates.is_favourable[row]),
        awaited=total(is_awaited),
        conflicts=total(conflict),
    )


def _of_dossier(ground: Ground, charter: _Charter) -> tuple[Array, Array]:
    """Pairs of a site and an opinion on its dossier, the one referred last until the day."""
    dates, features = _dates(ground, charter), selected(ground, _selection(charter))
    pairs = once(
        ground,
        ("on site", charter),
        lambda: features.tree.query(ground.shapes, predicate="intersects"),
    )
    site, row = pairs[:, dates.referred[pairs[1]] <= np.datetime64(ground.day)]
    order = np.lexsort((dates.dossier[row], dates.referred[row], site))
    site, row = site[order], row[order]
    is_last = np.append(site[1:] != site[:-1], np.ones(min(len(site), 1), dtype=bool))
    latest = np.full(len(ground.shapes), -1)
    latest[site[is_last]] = dates.dossier[row[is_last]]
    chosen = dates.dossier[row] == latest[site]
    return site[chosen], row[chosen]


def _selection(charter: _Charter) -> Selection:
    """Opinions of one charter."""
    return Selection("opinions", "charter", (charter,))


def _dates(ground: Ground, charter: _Charter) -> _Dates:
    """Opinions with their days, kept with the layer."""
    features = selected(ground, _selection(charter))
    return kept(ground.layers["opinions"], ("dates", charter), lambda: _dated(features))


def _dated(features: Features) -> _Dates:
    """Columns of the layer as days, numbers and truths."""
    words = features.columns["opinion"].astype(str)
    received = _days(features.columns["received_on"])
    received[words == "awaited"] = np.datetime64("NaT")
    conflict = features.columns["has_conflict_of_interest"]
    return _Dates(
        dossier=np.unique(features.columns["dossier"].astype(str), return_inverse=True)[1],
        referred=_days(features.columns["referred_on"]),
        received=received,
        is_favourable=words == "favourable",
        conflict=np.array([np.nan if each is None else float(each) for each in conflict]),
    )


def _days(texts: Array) -> Array:
    """Days of ISO 8601 texts, NaT where there is none."""
    return np.array(["NaT" if each is None else str(each) for each in texts], "datetime64[D]")
