"""What can be wrong with a GeoPackage to be written, said so that a planner can act on it."""

from __future__ import annotations

from pathlib import Path

from geodata.errors import Fault, culprits
from geodata.language import Text

__all__ = ["no_crs", "not_written", "nothing", "twin_columns"]


def nothing(path: Path) -> Fault:
    """Fault of an export without a table."""
    return Fault(
        Text("Rien à exporter.", "There is nothing to export."),
        path.name,
        Text("Choisir au moins une couche.", "Choose one layer at least."),
    )


def no_crs(name: str) -> Fault:
    """Fault of features without a reference system."""
    return Fault(
        Text(
            "Ces objets n'ont pas de système de coordonnées.",
            "These features have no reference system.",
        ),
        name,
        Text("Indiquer leur système avant l'export.", "Say their system before the export."),
    )


def twin_columns(name: str, columns: list[str]) -> Fault:
    """Fault of columns that a database takes for one."""
    return Fault(
        Text(
            f"Des colonnes ne diffèrent que par les majuscules : {culprits(columns)}.",
            f"Columns differ in capitals only: {culprits(columns)}.",
        ),
        name,
        Text("Renommer l'une d'elles.", "Rename one of them."),
    )


def not_written(path: Path) -> Fault:
    """Fault of a file that GDAL or SQLite could not write."""
    return Fault(
        Text(
            "Le GeoPackage n'a pas été écrit ; l'ancien fichier est intact.",
            "The GeoPackage was not written; the earlier file is untouched.",
        ),
        path.name,
        Text(
            "Vérifier que le dossier existe et que le disque a de la place.",
            "Check that the folder exists and that the disk has room.",
        ),
    )
