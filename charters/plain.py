"""An article as plain text, for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from charters.clauses import Outline
from charters.sheets import ArticleSheet, RequirementSheet, SourceSheet, ValueSheet
from charters.wording import PHASES, said
from geodata.language import Language, Text

__all__ = ["plain_text"]


def plain_text(sheet: ArticleSheet, language: Language) -> str:
    """Whole article: period, requirements, values by date, sources, examples."""
    lines = [f"{sheet.id} · {sheet.title}", f"{sheet.period}."]
    for each in sheet.requirements:
        lines += ["", f"{each.id} · {each.title} ({each.nature})", *_requirement(each, language)]
    if sheet.note:
        lines += ["", sheet.note]
    lines += ["", Text("Exemples", "Examples").say(language)]
    for example in sheet.examples:
        given = ", ".join(f"{name} {value}" for name, value in example.given)
        lines.append(f"- {example.requirement}, {example.on}, {given} → {example.outcome_text}")
    lines += ["", Text("Sources", "Sources").say(language)]
    lines += [f"- {each.id} · {_source(each)}" for each in sheet.sources]
    return "\n".join(lines)


def _requirement(sheet: RequirementSheet, language: Language) -> Iterator[str]:
    """One requirement, line by line."""
    yield said(Text("S'applique", "Applies"), "", language).rstrip()
    yield from _outline(sheet.applies, "  ")
    either = Text("ou bien", "or else").say(language)
    yield said(Text(sheet.verb, sheet.verb), "", language).rstrip()
    for position, (demand, formula) in enumerate(zip(sheet.demands, sheet.formulas, strict=True)):
        yield f"  {either} {demand}" if position else f"  {demand}"
        if formula:
            yield f"    {formula}"
    yield f"{sheet.otherwise}."
    yield from (f"{each}." for each in sheet.exceptions)
    for figure in sheet.figures:
        yield from _figure(figure, language)
    if sheet.shown:
        yield said(Text("Dit aussi", "Also says"), sheet.shown, language) + "."
    yield said(Text("À faire", "To do"), sheet.remedy, language)


def _outline(outline: Outline, margin: str) -> Iterator[str]:
    """Condition as an indented list."""
    yield f"{margin}{outline.text}"
    for part in outline.parts:
        yield from _outline(part, f"{margin}  ")


def _figure(figure: ValueSheet, language: Language) -> Iterator[str]:
    """Values of one figure by date."""
    yield said(Text(figure.title, figure.title), "", language).rstrip()
    for each in figure.values:
        doubt = f" · {each.doubt}" if each.doubt else ""
        phase = PHASES[each.phase].say(language)
        yield f"  {each.text} {each.period} ({phase}) [{each.source}]{doubt}"


def _source(sheet: SourceSheet) -> str:
    """Citation with its date, how far it was read, and its address."""
    day = f" ({sheet.date})" if sheet.date else ""
    return f"{sheet.text}{day} [{sheet.verified}]{f' {sheet.url}' if sheet.url else ''}"
