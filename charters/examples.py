"""The examples of the articles, run: each article file carries the verdicts it expects."""

from __future__ import annotations

import functools
import math
from collections.abc import Iterator, Mapping

import numpy as np

from charters.facts import Column, Facts, Missing, known, missing
from charters.judge import Outcome, weigh
from charters.model import Article, Charter, Example, Requirement
from charters.units import unit
from charters.vocabulary import project_fields, site_measures
from geodata.errors import Fault, did_you_mean
from geodata.language import Text

__all__ = ["example_faults", "facts_of", "given_faults", "illustrated", "verdict_of"]


def example_faults(charter: Charter) -> Iterator[Fault]:
    """One fault per example whose verdict is not the one its author expects."""
    for article in charter.articles:
        for example in article.examples:
            requirement = illustrated(article, example)
            if requirement is None:
                what = Text(
                    f"Un exemple nomme {example.requirement}, qui n'existe pas.",
                    f"An example names {example.requirement}, which does not exist.",
                )
                yield Fault(what, article.id, Text("Corriger l'exemple.", "Correct the example."))
            else:
                wrong = tuple(given_faults(article, example))
                yield from wrong or _faults(article, requirement, example, charter)


def verdict_of(
    article: Article, requirement: Requirement, example: Example, charter: Charter
) -> tuple[str, float]:
    """Outcome of an example, and its margin in the unit of the article, NaN where there is none."""
    on = np.array([example.on], "datetime64[D]")
    weighing = weigh(article, requirement, facts_of(example.given), tables=charter.tables, on=on)
    factor = unit(requirement.any_of[int(weighing.alternative[0])].measure.unit).factor
    return Outcome(int(weighing.outcome[0])).key, float(weighing.margin[0]) / factor


def facts_of(given: Mapping[str, bool | float | str]) -> Facts:
    """Facts of one site from plain values, project figures in the units of ``fields.yaml``.

    Whatever is not given is missing.
    """
    facts: dict[str, Column] = {}
    for name, field in project_fields().items():
        path, words = f"project.{name}", field.type == "choice"
        facts[path] = _column(given.get(path), field.unit, Missing.NOT_GIVEN, words=words)
    for name, measure in site_measures().items():
        path = f"site.{name}"
        facts[path] = _column(
            given.get(path), measure.unit, Missing.NULL_DATUM, words=measure.category
        )
    return facts


def _column(value: bool | float | str | None, name: str, why: Missing, *, words: bool) -> Column:  # noqa: FBT001 - a datum, not a flag
    """Column of one value."""
    if value is None:
        return _absent(why, words=words)
    return known(value if isinstance(value, str) else float(value) * unit(name).factor)


@functools.cache
def _absent(why: Missing, *, words: bool) -> Column:
    """One missing value; an example leaves most facts out."""
    return missing(why, words=words)


def illustrated(article: Article, example: Example) -> Requirement | None:
    """Requirement that an example is about: the first unless it names another."""
    wanted = example.requirement or article.requirements[0].id
    return next((each for each in article.requirements if each.id == wanted), None)


def given_faults(article: Article, example: Example) -> Iterator[Fault]:
    """Facts of an example that do not exist, and words given for numbers or the reverse."""
    words = {f"project.{name}": each.type == "choice" for name, each in project_fields().items()}
    words |= {f"site.{name}": each.category for name, each in site_measures().items()}
    for path, value in example.given.items():
        if path not in words:
            what = Text(f"Le champ « {path} » n'existe pas.", f"The field “{path}” does not exist.")
            yield Fault(what, f"{article.id}, {example.on}", did_you_mean(path, words))
        elif words[path] != isinstance(value, str):
            what = Text(
                f"« {value} » ne convient pas à {path}.", f"“{value}” does not suit {path}."
            )
            repair = Text("Corriger l'exemple.", "Correct the example.")
            yield Fault(what, f"{article.id}, {example.on}", repair)


def _faults(
    article: Article, requirement: Requirement, example: Example, charter: Charter
) -> Iterator[Fault]:
    """Differences between the verdict and the expected one."""
    found, margin = verdict_of(article, requirement, example, charter)
    expected = example.expect
    where = f"{requirement.id}, {example.on}"
    repair = Text("Corriger l'article ou son exemple.", "Correct the article or its example.")
    if found != expected.outcome:
        what = Text(
            f"L'exemple attend {expected.outcome}, le juge dit {found}.",
            f"The example expects {expected.outcome}, the judge says {found}.",
        )
        yield Fault(what, where, repair)
    if expected.margin is not None and not math.isclose(
        margin, expected.margin, rel_tol=1e-9, abs_tol=1e-9
    ):
        what = Text(
            f"L'exemple attend une marge de {expected.margin}, le juge dit {margin}.",
            f"The example expects a margin of {expected.margin}, the judge says {margin}.",
        )
        yield Fault(what, where, repair)
