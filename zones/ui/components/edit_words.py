"""What the page of the editing says, in both languages."""

from __future__ import annotations

from typing import Final

from geodata.language import Text, typeset
from zones.ui.components.session import language

__all__ = ["CHANGES", "COMPARISONS", "WORDS", "edit_say", "field_title"]

CHANGES: Final[dict[str, Text]] = {
    "add_value": Text("Valeur datée", "Dated value"),
    "add_row": Text("Ligne de table", "Table row"),
    "edit_text": Text("Textes", "Texts"),
    "set_nature": Text("Nature", "Nature"),
    "end_article": Text("Fin d'un article", "End of an article"),
    "add_article": Text("Nouvel article", "New article"),
}

COMPARISONS: Final[dict[str, Text]] = {
    "<": Text("moins de", "less than"),
    "<=": Text("au plus", "at most"),
    "=": Text("égal à", "equal to"),
    ">=": Text("au moins", "at least"),
    ">": Text("plus de", "more than"),
}

_FIELDS: Final[dict[str, Text]] = {
    "title": Text("Titre", "Title"),
    "text": Text("Texte", "Text"),
    "remedy": Text("Remède", "Remedy"),
    "new_source.text": Text("Texte de la source", "Text of the source"),
    "article": Text("Article", "Article"),
}
"""Titles of the fields whose word is none of the page's own."""

WORDS: Final[dict[str, Text]] = {
    "page": Text("Modifier", "Edit"),
    "kind_of_change": Text("Ce qui change", "What changes"),
    "charter": Text("Charte", "Charter"),
    "requirement": Text("Article", "Article"),
    "parameter": Text("Valeur", "Value"),
    "table": Text("Table", "Table"),
    "key": Text("Ligne (clé)", "Row (key)"),
    "from": Text("À partir du", "From"),
    "to": Text("Jusqu'au (exclu, facultatif)", "Until (excluded, optional)"),
    "ends_on": Text("N'est plus en vigueur le", "No longer in force on"),
    "value": Text("Valeur nouvelle", "New value"),
    "value_in": Text("Valeur nouvelle ({unit})", "New value ({unit})"),
    "unit": Text("Unité", "Unit"),
    "to_check": Text("Valeur à vérifier", "Value to be checked"),
    "source": Text("Source", "Source"),
    "new": Text("Décrire une nouvelle source…", "Describe a new source…"),
    "new_source.id": Text("Nom court, tel que DELIB-2026-12", "Short name, such as DELIB-2026-12"),
    "new_source.fr": Text("Texte et ce qu'il dit, en français", "Text and what it says, in French"),
    "new_source.en": Text("Texte et ce qu'il dit, en anglais", "Text and what it says, in English"),
    "new_source.date": Text("Date du texte", "Date of the text"),
    "new_source.url": Text("Adresse (facultative)", "Address (optional)"),
    "new_source.verified": Text("Comment vérifiée", "How verified"),
    "verified_text": Text("lue dans le texte", "read in the text itself"),
    "verified_summary": Text("lue dans un résumé", "read in a summary"),
    "verified_memory": Text("de mémoire", "from memory"),
    "verified_model": Text("proposée par ce modèle", "proposed by this model"),
    "history": Text("Valeurs en place", "Values there are"),
    "column_from": Text("Du", "From"),
    "column_to": Text("Au", "To"),
    "column_value": Text("Valeur", "Value"),
    "column_source": Text("Source", "Source"),
    "legal": Text(
        "Rappel de la loi : la valeur est verrouillée par sa source. Une nouvelle valeur demande "
        "un nouveau texte, daté.",
        "Reminder of the law: the value is locked by its source. A new value needs a new, dated "
        "text.",
    ),
    "legal_end": Text(
        "Rappel de la loi : il ne prend fin que par un texte de loi daté.",
        "Reminder of the law: only a dated text of law ends it.",
    ),
    "legal_nature": Text(
        "Rappel de la loi : sa nature et son poids ne se choisissent pas.",
        "Reminder of the law: its nature and weight are no choice.",
    ),
    "part": Text("Texte", "Text"),
    "part_title": Text("Titre", "Title"),
    "part_remedy": Text("Remède", "Remedy"),
    "part_note": Text("Note", "Note"),
    "fr": Text("En français", "In French"),
    "en": Text("En anglais", "In English"),
    "kind": Text("Nature", "Nature"),
    "severity": Text("Poids", "Weight"),
    "add": Text("Ajouter au brouillon", "Add to the draft"),
    "by_form": Text("Formulaire", "Form"),
    "by_text": Text("Texte YAML", "YAML text"),
    "how": Text("Manière", "Way"),
    "content": Text("Texte du fichier de l'article", "Text of the article's file"),
    "with_source": Text(
        "Le texte cite une source nouvelle, à décrire",
        "The text cites a new source, to be described",
    ),
    "chapter": Text("Chapitre", "Chapter"),
    "fact": Text("Ce qui est mesuré", "What is measured"),
    "op": Text("Comparaison", "Comparison"),
    "uses": Text("Destinations (toutes si vide)", "Uses (all if empty)"),
    "title_fr": Text("Titre en français", "Title in French"),
    "title_en": Text("Titre en anglais", "Title in English"),
    "remedy_fr": Text("Remède en français", "Remedy in French"),
    "remedy_en": Text("Remède en anglais", "Remedy in English"),
    "draft": Text("Brouillon", "Draft"),
    "no_steps": Text(
        "Rien n'est encore modifié. Choisir à gauche ce qui change ; le brouillon est gardé, et "
        "rien n'est jugé selon lui avant d'être publié.",
        "Nothing is changed yet. Choose on the left what changes; the draft is kept, and nothing "
        "is judged by it before it is published.",
    ),
    "undo_step": Text("Annuler la dernière étape", "Undo the last step"),
    "discard": Text("Jeter le brouillon", "Discard the draft"),
    "resume": Text("Reprendre un brouillon gardé", "Resume a kept draft"),
    "resume_choice": Text("{day} · {count} étape(s) · {step}", "{day} · {count} step(s) · {step}"),
    "discarded": Text(
        "Brouillon jeté ({count} étape(s)).", "The draft is discarded ({count} step(s))."
    ),
    "take_back": Text("Le reprendre", "Take it back"),
    "checking": Text(
        "Vérification des articles et de leurs exemples…", "Checking the articles and examples…"
    ),
    "kept": Text("Ajouté au brouillon.", "Added to the draft."),
    "moved": Text(
        "{count} exemple(s) des articles donnent un autre verdict : {list}.",
        "{count} example(s) of the articles give another verdict: {list}.",
    ),
    "effect": Text("Effet avant publication", "Effect before publication"),
    "for_project": Text("Projet", "Project"),
    "current_project": Text("Le projet du bureau ({name})", "The desk's project ({name})"),
    "all_examples": Text("Les projets types, tous", "All the typical projects"),
    "on_day": Text("Jugé le", "Judged on"),
    "judging": Text("Jugement de {count} parcelles…", "Judging {count} parcels…"),
    "nothing_moves": Text(
        "{project}, le {day} : aucune parcelle ne change de verdict ({total} parcelles).",
        "{project}, on {day}: no parcel changes its verdict ({total} parcels).",
    ),
    "moves": Text(
        "{project}, le {day} : {count} parcelles sur {total} changent de verdict, dont {charter} "
        "pour la charte et {article} pour un article seulement.",
        "{project}, on {day}: {count} of {total} parcels change their verdict, {charter} of them "
        "that of the charter and {article} that of an article only.",
    ),
    "no_day": Text("Choisir un jour de jugement.", "Choose a day of judgment."),
    "whole_charter": Text("Charte", "Charter"),
    "column_rule": Text("Article", "Article"),
    "column_before": Text("Avant", "Before"),
    "column_after": Text("Après", "After"),
    "column_count": Text("Parcelles", "Parcels"),
    "column_parcel": Text("Parcelle", "Parcel"),
    "column_project": Text("Projet", "Project"),
    "list": Text("Liste des parcelles ({count})", "List of parcels ({count})"),
    "list_cut": Text(
        "Les {shown} premières lignes sur {total} ; le fichier les contient toutes.",
        "The first {shown} of {total} lines; the file holds them all.",
    ),
    "download_csv": Text("Tout télécharger (CSV)", "Download all (CSV)"),
    "download_geojson": Text("Tout télécharger (GeoJSON)", "Download all (GeoJSON)"),
    "map": Text(
        "La carte peint les parcelles dont la charte ou un article change de verdict, dans la "
        "couleur que le brouillon donne à la charte : la pire des deux, et des projets jugés.",
        "The map paints the parcels where the charter or an article changes its verdict, in the "
        "colour that the draft gives the charter: the worst of both, and of the projects judged.",
    ),
    "publication": Text("Publier", "Publish"),
    "author": Text("Auteur", "Author"),
    "reason": Text("Motif", "Reason"),
    "publish": Text("Publier une nouvelle édition", "Publish a new edition"),
    "published": Text(
        "Édition {number} publiée : le bureau juge désormais selon elle.",
        "Edition {number} is published: the desk now judges by it.",
    ),
    "carry_over": Text(
        "Reprendre le brouillon sur l'édition {number}", "Carry the draft over to edition {number}"
    ),
    "carried": Text(
        "Le brouillon part maintenant de l'édition {number}.",
        "The draft now starts from edition {number}.",
    ),
    "overtaken": Text(
        "L'édition {number} est entrée en usage depuis que ce brouillon a été commencé.",
        "Edition {number} has come into use since this draft was begun.",
    ),
    "editions": Text("Éditions", "Editions"),
    "in_use": Text("en usage", "in use"),
    "packaged": Text("fournie avec le programme", "comes with the program"),
    "edition": Text("Édition", "Edition"),
    "choose": Text("Juger selon cette édition", "Judge by this edition"),
    "chosen": Text(
        "Le bureau juge maintenant selon l'édition {number}.",
        "The desk now judges by edition {number}.",
    ),
    "wayback": Text(
        "Retour à l'édition {number} · {author} · {reason}",
        "Back to edition {number} · {author} · {reason}",
    ),
    "what_changed": Text("Ce qui change", "What changed"),
    "from_edition": Text("depuis l'édition {number}", "from edition {number}"),
}

_NAMED: Final = frozenset(
    {
        *("charter", "requirement", "parameter", "table", "key", "from", "to", "value", "unit"),
        *("source", "new_source.id", "new_source.date", "new_source.url", "new_source.verified"),
        *("part", "kind", "severity", "content", "author", "reason"),
        *("chapter", "fact", "op", "uses"),
    }
)
"""Fields whose title is a word of the page."""


def edit_say(word: str, **values: object) -> str:
    """One of the page's own words."""
    return typeset(WORDS[word]).say(language(), **values)


def field_title(name: str) -> Text | None:
    """Name of a field of a form for a planner; None where no form has it."""
    return _FIELDS.get(name) or (WORDS.get(name) if name in _NAMED else None)
