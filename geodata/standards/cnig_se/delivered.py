"""A delivery in memory: tables of text cells by column of the standard."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from geodata.standards.cnig_se.findings import Finding
from geodata.standards.cnig_se.standard import Table, standard

__all__ = ["Delivered", "Delivery"]


@dataclass(frozen=True, slots=True)
class Delivered:
    """One table of the standard as it was handed over."""

    name: str
    """Name of the table in the standard."""
    file: str
    """File it was read from, without its folder."""
    header: tuple[str, ...]
    """Columns of the file, in its order."""
    lines: tuple[int, ...]
    """Line of each row in the CSV; ``fid`` in a GeoPackage."""
    cells: dict[str, list[str]]
    """Cells by column of the standard; empty text where there is no value."""
    shapes: tuple[Any, ...] | None = None
    """Shapes of a GeoPackage; None for a CSV, whose shapes are cells."""
    crs: str | None = None
    """Reference system of those shapes."""

    @property
    def table(self) -> Table:
        """What the standard says of it."""
        return standard().tables[self.name]

    def column(self, name: str) -> list[str]:
        """Cells of a column; all empty where the file lacks it."""
        return self.cells.get(name) or [""] * len(self.lines)


@dataclass(frozen=True, slots=True)
class Delivery:
    """The tables that belong together."""

    name: str
    """Name of the delivery."""
    tables: dict[str, Delivered]
    """Tables by name in the standard."""
    is_demo: bool
    """Whether it says that it is a demonstration."""
    profile: str | None
    """Profile its metadata name."""
    defects: tuple[Finding, ...] = ()
    """What was wrong while reading."""
