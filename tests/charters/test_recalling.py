"""Verdicts recalled while the facts that they read have not changed."""

import dataclasses

import numpy as np
import pytest

from charters.facts import Column, Missing, known, missing
from charters.judge import judge, weigh
from charters.operators import Scope
from charters.recalling import Recent, recalled

DAY = np.array(["2026-11-01"], "datetime64[D]")
LATER = np.array(["2027-11-01"], "datetime64[D]")


def column(*values):
    """Column of numbers."""
    size = len(values)
    return Column(np.array(values, float), np.zeros(size, np.int8), np.zeros(size))


@pytest.fixture
def asked():
    """Function that recalls the sum of two facts, and the list of the times it was made."""
    recent, made = Recent(), []

    def ask(facts, *, on=DAY, tables=None, owner=None):
        def find(scope):
            made.append(1)
            first = scope.facts["a"].values
            return first if first[0] < 0 else first + scope.facts["b"].values

        return list(recalled(recent, Scope(facts, {}, tables, on), owner=owner, find=find))

    ask.made = made
    return ask


def test_the_same_facts_are_not_looked_at_again(asked):
    """Made once; again for another figure, another day, table or owner."""
    facts = {"a": column(1), "b": column(2), "c": column(3)}
    assert [3] == asked(facts) == asked(facts) == asked({**facts, "c": column(9)})
    assert 1 == len(asked.made)
    assert [12] == asked({**facts, "b": column(11)})
    assert [3] == asked({**facts, "a": column(1)})
    assert 2 == len(asked.made)
    asked(facts, on=LATER)
    asked(facts, tables={})
    asked(facts, owner="another")
    assert 5 == len(asked.made)


def test_columns_of_many_sites_are_told_apart_by_identity(asked):
    """An equal column may be of other sites."""
    facts = {"a": column(1, 2), "b": column(2, 2)}
    assert [3, 4] == asked(facts) == asked(facts)
    assert [3, 4] == asked({**facts, "b": column(2, 2)})
    assert 2 == len(asked.made)


@pytest.mark.parametrize(
    ("first", "second", "times"),
    [
        (known("office"), known("office"), 1),
        (known("office"), known("hotel"), 2),
        (missing(Missing.NO_LAYER), missing(Missing.NO_LAYER), 1),
        (missing(Missing.NO_LAYER), missing(Missing.NOT_GIVEN), 2),
        (known(0), missing(Missing.NO_LAYER), 2),
        (known(1), dataclasses.replace(known(1), tolerance=np.ones(1)), 2),
        (known(1), column(1, 1), 2),
    ],
)
def test_single_figures_are_the_same_by_what_they_hold(first, second, times):
    """Word, figure, tolerance and reason why there is none."""
    recent, made, tables = Recent(), [], {}

    def find(scope):
        made.append(scope.facts["a"])
        return len(made)

    for each in (first, second):
        recalled(recent, Scope({"a": each}, {}, tables, DAY), owner=None, find=find)
    assert times == len(made)


def test_what_was_not_read_is_not_asked_for(asked):
    """Below 0 the second fact does not count, and need not be there."""
    assert [-1] == asked({"a": column(-1)}) == asked({"a": column(-1)})
    only = {"a": column(-5)}
    assert [-5] == asked(only) == asked(only)
    assert 2 == len(asked.made)


def test_several_days_at_once_are_never_kept(asked):
    """One day per site."""
    facts, days = {"a": column(1, 2), "b": column(1, 1)}, np.concatenate([DAY, LATER])
    assert [2, 3] == asked(facts, on=days) == asked(facts, on=days)
    assert 2 == len(asked.made)


def test_an_edit_changes_the_verdict(load, entry, facts):
    """10 m, then 12 m, then 10 m again: at most 11 m."""
    charter = load(entry())
    low, high = facts({"project.height": 10}), facts({"project.height": 12})
    for sites in (1, 3):
        found = [judge(charter, each, on=DAY, sites=sites) for each in (low, high, low)]
        assert [1, 4, 1] == [int(each.codes[0, 0]) for each in found]
    article, requirement = charter.requirements[0]
    heights = [
        float(weigh(article, requirement, each, tables=charter.tables, on=DAY).value[0])
        for each in (low, high, dict(low))
    ]
    assert [10, 12, 10] == heights


def test_an_article_that_ends_is_not_recalled(load, entry, facts):
    """The same requirement in an article of another period."""
    charter = load(entry())
    ended = charter.articles[0].model_copy(
        update={
            "in_force": charter.articles[0].in_force.model_copy(
                update={"until": DAY[0].astype(object)}
            )
        }
    )
    changed = charter.model_copy(update={"articles": (ended,)})
    given = facts({"project.height": 10})
    assert 1 == judge(charter, given, on=DAY, sites=2).codes[0, 0]
    assert 0 == judge(changed, given, on=DAY, sites=2).codes[0, 0]


def test_columns_are_frozen():
    """What is told apart by identity is never changed in place."""
    with pytest.raises(dataclasses.FrozenInstanceError):
        column(1).values = np.zeros(1)
