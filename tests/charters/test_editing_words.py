"""A step is said with its figure, its days, its source and the beginning of its text."""

import pytest

from charters.editing import AddArticle, AddRow, AddValue, EditText, EndArticle, SetNature
from charters.editing_words import PARTS, step_text
from charters.loading import load_charters

PARKS = "industrial_parks"
VALUE = {"charter": PARKS, "requirement": "PI-05b", "parameter": "reach", "from": "2027-01-01",
         "value": 1234.5, "unit": "m", "source": "MODEL"}  # fmt: skip
ROW = {"charter": PARKS, "table": "job_densities", "key": "office", "from": "2027-01-01",
       "value": 50, "unit": "job/ha", "source": "MODEL"}  # fmt: skip
LONG = "Un remède très long qui dit tout ce qu'il y a à faire avant de déposer le dossier."


@pytest.mark.parametrize(
    ("change", "french"),
    [
        (
            AddValue.model_validate(VALUE),
            (
                "PI-05b · Champ d'application · Distance au réseau de chaleur : 1 234,5 m à partir "
                "du 1er janvier 2027 (source MODEL)"
            ),
        ),
        (
            AddValue.model_validate({**VALUE, "to": "2028-01-01"}),
            (
                "PI-05b · Champ d'application · Distance au réseau de chaleur : 1 234,5 m du "
                "1er janvier 2027 au 1er janvier 2028 (exclu) (source MODEL)"
            ),
        ),
        (
            AddValue.model_validate({**VALUE, "parameter": "done", "unit": "bool", "value": 0}),
            (
                "PI-05b · Seuil · Étude de raccordement au réseau de chaleur : non à partir du "
                "1er janvier 2027 (source MODEL)"
            ),
        ),
        (
            AddRow.model_validate(ROW),
            (
                "PI-15 · Densité d'emplois, par destination · Bureau : 50 emplois/ha à partir du "
                "1er janvier 2027 (source MODEL)"
            ),
        ),
        (
            EditText(charter=PARKS, requirement="PI-05b", part="remedy", text=(LONG, "Long")),
            "PI-05b : remède « Un remède très long qui dit tout ce qu'il y a à faire avant… »",
        ),
        (
            SetNature(charter=PARKS, requirement="PI-05b", kind="indicator", severity="mandatory"),
            "PI-05b : Indicateur pour le dialogue, obligatoire",
        ),
        (
            EndArticle.model_validate(
                {"charter": PARKS, "article": "PI-01", "to": "2029-01-01", "source": "MODEL"}
            ),
            "PI-01 : n'est plus en vigueur le 1er janvier 2029 (source MODEL)",
        ),
        (AddArticle(charter=PARKS, content="charter: x\nid: PI-90"), "Nouvel article PI-90"),
        (AddArticle(charter=PARKS, content="a: &b"), "Nouvel article "),
        (
            AddValue.model_validate({**VALUE, "requirement": "PI-90", "parameter": "figure"}),
            "PI-90 · figure : 1 234,5 m à partir du 1er janvier 2027 (source MODEL)",
        ),
    ],
)
def test_a_step_in_words(change, french):
    """In French, with the comma and the words of the charter."""
    said = step_text(change, load_charters(), "fr").replace("\u00a0", " ").replace("\u202f", " ")
    assert french == said
    assert said != step_text(change, load_charters(), "en")


def test_every_part_of_a_text_is_named():
    """As the change has them."""
    assert {"title", "remedy", "note"} == set(PARTS)
