"""What can be wrong with a store of layers, said so that a planner can act on it."""

from __future__ import annotations

from geodata.errors import Fault
from geodata.language import Text

__all__ = [
    "altered",
    "busy",
    "damaged",
    "forbidden",
    "missing",
    "no_backup",
    "no_postgis",
    "not_a_store",
    "not_written",
    "other_layout",
    "refused",
    "shared",
    "unreachable",
]

_REIMPORT = Text(
    "Reprendre une sauvegarde, ou importer de nouveau les fichiers d'origine.",
    "Take a backup, or import the original files again.",
)


def missing(where: str) -> Fault:
    """Fault of a store that does not exist; ``where`` is its name, here and below."""
    return Fault(
        Text("Cette base de couches n'existe pas.", "This store of layers does not exist."),
        where,
        Text(
            "Vérifier --store, ou la créer avec « python -m geodata import ».",
            "Check --store, or make it with “python -m geodata import”.",
        ),
    )


def not_a_store(where: str) -> Fault:
    """Fault of a file that is no store."""
    return Fault(
        Text(
            "Ce fichier n'est pas une base de couches de cet outil.",
            "This file is not a store of layers made by this program.",
        ),
        where,
        Text(
            "Choisir un fichier .gpkg créé par « python -m geodata import ».",
            "Choose a .gpkg file made by “python -m geodata import”.",
        ),
    )


def other_layout(where: str, layout: object, *, expected: int) -> Fault:
    """Fault of a store written by an older or a newer program."""
    met = layout[0] if isinstance(layout, tuple) else "?"
    return Fault(
        Text(
            f"Cette base a la structure {met} ; cette version lit la structure {expected}.",
            f"This store has layout {met}; this version reads layout {expected}.",
        ),
        where,
        Text(
            "Importer les fichiers d'origine dans une base neuve, ou mettre l'outil à jour.",
            "Import the original files into a new store, or update the program.",
        ),
    )


def damaged(where: str, *, backup: str | None = None) -> Fault:
    """Fault of a store that cannot be read as it was written; ``backup`` is a file that can."""
    return Fault(
        Text(
            "La base de couches est abîmée : elle ne se relit pas telle qu'elle a été écrite.",
            "The store of layers is damaged: it does not read back as it was written.",
        ),
        where,
        _REIMPORT
        if backup is None
        else Text(
            f"La sauvegarde {backup}, faite avant le dernier changement, se lit : la copier à la "
            f"place de {where}.",
            f"The backup {backup}, made before the last change, can be read: copy it in place of "
            f"{where}.",
        ),
    )


def altered(where: str, *, layer: str, number: int) -> Fault:
    """Fault of an edition that is no longer what was imported."""
    return Fault(
        Text(
            f"Couche {layer}, édition {number} : le contenu n'est plus celui qui a été importé "
            "(fichier abîmé, ou modifié par un autre logiciel).",
            f"Layer {layer}, edition {number}: the content is no longer what was imported (a "
            "damaged file, or one changed by other software).",
        ),
        where,
        Text(
            "Importer de nouveau le fichier d'origine, ou remettre une autre édition en cours.",
            "Import the original file again, or make another edition current.",
        ),
    )


def not_written(where: str) -> Fault:
    """Fault of a change that could not be written to its end."""
    return Fault(
        Text(
            "Le changement n'a pas pu être écrit (disque plein ?) ; la base est restée intacte.",
            "The change could not be written (is the disk full?); the store is as it was.",
        ),
        where,
        Text("Faire de la place, puis recommencer.", "Make room, then try again."),
    )


def no_backup(where: str) -> Fault:
    """Fault of a backup asked for where there is none that reads."""
    return Fault(
        Text("Il n'y a pas de sauvegarde lisible.", "There is no readable backup."),
        where,
        Text("Importer de nouveau les fichiers d'origine.", "Import the original files again."),
    )


def shared(where: str) -> Fault:
    """Fault of a store on a network share."""
    return Fault(
        Text(
            "Cette base est sur un partage réseau, où deux écritures peuvent s'écraser.",
            "This store is on a network share, where two writers can overwrite each other.",
        ),
        where,
        Text(
            "La mettre sur un disque de cette machine, ou employer PostgreSQL "
            "(TECHNOPOLE_STORE=postgresql://…).",
            "Put it on a disk of this machine, or use PostgreSQL "
            "(TECHNOPOLE_STORE=postgresql://…).",
        ),
    )


def busy(where: str) -> Fault:
    """Fault of a database in which another import does not end."""
    return Fault(
        Text("Un autre import est en cours.", "Another import is going on."),
        where,
        Text("Attendre qu'il finisse, puis recommencer.", "Wait for it to end, then try again."),
    )


def unreachable(where: str) -> Fault:
    """Fault of a database that does not answer, or does not let us in."""
    return Fault(
        Text(
            "La base PostgreSQL ne répond pas, ou refuse la connexion.",
            "The PostgreSQL database does not answer, or refuses the connection.",
        ),
        where,
        Text(
            "Vérifier l'adresse (postgresql://utilisateur@machine/base), le mot de passe et que le "
            "serveur est démarré.",
            "Check the address (postgresql://user@host/database), the password, and that the "
            "server runs.",
        ),
    )


def forbidden(where: str) -> Fault:
    """Fault of a user who may not do that in the database."""
    return Fault(
        Text(
            "Ce compte n'a pas les droits nécessaires dans la base.",
            "This account lacks the rights that are needed in the database.",
        ),
        where,
        Text(
            "Demander à l'administrateur les droits sur le schéma technopole.",
            "Ask the administrator for rights on the schema technopole.",
        ),
    )


def no_postgis(where: str) -> Fault:
    """Fault of a database without PostGIS."""
    return Fault(
        Text("PostGIS n'est pas installé dans cette base.", "This database lacks PostGIS."),
        where,
        Text(
            "Demander à l'administrateur : CREATE EXTENSION postgis.",
            "Ask the administrator: CREATE EXTENSION postgis.",
        ),
    )


def refused(where: str, *, code: str) -> Fault:
    """Fault of a statement that the database refused; ``code`` is its SQLSTATE."""
    return Fault(
        Text(
            f"PostgreSQL a refusé l'opération (code {code}) ; rien n'a été changé.",
            f"PostgreSQL refused the operation (code {code}); nothing was changed.",
        ),
        where,
        Text(
            "Vérifier la base et la place sur son disque, puis recommencer.",
            "Check the database and the room on its disk, then try again.",
        ),
    )
