"""Identifiers that stay: which number of the standard each of our objects has, for ever."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from geodata.errors import DataError, Fault
from geodata.language import Text
from geodata.standards.cnig_se.standard import standard
from geodata.writing.files import write_text

__all__ = ["Registry"]

_LAYOUT = 1
_DIGITS = 5
_IDENTIFIER = re.compile(r"(\w{5})_([A-Z-]+)_(\w{5})")


class Registry:
    """Numbers given so far, by our own key; numbers are never given twice.

    A removed object keeps its number here, so that no other gets it. An object whose own
    identifier already has the form of the standard keeps that one.
    """

    def __init__(self, entries: Mapping[str, Mapping[str, tuple[str, str]]] | None = None) -> None:
        self._entries = {
            table.class_: dict((entries or {}).get(table.class_, {}))
            for table in standard().tables.values()
            if table.class_ != "ETABLISSEMENT"
        }
        self._taken: set[str] = set()
        self._last: dict[tuple[str, str], int] = {}
        for each in self._entries.values():
            for identifier, _ in each.values():
                self._note(identifier)

    @classmethod
    def read(cls, path: Path) -> Registry:
        """Registry kept at ``path``; an empty one when there is no file.

        Raises
        ------
        DataError
            The file is no registry: going on would give numbers anew.
        """
        if not path.exists():
            return cls()
        try:
            entries = _entries(json.loads(path.read_text(encoding="utf-8")))
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise DataError(_no_registry(path)) from error
        return cls(entries)

    def write(self, path: Path) -> None:
        """Keep the registry at ``path``, whole or not at all.

        Raises
        ------
        StoreError
            The file cannot be written.
        """
        document = {
            "layout": _LAYOUT,
            "standard": "cnig-se",
            "identifiers": {
                name: {key: list(entry) for key, entry in sorted(each.items())}
                for name, each in self._entries.items()
            },
        }
        write_text(path, json.dumps(document, ensure_ascii=False, indent=1) + "\n")

    def has(self, key: str, *, class_: str) -> str | None:
        """Identifier that ``key`` has, if it has one."""
        entry = self._entries[class_].get(key)
        return entry[0] if entry else None

    def identify(
        self, key: str, *, class_: str, commune: str, since: dt.date
    ) -> tuple[str, dt.date]:
        """Identifier of the object ``key``, and the day since which it is known.

        Parameters
        ----------
        key
            Our own id, with its layer before a colon.
        class_
            ``POLE-ECO``, ``SITE-ECO`` or ``TERRAIN-ECO``.
        commune
            INSEE code of the commune of origin; an object that has a number keeps its first one.
        since
            Day of identification, when the object is new.
        """
        entries = self._entries[class_]
        if key not in entries:
            own = key.partition(":")[2]
            match = _IDENTIFIER.fullmatch(own)
            is_ours = match and match[2] == class_ and own not in self._taken
            entries[key] = (own if is_ours else self._next(commune, class_), since.isoformat())
            self._note(entries[key][0])
        identifier, day = entries[key]
        return identifier, dt.date.fromisoformat(day)

    def reserve(self, keys: list[str], *, class_: str) -> None:
        """Keep new numbers clear of identifiers that objects bring with them."""
        for key in keys:
            match = _IDENTIFIER.fullmatch(key.partition(":")[2])
            if match and match[2] == class_ and match[3].isdigit():
                place = (match[1], match[2])
                self._last[place] = max(self._last.get(place, 0), int(match[3]))

    def _next(self, commune: str, class_: str) -> str:
        """First identifier of a commune and class that was never given."""
        rank = self._last.get((commune, class_), 0) + 1
        if rank >= 10**_DIGITS:
            raise DataError(_FULL)
        return f"{commune}_{class_}_{rank:0{_DIGITS}}"

    def _note(self, identifier: str) -> None:
        """Remember an identifier, and the highest number of its commune and class."""
        self._taken.add(identifier)
        match = _IDENTIFIER.fullmatch(identifier)
        if match and match[3].isdigit():
            place = (match[1], match[2])
            self._last[place] = max(self._last.get(place, 0), int(match[3]))


def _entries(document: Any) -> dict[str, dict[str, tuple[str, str]]]:  # noqa: ANN401 - JSON
    """Entries of a registry file, or ValueError."""
    if document["layout"] != _LAYOUT:
        raise ValueError(document["layout"])
    entries = {
        name: {str(key): (str(one), str(since)) for key, (one, since) in each.items()}
        for name, each in document["identifiers"].items()
    }
    for identifier, since in (entry for each in entries.values() for entry in each.values()):
        if not _IDENTIFIER.fullmatch(identifier):
            raise ValueError(identifier)
        dt.date.fromisoformat(since)
    return entries


def _no_registry(path: Path) -> Fault:
    """Fault of a file that is no registry."""
    return Fault(
        Text(
            "Le registre des identifiants est illisible ; sans lui, les numéros changeraient.",
            "The registry of identifiers cannot be read; without it, numbers would change.",
        ),
        path.name,
        Text(
            "Le reprendre d'une sauvegarde, ou nommer un autre fichier avec --registry.",
            "Take it from a backup, or name another file with --registry.",
        ),
    )


_FULL = Fault(
    Text("Une commune n'a plus de numéro libre.", "A commune has no number left."),
    "",
    Text("Signaler le cas.", "Report the case."),
)
