import itertools

import numpy as np
import pytest

from zones.differences import RANKS, Aligned
from zones.ui.components.comparison_words import COMPARISON_WORDS
from zones.ui.components.difference_codes import change_codes, change_legend, outcome_codes

COLUMNS = (("x", ""), ("x", "X-1"), ("y", ""))
SAME, BETTER, OTHER, MIXED, WORSE = "01234"
ONE_SIDE = MIXED


def pair(*sites):
    """Sites, each given as words before and after by column: x, X-1, y."""
    ranks = np.array([[[RANKS.index(word) for word in side] for side in site] for site in sites])
    ids = np.array([str(number) for number in range(len(sites))], object)
    area = np.ones(len(sites))
    return Aligned(ids, COLUMNS, ranks[:, 0].astype(np.int8), ranks[:, 1].astype(np.int8), area)


def told(codes):
    """Codes as the map gets them."""
    return "".join(str(each) for each in codes)


OK, BAD, NOT, GONE = "compliant", "non_compliant", "not_applicable", "absent"


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ((OK, OK, OK), (OK, OK, OK), SAME),
        ((OK, OK, OK), (BAD, BAD, OK), WORSE),
        ((BAD, BAD, OK), (OK, OK, OK), BETTER),
        ((BAD, OK, OK), (OK, OK, BAD), MIXED),
        ((OK, OK, OK), (OK, BAD, OK), WORSE),
        ((OK, BAD, OK), (OK, OK, OK), BETTER),
        ((OK, BAD, OK), (BAD, OK, OK), MIXED),
        ((OK, OK, OK), (OK, "to_discuss", OK), WORSE),
        ((NOT, NOT, OK), (OK, OK, OK), OTHER),
        ((OK, OK, OK), (NOT, NOT, OK), OTHER),
        (("reservations", OK, OK), ("to_investigate", OK, OK), WORSE),
        (("to_investigate", OK, OK), ("reservations", OK, OK), BETTER),
        ((GONE, GONE, GONE), (OK, OK, OK), ONE_SIDE),
        ((OK, OK, OK), (GONE, GONE, GONE), ONE_SIDE),
        ((OK, GONE, OK), (OK, NOT, OK), SAME),
        ((OK, GONE, OK), (OK, OK, OK), OTHER),
        ((OK, GONE, OK), (OK, BAD, OK), WORSE),
    ],
)
def test_each_change_has_its_colour(before, after, expected):
    """By charters and articles; what worsens by one is not made up for by another."""
    assert expected == told(change_codes(pair((before, after))))


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [(OK, BAD, WORSE), (BAD, OK, BETTER), (OK, NOT, OTHER), (OK, OK, SAME), (GONE, BAD, ONE_SIDE)],
)
def test_one_article_alone(before, after, expected):
    """Whatever the charters say."""
    site = ((OK, before, BAD), (BAD, after, OK))
    assert expected == told(change_codes(pair(site), article="X-1"))


def test_all_articles_say_what_each_says():
    """Worse or better by one article is so, or partly so, by all; no change by all is none by any.

    Every pair of outcomes of a charter and an article.
    """
    words = [word for word in RANKS if word not in {GONE, "to_discuss", "reservations"}]
    sides = [(own, one, OK) for own in words for one in words]
    every = pair(*itertools.product(sides, sides))
    whole, one = told(change_codes(every)), told(change_codes(every, article="X-1"))
    seen = set(zip(one, whole, strict=True))
    assert {each for each in seen if each[0] == WORSE} == {(WORSE, WORSE), (WORSE, MIXED)}
    assert {each for each in seen if each[0] == BETTER} == {(BETTER, BETTER), (BETTER, MIXED)}
    assert {each for each in seen if each[1] == SAME} == {(SAME, SAME)}


def test_each_side_is_drawn_as_the_desk_draws_verdicts():
    """The worse of both charters, or one article; to discuss looks like reservations."""
    both = pair(
        ((OK, "to_discuss", NOT), (BAD, BAD, OK)), ((GONE, GONE, GONE), ("reservations", OK, OK))
    )
    assert "10" == told(outcome_codes(both, side="before"))
    assert "42" == told(outcome_codes(both, side="after"))
    assert "20" == told(outcome_codes(both, side="before", article="X-1"))


def test_the_legend_names_every_colour():
    """In both languages."""
    for language in ("fr", "en"):
        legend = change_legend(lambda word, said=language: COMPARISON_WORDS[word].say(said))
        assert 5 == len(set(legend.outcomes.values()))
        alone = change_legend(
            lambda word, said=language: COMPARISON_WORDS[word].say(said), article="X-1"
        )
        assert alone.title.endswith(" · X-1")
        differing = {key for key, word in legend.outcomes.items() if word != alone.outcomes[key]}
        assert {"to_investigate"} == differing
