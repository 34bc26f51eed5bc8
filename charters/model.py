"""What a charter is: articles, requirements, dated figures, tables and sources. Data only."""

from __future__ import annotations

from typing import Literal, TypeAlias

from pydantic import Field

from charters.conditions import (
    AllOf,
    AnyOf,
    Between,
    Comparator,
    Comparison,
    Condition,
    Member,
    NoneOf,
    NotMember,
)
from charters.entries import Address, Day, Entry, Identifier, Said
from charters.values import (
    Ceiling,
    Difference,
    Equal,
    FieldValue,
    Greatest,
    Least,
    ParameterValue,
    Product,
    Quotient,
    Sum,
    TableValue,
    Value,
)

__all__ = [
    "AllOf",
    "Alternative",
    "AnyOf",
    "Article",
    "Between",
    "Ceiling",
    "Charter",
    "Comparator",
    "Comparison",
    "Condition",
    "DatedValue",
    "Difference",
    "Equal",
    "Example",
    "Exemption",
    "Expectation",
    "FieldValue",
    "Greatest",
    "Kind",
    "Least",
    "Measure",
    "Member",
    "NoneOf",
    "NotMember",
    "Parameter",
    "ParameterValue",
    "Period",
    "Product",
    "Quotient",
    "Requirement",
    "Severity",
    "Shown",
    "Source",
    "Sum",
    "Table",
    "TableRow",
    "TableValue",
    "Threshold",
    "Value",
]

Kind: TypeAlias = Literal["legal", "commitment", "indicator"]
Severity: TypeAlias = Literal["mandatory", "recommended", "information"]


class Source(Entry):
    """Where a rule or a figure comes from."""

    text: Said
    """Citation, and what it says."""
    date: Day | None = None
    """Date of the text."""
    url: Address | None = None
    """Address, where known."""
    verified: Literal["text", "summary", "memory", "model"]
    """Read in the text itself, in a summary of it, from memory, or proposed by this model."""


class DatedValue(Entry):
    """One value from a day on."""

    since: Day = Field(alias="from")
    until: Day | None = Field(default=None, alias="to")
    value: float
    source: str
    confidence: Literal["checked", "to_check"] = "checked"


class Parameter(Entry):
    """A figure of the article, dated."""

    unit: str
    title: Said | None = None
    values: tuple[DatedValue, ...] = Field(min_length=1)


class TableRow(DatedValue):
    """One dated value for one key."""

    key: Identifier


class Table(Entry):
    """Dated values per key, edited in a spreadsheet."""

    unit: str
    rows: tuple[TableRow, ...] = Field(min_length=1)


class Measure(Entry):
    """What an article measures."""

    name: str
    title: Said | None = None
    value: Value
    unit: str


class Threshold(Entry):
    """What the measure must reach."""

    op: Comparator
    threshold: Value


class Alternative(Entry):
    """A measure and what it must reach."""

    measure: Measure
    requirement: Threshold


class Exemption(Entry):
    """When the requirement does not apply after all; only on a given datum."""

    when: Condition
    effect: Literal["not_applicable"] = "not_applicable"
    document: Said
    source: str


class Shown(Entry):
    """A figure, or a word, said beside the verdict so that a reader can redo or judge it."""

    title: Said
    value: Value
    unit: str = "1"


class Period(Entry):
    """Days on which an article is in force; ``to`` is the first day on which it is not."""

    since: Day = Field(alias="from")
    until: Day | None = Field(default=None, alias="to")


class Example(Entry):
    """A case with the verdict that the author of the article expects; run as a test."""

    requirement: str | None = None
    on: Day
    given: dict[str, bool | float | str]
    expect: Expectation


class Expectation(Entry):
    """Outcome, and margin in the unit of the article where there is one."""

    outcome: Literal["compliant", "non_compliant", "to_investigate", "to_discuss", "not_applicable"]
    margin: float | None = None


class Requirement(Entry):
    """One thing that an article demands."""

    id: str
    """Article id, with a letter where the article has several requirements."""
    title: Said
    """Title of the article, or of this requirement."""
    kind: Kind
    """Reminder of the law, ambition of the charter, or figure for the dialogue."""
    severity: Severity
    """Weight in the cascade."""
    applies_when: Condition | None = None
    """When it applies; always where there is none."""
    any_of: tuple[Alternative, ...] = Field(min_length=1)
    """Alternatives: one that is met is enough."""
    if_not_met: Literal["non_compliant", "to_investigate"] = "non_compliant"
    """Outcome when no alternative is met."""
    parameters: dict[Identifier, Parameter] = Field(default_factory=dict)
    """Dated figures by name."""
    exceptions: tuple[Exemption, ...] = ()
    """Ways out, each with the document that proves it."""
    levers: tuple[str, ...] = ()
    """Fields of the project that a remedy may change, the preferred first."""
    shown: dict[Identifier, Shown] = Field(default_factory=dict)
    """What is said beside the verdict, by name; it decides nothing."""
    remedy: Said
    """What to do; the place {missing} is the first lever's change, unit included, any other the
    name of something shown or of a dated figure."""


class Article(Entry):
    """One article of a charter."""

    id: Identifier
    charter: Identifier
    title: Said
    chapter: Said
    in_force: Period
    reference_date: Literal["filing"] = "filing"
    sources: tuple[str, ...] = Field(min_length=1)
    note: Said | None = None
    requirements: tuple[Requirement, ...] = Field(min_length=1)
    examples: tuple[Example, ...] = Field(min_length=1)


class Charter(Entry):
    """A charter: its articles, its tables and the sources they cite."""

    id: Identifier
    title: Said
    model_notice: Said
    edition: str
    articles: tuple[Article, ...]
    tables: dict[Identifier, Table]
    sources: dict[Identifier, Source]

    @property
    def requirements(self) -> tuple[tuple[Article, Requirement], ...]:
        """Every requirement with its article, in the order of verdict rows."""
        return tuple((article, each) for article in self.articles for each in article.requirements)
