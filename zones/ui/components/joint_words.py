"""What the panel of changes says of itself, in both languages."""

from __future__ import annotations

from geodata.language import Text

__all__ = ["JOINT_WORDS"]

JOINT_WORDS: dict[str, Text] = {
    "apply": Text("Appliquer au projet", "Apply to the project"),
    "apply_part": Text("Appliquer cette modification", "Apply this change"),
    "applied": Text(
        "Projet modifié. La flèche de retour l'annule.",
        "Project changed. The back arrow undoes it.",
    ),
    "locks": Text("Ne pas changer ({count} verrouillé(s))", "Do not change ({count} locked)"),
    "locks_help": Text(
        "Un champ coché garde sa valeur dans toute proposition.",
        "A ticked field keeps its value in every proposal.",
    ),
    "release": Text("Tout libérer", "Release all"),
    "how": Text("Comment c'est calculé", "How it is computed"),
    "seeking": Text("Recherche de la modification…", "Looking for the change…"),
    "no_levers": Text(
        "Aucun champ du projet ne peut changer ces verdicts.",
        "No field of the project can change these verdicts.",
    ),
}
