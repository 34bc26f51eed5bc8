"""What recalls the law is changed by a dated text of law only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from charters.editing import NewSource
from charters.model import Charter, DatedValue, Source
from geodata.errors import Fault
from geodata.language import Text

__all__ = ["is_law", "law_fault", "law_faults", "locked_faults"]

_Valid = Mapping[str, Any]


def locked_faults(valid: _Valid, rows: Sequence[DatedValue], charter: Charter) -> Iterator[Fault]:
    """Faults of a value of the law, locked to its source: a new one needs a new, dated text."""
    yield from _same_source_faults(valid, rows)
    yield from law_faults(valid, charter)


def law_faults(valid: _Valid, charter: Charter) -> Iterator[Fault]:
    """Fault of what concerns the law and cites no dated text of it."""
    new: NewSource | None = valid.get("new_source")
    name = valid.get("source")
    known = new if new is not None and new.id == name else charter.sources.get(str(name))
    if known is not None and not is_law(known):
        where = "new_source.date" if new is not None and known.date is None else "source"
        yield law_fault(where)


def law_fault(where: str) -> Fault:
    """Fault of a source that is no dated text of law."""
    return Fault(
        Text(
            "Ce qui rappelle la loi cite un texte de loi daté, et non une proposition du modèle.",
            "What recalls the law cites a dated text of law, not a proposal of the model.",
        ),
        where,
        Text(
            "Décrire ce texte, avec sa date et la manière dont il a été lu.",
            "Describe this text, with its date and how it was read.",
        ),
    )


def is_law(source: Source) -> bool:
    """Whether a source is dated and no proposal of the model."""
    return source.date is not None and source.verified != "model"


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
