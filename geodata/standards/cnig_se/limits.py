"""How large a delivery may be, and the faults of what is none."""

from __future__ import annotations

from geodata.errors import Fault, FileFormatError
from geodata.language import Text
from geodata.standards.cnig_se.findings import shown
from geodata.standards.cnig_se.standard import standard

__all__ = ["MAX_ROWS", "no_delivery", "require_small", "too_large"]

MAX_BYTES = 512 * 2**20
MAX_MEMBERS = 500
MAX_ROWS = 500_000


def require_small(name: str, members: int, size: int) -> None:
    """Refuse what is too large to be read in memory."""
    if members > MAX_MEMBERS or size > MAX_BYTES:
        raise FileFormatError(too_large(name))


def too_large(name: str) -> Fault:
    """Fault of a delivery over the limits."""
    limit = MAX_BYTES // 2**20
    return Fault(
        Text(
            f"La livraison dépasse les limites ({limit} Mo, {MAX_MEMBERS} fichiers, "
            f"{MAX_ROWS} lignes par table).",
            f"The delivery is over the limits ({limit} MB, {MAX_MEMBERS} files, "
            f"{MAX_ROWS} rows per table).",
        ),
        shown(name),
        Text("La découper.", "Split it."),
    )


def no_delivery(name: str) -> Fault:
    """Fault of something without a table of the standard."""
    known = ", ".join(f"{table.file}.csv" for table in standard().tables.values())
    return Fault(
        Text(
            "Aucune table du standard « Sites économiques » n'y est lisible.",
            "No table of the “Sites économiques” standard can be read there.",
        ),
        shown(name),
        Text(
            f"Donner un dossier, un ZIP, un GeoPackage ou un CSV ({known}).",
            f"Give a folder, a ZIP, a GeoPackage or a CSV ({known}).",
        ),
    )
