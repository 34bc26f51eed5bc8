"""The authority in whose name a delivery goes out."""

from __future__ import annotations

import re
from dataclasses import dataclass

from geodata.errors import Fault, SelectionError
from geodata.language import Text

__all__ = ["AMIENS_METROPOLE", "Issuer"]


@dataclass(frozen=True, slots=True)
class Issuer:
    """An EPCI that keeps the inventory of its economic sites (article L318-8-2)."""

    siren: str
    """Nine digits."""
    name: str
    """Its name."""

    def __post_init__(self) -> None:
        if not re.fullmatch(r"\d{9}", self.siren):
            raise SelectionError(
                Fault(
                    Text("Un SIREN a 9 chiffres.", "A SIREN has 9 digits."),
                    "--siren",
                    Text("Par exemple 248000531.", "For instance 248000531."),
                )
            )


AMIENS_METROPOLE = Issuer("248000531", "Amiens Métropole")
"""The authority of the demonstration, and the default."""
