import csv
import datetime as dt
import io
import json

import pytest

from charters.loading import load_charters
from geodata.language import Text
from zones.comparison import compare
from zones.comparison_files import comparison_content
from zones.exports import DEMO_NOTICE
from zones.projects import Project, example_projects
from zones.sites import one_site

FRONT = ("80021000ZX0012", "80021000ZX0013")
DAY = dt.date(2026, 11, 16)


@pytest.fixture(scope="module")
def cases(demo_parcels, demo_layers):
    """Offices and a hotel on two parcels."""
    return compare(
        one_site(demo_parcels, FRONT),
        [example_projects()[name] for name in ("digital_offices", "hotel")],
        demo_layers,
        charters=load_charters(),
        day=DAY,
    )


def written(cases, output, language="fr"):
    """Text of the file."""
    return comparison_content(cases, output=output, language=language).decode("utf-8-sig")


def test_a_text_lines_up_every_article(cases):
    """Day, label, cases, cascade, then each requirement with its mark, outcomes and margins."""
    lines = written(cases, "text").splitlines()
    assert ["Jugé au 16 novembre 2026", DEMO_NOTICE.fr] == lines[:2]
    assert f"[2] Hôtel trois étoiles · {', '.join(FRONT)}" in lines
    overall = [line.split() for line in lines if line.startswith("  Ensemble ")]
    assert ["Ensemble", "Non", "conforme", "Conforme", "avec", "réserves"] == overall[0]
    # a hotel waits for the opinions of the partners
    assert ["Ensemble", "Conforme", "Conforme", "avec", "réserves"] == overall[1]
    (roof,) = [line for line in lines if " PI-02a " in line]
    assert roof.startswith("≠ PI-02a Toiture solaire")
    assert "Conforme 41,82\u00a0% (+1,82\u00a0points)" in roof
    assert roof.endswith("Sans objet")
    (canopies,) = [line for line in lines if " PI-03a " in line]
    assert canopies.startswith("  PI-03")


def test_the_text_in_english_has_the_same_lines(cases):
    """Line for line."""
    french, english = (written(cases, "text", each).splitlines() for each in ("fr", "en"))
    assert len(french) == len(english)
    assert "Judged on 16 November 2026" == english[0]


def test_a_table_has_a_row_per_case_and_requirement(cases):
    """Numbered, with the day and the demonstration label."""
    rows = list(csv.DictReader(io.StringIO(written(cases, "csv")), delimiter=";"))
    count = sum(len(each.requirements) for each in load_charters())
    assert ["1"] * count + ["2"] * count == [row["case"] for row in rows]
    assert {"Bureaux numériques", "Hôtel trois étoiles"} == {row["dossier"] for row in rows}
    assert {("2026-11-16", "True")} == {(row["day"], row["demo"]) for row in rows}


def test_json_has_verdicts_and_provenance_of_each_case(cases):
    """As a file of one assessment would."""
    listed = json.loads(written(cases, "json"))["cases"]
    assert ["Bureaux numériques", "Hôtel trois étoiles"] == [
        each["provenance"]["project"] for each in listed
    ]
    for case, each in zip(cases, listed, strict=True):
        assert list(FRONT) == each["site"]["parcels"]
        assert case.outcome("industrial_parks") == each["site"]["outcomes"]["industrial_parks"]
        assert each["provenance"]["demo"] is True


def test_a_name_cannot_bring_a_formula(demo_parcels, demo_layers):
    """Spreadsheets run none."""
    name = '=HYPERLINK("http://x")'
    made = compare(
        one_site(demo_parcels, FRONT),
        [Project(Text(name, name), DAY, {"use": "office"})],
        demo_layers,
        charters=load_charters(),
        day=DAY,
    )
    rows = list(csv.DictReader(io.StringIO(written(made, "csv")), delimiter=";"))
    assert {f"'{name}"} == {row["dossier"] for row in rows}
