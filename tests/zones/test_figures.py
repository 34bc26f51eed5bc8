import pytest

from zones.figures import figure_texts

FRONT = ("80021000ZX0012", "80021000ZX0013")


@pytest.fixture(scope="module")
def rows(judged):
    """Verdicts of two parcels for the digital offices, by requirement."""
    return judged(FRONT, "digital_offices").rows


def test_a_share_has_a_margin_in_points(rows):
    """460 m² of 1 100 m², 40 % demanded."""
    expected = ("41,82\u00a0%", "au moins 40\u00a0%", "+1,82\u00a0points")
    assert expected == figure_texts(rows["PI-02a"], "fr")
    assert ("41.82%", "at least 40%", "+1.82 points") == figure_texts(rows["PI-02a"], "en")


def test_a_yes_or_no_has_no_margin(rows):
    """Connection to the heat network demanded."""
    assert ("non", "oui", None) == figure_texts(rows["PI-05a"], "fr")


def test_what_does_not_apply_has_no_figures(rows):
    """Nothing was measured."""
    assert (None, None, None) == figure_texts(rows["PI-03a"], "fr")
