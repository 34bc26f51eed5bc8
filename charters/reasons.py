"""Why a requirement has its outcome at one site, and what to do about it, in sentences."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from charters.facts import MISSING_TEXTS, Missing
from charters.judge import Outcome
from charters.model import Alternative, Article, DatedValue, Exemption, Parameter, Requirement
from charters.tree import fields_of_condition, fields_of_value, measure_title
from charters.units import unit
from charters.vocabulary import project_fields, site_measures, title
from charters.wording import condition_text, demand_text, quantity_text, said, word_text
from geodata.catalog import contract
from geodata.language import Language, Text, date_text

__all__ = ["Case", "Change", "Sentence", "change_text", "layers_of", "reason", "remedy"]


@dataclass(frozen=True, slots=True)
class Case:
    """One requirement weighed at one site; figures in base units, NaN where missing."""

    article: Article
    requirement: Requirement
    alternative: Alternative
    """The alternative that is reported."""
    outcome: Outcome
    applies: int
    """1 applies, −1 does not, 0 undecided."""
    exemption: Exemption | None
    """The way out that is taken."""
    value: float
    threshold: float
    margin: float
    tolerance: float
    missing: Missing
    """Why the value or the threshold is missing."""
    gaps: Mapping[str, Missing]
    """Facts of the requirement that are missing, by path."""
    day: dt.date
    """Day that selects dated values."""
    shown: Mapping[str, float | str] = field(default_factory=dict)
    """What is said beside the verdict, by name, in base units; not what is missing."""


@dataclass(frozen=True, slots=True, eq=False)
class Sentence:
    """A text made when it is read, in the language asked for."""

    make: Callable[[Language], str]
    """Makes the text of one language."""

    @property
    def fr(self) -> str:
        """French text."""
        return self.make("fr")

    @property
    def en(self) -> str:
        """English text."""
        return self.make("en")

    def say(self, language: Language) -> str:
        """Text in ``language``."""
        return self.make(language)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sentence) and (self.fr, self.en) == (other.fr, other.en)

    def __hash__(self) -> int:
        return hash((self.fr, self.en))

    def __repr__(self) -> str:
        return repr(self.fr)


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


def reason(case: Case, language: Language) -> str:
    """Verdict in a sentence, with value, threshold and gap, or with what is missing.

    What the requirement shows is said after it.
    """
    if case.outcome == Outcome.NOT_APPLICABLE:
        return _not_applicable(case, language)
    aside = [
        said(each.title, _shown_text(case, name, language), language)
        for name, each in case.requirement.shown.items()
        if name in case.shown
    ]
    if not aside:
        return _verdict(case, language)
    between = Text("\u00a0; ", "; ").say(language)
    return f"{_verdict(case, language)} {between.join(aside)}."


def _verdict(case: Case, language: Language) -> str:
    """The verdict alone."""
    if case.applies == 0:
        head = Text(
            "On ne peut pas dire si l'article s'applique",
            "It cannot be said whether the article applies",
        )
        paths = tuple(fields_of_condition(case.requirement.applies_when))
        return _sentence(head, _gaps(case, paths, language), language)
    if case.missing:
        paths = tuple(_test_paths(case.requirement))
        return _sentence(
            Text("Donnée manquante", "Missing datum"), _gaps(case, paths, language), language
        )
    name = case.alternative.measure.unit
    if name == "bool":
        return _yes_or_no(case, language)
    bound = quantity_text(case.threshold, name, language)
    demand = demand_text(case.alternative.requirement.op, bound, language)
    found = quantity_text(case.value, name, language)
    clause = Text(f"{found}, pour {demand}", f"{found}, for {demand}").say(language)
    head = measure_title(case.alternative.measure)
    if case.outcome == Outcome.TO_INVESTIGATE and abs(case.margin) < case.tolerance:
        reach = _spread(case.tolerance, name, language)
        return _sentence(head, clause, language) + Text(
            f" La mesure est donnée à ± {reach} près : elle ne permet pas de trancher.",
            f" The measure is given to within ± {reach}: it does not settle the question.",
        ).say(language)
    return _sentence(head, clause + _margin_clause(case, name, language), language)


def remedy(case: Case, changes: tuple[Change, ...]) -> Text:
    """What to do about a requirement that is not met or not decided."""
    if case.applies == 1 and not case.missing:
        return _amount(case, changes)
    missing = [path for path in _needed(case) if path in case.gaps]
    fields = [title(path) for path in missing if path.startswith("project.")]
    measures = [title(path) for path in missing if path.startswith("site.")]
    texts: list[Text] = []
    if fields:
        give = Text("Renseigner dans le projet : {names}.", "Give in the project: {names}.")
        texts.append(_listed(give, fields))
    if measures:
        load = Text(
            "Charger une couche complète qui couvre le site et donne : {names}.",
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


def layers_of(paths: Iterable[str]) -> tuple[str, ...]:
    """Layers that site facts come from, each once."""
    names = [path.partition(".")[2] for path in paths if path.startswith("site.")]
    return tuple(dict.fromkeys(layer for name in names for layer in site_measures()[name].layers))


def _yes_or_no(case: Case, language: Language) -> str:
    """Sentence about what is or is not there."""
    found = quantity_text(case.value, "bool", language)
    if case.outcome != Outcome.COMPLIANT:
        wanted = quantity_text(case.threshold, "bool", language)
        found += Text(f", alors qu'il faut : {wanted}", f", where {wanted} is needed").say(language)
    return _sentence(measure_title(case.alternative.measure), found, language)


def _not_applicable(case: Case, language: Language) -> str:
    """Why a requirement does not apply."""
    period = case.article.in_force
    if case.day < period.since or (period.until is not None and case.day >= period.until):
        since = date_text(period.since, language)
        if period.until is not None and case.day >= period.until:
            until = date_text(period.until, language)
            return Text(
                f"L'article n'est plus en vigueur à cette date (il l'était du {since} au {until}).",
                f"The article is no longer in force on that date (it was from {since} to {until}).",
            ).say(language)
        return Text(
            f"L'article n'est pas en vigueur à cette date (il l'est depuis le {since}).",
            f"The article is not in force on that date (it is since {since}).",
        ).say(language)
    if case.exemption is not None:
        return _sentence(Text("Exempté", "Exempt"), case.exemption.document.say(language), language)
    parameters = {
        name: parameter.model_copy(update={"values": _values_in_force(parameter, case.day)})
        for name, parameter in case.requirement.parameters.items()
    }
    clause = condition_text(case.requirement.applies_when, parameters, language)
    return _sentence(Text("Ne s'applique que si", "Applies only if"), clause, language)


def _values_in_force(parameter: Parameter, day: dt.date) -> tuple[DatedValue, ...]:
    """Value in force on a day, or all of them where there is none."""
    begun = [each for each in parameter.values if each.since <= day]
    return (max(begun, key=lambda each: each.since),) if begun else parameter.values


def _lacks_a_value(case: Case) -> bool:
    """Whether a dated figure of the requirement has no value on that day."""
    return not all(
        any(
            each.since <= case.day and (each.until is None or case.day < each.until)
            for each in parameter.values
        )
        for parameter in case.requirement.parameters.values()
    )


def _gaps(case: Case, paths: Iterable[str], language: Language) -> str:
    """What is missing of ``paths``, grouped by reason."""
    named = tuple(dict.fromkeys(paths))
    grouped: dict[Missing, list[str]] = {}
    for path in named:
        if path in case.gaps:
            grouped.setdefault(case.gaps[path], []).append(path)
    if not grouped and case.applies == 0 and _lacks_a_value(case):
        return _gap(case, Missing.NO_TABLE_VALUE, [], language)
    if not grouped and case.applies == 0:
        names = ", ".join(title(path).say(language) for path in named)
        return Text(
            f"la mesure est trop proche du seuil ({names})",
            f"the measure is too close to the threshold ({names})",
        ).say(language)
    if not grouped:
        grouped = {case.missing: [p for p in named if case.missing == Missing.UNDEFINED]}
    return " ; ".join(_gap(case, code, found, language) for code, found in grouped.items())


def _gap(case: Case, code: Missing, paths: list[str], language: Language) -> str:
    """What is missing for one reason."""
    names = [title(path).say(language) for path in paths]
    layers = [contract(layer).title.say(language) for layer in layers_of(paths)]
    return MISSING_TEXTS[code].say(
        language,
        names=", ".join(names) or case.requirement.title.say(language),
        layers=", ".join(layers),
    )


def _amount(case: Case, changes: tuple[Change, ...]) -> Text:
    """Remedy of the article, with the amount of the first lever, or of the gap without one."""
    if changes:
        name = changes[0].unit
        size = abs(changes[0].proposed - (changes[0].current or 0.0)) * unit(name).factor
    else:
        name, size = case.alternative.measure.unit, abs(case.margin)

    def filled(language: Language) -> str:
        places = {
            name: quantity_text(_figure_on(each, case.day), each.unit, language)
            for name, each in case.requirement.parameters.items()
        }
        places |= {each: _shown_text(case, each, language) for each in case.requirement.shown}
        places["missing"] = quantity_text(size, name, language)
        return case.requirement.remedy.say(language, **places)

    return Text(filled("fr"), filled("en"))


def _figure_on(parameter: Parameter, day: dt.date) -> float:
    """Figure of a parameter on a day, in base units."""
    return _values_in_force(parameter, day)[-1].value * unit(parameter.unit).factor


def _shown_text(case: Case, name: str, language: Language) -> str:
    """Figure or word that is shown, as written; days in words."""
    if name not in case.shown:
        return Text("non connu", "not known").say(language)
    shown, value = case.requirement.shown[name], case.shown[name]
    if not isinstance(value, str):
        return quantity_text(float(value), shown.unit, language)
    try:
        return date_text(dt.date.fromisoformat(value), language)
    except ValueError:
        path = getattr(shown.value, "field", "")
        return word_text(value, path).say(language)


def _margin_clause(case: Case, name: str, language: Language) -> str:
    """How far the value is from the threshold, in brackets."""
    spread = _spread(abs(case.margin), name, language)
    if case.outcome == Outcome.COMPLIANT:
        return Text(f" (marge : {spread})", f" (margin: {spread})").say(language)
    return Text(f" (écart : {spread})", f" (gap: {spread})").say(language)


def _spread(size: float, name: str, language: Language) -> str:
    """Difference of two values; of two shares, in points."""
    if name != "%":
        return quantity_text(size, name, language)
    figure = quantity_text(size * 100, "1", language)
    return f"{figure}\u00a0points"


def _sentence(head: Text, rest: str, language: Language) -> str:
    """Head, colon and rest, as a sentence."""
    return said(head, rest, language) + "."


def _listed(template: Text, names: list[Text]) -> Text:
    """Template with the names in both languages."""
    return Text(
        template.fr.format(names=", ".join(each.fr for each in names)),
        template.en.format(names=", ".join(each.en for each in names)),
    )


def _needed(case: Case) -> Iterable[str]:
    """Facts that decide the requirement; neither a way out nor a condition that holds."""
    condition = case.requirement.applies_when if case.applies == 0 else None
    return dict.fromkeys((*fields_of_condition(condition), *_test_paths(case.requirement)))


def _test_paths(requirement: Requirement) -> Iterable[str]:
    """Facts that the alternatives read."""
    for alternative in requirement.any_of:
        yield from fields_of_value(alternative.measure.value)
        yield from fields_of_value(alternative.requirement.threshold)
