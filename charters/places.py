"""Where an entry of a charter is: file and line, as a fault names it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from geodata.errors import Fault, culprits
from geodata.language import Text
from geodata.yaml_reading import Lines, YamlPath

__all__ = ["Place", "fault_at", "gathered"]


@dataclass(frozen=True, slots=True)
class Place:
    """An entry of a file."""

    file: str
    """Folder and name of the file, or the id of what was never in a file."""
    lines: Lines = field(default_factory=dict)
    """Line of every entry of the file."""
    path: YamlPath = ()
    """Steps that lead to the entry, as in the article."""

    def at(self, *steps: str | int) -> Place:
        """Entry below this one."""
        return replace(self, path=(*self.path, *steps))

    def __str__(self) -> str:
        """File, and line of the nearest entry that is in it."""
        found: list[str | int] = []
        for step in self.path:  # a step that the file leaves out, or that pydantic adds, is skipped
            if (*found, step) in self.lines:
                found.append(step)
        line = self.lines.get(tuple(found))
        return self.file + (f", l. {line}" if line else "")


def fault_at(place: Place, fr: str, en: str) -> Fault:
    """Fault of one entry, which is to be corrected."""
    what = Text(f"{fr[0].upper()}{fr[1:]}.", f"{en[0].upper()}{en[1:]}.")
    return Fault(what, str(place), Text("Corriger cette entrée.", "Correct this entry."))


def gathered(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """Faults of which the same thing is said become one, with at most five of their places."""
    places: dict[tuple[Text, Text], list[str]] = {}
    for fault in faults:
        places.setdefault((fault.what, fault.remedy), []).append(fault.where)
    return tuple(
        Fault(what, culprits(dict.fromkeys(where)), remedy)
        for (what, remedy), where in places.items()
    )
