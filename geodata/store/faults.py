"""What can be wrong with a store of layers, said so that a planner can act on it."""

from __future__ import annotations

from pathlib import Path

from geodata.errors import Fault
from geodata.language import Text

__all__ = ["damaged", "missing", "not_a_store", "other_layout"]


def missing(path: Path) -> Fault:
    """Fault of a store that does not exist."""
    return Fault(
        Text("Cette base de couches n'existe pas.", "This store of layers does not exist."),
        path.name,
        Text(
            "Vérifier --store, ou la créer avec « python -m geodata import ».",
            "Check --store, or make it with “python -m geodata import”.",
        ),
    )


def not_a_store(path: Path) -> Fault:
    """Fault of a file that is no store."""
    return Fault(
        Text(
            "Ce fichier n'est pas une base de couches de cet outil.",
            "This file is not a store of layers made by this program.",
        ),
        path.name,
        Text(
            "Choisir un fichier .gpkg créé par « python -m geodata import ».",
            "Choose a .gpkg file made by “python -m geodata import”.",
        ),
    )


def other_layout(path: Path, layout: object, *, expected: int) -> Fault:
    """Fault of a store written by an older or a newer program."""
    met = layout[0] if isinstance(layout, tuple) else "?"
    return Fault(
        Text(
            f"Cette base a la structure {met} ; cette version lit la structure {expected}.",
            f"This store has layout {met}; this version reads layout {expected}.",
        ),
        path.name,
        Text(
            "Importer les fichiers d'origine dans une base neuve, ou mettre l'outil à jour.",
            "Import the original files into a new store, or update the program.",
        ),
    )


def damaged(path: Path) -> Fault:
    """Fault of a store that cannot be read or written to its end."""
    return Fault(
        Text(
            "La base de couches est abîmée, ou le disque est plein.",
            "The store of layers is damaged, or the disk is full.",
        ),
        path.name,
        Text(
            "Reprendre une sauvegarde ou importer de nouveau les fichiers d'origine.",
            "Take a backup or import the original files again.",
        ),
    )
