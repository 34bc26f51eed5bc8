"""What a requirement demands, in sentences: golden ones, and laws for every article."""

import datetime as dt

import pytest

from charters.loading import load_charters
from charters.sentences import (
    dated_texts,
    otherwise_text,
    remedy_text,
    requirement_text,
    shown_text,
    verb_text,
)

NB = "\u00a0"
MANY = {"field": "project.staff", "op": ">=", "value": 20, "unit": "job"}
REQUIREMENTS = [each for charter in load_charters() for _, each in charter.requirements]


def test_a_requirement_in_words(load, entry):
    """Of whom it is demanded, what, and what the verdict is otherwise."""
    ((_, always),) = load(entry()).requirements
    assert (
        f"S'applique toujours. Exige{NB}: Hauteur{NB}: au plus 11{NB}m. Sinon{NB}: non conforme."
    ) == requirement_text(always, "fr")
    ((_, some),) = load(entry(applies_when=MANY)).requirements
    assert (
        f"Applies if: Staff: at least 20{NB}jobs. Requires: Height: at most 11{NB}m. "
        "Otherwise: non-compliant."
    ) == requirement_text(some, "en")


def test_ways_out_and_formulas(load, entry):
    """A way out ends the text; a measure that has a title of its own shows how it is computed."""
    measure = {
        "name": "slenderness",
        "title": {"fr": "Élancement", "en": "Slenderness"},
        "value": {"quotient": [{"field": "project.height"}, {"field": "project.height"}]},
        "unit": "1",
    }
    most = {"unit": "1", "values": [{"from": "2020-01-01", "value": 3, "source": "LAW"}]}
    document = {"fr": "Avis", "en": "Opinion"}
    ((_, requirement),) = load(
        entry(
            measure=measure,
            parameters={"most": most},
            exceptions=[{"when": MANY, "document": document, "source": "LAW"}],
        )
    ).requirements
    assert requirement_text(requirement, "en").endswith(
        "Requires: Slenderness: at most 3 [computed as: Height / Height]. "
        "Otherwise: non-compliant. "
        f"Not applicable if Staff: at least 20{NB}jobs, on the evidence of “Opinion” [LAW]."
    )


def test_the_values_of_a_day():
    """PI-02a: 30 % in 2025, 50 % in 2028."""
    requirement = next(each for each in REQUIREMENTS if each.id == "PI-02a")
    for year, share in ((2025, 30), (2028, 50)):
        text = requirement_text(requirement, "en", on=dt.date(year, 1, 1))
        assert f"at least {share}%" in text


def test_alternatives_in_words():
    """PI-09a: several ways, each with its distance."""
    requirement = next(each for each in REQUIREMENTS if each.id == "PI-09a")
    text = requirement_text(requirement, "en")
    assert len(requirement.any_of) - 1 == text.count("; or else ")
    assert f"nearest railway station: at most 500{NB}m" in text


@pytest.mark.parametrize("requirement", REQUIREMENTS, ids=lambda each: each.id)
def test_what_is_said_follows_the_data(requirement):
    """An indicator is discussed, never failed; only what is mandatory is required."""
    sentence = otherwise_text(requirement, "fr")
    if requirement.kind == "indicator":
        assert f"Sinon{NB}: à débattre" == sentence
        assert "Gives as a reference" == verb_text(requirement).en
    else:
        assert {
            "non_compliant": f"Sinon{NB}: non conforme",
            "to_investigate": f"Sinon{NB}: à instruire",
        }[requirement.if_not_met] == sentence
        assert (verb_text(requirement).fr == "Exige") == (requirement.severity == "mandatory")
    assert "conforme" not in requirement_text(requirement, "fr") or (
        requirement.kind != "indicator"
    )


def test_a_remedy_keeps_its_places_open(load, entry):
    """Both the missing amount and what is shown are left open."""
    title = {"fr": "Étages", "en": "Storeys"}
    shown = {"storeys": {"title": title, "value": {"field": "project.height"}, "unit": "m"}}
    remedy = {"fr": "Ôter {missing} de {storeys}.", "en": "Take {missing} off {storeys}."}
    ((_, requirement),) = load(entry(shown=shown, remedy=remedy)).requirements
    assert "Take … off …" == remedy_text(requirement, "en")
    assert "Storeys (Height)" == shown_text(requirement, "en")


def test_a_remedy_names_dated_figures(load, entry):
    """Those in force on the day; none is invented before the first."""
    remedy = {"fr": "Rester sous {most}.", "en": "Stay under {most}."}
    ((_, requirement),) = load(entry(remedy=remedy)).requirements
    for year, text in ((2019, "Stay under …"), (2026, f"Stay under 11{NB}m.")):
        assert text == remedy_text(requirement, "en", on=dt.date(year, 6, 1))
    assert {"most": f"11{NB}m"} == dated_texts(requirement, "fr", on=dt.date(2020, 1, 1))
