"""The values of an article: a closed tree of facts, dated figures and what is made of them."""

from __future__ import annotations

from typing import Annotated, Any, TypeAlias

from pydantic import Discriminator, Field, Tag

from charters.entries import Entry, operator_of

__all__ = [
    "Ceiling",
    "Difference",
    "Equal",
    "FieldValue",
    "Greatest",
    "Least",
    "ParameterValue",
    "Product",
    "Quotient",
    "Sum",
    "TableValue",
    "Value",
]


class FieldValue(Entry):
    """A fact: ``project.<field>`` or ``site.<measure>``."""

    field: str


class ParameterValue(Entry):
    """A dated value of the article."""

    parameter: str


class TableValue(Entry):
    """A dated value of a table of the charter, chosen by the word in ``key``."""

    table: str
    key: str


class Sum(Entry):
    """Terms added; all of one unit."""

    sum: tuple[Value, ...] = Field(min_length=1)


class Product(Entry):
    """Factors multiplied."""

    product: tuple[Value, ...] = Field(min_length=1)


class Quotient(Entry):
    """The first divided by the second; undefined where the second is 0."""

    quotient: tuple[Value, Value]


class Difference(Entry):
    """The first less the second."""

    difference: tuple[Value, Value]


class Least(Entry):
    """The smallest."""

    min: tuple[Value, ...] = Field(min_length=1)


class Greatest(Entry):
    """The largest."""

    max: tuple[Value, ...] = Field(min_length=1)


class Ceiling(Entry):
    """Rounded up to a whole number."""

    ceil: Value


class Equal(Entry):
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
    return operator_of(node, _VALUES)


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
