"""Whether a new dated value fits those there are: its unit, its days, its source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from charters.model import Charter, DatedValue
from charters.places import Place, fault_at
from charters.units import unit
from geodata.errors import Fault, did_you_mean
from geodata.language import Text, number_text

__all__ = ["locked_faults", "period_faults", "unit_faults"]

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
    for name, day in (("from", since), ("to", until)):
        if day is not None and day.year not in _YEARS:
            what = (
                f"l'année {day.year} n'est pas vraisemblable",
                f"the year {day.year} is unlikely",
            )
            yield fault_at(Place(name), *what)
    if since is not None and until is not None and until <= since:
        what = (f"elle finirait avant de commencer, le {since}", f"it would end before {since}")
        yield fault_at(Place("to"), *what)
    if since is None:
        return
    for row in rows:
        if row.since == since:
            what = (f"une valeur commence déjà le {since}", f"a value begins on {since} already")
            yield fault_at(Place("from"), *what)
        elif row.until is not None and row.since < since < row.until:
            what = (
                f"la valeur du {row.since} court jusqu'au {row.until}",
                f"the value of {row.since} lasts until {row.until}",
            )
            yield fault_at(Place("from"), *what)
        elif until is not None and since < row.since < until:
            what = (
                f"une autre valeur commence le {row.since}, avant cette fin",
                f"another value begins on {row.since}, before this end",
            )
            yield fault_at(Place("to"), *what)


def locked_faults(valid: _Valid, rows: Sequence[DatedValue], charter: Charter) -> Iterator[Fault]:
    """Faults of a value of the law, locked to its source: a new one needs a new, dated text."""
    yield from _same_source_faults(valid, rows)
    new = valid.get("new_source")
    name = valid.get("source")
    known = new if new is not None and new.id == name else charter.sources.get(str(name))
    if known is not None and (known.date is None or known.verified == "model"):
        where = "source" if new is None else "new_source.date"
        yield Fault(
            Text(
                "Une valeur de la loi cite un texte de loi daté.",
                "A value of the law cites a dated text of law.",
            ),
            where,
            Text("Donner la date du texte.", "Give the date of the text."),
        )


def _same_source_faults(valid: _Valid, rows: Sequence[DatedValue]) -> Iterator[Fault]:
    """Fault of a new value that cites what the values there are cite already."""
    name = valid.get("source")
    if name is not None and any(each.source == name for each in rows):
        yield Fault(
            Text(
                f"{name} porte déjà les valeurs en place : la loi les verrouille.",
                f"{name} is already the source of the values there are: the law locks them.",
            ),
            "source",
            Text("Décrire la nouvelle source.", "Describe the new source."),
        )
