"""Why a requirement has its outcome at one site, in a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from charters.cases import Case, decisive_paths, known_text
from charters.clauses import Voice, condition_text, in_force
from charters.facts import MISSING_TEXTS, Missing
from charters.judge import Outcome
from charters.model import AllOf, AnyOf, Between, Comparison, Condition, NoneOf, ParameterValue
from charters.needs import layers_of
from charters.tree import fields_of_value, measure_title
from charters.units import unit
from charters.vocabulary import site_measures, title
from charters.wording import demand_text, quantity_text, said, spread_text
from geodata.catalog import contract
from geodata.language import Language, Text, date_text

__all__ = ["reason"]

_ROUNDING = 1 - 1e-9


def reason(case: Case, language: Language) -> str:
    """Verdict in a sentence, with value, threshold and gap, or with what is missing.

    What the requirement shows is said after it.
    """
    if case.outcome == Outcome.NOT_APPLICABLE:
        return _not_applicable(case, language)
    aside = [
        said(each.title, known_text(case, name, language), language)
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
        return _sentence(head, _gaps(case, case.undecided, language), language)
    if case.missing:
        paths = tuple(decisive_paths(case.requirement))
        head = Text("Donnée manquante", "Missing datum")
        return _sentence(head, _gaps(case, paths, language), language)
    if case.alternative.measure.unit == "bool":
        return _yes_or_no(case, language)
    return _compared(case, language)


def _compared(case: Case, language: Language) -> str:
    """Sentence about a number and its threshold; the tolerance is said where it decides."""
    name, head = case.alternative.measure.unit, _head(case, language)
    bound = quantity_text(case.threshold, name, language)
    demand = demand_text(case.alternative.requirement.op, bound, language)
    found, spread = (
        quantity_text(case.value, name, language),
        spread_text(abs(case.margin), name, language),
    )
    if case.outcome == Outcome.TO_INVESTIGATE and abs(case.margin) < case.tolerance:
        reach = spread_text(case.tolerance, name, language)
        clause = Text(
            f"{found} ±\u00a0{reach}, pour {demand}", f"{found} ±\u00a0{reach}, for {demand}"
        )
        return _sentence(head, clause.say(language), language) + Text(
            f" L'écart ({spread}) est plus petit que la précision de la mesure\u00a0: "
            "elle ne permet pas de trancher.",
            f" The gap ({spread}) is smaller than the precision of the measure, "
            "which does not settle the question.",
        ).say(language)
    if case.outcome == Outcome.COMPLIANT:
        clause = Text(
            f"{found}, pour {demand} (marge\u00a0: {spread})",
            f"{found}, for {demand} (margin: {spread})",
        )
    elif case.outcome == Outcome.TO_DISCUSS:
        clause = Text(
            f"{found}, pour un repère fixé à {demand} (écart\u00a0: {spread})",
            f"{found}, for a reference of {demand} (gap: {spread})",
        )
    else:
        clause = Text(
            f"{found}, pour {demand} (écart\u00a0: {spread})",
            f"{found}, for {demand} (gap: {spread})",
        )
    sentence = _sentence(head, clause.say(language), language)
    return sentence + _since(case, language) + _what_it_means(case, language)


def _yes_or_no(case: Case, language: Language) -> str:
    """Sentence about what is or is not there."""
    found = quantity_text(case.value, "bool", language)
    if case.outcome != Outcome.COMPLIANT:
        wanted = quantity_text(case.threshold, "bool", language)
        found += Text(f", alors qu'il faut\u00a0: {wanted}", f", where {wanted} is needed").say(
            language
        )
    return _sentence(_head(case, language), found, language) + _what_it_means(case, language)


def _head(case: Case, language: Language) -> Text:
    """Name of what is measured, with the day where the measure depends on it."""
    name = measure_title(case.alternative.measure)
    if not any(_is_of_the_day(path) for path in fields_of_value(case.alternative.measure.value)):
        return name
    day = date_text(case.day, language)
    return Text(f"{name.fr} (au {day})", f"{name.en} (on {day})")


def _is_of_the_day(path: str) -> bool:
    """Whether a fact of the site depends on the day that is judged."""
    group, _, name = path.partition(".")
    return group == "site" and "day" in site_measures()[name].reads


def _since(case: Case, language: Language) -> str:
    """Since when the threshold is what it is, where it has changed or will."""
    threshold = case.alternative.requirement.threshold
    if not isinstance(threshold, ParameterValue):
        return ""
    values = case.requirement.parameters[threshold.parameter].values
    chosen = in_force(values, case.day)
    if len(values) == 1 or chosen is None:
        return ""
    since = date_text(chosen.since, language)
    return Text(f" Seuil en vigueur depuis le {since}.", f" Threshold in force since {since}.").say(
        language
    )


def _what_it_means(case: Case, language: Language) -> str:
    """That an indicator, or a rule that calls for an examination, is no refusal."""
    if case.outcome == Outcome.TO_DISCUSS:
        text = Text(
            " C'est un point à débattre, pas un refus.",
            " This is a point to discuss, not a refusal.",
        )
    elif case.outcome == Outcome.TO_INVESTIGATE:
        text = Text(
            " Cela appelle une instruction, pas un refus.",
            " This calls for an examination, not a refusal.",
        )
    else:
        return ""
    return text.say(language)


def _not_applicable(case: Case, language: Language) -> str:
    """Why a requirement does not apply."""
    period = case.article.in_force
    since = date_text(period.since, language)
    if period.until is not None and case.day >= period.until:
        until = date_text(period.until, language)
        return Text(
            f"L'article n'est plus en vigueur à cette date (il l'était du {since} au {until}).",
            f"The article is no longer in force on that date (it was from {since} to {until}).",
        ).say(language)
    if case.day < period.since:
        return Text(
            f"L'article n'est pas encore en vigueur à cette date (il l'est à partir du {since}).",
            f"The article is not yet in force on that date (it is from {since}).",
        ).say(language)
    if case.exemption is not None:
        return _sentence(Text("Exempté", "Exempt"), case.exemption.document.say(language), language)
    voice = Voice(language, case.requirement.parameters, case.day)
    clause = condition_text(case.requirement.applies_when, voice)
    return _sentence(Text("Ne s'applique que si", "Applies only if"), clause, language)


def _lacks_a_value(case: Case) -> bool:
    """Whether a dated figure of the requirement has no value on that day."""
    parameters = case.requirement.parameters.values()
    return any(in_force(each.values, case.day) is None for each in parameters)


def _gaps(case: Case, paths: Iterable[str], language: Language) -> str:
    """What is missing of ``paths``, grouped by reason."""
    named = tuple(dict.fromkeys(paths))
    grouped: dict[Missing, list[str]] = {}
    for path in named:
        if path in case.gaps:
            grouped.setdefault(case.gaps[path], []).append(path)
    if not grouped and case.applies == 0:
        near = tuple(dict.fromkeys(_near(case.requirement.applies_when, case, language)))
        if not near and _lacks_a_value(case):
            return _gap(case, Missing.NO_TABLE_VALUE, [], language)
        head = Text(
            "la mesure est trop proche du seuil", "the measure is too close to the threshold"
        )
        return f"{head.say(language)} ({', '.join(near)})"
    if not grouped:
        grouped = {case.missing: [p for p in named if case.missing == Missing.UNDEFINED]}
    stop = Text("\u00a0; ", "; ").say(language)
    return stop.join(_gap(case, code, found, language) for code, found in grouped.items())


def _gap(case: Case, code: Missing, paths: list[str], language: Language) -> str:
    """What is missing for one reason."""
    names = [title(path).say(language) for path in paths]
    layers = [contract(layer).title.say(language) for layer in layers_of(paths)]
    return MISSING_TEXTS[code].say(
        language,
        names=", ".join(names) or case.requirement.title.say(language),
        layers=", ".join(layers),
    )


def _near(condition: Condition | None, case: Case, language: Language) -> Iterator[str]:
    """Numbers of a condition that cannot be told from their threshold, both said."""
    match condition:
        case AllOf(all=parts) | AnyOf(any=parts) | NoneOf(none=parts):
            for part in parts:
                yield from _near(part, case, language)
        case Comparison() | Between():
            for bound, name in _bounds(condition, case):
                reading = case.readings[condition.field]
                if abs(reading.value - bound) < reading.tolerance * _ROUNDING:
                    found = quantity_text(reading.value, name, language)
                    reach = spread_text(reading.tolerance, name, language)
                    limit = quantity_text(bound, name, language)
                    rest = Text(
                        f"{found} ±\u00a0{reach}, pour un seuil de {limit}",
                        f"{found} ±\u00a0{reach}, for a threshold of {limit}",
                    )
                    yield said(title(condition.field), rest.say(language), language)


def _bounds(condition: Comparison | Between, case: Case) -> Iterator[tuple[float, str]]:
    """Numbers that a condition compares with, in base units, each with its unit."""
    if isinstance(condition, Between):
        name = condition.unit or "1"
        yield from ((each * unit(name).factor, name) for each in condition.between)
    elif isinstance(condition.value, ParameterValue):
        parameter = case.requirement.parameters[condition.value.parameter]
        chosen = in_force(parameter.values, case.day)
        if chosen is not None:
            yield chosen.value * unit(parameter.unit).factor, parameter.unit
    elif not isinstance(condition.value, str):
        name = condition.unit or "1"
        yield float(condition.value) * unit(name).factor, name


def _sentence(head: Text, rest: str, language: Language) -> str:
    """Head, colon and rest, as a sentence."""
    return said(head, rest, language) + "."
