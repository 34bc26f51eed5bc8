"""What every article must carry, and what the two charters together must exercise."""

import itertools
import re

import numpy as np
import pytest
from pydantic import BaseModel

from charters import model
from charters.examples import facts_of, verdict_of
from charters.facts import Column, Missing
from charters.figures import parameter_title
from charters.judge import Outcome, judge, weigh
from charters.loading import load_charters
from charters.tree import conditions_of, fields_of_value, parts_of, requirement_fields
from charters.units import unit
from charters.vocabulary import fact_unit, is_word, site_measures
from geodata.language import Text

ARTICLES = [(charter, article) for charter in load_charters() for article in charter.articles]
IDS = [article.id for _, article in ARTICLES]
SAME_IN_BOTH = {"Vocation"}
REQUIREMENTS = [pair for charter in load_charters() for pair in charter.requirements]


@pytest.mark.parametrize(("charter", "article"), ARTICLES, ids=IDS)
def test_an_article_is_complete(charter, article):
    """A source, four examples, one without its datum and one outside its scope."""
    assert article.sources
    assert set(article.sources) <= set(charter.sources)
    assert len(article.examples) >= 4
    outcomes = [example.expect.outcome for example in article.examples]
    assert "compliant" in outcomes
    assert "to_investigate" in outcomes
    assert "not_applicable" in outcomes
    assert {"non_compliant", "to_discuss", "to_investigate"} & set(outcomes)
    assert any(example.expect.margin is not None for example in article.examples)


def texts_of(node, path=""):
    """Every bilingual text inside a model, with where it is."""
    if isinstance(node, Text):
        yield path, node
    elif isinstance(node, BaseModel):
        for name in type(node).model_fields:
            yield from texts_of(getattr(node, name), f"{path}.{name}")
    elif isinstance(node, tuple | list):
        for number, each in enumerate(node):
            yield from texts_of(each, f"{path}[{number}]")
    elif isinstance(node, dict):
        for name, each in node.items():
            yield from texts_of(each, f"{path}.{name}")


@pytest.mark.parametrize("charter", load_charters(), ids=lambda each: each.id)
def test_everything_is_translated(charter):
    """Both languages, not the same, and the same places to fill."""
    found = list(texts_of(charter))
    assert len(found) > 50
    for path, text in found:
        assert text.fr.strip(), path
        assert text.en.strip(), path
        assert text.fr != text.en or text.fr in SAME_IN_BOTH, path
        places = [sorted(re.findall(r"\{(\w*)\}", part)) for part in text]
        assert places[0] == places[1], path


@pytest.mark.parametrize(("charter", "article"), ARTICLES, ids=IDS)
def test_the_law_cites_a_text(charter, article):
    """A reminder of the law cites a dated text, and not only this model's own proposals."""
    if any(each.kind == "legal" for each in article.requirements):
        cited = [charter.sources[name] for name in article.sources]
        assert any(each.verified != "model" and each.date is not None for each in cited)


@pytest.mark.parametrize(("charter", "article"), ARTICLES, ids=IDS)
def test_a_value_of_the_model_is_to_be_checked(charter, article):
    """What this model proposes, or quotes from memory, is never called checked."""
    values = [
        value
        for each in article.requirements
        for parameter in each.parameters.values()
        for value in parameter.values
    ]
    for value in values:
        if charter.sources[value.source].verified in ("model", "memory"):
            assert "to_check" == value.confidence


def test_tables_of_the_model_are_to_be_checked():
    """The same for the rows of tables."""
    for charter in load_charters():
        for table in charter.tables.values():
            for row in table.rows:
                if charter.sources[row.source].verified in ("model", "memory"):
                    assert "to_check" == row.confidence


def test_indicators_never_fail():
    """No example of an indicator expects a failure."""
    for article, requirement in REQUIREMENTS:
        if requirement.kind == "indicator":
            outcomes = {
                each.expect.outcome
                for each in article.examples
                if (each.requirement or article.requirements[0].id) == requirement.id
            }
            assert "non_compliant" not in outcomes


def test_every_source_is_cited():
    """A source that nothing cites is taken out of the list."""
    cited = set()
    for charter in load_charters():
        for article in charter.articles:
            cited |= set(article.sources)
            for each in article.requirements:
                cited |= {way_out.source for way_out in each.exceptions}
                cited |= {value.source for one in each.parameters.values() for value in one.values}
        cited |= {row.source for table in charter.tables.values() for row in table.rows}
    assert set() == set(load_charters()[0].sources) - cited


def test_every_table_is_read():
    """A table that no article reads is taken away."""
    for charter in load_charters():
        read = {
            node.table
            for _, each in charter.requirements
            for alternative in each.any_of
            for value in (alternative.measure.value, alternative.requirement.threshold)
            for node in nodes_of(value)
            if isinstance(node, model.TableValue)
        }
        assert set(charter.tables) == read


def nodes_of(node):
    """A value and every value inside it."""
    yield node
    for part in parts_of(node):
        yield from nodes_of(part)


def all_nodes():
    """Every value of every article."""
    for _, requirement in REQUIREMENTS:
        for alternative in requirement.any_of:
            yield from nodes_of(alternative.measure.value)
            yield from nodes_of(alternative.requirement.threshold)


def test_the_forty_articles():
    """Twenty articles per charter, each once, in their order."""
    wanted = [f"{name}-{number:02}" for name in ("PI", "CH") for number in range(1, 21)]
    assert wanted == IDS


def examples_of(article, requirement):
    """Examples that are about one requirement."""
    first = article.requirements[0].id
    return [each for each in article.examples if (each.requirement or first) == requirement.id]


# A drive needs the authorisation whatever its size: where the row applies, it is never met.
NEVER_MET = {"CH-05g"}


@pytest.mark.parametrize(("article", "requirement"), REQUIREMENTS, ids=lambda each: each.id)
def test_each_requirement_is_exemplified(article, requirement):
    """Met, not met by so much, open for want of a datum, and outside its scope."""
    expected = [each.expect for each in examples_of(article, requirement)]
    outcomes = {each.outcome for each in expected}
    assert "not_applicable" in outcomes
    assert ("compliant" in outcomes) != (requirement.id in NEVER_MET)
    assert any(each.outcome == "to_investigate" and each.margin is None for each in expected)
    failing = {each.outcome for each in expected if each.margin is not None and each.margin < 0}
    is_indicator = requirement.kind == "indicator"
    assert {"to_discuss" if is_indicator else requirement.if_not_met} == failing


def test_the_whole_vocabulary_is_exercised():
    """Every outcome, kind and severity; several requirements; alternatives; ways out."""
    outcomes = {each.expect.outcome for _, article in ARTICLES for each in article.examples}
    expected = {"compliant", "non_compliant", "to_investigate", "to_discuss", "not_applicable"}
    assert expected == outcomes
    assert {"legal", "commitment", "indicator"} == {each.kind for _, each in REQUIREMENTS}
    severities = {each.severity for _, each in REQUIREMENTS}
    assert {"mandatory", "recommended", "information"} == severities
    assert any(len(article.requirements) > 1 for _, article in ARTICLES)
    assert any(len(each.any_of) > 1 for _, each in REQUIREMENTS)
    assert any(each.exceptions for _, each in REQUIREMENTS)
    assert any(each.levers for _, each in REQUIREMENTS)
    dated = [one for _, each in REQUIREMENTS for one in each.parameters.values()]
    assert any(len(parameter.values) > 1 for parameter in dated)


def test_the_operators_asked_for_are_exercised():
    """Distances to the nearest, shares, sectors, frontage, ratios, tables, a sector cap."""
    fields = {path for _, each in REQUIREMENTS for path in requirement_fields(each)}
    for path in (
        "site.bus_stop_distance_m",  # point to nearest
        "site.heat_perimeter_share",  # share of overlap
        "site.commercial_pole_share",
        "site.strict_flood_area_m2",
        "site.commercial_sector_kind",  # sector membership
        "site.zone_theme",
        "site.protected_frontage_m",  # frontage
    ):
        assert path in fields
    kinds = {type(node) for node in all_nodes()}
    assert {model.Quotient, model.Sum, model.Difference, model.Product} <= kinds
    assert {model.Least, model.Greatest, model.Ceiling, model.Equal, model.TableValue} <= kinds
    # the cap of a sector: its table value times a measured reference, against a measured sum
    cap = next(each for _, each in REQUIREMENTS if each.id == "CH-02").any_of[0]
    assert "site.commercial_sector" in list(fields_of_value(cap.requirement.threshold))
    assert "project.sales_area" in list(fields_of_value(cap.measure.value))


def test_every_measure_of_an_article_has_its_layers():
    """The facts that articles read are those of the catalogue of measures."""
    read = {
        path.removeprefix("site.")
        for _, each in REQUIREMENTS
        for path in requirement_fields(each)
        if path.startswith("site.")
    }
    assert read <= set(site_measures())


@pytest.mark.parametrize(("article", "requirement"), REQUIREMENTS, ids=lambda each: each.id)
def test_a_figure_inside_a_formula_has_a_title(article, requirement):
    """Alone it is the threshold or the scope; among others a number says nothing of itself."""
    trees = [
        tree
        for each in requirement.any_of
        for tree in (each.measure.value, each.requirement.threshold)
        if not isinstance(tree, model.ParameterValue)
    ]
    named = {
        node.parameter
        for tree in trees
        for node in nodes_of(tree)
        if isinstance(node, model.ParameterValue)
    }
    untitled = {name for name in named if requirement.parameters[name].title is None}
    assert (article.id, set()) == (article.id, untitled)


@pytest.mark.parametrize(("article", "requirement"), REQUIREMENTS, ids=lambda each: each.id)
def test_figures_of_a_requirement_are_told_apart(article, requirement):
    """No two dated figures are read under one name."""
    titles = [parameter_title(name, requirement) for name in requirement.parameters]
    assert (article.id, len(titles)) == (article.id, len(set(titles)))


def without(article, requirement, exemption):
    """Article whose requirement no longer has one way out, and that requirement."""
    others = tuple(each for each in requirement.exceptions if each is not exemption)
    alone = requirement.model_copy(update={"exceptions": others})
    listed = tuple(alone if each is requirement else each for each in article.requirements)
    return article.model_copy(update={"requirements": listed}), alone


@pytest.mark.parametrize(("article", "requirement"), REQUIREMENTS, ids=lambda each: each.id)
def test_each_way_out_is_exemplified(article, requirement):
    """An example that is out of scope by this exception, and by nothing else."""
    charter = next(each for each in load_charters() if each.id == article.charter)
    excused = [
        each
        for each in examples_of(article, requirement)
        if each.expect.outcome == "not_applicable"
    ]
    for exemption in requirement.exceptions:
        bare = without(article, requirement, exemption)
        found = {verdict_of(*bare, each, charter)[0] for each in excused}
        assert found - {"not_applicable"}, exemption.document.en


@pytest.mark.parametrize(("charter", "article"), ARTICLES, ids=IDS)
def test_a_decided_example_has_a_margin(charter, article):
    """Met, failed or to discuss: by how much."""
    for each in article.examples:
        is_open = each.expect.outcome in ("to_investigate", "not_applicable")
        assert is_open or each.expect.margin is not None, (charter.id, each)


# The authorisation of shops is said twice: case by case in CH-05, and as the scope of others.
AUTHORISED = ("CH-06", "CH-07a", "CH-07b", "CH-20c")
TABLE = tuple(f"CH-05{letter}" for letter in "abcdefg")
SHOPS = {each.id: (article, each) for article, each in load_charters()[1].requirements}


def scope_block(name):
    """The one condition of a requirement's scope that has a title."""
    (block,) = (each for each in SHOPS[name][1].applies_when.all if getattr(each, "title", None))
    return block


def figures_in(condition):
    """Names of the dated figures that a condition compares with."""
    if isinstance(condition, model.AllOf | model.AnyOf | model.NoneOf):
        return {name for part in conditions_of(condition) for name in figures_in(part)}
    bound = getattr(condition, "value", None)
    return {bound.parameter} if isinstance(bound, model.ParameterValue) else set()


def way_out_of_ort(name):
    """The exception of a requirement for the areas of an ORT."""
    (found,) = (each for each in SHOPS[name][1].exceptions if each.source == "CC-L752-1-1")
    return found


def shop_facts(choices, **constant):
    """Facts of one shop for every combination of the choices; None where not given."""
    facts = dict(facts_of({"project.use": "retail", **constant}))
    sites = list(itertools.product(*choices.values()))
    for path, column in zip(choices, zip(*sites, strict=True), strict=True):
        gaps = np.array([each is None for each in column])
        values = np.array(column, object)
        if not is_word(path):
            values = values.astype(np.float64) * unit(fact_unit(path)).factor
        codes = (gaps * int(Missing.NOT_GIVEN)).astype(np.int8)
        facts[path] = Column(values, codes, np.zeros(gaps.size))
    return facts, len(sites)


CHOICES = {
    "project.operation": ["creation", "extension", "sector_change", "reopening", "grouping"],
    "project.family": ["food", "mixed", "clothing"],
    "project.sales_area": [1000, 1001, 2000, 2001, 2500, 2501, 5000, 5001],
    "project.sales_area_after": [1000, 1001],
    "project.closed_for": [2.9, 3],
    "project.complex_sales_area": [0, 1000, 1001],
    "project.pickup_area": [0, 20, 21],
    "project.pickup_in_old_shop": [0, 1],
    "project.without_sealing": [0, 1],
    "site.ort_share": [0, 1],
}
# what lets the articles about authorised shops be decided, against the shop
AGAINST = {
    "project.sealed_area": 5000,
    "project.sealed_area_2021": 0,
    "site.sealed_area_2021_m2": 0,
    "project.brownfield_study": False,
    "site.brownfield_share": 0,
    "site.reusable_centre_count": 2,
    "site.reusable_periphery_count": 2,
    "site.commercial_sector_kind": "periphery",
    "site.prefect_moratorium_area_m2": 900,
}


@pytest.mark.parametrize("others", [AUTHORISED, TABLE[:6]], ids=["scopes", "table"])
def test_the_authorisation_is_written_alike(others):
    """Conditions, ways out and dated figures of the copies are those of the first."""
    first = others[0]
    ways_out = {name: way_out_of_ort(name).when for name in others}
    named = figures_in(ways_out[first])
    if others is AUTHORISED:
        blocks = {name: scope_block(name) for name in others}
        assert dict.fromkeys(others, blocks[first]) == blocks
        named |= figures_in(blocks[first])
        assert len(named) == 9
    assert dict.fromkeys(others, ways_out[first]) == ways_out
    for figure in named:
        copies = {name: SHOPS[name][1].parameters[figure] for name in others}
        assert dict.fromkeys(others, copies[first]) == copies


def test_the_table_excuses_the_ort_as_the_scopes_do():
    """The exception of CH-05 and CH-10; the others add that no drive needs the authorisation."""
    table, scope = way_out_of_ort("CH-05a").when, way_out_of_ort("CH-06").when
    assert table.all == scope.all[:-1]
    assert table == way_out_of_ort("CH-10").when
    for figure in figures_in(table):
        values = [SHOPS[name][1].parameters[figure] for name in ("CH-05a", "CH-06", "CH-10")]
        assert values[:1] * 3 == values


@pytest.mark.parametrize(
    ("day", "names"),
    [
        ("2016-01-01", AUTHORISED[3:]),
        ("2018-11-24", AUTHORISED[3:]),
        ("2018-11-25", AUTHORISED[1:]),
        ("2026-11-01", AUTHORISED),
    ],
)
def test_the_scope_of_authorised_shops_is_the_table(day, names):
    """An article about authorised shops applies where a row of CH-05 is not met, nowhere else."""
    charter = load_charters()[1]
    facts, sites = shop_facts(CHOICES, **AGAINST)
    codes = judge(charter, facts, on=np.array([day], "datetime64[D]"), sites=sites).codes
    found = {each.id: codes[:, place] for place, (_, each) in enumerate(charter.requirements)}
    not_met = {name: found[name] == int(Outcome.TO_INVESTIGATE) for name in TABLE}
    assert all(not_met[name].any() and not not_met[name].all() for name in TABLE)
    needed = np.any(list(not_met.values()), axis=0)
    assert 0.1 < needed.mean() < 0.9
    for name in names:
        assert [] == list(np.flatnonzero((found[name] != int(Outcome.NOT_APPLICABLE)) != needed))
    # L111-19 is about new shops and new complexes alone
    created = facts["project.operation"].values == "creation"
    expected = created & (not_met["CH-05a"] | not_met["CH-05f"])
    assert list(expected) == list(found["CH-10"] != int(Outcome.NOT_APPLICABLE))


@pytest.mark.parametrize("path", CHOICES)
def test_what_is_not_given_never_turns_the_scope_around(path):
    """Without a fact the scope may be open, never the opposite of the table."""
    charter, day = load_charters()[1], np.array(["2026-11-01"], "datetime64[D]")
    facts, sites = shop_facts({**CHOICES, path: [None]}, **AGAINST)

    def weighed(name):
        return weigh(*SHOPS[name], facts, tables=charter.tables, on=day)

    rows = [weighed(name) for name in TABLE]
    calm = (int(Outcome.NOT_APPLICABLE), int(Outcome.COMPLIANT))
    is_needed, is_not = np.zeros(sites, bool), np.ones(sites, bool)
    for row in rows:
        is_needed |= (row.applies == 1) & (row.margin < 0)
        is_not &= np.isin(row.outcome, calm)
    for name in AUTHORISED:
        applies = weighed(name).applies
        assert not (is_needed & (applies < 0)).any()
        assert not (is_not & (applies > 0)).any()


@pytest.mark.parametrize("name", AUTHORISED)
def test_a_shop_of_unknown_operation_is_to_be_investigated(name):
    """1 001 m² that might be a new shop, or nothing that the law asks about."""
    given = {**AGAINST, "project.use": "retail", "project.sales_area": 1001}
    given |= {"project.pickup_area": 0, "project.complex_sales_area": 0}
    charter, day = load_charters()[1], np.array(["2026-11-01"], "datetime64[D]")
    weighing = weigh(*SHOPS[name], facts_of(given), tables=charter.tables, on=day)
    assert ([0], [int(Outcome.TO_INVESTIGATE)]) == (list(weighing.applies), list(weighing.outcome))
