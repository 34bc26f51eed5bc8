"""Every kind of step has its meaning, and none is checked by half."""

from typing import get_args

from charters.editing import Change
from charters.editing_article import ArticleForm
from charters.editing_meanings import MEANINGS
from charters.loading import load_charters


def test_every_kind_of_step_is_checked():
    """A kind without a check would let anything through."""
    union, _ = get_args(Change)
    assert {*get_args(union), ArticleForm} == set(MEANINGS)


def test_what_cannot_be_read_is_not_checked():
    """Fields that are at fault themselves give no second fault."""
    for check in MEANINGS.values():
        assert [] == list(check({}, load_charters()))
