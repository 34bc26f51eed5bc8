"""The conditions of an article: a closed tree that is true, false or undecided."""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeAlias

from pydantic import Discriminator, Field, Tag

from charters.entries import Entry, Said, operator_of
from charters.values import ParameterValue

__all__ = [
    "AllOf",
    "AnyOf",
    "Between",
    "Comparator",
    "Comparison",
    "Condition",
    "Member",
    "NoneOf",
    "NotMember",
]

Comparator: TypeAlias = Literal["<", "<=", "=", ">=", ">"]


class AllOf(Entry):
    """Every condition holds."""

    all: tuple[Condition, ...] = Field(min_length=1)
    title: Said | None = None
    """What the conditions are together; a sentence says it in their place."""


class AnyOf(Entry):
    """At least one condition holds."""

    any: tuple[Condition, ...] = Field(min_length=1)
    title: Said | None = None
    """As in :class:`AllOf`."""


class NoneOf(Entry):
    """No condition holds."""

    none: tuple[Condition, ...] = Field(min_length=1)


class Comparison(Entry):
    """A fact compared with a figure, or with a dated value of the article."""

    field: str
    op: Comparator
    value: bool | float | str | ParameterValue
    unit: str | None = None


class Member(Entry):
    """A word is in a list."""

    field: str
    member: tuple[str, ...] = Field(alias="in", min_length=1)


class NotMember(Entry):
    """A word is not in a list."""

    field: str
    not_in: tuple[str, ...] = Field(min_length=1)


class Between(Entry):
    """A fact lies between two figures, both included."""

    field: str
    between: tuple[float, float]
    unit: str | None = None


_CONDITIONS = ("all", "any", "none", "op", "in", "member", "not_in", "between")


def _condition_tag(node: Any) -> str | None:  # noqa: ANN401 - whatever the file holds
    """Operator that a condition node names."""
    found = operator_of(node, _CONDITIONS)
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
