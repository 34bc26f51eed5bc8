"""Dated values: one for each day, each with a source that is known."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping

from charters.model import Charter, DatedValue
from charters.places import Place, fault_at
from geodata.errors import Fault, did_you_mean
from geodata.language import Text

__all__ = ["dates_faults", "source_faults"]


def dates_faults(
    name: str, values: Mapping[int, DatedValue], charter: Charter, *, place: Place
) -> Iterator[Fault]:
    """Faults of dated values: unknown source, two values for one day.

    Parameters
    ----------
    name
        What is dated.
    values
        Values by their position in ``place``.
    charter
        Charter whose sources may be cited.
    place
        List that holds the values.
    """
    ordered = sorted(values.items(), key=lambda each: each[1].since)
    for position, each in ordered:
        here = place.at(position)
        yield from source_faults(each.source, charter, place=here.at("source"))
        if each.until is not None and each.until <= each.since:
            yield fault_at(
                here.at("to"),
                f"« {name} » finit le {each.until}, avant de commencer",
                f"“{name}” ends on {each.until}, before it begins",
            )
    for (_, first), (position, second) in itertools.pairwise(ordered):
        if first.since == second.since or (first.until is not None and first.until > second.since):
            yield fault_at(
                place.at(position, "from"),
                f"« {name} » a deux valeurs le {second.since}",
                f"“{name}” has two values on {second.since}",
            )


def source_faults(source: str, charter: Charter, *, place: Place) -> Iterator[Fault]:
    """Fault of a source that is not in the list."""
    if source not in charter.sources:
        yield Fault(
            Text(
                f"La source « {source} » n'est pas dans sources.yaml.",
                f"The source “{source}” is not in sources.yaml.",
            ),
            str(place),
            did_you_mean(source, charter.sources),
        )
