"""Differences of a charter as a planner reads them, or as another program does."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from charters.differences import Change, Difference, Side, charter_differences
from charters.model import DatedValue
from charters.units import unit
from charters.wording import quantity_text, said
from geodata.errors import Fault, SelectionError
from geodata.language import Language, Text, date_text

__all__ = ["difference_json", "difference_text"]

_HEADINGS: Mapping[Change, Text] = {
    "enters": Text("Entrent en vigueur", "Come into force"),
    "ends": Text("Cessent d'être en vigueur", "Are no longer in force"),
    "passes": Text("Entrés puis sortis entre-temps", "Came and went in between"),
    "added": Text("Ajoutés, pas encore en vigueur", "Added, not yet in force"),
    "removed": Text("Retirés", "Removed"),
    "value": Text("Valeurs qui changent", "Values that change"),
    "text": Text("Textes qui changent", "Texts that change"),
}
_NOTHING = Text("Aucune différence.", "No difference.")
_NONE = Text("aucune", "none")


def difference_text(before: Sequence[Side], after: Sequence[Side], *, language: Language) -> str:
    """Differences of charters for a reader, charter by charter.

    Raises
    ------
    SelectionError
        The second day is before the first.
    """
    return "\n\n".join(
        "\n".join(_charter_lines(found, *sides, language))
        for found, sides in _compared(before, after)
    )


def difference_json(before: Sequence[Side], after: Sequence[Side], *, language: Language) -> str:
    """Differences of charters for a program; figures in the unit as the article writes it.

    Raises
    ------
    SelectionError
        The second day is before the first.
    """
    listed = [
        {
            "charter": last.charter.id,
            "from": {"day": first.day.isoformat(), "edition": first.charter.edition},
            "to": {"day": last.day.isoformat(), "edition": last.charter.edition},
            "differences": [_record(each, language) for each in found],
        }
        for found, (first, last) in _compared(before, after)
    ]
    return json.dumps(listed, ensure_ascii=False, indent=1)


def _compared(
    before: Sequence[Side], after: Sequence[Side]
) -> list[tuple[tuple[Difference, ...], tuple[Side, Side]]]:
    """Differences of each charter, and its two sides."""
    pairs = list(zip(before, after, strict=True))
    if any(last.day < first.day for first, last in pairs):
        what = Text("La seconde date précède la première.", "The second day is before the first.")
        remedy = Text("Les échanger.", "Exchange them.")
        raise SelectionError(Fault(what, "--from, --to", remedy))
    return [(charter_differences(*pair), pair) for pair in pairs]


def _charter_lines(
    found: Sequence[Difference], before: Side, after: Side, language: Language
) -> Iterator[str]:
    """One charter's differences, kind by kind, after a line that says what is compared."""
    yield f"{after.charter.title.say(language)} ({_sides(before, after, language)})"
    yield after.charter.model_notice.say(language)
    if not found:
        yield _NOTHING.say(language)
    for change, heading in _HEADINGS.items():
        alike = [each for each in found if each.change == change]
        if alike:
            yield ""
            yield f"{heading.say(language)} ({len(alike)})"
        for (name, title), each in itertools.groupby(
            alike, key=lambda one: (one.article, one.title)
        ):
            is_table = name in {**before.charter.tables, **after.charter.tables}
            head = title.say(language) if is_table else f"{name} · {title.say(language)}"
            yield from _article_lines(f"  {head}", list(each), language)
    yield from _source_lines(found, before, after, language)


def _record(difference: Difference, language: Language) -> dict[str, Any]:
    """One difference for JSON."""
    row = difference.row
    return {
        "article": difference.article,
        "title": difference.title.say(language),
        "change": difference.change,
        "what": difference.what,
        "label": None if difference.label is None else difference.label.say(language),
        "before": _plain(difference.before, difference.value_before, language),
        "after": _plain(difference.after, difference.value_after, language),
        "unit_before": difference.unit_before,
        "unit": difference.unit,
        "since": None if difference.since is None else difference.since.isoformat(),
        "source": None if row is None else row.source,
        "confidence": None if row is None else row.confidence,
        "values": [_row_record(each) for each in difference.rows],
        "dropped": [_row_record(each) for each in difference.dropped],
    }


def _sides(before: Side, after: Side, language: Language) -> str:
    """What is compared: days, editions, or both."""
    days = [date_text(each.day, language) for each in (before, after)]
    editions = [each.charter.edition for each in (before, after)]
    if editions[0] == editions[1]:
        return Text(
            f"du {days[0]} au {days[1]}, édition {editions[0]}",
            f"from {days[0]} to {days[1]}, edition {editions[0]}",
        ).say(language)
    return Text(
        f"de l'édition {editions[0]} au {days[0]} à l'édition {editions[1]} au {days[1]}",
        f"from edition {editions[0]} on {days[0]} to edition {editions[1]} on {days[1]}",
    ).say(language)


def _article_lines(head: str, found: Sequence[Difference], language: Language) -> Iterator[str]:
    """Differences of one kind of one article, or of one table."""
    if found[0].label is None:
        yield head + _since(found[0], language)
        return
    yield head
    for each in found:
        label = each.label or each.title
        if each.change == "value":
            yield "    " + said(label, _value(each, language), language)
            yield from (f"      {_row(row, each.unit, language)}" for row in each.rows)
            yield from (
                "      "
                + said(Text("retirée", "dropped"), _row(row, each.unit_before, language), language)
                for row in each.dropped
            )
        else:
            yield "    " + label.say(language)
            yield from _text_lines(each, language)


def _since(difference: Difference, language: Language) -> str:
    """Day on which an article comes into force or ends."""
    if difference.since is None:
        return ""
    day = date_text(difference.since, language)
    return Text(f", le {day}", f", on {day}").say(language)


def _source_lines(
    found: Sequence[Difference], before: Side, after: Side, language: Language
) -> Iterator[str]:
    """What the sources of the values named above are."""
    cited = sorted({row.source for each in found for row in (*each.rows, *each.dropped)})
    known = {**before.charter.sources, **after.charter.sources}
    if cited:
        yield ""
        yield Text("Sources", "Sources").say(language)
    for each in cited:
        yield "  " + said(Text(each, each), known[each].text.say(language), language)


def _text_lines(difference: Difference, language: Language) -> Iterator[str]:
    """Text before and after."""
    for sign, text in (("−", difference.before), ("+", difference.after)):
        if text is not None:
            yield f"      {sign} {text.say(language)}"


def _value(difference: Difference, language: Language) -> str:
    """Value before and after, such as « 30 % → 40 % »."""
    old = _figure(difference.value_before, difference.unit_before, language)
    return f"{old} → {_figure(difference.value_after, difference.unit, language)}"


def _figure(value: float | None, name: str, language: Language) -> str:
    """Value as written; « aucune » where there is none."""
    if value is None:
        return _NONE.say(language)
    return quantity_text(value * unit(name).factor, name, language)


def _row(row: DatedValue, name: str, language: Language) -> str:
    """One dated value with its day, its source and its doubt."""
    day = date_text(row.since, language)
    since = Text(f"depuis le {day}", f"since {day}").say(language)
    doubt = Text(" (à vérifier)", " (to check)").say(language)
    text = f"{_figure(row.value, name, language)} {since} [{row.source}]"
    return text + (doubt if row.confidence == "to_check" else "")


def _plain(text: Text | None, value: float | None, language: Language) -> str | float | None:
    """Text or value, whichever there is."""
    return value if text is None else text.say(language)


def _row_record(row: DatedValue) -> dict[str, Any]:
    """One dated value for JSON."""
    return {
        "from": row.since.isoformat(),
        "to": None if row.until is None else row.until.isoformat(),
        "value": row.value,
        "source": row.source,
        "confidence": row.confidence,
    }
