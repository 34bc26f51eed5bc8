"""Conditions and values in words, operator by operator, in both languages."""

import datetime as dt

import pytest
from pydantic import TypeAdapter

from charters import model
from charters.clauses import (
    Outline,
    Voice,
    condition_outline,
    condition_text,
    in_force,
    value_text,
)

PARAMETERS = TypeAdapter(dict[str, model.Parameter]).validate_python(
    {
        "most": {"unit": "m", "values": [{"from": "2020-01-01", "value": 11, "source": "A"}]},
        "rate": {
            "unit": "1",
            "title": {"fr": "Part à équiper", "en": "Share to fit"},
            "values": [
                {"from": "2020-01-01", "value": 0.2, "source": "A", "confidence": "to_check"}
            ],
        },
        "share": {
            "unit": "%",
            "values": [
                {"from": "2027-07-02", "to": "2030-01-01", "value": 50, "source": "A"},
                {"from": "2024-03-05", "value": 30, "source": "A"},
            ],
        },
    }
)
HEIGHT, STAFF = {"field": "project.height"}, {"field": "project.staff"}
NB = "\u00a0"


def voices(on=None):
    """One voice per language."""
    return [Voice(language, PARAMETERS, on) for language in ("fr", "en")]


def value(node):
    """Value of plain data."""
    return TypeAdapter(model.Value).validate_python(node)


def condition(node):
    """Condition of plain data."""
    return None if node is None else TypeAdapter(model.Condition).validate_python(node)


@pytest.mark.parametrize(
    ("node", "fr", "en"),
    [
        (HEIGHT, "Hauteur", "Height"),
        ({"parameter": "most"}, f"11{NB}m", f"11{NB}m"),
        ({"parameter": "share"}, f"50{NB}% (depuis le 2 juillet 2027)", "50% (since 2 July 2027)"),
        ({"parameter": "rate"}, "0,2 (à vérifier)", "0.2 (to check)"),
        (
            {"table": "densities", "key": "project.use"},
            f"la valeur du tableau selon «{NB}Destination{NB}»",
            "the table's value by “Use”",
        ),
        ({"sum": [HEIGHT, STAFF]}, "Hauteur + Effectif", "Height + Staff"),
        ({"product": [HEIGHT, STAFF]}, "Hauteur × Effectif", "Height × Staff"),
        ({"difference": [HEIGHT, STAFF]}, "Hauteur − Effectif", "Height − Staff"),
        ({"quotient": [HEIGHT, STAFF]}, "Hauteur / Effectif", "Height / Staff"),
        (
            {"quotient": [{"sum": [HEIGHT, STAFF]}, STAFF]},
            "(Hauteur + Effectif) / Effectif",
            "(Height + Staff) / Staff",
        ),
        ({"sum": [HEIGHT]}, "Hauteur", "Height"),
        ({"product": [{"sum": [HEIGHT]}, STAFF]}, "Hauteur × Effectif", "Height × Staff"),
        (
            {"min": [HEIGHT, STAFF]},
            f"le plus petit de (Hauteur{NB}; Effectif)",
            "the smallest of (Height; Staff)",
        ),
        (
            {"max": [HEIGHT, STAFF]},
            f"le plus grand de (Hauteur{NB}; Effectif)",
            "the largest of (Height; Staff)",
        ),
        ({"ceil": HEIGHT}, "Hauteur, arrondi au supérieur", "Height, rounded up"),
        (
            {"max": [STAFF, {"ceil": {"product": [{"parameter": "rate"}, HEIGHT]}}]},
            (
                f"le plus grand de (Effectif{NB}; (Part à équiper [0,2] × Hauteur, "
                "arrondi au supérieur))"
            ),
            "the largest of (Staff; (Share to fit [0.2] × Height, rounded up))",
        ),
        ({"same": [HEIGHT, STAFF]}, "Hauteur = Effectif", "Height = Staff"),
    ],
)
def test_values_in_words(node, fr, en):
    """Each operator; brackets only inside another; a figure of a formula has its title."""
    assert [fr, en] == [value_text(value(node), voice) for voice in voices()]


@pytest.mark.parametrize(
    ("day", "fr"),
    [
        ("2024-03-04", "une valeur à venir ou échue"),
        ("2024-03-05", f"30{NB}%"),
        ("2027-07-01", f"30{NB}%"),
        ("2027-07-02", f"50{NB}%"),
        ("2029-12-31", f"50{NB}%"),
        ("2030-01-01", "une valeur à venir ou échue"),
    ],
)
def test_the_value_of_the_day(day, fr):
    """The value in force that day, from its first day to the last."""
    on = dt.date.fromisoformat(day)
    assert fr == value_text(value({"parameter": "share"}), voices(on)[0])
    chosen = in_force(PARAMETERS["share"].values, on)
    assert (chosen is None) == fr.startswith("une valeur")


OFFICE = {"field": "project.use", "op": "=", "value": "office"}
OFFICE_FR, OFFICE_EN = f"Destination{NB}: Bureau", "Use: Office"
TALL = {"field": "project.height", "op": ">", "value": {"parameter": "most"}}
TALL_FR, TALL_EN = f"Hauteur{NB}: plus de 11{NB}m", f"Height: more than 11{NB}m"
MANY = {"field": "project.staff", "op": ">=", "value": 20, "unit": "job"}
MANY_FR, MANY_EN = f"Effectif{NB}: au moins 20{NB}emplois", f"Staff: at least 20{NB}jobs"


@pytest.mark.parametrize(
    ("node", "fr", "en"),
    [
        (None, "toujours", "always"),
        (OFFICE, OFFICE_FR, OFFICE_EN),
        (TALL, TALL_FR, TALL_EN),
        (MANY, MANY_FR, MANY_EN),
        (
            {"field": "project.mobility_plan", "op": "=", "value": True, "unit": "bool"},
            f"Plan de mobilité employeur (ou accord){NB}: oui",
            "Employer mobility plan (or agreement): yes",
        ),
        (
            {"field": "project.mobility_plan", "op": "=", "value": 0},
            f"Plan de mobilité employeur (ou accord){NB}: non",
            "Employer mobility plan (or agreement): no",
        ),
        (
            {"field": "project.use", "in": ["office", "hotel", "retail"]},
            f"Destination{NB}: Bureau, Hôtel ou Commerce de détail",
            "Use: Office, Hotel or Retail",
        ),
        (
            {"field": "project.use", "not_in": ["hotel", "office"]},
            f"Destination{NB}: autre que Hôtel ou Bureau",
            "Use: other than Hotel or Office",
        ),
        (
            {"field": "site.zone_share", "between": [30, 40], "unit": "%"},
            f"Part du site dans la zone{NB}: de 30{NB}% à 40{NB}%",
            "Share of the site in the zone: from 30% to 40%",
        ),
        ({"all": [OFFICE, TALL]}, f"{OFFICE_FR}{NB}; et {TALL_FR}", f"{OFFICE_EN}; and {TALL_EN}"),
        (
            {"any": [{"all": [OFFICE, TALL]}, MANY]},
            f"({OFFICE_FR}{NB}; et {TALL_FR}){NB}; ou {MANY_FR}",
            f"({OFFICE_EN}; and {TALL_EN}); or {MANY_EN}",
        ),
        ({"all": [{"any": [OFFICE]}, TALL]}, f"{OFFICE_FR}{NB}; et {TALL_FR}", None),
        (
            {"none": [OFFICE, TALL]},
            f"hors de ce cas ({OFFICE_FR}{NB}; ou {TALL_FR})",
            f"outside this case ({OFFICE_EN}; or {TALL_EN})",
        ),
    ],
)
def test_conditions_in_words(node, fr, en):
    """Each kind of condition; brackets only where they are needed."""
    found = [condition_text(condition(node), voice) for voice in voices()]
    assert [fr, en if en is not None else found[1]] == found


def test_conditions_as_lists():
    """A heading over its parts; one part alone needs no heading, but where it is excluded."""
    french, english = voices()
    assert Outline(TALL_FR) == condition_outline(condition({"all": [TALL]}), french)
    assert Outline("always") == condition_outline(None, english)
    nested = condition({"any": [{"all": [OFFICE, TALL]}, {"none": [MANY]}]})
    assert Outline(
        "Au moins une de ces conditions",
        (
            Outline("Toutes ces conditions", (Outline(OFFICE_FR), Outline(TALL_FR))),
            Outline("Aucune de ces conditions", (Outline(MANY_FR),)),
        ),
    ) == condition_outline(nested, french)
    heads = [
        each.text
        for each in (
            condition_outline(nested, english),
            *condition_outline(nested, english).parts,
        )
    ]
    assert ["At least one of these", "All of these", "None of these"] == heads


def test_a_named_group_is_said_by_its_name_and_listed_under_it():
    """A sentence names the group; the outline still gives every condition."""
    group = condition(
        {
            "any": [
                {"field": "project.use", "op": "=", "value": "retail"},
                {"field": "project.use", "op": "=", "value": "hotel"},
            ],
            "title": {"fr": "c'est un commerce ou un hôtel", "en": "it is a shop or a hotel"},
        }
    )
    (french, english) = voices()
    assert "c'est un commerce ou un hôtel" == condition_text(group, french).replace("’", "'")
    outline = condition_outline(group, english)
    assert "it is a shop or a hotel (at least one of these)" == outline.text
    assert 2 == len(outline.parts)
