"""The words and figures that every sentence is made of, in French and in English."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from charters.units import unit, unit_text
from charters.vocabulary import fact_unit, project_fields, written_unit
from geodata.language import Language, Text, number_text

__all__ = [
    "CHARTER_OUTCOMES",
    "KINDS",
    "OUTCOMES",
    "PHASES",
    "SEVERITIES",
    "VERIFIED",
    "any_of_text",
    "demand_text",
    "fact_text",
    "quantity_text",
    "said",
    "spread_text",
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
VERIFIED: Mapping[str, Text] = {
    "text": Text("texte lu", "text read"),
    "summary": Text("résumé lu", "summary read"),
    "memory": Text("de mémoire, à lire", "from memory, to be read"),
    "model": Text("proposition du modèle", "proposed by the model"),
}
PHASES: Mapping[str, Text] = {
    "past": Text("passé", "past"),
    "now": Text("en vigueur", "in force"),
    "future": Text("à venir", "to come"),
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
    # the figure as written: 1.999… is « 2 points »
    is_single = round(size, decimals) < 2 if language == "fr" else figure == "1"  # noqa: PLR2004 - French grammar
    suffix = unit_text(unit_name, language, is_single=is_single)
    return f"{figure}\u00a0{suffix}" if suffix else figure


def fact_text(path: str, value: bool | float | str, language: Language) -> str:  # noqa: FBT001 - a datum, not a flag
    """Value of a fact as files give it: a word, or a figure in the unit of its own catalogue."""
    if isinstance(value, str):
        return word_text(value, path).say(language)
    factor = unit(fact_unit(path)).factor
    return quantity_text(float(value) * factor, written_unit(path), language)


def said(head: Text, rest: str, language: Language) -> str:
    """« Tête : reste », with the colon of the language."""
    colon = "\u00a0: " if language == "fr" else ": "
    return f"{head.say(language)}{colon}{rest}"


def demand_text(op: str, bound: str, language: Language) -> str:
    """Demand such as « au moins 40 % », or « moins d'une valeur… »."""
    text = _DEMANDS[op].say(language, bound=bound)
    return text.replace(f"de {bound}", f"d'{bound}") if bound.startswith("une ") else text


def spread_text(size: float, unit_name: str, language: Language) -> str:
    """Difference of two values; of two shares, in points."""
    if unit_name != "%":
        return quantity_text(size, unit_name, language)
    points = Text("point" if round(size * 100, 2) < 2 else "points", "points")  # noqa: PLR2004 - as above
    return f"{quantity_text(size * 100, '1', language)}\u00a0{points.say(language)}"


def any_of_text(words: Sequence[str], language: Language) -> str:
    """Words joined as a choice: « A, B ou C »."""
    *others, last = words
    either = Text(" ou ", " or ").say(language)
    return f"{', '.join(others)}{either}{last}" if others else last
