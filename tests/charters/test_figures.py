"""The dated values of a requirement: named, in order, and told apart by the day of reading."""

import datetime as dt

import pytest

from charters.figures import figures_of, is_to_check, parameter_title, tables_of
from charters.loading import load_charters

NB = "\u00a0"
DATED = {
    "most": {
        "unit": "m",
        "values": [
            {"from": "2026-07-01", "value": 11, "source": "MODEL", "confidence": "to_check"},
            {"from": "2020-01-02", "value": 12, "source": "LAW"},
            {"from": "2028-01-01", "to": "2030-01-01", "value": 10, "source": "LAW"},
        ],
    }
}


@pytest.fixture
def dated(load, entry):
    """Function that gives the values of a made-up parameter on a day."""

    def build(on, language="fr"):
        charter = load(entry(parameters=DATED))
        ((_, requirement),) = charter.requirements
        day = dt.date.fromisoformat(on)
        (sheet,) = figures_of(requirement, charter, on=day, language=language)
        return sheet

    return build


def test_values_by_date(dated):
    """The earliest first, each until the day before the next, with its doubt."""
    sheet = dated("2026-11-01")
    assert "Seuil · Hauteur" == sheet.title
    assert [
        (f"12{NB}m", "du 2 janvier 2020 au 30 juin 2026", "past", "LAW", ""),
        (
            f"11{NB}m",
            "du 1er juillet 2026 au 31 décembre 2027",
            "now",
            "MODEL",
            "à vérifier (proposition du modèle)",
        ),
        (f"10{NB}m", "du 1er janvier 2028 au 31 décembre 2029", "future", "LAW", ""),
    ] == [(each.text, each.period, each.phase, each.source, each.doubt) for each in sheet.values]
    english = dated("2026-11-01", "en")
    assert "Threshold · Height" == english.title
    assert "from 1 July 2026 to 31 December 2027" == english.values[1].period
    assert "to check (proposed by the model)" == english.values[1].doubt


@pytest.mark.parametrize(
    ("on", "phases"),
    [
        ("2019-12-31", ["future", "future", "future"]),
        ("2020-01-02", ["now", "future", "future"]),
        ("2026-07-01", ["past", "now", "future"]),
        ("2029-12-31", ["past", "past", "now"]),
        ("2030-01-01", ["past", "past", "past"]),
    ],
)
def test_past_now_and_future(dated, on, phases):
    """At most one value is in force, from its first day to its last."""
    assert phases == [each.phase for each in dated(on).values]


def test_the_part_that_a_figure_plays(load, entry):
    """Its own title, else threshold or scope with what is compared, else a figure of a formula."""
    figure = {"unit": "m", "values": [{"from": "2020-01-01", "value": 3, "source": "LAW"}]}
    rate = {"unit": "1", "values": [{"from": "2020-01-01", "value": 2, "source": "LAW"}]}
    title = {"fr": "Hauteur à atteindre", "en": "Height to reach"}
    charter = load(
        entry(
            applies_when={
                "all": [{"field": "project.height", "op": ">", "value": {"parameter": "low"}}]
            },
            requirement={
                "op": "<=",
                "threshold": {"product": [{"parameter": "rate"}, {"parameter": "most"}]},
            },
            parameters={"low": figure, "most": {**figure, "title": title}, "rate": rate},
        )
    )
    ((_, requirement),) = charter.requirements
    names = {name: parameter_title(name, requirement) for name in requirement.parameters}
    assert {
        "low": ("Champ d'application · Hauteur", "Scope · Height"),
        "most": ("Hauteur à atteindre", "Height to reach"),
        "rate": ("Valeur de la formule", "Figure of the formula"),
    } == {name: tuple(text) for name, text in names.items()}


def test_rows_of_a_table():
    """One figure per key, under the name of the key."""
    charter = load_charters()[0]
    requirement = next(each for _, each in charter.requirements if each.id == "PI-15")
    on = dt.date(2026, 11, 1)
    found = figures_of(requirement, charter, on=on, language="fr")
    assert ["job_densities"] == [node.table for node in tables_of(requirement)]
    assert len({row.key for row in charter.tables["job_densities"].rows}) == len(found)
    assert f"Destination{NB}: Bureau" in [each.title for each in found]
    assert is_to_check(requirement, charter)


def test_a_doubt_is_seen(load, entry):
    """In a parameter; none where every value is checked."""
    for others, expected in (({"parameters": DATED}, True), ({}, False)):
        charter = load(entry(**others))
        ((_, requirement),) = charter.requirements
        assert expected == is_to_check(requirement, charter)
