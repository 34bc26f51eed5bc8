"""The tables of a charter as a planner knows them: who reads them, and for which words."""

from __future__ import annotations

from charters.figures import tables_of
from charters.model import Article, Charter, Requirement, TableValue
from charters.vocabulary import fact_choices, title
from geodata.language import Text

__all__ = ["table_key", "table_title", "table_users", "table_words"]


def table_users(charter: Charter, name: str) -> tuple[tuple[Article, Requirement], ...]:
    """Requirements that read a table, each with its article."""
    return tuple(
        (article, each)
        for article, each in charter.requirements
        if any(node.table == name for node in tables_of(each))
    )


def table_key(charter: Charter, name: str) -> str:
    """Fact whose word chooses the row of a table; ``""`` where no article reads it."""
    return next((node.key for node in _nodes(charter, name)), "")


def table_title(charter: Charter, name: str) -> Text:
    """What a table is: « PI-15 · Densité d'emplois, par destination »."""
    users = table_users(charter, name)
    if not users:
        return Text(name, name)
    article, first = users[0]
    head: Article | Requirement = first if len(users) == 1 else article
    by = title(table_key(charter, name))
    return Text(
        f"{head.id} · {head.title.fr}, par {_lower(by.fr)}",
        f"{head.id} · {head.title.en}, by {_lower(by.en)}",
    )


def table_words(charter: Charter, name: str) -> tuple[str, ...]:
    """Every word that may choose a row; none where the list is open."""
    choices = [fact_choices(node.key) for node in _nodes(charter, name)]
    return tuple(dict.fromkeys(word for each in choices for word in each)) if all(choices) else ()


def _nodes(charter: Charter, name: str) -> list[TableValue]:
    """Every reading of a table."""
    found = (node for _, each in charter.requirements for node in tables_of(each))
    return list(dict.fromkeys(node for node in found if node.table == name))


def _lower(words: str) -> str:
    """Words inside a sentence."""
    return words[:1].lower() + words[1:]
