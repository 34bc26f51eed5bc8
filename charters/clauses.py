"""The trees of an article in words: its conditions and its values, on the day they are read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from charters.model import (
    AllOf,
    AnyOf,
    Between,
    Ceiling,
    Comparison,
    Condition,
    DatedValue,
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
    Sum,
    TableValue,
    Value,
)
from charters.units import unit
from charters.vocabulary import title, written_unit
from charters.wording import any_of_text, demand_text, quantity_text, said, word_text
from geodata.language import Language, Text, date_text

__all__ = ["Outline", "Voice", "condition_outline", "condition_text", "in_force", "value_text"]

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Voice:
    """In which language a tree is said, with which dated values."""

    language: Language
    """Language of the sentence."""
    parameters: Mapping[str, Parameter]
    """Dated values that the tree names."""
    on: dt.date | None = None
    """Day that selects them; the last ones where there is none."""

    def say(self, french: str, english: str) -> str:
        """One of two texts."""
        return french if self.language == "fr" else english


@dataclass(frozen=True, slots=True)
class Outline:
    """A condition as a list: a clause, or a heading over several."""

    text: str
    """Clause, or heading."""
    parts: tuple[Outline, ...] = ()
    """What stands under the heading."""


def in_force(values: Iterable[DatedValue], on: dt.date) -> DatedValue | None:
    """Value in force on a day, None where there is none."""
    begun = [each for each in values if each.since <= on]
    last = max(begun, key=lambda each: each.since, default=None)
    return None if last is None or (last.until is not None and on >= last.until) else last


def condition_text(condition: Condition | None, voice: Voice) -> str:
    """Condition in one clause."""
    return _clause(condition, voice, is_inner=False)


def condition_outline(condition: Condition | None, voice: Voice) -> Outline:
    """Condition as a list that is read from the top."""
    match condition:
        case AllOf(all=parts):
            head = voice.say("Toutes ces conditions", "All of these")
        case AnyOf(any=parts):
            head = voice.say("Au moins une de ces conditions", "At least one of these")
        case NoneOf(none=parts):
            head = voice.say("Aucune de ces conditions", "None of these")
        case _:
            return Outline(condition_text(condition, voice))
    if isinstance(condition, AllOf | AnyOf) and condition.title is not None:
        said_as = condition.title.say(voice.language)
        head = f"{said_as} ({head[:1].lower()}{head[1:]})"
    inner = tuple(condition_outline(each, voice) for each in parts)
    return (
        inner[0] if len(inner) == 1 and not isinstance(condition, NoneOf) else Outline(head, inner)
    )


def value_text(node: Value, voice: Voice, *, is_inner: bool = False) -> str:
    """Formula of a value; in brackets where it is a part of another."""

    def inner(part: Value) -> str:
        return value_text(part, voice, is_inner=True)

    match node:
        case FieldValue(field=path):
            return title(path).say(voice.language)
        case ParameterValue(parameter=name):
            return _parameter(voice.parameters[name], voice, is_named=is_inner)
        case TableValue(key=path):
            key = title(path)
            return voice.say(
                f"la valeur du tableau selon «\u00a0{key.fr}\u00a0»",
                f"the table's value by “{key.en}”",
            )
        case Sum(sum=parts):
            text = _joined(parts, inner, " + ")
        case Product(product=parts):
            text = _joined(parts, inner, " × ")
        case Difference(difference=parts):
            text = _joined(parts, inner, " − ")
        case Quotient(quotient=parts):
            text = _joined(parts, inner, " / ")
        case Equal(same=parts):
            text = _joined(parts, inner, " = ")
        case Least(min=parts):
            return _of(Text("le plus petit de", "the smallest of"), map(inner, parts), voice)
        case Greatest(max=parts):
            return _of(Text("le plus grand de", "the largest of"), map(inner, parts), voice)
        case Ceiling(ceil=part):
            rounded = voice.say("arrondi au supérieur", "rounded up")
            text = f"{value_text(part, voice)}, {rounded}"
            return f"({text})" if is_inner else text
    return f"({text})" if is_inner and len(parts) > 1 else text


def _clause(condition: Condition | None, voice: Voice, *, is_inner: bool) -> str:
    """Condition as a clause, in brackets where it joins several inside another."""

    def inner(part: Condition) -> str:
        return _clause(part, voice, is_inner=True)

    match condition:
        case None:
            return voice.say("toujours", "always")
        case AllOf(title=Text() as whole) | AnyOf(title=Text() as whole):
            return whole.say(voice.language)
        case AllOf(all=parts):
            text = _joined(parts, inner, voice.say("\u00a0; et ", "; and "))
        case AnyOf(any=parts):
            text = _joined(parts, inner, voice.say("\u00a0; ou ", "; or "))
        case NoneOf(none=parts):
            cases = _joined(parts, inner, voice.say("\u00a0; ou ", "; or "))
            return voice.say(f"hors de ce cas ({cases})", f"outside this case ({cases})")
        case Member(field=path, member=words):
            return said(title(path), _words(words, path, voice), voice.language)
        case NotMember(field=path, not_in=words):
            other = voice.say("autre que", "other than")
            return said(title(path), f"{other} {_words(words, path, voice)}", voice.language)
        case Between(field=path, between=(low, high), unit=name):
            first, last = (_figure(each, name, voice) for each in (low, high))
            span = voice.say(f"de {first} à {last}", f"from {first} to {last}")
            return said(title(path), span, voice.language)
        case Comparison():
            return _comparison(condition, voice)
    return f"({text})" if is_inner and len(parts) > 1 else text


def _comparison(condition: Comparison, voice: Voice) -> str:
    """One comparison as a clause."""
    match condition.value:
        case str() as word:
            bound = word_text(word, condition.field).say(voice.language)
        case ParameterValue(parameter=name):
            bound = _parameter(voice.parameters[name], voice, is_named=False)
        case figure if written_unit(condition.field) == "bool":
            bound = _figure(float(figure), "bool", voice)
        case figure:
            bound = _figure(float(figure), condition.unit, voice)
    demand = demand_text(condition.op, bound, voice.language)
    return said(title(condition.field), demand, voice.language)


def _parameter(parameter: Parameter, voice: Voice, *, is_named: bool) -> str:
    """Value of a parameter on the day, or its last one; with its title inside a formula."""
    chosen = (
        max(parameter.values, key=lambda each: each.since)
        if voice.on is None
        else in_force(parameter.values, voice.on)
    )
    if chosen is None:
        text = voice.say("une valeur à venir ou échue", "a value not in force")
    else:
        text = _figure(chosen.value, parameter.unit, voice)
        if voice.on is None and len(parameter.values) > 1:
            since = date_text(chosen.since, voice.language)
            text += voice.say(f" (depuis le {since})", f" (since {since})")
        is_said = is_named and parameter.title is not None  # its doubt stands with its dates
        if chosen.confidence == "to_check" and not is_said:
            text += voice.say(" (à vérifier)", " (to check)")
    if is_named and parameter.title is not None:
        return f"{parameter.title.say(voice.language)} [{text}]"
    return text


def _figure(value: float, name: str | None, voice: Voice) -> str:
    """Figure written in a unit, with it."""
    return quantity_text(value * unit(name or "1").factor, name or "1", voice.language)


def _words(words: tuple[str, ...], path: str, voice: Voice) -> str:
    """Names of categories, as a choice."""
    return any_of_text(
        [word_text(each, path).say(voice.language) for each in words], voice.language
    )


def _of(head: Text, parts: Iterable[str], voice: Voice) -> str:
    """« le plus petit de (a ; b) »."""
    listed = voice.say("\u00a0; ", "; ").join(parts)
    return f"{head.say(voice.language)} ({listed})"


def _joined(parts: tuple[_T, ...], say: Callable[[_T], str], between: str) -> str:
    """Parts said and joined."""
    return between.join(say(part) for part in parts)
