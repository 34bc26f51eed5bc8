"""What is said about a change."""

import dataclasses

import pytest

from charters.joint import Answer, FieldChange
from zones.change_words import (
    CHANGE_WORDS,
    GOALS,
    field_title,
    figure_text,
    headline,
    kind_of_change,
    reason_text,
    rest,
)

NOTHING = Answer("met", (), (), (), (), (), (), is_confirmed=True, is_proved=True)


@pytest.mark.parametrize(
    ("entries", "word"),
    [
        ({}, "met"),
        ({"undecided": ("PI-18",)}, "met_in_part"),
        ({"status": "proposed"}, "proposed"),
        ({"status": "conflict"}, "conflict"),
        ({"status": "conflict", "is_proved": False}, "conflict_unproved"),
        ({"status": "unconfirmed"}, "unconfirmed"),
    ],
)
def test_each_answer_has_its_sentence(entries, word):
    """A conflict that is not proved does not claim to be."""
    assert CHANGE_WORDS[word] == headline(dataclasses.replace(NOTHING, **entries))


def test_the_rest_is_not_called_met_without_proof():
    """Met, to be changed, or not confirmed."""
    change = FieldChange("footprint", 1.0, 2.0, (), 0.1)
    for entries, word in (
        ({}, "rest_met"),
        ({"changes": (change,)}, "rest"),
        ({"is_confirmed": False}, "rest_unconfirmed"),
    ):
        assert CHANGE_WORDS[word] == rest(dataclasses.replace(NOTHING, **entries))


def test_figures_are_written_with_their_unit():
    """Both languages, yes and no, and what is not given."""
    assert "1\u202f100\u00a0m²" == figure_text("footprint", 1100.0, "fr")
    assert "1,100\u00a0m²" == figure_text("footprint", 1100.0, "en")
    assert "70\u00a0%" == figure_text("infiltrated_share", 70.0, "fr")
    assert ("oui", "no") == (
        figure_text("mobility_plan", 1.0, "fr"),
        figure_text("mobility_plan", 0.0, "en"),
    )
    assert "non renseigné" == figure_text("staff", None, "fr")


def test_a_change_says_what_it_is_for():
    """Its articles, or the whole of which the figure is a part."""
    served = FieldChange("roof_pv_area", 1.0, 2.0, ("PI-02", "PI-08"), 0.1)
    assert "PI-02, PI-08" == reason_text(served, "fr")
    follows = dataclasses.replace(served, requirements=())
    assert "part of “Roof area”" == reason_text(follows, "en")
    alone = FieldChange("footprint", 1.0, 2.0, (), 0.1)
    assert "" == reason_text(alone, "en")


def test_what_is_not_given_is_to_give():
    """A figure that was not known is no change."""
    assert "give" == kind_of_change(FieldChange("staff", None, 2.0, (), 0.1))
    assert "change" == kind_of_change(FieldChange("staff", 0.0, 2.0, (), 0.1))


def test_everything_is_said_in_both_languages():
    """No word lacks its other language."""
    for text in (*CHANGE_WORDS.values(), *GOALS.values()):
        assert text.fr.strip()
        assert text.en.strip()
    assert "Effectif" == field_title("staff", "fr")
