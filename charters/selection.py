"""A charter or an article by the name that somebody typed."""

from __future__ import annotations

from collections.abc import Sequence

from charters.model import Article, Charter
from geodata.errors import Fault, SelectionError, did_you_mean
from geodata.language import Text

__all__ = ["article_named", "charter_named"]


def charter_named(charters: Sequence[Charter], name: str, *, option: str) -> Charter:
    """Charter called ``name``.

    Raises
    ------
    SelectionError
        There is none; the nearest name is proposed.
    """
    for charter in charters:
        if charter.id == name:
            return charter
    what = Text(f"Aucune charte «\u00a0{name}\u00a0».", f"No charter “{name}”.")
    raise SelectionError(Fault(what, option, did_you_mean(name, [each.id for each in charters])))


def article_named(charters: Sequence[Charter], name: str) -> tuple[Charter, Article]:
    """Article called ``name``, or that holds the requirement ``name``, and its charter.

    Raises
    ------
    SelectionError
        There is none; the nearest name is proposed.
    """
    wanted = name.upper()
    known: list[str] = []
    for charter in charters:
        for article in charter.articles:
            ids = {each.id.upper() for each in article.requirements}
            if wanted == article.id.upper() or wanted in ids:
                return charter, article
            known.append(article.id)
    what = Text(f"Aucun article «\u00a0{name}\u00a0».", f"No article “{name}”.")
    raise SelectionError(Fault(what, "", did_you_mean(name, known)))
