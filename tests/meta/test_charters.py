"""What every article must carry, and what the two charters together must exercise."""

import re

import pytest
from pydantic import BaseModel

from charters import model
from charters.figures import parameter_title
from charters.loading import load_charters
from charters.tree import fields_of_value, parts_of, requirement_fields
from charters.vocabulary import site_measures
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
