"""What to do, in both languages; the sentences of remedies are tested with their verdicts."""

import pytest

from charters.advice import change_text

NB = "\u00a0"


@pytest.mark.parametrize(
    ("name", "current", "proposed", "fr", "en"),
    [
        ("bike_spaces", None, 7, f"Places vélo{NB}: 7{NB}places", f"Bicycle spaces: 7{NB}spaces"),
        (
            "mobility_plan",
            0,
            1,
            f"Plan de mobilité employeur (ou accord){NB}: oui au lieu de non",
            "Employer mobility plan (or agreement): yes instead of no",
        ),
        (
            "renewable_extra_cost",
            10,
            15,
            (
                f"Surcoût de la production renouvelable, en part des travaux{NB}: "
                f"15{NB}% au lieu de 10{NB}%"
            ),
            "Extra cost of the renewable production, as a share of works: 15% instead of 10%",
        ),
    ],
)
def test_changes_in_words(name, current, proposed, fr, en):
    """With and without a figure now; a yes instead of a no; shares in per cent."""
    assert (fr, en) == tuple(change_text(name, current, proposed))
