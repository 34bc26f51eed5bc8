"""An article as a document: every part of it, in both languages, on the day of reading."""

import datetime as dt

import pytest

from charters import document, vocabulary
from charters.clauses import Outline
from charters.document import article_sheet, charter_sheet
from charters.loading import load_charters

NB, THIN = "\u00a0", "\u202f"
ON = dt.date(2026, 11, 1)
PARKS, SHOPS = load_charters()


def sheet_of(charter, name, *, on=ON, language="fr"):
    """Sheet of one article of a charter."""
    article = next(each for each in charter.articles if each.id == name)
    return article_sheet(article, charter, on=on, language=language)


def test_a_charter_on_a_day():
    """Title, notice, edition, day, and every article in its order."""
    sheet = charter_sheet(PARKS, on=dt.date(2027, 7, 1), language="fr")
    assert "Charte des parcs industriels" == sheet.title
    assert sheet.notice.startswith(f"Charte modèle{NB}:")
    assert f"Édition {PARKS.edition}" == sheet.edition
    assert "Valeurs en vigueur au 1er juillet 2027" == sheet.day
    assert [each.id for each in PARKS.articles] == [each.id for each in sheet.articles]
    assert "Values in force on 1 July 2027" == (
        charter_sheet(PARKS, on=dt.date(2027, 7, 1), language="en").day
    )


GOLDEN = {
    "PI-02": (
        "Exige",
        f"Part de toiture solaire ou végétalisée{NB}: au moins 40{NB}% (à vérifier)",
        f"calcul{NB}: (Toiture photovoltaïque + Toiture végétalisée) / Surface de toiture",
    ),
    "PI-11a": (
        "Exige",
        (
            f"Places vélo{NB}: au moins le plus grand de (Nombre minimal de places vélo "
            f"[2{NB}places]{NB}; (Places vélo par emploi présent [0,15{NB}place par emploi] × "
            "Effectif présent simultanément, arrondi au supérieur))"
        ),
        "",
    ),
    "PI-15": (
        "Recommande",
        (
            f"Emplois par hectare de terrain{NB}: au moins la valeur du tableau selon "
            f"«{NB}Destination{NB}»"
        ),
        f"calcul{NB}: Effectif / Surface cadastrale (contenance)",
    ),
}


@pytest.mark.parametrize("name", GOLDEN)
def test_sentences_by_hand(name):
    """A share, a rounded product with a floor, and a table."""
    requirement = sheet_of(PARKS, name[:5]).requirements[0]
    verb, demand, formula = GOLDEN[name]
    assert (verb, (demand,), (formula,)) == (
        requirement.verb,
        requirement.demands,
        requirement.formulas,
    )
    assert f"Sinon{NB}: non conforme" == requirement.otherwise


def test_an_indicator_only_gives_a_reference():
    """It never fails; English beside it."""
    requirement = sheet_of(SHOPS, "CH-09", language="en").requirements[0]
    assert "Gives as a reference" == requirement.verb
    assert ("Share of vacant units in town centres: at most 7.5% (to check)",) == (
        requirement.demands
    )
    assert "Otherwise: to discuss" == requirement.otherwise


def test_a_rule_that_calls_for_an_examination():
    """What is not met is investigated, as the data say."""
    (requirement,) = sheet_of(PARKS, "PI-18", language="en").requirements[1:2]
    assert "Otherwise: to investigate" == requirement.otherwise


def test_the_rule_says_what_the_judge_does():
    """Wherever an example is decided and not met, the outcome is the one that the sheet names."""
    words = {"non_compliant": "non-compliant", "to_discuss": "to discuss"}
    seen = set()
    for charter in (PARKS, SHOPS):
        for article in charter.articles:
            sheet = article_sheet(article, charter, on=ON, language="en")
            said = {each.id: each.otherwise for each in sheet.requirements}
            for example in sheet.examples:
                if example.outcome in words:
                    assert f"Otherwise: {words[example.outcome]}" == said[example.requirement]
                    seen.add(example.outcome)
    assert set(words) == seen


def test_ways_out_with_their_document():
    """The condition, the document and the source."""
    requirement = sheet_of(PARKS, "PI-02").requirements[0]
    assert (
        f"Sans objet si Surcoût de la production renouvelable, en part des travaux{NB}: "
        f"plus de 15{NB}%, sur la foi du document «{NB}Étude technico-économique{NB}» "
        "[CCH-L171-4-COST]"
    ) == requirement.exceptions[0]
    assert len(requirement.exceptions) == 3


def test_facts_with_unit_origin_and_precision(monkeypatch):
    """A declared figure is exact; a measured one has layers, a tolerance, and says its inputs."""
    (requirement,) = sheet_of(PARKS, "PI-18").requirements[1:2]
    (fact,) = requirement.facts
    assert ("m²", f"±{NB}1{NB}m²", "") == (fact.unit, fact.tolerance, fact.reads)
    assert fact.origin.startswith(f"mesuré sur{NB}: ")
    declared = sheet_of(PARKS, "PI-13").requirements[0].facts
    assert {"déclaré dans le projet"} == {each.origin for each in declared}
    assert {"emplois", "oui ou non"} == {each.unit for each in declared}
    known = vocabulary.site_measures()
    changed = known["strict_flood_area_m2"].model_copy(
        update={"reads": ("day", "project.sales_area")}
    )
    monkeypatch.setattr(
        document, "site_measures", lambda: {**known, "strict_flood_area_m2": changed}
    )
    fact = sheet_of(PARKS, "PI-18").requirements[1].facts[0]
    assert f"dépend de{NB}: le jour choisi, Surface de vente" == fact.reads


def test_every_source_that_is_cited():
    """Those of the article, of its values, of its tables and of its ways out."""
    ids = {each.id for each in sheet_of(PARKS, "PI-02").sources}
    assert {"CCH-L171-4", "ARR-2023-12-19", "CCH-L171-4-COST"} == ids
    source = next(each for each in sheet_of(PARKS, "PI-02").sources if each.id == "CCH-L171-4")
    assert ("1er juillet 2023", "résumé lu") == (source.date, source.verified)
    assert {"VAUX", "MODEL"} <= {each.id for each in sheet_of(PARKS, "PI-10").sources}


def test_the_address_of_a_source(load, entry):
    """It is there where it is known."""
    for line, shown in ((", url: 'https://example.org/a'", "https://example.org/a"), ("", "")):
        sources = f"LAW: {{text: {{fr: Une loi, en: A law}}, verified: text{line}}}\n"
        (source,) = sheet_of(load(entry(), sources=sources), "XX-01").sources
        assert shown == source.url


@pytest.mark.parametrize(
    ("period", "text", "is_in_force"),
    [
        ({"from": "2020-01-01"}, "En vigueur depuis le 1er janvier 2020", True),
        ({"from": "2026-11-01"}, "En vigueur depuis le 1er novembre 2026", True),
        ({"from": "2026-11-02"}, "En vigueur à partir du 2 novembre 2026", False),
        (
            {"from": "2020-01-01", "to": "2026-11-01"},
            "En vigueur du 1er janvier 2020 au 31 octobre 2026",
            False,
        ),
        (
            {"from": "2020-01-01", "to": "2026-11-02"},
            "En vigueur du 1er janvier 2020 au 1er novembre 2026",
            True,
        ),
    ],
)
def test_periods(load, entry, period, text, is_in_force):
    """The last day on which an article is in force is said, not the day after."""
    sheet = sheet_of(load(entry(in_force=period)), "XX-01")
    assert (text, is_in_force) == (sheet.period, sheet.is_in_force)


def test_what_always_applies(load, entry):
    """No condition is « toujours »; a recommendation recommends."""
    (requirement,) = sheet_of(load(entry(severity="recommended")), "XX-01").requirements
    assert (Outline("toujours"), "Recommande") == (requirement.applies, requirement.verb)
    assert ("Hauteur",) == requirement.levers
    assert "Engagement de la charte · recommandé" == requirement.nature
