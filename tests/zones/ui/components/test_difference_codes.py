import numpy as np
import pytest

from zones.differences import RANKS, Aligned
from zones.ui.components.comparison_words import COMPARISON_WORDS
from zones.ui.components.difference_codes import change_codes, change_legend, outcome_codes

COLUMNS = (("x", ""), ("x", "X-1"), ("y", ""))
SAME, BETTER, OTHER, ONE_SIDE, WORSE = "01234"


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
        ((BAD, OK, OK), (OK, OK, BAD), WORSE),
        ((OK, OK, OK), (OK, "to_discuss", OK), OTHER),
        ((NOT, NOT, OK), (OK, OK, OK), OTHER),
        ((OK, OK, OK), (NOT, NOT, OK), OTHER),
        (("reservations", OK, OK), ("to_investigate", OK, OK), WORSE),
        (("to_investigate", OK, OK), ("reservations", OK, OK), BETTER),
        ((GONE, GONE, GONE), (OK, OK, OK), ONE_SIDE),
        ((OK, OK, OK), (GONE, GONE, GONE), ONE_SIDE),
        ((OK, GONE, OK), (OK, NOT, OK), SAME),
        ((OK, GONE, OK), (OK, BAD, OK), OTHER),
    ],
)
def test_each_change_has_its_colour(before, after, expected):
    """By the charters' own outcomes; what worsens by one is not made up for by another."""
    assert expected == told(change_codes(pair((before, after))))


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [(OK, BAD, WORSE), (BAD, OK, BETTER), (OK, NOT, OTHER), (OK, OK, SAME), (GONE, BAD, ONE_SIDE)],
)
def test_one_article_alone(before, after, expected):
    """Whatever the charters say."""
    site = ((OK, before, BAD), (BAD, after, OK))
    assert expected == told(change_codes(pair(site), article="X-1"))


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
