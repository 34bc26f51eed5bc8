"""Parts of an article's text, and what a dated value is about."""

from charters.loading import load_charters
from charters.parts import ARTICLE_PARTS, REQUIREMENT_PARTS, changed_parts
from geodata.language import Text


def test_every_part_of_every_article_is_said():
    """In both languages, each time a text or nothing; what is always there is never empty."""
    for charter in load_charters():
        for article, requirement in charter.requirements:
            for owner, parts in ((article, ARTICLE_PARTS), (requirement, REQUIREMENT_PARTS)):
                for part in parts:
                    said = [part.say(owner, language) for language in ("fr", "en")]
                    assert bool(said[0]) == bool(said[1]), part.name
                    if part.name in {"title", "kind", "severity", "requirement", "in_force"}:
                        assert all(said), part.name


def parts_between(load, first, last):
    """Names of the parts that differ between two article entries, with their English texts."""
    articles = [load(each).articles[0] for each in (first, last)]
    requirements = [each.requirements[0] for each in articles]
    found = [
        *changed_parts(*articles, parts=ARTICLE_PARTS),
        *changed_parts(*requirements, parts=REQUIREMENT_PARTS),
    ]
    return {
        part.name: tuple(None if each is None else each.en for each in texts)
        for part, texts in found
    }


def test_the_same_article_has_no_changed_part(load, entry):
    """Even with another dated value, which is compared on its own."""
    other = entry()
    other["parameters"]["most"]["values"][0]["value"] = 12
    assert {} == parts_between(load, entry(), entry())
    assert {} == parts_between(load, entry(), other)


def test_each_part_is_said_as_it_is_read(load, entry):
    """Severity, title, a note that was not there, and another period."""
    other = entry(
        title={"fr": "Autre", "en": "Another"},
        severity="recommended",
        note={"fr": "Nota", "en": "Mind"},
        in_force={"from": "2021-01-01", "to": "2030-01-01"},
    )
    found = parts_between(load, entry(), other)
    assert ("Made-up article", "Another") == found["title"]
    assert ("Mandatory", "Recommended") == found["severity"]
    assert (None, "Mind") == found["note"]
    assert ("since 1 January 2020", "from 1 January 2021 until 1 January 2030") == found["in_force"]
    assert {"title", "severity", "note", "in_force"} == set(found)


def test_a_condition_is_said_as_a_sentence(load, entry):
    """The whole requirement is read again."""
    condition = {"field": "project.use", "in": ["office"]}
    before, after = parts_between(load, entry(), entry(applies_when=condition))["requirement"]
    assert before.startswith("Always applies.")
    assert after.startswith("Applies if")


def test_what_is_not_read_differently_is_given_as_data(load, entry):
    """The name of a measure that no sentence tells."""
    renamed = {**entry()["measure"], "name": "tallness"}
    found = parts_between(load, entry(), entry(measure=renamed))
    before, after = found["requirement"]
    assert before != after
    assert "tallness" in after


def test_the_outcome_when_not_met_is_read(load, entry):
    """It is part of the sentence."""
    found = parts_between(load, entry(), entry(if_not_met="to_investigate"))
    assert [True, True] == [
        text.endswith(end)
        for text, end in zip(
            found["requirement"], ("non-compliant.", "to investigate."), strict=True
        )
    ]


def test_a_field_that_no_part_speaks_of_is_given_as_data(load, entry):
    """So that nothing new in the model goes unsaid."""
    requirements = [
        load(entry(severity=word)).articles[0].requirements[0]
        for word in ("mandatory", "information")
    ]
    found = [(part.name, texts) for part, texts in changed_parts(*requirements, parts=())]
    text = Text('{"severity":"mandatory"}', '{"severity":"mandatory"}')
    assert [("severity", text)] == [(name, texts[0]) for name, texts in found]
