"""The figures of a verdict as a reader sees them: value, demand and signed margin."""

from __future__ import annotations

from charters.units import unit
from charters.verdicts import Verdict
from charters.wording import demand_text, quantity_text
from geodata.language import Language, Text

__all__ = ["figure_texts"]


def figure_texts(verdict: Verdict, language: Language) -> tuple[str | None, str | None, str | None]:
    """Value, demand and signed margin as written, None where missing."""
    name = verdict.written_unit
    factor = 1.0 if name == "%" else unit(name).factor

    def written(figure: float | None) -> str | None:
        return None if figure is None else quantity_text(figure * factor, name, language)

    threshold, margin = written(verdict.threshold), None
    if verdict.margin is not None and name != "bool":
        size = quantity_text(
            abs(verdict.margin) * factor * (100 if name == "%" else 1),
            "1" if name == "%" else name,
            language,
        )
        points = Text("\u00a0points", " points").say(language) if name == "%" else ""
        margin = f"{'+' if verdict.margin >= 0 else '−'}{size}{points}"
    demand = None if threshold is None else demand_text(verdict.op, threshold, language)
    return written(verdict.value), demand, margin
