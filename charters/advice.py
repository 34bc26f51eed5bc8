"""What to do about a requirement that is not met or not decided, in sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from charters.cases import Case, decisive_paths, known_text
from charters.sentences import dated_texts
from charters.tree import fields_of_condition
from charters.units import unit
from charters.vocabulary import project_fields, title
from charters.wording import quantity_text, said
from geodata.language import Language, Text

__all__ = ["Advice", "Change", "change_text", "remedy"]


@dataclass(frozen=True, slots=True)
class Change:
    """What one figure of the project would have to become."""

    field: str
    """Project field."""
    current: float | None
    """Figure now, in the unit of the field."""
    proposed: float
    """Least change that makes the requirement met."""
    unit: str
    """Unit of the field."""
    text: Text
    """The same, said."""


@dataclass(frozen=True, slots=True, eq=False)
class Advice:
    """What to do about one requirement at one site, found when it is read."""

    make: Callable[[], tuple[Text, tuple[Change, ...]]]
    """Finds what to do, and the figures that would make the requirement met."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Advice) and self.make() == other.make()

    def __hash__(self) -> int:
        return hash(self.make())


def remedy(case: Case, changes: tuple[Change, ...]) -> Text:
    """What to do about a requirement that is not met or not decided."""
    if case.applies == 1 and not case.missing:
        return _amount(case, changes)
    missing = [path for path in _needed(case) if path in case.gaps]
    fields = [title(path) for path in missing if path.startswith("project.")]
    measures = [title(path) for path in missing if path.startswith("site.")]
    texts: list[Text] = []
    if fields:
        give = Text("Renseigner dans le projet\u00a0: {names}.", "Give in the project: {names}.")
        texts.append(_listed(give, fields))
    if measures:
        load = Text(
            "Charger une couche complète qui couvre le site et donne\u00a0: {names}.",
            "Load a complete layer that covers the site and gives: {names}.",
        )
        texts.append(_listed(load, measures))
    if not texts:
        texts.append(
            Text(
                "Compléter la valeur de la charte, ou relever la mesure sur place.",
                "Complete the charter's value, or take the measure on the spot.",
            )
        )
    return Text(" ".join(each.fr for each in texts), " ".join(each.en for each in texts))


def change_text(name: str, current: float | None, proposed: float) -> Text:
    """Change in words: « Toiture photovoltaïque : 400 m² au lieu de 275 m² »."""
    field = project_fields()[name]
    factor = unit(field.unit).factor

    def say(language: Language) -> str:
        new = quantity_text(proposed * factor, field.unit, language)
        if current is None:
            return said(field.title, new, language)
        old = quantity_text(current * factor, field.unit, language)
        both = Text(f"{new} au lieu de {old}", f"{new} instead of {old}").say(language)
        return said(field.title, both, language)

    return Text(say("fr"), say("en"))


def _amount(case: Case, changes: tuple[Change, ...]) -> Text:
    """Remedy of the article, with the amount of the first lever, or of the gap without one."""
    if changes:
        name = changes[0].unit
        size = abs(changes[0].proposed - (changes[0].current or 0.0)) * unit(name).factor
    else:
        name, size = case.alternative.measure.unit, abs(case.margin)

    def filled(language: Language) -> str:
        unknown = Text("non connu", "not known").say(language)
        places = dict.fromkeys(case.requirement.parameters, unknown)
        places |= dated_texts(case.requirement, language, on=case.day)
        places |= {each: known_text(case, each, language) for each in case.requirement.shown}
        places["missing"] = quantity_text(size, name, language)
        return case.requirement.remedy.say(language, **places)

    return Text(filled("fr"), filled("en"))


def _listed(template: Text, names: list[Text]) -> Text:
    """Template with the names in both languages."""
    return Text(
        template.fr.format(names=", ".join(each.fr for each in names)),
        template.en.format(names=", ".join(each.en for each in names)),
    )


def _needed(case: Case) -> Iterable[str]:
    """Facts that decide the requirement; neither a way out nor a condition that holds."""
    condition = case.requirement.applies_when if case.applies == 0 else None
    return dict.fromkeys((*fields_of_condition(condition), *decisive_paths(case.requirement)))
