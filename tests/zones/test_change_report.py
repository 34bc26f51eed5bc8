"""An answer as text and as data."""

import json

import pytest

from charters.joint import Answer, FieldChange
from charters.joint_conflicts import Conflict
from charters.joint_costs import FIELD_COST, WEIGHTS
from geodata.language import Text
from zones.change_report import change_document, change_text, weights_text

TITLES = {
    name: Text(f"titre {name}", f"title {name}") for name in ("PI-02", "PI-03", "PI-15", "PI-18")
}
ANSWER = Answer(
    status="conflict",
    changes=(
        FieldChange("roof_pv_area", 340.0, 440.0, ("PI-02",), 0.1),
        FieldChange("mobility_plan", 0.0, 1.0, ("PI-15",), 0.25),
        FieldChange("bike_spaces", None, 17.0, ("PI-15",), 0.1),
    ),
    conflicts=(
        Conflict(("PI-03",), ()),
        Conflict(("PI-03", "PI-15"), ("parking_area",)),
    ),
    set_aside=("PI-03",),
    undecided=("PI-18",),
    worsened=("PI-15",),
    levers=("roof_pv_area", "parking_area"),
    is_confirmed=True,
    is_proved=True,
)


def test_the_document_holds_the_whole_answer():
    """Figures as in a project file, articles with their titles, weights beside."""
    found = change_document(ANSWER, titles=TITLES, goal="all", language="en")
    assert found == json.loads(json.dumps(found))
    assert ("conflict", "all") == (found["status"], found["goal"])
    figures = [(each["current"], each["proposed"], each["kind"]) for each in found["changes"]]
    assert [(340.0, 440.0, "change"), (False, True, "change"), (None, 17.0, "give")] == figures
    assert found["changes"][1]["proposed"] is True
    assert 0.45 == found["cost"]
    assert {"article": "PI-03", "title": "title PI-03"} == found["conflicts"][0]["articles"][0]
    assert ["parking_area"] == found["conflicts"][1]["locks"]
    assert FIELD_COST == found["weights"]["field"]
    assert WEIGHTS == found["weights"]["groups"]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "fr",
            (
                "Hors d'atteinte\u00a0: PI-03 titre PI-03",
                "Incompatibles entre eux\u00a0: PI-03 titre PI-03 + PI-15 titre PI-15",
                "Verrous en cause\u00a0: Stationnement extérieur (places et circulation)",
                "Toiture photovoltaïque  340\u00a0m² → 440\u00a0m²  [PI-02]",
                "non renseigné → 17\u00a0places",
                "non → oui",
            ),
        ),
        (
            "en",
            (
                "Out of reach: PI-03 title PI-03",
                "Locks in the way: Outdoor parking (stalls and lanes)",
                "340\u00a0m² → 440\u00a0m²",
                "not given → 17\u00a0spaces",
            ),
        ),
    ],
)
def test_the_text_names_everything(language, said):
    """Conflicts, locks, changes and what they are for, in one language."""
    found = change_text(ANSWER, titles=TITLES, goal="all", language=language)
    for part in said:
        assert part in found


def test_a_project_that_complies_is_one_sentence():
    """Nothing else is printed."""
    met = Answer("met", (), (), (), (), (), (), is_confirmed=True, is_proved=True)
    lines = change_text(met, titles=TITLES, goal="mandatory", language="en").splitlines()
    assert 2 == len(lines)


def test_the_weights_said_are_those_counted():
    """The sentence names the figures of the code."""
    for language in ("fr", "en"):
        said = weights_text(language)
        assert f"{WEIGHTS['general']:g} " in said
        assert "25" in said
