"""Why a requirement has its outcome, and what to do, in both languages: one test per branch."""

import re

import numpy as np
import pytest

from charters import reasons, vocabulary
from charters.examples import facts_of
from charters.facts import Missing
from charters.loading import load_charters
from charters.verdicts import read_verdicts

NB, THIN = "\u00a0", "\u202f"


@pytest.fixture(scope="session")
def verdict(facts):
    """Function that gives the verdict of one requirement for one site."""

    def build(charter, name, given=None, *, on="2026-11-01", tolerance=None):
        days = np.array([on], "datetime64[D]")
        rows = next(read_verdicts(charter, facts(given, tolerance=tolerance), on=days, sites=1))
        return next(row for row in rows if row.article == name)

    return build


def plain(text):
    """Both languages with plain spaces, so that the test is read easily."""
    return tuple(part.replace(NB, " ").replace(THIN, " ") for part in (text.fr, text.en))


PARKS, SHOPS = load_charters()
ROOF = {"project.use": "industry", "project.footprint": 1000, "project.roof_area": 1000}


def test_a_failure_with_its_gap(verdict):
    """Value, threshold, gap in points, and the remedy with the amount of the first lever."""
    given = {**ROOF, "project.roof_pv_area": 200, "project.roof_green_area": 75}
    found = verdict(PARKS, "PI-02a", given)
    assert (
        (
            "Part de toiture solaire ou végétalisée : "
            "27,5 %, pour au moins 40 % (écart : 12,5 points). "
            "Seuil en vigueur depuis le 1er juillet 2026."
        ),
        (
            "Share of solar or planted roof: 27.5%, for at least 40% (gap: 12.5 points). "
            "Threshold in force since 1 July 2026."
        ),
    ) == plain(found.reason)
    assert (
        "Ajouter 125 m² de panneaux ou de végétalisation en toiture.",
        "Add 125 m² of panels or planting on the roof.",
    ) == plain(found.remedy)
    assert [
        (
            "Toiture photovoltaïque : 325 m² au lieu de 200 m²",
            "Photovoltaic roof: 325 m² instead of 200 m²",
        ),
        ("Toiture végétalisée : 200 m² au lieu de 75 m²", "Planted roof: 200 m² instead of 75 m²"),
    ] == [plain(each.text) for each in found.changes]


def test_spaces_that_do_not_break(verdict):
    """A number never leaves its unit, nor a colon its word."""
    found = verdict(
        SHOPS,
        "CH-04",
        {
            "project.use": "retail",
            "site.commercial_sector_kind": "periphery",
            "project.smallest_unit_sales_area": 1200,
        },
    )
    assert (
        f"Surface de vente de la plus petite cellule{NB}: 1{THIN}200{NB}m², "
        f"pour au moins 300{NB}m² (marge{NB}: 900{NB}m²)."
    ) == found.reason.fr
    assert f"1,200{NB}m²" in found.reason.en


def test_compliance_with_its_margin(verdict):
    """The room left; nothing to do."""
    found = verdict(PARKS, "PI-11a", {
        "project.use": "office", "project.parking_spaces": 20,
        "project.staff_present": 40, "project.bike_spaces": 8,
    })  # fmt: skip
    assert (
        "Places vélo : 8 places, pour au moins 6 places (marge : 2 places).",
        "Bicycle spaces: 8 spaces, for at least 6 spaces (margin: 2 spaces).",
    ) == plain(found.reason)
    assert (None, ()) == (found.remedy, found.changes)


def test_a_yes_and_a_no(verdict):
    """What is there, and what would be needed."""
    staff = {"project.staff": 60}
    assert (
        "Plan de mobilité employeur (ou accord) : oui.",
        "Employer mobility plan (or agreement): yes.",
    ) == plain(verdict(PARKS, "PI-13", {**staff, "project.mobility_plan": 1}).reason)
    assert (
        "Plan de mobilité employeur (ou accord) : non, alors qu'il faut : oui.",
        "Employer mobility plan (or agreement): no, where yes is needed.",
    ) == plain(verdict(PARKS, "PI-13", {**staff, "project.mobility_plan": 0}).reason)


def test_an_indicator(verdict):
    """Outside its band there is something to discuss."""
    given = {
        "project.use": "retail",
        "site.commercial_sector_kind": "none",
        "site.centre_vacancy_share": 0.095,
        "site.shops_survey_day": "2026-06-30",
    }
    found = verdict(SHOPS, "CH-09a", given)
    assert "to_discuss" == found.outcome
    assert (
        (
            "Part de locaux vacants dans les centralités : 9,5 %, pour un repère fixé à au plus "
            "7,5 % (écart : 2 points). C'est un point à débattre, pas un refus. "
            "Relevé des commerces : 30 juin 2026."
        ),
        (
            "Share of vacant units in town centres: 9.5%, for a reference of at most 7.5% "
            "(gap: 2 points). This is a point to discuss, not a refusal. "
            "Survey of the shops: 30 June 2026."
        ),
    ) == plain(found.reason)
    assert found.remedy.fr.startswith("Débattre")


def test_a_failure_that_is_to_be_investigated(verdict):
    """A flood zone calls for an examination, with its measured area."""
    found = verdict(PARKS, "PI-18b", {"site.strict_flood_area_m2": 240})
    assert "to_investigate" == found.outcome
    head = "Area of the site in flood zones of type 1 or 2"
    assert (
        f"{head}: 240 m², for at most 0 m² (gap: 240 m²). "
        "This calls for an examination, not a refusal."
    ) == plain(found.reason)[1]
    assert found.remedy.en.startswith("Have the project examined")


def test_a_measure_within_its_tolerance(verdict):
    """Both numbers and the tolerance are said."""
    found = verdict(
        SHOPS,
        "CH-19",
        {"project.use": "hotel", "site.same_class_hotel_distance_m": 298},
        tolerance={"site.same_class_hotel_distance_m": 5},
    )
    assert (
        (
            "Distance à l'hôtel de gamme voisine (± 1 étoile) le plus proche "
            "(au 1er novembre 2026) : 298 m ± 5 m, "
            "pour au moins 300 m. L'écart (2 m) est plus petit que la précision de la mesure : "
            "elle ne permet pas de trancher."
        ),
        (
            "Distance to the nearest hotel of a similar class (± 1 star) "
            "(on 1 November 2026): 298 m ± 5 m, "
            "for at least 300 m. The gap (2 m) is smaller than the precision of the measure, "
            "which does not settle the question."
        ),
    ) == plain(found.reason)


def test_a_condition_that_does_not_hold(verdict):
    """Whom the article is about, with the threshold in force on that day."""
    office = {"project.use": "office", "project.footprint": 800}
    found = verdict(PARKS, "PI-02a", office, on="2024-06-01")
    assert "not_applicable" == found.outcome
    assert plain(found.reason)[1].endswith("and Footprint created: more than 1,000 m²).")
    later = verdict(PARKS, "PI-02a", {**office, "project.footprint": 400}, on="2025-06-01")
    assert plain(later.reason)[0].endswith("et Emprise au sol créée : plus de 500 m²).")
    assert (None, None, None) == (found.value, found.threshold, found.remedy)


def test_a_way_out_that_is_taken(verdict):
    """The document that proves it is named."""
    found = verdict(PARKS, "PI-02a", {**ROOF, "project.renewable_extra_cost": 0.16})
    assert (
        "Exempté : Étude technico-économique.",
        "Exempt: Technical and economic study.",
    ) == plain(found.reason)


def test_an_article_before_and_after_its_time(verdict, load, entry):
    """Not yet, and no longer."""
    charter = load(entry(in_force={"from": "2022-01-02", "to": "2025-01-02"}))
    assert (
        "L'article n'est pas encore en vigueur à cette date (il l'est à partir du 2 janvier 2022).",
        "The article is not yet in force on that date (it is from 2 January 2022).",
    ) == plain(verdict(charter, "XX-01", on="2022-01-01").reason)
    assert (
        (
            "L'article n'est plus en vigueur à cette date "
            "(il l'était du 2 janvier 2022 au 2 janvier 2025)."
        ),
        (
            "The article is no longer in force on that date "
            "(it was from 2 January 2022 to 2 January 2025)."
        ),
    ) == plain(verdict(charter, "XX-01", on="2025-01-02").reason)


STATION = "Straight-line distance to the nearest railway station"
GIVEN = {"project.staff": 45, "site.bus_stop_distance_m": 350, "site.bhns_stop_distance_m": 800}


@pytest.mark.parametrize(
    ("why", "fr", "en"),
    [
        (Missing.NO_LAYER, "la couche manque : Gares", "the layer is not loaded: Railway stations"),
        (
            Missing.OUTSIDE_COVERAGE,
            "aucune couche ne couvre ce lieu : Gares",
            "no layer covers this place: Railway stations",
        ),
        (
            Missing.NULL_DATUM,
            "la donnée est vide dans la couche (Gares) : Distance",
            f"the datum is empty in the layer (Railway stations): {STATION}",
        ),
        (
            Missing.COVERAGE_EDGE,
            "la couche (Gares) s'arrête trop près du site pour conclure : Distance",
            "the layer (Railway stations) stops too close to the site to conclude",
        ),
        (
            Missing.UNDEFINED,
            "la valeur ne se calcule pas ici",
            "the value cannot be computed here",
        ),
    ],
)
def test_each_reason_why_a_measure_is_missing(verdict, why, fr, en):
    """The layer is named; what to load is said."""
    found = verdict(PARKS, "PI-09a", {**GIVEN, "site.station_distance_m": why})
    assert "to_investigate" == found.outcome
    french, english = plain(found.reason)
    assert french.startswith(f"Donnée manquante : {fr}")
    assert english.startswith(f"Missing datum: {en}")
    assert plain(found.remedy)[1] == (
        f"Load a complete layer that covers the site and gives: {STATION}."
    )


def test_what_the_project_does_not_give(verdict):
    """Only what decides is asked: not the footprint, which is known, nor the way out."""
    found = verdict(PARKS, "PI-02a", {**ROOF, "project.roof_pv_area": 500})
    assert (
        "Donnée manquante : le projet ne renseigne pas : Toiture végétalisée.",
        "Missing datum: the project does not give: Planted roof.",
    ) == plain(found.reason)
    assert (
        "Renseigner dans le projet : Toiture végétalisée.",
        "Give in the project: Planted roof.",
    ) == plain(found.remedy)


def test_a_condition_that_holds_asks_for_nothing_more(verdict):
    """CH-12 applies to any hotel: its sales area is not asked for."""
    found = verdict(SHOPS, "CH-12a", {"project.use": "hotel", "site.bhns_stop_distance_m": 900})
    assert "Sales area" not in found.remedy.en


def test_an_undecided_condition(verdict):
    """What would decide it, then what the measure needs."""
    found = verdict(PARKS, "PI-12a")
    assert (
        (
            "On ne peut pas dire si l'article s'applique : "
            "le projet ne renseigne pas : Places de stationnement."
        ),
        "It cannot be said whether the article applies: the project does not give: Parking spaces.",
    ) == plain(found.reason)
    assert (
        "Give in the project: Parking spaces, Spaces pre-wired for charging."
        == (plain(found.remedy)[1])
    )


def test_a_condition_that_is_too_close(verdict):
    """Nothing is missing: the measure does not tell on which side of 200 m the site is."""
    found = verdict(
        PARKS,
        "PI-05b",
        {
            "project.heat_demand": 80,
            "project.heat_network_study": 0,
            "site.heat_main_distance_m": 201,
        },
        tolerance={"site.heat_main_distance_m": 5},
    )
    assert "to_investigate" == found.outcome
    assert (
        (
            "On ne peut pas dire si l'article s'applique : la mesure est trop proche du seuil "
            "(Distance au réseau de chaleur : 201 m ± 5 m, pour un seuil de 200 m)."
        ),
        (
            "It cannot be said whether the article applies: the measure is too close to the "
            "threshold (Distance to the heat main: 201 m ± 5 m, for a threshold of 200 m)."
        ),
    ) == plain(found.reason)
    assert "take the measure on the spot" in found.remedy.en


def test_only_the_number_that_is_too_close_is_named(verdict):
    """PI-10: the use is known, and the distance alone leaves the question open."""
    given = {"project.use": "office", "site.fast_transit_distance_m": 497}
    found = verdict(PARKS, "PI-10a", given, tolerance={"site.fast_transit_distance_m": 5})
    assert "to_investigate" == found.outcome
    assert "497 m ± 5 m, for a threshold of 500 m" in plain(found.reason)[1]
    assert "Use" not in found.reason.en


def test_an_interval_that_is_too_close(verdict, load, entry):
    """The end of an interval is a threshold too; the other end is not named."""
    between = {"field": "site.zone_share", "between": [30, 40], "unit": "%"}
    found = verdict(
        load(entry(applies_when={"none": [between]})),
        "XX-01",
        {"project.height": 9, "site.zone_share": 0.395},
        tolerance={"site.zone_share": 0.01},
    )
    assert found.reason.en.endswith(
        f"(Share of the site in the zone: 39.5% ±{NB}1{NB}points, for a threshold of 40%)."
    )


def test_a_fact_of_the_day(verdict, load, entry, monkeypatch):
    """Where a measure depends on the day, the day is said."""
    known = vocabulary.site_measures()
    dated = known["zone_share"].model_copy(update={"reads": ("day",)})
    monkeypatch.setattr(reasons, "site_measures", lambda: {**known, "zone_share": dated})
    measure = {"name": "zone_share", "value": {"field": "site.zone_share"}, "unit": "%"}
    least = {
        "least": {"unit": "%", "values": [{"from": "2020-01-01", "value": 50, "source": "LAW"}]}
    }
    charter = load(
        entry(
            measure=measure,
            requirement={"op": ">=", "threshold": {"parameter": "least"}},
            parameters=least,
            levers=None,
        )
    )
    found = verdict(charter, "XX-01", {"site.zone_share": 0.8}, on="2026-07-01")
    assert (
        "Part du site dans la zone (au 1er juillet 2026) : 80 %, pour au moins 50 % "
        "(marge : 30 points)."
    ) == plain(found.reason)[0]
    assert found.reason.en.startswith("Share of the site in the zone (on 1 July 2026): 80%")


LATER = {"most": {"unit": "m", "values": [{"from": "2028-01-01", "value": 11, "source": "LAW"}]}}


@pytest.mark.parametrize(
    "others",
    [
        {"parameters": LATER},
        {
            "parameters": LATER,
            "applies_when": {"field": "project.height", "op": ">", "value": {"parameter": "most"}},
        },
    ],
)
def test_no_value_in_force(verdict, load, entry, others):
    """Neither a threshold nor a bound that is not yet in force is invented."""
    found = verdict(load(entry(**others)), "XX-01", {"project.height": 10})
    assert "to_investigate" == found.outcome
    assert "no value is in force on that date, or for that sector: Made-up article." in (
        found.reason.en
    )
    assert "Complete the charter's value" in found.remedy.en


def test_a_sector_without_a_value(verdict):
    """CH-02 in the north: the table holds no ceiling."""
    given = {
        "project.use": "retail",
        "project.sales_area": 500,
        "site.commercial_sector": "sector-north",
        "site.commercial_sector_kind": "periphery",
        "site.sector_sales_area_m2": 21_500,
        "site.sector_reference_area_m2": 20_000,
    }
    assert "no value is in force on that date, or for that sector" in (
        verdict(SHOPS, "CH-02", given).reason.en
    )


def test_a_division_by_zero(verdict):
    """What the value would be made of is named."""
    found = verdict(PARKS, "PI-16a", {"project.footprint": 100, "site.contenance_m2": 0})
    assert "division by zero): Footprint created, Registered area." in found.reason.en


def test_the_gap_where_there_is_no_lever(verdict, load, entry):
    """Without a lever the amount is the gap itself."""
    found = verdict(load(entry(levers=None)), "XX-01", {"project.height": 12.5})
    assert ("Réduire de 1,5 m.", "Reduce by 1.5 m.") == plain(found.remedy)


def article_is_indicator(charter, name):
    """Whether a requirement is a figure for the dialogue."""
    return any(each.id == name and each.kind == "indicator" for _, each in charter.requirements)


CASES = [
    (charter, article, example)
    for charter in (PARKS, SHOPS)
    for article in charter.articles
    for example in article.examples
]


@pytest.mark.parametrize(
    ("charter", "article", "example"),
    CASES,
    ids=[f"{article.id}-{i}" for i, (_, article, _) in enumerate(CASES)],
)
def test_every_sentence_of_every_article(charter, article, example):
    """Whole sentences, no brace, no None, no nan, and two languages."""
    alone = charter.model_copy(update={"articles": (article,)})
    name = example.requirement or article.requirements[0].id
    days = np.array([example.on], "datetime64[D]")
    rows = next(read_verdicts(alone, facts_of(example.given), on=days, sites=1))
    found = next(row for row in rows if row.article == name)
    assert example.expect.outcome == found.outcome
    for text in (found.reason, found.remedy, *(each.text for each in found.changes)):
        if text is None:
            continue
        assert text.fr != text.en
        for part in (text.fr, text.en):
            assert not re.search(r"[{}]|\b(None|nan|NaN|inf)\b|\b(project|site)\.\w", part)
            assert "  " not in part
        assert not re.search(r" [:;?!»%]|« ", text.fr)
    if article_is_indicator(charter, name):
        assert "on conforme" not in found.reason.fr
    for part in (found.reason.fr, found.reason.en):
        assert part.endswith(".")
        assert part[0].isupper()


SHOWN = {
    "left": {
        "title": {"fr": "Reste", "en": "Left"},
        "value": {"difference": [{"parameter": "most"}, {"field": "project.height"}]},
        "unit": "m",
    },
    "use": {"title": {"fr": "Usage", "en": "Use"}, "value": {"field": "project.use"}},
    "sector": {
        "title": {"fr": "Secteur", "en": "Sector"},
        "value": {"field": "site.commercial_sector"},
    },
}


@pytest.mark.parametrize(
    ("given", "fr", "en"),
    [
        (
            {"project.height": 12, "project.use": "hotel"},
            "Hauteur : 12 m, pour au plus 11 m (écart : 1 m). Reste : -1 m ; Usage : Hôtel.",
            "Height: 12 m, for at most 11 m (gap: 1 m). Left: -1 m; Use: Hotel.",
        ),
        (
            {"project.height": 10, "site.commercial_sector": "2026-06-03"},
            "Hauteur : 10 m, pour au plus 11 m (marge : 1 m). Reste : 1 m ; Secteur : 3 juin 2026.",
            "Height: 10 m, for at most 11 m (margin: 1 m). Left: 1 m; Sector: 3 June 2026.",
        ),
        (
            {},
            "Donnée manquante : le projet ne renseigne pas : Hauteur.",
            "Missing datum: the project does not give: Height.",
        ),
    ],
)
def test_what_is_shown_is_said_beside_the_verdict(verdict, load, entry, given, fr, en):
    """Figures in their unit, words, days; what is not known is left out."""
    charter = load(entry(shown=SHOWN))
    assert (fr, en) == plain(verdict(charter, "XX-01", given).reason)


def test_what_is_shown_fills_the_remedy(verdict, load, entry):
    """By name; unknown, it is said to be."""
    remedy = {"fr": "Ôter {missing} : reste {left}, {sector}.", "en": "{missing} {left} {sector}"}
    found = verdict(load(entry(shown=SHOWN, remedy=remedy)), "XX-01", {"project.height": 12})
    assert ("Ôter 1 m : reste -1 m, non connu.", "1 m -1 m not known") == plain(found.remedy)


def test_a_dated_figure_fills_the_remedy(verdict, load, entry):
    """The one in force on the day."""
    values = [
        {"from": "2020-01-01", "value": 2, "source": "LAW"},
        {"from": "2026-12-01", "value": 3, "source": "LAW"},
    ]
    most = {"unit": "m", "values": [{"from": "2020-01-01", "value": 11, "source": "LAW"}]}
    remedy = {"fr": "Réponse sous {delay}.", "en": "Answer within {delay}."}
    charter = load(
        entry(
            parameters={"most": most, "delay": {"unit": "month", "values": values}}, remedy=remedy
        )
    )
    high = {"project.height": 12}
    assert ("Réponse sous 2 mois.", "Answer within 2 months.") == plain(
        verdict(charter, "XX-01", high).remedy
    )
    later = verdict(charter, "XX-01", high, on="2026-12-01")
    assert "Réponse sous 3 mois." == plain(later.remedy)[0]


def test_only_what_is_still_open_is_named(verdict):
    """Without a drive, nobody asks whether its shop is old; a new shop was never closed."""
    shop = {"project.use": "retail", "project.sales_area": 1600, "project.pickup_area": 0}
    found = verdict(SHOPS, "CH-06", shop)
    assert "Kind of retail operation" in found.reason.en
    assert "27 March 2014" not in found.reason.en
    settled = verdict(SHOPS, "CH-06", {**shop, "project.operation": "creation"})
    assert "closed" not in settled.reason.en
