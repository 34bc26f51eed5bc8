"""What is wrong with a file: how many features, which ones, where they lie, what to do about it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from geodata.errors import Fault
from geodata.language import Language, Text
from geodata.reading.defect_words import WORDS

__all__ = ["Defect", "collection", "defect", "defect_from", "fault_of", "place", "told"]

_IDS_KEPT = 5
_PLACES_KEPT = 100
_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Defect:
    """One kind of thing that is wrong, with its culprits."""

    kind: str
    """What it is called, one word of :data:`geodata.reading.defect_words.WORDS`."""
    count: int
    """How many features, rows or cells have it."""
    ids: tuple[str, ...]
    """At most five culprits: ids of features, or ranks in the file (``n° 12``)."""
    where: dict[str, Any] | None
    """FeatureCollection of the places in WGS84, at most a hundred; None where there is no place."""
    remedy: Text
    """What to do about it."""
    what: Text
    """What it is, with the count, the culprits and the values met."""
    is_fatal: bool
    """Whether nothing of the table can be used before it is settled."""


def defect(
    kind: str,
    *,
    names: Iterable[object] = (),
    count: int | None = None,
    where: dict[str, Any] | None = None,
    is_fatal: bool = False,
    **values: object,
) -> Defect:
    """Defect of a known ``kind``.

    Parameters
    ----------
    kind
        Word of :data:`geodata.reading.defect_words.WORDS`.
    names
        Culprits, all of them.
    count
        Number of culprits where they have no names.
    where
        Places in WGS84, see :func:`collection`.
    is_fatal
        Whether the table cannot be used before it is settled.
    values
        What fills the places of the words of that kind.
    """
    every = [_short(each) for each in names]
    number = len(every) if count is None else count
    rest = number - _IDS_KEPT
    who = ", ".join(every[:_IDS_KEPT]) + (f" (+ {rest})" if every and rest > 0 else "")
    what, remedy = WORDS[kind]
    filled = {"count": number, "who": who or "—", **values}
    return Defect(
        kind,
        number,
        tuple(every[:_IDS_KEPT]),
        where,
        Text(remedy.fr.format(**filled), remedy.en.format(**filled)),
        Text(what.fr.format(**filled), what.en.format(**filled)),
        is_fatal,
    )


def place(
    name: object, coordinates: tuple[float, float], *, reason: str | None = None
) -> dict[str, Any]:
    """GeoJSON feature of one culprit, at ``coordinates`` (longitude and latitude, degrees)."""
    properties = {"id": _short(name)} | ({"reason": reason} if reason else {})
    point = {"type": "Point", "coordinates": [round(each, 7) for each in coordinates]}
    return {"type": "Feature", "properties": properties, "geometry": point}


def collection(places: Iterable[dict[str, Any]]) -> dict[str, Any] | None:
    """FeatureCollection of the first hundred ``places``; None without any."""
    kept = list(places)[:_PLACES_KEPT]
    return {"type": "FeatureCollection", "features": kept} if kept else None


def fault_of(each: Defect, *, where: str) -> Fault:
    """The same as a fault of the file ``where``, for an error."""
    return Fault(each.what, where, each.remedy)


def told(each: Defect, language: Language) -> dict[str, Any]:
    """The same for a machine, with the keys of the command ``check``."""
    return {
        "kind": each.kind,
        "count": each.count,
        "where": each.where,
        "remedy": each.remedy.say(language),
        "what": each.what.say(language),
        "ids": list(each.ids),
    }


def defect_from(told_by_worker: Mapping[str, Any]) -> Defect:
    """Defect as the reading process wrote it."""
    return Defect(
        kind=told_by_worker["kind"],
        count=told_by_worker["count"],
        ids=tuple(told_by_worker["ids"]),
        where=told_by_worker["where"],
        remedy=Text(*told_by_worker["remedy"]),
        what=Text(*told_by_worker["what"]),
        is_fatal=told_by_worker["is_fatal"],
    )


def _short(value: object) -> str:
    """Name on one line that any terminal and any browser can show, cut where it is a novel."""
    text = "".join(
        each if each.isprintable() else "\N{REPLACEMENT CHARACTER}" for each in str(value)
    )
    return text if len(text) <= _LONGEST_NAME else text[: _LONGEST_NAME - 1] + "…"
