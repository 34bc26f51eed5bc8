"""What changes in a charter between two days, or between two of its editions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from charters.figures import parameter_title, tables_of
from charters.model import Article, Charter, DatedValue, Parameter, Requirement, Table
from charters.parts import ARTICLE_PARTS, REQUIREMENT_PARTS, changed_parts
from charters.sentences import requirement_text
from charters.wording import word_text
from geodata.language import Text

__all__ = ["Change", "Difference", "Side", "charter_differences"]

Change = Literal["enters", "ends", "passes", "added", "removed", "value", "text"]
"""An article comes into force, ends, or does both between the two days; it is written into the
later edition, or struck out of it, without being in force; a dated value or a text changes."""


@dataclass(frozen=True, slots=True)
class Side:
    """One charter on one day."""

    charter: Charter
    """In the edition that is looked at."""
    day: dt.date
    """Day that selects what is in force."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that changes."""

    article: str
    """Id of the article or of its requirement; name of the table where a table's value changes."""
    title: Text
    """Title of the article or of the requirement."""
    change: Change
    """Kind of change."""
    what: str = ""
    """Name of the value, or of the part of the text, that changes."""
    label: Text | None = None
    """The same for a reader; None for an article as a whole."""
    before: Text | None = None
    """Text on the first side; None where there is none."""
    after: Text | None = None
    """Text on the second side."""
    value_before: float | None = None
    """Value in force on the first side, in ``unit_before``."""
    value_after: float | None = None
    """Value in force on the second side, in ``unit``."""
    unit_before: str = ""
    """Unit of the first side, as written in the article."""
    unit: str = ""
    """Unit of the second side."""
    since: dt.date | None = None
    """First day of what changes; of an article that ends, its first day without force."""
    row: DatedValue | None = None
    """Dated value in force on the second side."""
    rows: tuple[DatedValue, ...] = ()
    """Dated values that take effect between the two days, or that the second edition adds."""
    dropped: tuple[DatedValue, ...] = ()
    """Dated values that the second edition has no more."""


def charter_differences(before: Side, after: Side) -> tuple[Difference, ...]:
    """Everything that differs from one side to the other, article by article, tables last.

    Parameters
    ----------
    before, after
        One charter on two days, in two editions, or both; the second day is not the earlier one.
    """
    old, new = ({each.id: each for each in side.charter.articles} for side in (before, after))
    found: list[Difference] = []
    for name in dict.fromkeys([*new, *old]):
        first, last = old.get(name), new.get(name)
        found += _periods(first, last, days=(before.day, after.day))
        if first is not None and last is not None:
            found += _texts(first, last)
        found += _values(first, last, days=(before.day, after.day))
    return (*found, *_tables(before, after))


def _periods(
    first: Article | None, last: Article | None, *, days: tuple[dt.date, dt.date]
) -> Iterator[Difference]:
    """Whether an article comes into force, ends, or is only written or struck out."""
    known = last if last is not None else first
    if known is None:
        return
    was, is_now = _is_in_force(first, days[0]), _is_in_force(last, days[1])
    period = known.in_force
    if was != is_now:
        change: Change = "enters" if is_now else "ends"
    elif first is None or last is None:
        change = "removed" if last is None else "added"
    elif not was and days[0] < period.since <= days[1]:
        change = "passes"
    else:
        return
    ends = None if last is None else period.until
    yield Difference(
        known.id, known.title, change, since=ends if change == "ends" else period.since
    )


def _is_in_force(article: Article | None, day: dt.date) -> bool:
    """Whether there is such an article and it is in force on ``day``."""
    if article is None:
        return False
    since, until = article.in_force.since, article.in_force.until
    return since <= day and (until is None or day < until)


def _texts(first: Article, last: Article) -> Iterator[Difference]:
    """Parts of an article that differ between two editions."""
    for part, texts in changed_parts(first, last, parts=ARTICLE_PARTS):
        yield _text(last.id, last.title, part.name, part.label, *texts)
    old, new = ({each.id: each for each in article.requirements} for article in (first, last))
    for name in dict.fromkeys([*new, *old]):
        was, now = old.get(name), new.get(name)
        if was is not None and now is not None:
            for part, texts in changed_parts(was, now, parts=REQUIREMENT_PARTS):
                yield _text(name, now.title, part.name, part.label, *texts)
            continue
        whole = [
            None
            if each is None
            else Text(requirement_text(each, "fr"), requirement_text(each, "en"))
            for each in (was, now)
        ]
        yield _text(name, last.title, "requirement", Text("Exigence", "Requirement"), *whole)


def _text(
    article: str, title: Text, what: str, label: Text, before: Text | None, after: Text | None
) -> Difference:
    """Difference of one text."""
    return Difference(article, title, "text", what=what, label=label, before=before, after=after)


def _values(
    first: Article | None, last: Article | None, *, days: tuple[dt.date, dt.date]
) -> Iterator[Difference]:
    """Dated values of an article's requirements that change."""
    old, new = (
        {each.id: each for each in (article.requirements if article is not None else ())}
        for article in (first, last)
    )
    for name in dict.fromkeys([*new, *old]):
        was, now = old.get(name), new.get(name)
        figures = [{} if each is None else each.parameters for each in (was, now)]
        known = now if now is not None else was
        for figure in dict.fromkeys([*figures[1], *figures[0]]):
            sides = (figures[0].get(figure), figures[1].get(figure))
            found = _dated(*sides, days=days)
            if found is not None and known is not None:
                label = _label(known, figure)
                yield replace(found, article=name, title=known.title, what=figure, label=label)


def _label(requirement: Requirement, name: str) -> Text:
    """What a dated value is; values that play the same part are told apart by their names."""
    own = parameter_title(name, requirement)
    others = (parameter_title(each, requirement) for each in requirement.parameters if each != name)
    return Text(f"{own.fr} ({name})", f"{own.en} ({name})") if own in others else own


def _tables(before: Side, after: Side) -> Iterator[Difference]:
    """Dated values of the charter's tables that change, key by key."""
    days = (before.day, after.day)
    old, new = (dict(_keyed(side.charter.tables)) for side in (before, after))
    for table, key in dict.fromkeys([*new, *old]):
        found = _dated(old.get((table, key)), new.get((table, key)), days=days)
        if found is not None:
            title = _table_title(table, after.charter, before.charter)
            yield replace(found, article=table, title=title, what=key, label=word_text(key))


def _table_title(table: str, *charters: Charter) -> Text:
    """A table by the first article that reads it; by its own name where none does."""
    for charter in charters:
        for article, requirement in charter.requirements:
            if any(each.table == table for each in tables_of(requirement)):
                head = f"{article.id} · "
                return Text(
                    f"{head}{article.title.fr} (tableau)", f"{head}{article.title.en} (table)"
                )
    return Text(f"Tableau {table}", f"Table {table}")


def _keyed(tables: Mapping[str, Table]) -> Iterator[tuple[tuple[str, str], Parameter]]:
    """Values of each key of each table, as those of a parameter."""
    for name, table in tables.items():
        for key in dict.fromkeys(row.key for row in table.rows):
            rows = tuple(row for row in table.rows if row.key == key)
            yield (name, key), Parameter(unit=table.unit, values=rows)


def _dated(
    first: Parameter | None, last: Parameter | None, *, days: tuple[dt.date, dt.date]
) -> Difference | None:
    """How one dated value changes; None where it does not."""
    was, now = _in_force(first, days[0]), _in_force(last, days[1])
    old, new = (() if each is None else each.values for each in (first, last))
    rows = tuple(each for each in new if days[0] < each.since <= days[1] or each not in old)
    dropped = tuple(each for each in old if each not in new)
    units = ["" if each is None else each.unit for each in (first, last)]
    is_same = (was and (was.value, units[0])) == (now and (now.value, units[1]))
    if is_same and not rows and not dropped:
        return None
    return Difference(
        "",
        Text("", ""),
        "value",
        value_before=None if was is None else was.value,
        value_after=None if now is None else now.value,
        unit_before=units[0],
        unit=units[1] or units[0],
        since=None if now is None else now.since,
        row=now,
        rows=rows,
        dropped=dropped,
    )


def _in_force(parameter: Parameter | None, day: dt.date) -> DatedValue | None:
    """Dated value in force on ``day``: the last one begun, unless it has ended."""
    begun = [each for each in (parameter.values if parameter else ()) if each.since <= day]
    if not begun:
        return None
    last = max(begun, key=lambda each: each.since)
    return last if last.until is None or day < last.until else None
