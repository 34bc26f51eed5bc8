"""How an outcome looks everywhere: colour, pattern and symbol, so that colour is never alone."""

from __future__ import annotations

from dataclasses import dataclass

from geodata.language import Text

__all__ = ["OUTCOMES", "OutcomeLook"]


@dataclass(frozen=True, slots=True)
class OutcomeLook:
    """How one outcome of a charter is shown."""

    key: str
    """Word used in files and JSON."""
    title: Text
    """Name on screen."""
    colour: str
    """Fill on the map and in the legend."""
    ink: str
    """Darker tone of the same hue: patterns, outlines, text on white (contrast of 4.5 or more)."""
    pattern: str
    """Pattern laid over the fill: none, dots, horizontal or diagonal."""
    symbol: str
    """Material symbol beside the word, as ``:material/<symbol>:``."""


OUTCOMES: tuple[OutcomeLook, ...] = (
    OutcomeLook(
        "not_applicable",
        Text("Sans objet", "Not applicable"),
        "#e6e5df",
        "#66665f",
        "none",
        "remove",
    ),
    OutcomeLook(
        "compliant",
        Text("Conforme", "Compliant"),
        "#63b3a4",
        "#0d665a",
        "none",
        "check_circle",
    ),
    OutcomeLook(
        "reservations",
        Text("Réserves", "Reservations"),
        "#f2cd74",
        "#7d5700",
        "dots",
        "error",
    ),
    OutcomeLook(
        "to_investigate",
        Text("À instruire", "To investigate"),
        "#b3b6da",
        "#4c4f8f",
        "horizontal",
        "help",
    ),
    OutcomeLook(
        "non_compliant",
        Text("Non conforme", "Non-compliant"),
        "#e58a68",
        "#9c2f0c",
        "diagonal",
        "cancel",
    ),
)
"""Looks by outcome code, 0 to 4, in the order of ``charters.cascade.CharterOutcome``."""
