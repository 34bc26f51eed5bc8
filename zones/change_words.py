"""What is said about a change of the project, on screen and on paper."""

from __future__ import annotations

from charters.joint import Answer, FieldChange
from charters.joint_case import Goal
from charters.units import unit
from charters.vocabulary import project_fields
from charters.wording import quantity_text
from geodata.language import Language, Text

__all__ = [
    "CHANGE_WORDS",
    "GOALS",
    "field_title",
    "figure_text",
    "headline",
    "kind_of_change",
    "reason_text",
    "rest",
]

GOALS: dict[Goal, Text] = {
    "mandatory": Text("Obligations", "Mandatory"),
    "all": Text("Obligations et recommandations", "Mandatory and recommended"),
}
CHANGE_WORDS = {
    "title": Text("Que faut-il changer\u00a0?", "What must change?"),
    "goal": Text("À respecter", "To be met"),
    "met": Text(
        "Rien à changer\u00a0: le projet respecte ce qui est demandé.",
        "Nothing to change: the project meets what is asked.",
    ),
    "met_in_part": Text(
        "Rien à changer au projet\u00a0; les articles ci-dessous restent à instruire.",
        "Nothing to change in the project; the articles below remain to be investigated.",
    ),
    "proposed": Text(
        "La plus petite modification qui respecte tout ce qui est demandé, vérifiée article par "
        "article.",
        "The least change that meets everything asked, checked article by article.",
    ),
    "conflict": Text(
        "Aucune modification du projet ne respecte tout à la fois.",
        "No change of the project meets everything at once.",
    ),
    "conflict_unproved": Text(
        "Aucune modification trouvée ne respecte tout à la fois (des articles dépendent du produit "
        "de deux grandeurs\u00a0: ce n'est pas une preuve).",
        "No change found meets everything at once (articles depend on the product of two figures: "
        "this is no proof).",
    ),
    "unconfirmed": Text(
        "Aucune proposition n'a pu être vérifiée. Modifier le projet à la main, article par "
        "article.",
        "No proposal could be verified. Change the project by hand, article by article.",
    ),
    "alone": Text("Hors d'atteinte", "Out of reach"),
    "together": Text("Incompatibles entre eux", "Incompatible with one another"),
    "why_alone": Text(
        "aucun champ du projet n'y suffit ici\u00a0; voir le site ou une exception.",
        "no field of the project is enough here; see the site or an exception.",
    ),
    "locks_matter": Text(
        "Verrous en cause\u00a0: {names}. Les lever permettrait de conclure.",
        "Locks in the way: {names}. Releasing them would do.",
    ),
    "no_lock": Text("Aucun verrou n'est en cause.", "No lock is in the way."),
    "rest": Text(
        "Pour tout le reste, la plus petite modification\u00a0:",
        "For all the rest, the least change:",
    ),
    "rest_unconfirmed": Text(
        "Pour le reste, aucune proposition n'a pu être vérifiée.",
        "For the rest, no proposal could be verified.",
    ),
    "rest_met": Text("Tout le reste est respecté.", "All the rest is met."),
    "undecided": Text(
        "À instruire, quoi que l'on change au projet",
        "To be investigated, whatever is changed in the project",
    ),
    "worsened": Text(
        "Ce changement en dégrade d'autres, non demandés",
        "This change makes others worse, that were not asked for",
    ),
    "field": Text("Champ", "Field"),
    "now": Text("Aujourd'hui", "Now"),
    "then": Text("Proposé", "Proposed"),
    "why": Text("Pour", "For"),
    "not_given": Text("non renseigné", "not given"),
    "to_give": Text("à renseigner", "to give"),
    "part_of": Text("part de «\u00a0{whole}\u00a0»", "part of “{whole}”"),
}


def headline(answer: Answer) -> Text:
    """The answer in a sentence."""
    if answer.status == "met" and answer.undecided:
        return CHANGE_WORDS["met_in_part"]
    if answer.status == "conflict" and not answer.is_proved:
        return CHANGE_WORDS["conflict_unproved"]
    return CHANGE_WORDS[answer.status]


def rest(answer: Answer) -> Text:
    """What is said of all that is not in conflict."""
    if not answer.is_confirmed:
        return CHANGE_WORDS["rest_unconfirmed"]
    return CHANGE_WORDS["rest" if answer.changes else "rest_met"]


def field_title(name: str, language: Language) -> str:
    """Name of a field on screen."""
    return project_fields()[name].title.say(language)


def figure_text(name: str, figure: float | None, language: Language) -> str:
    """Figure of a field as written, or that it is not given."""
    if figure is None:
        return CHANGE_WORDS["not_given"].say(language)
    field = project_fields()[name]
    return quantity_text(figure * unit(field.unit).factor, field.unit, language)


def kind_of_change(change: FieldChange) -> str:
    """``give`` for a figure that is not known yet, else ``change``."""
    return "give" if change.current is None else "change"


def reason_text(change: FieldChange, language: Language) -> str:
    """Requirements that a change serves; a part that follows its whole says so."""
    if change.requirements:
        return ", ".join(change.requirements)
    whole = project_fields()[change.field].within
    if whole is None:
        return ""
    return CHANGE_WORDS["part_of"].say(language, whole=field_title(whole, language))
