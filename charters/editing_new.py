"""What a new article must keep beyond what the loader checks: law, signs, order, its examples."""

from __future__ import annotations

import math
from collections.abc import Iterator

from charters.editing_law import is_law, law_fault
from charters.editing_signs import is_signed_parameter
from charters.examples import given_faults, illustrated, verdict_of
from charters.model import Alternative, Article, Charter, Example, FieldValue
from charters.vocabulary import fact_unit
from charters.wording import OUTCOMES
from geodata.errors import Fault
from geodata.language import Text, date_text, number_text

__all__ = ["new_article_faults", "order_fault"]

_WHERE = "content"


def new_article_faults(article: Article, charter: Charter) -> Iterator[Fault]:
    """Faults of an article that a draft adds to ``charter``, at the text of the article."""
    is_legal = any(each.kind == "legal" for each in article.requirements)
    if is_legal and not any(is_law(charter.sources[each]) for each in article.sources):
        yield law_fault(_WHERE)
    for requirement in article.requirements:
        if any(_orders_a_yes(each) for each in requirement.any_of):
            yield order_fault(_WHERE)
        for name, parameter in requirement.parameters.items():
            is_below = any(each.value < 0 for each in parameter.values)
            if is_below and not is_signed_parameter(requirement, name):
                what = Text(
                    f"« {name} » ne peut pas être négatif.", f"“{name}” cannot be below zero."
                )
                remedy = Text("Ôter le signe moins.", "Take the minus sign away.")
                yield Fault(what, _WHERE, remedy)
    for example in article.examples:
        yield from _example_faults(article, example, charter)


def order_fault(where: str) -> Fault:
    """Fault of a yes or no that is held to more or less than something."""
    return Fault(
        Text(
            "Un oui ou un non n'est ni plus grand ni plus petit.",
            "A yes or a no is neither larger nor smaller.",
        ),
        where,
        Text("Choisir « = ».", "Choose “=”."),
    )


def _orders_a_yes(alternative: Alternative) -> bool:
    """Whether a fact that is yes or no is compared by its size."""
    value, op = alternative.measure.value, alternative.requirement.op
    return isinstance(value, FieldValue) and fact_unit(value.field) == "bool" and op != "="


def _example_faults(article: Article, example: Example, charter: Charter) -> Iterator[Fault]:
    """Faults of an example that the article contradicts: what was expected, what came out."""
    requirement = illustrated(article, example)
    if requirement is None:
        name = example.requirement
        what = Text(
            f"Un exemple nomme {name}, qui n'existe pas.",
            f"An example names {name}, which does not exist.",
        )
        yield Fault(what, _WHERE, Text("Corriger l'exemple.", "Correct the example."))
        return
    unreadable = [Fault(each.what, _WHERE, each.remedy) for each in given_faults(article, example)]
    if unreadable:
        yield from unreadable
        return
    outcome, margin = verdict_of(article, requirement, example, charter)
    expected = example.expect
    fr, en = (f"{requirement.id}, {date_text(example.on, language)}" for language in ("fr", "en"))
    remedy = Text("Corriger l'article ou son exemple.", "Correct the article or its example.")
    if outcome != expected.outcome:
        hoped, found = OUTCOMES[expected.outcome], OUTCOMES[outcome]
        what = Text(
            f"{fr} : l'exemple attend « {hoped.fr} », l'article donne « {found.fr} ».",
            f"{en}: the example expects “{hoped.en}”, the article gives “{found.en}”.",
        )
        yield Fault(what, _WHERE, remedy)
    elif expected.margin is not None and not math.isclose(
        margin, expected.margin, rel_tol=1e-9, abs_tol=1e-9
    ):
        hoped, found = (
            Text(*(number_text(each, language, decimals=4) for language in ("fr", "en")))
            for each in (expected.margin, margin)
        )
        what = Text(
            f"{fr} : l'exemple attend une marge de {hoped.fr}, l'article donne {found.fr}.",
            f"{en}: the example expects a margin of {hoped.en}, the article gives {found.en}.",
        )
        yield Fault(what, _WHERE, remedy)
