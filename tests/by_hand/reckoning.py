"""How the tables worked out by hand are written, and the verdict that they are held against.

A table gives the facts as a planner would, and the figures by plain arithmetic: nothing here reads
the formulas, thresholds or dates of the article files.
"""

from typing import NamedTuple

import numpy as np

from charters.examples import facts_of
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


def articles_of(charter):
    """Ids of the articles of one charter."""
    (found,) = (each for each in load_charters() if each.id == charter)
    return {article.id for article in found.articles}


def articles_in(table):
    """Ids of the articles that a table has a case for: PI-03b is about PI-03."""
    return {case[0][:5] for case in table}
