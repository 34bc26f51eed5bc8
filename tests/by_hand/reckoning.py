"""How the tables worked out by hand are written, and the verdict that they are held against.

A table gives the facts as a planner would, and the figures by plain arithmetic: nothing here reads
the formulas, thresholds or dates of the article files.
"""

from typing import NamedTuple

import numpy as np
import pytest

from charters.examples import facts_of
from charters.facts import Column
from charters.judge import weigh
from charters.loading import load_charters
from charters.verdicts import read_verdicts

TODAY = "2026-11-01"


class Figures(NamedTuple):
    """What is measured, what is asked, and how far one is on the good side of the other."""

    value: float
    threshold: float
    margin: float


def at_least(value, threshold):
    """Figures of a floor."""
    return Figures(value, threshold, value - threshold)


def at_most(value, threshold):
    """Figures of a ceiling."""
    return Figures(value, threshold, threshold - value)


def exactly(value, threshold):
    """Figures of a yes or no: 1 and 0, a margin of 0 when they agree."""
    return Figures(value, threshold, -abs(value - threshold))


def given(site=None, **project):
    """Facts of one site and one project, in the units of the form."""
    facts = {f"project.{name}": value for name, value in project.items()}
    return facts | {f"site.{name}": value for name, value in (site or {}).items()}


def verdict(name, facts, on=TODAY):
    """Row of one requirement for these facts on that day, the way a reader gets it."""
    for charter in load_charters():
        for article in charter.articles:
            if any(each.id == name for each in article.requirements):
                alone = charter.model_copy(update={"articles": (article,)})
                day = np.array([on], "datetime64[D]")
                (rows,) = read_verdicts(alone, facts_of(facts), on=day, sites=1)
                return next(row for row in rows if row.article == name)
    message = f"no requirement {name}"
    raise LookupError(message)


def in_written_units(row):
    """Value, threshold and margin of a row as written: shares in %."""
    factor = 100 if row.written_unit == "%" else 1
    figures = (row.value, row.threshold, row.margin)
    return Figures(*(None if each is None else each * factor for each in figures))


def says(row, words):
    """Whether the sentences hold these words, ``~`` standing for a no-break space in French."""
    french = row.reason.fr.replace("\N{NO-BREAK SPACE}", "~")
    french = french.replace("\N{NARROW NO-BREAK SPACE}", "~")
    english = row.reason.en.replace("\N{NO-BREAK SPACE}", " ")
    return words[0] in french and words[1] in english


def check_by_hand(name, on, facts, outcome, figures, words):
    """Hold a verdict against what was reckoned on paper."""
    row = verdict(name, facts, on)
    assert outcome == row.outcome
    assert figures == pytest.approx(in_written_units(row))
    assert says(row, words), (row.reason.fr, row.reason.en)


def check_missing(name, facts, datum):
    """Hold a verdict to be open and to name the datum; no margin unless the scope is open."""
    row = verdict(name, facts)
    assert "to_investigate" == row.outcome
    assert row.margin is None or row.reason.en.startswith("It cannot be said whether")
    assert says(row, datum), (row.reason.fr, row.reason.en)


def check_not_applicable(name, on, facts, why):
    """Hold a verdict to be out of scope without figures, and to say why."""
    row = verdict(name, facts, on)
    assert ("not_applicable", None, None) == (row.outcome, row.value, row.margin)
    assert says(row, why), (row.reason.fr, row.reason.en)


def thresholds(name, facts, **columns):
    """Thresholds of a requirement for whole columns of project figures."""
    charter, article, requirement = next(
        (charter, *pair)
        for charter in load_charters()
        for pair in charter.requirements
        if pair[1].id == name
    )
    all_facts = dict(facts_of(facts))
    for field, column in columns.items():
        certain = np.zeros(column.size)
        all_facts[f"project.{field}"] = Column(column, certain.astype(np.int8), certain)
    on = np.array([TODAY], "datetime64[D]")
    return list(weigh(article, requirement, all_facts, tables=charter.tables, on=on).threshold)


def articles_of(charter):
    """Ids of the articles of one charter."""
    (found,) = (each for each in load_charters() if each.id == charter)
    return {article.id for article in found.articles}


def articles_in(table):
    """Ids of the articles that a table has a case for: PI-03b is about PI-03."""
    return {case[0][:5] for case in table}
