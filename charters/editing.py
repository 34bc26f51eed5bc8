"""What a planner may change in the charters: additions and texts; nothing dated is overwritten."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import Discriminator, Field, StringConstraints

from charters.entries import Day, Entry, Identifier, Said
from charters.model import Kind, Severity, Source

__all__ = [
    "AddArticle",
    "AddRow",
    "AddValue",
    "Change",
    "EditText",
    "EndArticle",
    "NewSource",
    "SetNature",
    "Sourced",
]


class NewSource(Source):
    """A source that no edition cites yet."""

    id: Identifier
    """Name by which articles will cite it."""


class Sourced(Entry):
    """A change that says where it comes from."""

    source: Identifier
    """Source that is cited: one that is known, or the new one."""
    new_source: NewSource | None = None
    """Source that comes with the change."""


class AddValue(Sourced):
    """A value of a parameter from a day on; it closes the one before it."""

    change: Literal["add_value"] = "add_value"
    charter: Identifier
    requirement: Identifier
    parameter: Identifier
    since: Day = Field(alias="from")
    until: Day | None = Field(default=None, alias="to")
    value: float
    unit: str
    confidence: Literal["checked", "to_check"] = "checked"


class AddRow(Sourced):
    """A value of a table for one key from a day on; it closes the one before it."""

    change: Literal["add_row"] = "add_row"
    charter: Identifier
    table: Identifier
    key: Identifier
    since: Day = Field(alias="from")
    until: Day | None = Field(default=None, alias="to")
    value: float
    unit: str
    confidence: Literal["checked", "to_check"] = "checked"


class EditText(Entry):
    """Other words for a title, a remedy or the note; the earlier edition keeps its own."""

    change: Literal["edit_text"] = "edit_text"
    charter: Identifier
    requirement: Identifier
    """Article or requirement; the note is that of the article."""
    part: Literal["title", "remedy", "note"]
    text: Said


class SetNature(Entry):
    """Another nature or weight of a requirement that is no reminder of the law."""

    change: Literal["set_nature"] = "set_nature"
    charter: Identifier
    requirement: Identifier
    kind: Kind
    severity: Severity


class EndArticle(Sourced):
    """The first day on which an article is no longer in force."""

    change: Literal["end_article"] = "end_article"
    charter: Identifier
    article: Identifier
    until: Day = Field(alias="to")


class AddArticle(Entry):
    """A new article, as the text of its file."""

    change: Literal["add_article"] = "add_article"
    charter: Identifier
    content: Annotated[str, StringConstraints(max_length=64 * 1024)]
    new_source: NewSource | None = None


Change: TypeAlias = Annotated[
    AddValue | AddRow | EditText | SetNature | EndArticle | AddArticle, Discriminator("change")
]
"""One step of a draft."""
