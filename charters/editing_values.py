"""Whether a new dated value fits those there are: its unit, its days, its sign."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from charters.model import DatedValue, Period
from charters.places import Place, fault_at
from charters.units import unit
from geodata.errors import Fault, did_you_mean
from geodata.language import Text, date_text, number_text

__all__ = [
    "nothing_changes",
    "period_faults",
    "said_on",
    "same_faults",
    "sign_faults",
    "unit_faults",
    "use_faults",
    "year_faults",
]

_Valid = Mapping[str, Any]
_YEARS = range(1900, 2200)


def unit_faults(valid: _Valid, expected: str) -> Iterator[Fault]:
    """Faults of the unit, said with the figure in the one expected; yes or no is 1 or 0."""
    value, written = valid.get("value"), valid.get("unit")
    if expected == "bool" and value is not None and value not in (0, 1):
        what = ("oui s'écrit 1, non s'écrit 0", "yes is written 1, no is written 0")
        yield fault_at(Place("value"), *what)
    if written is None or written == expected:
        return
    what = Text(
        f"L'unité est « {expected} », et non « {written} ».",
        f"The unit is “{expected}”, not “{written}”.",
    )
    try:
        is_close = unit(written).dimension == unit(expected).dimension and value is not None
    except KeyError:
        yield Fault(what, "unit", did_you_mean(written, [expected]))
        return
    if not is_close:
        remedy = Text(f"Écrire la valeur en {expected}.", f"Write the value in {expected}.")
    else:
        figure = float(value or 0) * unit(written).factor / unit(expected).factor
        remedy = Text(
            f"Écrire {number_text(figure, 'fr', decimals=6)} {expected}.",
            f"Write {number_text(figure, 'en', decimals=6)} {expected}.",
        )
    yield Fault(what, "unit", remedy)


def period_faults(valid: _Valid, rows: Sequence[DatedValue]) -> Iterator[Fault]:
    """Faults of days: one value a day, and nothing that is dated is overwritten."""
    since, until = valid.get("since"), valid.get("until")
    yield from year_faults(valid)
    if since is not None and until is not None and until <= since:
        what = said_on("elle finirait avant de commencer, le {}", "it would end before {}", since)
        yield fault_at(Place("to"), *what)
    if since is None:
        return
    for row in rows:
        if row.since == since:
            what = said_on("une valeur commence déjà le {}", "a value begins on {} already", since)
            yield fault_at(Place("from"), *what)
        elif row.until is not None and row.since < since < row.until:
            what = said_on(
                "la valeur du {} court jusqu'au {}",
                "the value of {} lasts until {}",
                row.since,
                row.until,
            )
            yield fault_at(Place("from"), *what)
        elif until is not None and since < row.since < until:
            what = said_on(
                "une autre valeur commence le {}, avant cette fin",
                "another value begins on {}, before this end",
                row.since,
            )
            yield fault_at(Place("to"), *what)


def year_faults(valid: _Valid) -> Iterator[Fault]:
    """Faults of days that nobody means."""
    for name, day in (("from", valid.get("since")), ("to", valid.get("until"))):
        if day is not None and day.year not in _YEARS:
            what = (
                f"l'année {day.year} n'est pas vraisemblable",
                f"the year {day.year} is unlikely",
            )
            yield fault_at(Place(name), *what)


def use_faults(
    valid: _Valid, rows: Sequence[DatedValue], periods: Sequence[Period]
) -> Iterator[Fault]:
    """Faults of a value that never applies, or whose end leaves an article without a figure.

    ``periods`` are the days on which the articles that read it are in force.
    """
    since, until = valid.get("since"), valid.get("until")
    if since is None or not periods or (until is not None and until <= since):
        return
    following = min((each.since for each in rows if each.since > since), default=dt.date.max)
    end = min(until or dt.date.max, following)
    if not any(_meet(since, end, each) for each in periods):
        yield _never_applies(since, periods)
    elif until is not None and any(_meet(until, following, each) for each in periods):
        what = said_on(
            "L'article resterait en vigueur sans cette valeur à partir du {}.",
            "The article would stay in force without this value from {}.",
            until,
        )
        remedy = said_on(
            "Laisser la fin vide, ajouter d'abord la valeur qui vaut à partir du {}, ou mettre fin "
            "à l'article.",
            "Leave the end empty, add first the value that holds from {}, or end the article.",
            until,
        )
        yield Fault(what, "to", remedy)


def same_faults(valid: _Valid, rows: Sequence[DatedValue]) -> Iterator[Fault]:
    """Fault of a value that is there already, from the same source."""
    since, value = valid.get("since"), valid.get("value")
    before = [each for each in rows if since is not None and each.since < since]
    if not before or valid.get("until") is not None:
        return
    now = max(before, key=lambda each: each.since)
    if (now.value, now.source) == (value, valid.get("source")) and now.until is None:
        yield nothing_changes("value")


def sign_faults(valid: _Valid, *, is_signed: bool) -> Iterator[Fault]:
    """Fault of a figure below zero for what cannot be."""
    value = valid.get("value")
    if value is not None and value < 0 and not is_signed:
        what = Text(
            "Cette grandeur ne peut pas être négative.", "This quantity cannot be below zero."
        )
        yield Fault(what, "value", Text("Ôter le signe moins.", "Take the minus sign away."))


def nothing_changes(field: str) -> Fault:
    """Fault of a step that would leave everything as it is."""
    return Fault(
        Text("Rien ne change.", "Nothing changes."),
        field,
        Text("Écrire autre chose que ce qui est en place.", "Write other than what there is."),
    )


def said_on(fr: str, en: str, /, *days: dt.date) -> Text:
    """Sentence with days in words."""
    return Text(
        fr.format(*(date_text(each, "fr") for each in days)),
        en.format(*(date_text(each, "en") for each in days)),
    )


def _meet(since: dt.date, end: dt.date, period: Period) -> bool:
    """Whether some day from ``since`` to before ``end`` is one of a period."""
    return max(since, period.since) < min(end, period.until or dt.date.max)


def _never_applies(since: dt.date, periods: Sequence[Period]) -> Fault:
    """Fault of a value that no day of any period has."""
    ends = [each.until for each in periods if each.until is not None]
    if len(ends) == len(periods) and since >= max(ends):
        return Fault(
            said_on(
                "Cette valeur ne s'appliquerait jamais : l'article n'est plus en vigueur le {}.",
                "This value would never apply: the article is no longer in force on {}.",
                max(ends),
            ),
            "from",
            said_on("La dater d'avant le {}.", "Date it before {}.", max(ends)),
        )
    first = min(each.since for each in periods)
    return Fault(
        said_on(
            "Cette valeur ne s'appliquerait jamais : l'article n'est en vigueur que le {}, et une "
            "autre valeur la remplace d'ici là.",
            "This value would never apply: the article is in force from {} only, and another value "
            "takes its place by then.",
            first,
        ),
        "from",
        said_on("La dater du {} ou d'après.", "Date it {} or later.", first),
    )
