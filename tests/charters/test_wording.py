"""What is read is what runs: sentences made from the data, in French and in English."""

import re

import pytest
from pydantic import TypeAdapter

from charters import model
from charters.loading import load_charters
from charters.wording import (
    CHARTER_OUTCOMES,
    KINDS,
    OUTCOMES,
    SEVERITIES,
    article_text,
    condition_text,
    demand_text,
    quantity_text,
    remedy_text,
    requirement_text,
    said,
    value_text,
    word_text,
)
from geodata.language import Text

ARTICLES = [(charter, article) for charter in load_charters() for article in charter.articles]
PARAMETERS = TypeAdapter(dict[str, model.Parameter]).validate_python(
    {
        "most": {"unit": "m", "values": [{"from": "2020-01-01", "value": 11, "source": "A"}]},
        "share": {
            "unit": "%",
            "values": [
                {"from": "2027-07-02", "value": 50, "source": "A"},
                {"from": "2024-03-05", "value": 30, "source": "A"},
            ],
        },
    }
)
HEIGHT, STAFF = {"field": "project.height"}, {"field": "project.staff"}
NB, THIN = "\u00a0", "\u202f"


@pytest.mark.parametrize(
    ("value", "unit", "fr", "en"),
    [
        (1200, "m2", f"1{THIN}200{NB}m²", f"1,200{NB}m²"),
        (1234.5, "m2", f"1{THIN}234{NB}m²", f"1,234{NB}m²"),
        (123.46, "m2", f"123,5{NB}m²", f"123.5{NB}m²"),
        (12.344, "m", f"12,34{NB}m", f"12.34{NB}m"),
        (0.275, "%", f"27,5{NB}%", "27.5%"),
        (1, "%", f"100{NB}%", "100%"),
        (0, "space", f"0{NB}place", f"0{NB}spaces"),
        (1, "space", f"1{NB}place", f"1{NB}space"),
        (1.5, "space", f"1,5{NB}place", f"1.5{NB}spaces"),
        (2, "space", f"2{NB}places", f"2{NB}spaces"),
        (0.006, "job/ha", f"60{NB}emplois/ha", f"60{NB}jobs/ha"),
        (0.033, "space/100m2", f"3,3{NB}places pour 100 m²", f"3.3{NB}spaces per 100 m²"),
        (-12.5, "m", f"-12,5{NB}m", f"-12.5{NB}m"),
        (3, "1", "3", "3"),
        (1, "bool", "oui", "yes"),
        (0, "bool", "non", "no"),
    ],
)
def test_quantities(value, unit, fr, en):
    """Separators, units, plurals and precision of each language."""
    assert fr == quantity_text(value, unit, "fr")
    assert en == quantity_text(value, unit, "en")


def test_the_colon_of_each_language():
    """French has a space that does not break before it."""
    assert (f"Tête{NB}: reste", "Head: reste") == (
        said(Text("Tête", "Head"), "reste", "fr"),
        said(Text("Tête", "Head"), "reste", "en"),
    )


@pytest.mark.parametrize(
    ("op", "fr", "en"),
    [
        (">=", "au moins 3", "at least 3"),
        (">", "plus de 3", "more than 3"),
        ("<=", "au plus 3", "at most 3"),
        ("<", "moins de 3", "less than 3"),
        ("=", "3", "3"),
    ],
)
def test_demands(op, fr, en):
    """Each comparator in words."""
    assert (fr, en) == (demand_text(op, "3", "fr"), demand_text(op, "3", "en"))


def test_words_by_the_fact_that_holds_them():
    """Health is a use and a cluster; an id that has no name stays."""
    assert "Santé et action sociale" == word_text("health", "project.use").fr
    assert "Santé" == word_text("health", "project.cluster").fr
    assert "Santé" == word_text("health", "site.zone_theme").fr
    assert "Station district" == word_text("station", "site.zone_theme").en
    assert Text("sector-south", "sector-south") == word_text("sector-south")
    assert Text("aucun", "none") == word_text("none", "site.zone_theme")


@pytest.mark.parametrize(
    ("node", "fr", "en"),
    [
        (HEIGHT, "Hauteur", "Height"),
        ({"parameter": "most"}, f"11{NB}m", f"11{NB}m"),
        (
            {"parameter": "share"},
            f"50{NB}% (depuis le 2 juillet 2027)",
            "50% (since 2 July 2027)",
        ),
        (
            {"table": "densities", "key": "project.use"},
            "table densities selon Destination",
            "table densities by Use",
        ),
        ({"sum": [HEIGHT, STAFF]}, "(Hauteur + Effectif)", "(Height + Staff)"),
        ({"product": [HEIGHT, STAFF]}, "(Hauteur × Effectif)", "(Height × Staff)"),
        ({"difference": [HEIGHT, STAFF]}, "(Hauteur − Effectif)", "(Height − Staff)"),
        ({"quotient": [HEIGHT, STAFF]}, "(Hauteur / Effectif)", "(Height / Staff)"),
        ({"sum": [HEIGHT]}, "Hauteur", "Height"),
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
        ({"ceil": HEIGHT}, "Hauteur (arrondi au supérieur)", "Height (rounded up)"),
        ({"same": [HEIGHT, STAFF]}, "(Hauteur = Effectif)", "(Height = Staff)"),
    ],
)
def test_values_in_words(node, fr, en):
    """Each operator, and dated values with the day of the last one."""
    value = TypeAdapter(model.Value).validate_python(node)
    assert (fr, en) == (value_text(value, PARAMETERS, "fr"), value_text(value, PARAMETERS, "en"))


OFFICE = {"field": "project.use", "op": "=", "value": "office"}
TALL = {"field": "project.height", "op": ">", "value": {"parameter": "most"}}
MANY_FR = f"Effectif{NB}: au moins 20{NB}emplois"
MANY = {"field": "project.staff", "op": ">=", "value": 20, "unit": "job"}


@pytest.mark.parametrize(
    ("node", "fr", "en"),
    [
        (None, "toujours", "always"),
        (OFFICE, f"Destination{NB}: Bureau", "Use: Office"),
        (TALL, f"Hauteur{NB}: plus de 11{NB}m", f"Height: more than 11{NB}m"),
        (MANY, MANY_FR, f"Staff: at least 20{NB}jobs"),
        (
            {"field": "project.mobility_plan", "op": "=", "value": True, "unit": "bool"},
            f"Plan de mobilité employeur (ou accord){NB}: oui",
            "Employer mobility plan (or agreement): yes",
        ),
        (
            {"field": "project.use", "in": ["office", "hotel"]},
            "Destination parmi (Bureau, Hôtel)",
            "Use among (Office, Hotel)",
        ),
        (
            {"field": "project.use", "not_in": ["hotel"]},
            "Destination autre que (Hôtel)",
            "Use other than (Hotel)",
        ),
        (
            {"field": "site.zone_share", "between": [30, 40], "unit": "%"},
            f"Part du site dans la zone de 30{NB}% à 40{NB}%",
            "Share of the site in the zone from 30% to 40%",
        ),
        (
            {"all": [OFFICE, TALL]},
            f"Destination{NB}: Bureau et Hauteur{NB}: plus de 11{NB}m",
            f"Use: Office and Height: more than 11{NB}m",
        ),
        (
            {"any": [{"all": [OFFICE, TALL]}, MANY]},
            f"(Destination{NB}: Bureau et Hauteur{NB}: plus de 11{NB}m) ou {MANY_FR}",
            f"(Use: Office and Height: more than 11{NB}m) or Staff: at least 20{NB}jobs",
        ),
        (
            {"none": [OFFICE, TALL]},
            f"ni (Destination{NB}: Bureau ou Hauteur{NB}: plus de 11{NB}m)",
            f"neither (Use: Office or Height: more than 11{NB}m)",
        ),
    ],
)
def test_conditions_in_words(node, fr, en):
    """Each kind of condition; brackets only where they are needed."""
    condition = None if node is None else TypeAdapter(model.Condition).validate_python(node)
    assert fr == condition_text(condition, PARAMETERS, "fr")
    assert en == condition_text(condition, PARAMETERS, "en")


def test_a_requirement_in_words(load, entry):
    """Of whom it is demanded, and what."""
    ((_, always),) = load(entry()).requirements
    expected = f"S'applique toujours. Exige{NB}: Hauteur{NB}: au plus 11{NB}m."
    assert expected == requirement_text(always, "fr")
    ((_, some),) = load(entry(applies_when=MANY)).requirements
    expected = f"Applies if: Staff: at least 20{NB}jobs. Demands: Height: at most 11{NB}m."
    assert expected == requirement_text(some, "en")


def test_alternatives_in_words():
    """PI-09: three ways, each with its distance."""
    requirement = next(each for _, each in load_charters()[0].requirements if each.id == "PI-09")
    text = requirement_text(requirement, "en")
    assert 2 == text.count("; or else ")
    assert f"nearest railway station: at most 500{NB}m." in text


def test_an_article_as_a_document(load, entry):
    """Title, period, nature, demand, dated values with their source and doubt, remedy, sources."""
    article = load(
        entry(
            parameters={
                "most": {
                    "unit": "m",
                    "values": [
                        {"from": "2020-01-02", "value": 12, "source": "LAW"},
                        {
                            "from": "2026-07-02",
                            "value": 11,
                            "source": "LAW",
                            "confidence": "to_check",
                        },
                    ],
                }
            },
            in_force={"from": "2020-01-02"},
            note={"fr": "Une note.", "en": "A note."},
        )
    )
    lines = article_text(article.articles[0], article, "fr").splitlines()
    assert [
        "XX-01 · Article inventé",
        "En vigueur depuis le 2 janvier 2020.",
        "",
        "XX-01 · Article inventé (Engagement de la charte · Obligatoire)",
        f"S'applique toujours. Exige{NB}: Hauteur{NB}: au plus 11{NB}m (depuis le 2 juillet 2026).",
        f"  à partir du 2 janvier 2020{NB}: 12{NB}m [LAW]",
        f"  à partir du 2 juillet 2026{NB}: 11{NB}m [LAW] (à vérifier)",
        f"À faire{NB}: Réduire de ….",
        "",
        "Une note.",
        "",
        "Sources",
        "- LAW: Une loi",
    ] == lines
    english = article_text(article.articles[0], article, "en")
    assert "XX-01 · Made-up article (Commitment of the charter · Mandatory)" in english
    assert f"  from 2 July 2026: 11{NB}m [LAW] (to check)" in english


@pytest.mark.parametrize(("charter", "article"), ARTICLES, ids=[each.id for _, each in ARTICLES])
def test_every_article_in_both_languages(charter, article):
    """No brace, None or nan; the two languages are as long, and differ line by line."""
    texts = {language: article_text(article, charter, language) for language in ("fr", "en")}
    for text in texts.values():
        assert not re.search(r"[{}]|\b(None|nan|NaN|inf)\b|\b(project|site)\.", text)
    french, english = (text.splitlines() for text in texts.values())
    assert len(french) == len(english)
    for one, other in zip(french, english, strict=True):
        assert one != other or one in ("", "Sources")


@pytest.mark.parametrize("words", [OUTCOMES, CHARTER_OUTCOMES, KINDS, SEVERITIES])
def test_names_of_outcomes_kinds_and_severities(words):
    """Each has two names."""
    assert all(text.fr.strip() and text.en.strip() for text in words.values())
    assert len({text.fr for text in words.values()}) == len(words)
    assert len({text.en for text in words.values()}) == len(words)


def test_an_article_names_what_it_shows(load, entry):
    """By title; the remedy keeps its places open."""
    title = {"fr": "Étages", "en": "Storeys"}
    shown = {"storeys": {"title": title, "value": {"field": "project.height"}, "unit": "m"}}
    remedy = {"fr": "Ôter {missing} de {storeys}.", "en": "Take {missing} off {storeys}."}
    charter = load(entry(shown=shown, remedy=remedy))
    assert (
        "Also says: Storeys (Height)."
        in article_text(charter.articles[0], charter, "en").splitlines()
    )
    assert "Take … off …." == remedy_text(charter.articles[0].requirements[0], "en")
