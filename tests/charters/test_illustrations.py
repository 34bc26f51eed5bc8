"""Examples as a reader gets them: the outcome is the judge's, not the author's."""

from charters.illustrations import example_sheets
from charters.loading import load_charters

NB = "\u00a0"


def test_examples_are_judged_and_not_copied(load, entry):
    """A wrong expectation does not show; figures are written with their units."""
    wrong = {
        "on": "2026-07-01",
        "given": {"project.height": 12.5, "project.use": "office"},
        "expect": {"outcome": "compliant"},
    }
    nothing = {"on": "2026-07-02", "given": {}, "expect": {"outcome": "to_investigate"}}
    charter = load(entry(examples=[wrong, nothing]))
    first, second = example_sheets(charter.articles[0], charter, language="fr")
    assert ("XX-01", "1er juillet 2026", "non_compliant") == (
        first.requirement,
        first.on,
        first.outcome,
    )
    assert (("Hauteur", f"12,5{NB}m"), ("Destination", "Bureau")) == first.given
    assert f"Non conforme (12,5{NB}m, pour au plus 11{NB}m)" == first.outcome_text
    assert ("À instruire", ()) == (second.outcome_text, second.given)
    english = example_sheets(charter.articles[0], charter, language="en")
    assert f"Non-compliant (12.5{NB}m, for at most 11{NB}m)" == english[0].outcome_text


def test_examples_of_the_charters():
    """Each is there with the outcome that its author expects."""
    for charter in load_charters():
        for article in charter.articles:
            found = example_sheets(article, charter, language="en")
            assert [each.expect.outcome for each in article.examples] == [
                each.outcome for each in found
            ]
