"""The charters that a draft makes are made once, and every step stands on the ones before it."""

import pytest

from charters.editing import AddArticle, AddValue
from charters.editing_state import state_of
from charters.editions import edition_files
from charters.loading import load_charters
from geodata.errors import CharterError, SelectionError

PARKS = "industrial_parks"
VALUE = {
    "charter": PARKS, "requirement": "PI-05b", "parameter": "reach", "from": "2026-06-01",
    "value": 100, "unit": "m", "source": "MODEL",
}  # fmt: skip


def test_no_step_changes_nothing():
    """The charters are those of the edition."""
    assert load_charters() == state_of(1, ()).charters
    with pytest.raises(SelectionError):
        state_of(9, ())


def test_examples_that_move_are_told_and_follow():
    """Examples between the new 100 m and the old 200 m from the main no longer apply."""
    state = state_of(1, (AddValue.model_validate(VALUE),))
    (article,) = [each for each in load_charters()[0].articles if each.id == "PI-05"]
    far = "site.heat_main_distance_m"
    between = [each for each in article.examples if 100 < each.given.get(far, 0) <= 200]
    expected = [("PI-05b", each.expect.outcome, "not_applicable") for each in between]
    assert 2 <= len(expected)
    assert expected == [(each.requirement, each.before, each.after) for each in state.moved]
    assert state is state_of(1, (AddValue.model_validate(VALUE),))


def test_a_value_of_a_later_day_moves_no_example():
    """Examples of 2026 are judged by the values of 2026."""
    later = AddValue.model_validate({**VALUE, "from": "2027-01-01"})
    assert () == state_of(1, (later,)).moved


def test_steps_stand_on_each_other():
    """The second value of one day is one too many, whoever wrote the first."""
    step = AddValue.model_validate(VALUE)
    with pytest.raises(CharterError, match="1er juin 2026"):
        state_of(1, (step, step))


def test_the_examples_of_a_new_article_must_be_right():
    """They are those of its author, and are not made to fit; a later step moves them as others."""
    text = edition_files(1)[f"{PARKS}/PI-01.yaml"].decode().replace("id: PI-01", "id: PI-90")
    right = AddArticle(charter=PARKS, content=text)
    assert () == state_of(1, (right,)).moved
    wrong = right.model_copy(update={"content": text.replace("margin: -1", "margin: -2", 1)})
    with pytest.raises(CharterError, match="attend une marge de -2, l'article donne -1"):
        state_of(1, (wrong,))
