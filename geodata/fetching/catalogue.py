"""The datasets that transport.data.gouv.fr lists, and the files of those that matter here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

__all__ = ["Resource", "national", "resources"]

_SCOPES = ("aom", "covered_area", "legal_owners", "region")
"""Members of a dataset that say for whom it speaks; their form changed over the years."""
_DEEPEST = 6
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Resource:
    """One file of the catalogue."""

    title: str
    """Name of its dataset."""
    url: str
    """Where it is."""
    updated: str
    """Day of its last change, ISO 8601; empty when not said."""
    is_local: bool
    """Whether its dataset speaks for the territory by name."""


def resources(listed: Any, *, formats: tuple[str, ...], mentions: set[str]) -> list[Resource]:  # noqa: ANN401 - JSON is anything
    """Files of the formats wanted, whose datasets mention the territory.

    Parameters
    ----------
    listed
        Answer of ``/api/datasets``; members of another form than documented are passed over.
    formats
        In lower case.
    mentions
        SIREN and INSEE codes of the territory.
    """
    found = []
    for dataset in listed if isinstance(listed, list) else []:
        if not isinstance(dataset, dict):
            continue
        if not any(_mentions(dataset.get(scope), mentions, _DEEPEST) for scope in _SCOPES):
            continue
        found += _files(dataset, formats, is_local=True)
    return found


def national(listed: Any, *, formats: tuple[str, ...], words: tuple[str, ...]) -> list[Resource]:  # noqa: ANN401 - JSON is anything
    """Files of the formats wanted, whose datasets have all ``words`` in their titles."""
    found = []
    for dataset in listed if isinstance(listed, list) else []:
        title = str(dataset.get("title", "")).lower() if isinstance(dataset, dict) else ""
        if title and all(word in title for word in words):
            found += _files(dataset, formats, is_local=False)
    return found


def _files(dataset: dict[str, Any], formats: tuple[str, ...], *, is_local: bool) -> list[Resource]:
    """Available files of one dataset."""
    listed = dataset.get("resources")
    return [
        Resource(
            title=str(dataset.get("title") or each.get("title") or "?")[:_SHOWN],
            url=each["url"],
            updated=str(each.get("updated") or "")[:10],
            is_local=is_local,
        )
        for each in (listed if isinstance(listed, list) else [])
        if isinstance(each, dict)
        and isinstance(each.get("url"), str)
        and str(each.get("format", "")).lower() in formats
        and each.get("is_available", True) is not False
    ]


def _mentions(value: object, codes: set[str], depth: int) -> bool:
    """Whether a document holds one of the codes as a whole value."""
    if depth == 0:
        return False
    if isinstance(value, dict):
        return any(_mentions(each, codes, depth - 1) for each in value.values())
    if isinstance(value, list):
        return any(_mentions(each, codes, depth - 1) for each in value)
    return isinstance(value, str | int) and not isinstance(value, bool) and str(value) in codes
