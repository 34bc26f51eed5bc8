"""The days on which a draft changes what is judged."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from charters.editing import AddArticle, AddRow, AddValue, Change, EndArticle, SetNature
from charters.editing_apply import article_of, new_article_id
from charters.editing_tables import table_users
from charters.model import Charter, DatedValue, Period

__all__ = ["day_to_judge"]


def day_to_judge(
    changes: Sequence[Change], charters: Sequence[Charter], *, on: dt.date | None
) -> dt.date | None:
    """First day from ``on`` on which a draft changes something.

    Parameters
    ----------
    changes
        Steps of the draft.
    charters
        Charters that the draft makes.
    on
        Day that is judged otherwise, such as that of the filing; None where there is none.

    Returns
    -------
    ``on`` itself where the draft changes what holds on that day, or nothing that is dated; the last
    day on which it begins to change something where all of that is over by then.
    """
    spans = [span for change in changes for span in _spans(change, charters)]
    if on is None:
        return min((since for since, _ in spans), default=None)
    later = [max(since, on) for since, end in spans if end > on]
    return min(later) if later else max((since for since, _ in spans), default=on)


def _spans(change: Change, charters: Sequence[Charter]) -> Iterator[tuple[dt.date, dt.date]]:
    """Days on which a step counts: the first, and the one after the last."""
    charter = next(each for each in charters if each.id == change.charter)
    articles = {each.id: each for each in charter.articles}
    match change:
        case AddValue():
            found = {each.id: each for _, each in charter.requirements}[change.requirement]
            rows = found.parameters[change.parameter].values
            yield from _of_value(change, rows, [articles[article_of(found.id)].in_force])
        case AddRow():
            own = [each for each in charter.tables[change.table].rows if each.key == change.key]
            periods = [article.in_force for article, _ in table_users(charter, change.table)]
            yield from _of_value(change, own, periods)
        case SetNature():
            yield _span(articles[article_of(change.requirement)].in_force)
        case EndArticle():
            yield change.until, dt.date.max
        case AddArticle():
            yield _span(articles[str(new_article_id(change.content))].in_force)


def _of_value(
    change: AddValue | AddRow, rows: Sequence[DatedValue], periods: Sequence[Period]
) -> Iterator[tuple[dt.date, dt.date]]:
    """Days of a value until its end or the next one, while an article that reads it is in force."""
    following = (each.since for each in rows if each.since > change.since)
    end = min(change.until or dt.date.max, min(following, default=dt.date.max))
    for since, last in map(_span, periods):
        first, end_here = max(since, change.since), min(last, end)
        if first < end_here:
            yield first, end_here


def _span(period: Period) -> tuple[dt.date, dt.date]:
    """First day of a period, and the one after the last."""
    return period.since, period.until or dt.date.max
