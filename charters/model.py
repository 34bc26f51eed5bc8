"""What a charter is: articles, requirements, the closed tree of operators, sources. Data only."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    Tag,
)

from geodata.language import Text

__all__ = [
    "AllOf",
    "Alternative",
    "AnyOf",
    "Article",
    "Between",
    "Ceiling",
    "Charter",
    "Comparison",
    "Condition",
    "DatedValue",
    "Difference",
    "Equal",
    "Example",
    "Exemption",
    "FieldValue",
    "Greatest",
    "Least",
    "Measure",
    "Member",
    "NoneOf",
    "NotMember",
    "Parameter",
    "ParameterValue",
    "Product",
    "Quotient",
    "Requirement",
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
Comparator: TypeAlias = Literal["<", "<=", "=", ">=", ">"]


def _in_both_languages(text: Text) -> Text:
    """Refuse a text that one language lacks."""
    if not all(part.strip() for part in text):
        raise ValueError("it must be said in both languages")
    return text


def _no_number(day: object) -> object:
    """Refuse a number where a day is expected: it would be taken for seconds since 1970."""
    if isinstance(day, int | float):
        raise ValueError("a day is written 2026-11-01")  # noqa: TRY004 - pydantic's own way
    return day


Said: TypeAlias = Annotated[Text, AfterValidator(_in_both_languages)]
Day: TypeAlias = Annotated[dt.date, BeforeValidator(_no_number)]


class _Data(BaseModel):
    """Frozen, and closed: an unknown key is an error."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, populate_by_name=True, allow_inf_nan=False
    )


# Values: numbers with units -------------------------------------------------------------------


class FieldValue(_Data):
    """A fact: ``project.<field>`` or ``site.<measure>``."""

    field: str


class ParameterValue(_Data):
    """A dated value of the article."""

    parameter: str


class TableValue(_Data):
    """A dated value of a table of the charter, chosen by the word in ``key``."""

    table: str
    key: str


class Sum(_Data):
    """Terms added; all of one unit."""

    sum: tuple[Value, ...] = Field(min_length=1)


class Product(_Data):
    """Factors multiplied."""

    product: tuple[Value, ...] = Field(min_length=1)


class Quotient(_Data):
    """The first divided by the second; undefined where the second is 0."""

    quotient: tuple[Value, Value]


class Difference(_Data):
    """The first less the second."""

    difference: tuple[Value, Value]


class Least(_Data):
    """The smallest."""

    min: tuple[Value, ...] = Field(min_length=1)


class Greatest(_Data):
    """The largest."""

    max: tuple[Value, ...] = Field(min_length=1)


class Ceiling(_Data):
    """Rounded up to a whole number."""

    ceil: Value


class Equal(_Data):
    """1 where two words are the same, else 0."""

    same: tuple[FieldValue, FieldValue]


_VALUES = (
    "field",
    "parameter",
    "table",
    "sum",
    "product",
    "quotient",
    "difference",
    "min",
    "max",
    "ceil",
    "same",
)


def _value_tag(node: Any) -> str | None:  # noqa: ANN401 - whatever the file holds
    """Operator that a value node names."""
    return _tag(node, _VALUES)


def _tag(node: Any, operators: tuple[str, ...]) -> str | None:  # noqa: ANN401 - as above
    """First of ``operators`` that is a key of a mapping, or an attribute of a model."""
    if isinstance(node, dict):
        return next((name for name in operators if name in node), None)
    fields = getattr(type(node), "model_fields", {})
    return next((name for name in operators if name in fields), None)


Value: TypeAlias = Annotated[
    Annotated[FieldValue, Tag("field")]
    | Annotated[ParameterValue, Tag("parameter")]
    | Annotated[TableValue, Tag("table")]
    | Annotated[Sum, Tag("sum")]
    | Annotated[Product, Tag("product")]
    | Annotated[Quotient, Tag("quotient")]
    | Annotated[Difference, Tag("difference")]
    | Annotated[Least, Tag("min")]
    | Annotated[Greatest, Tag("max")]
    | Annotated[Ceiling, Tag("ceil")]
    | Annotated[Equal, Tag("same")],
    Discriminator(_value_tag),
]


# Conditions: true, false or undecided ---------------------------------------------------------


class AllOf(_Data):
    """Every condition holds."""

    all: tuple[Condition, ...] = Field(min_length=1)


class AnyOf(_Data):
    """At least one condition holds."""

    any: tuple[Condition, ...] = Field(min_length=1)


class NoneOf(_Data):
    """No condition holds."""

    none: tuple[Condition, ...] = Field(min_length=1)


class Comparison(_Data):
    """A fact compared with a figure, or with a dated value of the article."""

    field: str
    op: Comparator
    value: bool | float | str | ParameterValue
    unit: str | None = None


class Member(_Data):
    """A word is in a list."""

    field: str
    member: tuple[str, ...] = Field(alias="in", min_length=1)


class NotMember(_Data):
    """A word is not in a list."""

    field: str
    not_in: tuple[str, ...] = Field(min_length=1)


class Between(_Data):
    """A fact lies between two figures, both included."""

    field: str
    between: tuple[float, float]
    unit: str | None = None


_CONDITIONS = ("all", "any", "none", "op", "in", "member", "not_in", "between")


def _condition_tag(node: Any) -> str | None:  # noqa: ANN401 - whatever the file holds
    """Operator that a condition node names."""
    found = _tag(node, _CONDITIONS)
    return "in" if found == "member" else found


Condition: TypeAlias = Annotated[
    Annotated[AllOf, Tag("all")]
    | Annotated[AnyOf, Tag("any")]
    | Annotated[NoneOf, Tag("none")]
    | Annotated[Comparison, Tag("op")]
    | Annotated[Member, Tag("in")]
    | Annotated[NotMember, Tag("not_in")]
    | Annotated[Between, Tag("between")],
    Discriminator(_condition_tag),
]


# Articles -------------------------------------------------------------------------------------


class Source(_Data):
    """Where a rule or a figure comes from."""

    text: Said
    """Citation, and what it says."""
    date: Day | None = None
    """Date of the text."""
    url: str | None = None
    """Address, where known."""
    verified: Literal["text", "summary", "memory", "model"]
    """Read in the text itself, in a summary of it, from memory, or proposed by this model."""


class DatedValue(_Data):
    """One value from a day on."""

    since: Day = Field(alias="from")
    until: Day | None = Field(default=None, alias="to")
    value: float
    source: str
    confidence: Literal["checked", "to_check"] = "checked"


class Parameter(_Data):
    """A figure of the article, dated."""

    unit: str
    title: Said | None = None
    values: tuple[DatedValue, ...] = Field(min_length=1)


class TableRow(DatedValue):
    """One dated value for one key."""

    key: str


class Table(_Data):
    """Dated values per key, edited in a spreadsheet."""

    unit: str
    rows: tuple[TableRow, ...] = Field(min_length=1)


class Measure(_Data):
    """What an article measures."""

    name: str
    title: Said | None = None
    value: Value
    unit: str


class Threshold(_Data):
    """What the measure must reach."""

    op: Literal["<", "<=", "=", ">=", ">"]
    threshold: Value


class Alternative(_Data):
    """A measure and what it must reach."""

    measure: Measure
    requirement: Threshold


class Exemption(_Data):
    """When the requirement does not apply after all; only on a given datum."""

    when: Condition
    effect: Literal["not_applicable"] = "not_applicable"
    document: Said
    source: str


class Shown(_Data):
    """A figure, or a word, said beside the verdict so that a reader can redo or judge it."""

    title: Said
    value: Value
    unit: str = "1"


class Period(_Data):
    """Days on which an article is in force; ``to`` is the first day on which it is not."""

    since: Day = Field(alias="from")
    until: Day | None = Field(default=None, alias="to")


class Example(_Data):
    """A case with the verdict that the author of the article expects; run as a test."""

    requirement: str | None = None
    on: Day
    given: dict[str, bool | float | str]
    expect: Expectation


class Expectation(_Data):
    """Outcome, and margin in the unit of the article where there is one."""

    outcome: Literal["compliant", "non_compliant", "to_investigate", "to_discuss", "not_applicable"]
    margin: float | None = None


class Requirement(_Data):
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
    parameters: dict[str, Parameter] = {}
    """Dated figures by name."""
    exceptions: tuple[Exemption, ...] = ()
    """Ways out, each with the document that proves it."""
    levers: tuple[str, ...] = ()
    """Fields of the project that a remedy may change, the preferred first."""
    shown: dict[str, Shown] = {}
    """What is said beside the verdict, by name; it decides nothing."""
    remedy: Said
    """What to do; the place {missing} is the first lever's change, unit included, any other the
    name of something shown."""


class Article(_Data):
    """One article of a charter."""

    id: str
    charter: str
    title: Said
    chapter: Said
    in_force: Period
    reference_date: Literal["filing"] = "filing"
    sources: tuple[str, ...] = Field(min_length=1)
    note: Said | None = None
    requirements: tuple[Requirement, ...] = Field(min_length=1)
    examples: tuple[Example, ...] = Field(min_length=1)


class Charter(_Data):
    """A charter: its articles, its tables and the sources they cite."""

    id: str
    title: Said
    model_notice: Said
    edition: str
    articles: tuple[Article, ...]
    tables: dict[str, Table]
    sources: dict[str, Source]

    @property
    def requirements(self) -> tuple[tuple[Article, Requirement], ...]:
        """Every requirement with its article, in the order of verdict rows."""
        return tuple((article, each) for article in self.articles for each in article.requirements)
