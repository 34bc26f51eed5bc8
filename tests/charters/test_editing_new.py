"""A new article that contradicts itself is refused where it is written."""

import pytest

from charters.editing_new import new_article_faults, order_fault

EXAMPLE = {"on": "2026-01-01", "given": {"project.height": 10}, "expect": {"outcome": "compliant"}}


@pytest.fixture
def told(load, entry):
    """Function that gives the English words of the faults of the made-up article."""

    def build(**others):
        charter = load(entry(**others))
        found = list(new_article_faults(charter.articles[0], charter))
        assert all("content" == each.where for each in found)
        assert all(each.what.fr != each.what.en for each in found)
        return [each.what.en for each in found]

    return build


def test_a_sound_article(told):
    """Nothing is said."""
    assert [] == told()


def test_examples_that_the_article_contradicts(told):
    """What was expected and what came out, with the day in words."""
    wrong = {**EXAMPLE, "expect": {"outcome": "non_compliant"}}
    assert [
        "XX-01, 1 January 2026: the example expects “Non-compliant”, the article gives “Compliant”."
    ] == told(examples=[EXAMPLE, wrong])
    margin = {**EXAMPLE, "expect": {"outcome": "compliant", "margin": 2}}
    (said,) = told(examples=[margin])
    assert "expects a margin of 2, the article gives 1." in said


def test_examples_that_cannot_be_judged(told):
    """A fact that does not exist, a word for a number, another requirement."""
    for given, words in (
        ({"project.heigt": 10}, "does not exist"),
        ({"project.height": "tall"}, "does not suit"),
    ):
        (said,) = told(examples=[{**EXAMPLE, "given": given}])
        assert words in said
    (said,) = told(examples=[{**EXAMPLE, "requirement": "XX-01b"}])
    assert "names XX-01b" in said


def test_a_yes_is_not_more_than_a_no(told):
    """Only equality is asked of a yes or no."""
    study = "project.heat_network_study"
    others = {
        "measure": {"name": "study", "value": {"field": study}, "unit": "bool"},
        "parameters": {"most": {"unit": "bool", "values": [
            {"from": "2020-01-01", "value": 1, "source": "LAW"}]}},
        "levers": [study],
        "examples": [{"on": "2026-01-01", "given": {study: True},
                      "expect": {"outcome": "compliant"}}],
    }  # fmt: skip
    order = order_fault("content").what.en
    assert [order] == told(**others, requirement={"op": ">=", "threshold": {"parameter": "most"}})
    assert [] == told(**others, requirement={"op": "=", "threshold": {"parameter": "most"}})


def test_a_height_below_zero(told):
    """The figure is named."""
    below = {"unit": "m", "values": [{"from": "2020-01-01", "value": -1, "source": "LAW"}]}
    failed = {**EXAMPLE, "expect": {"outcome": "non_compliant"}}
    assert ["“most” cannot be below zero."] == told(parameters={"most": below}, examples=[failed])


def test_the_law(told):
    """A reminder of the law cites a dated text."""
    (said,) = told(kind="legal")
    assert "dated text of law" in said
