"""What a conversion has to say beside the features it gives."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from geodata.language import Text

__all__ = ["Remark", "remark"]

_KEPT = 5


@dataclass(frozen=True, slots=True)
class Remark:
    """One kind of thing met while columns were mapped; nothing met is passed over in silence."""

    kind: str
    """Short id, such as ``set_aside``, ``outside_list``, ``missing_value``, ``assumed``."""
    count: int
    """How many features it is about."""
    ids: tuple[str, ...]
    """At most five of them, by id, or by rank (``n° 3``) where there is none."""
    what: Text
    """What was met, with the values."""
    remedy: Text
    """What can be done about it."""


_CHECK = Text("Vérifier le fichier d'origine.", "Check the original file.")


def remark(kind: str, ids: Iterable[object], *, what: Text, remedy: Text = _CHECK) -> Remark:
    """Remark about the features ``ids``: all are counted, five are named."""
    every = [str(each) for each in ids]
    return Remark(kind, len(every), tuple(every[:_KEPT]), what, remedy)
