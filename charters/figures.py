"""The dated values of a requirement: what each figure is, and when it holds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from charters.clauses import in_force
from charters.model import (
    AllOf,
    AnyOf,
    Charter,
    Comparison,
    Condition,
    DatedValue,
    NoneOf,
    ParameterValue,
    Requirement,
    TableValue,
    Value,
)
from charters.sheets import DatedSheet, Phase, ValueSheet
from charters.tree import measure_title, parts_of
from charters.units import unit
from charters.vocabulary import title
from charters.wording import VERIFIED, quantity_text, word_text
from geodata.language import Language, Text, date_text

__all__ = ["figures_of", "is_to_check", "parameter_title", "tables_of"]


def figures_of(
    requirement: Requirement, charter: Charter, *, on: dt.date, language: Language
) -> tuple[ValueSheet, ...]:
    """Every dated figure that ``requirement`` names: parameters, then the rows of its tables."""
    return (
        *(
            _sheet(
                parameter_title(name, requirement), parameter.values, parameter.unit,
                charter, on=on, language=language,
            )
            for name, parameter in requirement.parameters.items()
        ),
        *(
            sheet
            for node in tables_of(requirement)
            for sheet in _rows(node, charter, on=on, language=language)
        ),
    )  # fmt: skip


def parameter_title(name: str, requirement: Requirement) -> Text:
    """What a figure is: its own title, or the part it plays in the requirement."""
    own = requirement.parameters[name].title
    if own is not None:
        return own
    for alternative in requirement.any_of:
        if alternative.requirement.threshold == ParameterValue(parameter=name):
            head = measure_title(alternative.measure)
            return Text(f"Seuil · {head.fr}", f"Threshold · {head.en}")
    ways_out = (each.when for each in requirement.exceptions)
    for condition, part in (
        (requirement.applies_when, Text("Champ d'application", "Scope")),
        *((each, Text("Dérogation", "Way out")) for each in ways_out),
    ):
        for comparison in _comparisons(condition):
            if comparison.value == ParameterValue(parameter=name):
                head = title(comparison.field)
                return Text(f"{part.fr} · {head.fr}", f"{part.en} · {head.en}")
    return Text("Valeur de la formule", "Figure of the formula")


def tables_of(requirement: Requirement) -> tuple[TableValue, ...]:
    """Table values that a requirement reads, each once."""
    trees = [
        tree
        for alternative in requirement.any_of
        for tree in (alternative.measure.value, alternative.requirement.threshold)
    ]
    trees += [each.value for each in requirement.shown.values()]
    return tuple(dict.fromkeys(node for tree in trees for node in _table_values(tree)))


def is_to_check(requirement: Requirement, charter: Charter) -> bool:
    """Whether a dated value of a requirement, or of its tables, is to be checked."""
    values = [each for parameter in requirement.parameters.values() for each in parameter.values]
    values += [row for node in tables_of(requirement) for row in charter.tables[node.table].rows]
    return any(each.confidence == "to_check" for each in values)


def _rows(
    node: TableValue, charter: Charter, *, on: dt.date, language: Language
) -> Iterator[ValueSheet]:
    """Dated values of a table, one sheet per key."""
    table, by = charter.tables[node.table], title(node.key)
    for key in dict.fromkeys(row.key for row in table.rows):
        rows = [row for row in table.rows if row.key == key]
        word = word_text(key, node.key)
        head = Text(f"{by.fr}\u00a0: {word.fr}", f"{by.en}: {word.en}")
        yield _sheet(head, rows, table.unit, charter, on=on, language=language)


def _sheet(
    head: Text,
    values: Sequence[DatedValue],
    unit_name: str,
    charter: Charter,
    *,
    on: dt.date,
    language: Language,
) -> ValueSheet:
    """Values of one figure, the earliest first."""
    ordered = sorted(values, key=lambda each: each.since)
    ends = [*(each.since for each in ordered[1:]), None]
    current = in_force(ordered, on)
    return ValueSheet(
        head.say(language),
        tuple(
            DatedSheet(
                text=quantity_text(each.value * unit(unit_name).factor, unit_name, language),
                period=_period(each, end, language),
                phase=_phase(each, current, on),
                source=each.source,
                doubt=_doubt(each, charter, language),
            )
            for each, end in zip(ordered, ends, strict=True)
        ),
    )


def _period(value: DatedValue, following: dt.date | None, language: Language) -> str:
    """Days on which a value holds, until its own end or the next value."""
    since = date_text(value.since, language)
    ends = [each for each in (value.until, following) if each is not None]
    if not ends:
        return Text(f"à partir du {since}", f"from {since}").say(language)
    last = date_text(min(ends) - dt.timedelta(days=1), language)
    return Text(f"du {since} au {last}", f"from {since} to {last}").say(language)


def _phase(value: DatedValue, current: DatedValue | None, on: dt.date) -> Phase:
    """Whether a value held, holds or will hold on a day."""
    if value is current:
        return "now"
    return "future" if value.since > on else "past"


def _doubt(value: DatedValue, charter: Charter, language: Language) -> str:
    """Why a value is to be checked: how far its source was read, and what else is known."""
    if value.confidence != "to_check":
        return ""
    head = Text("à vérifier", "to check").say(language)
    verified = charter.sources[value.source].verified
    why = (
        Text("le texte laisse un doute", "the text leaves a doubt")
        if verified == "text"
        else VERIFIED[verified]
    )
    return f"{head} ({why.say(language)})"


def _comparisons(condition: Condition | None) -> Iterator[Comparison]:
    """Comparisons inside a condition."""
    match condition:
        case AllOf(all=parts) | AnyOf(any=parts) | NoneOf(none=parts):
            for part in parts:
                yield from _comparisons(part)
        case Comparison():
            yield condition


def _table_values(node: Value) -> Iterator[TableValue]:
    """Table values inside a value."""
    if isinstance(node, TableValue):
        yield node
    for inner in parts_of(node):
        yield from _table_values(inner)
