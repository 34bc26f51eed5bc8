"""What the page of the charters says, in both languages."""

from __future__ import annotations

from typing import Final

from geodata.language import Text

__all__ = ["CHARTER_WORDS"]

CHARTER_WORDS: Final[dict[str, Text]] = {
    "charters": Text("Chartes", "Charters"),
    "charter": Text("Charte", "Charter"),
    "day": Text("Valeurs en vigueur au", "Values in force on"),
    "back": Text("Retour au bureau", "Back to the desk"),
    "pdf": Text("Imprimer en PDF", "Print as PDF"),
    "search": Text("Chercher dans la charte", "Search the charter"),
    "search_hint": Text("Mot, article, source…", "Word, article, source…"),
    "keys": Text(
        "En français ou en anglais. « / » pour chercher, Entrée pour l'article suivant, Échap "
        "pour effacer",
        "In French or in English. “/” to search, Enter for the next article, Escape to clear",
    ),
    "contents": Text("Sommaire", "Contents"),
    "filters": Text("Filtres", "Filters"),
    "to_check": Text("À vérifier", "To check"),
    "count": Text("{shown} articles sur {all}", "{shown} of {all} articles"),
    "count_one": Text("{shown} article sur {all}", "{shown} of {all} articles"),
    "none": Text("Aucun article ne correspond.", "No article matches."),
    "clear": Text("Effacer la recherche et les filtres", "Clear the search and the filters"),
    "elsewhere": Text("Trouvé dans le texte anglais\u00a0: ", "Found in the French text: "),
    "model": Text("Modèle, sans valeur réglementaire", "Model, without regulatory value"),
    "applies": Text("S'applique", "Applies"),
    "any_of": Text("l'une de ces voies suffit", "one of these ways is enough"),
    "exceptions": Text("Exceptions", "Exceptions"),
    "figures": Text("Valeurs datées", "Dated values"),
    "shown": Text("Dit aussi", "Also says"),
    "remedy": Text("À faire", "To do"),
    "levers": Text("Leviers", "Levers"),
    "facts": Text("Données lues ({count})", "Facts read ({count})"),
    "examples": Text(
        "Exemples, jugés à l'instant ({count})", "Examples, judged just now ({count})"
    ),
    "sources": Text("Sources ({count})", "Sources ({count})"),
    "not_in_force": Text("Pas en vigueur à cette date", "Not in force on that date"),
    "edit": Text("Modifier", "Edit"),
    "verdict": Text("Verdict du site", "Verdict of the site"),
    "read": Text("Lire l'article dans la charte", "Read the article in the charter"),
}
