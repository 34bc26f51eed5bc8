"""The one error tree of the project.

Each error is also a built-in, so that plain ``except ValueError`` works::

    PlanningError
    ├── DataError (ValueError)          a file or a layer is not what it must be
    │   ├── FileFormatError             not a file we read, or damaged
    │   ├── MissingCrsError             no usable coordinate reference system
    │   └── ContractError               a layer breaks its contract in the catalog
    ├── MissingFileError (FileNotFoundError)
    ├── StoreError (OSError)            layers cannot be kept or read back
    ├── CharterError (ValueError)       an article file is refused
    ├── ProjectError (ValueError)       a project description is refused
    ├── FetchError (ConnectionError)    a public service did not give what was asked of it
    └── SelectionError (LookupError)    a parcel, article or layer that does not exist

An error carries :class:`Fault` entries, all found at once, each in both languages and in three
parts: what happened with values, where, what to do.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass

from geodata.language import DEFAULT_LANGUAGE, Language, Text

__all__ = [
    "CharterError",
    "ContractError",
    "DataError",
    "Fault",
    "FetchError",
    "FileFormatError",
    "MissingCrsError",
    "MissingFileError",
    "PlanningError",
    "ProjectError",
    "SelectionError",
    "StoreError",
    "culprits",
    "did_you_mean",
]

_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong."""

    what: Text
    """What happened, with the values met."""
    where: str
    """File, layer, feature or line; a name the planner knows, never an internal path."""
    remedy: Text
    """What to do about it."""

    def say(self, language: Language) -> str:
        """One readable line."""
        colon = "\u00a0: " if language == "fr" else ": "
        place = self.where + colon if self.where else ""
        return f"{place}{self.what.say(language)} {self.remedy.say(language)}"


class PlanningError(Exception):
    """What the desk refuses, said so that a planner can act on it."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__(*faults)
        self.faults = faults

    def say(self, language: Language) -> str:
        """Every fault, one line each."""
        return "\n".join(fault.say(language) for fault in self.faults)

    def __str__(self) -> str:
        return self.say(DEFAULT_LANGUAGE)


class DataError(PlanningError, ValueError):
    """A file or a layer is not what it must be."""


class FileFormatError(DataError):
    """The file is of no format that is read, or it is damaged."""


class MissingCrsError(DataError):
    """The coordinates are in no usable coordinate reference system."""


class ContractError(DataError):
    """A layer breaks its contract in the catalog."""


class MissingFileError(PlanningError, FileNotFoundError):
    """The file does not exist."""


class StoreError(PlanningError, OSError):
    """Layers cannot be kept or read back."""


class CharterError(PlanningError, ValueError):
    """An article file is refused."""


class ProjectError(PlanningError, ValueError):
    """A project description is refused."""


class FetchError(PlanningError, ConnectionError):
    """A public service did not give what was asked of it."""


class SelectionError(PlanningError, LookupError):
    """A parcel, an article or a layer that does not exist was named."""


def culprits(ids: Iterable[object]) -> str:
    """At most five ids, and how many more there are."""
    named = [str(each) for each in ids]
    rest = len(named) - _SHOWN
    return ", ".join(named[:_SHOWN]) + (f" (+ {rest})" if rest > 0 else "")


def did_you_mean(word: str, known: Iterable[str]) -> Text:
    """Remedy that proposes the known word nearest to ``word``, or lists all of them."""
    words = sorted(known)
    near = difflib.get_close_matches(word, words, n=1)
    if near:
        return Text(f"Vouliez-vous dire « {near[0]} » ?", f"Did you mean “{near[0]}”?")
    every = ", ".join(words)
    return Text(f"Choisir parmi : {every}.", f"Choose one of: {every}.")
