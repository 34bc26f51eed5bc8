"""Words and figures that every sentence is made of, in French and in English."""

import pytest

from charters.vocabulary import written_unit
from charters.wording import (
    CHARTER_OUTCOMES,
    KINDS,
    OUTCOMES,
    SEVERITIES,
    VERIFIED,
    any_of_text,
    demand_text,
    fact_text,
    quantity_text,
    said,
    spread_text,
    word_text,
)
from geodata.language import Text

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
        (1.9999, "space", f"2{NB}places", f"2{NB}spaces"),
        (0.006, "job/ha", f"60{NB}emplois/ha", f"60{NB}jobs/ha"),
        (0.033, "space/100m2", f"3,3{NB}places pour 100{NB}m²", f"3.3{NB}spaces per 100{NB}m²"),
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


def test_a_demand_without_a_figure_is_still_french():
    """« de » before « une » loses its vowel."""
    assert "moins d'une valeur à venir" == demand_text("<", "une valeur à venir", "fr")
    assert "au plus une valeur à venir" == demand_text("<=", "une valeur à venir", "fr")
    assert "less than a value to come" == demand_text("<", "a value to come", "en")


def test_words_by_the_fact_that_holds_them():
    """Health is a use and a cluster; an id that has no name stays."""
    assert "Santé et action sociale" == word_text("health", "project.use").fr
    assert "Santé" == word_text("health", "project.cluster").fr
    assert "Santé" == word_text("health", "site.zone_theme").fr
    assert "Station district" == word_text("station", "site.zone_theme").en
    assert Text("sector-south", "sector-south") == word_text("sector-south")
    assert Text("aucun", "none") == word_text("none", "site.zone_theme")


def test_differences_of_shares_are_points():
    """Two shares differ by points; anything else by its own unit."""
    assert (f"12,5{NB}points", f"12.5{NB}points") == (
        spread_text(0.125, "%", "fr"),
        spread_text(0.125, "%", "en"),
    )
    assert f"1{NB}point" == spread_text(0.01, "%", "fr")
    assert f"2{NB}points" == spread_text(0.12 - 0.1, "%", "fr")  # 1.999… as the machine has it
    assert f"3{NB}m" == spread_text(3, "m", "en")


def test_choices():
    """The last word is joined otherwise."""
    assert "A" == any_of_text(["A"], "fr")
    assert ("A, B ou C", "A, B or C") == tuple(any_of_text("ABC", each) for each in ("fr", "en"))


@pytest.mark.parametrize(
    ("path", "value", "unit", "fr"),
    [
        ("project.use", "office", "bool", "Bureau"),
        ("project.roof_area", 1200, "m2", f"1{THIN}200{NB}m²"),
        ("project.renewable_extra_cost", 16, "%", f"16{NB}%"),
        ("project.mobility_plan", True, "bool", "oui"),
        ("project.stars", 3, "1", "3"),
        ("site.zone_share", 0.4, "%", f"40{NB}%"),
        ("site.station_distance_m", 12.5, "m", f"12,5{NB}m"),
    ],
)
def test_facts_as_files_give_them(path, value, unit, fr):
    """Each in the unit of its own catalogue; a share of a site is shown in per cent."""
    assert unit == written_unit(path)
    assert fr == fact_text(path, value, "fr")


@pytest.mark.parametrize("words", [OUTCOMES, CHARTER_OUTCOMES, KINDS, SEVERITIES, VERIFIED])
def test_names_of_outcomes_kinds_and_severities(words):
    """Each has two names."""
    assert all(text.fr.strip() and text.en.strip() for text in words.values())
    assert len({text.fr for text in words.values()}) == len(words)
    assert len({text.en for text in words.values()}) == len(words)
