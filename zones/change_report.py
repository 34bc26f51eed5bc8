"""The answer to « what must change » as text for a reader, or as plain data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from charters.joint import Answer, FieldChange
from charters.joint_case import Goal
from charters.joint_conflicts import Conflict
from charters.joint_costs import FIELD_COST, FILL_COST, WEIGHTS, YES_NO_COST
from charters.vocabulary import project_fields
from charters.wording import said
from geodata.language import Language, Text
from zones.change_words import (
    CHANGE_WORDS,
    GOALS,
    field_title,
    figure_text,
    headline,
    kind_of_change,
    reason_text,
    rest,
)

__all__ = ["change_document", "change_text", "weights_text"]


def change_document(
    answer: Answer, *, titles: Mapping[str, Text], goal: Goal, language: Language
) -> dict[str, Any]:
    """Plain data of an answer, figures as in project files; ``titles`` of requirements by id."""

    def named(names: tuple[str, ...]) -> list[dict[str, str]]:
        return [{"article": name, "title": titles[name].say(language)} for name in names]

    return {
        "status": answer.status,
        "goal": goal,
        "sentence": headline(answer).say(language),
        "changes": [_entry(each, language) for each in answer.changes],
        "cost": round(sum(each.cost for each in answer.changes), 6),
        "conflicts": [
            {"articles": named(each.requirements), "locks": list(each.locks)}
            for each in answer.conflicts
        ],
        "set_aside": list(answer.set_aside),
        "undecided": named(answer.undecided),
        "worsened": named(answer.worsened),
        "levers": list(answer.levers),
        "is_confirmed": answer.is_confirmed,
        "is_proved": answer.is_proved,
        "weights": {
            "groups": dict(WEIGHTS),
            "yes_no": YES_NO_COST,
            "to_give": FILL_COST,
            "field": FIELD_COST,
        },
    }


def change_text(
    answer: Answer, *, titles: Mapping[str, Text], goal: Goal, language: Language
) -> str:
    """An answer as lines for a terminal."""
    return "\n".join(_lines(answer, titles, goal, language)) + "\n"


def weights_text(language: Language) -> str:
    """How the cost of a change is counted."""
    heavy = f"{WEIGHTS['general']:g}"
    mid, yes_no = f"{WEIGHTS['retail']:g}", f"{YES_NO_COST:.0%}"
    text = Text(
        f"Chaque modification compte pour sa variation relative. Poids\u00a0: {heavy} pour "
        f"l'effectif et le bâtiment, {mid} pour le commerce et l'hôtel, 1 pour le reste. "
        f"Un oui ou un non compte comme une variation de {yes_no.replace('%', '')}\u00a0%. "
        "À égalité, le moins de champs possible. Les destinations, filières et avis ne sont "
        "jamais changés, et une exception, qui demande un document, jamais proposée.",
        f"Each change counts for its relative variation. Weights: {heavy} for staff and building, "
        f"{mid} for shops and hotels, 1 for the rest. A yes or no counts as a variation of "
        f"{yes_no}. Between equals, as few fields as possible. Uses, clusters and opinions are "
        "never changed, and an exception, which needs a document, never proposed.",
    )
    return text.say(language)


def _entry(change: FieldChange, language: Language) -> dict[str, Any]:
    """One change as plain data."""
    field = project_fields()[change.field]

    def plain(figure: float | None) -> bool | float | None:
        return bool(figure) if field.type == "yes_no" and figure is not None else figure

    return {
        "field": change.field,
        "title": field_title(change.field, language),
        "kind": kind_of_change(change),
        "current": plain(change.current),
        "proposed": plain(change.proposed),
        "unit": field.unit,
        "articles": list(change.requirements),
        "cost": round(change.cost, 6),
    }


def _lines(
    answer: Answer, titles: Mapping[str, Text], goal: Goal, language: Language
) -> Iterator[str]:
    """Lines of the report."""
    yield f"{CHANGE_WORDS['title'].say(language)} ({GOALS[goal].say(language)})"
    yield headline(answer).say(language)
    for conflict in answer.conflicts:
        yield from _conflict_lines(conflict, titles, language)
    if answer.status == "conflict":
        yield rest(answer).say(language)
    for change in answer.changes:
        new = figure_text(change.field, change.proposed, language)
        old = figure_text(change.field, change.current, language)
        reason = reason_text(change, language)
        yield f"  {field_title(change.field, language)}  {old} → {new}  [{reason}]"
    for word, names in (("undecided", answer.undecided), ("worsened", answer.worsened)):
        if names:
            yield said(CHANGE_WORDS[word], ", ".join(names), language)
    if answer.changes:
        yield weights_text(language)


def _conflict_lines(
    conflict: Conflict, titles: Mapping[str, Text], language: Language
) -> Iterator[str]:
    """Requirements in conflict, and the locks that matter."""
    head = CHANGE_WORDS["alone" if len(conflict.requirements) == 1 else "together"]
    named = (f"{name} {titles[name].say(language)}" for name in conflict.requirements)
    yield f"  {said(head, ' + '.join(named), language)}"
    if conflict.locks:
        names = ", ".join(field_title(name, language) for name in conflict.locks)
        yield f"  {CHANGE_WORDS['locks_matter'].say(language, names=names)}"
