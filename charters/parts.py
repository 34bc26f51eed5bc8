"""The parts of an article's text that a reader tells apart, each with how it is said."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from charters.clauses import Voice, condition_text
from charters.model import Article, Exemption, Period, Requirement
from charters.sentences import remedy_text, requirement_text, shown_text
from charters.vocabulary import title
from charters.wording import KINDS, SEVERITIES
from geodata.language import Language, Text, date_text

__all__ = ["ARTICLE_PARTS", "REQUIREMENT_PARTS", "Part", "changed_parts"]


@dataclass(frozen=True, slots=True)
class Part:
    """One part of an article or a requirement."""

    name: str
    """Word used in JSON."""
    label: Text
    """Name for a reader."""
    fields: tuple[str, ...]
    """Fields of the model that it is made of."""
    say: Callable[[Any, Language], str]
    """The part of an article or requirement, as it is read; empty where there is none."""


def _plain(field: str) -> Callable[[Any, Language], str]:
    """Reader of a field that holds a text, or nothing."""

    def say(owner: object, language: Language) -> str:
        found: Text | None = getattr(owner, field)
        return "" if found is None else found.say(language)

    return say


def _period(article: Article, language: Language) -> str:
    """Days on which an article is in force."""
    period: Period = article.in_force
    since = date_text(period.since, language)
    if period.until is None:
        return Text(f"depuis le {since}", f"since {since}").say(language)
    until = date_text(period.until, language)
    return Text(f"du {since} jusqu'au {until}, exclu", f"from {since} until {until}").say(language)


def _exceptions(requirement: Requirement, language: Language) -> str:
    """Ways out, each with the document that proves it."""
    voice = Voice(language, requirement.parameters)
    return "\u00a0; ".join(
        f"{condition_text(each.when, voice)} ({_proof(each, language)})"
        for each in requirement.exceptions
    )


def _proof(exemption: Exemption, language: Language) -> str:
    """Document and source of an exception."""
    return f"{exemption.document.say(language)}, {exemption.source}"


def _levers(requirement: Requirement, language: Language) -> str:
    """Fields of the project that a remedy may change."""
    return ", ".join(title(each).say(language) for each in requirement.levers)


def _sources(article: Article, _: Language) -> str:
    """Ids of the sources."""
    return ", ".join(article.sources)


ARTICLE_PARTS: tuple[Part, ...] = (
    Part("title", Text("Titre", "Title"), ("title",), _plain("title")),
    Part("chapter", Text("Chapitre", "Chapter"), ("chapter",), _plain("chapter")),
    Part("in_force", Text("En vigueur", "In force"), ("in_force", "reference_date"), _period),
    Part("note", Text("Note", "Note"), ("note",), _plain("note")),
    Part("sources", Text("Sources", "Sources"), ("sources",), _sources),
)
REQUIREMENT_PARTS: tuple[Part, ...] = (
    Part("title", Text("Titre", "Title"), ("title",), _plain("title")),
    Part("kind", Text("Nature", "Kind"), ("kind",), lambda each, said: KINDS[each.kind].say(said)),
    Part(
        "severity",
        Text("Gravité", "Severity"),
        ("severity",),
        lambda each, said: SEVERITIES[each.severity].say(said),
    ),
    Part(
        "requirement",
        Text("Exigence", "Requirement"),
        ("applies_when", "any_of", "if_not_met"),
        requirement_text,
    ),
    Part("exceptions", Text("Exceptions", "Exceptions"), ("exceptions",), _exceptions),
    Part("levers", Text("Leviers", "Levers"), ("levers",), _levers),
    Part("remedy", Text("À faire", "To do"), ("remedy",), remedy_text),
    Part("shown", Text("Dit aussi", "Also says"), ("shown",), shown_text),
)

_COMPARED_APART = frozenset({"id", "charter", "requirements", "parameters"})
_NO_RULE = frozenset({"examples"})


def changed_parts(
    before: Article | Requirement, after: Article | Requirement, *, parts: Sequence[Part]
) -> Iterator[tuple[Part, tuple[Text | None, Text | None]]]:
    """Parts that differ, with their texts; None where a side has none.

    What differs without being read differently is given as it stands in the data, and so is a
    field that no part speaks of; ids, requirements and dated values are left to the caller.
    """
    spoken = {name for part in parts for name in part.fields}
    others = [
        Part(name, Text(name, name), (name,), lambda *_: "")
        for name in type(after).model_fields
        if name not in spoken | _COMPARED_APART | _NO_RULE
    ]
    for part in (*parts, *others):
        if all(getattr(before, name) == getattr(after, name) for name in part.fields):
            continue
        texts = [Text(part.say(each, "fr"), part.say(each, "en")) for each in (before, after)]
        if texts[0] == texts[1]:
            raw = [each.model_dump_json(include=set(part.fields)) for each in (before, after)]
            texts = [Text(each, each) for each in raw]
        yield part, (_or_none(texts[0]), _or_none(texts[1]))


def _or_none(text: Text) -> Text | None:
    """Text, None where it is empty."""
    return text if any(text) else None
