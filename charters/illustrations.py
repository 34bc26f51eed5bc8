"""The examples of an article as a reader gets them: judged while they are read, never copied."""

from __future__ import annotations

import math

import numpy as np

from charters.examples import facts_of, illustrated
from charters.judge import Outcome, Weighing, weigh
from charters.model import Article, Charter, Example, Requirement
from charters.sheets import ExampleSheet
from charters.vocabulary import title
from charters.wording import OUTCOMES, demand_text, fact_text, quantity_text
from geodata.language import Language, Text, date_text

__all__ = ["example_sheets"]


def example_sheets(
    article: Article, charter: Charter, *, language: Language
) -> tuple[ExampleSheet, ...]:
    """Every example of ``article`` with the outcome that the judge gives it."""
    pairs = ((each, illustrated(article, each)) for each in article.examples)
    return tuple(
        _sheet(article, each, requirement, charter, language)
        for each, requirement in pairs
        if requirement is not None
    )


def _sheet(
    article: Article,
    example: Example,
    requirement: Requirement,
    charter: Charter,
    language: Language,
) -> ExampleSheet:
    """One example, judged."""
    on = np.array([example.on], "datetime64[D]")
    weighing = weigh(article, requirement, facts_of(example.given), tables=charter.tables, on=on)
    outcome = Outcome(int(weighing.outcome[0])).key
    return ExampleSheet(
        requirement=requirement.id,
        on=date_text(example.on, language),
        given=tuple(
            (title(path).say(language), fact_text(path, value, language))
            for path, value in example.given.items()
        ),
        outcome=outcome,
        outcome_text=OUTCOMES[outcome].say(language) + _figures(requirement, weighing, language),
    )


def _figures(requirement: Requirement, weighing: Weighing, language: Language) -> str:
    """Value and threshold of a weighing, in brackets; nothing where one is missing."""
    value, threshold = float(weighing.value[0]), float(weighing.threshold[0])
    if math.isnan(value) or math.isnan(threshold):
        return ""
    chosen = requirement.any_of[int(weighing.alternative[0])]
    name = chosen.measure.unit
    found = quantity_text(value, name, language)
    demand = demand_text(chosen.requirement.op, quantity_text(threshold, name, language), language)
    return Text(f" ({found}, pour {demand})", f" ({found}, for {demand})").say(language)
