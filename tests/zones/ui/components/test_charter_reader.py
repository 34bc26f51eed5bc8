"""What the page of the charters gives the browser: plain data, in both languages, kept."""

import datetime as dt
import json

import pytest

from charters.editions import PACKAGED_NUMBER
from charters.loading import CHARTERS, load_charters
from zones.ui.components import charter_reader
from zones.ui.components.charter_reader import charter_document
from zones.ui.components.charter_words import CHARTER_WORDS

ON = dt.date(2026, 11, 1)


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("name", CHARTERS)
def test_a_charter_as_plain_data(name, language):
    """Every article once in the contents, with its text in the other language for the search."""
    document = charter_document(name, PACKAGED_NUMBER, ON, language)
    charter = next(each for each in load_charters() if each.id == name)
    assert document == json.loads(json.dumps(document)) | {
        "sheet": document["sheet"]
    }  # tuples alone become lists
    places = sorted(place for each in document["chapters"] for place in each["articles"])
    assert list(range(len(charter.articles))) == places
    for article, elsewhere in zip(charter.articles, document["elsewhere"], strict=True):
        assert article.title.say("en" if language == "fr" else "fr") in elsewhere
    outcomes = {
        example["outcome"] for each in document["sheet"]["articles"] for example in each["examples"]
    }
    assert outcomes <= set(document["looks"])
    assert len(json.dumps(document)) < 1_000_000


def test_a_document_is_made_once():
    """The same charter on the same day is not made again; another day is another document."""
    first = charter_document(CHARTERS[0], PACKAGED_NUMBER, ON, "fr")
    assert first is charter_document(CHARTERS[0], PACKAGED_NUMBER, ON, "fr")
    other = charter_document(CHARTERS[0], PACKAGED_NUMBER, dt.date(2028, 1, 1), "fr")
    assert first["sheet"]["day"] != other["sheet"]["day"]


@pytest.mark.parametrize("text", CHARTER_WORDS.values(), ids=CHARTER_WORDS)
def test_words_in_both_languages(text):
    """The same places to fill; no plain space before a French sign."""
    assert text.fr
    assert text.en
    assert ("{count}" in text.fr, "{shown}" in text.fr) == (
        "{count}" in text.en,
        "{shown}" in text.en,
    )
    assert not any(f" {sign}" in text.fr for sign in ":;?!")


def test_only_a_known_id_is_believed(monkeypatch):
    """Whatever else the browser sends is no article."""
    for sent, expected in (("PI-02", "PI-02"), ("PI-99", None), (3, None), (None, None)):
        state = {"reader": {"edit": sent}}
        monkeypatch.setattr(charter_reader.st, "session_state", state)
        known = frozenset({"PI-02"})
        assert expected == charter_reader.asked_of_reader("reader", "edit", known=known)
    assert charter_reader.asked_of_reader("reader", "verdict", known=known) is None
