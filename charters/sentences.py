"""What a requirement demands, in sentences generated from its data."""

from __future__ import annotations

import datetime as dt

from charters.clauses import Voice, condition_text, in_force, value_text
from charters.model import Alternative, Exemption, Requirement
from charters.tree import measure_title
from charters.units import unit
from charters.wording import OUTCOMES, demand_text, quantity_text, said
from geodata.language import Language, Text

__all__ = [
    "alternative_text",
    "dated_texts",
    "exemption_text",
    "formula_text",
    "otherwise_text",
    "remedy_text",
    "requirement_text",
    "shown_text",
    "verb_text",
]


def requirement_text(
    requirement: Requirement, language: Language, *, on: dt.date | None = None
) -> str:
    """Whole requirement in a few sentences; the last values where no day is named."""
    voice = Voice(language, requirement.parameters, on)
    either = Text("\u00a0; ou bien ", "; or else ").say(language)
    ways = (
        (alternative_text(each, voice), formula_text(each, voice)) for each in requirement.any_of
    )
    demands = either.join(f"{way} [{formula}]" if formula else way for way, formula in ways)
    applies = condition_text(requirement.applies_when, voice)
    head = (
        Text("S'applique toujours", "Always applies").say(language)
        if requirement.applies_when is None
        else said(Text("S'applique si", "Applies if"), applies, language)
    )
    sentences = [
        head,
        said(verb_text(requirement), demands, language),
        otherwise_text(requirement, language),
        *(exemption_text(each, voice) for each in requirement.exceptions),
    ]
    return " ".join(f"{each}." for each in sentences)


def verb_text(requirement: Requirement) -> Text:
    """What the requirement does, by its kind and its weight."""
    if requirement.kind == "indicator":
        return Text("Donne pour repère", "Gives as a reference")
    if requirement.severity == "mandatory":
        return Text("Exige", "Requires")
    return Text("Recommande", "Recommends")


def alternative_text(alternative: Alternative, voice: Voice) -> str:
    """One way of meeting a requirement: what is measured, and what it must reach."""
    threshold = alternative.requirement.threshold
    demand = demand_text(alternative.requirement.op, value_text(threshold, voice), voice.language)
    return said(measure_title(alternative.measure), demand, voice.language)


def formula_text(alternative: Alternative, voice: Voice) -> str:
    """How the measure is computed; empty where it is one fact under its own name."""
    formula = value_text(alternative.measure.value, voice)
    if formula == measure_title(alternative.measure).say(voice.language):
        return ""
    return said(Text("calcul", "computed as"), formula, voice.language)


def otherwise_text(requirement: Requirement, language: Language) -> str:
    """Verdict where no alternative is met, as the judge gives it."""
    key = "to_discuss" if requirement.kind == "indicator" else requirement.if_not_met
    head = Text("Sinon", "Otherwise")
    return said(head, OUTCOMES[key].say(language).lower(), language)


def exemption_text(exemption: Exemption, voice: Voice) -> str:
    """A way out with the document that proves it and its source."""
    clause, document = condition_text(exemption.when, voice), exemption.document.say(voice.language)
    proof = voice.say(
        f"sur la foi du document «\u00a0{document}\u00a0»", f"on the evidence of “{document}”"
    )
    head = voice.say("Sans objet si", "Not applicable if")
    return f"{head} {clause}, {proof} [{exemption.source}]"


def remedy_text(requirement: Requirement, language: Language, *, on: dt.date | None = None) -> str:
    """Remedy without the figures of a case; with the dated ones of a day where one is named."""
    places = dict.fromkeys(("missing", *requirement.parameters, *requirement.shown), "…")
    if on is not None:
        places |= dated_texts(requirement, language, on=on)
    text = requirement.remedy.say(language, **places)
    return text.replace("….", "…")  # an open place at the end is a full stop too


def dated_texts(requirement: Requirement, language: Language, *, on: dt.date) -> dict[str, str]:
    """Dated figures of a requirement in force on a day, as written, by name."""
    return {
        name: quantity_text(chosen.value * unit(each.unit).factor, each.unit, language)
        for name, each in requirement.parameters.items()
        if (chosen := in_force(each.values, on)) is not None
    }


def shown_text(requirement: Requirement, language: Language) -> str:
    """What is said beside the verdict, each with how it is computed; the last dated values."""
    voice = Voice(language, requirement.parameters)
    return "\u00a0; ".join(
        f"{each.title.say(language)} ({value_text(each.value, voice)})"
        for each in requirement.shown.values()
    )
