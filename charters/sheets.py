"""A charter as a reader gets it, in one language: plain texts in the order of reading."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from charters.clauses import Outline

__all__ = [
    "ArticleSheet",
    "CharterSheet",
    "DatedSheet",
    "ExampleSheet",
    "FactSheet",
    "Phase",
    "RequirementSheet",
    "SourceSheet",
    "ValueSheet",
]

Phase = Literal["past", "now", "future"]


@dataclass(frozen=True, slots=True)
class DatedSheet:
    """One dated value."""

    text: str
    """Figure with its unit."""
    period: str
    """Days on which it holds, in words."""
    phase: Phase
    """Whether it held, holds or will hold on the day of reading."""
    source: str
    """Id of its source."""
    doubt: str
    """Why it is to be checked; empty where it is checked."""


@dataclass(frozen=True, slots=True)
class ValueSheet:
    """A figure of the article, or one row of a table, with its values by date."""

    title: str
    """What the figure is."""
    values: tuple[DatedSheet, ...]
    """Values, the earliest first."""


@dataclass(frozen=True, slots=True)
class FactSheet:
    """A fact that a requirement reads."""

    title: str
    """Name of the fact."""
    origin: str
    """Where it comes from: the project, or layers by title."""
    unit: str
    """Unit in words."""
    tolerance: str
    """Precision of the measure; empty where the figure is exact."""
    reads: str
    """What else it depends on: the day, figures of the project; empty where nothing."""


@dataclass(frozen=True, slots=True)
class RequirementSheet:
    """One thing that an article demands."""

    id: str
    """Id such as PI-05a."""
    title: str
    """Title of the article, or of this requirement."""
    kind: str
    """Key of its kind, for filters."""
    severity: str
    """Key of its severity, for filters."""
    nature: str
    """Both in words."""
    applies: Outline
    """When it applies."""
    verb: str
    """« Exige », « Recommande » or « Repère »."""
    demands: tuple[str, ...]
    """What is demanded; one of several is enough."""
    formulas: tuple[str, ...]
    """How each of them is computed; empty where it is one fact under its own name."""
    otherwise: str
    """What the verdict is where it is not met."""
    exceptions: tuple[str, ...]
    """Ways out, each with its document and source."""
    figures: tuple[ValueSheet, ...]
    """Dated values that it names."""
    remedy: str
    """What to do where it is not met."""
    levers: tuple[str, ...]
    """Figures of the project that may be changed."""
    shown: str
    """What is said beside the verdict; empty where nothing is."""
    facts: tuple[FactSheet, ...]
    """Facts that it reads."""


@dataclass(frozen=True, slots=True)
class SourceSheet:
    """A source that an article cites."""

    id: str
    """Id in the charter."""
    text: str
    """Citation."""
    date: str
    """Date of the text in words; empty where unknown."""
    verified: str
    """How far it was read."""
    url: str
    """Address on the web; empty where unknown."""


@dataclass(frozen=True, slots=True)
class ExampleSheet:
    """An example, judged while the sheet is made."""

    requirement: str
    """Id of the requirement it is about."""
    on: str
    """Day in words."""
    given: tuple[tuple[str, str], ...]
    """Facts and their values."""
    outcome: str
    """Key of the outcome that the judge gives."""
    outcome_text: str
    """The same in words, with the margin where there is one."""


@dataclass(frozen=True, slots=True)
class ArticleSheet:
    """One article."""

    id: str
    """Id such as PI-05."""
    title: str
    """Title."""
    chapter: str
    """Chapter it stands in."""
    period: str
    """Since when it is in force, as a sentence."""
    is_in_force: bool
    """Whether it is in force on the day of reading."""
    is_to_check: bool
    """Whether one of its values is to be checked."""
    note: str
    """Note of its author; empty where there is none."""
    requirements: tuple[RequirementSheet, ...]
    """What it demands."""
    sources: tuple[SourceSheet, ...]
    """What it cites."""
    examples: tuple[ExampleSheet, ...]
    """Its examples."""


@dataclass(frozen=True, slots=True)
class CharterSheet:
    """A whole charter on one day."""

    id: str
    """Id of the charter."""
    title: str
    """Title."""
    notice: str
    """What a model charter is worth."""
    edition: str
    """Edition, as a sentence."""
    day: str
    """Day of reading, as a sentence."""
    articles: tuple[ArticleSheet, ...]
    """Articles in the order of the charter."""
