"""What is read is what runs: an article as a document, its sentences generated from its data."""

from __future__ import annotations

import datetime as dt

from charters.clauses import Voice, condition_outline
from charters.figures import figures_of, is_to_check, tables_of
from charters.illustrations import example_sheets
from charters.model import Article, Charter, Period, Requirement
from charters.sentences import (
    alternative_text,
    exemption_text,
    formula_text,
    otherwise_text,
    remedy_text,
    shown_text,
    verb_text,
)
from charters.sheets import ArticleSheet, CharterSheet, FactSheet, RequirementSheet, SourceSheet
from charters.tree import requirement_fields
from charters.units import unit, unit_text
from charters.vocabulary import project_fields, site_measures, title, written_unit
from charters.wording import (
    KINDS,
    SEVERITIES,
    VERIFIED,
    said,
    spread_text,
)
from geodata.catalog import contract
from geodata.language import Language, Text, date_text

__all__ = ["article_sheet", "charter_sheet"]


def charter_sheet(charter: Charter, *, on: dt.date, language: Language) -> CharterSheet:
    """Whole charter with the values in force ``on`` a day; its examples are judged now."""
    edition = Text(f"Édition {charter.edition}", f"Edition {charter.edition}")
    day = date_text(on, language)
    return CharterSheet(
        id=charter.id,
        title=charter.title.say(language),
        notice=charter.model_notice.say(language),
        edition=edition.say(language),
        day=Text(f"Valeurs en vigueur au {day}", f"Values in force on {day}").say(language),
        articles=tuple(
            article_sheet(each, charter, on=on, language=language) for each in charter.articles
        ),
    )


def article_sheet(
    article: Article, charter: Charter, *, on: dt.date, language: Language
) -> ArticleSheet:
    """One article with the values in force ``on`` a day; its examples are judged now."""
    period = article.in_force
    return ArticleSheet(
        id=article.id,
        title=article.title.say(language),
        chapter=article.chapter.say(language),
        period=_period(period, language, on=on),
        is_in_force=period.since <= on and (period.until is None or on < period.until),
        is_to_check=any(is_to_check(each, charter) for each in article.requirements),
        note="" if article.note is None else article.note.say(language),
        requirements=tuple(
            _requirement(each, charter, on=on, language=language) for each in article.requirements
        ),
        sources=tuple(_source(name, charter, language) for name in _cited(article, charter)),
        examples=example_sheets(article, charter, language=language),
    )


def _requirement(
    requirement: Requirement, charter: Charter, *, on: dt.date, language: Language
) -> RequirementSheet:
    """One requirement in words."""
    voice = Voice(language, requirement.parameters, on)
    kind, severity = KINDS[requirement.kind], SEVERITIES[requirement.severity]
    return RequirementSheet(
        id=requirement.id,
        title=requirement.title.say(language),
        kind=requirement.kind,
        severity=requirement.severity,
        nature=f"{kind.say(language)} · {severity.say(language).lower()}",
        applies=condition_outline(requirement.applies_when, voice),
        verb=verb_text(requirement).say(language),
        demands=tuple(alternative_text(each, voice) for each in requirement.any_of),
        formulas=tuple(formula_text(each, voice) for each in requirement.any_of),
        otherwise=otherwise_text(requirement, language),
        exceptions=tuple(exemption_text(each, voice) for each in requirement.exceptions),
        figures=figures_of(requirement, charter, on=on, language=language),
        remedy=remedy_text(requirement, language, on=on),
        levers=tuple(title(each).say(language) for each in requirement.levers),
        shown=shown_text(requirement, language),
        facts=tuple(_fact(path, language) for path in requirement_fields(requirement)),
    )


def _fact(path: str, language: Language) -> FactSheet:
    """A fact with its unit, its origin and its precision."""
    group, _, name = path.partition(".")
    if group == "project":
        field = project_fields()[name]
        declared = Text("déclaré dans le projet", "declared in the project").say(language)
        unit_name = _unit(path, is_word=field.type == "choice", language=language)
        return FactSheet(field.title.say(language), declared, unit_name, "", "")
    measure = site_measures()[name]
    layers = ", ".join(contract(each).title.say(language) for each in measure.layers)
    depends = ", ".join(
        (Text("le jour choisi", "the chosen day") if each == "day" else title(each)).say(language)
        for each in measure.reads
    )
    reach = spread_text(measure.tolerance * unit(measure.unit).factor, written_unit(path), language)
    return FactSheet(
        title=measure.title.say(language),
        origin=said(Text("mesuré sur", "measured on"), layers, language),
        unit=_unit(path, is_word=measure.category, language=language),
        tolerance=f"±\u00a0{reach}" if measure.tolerance else "",
        reads=said(Text("dépend de", "depends on"), depends, language) if depends else "",
    )


def _unit(path: str, *, is_word: bool, language: Language) -> str:
    """Unit of a fact in words."""
    if is_word:
        return Text("mot d'une liste", "word of a list").say(language)
    name = written_unit(path)
    if name == "bool":
        return Text("oui ou non", "yes or no").say(language)
    return unit_text(name, language) or Text("nombre", "number").say(language)


def _cited(article: Article, charter: Charter) -> tuple[str, ...]:
    """Sources of an article, of its values, its tables and its ways out, each once."""
    named = [*article.sources]
    for each in article.requirements:
        named += [value.source for one in each.parameters.values() for value in one.values]
        named += [row.source for node in tables_of(each) for row in charter.tables[node.table].rows]
        named += [exemption.source for exemption in each.exceptions]
    return tuple(dict.fromkeys(named))


def _source(name: str, charter: Charter, language: Language) -> SourceSheet:
    """A source, its date, how far it was read and its address."""
    source = charter.sources[name]
    return SourceSheet(
        id=name,
        text=source.text.say(language),
        date="" if source.date is None else date_text(source.date, language),
        verified=VERIFIED[source.verified].say(language),
        url=source.url or "",
    )


def _period(period: Period, language: Language, *, on: dt.date) -> str:
    """When an article is in force, or will be, as a sentence."""
    since = date_text(period.since, language)
    if period.until is None and period.since > on:
        return Text(f"En vigueur à partir du {since}", f"In force from {since}").say(language)
    if period.until is None:
        return Text(f"En vigueur depuis le {since}", f"In force since {since}").say(language)
    last = date_text(period.until - dt.timedelta(days=1), language)
    return Text(f"En vigueur du {since} au {last}", f"In force from {since} to {last}").say(
        language
    )
