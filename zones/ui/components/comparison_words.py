"""What the comparison page says, in both languages."""

from __future__ import annotations

from typing import Final

from geodata.language import Text
from zones.ui.components.session import language

__all__ = ["COMPARISON_WORDS", "told"]

COMPARISON_WORDS: Final[dict[str, Text]] = {
    "compare": Text("Comparer", "Compare"),
    "views": Text("Que comparer ?", "Compare what?"),
    "variants": Text("Des variantes sur un site", "Variants on one site"),
    "sites": Text("Un projet sur plusieurs sites", "One project on several sites"),
    "times": Text("Deux dates ou deux éditions", "Two dates or two editions"),
    "no_day": Text(
        "Donner une date de dépôt au projet, sur le bureau : elle choisit les valeurs en vigueur.",
        "Give the project a filing date, on the desk: it selects the values in force.",
    ),
    "contradiction": Text(
        "Le projet du bureau se contredit : le corriger d'abord.",
        "The project of the desk contradicts itself: correct it first.",
    ),
    "no_site": Text(
        "Choisir d'abord un site sur le bureau : cliquer une parcelle, puis revenir ici.",
        "Choose a site on the desk first: click a parcel, then come back.",
    ),
    "no_parcels": Text(
        "Aucune parcelle n'est chargée. En importer dans « Couches ».",
        "No parcel is loaded. Import some under “Layers”.",
    ),
    "judged_on": Text("Tout est jugé au {day}.", "Everything is judged on {day}."),
    "only_differences": Text("Seulement ce qui diffère", "Only what differs"),
    "article": Text("Article", "Article"),
    "overall": Text("Ensemble", "Overall"),
    "area_row": Text("Contenance / surface en plan", "Registered / planar area"),
    "fields": Text("Le projet", "The project"),
    "differs": Text("les verdicts diffèrent", "the outcomes differ"),
    "figures_differ": Text("les valeurs diffèrent", "the figures differ"),
    "legend": Text(
        "≠ verdicts différents · ~ mêmes verdicts, valeurs ou seuils différents · "
        "les articles sans objet partout ne sont pas montrés",
        "≠ different outcomes · ~ same outcomes, different values or thresholds · "
        "articles that apply nowhere are not shown",
    ),
    "current": Text("Projet du bureau", "Project of the desk"),
    "example": Text("Exemple", "Example"),
    "file": Text("Fichier", "File"),
    "copy": Text("Copie modifiable", "Editable copy"),
    "copy_name": Text("{name} – variante {number}", "{name} – variant {number}"),
    "take": Text("Prendre celle-ci", "Take this one"),
    "remove": Text("Retirer", "Remove"),
    "taken": Text(
        "« {name} » est maintenant le projet du bureau.",
        "“{name}” is now the project of the desk.",
    ),
    "undo": Text("Annuler", "Undo"),
    "add_copy": Text("Copier le projet du bureau", "Copy the project of the desk"),
    "add_example": Text("Ajouter un exemple", "Add an example"),
    "add_file": Text("Ouvrir un dossier (.yaml)", "Open a file (.yaml)"),
    "variants_full": Text(
        "Quatre variantes au plus : en retirer une pour en ajouter une autre.",
        "Four variants at most: remove one to add another.",
    ),
    "variants_alone": Text(
        "Il n'y a encore que le projet du bureau. Lui ajouter une copie à modifier, un exemple "
        "ou un dossier enregistré.",
        "There is only the project of the desk so far. Add a copy to edit, an example or a saved "
        "file.",
    ),
    "not_given": Text("non renseigné", "not given"),
    "yes": Text("oui", "yes"),
    "no": Text("non", "no"),
    "sites_ids": Text(
        "Un site par ligne ; ses parcelles séparées par des virgules",
        "One site a line; its parcels with commas between them",
    ),
    "sites_add": Text("Ajouter ces sites", "Add these sites"),
    "sites_current": Text("Site du bureau", "Site of the desk"),
    "sites_type": Text("Identifiants", "Ids"),
    "sites_list": Text("Liste", "List"),
    "sites_save": Text("Enregistrer la liste", "Save the list"),
    "sites_open": Text("Ouvrir une liste (.txt)", "Open a list (.txt)"),
    "sites_clear": Text("Vider la liste", "Clear the list"),
    "sites_none": Text(
        "Aucun site dans la liste. Cliquer des parcelles sur la carte, coller des identifiants, "
        "ou ajouter le site du bureau.",
        "No site in the list. Click parcels on the map, paste ids, or add the site of the desk.",
    ),
    "sites_full": Text(
        "Huit sites au plus : en retirer un pour en ajouter un autre.",
        "Eight sites at most: remove one to add another.",
    ),
    "sites_legend": Text("Verdict des sites comparés", "Verdict of the sites compared"),
    "on_desk": Text("Sur le bureau", "On the desk"),
    "project_is": Text("Projet : {name}", "Project: {name}"),
    "download_csv": Text("Tableau (CSV)", "Table (CSV)"),
    "download_geojson": Text("Parcelles (GeoJSON)", "Parcels (GeoJSON)"),
    "before": Text("Avant", "Before"),
    "after": Text("Après", "After"),
    "changes": Text("Changements", "Changes"),
    "date": Text("Date", "Date"),
    "edition": Text("Édition des chartes", "Edition of the charters"),
    "edition_name": Text("Édition {number}", "Edition {number}"),
    "judging": Text("Jugement de toutes les parcelles…", "Judging every parcel…"),
    "same_sides": Text(
        "Les deux côtés sont les mêmes : choisir une autre date ou une autre édition.",
        "Both sides are the same: choose another date or another edition.",
    ),
    "give_days": Text("Donner les deux dates.", "Give both dates."),
    "changed": Text(
        "{changed} parcelles sur {every} changent ({area} ha).",
        "{changed} parcels of {every} change ({area} ha).",
    ),
    "nothing_changes": Text(
        "Aucune parcelle ne change de verdict pour ce projet.",
        "No parcel changes verdict for this project.",
    ),
    "filter": Text("Ne regarder qu'un article", "Look at one article only"),
    "filter_hint": Text("Tous les articles", "Every article"),
    "show_on_map": Text("Sur la carte", "On the map"),
    "steps": Text(
        "Combien de parcelles changent de verdict", "How many parcels change their verdict"
    ),
    "step": Text("Verdict", "Verdict"),
    "unchanged": Text("Verdict inchangé", "Verdict unchanged"),
    "charter": Text("Charte", "Charter"),
    "parcels": Text("Parcelles", "Parcels"),
    "hectares": Text("ha", "ha"),
    "parcel": Text("Parcelle", "Parcel"),
    "area": Text("m² cadastre", "m² registered"),
    "what_changes": Text("Ce qui change", "What changes"),
    "more_rows": Text(
        "Les {shown} premières ; le fichier CSV les donne toutes.",
        "The first {shown}; the CSV file gives all of them.",
    ),
    "open_parcel": Text("Ouvrir {parcel} sur le bureau", "Open {parcel} on the desk"),
    "now_site": Text(
        "{parcel} est maintenant le site du bureau.", "{parcel} is now the site of the desk."
    ),
    "row_help": Text(
        "Cocher une ligne montre la parcelle sur la carte et tout ce qui y change.",
        "Ticking a row shows the parcel on the map and everything that changes there.",
    ),
    "map_better": Text("S'améliore", "Improves"),
    "map_worse": Text("Se dégrade", "Worsens"),
    "map_other": Text("Change sans mieux ni pire", "Changes, neither better nor worse"),
    "map_mixed": Text("En partie mieux, en partie pire", "Partly better, partly worse"),
    "map_one_side": Text("D'un seul côté", "On one side only"),
    "map_rule": Text(
        "«\u00a0Se dégrade\u00a0»\u00a0: une charte ou un article au moins recule, aucun "
        "n'avance\u00a0; «\u00a0s'améliore\u00a0»\u00a0: l'inverse. Du pire au mieux\u00a0: non "
        "conforme, à instruire, à débattre ou réserves, conforme ou sans objet (un article absent "
        "compte comme sans objet).",
        "“Worsens”: at least one charter or article falls back and none gets ahead; “improves”: "
        "the reverse. From worst to best: non-compliant, to investigate, to discuss or "
        "reservations, compliant or not applicable (an absent article counts as not applicable).",
    ),
    "map_rule_one": Text(
        "Par cet article seul. Du pire au mieux\u00a0: non conforme, à instruire, à débattre, "
        "conforme ou sans objet.",
        "By this article alone. From worst to best: non-compliant, to investigate, to discuss, "
        "compliant or not applicable.",
    ),
    "map_same": Text("Inchangé", "Unchanged"),
    "map_changes": Text("Changement de verdict", "Change of verdict"),
    "map_before": Text("Verdict avant", "Verdict before"),
    "map_after": Text("Verdict après", "Verdict after"),
    "rules": Text(
        "Ce qui change dans les chartes entre les deux", "What changes in the charters in between"
    ),
}


def told(word: str, **values: object) -> str:
    """One of these words in the language of the page."""
    return COMPARISON_WORDS[word].say(language(), **values)
