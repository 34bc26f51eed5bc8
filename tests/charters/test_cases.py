"""Sentences that are made when they are read, and the facts that decide a requirement."""

from charters.cases import Sentence, decisive_paths
from charters.loading import load_charters


def test_a_sentence_is_made_in_the_language_asked_for():
    """Both texts come from one maker; equal texts are equal sentences."""
    asked = []

    def make(language):
        asked.append(language)
        return {"fr": "Oui.", "en": "Yes."}[language]

    sentence = Sentence(make)
    assert [] == asked
    assert ("Oui.", "Yes.", "Yes.") == (sentence.fr, sentence.en, sentence.say("en"))
    assert ["fr", "en", "en"] == asked
    assert sentence == Sentence(lambda language: "Oui." if language == "fr" else "Yes.")
    assert sentence != Sentence(lambda _: "Oui.")
    assert "Oui." != sentence
    assert len({sentence, Sentence(make)}) == 1
    assert "'Oui.'" == repr(sentence)


def test_facts_that_decide():
    """Those of the measures and of the thresholds, not those of the conditions."""
    requirement = next(each for _, each in load_charters()[0].requirements if each.id == "PI-11a")
    assert {"project.bike_spaces", "project.staff_present"} == set(decisive_paths(requirement))
