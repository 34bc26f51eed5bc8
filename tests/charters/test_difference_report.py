"""The differences of charters, as text and as JSON."""

import datetime as dt
import json

import pytest

from charters.difference_report import difference_json, difference_text
from charters.differences import Side
from geodata.errors import SelectionError

DAYS = [dt.date(2020, 6, 1), dt.date(2026, 11, 22)]
VALUES = [
    {"from": "2020-01-01", "value": 10, "source": "LAW"},
    {"from": "2026-07-01", "value": 11.5, "source": "MODEL", "confidence": "to_check"},
]


@pytest.fixture
def sides(load, entry):
    """Both sides of a made-up charter: a value that changes, and an article that begins."""
    figure = {"unit": "m", "values": VALUES}
    charter = load(
        entry(parameters={"most": figure}),
        entry(id="XX-02", in_force={"from": "2024-03-05"}),
    )
    return [[Side(charter, day)] for day in DAYS]


def test_a_planner_reads_what_begins_and_what_changes(sides):
    """Heading, notice, articles, values with their days, sources and doubts; French first."""
    text = difference_text(*sides, language="fr")
    lines = text.splitlines()
    assert "Inventée." == lines[1]
    assert "Entrent en vigueur (1)" in lines
    assert "Valeurs qui changent (1)" in lines
    assert lines[lines.index("Entrent en vigueur (1)") + 1].startswith(
        "  XX-02 · Article inventé, le 5 mars 2024"
    )
    assert any(line.endswith("\u00a0: 10\u00a0m → 11,5\u00a0m") for line in lines)
    assert any("11,5\u00a0m depuis le" in line and "[MODEL] (à vérifier)" in line for line in lines)
    assert "  MODEL\u00a0: Un modèle" in lines
    assert "LAW" not in text


def test_the_same_in_english(sides):
    """Each line has its translation."""
    french, english = (
        difference_text(*sides, language=language).splitlines() for language in ("fr", "en")
    )
    assert len(french) == len(english)
    assert "Come into force (1)" in english
    assert "  XX-02 · Made-up article, on 5 March 2024" in english
    assert any(line.endswith(": 10 m → 11.5 m".replace(" m", "\u00a0m")) for line in english)


def test_no_difference_is_said(sides):
    """The same day twice."""
    assert difference_text(sides[0], sides[0], language="fr").endswith("Aucune différence.")


def test_a_text_is_shown_before_and_after(load, entry):
    """Two editions on one day."""
    head = """
id: made_up
title: {fr: "Charte inventée", en: "Made-up charter"}
edition: "2"
model_notice: {fr: "Inventée.", en: "Made up."}
"""
    charters = [load(entry()), load(entry(severity="recommended", note=None), head=head)]
    sides = [[Side(each, DAYS[1])] for each in charters]
    lines = difference_text(*sides, language="en").splitlines()
    at = lines.index("    Severity")
    assert ["      − Mandatory", "      + Recommended"] == lines[at + 1 : at + 3]
    assert "from edition 1 on 22 November 2026 to edition 2" in lines[0]


def test_a_program_reads_figures(sides):
    """Both sides, and for each difference its values in the unit of the article."""
    (listed,) = json.loads(difference_json(*sides, language="en"))
    assert ("made_up", {"day": "2020-06-01", "edition": "1"}) == (listed["charter"], listed["from"])
    value = next(each for each in listed["differences"] if each["change"] == "value")
    expected = {
        "article": "XX-01",
        "what": "most",
        "before": 10.0,
        "after": 11.5,
        "unit": "m",
        "unit_before": "m",
        "since": "2026-07-01",
        "source": "MODEL",
        "confidence": "to_check",
    }
    assert expected == {name: value[name] for name in expected}
    assert [
        {
            "from": "2026-07-01",
            "to": None,
            "value": 11.5,
            "source": "MODEL",
            "confidence": "to_check",
        }
    ] == value["values"]


@pytest.mark.parametrize("report", [difference_text, difference_json])
def test_days_in_the_wrong_order_are_refused(sides, report):
    """With what to do."""
    with pytest.raises(SelectionError, match="précède"):
        report(*sides[::-1], language="fr")
