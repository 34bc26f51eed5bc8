"""A step of a draft said in a line: what it changes, from when to when, and by which source."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from charters.editing import AddArticle, AddRow, AddValue, Change, EditText, EndArticle, SetNature
from charters.editing_apply import new_article_id
from charters.editing_tables import table_key, table_title
from charters.figures import parameter_title
from charters.model import Charter
from charters.units import unit_text
from charters.wording import KINDS, SEVERITIES, quantity_text, word_text
from geodata.errors import CharterError
from geodata.language import Language, Text, date_text, number_text, typeset

__all__ = ["PARTS", "step_text"]

PARTS = {
    "title": Text("titre", "title"),
    "remedy": Text("remède", "remedy"),
    "note": Text("note", "note"),
}
_VALUE = Text(
    "{where} : {value} {days} (source {source})", "{where}: {value} {days} (source {source})"
)
_FROM = Text("à partir du {since}", "from {since}")
_FROM_TO = Text("du {since} au {until} (exclu)", "from {since} to {until} (excluded)")
_TEXT = Text("{where} : {part} « {text} »", "{where}: {part} “{text}”")
_NATURE = Text("{where} : {kind}, {severity}", "{where}: {kind}, {severity}")
_END = Text(
    "{where} : n'est plus en vigueur le {day} (source {source})",
    "{where}: no longer in force on {day} (source {source})",
)
_ARTICLE = Text("Nouvel article {where}", "New article {where}")
_BEGINNING = 60


def step_text(change: Change, charters: Sequence[Charter], language: Language) -> str:
    """One step in a line.

    Parameters
    ----------
    change
        Step of a draft.
    charters
        Charters that give the names: those that it changes, or makes.
    """
    charter = next(each for each in charters if each.id == change.charter)
    match change:
        case AddValue():
            return _value(
                change, f"{change.requirement} · {_figure(change, charter, language)}", language
            )
        case AddRow():
            key = word_text(change.key, table_key(charter, change.table)).say(language)
            head = table_title(charter, change.table).say(language)
            return _value(change, f"{head} · {key}", language)
        case EditText():
            said = change.text.say(language)
            text = said if len(said) <= _BEGINNING else f"{said[:_BEGINNING].rstrip()}…"
            part = PARTS[change.part].say(language)
            return _said(_TEXT, language, where=change.requirement, part=part, text=text)
        case SetNature():
            return _said(
                _NATURE,
                language,
                where=change.requirement,
                kind=KINDS[change.kind].say(language),
                severity=SEVERITIES[change.severity].say(language).lower(),
            )
        case EndArticle():
            day = date_text(change.until, language)
            return _said(_END, language, where=change.article, day=day, source=change.source)
        case AddArticle():
            return _said(_ARTICLE, language, where=_new(change, charter, language))


def _value(change: AddValue | AddRow, where: str, language: Language) -> str:
    """A dated value, with its end where it has one."""
    return _said(
        _VALUE,
        language,
        where=where,
        value=_quantity(change.value, change.unit, language),
        days=_days(change.since, change.until, language),
        source=change.source,
    )


def _days(since: dt.date, until: dt.date | None, language: Language) -> str:
    """Days on which a value holds."""
    first = date_text(since, language)
    if until is None:
        return _FROM.say(language, since=first)
    return _FROM_TO.say(language, since=first, until=date_text(until, language))


def _quantity(value: float, unit: str, language: Language) -> str:
    """Figure exactly as it was written, with its unit."""
    if unit == "bool":
        return quantity_text(value, unit, language)
    figure, written = number_text(value, language, decimals=6), unit_text(unit, language)
    return f"{figure}\u00a0{written}" if written else figure


def _figure(change: AddValue, charter: Charter, language: Language) -> str:
    """Name of the figure that a value is of; its own where an earlier step brings the article."""
    found = {each.id: each for _, each in charter.requirements}.get(change.requirement)
    if found is None or change.parameter not in found.parameters:
        return change.parameter
    return parameter_title(change.parameter, found).say(language)


def _new(change: AddArticle, charter: Charter, language: Language) -> str:
    """Id of a new article, with its title once the charter has it."""
    try:
        name = new_article_id(change.content) or ""
    except CharterError:
        name = ""
    found = next((each for each in charter.articles if each.id == name), None)
    return f"{name} · {found.title.say(language)}" if found else name


def _said(text: Text, language: Language, /, **values: object) -> str:
    """A sentence, typeset."""
    return typeset(text).say(language, **values)
