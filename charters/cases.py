"""One requirement weighed at one site, as the sentences about it need it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from charters.facts import Missing
from charters.judge import Outcome
from charters.model import Alternative, Article, Exemption, Requirement
from charters.tree import fields_of_value
from charters.wording import quantity_text, word_text
from geodata.language import Language, Text, date_text

__all__ = ["Case", "Reading", "Sentence", "decisive_paths", "known_text"]


@dataclass(frozen=True, slots=True)
class Reading:
    """A number that was read at the site, in base units."""

    value: float
    """Value, NaN where missing."""
    tolerance: float
    """Reach within which a threshold cannot be told from it."""


@dataclass(frozen=True, slots=True)
class Case:
    """One requirement weighed at one site; figures in base units, NaN where missing."""

    article: Article
    requirement: Requirement
    alternative: Alternative
    """The alternative that is reported."""
    outcome: Outcome
    applies: int
    """1 applies, −1 does not, 0 undecided."""
    exemption: Exemption | None
    """The way out that is taken."""
    value: float
    threshold: float
    margin: float
    tolerance: float
    missing: Missing
    """Why the value or the threshold is missing."""
    gaps: Mapping[str, Missing]
    """Facts of the requirement that are missing, by path."""
    undecided: tuple[str, ...]
    """Facts that leave open whether the requirement applies."""
    readings: Mapping[str, Reading]
    """Numbers that the requirement reads, by path."""
    day: dt.date
    """Day that selects dated values."""
    shown: Mapping[str, float | str] = field(default_factory=dict)
    """What is said beside the verdict, by name, in base units; not what is missing."""


@dataclass(frozen=True, slots=True, eq=False)
class Sentence:
    """A text made when it is read, in the language asked for."""

    make: Callable[[Language], str]
    """Makes the text of one language."""

    @property
    def fr(self) -> str:
        """French text."""
        return self.make("fr")

    @property
    def en(self) -> str:
        """English text."""
        return self.make("en")

    def say(self, language: Language) -> str:
        """Text in ``language``."""
        return self.make(language)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sentence) and (self.fr, self.en) == (other.fr, other.en)

    def __hash__(self) -> int:
        return hash((self.fr, self.en))

    def __repr__(self) -> str:
        return repr(self.fr)


def decisive_paths(requirement: Requirement) -> Iterator[str]:
    """Facts that the alternatives read."""
    for alternative in requirement.any_of:
        yield from fields_of_value(alternative.measure.value)
        yield from fields_of_value(alternative.requirement.threshold)


def known_text(case: Case, name: str, language: Language) -> str:
    """Figure or word that is shown beside a verdict, as written; days in words."""
    if name not in case.shown:
        return Text("non connu", "not known").say(language)
    shown, value = case.requirement.shown[name], case.shown[name]
    if not isinstance(value, str):
        return quantity_text(float(value), shown.unit, language)
    try:
        return date_text(dt.date.fromisoformat(value), language)
    except ValueError:
        path = getattr(shown.value, "field", "")
        return word_text(value, path).say(language)
