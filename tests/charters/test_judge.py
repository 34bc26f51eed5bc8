"""The judge: outcomes, kinds, alternatives, exceptions, days and tolerances."""

import numpy as np
import pytest

from charters.judge import Outcome, judge, weigh
from charters.loading import load_charters

DAY = np.array(["2026-11-01"], "datetime64[D]")
STOPS = [
    {
        "measure": {"name": name, "value": {"field": f"site.{name}"}, "unit": "m"},
        "requirement": {"op": "<=", "threshold": {"parameter": reach}},
    }
    for name, reach in (("bus_stop_distance_m", "bus"), ("bhns_stop_distance_m", "fast"))
]
REACHES = {
    name: {"unit": "m", "values": [{"from": "2020-01-01", "value": reach, "source": "LAW"}]}
    for name, reach in (("bus", 300), ("fast", 500))
}


def test_the_words_of_outcomes():
    """The worst comes last; the words are those of files."""
    expected = ["not_applicable", "compliant", "to_discuss", "to_investigate", "non_compliant"]
    assert expected == [each.key for each in sorted(Outcome)]


def test_no_site_at_all(load, entry, facts):
    """No site, no verdict: the codes have a column per requirement and no row."""
    charter = load(entry(), entry(id="XX-02"))
    assert (0, 2) == judge(charter, facts(), on=DAY, sites=0).codes.shape
    empty = facts({"project.height": []})
    assert (0, 2) == judge(charter, empty, on=DAY, sites=0).codes.shape


def test_no_article_at_all(load, facts):
    """An empty charter has no column."""
    assert (3, 0) == judge(load(), facts(), on=DAY, sites=3).codes.shape


@pytest.mark.parametrize(
    ("height", "expected"),
    [(10, "compliant"), (11, "compliant"), (11.01, "non_compliant"), (None, "to_investigate")],
)
def test_one_requirement(load, entry, outcomes, height, expected):
    """At most 11 m: below, at, above, not given."""
    assert [[expected]] == outcomes(load(entry()), {"project.height": height})


@pytest.mark.parametrize(
    ("kind", "if_not_met", "expected"),
    [
        ("legal", None, "non_compliant"),
        ("commitment", None, "non_compliant"),
        ("indicator", None, "to_discuss"),
        ("legal", "to_investigate", "to_investigate"),
        ("indicator", "to_investigate", "to_discuss"),
    ],
)
@pytest.mark.parametrize("severity", ["mandatory", "recommended", "information"])
def test_what_a_failure_is_called(load, entry, outcomes, kind, if_not_met, severity, expected):
    """An indicator is never a failure; the severity does not change the outcome."""
    charter = load(entry(kind=kind, severity=severity, if_not_met=if_not_met))
    assert [[expected]] == outcomes(charter, {"project.height": 12})
    assert [["compliant"]] == outcomes(charter, {"project.height": 9})
    assert [["to_investigate"]] == outcomes(charter, {})


@pytest.mark.parametrize(
    ("use", "expected"),
    [("office", "compliant"), ("hotel", "not_applicable"), (None, "to_investigate")],
)
def test_a_condition(load, entry, outcomes, use, expected):
    """Where it is not known whether an article applies, that is to be found out."""
    charter = load(entry(applies_when={"field": "project.use", "in": ["office"]}))
    assert [[expected]] == outcomes(charter, {"project.use": use, "project.height": 10})


@pytest.mark.parametrize(
    ("opinion", "expected"),
    [
        ("favourable", "not_applicable"),
        ("unfavourable", "non_compliant"),
        (None, "non_compliant"),
    ],
)
def test_a_way_out_needs_its_datum(load, entry, outcomes, opinion, expected):
    """An exception applies only where it is given, never by default."""
    way_out = {
        "when": {"field": "project.committee_opinion", "op": "=", "value": "favourable"},
        "document": {"fr": "Avis", "en": "Opinion"},
        "source": "LAW",
    }
    charter = load(entry(exceptions=[way_out]))
    given = {"project.height": 12, "project.committee_opinion": opinion}
    assert [[expected]] == outcomes(charter, given)


def test_a_way_out_written_as_a_negation(load, entry, outcomes):
    """« Not unfavourable » is not true of an opinion that is not given."""
    way_out = {
        "when": {"field": "project.committee_opinion", "not_in": ["unfavourable", "awaited"]},
        "document": {"fr": "Avis", "en": "Opinion"},
        "source": "LAW",
    }
    assert [["non_compliant"]] == outcomes(
        load(entry(exceptions=[way_out])), {"project.height": 12}
    )


@pytest.mark.parametrize(
    ("bus", "fast", "expected"),
    [
        (250, None, "compliant"),
        (None, 450, "compliant"),
        (350, 450, "compliant"),
        (350, 600, "non_compliant"),
        (350, None, "to_investigate"),
        (None, 600, "to_investigate"),
        (None, None, "to_investigate"),
    ],
)
def test_alternatives(load, entry, outcomes, bus, fast, expected):
    """One that is met is enough; as long as one is not known, nothing has failed."""
    charter = load(
        entry(measure=None, requirement=None, levers=None, any_of=STOPS, parameters=REACHES)
    )
    given = {"site.bus_stop_distance_m": bus, "site.bhns_stop_distance_m": fast}
    assert [[expected]] == outcomes(charter, given)


@pytest.mark.parametrize(
    ("bus", "fast", "best", "margin"),
    [
        (100, 450, 0, 200),  # two thirds of 300 m left, against a tenth of 500 m
        (290, 300, 1, 200),
        (345, 560, 1, -60),  # 15 % too far, against 12 %
        (350, 600, 0, -50),
        (500, 510, 1, -10),
    ],
)
def test_the_alternative_reported_has_the_best_margin(load, entry, facts, bus, fast, best, margin):
    """Among those met, or those failed, the one with most room for its threshold."""
    charter = load(
        entry(measure=None, requirement=None, levers=None, any_of=STOPS, parameters=REACHES)
    )
    article, requirement = charter.requirements[0]
    given = facts({"site.bus_stop_distance_m": bus, "site.bhns_stop_distance_m": fast})
    weighing = weigh(article, requirement, given, tables={}, on=DAY)
    assert (best, margin) == (weighing.alternative[0], weighing.margin[0])


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2021-12-31", "not_applicable"),
        ("2022-01-01", "to_investigate"),
        ("2022-12-31", "to_investigate"),
        ("2023-01-01", "compliant"),
        ("2023-12-31", "compliant"),
        ("2024-01-01", "non_compliant"),
        ("2024-12-31", "non_compliant"),
        ("2025-01-01", "not_applicable"),
    ],
)
def test_the_day_before_on_and_after(load, entry, outcomes, day, expected):
    """In force in 2022-2024; no value in 2022, at most 11 m in 2023, 9 m from 2024."""
    values = [
        {"from": "2023-01-01", "value": 11, "source": "LAW"},
        {"from": "2024-01-01", "value": 9, "source": "LAW"},
    ]
    charter = load(
        entry(
            in_force={"from": "2022-01-01", "to": "2025-01-01"},
            parameters={"most": {"unit": "m", "values": values}},
            examples=[{"on": "2021-01-01", "given": {}, "expect": {"outcome": "not_applicable"}}],
        )
    )
    assert [[expected]] == outcomes(charter, {"project.height": 10}, on=day)


def test_a_day_per_site(load, entry, outcomes):
    """Dossiers filed on different days are judged together."""
    days = ["2019-12-31", "2020-01-01"]
    found = outcomes(load(entry()), {"project.height": 10}, on=days, sites=2)
    assert [["not_applicable", "compliant"]] == found


@pytest.fixture
def reach(load, entry):
    """Charter whose one article wants a bus stop within 300 m."""
    return load(entry(**STOPS[0], levers=None, parameters=REACHES))


@pytest.mark.parametrize(
    ("distance", "expected"),
    [
        (294.9, "compliant"),
        (295, "compliant"),
        (295.1, "to_investigate"),
        (300, "to_investigate"),
        (304.9, "to_investigate"),
        (305, "non_compliant"),
        (305.1, "non_compliant"),
    ],
)
def test_a_measured_value_near_its_threshold(reach, outcomes, distance, expected):
    """300 m measured to ± 5 m: inside the tolerance nothing is settled, at its end it is."""
    found = outcomes(
        reach,
        {"site.bus_stop_distance_m": distance},
        tolerance={"site.bus_stop_distance_m": 5},
    )
    assert [[expected]] == found


def test_a_share_just_at_its_tolerance(load, entry, outcomes):
    """11 % ± 1 % is settled against 10 %, whatever 0.11 − 0.10 is in binary."""
    charter = load(
        entry(
            measure={"name": "s", "value": {"field": "site.zone_share"}, "unit": "%"},
            requirement={"op": ">=", "threshold": {"parameter": "least"}},
            parameters={
                "least": {
                    "unit": "%",
                    "values": [{"from": "2020-01-01", "value": 10, "source": "LAW"}],
                }
            },
            levers=None,
        )
    )
    shares = [0.09, 0.095, 0.10, 0.105, 0.11]
    found = outcomes(
        charter, {"site.zone_share": shares}, sites=5, tolerance={"site.zone_share": 0.01}
    )
    doubt = ["to_investigate"] * 3
    assert [["non_compliant", *doubt, "compliant"]] == found


def test_a_declared_figure_has_no_tolerance(load, entry, outcomes):
    """One centimetre too high is too high."""
    found = outcomes(load(entry()), {"project.height": [11.0, 11.01]}, sites=2)
    assert [["compliant", "non_compliant"]] == found


def test_a_measured_condition_near_its_bound(outcomes):
    """PI-10 near 500 m from a BHNS stop: neither ceiling is known to apply."""
    given = {
        "project.use": "office",
        "project.parking_spaces": 50,
        "project.floor_area": 2000,
        "site.fast_transit_distance_m": [490, 497, 503, 510],
    }
    tolerance = {"site.fast_transit_distance_m": 5}
    charter = load_charters()[0]
    found = outcomes(charter, given, sites=4, tolerance=tolerance)
    ids = [each.id for _, each in charter.requirements]
    doubt = ["to_investigate"] * 2
    # 2.5 spaces per 100 m²: at most 3.3 far away, 2.31 near
    assert ["not_applicable", *doubt, "compliant"] == found[ids.index("PI-10a")]
    assert ["non_compliant", *doubt, "not_applicable"] == found[ids.index("PI-10b")]


def test_a_table_without_the_row(outcomes):
    """CH-02: the south may grow by 10 %, no other sector has a ceiling in the table."""
    charter = load_charters()[1]
    given = {
        "project.use": "retail",
        "project.sales_area": [2000, 2001, 2000, 2000],
        "site.commercial_sector": ["sector-south", "sector-south", "sector-north", None],
        "site.commercial_sector_kind": "periphery",
        "site.sector_sales_area_m2": 20_000,
        "site.sector_reference_area_m2": 20_000,
    }
    found = outcomes(charter, given, sites=4)
    ids = [each.id for _, each in charter.requirements]
    expected = ["compliant", "non_compliant", "to_investigate", "to_investigate"]
    assert expected == found[ids.index("CH-02")]


def test_a_division_by_zero_is_to_be_investigated(outcomes):
    """PI-16 on a site without area: nothing is compliant, nothing fails."""
    charter = load_charters()[0]
    found = outcomes(charter, {"project.footprint": 500, "site.contenance_m2": [0, 1000]}, sites=2)
    ids = [each.id for _, each in charter.requirements]
    assert ["to_investigate", "compliant"] == found[ids.index("PI-16a")]


def test_rounding_up_in_a_threshold(outcomes):
    """PI-11a: 15 % of 40 is 6, of 41 is 7; never less than 2."""
    charter = load_charters()[0]
    given = {
        "project.use": "office",
        "project.parking_spaces": 20,
        "project.staff_present": [40, 41, 5, 5],
        "project.bike_spaces": [6, 6, 1, 2],
    }
    found = outcomes(charter, given, sites=4)
    ids = [each.id for _, each in charter.requirements]
    expected = ["compliant", "non_compliant", "non_compliant", "compliant"]
    assert expected == found[ids.index("PI-11a")]


def test_several_requirements_are_judged_apart(outcomes):
    """PI-12 by hand: 20 % pre-wired, one charge point from 11 spaces, two above 200."""
    charter = load_charters()[0]
    given = {
        "project.parking_spaces": [10, 11, 200, 201],
        "project.ev_prewired_spaces": [0, 2, 40, 41],
        "project.ev_equipped_spaces": [0, 1, 0, 2],
    }
    found = outcomes(charter, given, sites=4)
    ids = [each.id for _, each in charter.requirements]
    start = ids.index("PI-12a")
    assert [
        ["not_applicable", "non_compliant", "compliant", "compliant"],
        ["not_applicable", "compliant", "non_compliant", "not_applicable"],
        ["not_applicable", "not_applicable", "not_applicable", "compliant"],
    ] == found[start : start + 3]


def test_every_outcome_kind_and_severity_occurs():
    """The packaged charters use the whole vocabulary of the house."""
    pairs = [pair for charter in load_charters() for pair in charter.requirements]
    kinds = {requirement.kind for _, requirement in pairs}
    severities = {requirement.severity for _, requirement in pairs}
    assert {"legal", "commitment", "indicator"} == kinds
    assert {"mandatory", "recommended", "information"} == severities
    expected = {each.expect.outcome for article, _ in pairs for each in article.examples}
    assert {each.key for each in Outcome} == expected


def test_many_sites_get_what_one_site_gets(facts):
    """Codes alone, and codes with what explains them, on the real charters."""
    given = {
        "project.use": ["retail", "hotel", "office", "retail", None],
        "project.sales_area": [1200, None, 40, 0, 900],
        "project.parking_area": [1600, 400, None, 1500, 9000],
        "project.parking_canopy_area": [900, None, 10, 3, 4000],
        "site.commercial_sector_kind": ["periphery", "none", None, "centre", "periphery"],
    }
    for charter in load_charters():
        whole = judge(charter, facts(given), on=DAY, sites=5)
        for site in range(5):
            one = facts({path: [values[site]] for path, values in given.items()})
            alone = judge(charter, one, on=DAY, sites=1)
            assert list(alone.codes[0]) == list(whole.codes[site])
