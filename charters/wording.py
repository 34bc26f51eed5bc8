"""What is read is what runs: sentences generated from the data of the articles, fr and en."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

from charters.model import (
    AllOf,
    Alternative,
    AnyOf,
    Article,
    Between,
    Ceiling,
    Charter,
    Comparison,
    Condition,
    Difference,
    Equal,
    FieldValue,
    Greatest,
    Least,
    Member,
    NoneOf,
    NotMember,
    Parameter,
    ParameterValue,
    Product,
    Quotient,
    Requirement,
    Sum,
    TableValue,
    Value,
)
from charters.tree import measure_title
from charters.units import unit, unit_text
from charters.vocabulary import project_fields, title
from geodata.language import Language, Text, date_text, number_text

__all__ = [
    "CHARTER_OUTCOMES",
    "KINDS",
    "OUTCOMES",
    "SEVERITIES",
    "article_text",
    "condition_text",
    "demand_text",
    "quantity_text",
    "remedy_text",
    "requirement_text",
    "said",
    "shown_text",
    "value_text",
    "word_text",
]

OUTCOMES: Mapping[str, Text] = {
    "compliant": Text("Conforme", "Compliant"),
    "non_compliant": Text("Non conforme", "Non-compliant"),
    "to_investigate": Text("À instruire", "To investigate"),
    "to_discuss": Text("À débattre", "To discuss"),
    "not_applicable": Text("Sans objet", "Not applicable"),
}
CHARTER_OUTCOMES: Mapping[str, Text] = {
    **{key: text for key, text in OUTCOMES.items() if key != "to_discuss"},
    "reservations": Text("Conforme avec réserves", "Compliant with reservations"),
}
KINDS: Mapping[str, Text] = {
    "legal": Text("Rappel de la loi", "Reminder of the law"),
    "commitment": Text("Engagement de la charte", "Commitment of the charter"),
    "indicator": Text("Indicateur pour le dialogue", "Indicator for the dialogue"),
}
SEVERITIES: Mapping[str, Text] = {
    "mandatory": Text("Obligatoire", "Mandatory"),
    "recommended": Text("Recommandé", "Recommended"),
    "information": Text("Information", "Information"),
}

_OWNERS = {"site.zone_theme": "cluster"}
"""Field of the project whose choices are also the words of a fact of a site."""
_WORDS: Mapping[str, Text] = {
    "station": Text("Quartier de la gare", "Station district"),
    "none": Text("aucun", "none"),
    "centre": Text("centralité", "town centre"),
    "periphery": Text("secteur d'implantation périphérique", "peripheral retail sector"),
}
_DEMANDS: Mapping[str, Text] = {
    ">=": Text("au moins {bound}", "at least {bound}"),
    ">": Text("plus de {bound}", "more than {bound}"),
    "<=": Text("au plus {bound}", "at most {bound}"),
    "<": Text("moins de {bound}", "less than {bound}"),
    "=": Text("{bound}", "{bound}"),
}
_TENTHS_FROM, _WHOLE_FROM = 100, 1000
_T = TypeVar("_T")


def word_text(word: str, path: str = "") -> Text:
    """Name of a category, such as a use, or a cluster of ``path``; an id stays as it is."""
    fields = project_fields()
    first = _OWNERS.get(path, path.removeprefix("project."))
    for name in sorted(fields, key=lambda each: each != first):
        if word in fields[name].options:
            return fields[name].options[word].title
    return _WORDS.get(word, Text(word, word))


def quantity_text(value: float, unit_name: str, language: Language) -> str:
    """Value in base units as written in ``unit_name``: « 27,5 % », « 1 200 m² », « oui »."""
    if unit_name == "bool":
        return Text("oui", "yes").say(language) if value else Text("non", "no").say(language)
    size = abs(value / unit(unit_name).factor)
    decimals = 2 if size < _TENTHS_FROM else 1 if size < _WHOLE_FROM else 0
    figure = number_text(value / unit(unit_name).factor, language, decimals=decimals)
    if unit_name == "%":
        return f"{figure}\u00a0%" if language == "fr" else f"{figure}%"
    is_single = size < 2 if language == "fr" else figure == "1"  # noqa: PLR2004 - French grammar
    suffix = unit_text(unit_name, language, is_single=is_single)
    return f"{figure}\u00a0{suffix}" if suffix else figure


def said(head: Text, rest: str, language: Language) -> str:
    """« Tête : reste », with the colon of the language."""
    colon = "\u00a0: " if language == "fr" else ": "
    return f"{head.say(language)}{colon}{rest}"


def demand_text(op: str, bound: str, language: Language) -> str:
    """Demand such as « au moins 40 % »."""
    return _DEMANDS[op].say(language, bound=bound)


def condition_text(
    condition: Condition | None, parameters: Mapping[str, Parameter], language: Language
) -> str:
    """Condition as a clause; dated values are shown with their last one."""
    text = _clause(condition, parameters, language)
    return text[1:-1] if isinstance(condition, AllOf | AnyOf) and text[0] == "(" else text


def requirement_text(requirement: Requirement, language: Language) -> str:
    """What one requirement demands, and of whom."""
    applies = condition_text(requirement.applies_when, requirement.parameters, language)
    either = Text("\u00a0; ou bien ", "; or else ").say(language)
    demands = either.join(
        _alternative_text(each, requirement, language) for each in requirement.any_of
    )
    head = (
        Text("S'applique toujours.", "Always applies.").say(language)
        if requirement.applies_when is None
        else said(Text("S'applique si", "Applies if"), applies, language) + "."
    )
    return f"{head} {said(Text('Exige', 'Demands'), demands, language)}."


def article_text(article: Article, charter: Charter, language: Language) -> str:
    """Article as a short document: title, period, requirements, values by date, sources."""
    since = date_text(article.in_force.since, language)
    lines = [
        f"{article.id} · {article.title.say(language)}",
        Text(f"En vigueur depuis le {since}.", f"In force since {since}.").say(language),
    ]
    for each in article.requirements:
        kind, weight = KINDS[each.kind].say(language), SEVERITIES[each.severity].say(language)
        lines += ["", f"{each.id} · {each.title.say(language)} ({kind} · {weight})"]
        lines.append(requirement_text(each, language))
        lines += [line for name in each.parameters for line in _dated_lines(name, each, language)]
        if each.shown:
            aside = shown_text(each, language)
            lines.append(said(Text("Dit aussi", "Also says"), aside, language) + ".")
        lines.append(said(Text("À faire", "To do"), remedy_text(each, language), language))
    if article.note is not None:
        lines += ["", article.note.say(language)]
    lines += ["", Text("Sources", "Sources").say(language)]
    lines += [f"- {name}: {charter.sources[name].text.say(language)}" for name in article.sources]
    return "\n".join(lines)


def remedy_text(requirement: Requirement, language: Language) -> str:
    """Remedy without the figures of a case."""
    places = dict.fromkeys(("missing", *requirement.parameters, *requirement.shown), "…")
    return requirement.remedy.say(language, **places)


def shown_text(requirement: Requirement, language: Language) -> str:
    """What is said beside the verdict, each with how it is computed."""
    return "\u00a0; ".join(
        f"{each.title.say(language)} ({value_text(each.value, requirement.parameters, language)})"
        for each in requirement.shown.values()
    )


def value_text(node: Value, parameters: Mapping[str, Parameter], language: Language) -> str:
    """Formula of a value in words."""

    def inner(part: Value) -> str:
        return value_text(part, parameters, language)

    match node:
        case FieldValue(field=path):
            return _name(path, language)
        case ParameterValue(parameter=name):
            return _latest(parameters[name], language)
        case TableValue(table=name, key=path):
            by = Text("selon", "by").say(language)
            return f"{Text('table', 'table').say(language)} {name} {by} {_name(path, language)}"
        case Sum(sum=parts):
            return _joined(parts, inner, Text(" + ", " + "), language)
        case Product(product=parts):
            return _joined(parts, inner, Text(" × ", " × "), language)
        case Difference(difference=parts):
            return _joined(parts, inner, Text(" − ", " − "), language)
        case Quotient(quotient=parts):
            return _joined(parts, inner, Text(" / ", " / "), language)
        case Least(min=parts):
            inside = Text("\u00a0; ", "; ").say(language).join(inner(part) for part in parts)
            return f"{Text('le plus petit de', 'the smallest of').say(language)} ({inside})"
        case Greatest(max=parts):
            inside = Text("\u00a0; ", "; ").say(language).join(inner(part) for part in parts)
            return f"{Text('le plus grand de', 'the largest of').say(language)} ({inside})"
        case Ceiling(ceil=part):
            return f"{inner(part)} {Text('(arrondi au supérieur)', '(rounded up)').say(language)}"
        case Equal(same=parts):
            return _joined(parts, inner, Text(" = ", " = "), language)


def _clause(
    condition: Condition | None, parameters: Mapping[str, Parameter], language: Language
) -> str:
    """Condition as a clause, in brackets where it joins several."""

    def clause(node: Condition) -> str:
        return _clause(node, parameters, language)

    match condition:
        case None:
            return Text("toujours", "always").say(language)
        case AllOf(all=parts):
            return _joined(parts, clause, Text(" et ", " and "), language)
        case AnyOf(any=parts):
            return _joined(parts, clause, Text(" ou ", " or "), language)
        case NoneOf(none=parts):
            inner = _joined(parts, clause, Text(" ou ", " or "), language)
            return Text(f"ni {inner}", f"neither {inner}").say(language)
        case Member(field=path, member=words):
            named = ", ".join(word_text(word, path).say(language) for word in words)
            return f"{_name(path, language)} {Text('parmi', 'among').say(language)} ({named})"
        case NotMember(field=path, not_in=words):
            named = ", ".join(word_text(word, path).say(language) for word in words)
            other = Text("autre que", "other than").say(language)
            return f"{_name(path, language)} {other} ({named})"
        case Between(field=path, between=(low, high), unit=name):
            factor = unit(name or "1").factor
            first = quantity_text(low * factor, name or "1", language)
            last = quantity_text(high * factor, name or "1", language)
            span = Text(f"de {first} à {last}", f"from {first} to {last}").say(language)
            return f"{_name(path, language)} {span}"
        case Comparison():
            return _comparison_text(condition, parameters, language)


def _alternative_text(
    alternative: Alternative, requirement: Requirement, language: Language
) -> str:
    """One way of meeting a requirement."""
    bound = value_text(alternative.requirement.threshold, requirement.parameters, language)
    demand = demand_text(alternative.requirement.op, bound, language)
    return said(measure_title(alternative.measure), demand, language)


def _comparison_text(
    condition: Comparison, parameters: Mapping[str, Parameter], language: Language
) -> str:
    """One comparison as a clause."""
    match condition.value:
        case str() as word:
            bound = word_text(word, condition.field).say(language)
        case ParameterValue(parameter=name):
            bound = _latest(parameters[name], language)
        case figure:
            name = condition.unit or "1"
            bound = quantity_text(float(figure) * unit(name).factor, name, language)
    return said(title(condition.field), demand_text(condition.op, bound, language), language)


def _dated_lines(name: str, requirement: Requirement, language: Language) -> list[str]:
    """Values of one parameter, one line a date."""
    parameter = requirement.parameters[name]
    doubt = Text(" (à vérifier)", " (to check)").say(language)
    return [
        "  "
        + Text("à partir du ", "from ").say(language)
        + said(Text(*[date_text(each.since, language)] * 2), "", language)
        + quantity_text(each.value * unit(parameter.unit).factor, parameter.unit, language)
        + f" [{each.source}]"
        + (doubt if each.confidence == "to_check" else "")
        for each in parameter.values
    ]


def _latest(parameter: Parameter, language: Language) -> str:
    """Last value of a parameter; « (valeur datée) » is said where there are several."""
    last = max(parameter.values, key=lambda each: each.since)
    text = quantity_text(last.value * unit(parameter.unit).factor, parameter.unit, language)
    if len(parameter.values) == 1:
        return text
    since = date_text(last.since, language)
    return text + Text(f" (depuis le {since})", f" (since {since})").say(language)


def _name(path: str, language: Language) -> str:
    """Name of a fact, in the middle of a sentence."""
    return title(path).say(language)


def _joined(
    parts: tuple[_T, ...], say: Callable[[_T], str], between: Text, language: Language
) -> str:
    """Parts joined; in brackets where there are several."""
    inside = between.say(language).join(say(part) for part in parts)
    return f"({inside})" if len(parts) > 1 else inside
