"""The examples of articles after a change: those whose verdict moves are told of, and follow.

A new value changes what an example of a later day gives. Its expectation then belongs to the
earlier edition; the new one expects what the judge says, and the planner is shown the difference
before anything is published.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from charters.examples import illustrated, verdict_of
from charters.loading import Files
from charters.model import Article, Charter
from geodata.yaml_reading import parse_yaml
from geodata.yaml_writing import yaml_text

__all__ = ["MovedExample", "with_examples"]

_DECIMALS = 9


@dataclass(frozen=True, slots=True)
class MovedExample:
    """An example that gives another verdict than its author expected."""

    requirement: str
    """Id of the requirement."""
    on: dt.date
    """Day of the example."""
    before: str
    """Outcome that was expected."""
    after: str
    """Outcome that the changed charter gives."""


def with_examples(
    files: Files, charters: Sequence[Charter], *, but: Collection[str]
) -> tuple[dict[str, bytes], tuple[MovedExample, ...]]:
    """Files in which every example expects its verdict, and the examples that moved.

    Parameters
    ----------
    files
        Files of an edition.
    charters
        The charters that they make.
    but
        Ids of articles whose examples stay as they are: those that are new.
    """
    changed = dict(files)
    moved: list[MovedExample] = []
    for charter in charters:
        for article in charter.articles:
            if article.id in but:
                continue
            path = f"{charter.id}/{article.id}.yaml"
            found = {i: each for i, each in enumerate(_expected(article, charter)) if each}
            if found:
                changed[path] = _written(files[path], {i: each for i, (each, _) in found.items()})
                moved += [example for _, example in found.values()]
    return changed, tuple(moved)


def _expected(
    article: Article, charter: Charter
) -> list[tuple[dict[str, Any], MovedExample] | None]:
    """What each example must expect instead; None where it is right."""
    return [_moved(article, position, charter) for position in range(len(article.examples))]


def _moved(
    article: Article, position: int, charter: Charter
) -> tuple[dict[str, Any], MovedExample] | None:
    """What an example must expect instead; None where it is right."""
    example = article.examples[position]
    requirement = illustrated(article, example)
    if requirement is None:
        return None
    outcome, margin = verdict_of(article, requirement, example, charter)
    expected = example.expect
    is_near = expected.margin is None or math.isclose(
        margin, expected.margin, rel_tol=1e-9, abs_tol=1e-9
    )
    if outcome == expected.outcome and is_near:
        return None
    entry: dict[str, Any] = {"outcome": outcome}
    if expected.margin is not None and math.isfinite(margin):
        entry["margin"] = round(margin, _DECIMALS)
    return entry, MovedExample(requirement.id, example.on, expected.outcome, outcome)


def _written(content: bytes, expectations: dict[int, dict[str, Any]]) -> bytes:
    """Article file with other expectations."""
    document, _ = parse_yaml(content, name="")
    examples = [
        {**example, "expect": expectations[i]} if i in expectations else example
        for i, example in enumerate(document["examples"])
    ]
    return yaml_text({**document, "examples": examples}).encode()
