"""What a charter must keep beyond its shape; every fault names its article."""

import pytest

from charters.checking import (
    check_charter,
    fields_of_condition,
    fields_of_value,
    measure_title,
    parts_of,
    requirement_fields,
)
from charters.loading import load_charters
from geodata.errors import CharterError

VALUES = [{"from": "2020-01-01", "value": 11, "source": "LAW"}]
HEAD = "key;from;to;value;unit;source;confidence\n"


def measure(value, unit="m"):
    """Measure of a made-up article."""
    return {
        "name": "made_up",
        "title": {"fr": "Mesure", "en": "Measure"},
        "value": value,
        "unit": unit,
    }


def parameter(*values, unit="m"):
    """Parameter of the made-up article."""
    return {"most": {"unit": unit, "values": list(values) or VALUES}}


def said_of(load, article, **others):
    """English words of every fault; each names the article or the table."""
    with pytest.raises(CharterError) as refused:
        load(article, **others)
    for fault in refused.value.faults:
        assert fault.where in ("XX-01", "XX-01a", "densities.csv")
        assert fault.what.fr != fault.what.en
    return " | ".join(fault.say("en") for fault in refused.value.faults)


FIELD = {"field": "project.height"}
COMPARISON = {"field": "project.staff", "op": ">", "value": 20, "unit": "job"}


def shown(value):
    """One figure in m² that is said beside the verdict."""
    title = {"fr": "Un chiffre", "en": "A figure"}
    return {"figure": {"title": title, "value": value, "unit": "m2"}}


@pytest.mark.parametrize(
    ("others", "words"),
    [
        ({"charter": "industrial_parks"}, "Its charter is made_up, not industrial_parks."),
        ({"sources": ["LAWW"]}, "“LAWW” is not in sources.yaml. Did you mean “LAW”?"),
        ({"in_force": {"from": "2020-01-01", "to": "2019-01-01"}}, "ends on 2019-01-01, before"),
        ({"in_force": {"from": "2020-01-01", "to": "2020-01-01"}}, "ends on 2020-01-01, before"),
        ({"measure": measure({"field": "project.heigth"})}, "Did you mean “project.height”?"),
        ({"measure": measure({"field": "site.heigth"})}, "The field “site.heigth” does not exist."),
        ({"levers": ["project.hight"]}, "Did you mean “project.height”?"),
        ({"levers": ["site.zone_share"]}, "is not a field of the project"),
        ({"measure": measure(FIELD, "m2")}, "The measure is not in “m2”"),
        ({"measure": measure(FIELD, "metre")}, "The unit “metre” does not exist."),
        ({"measure": measure({"product": [FIELD, FIELD]})}, "The measure is not in “m”"),
        ({"measure": measure({"quotient": [FIELD, FIELD]})}, "The measure is not in “m”"),
        ({"measure": measure({"sum": [FIELD, {"field": "project.staff"}]})}, "different units"),
        ({"measure": measure({"max": [FIELD, {"field": "project.staff"}]})}, "different units"),
        ({"measure": measure({"field": "project.use"}, "bool")}, "different units: project.use"),
        ({"measure": measure({"same": [FIELD, FIELD]}, "bool")}, "different units: same"),
        ({"parameters": parameter(unit="m2")}, "The threshold is not in “m”"),
        ({"parameters": parameter(unit="mm")}, "The unit “mm” does not exist."),
        ({"requirement": {"op": "<=", "threshold": {"parameter": "least"}}}, "'least'"),
        (
            {"requirement": {"op": "<=", "threshold": {"table": "none", "key": "project.use"}}},
            "'none'",
        ),
        (
            {"requirement": {"op": "<=", "threshold": {"table": "none", "key": "project.us"}}},
            "Did you mean “project.use”?",
        ),
        ({"applies_when": {**COMPARISON, "unit": "m"}}, "is compared in job, not in m"),
        ({"applies_when": {**COMPARISON, "unit": None}}, "not in a bare number"),
        ({"applies_when": {**COMPARISON, "unit": "jobs"}}, "is compared in job, not in jobs"),
        ({"applies_when": {**COMPARISON, "field": "project.staf"}}, "you mean “project.staff”?"),
        ({"applies_when": {**COMPARISON, "value": {"parameter": "most"}}}, "is compared in job"),
        ({"applies_when": {**COMPARISON, "value": {"parameter": "x"}}}, "“x” does not exist"),
        ({"applies_when": {**COMPARISON, "value": "many"}}, "compared with “=”, not with “>”"),
        (
            {"applies_when": {**COMPARISON, "op": "=", "value": "many"}},
            "is a number, not a word such as “many”",
        ),
        ({"applies_when": {"field": "project.staff", "in": ["many"]}}, "is a number, not a word"),
        ({"applies_when": {"field": "project.use", "op": "=", "value": 3}}, "is a word and is not"),
        ({"applies_when": {"field": "project.use", "between": [1, 2]}}, "is a word and is not"),
        (
            {"applies_when": {"field": "project.staff", "between": [1, 2], "unit": "m"}},
            "compared in job, not in m",
        ),
        ({"applies_when": {"field": "project.use", "op": "=", "value": "offce"}}, "“office”?"),
        ({"applies_when": {"field": "project.use", "in": ["hotel", "wharehouse"]}}, "“warehouse”?"),
        ({"applies_when": {"field": "site.zone_theme", "not_in": ["digitl"]}}, "“digital”?"),
        (
            {"applies_when": {"all": [{"none": [{"field": "project.use", "in": ["x"]}]}]}},
            "“x” is no choice of project.use",
        ),
        ({"parameters": parameter({**VALUES[0], "source": "LOI"})}, "“LOI” is not in sources.yaml"),
        (
            {"parameters": parameter(VALUES[0], VALUES[0])},
            "“most” has two values on 2020-01-01",
        ),
        (
            {
                "parameters": parameter(
                    {**VALUES[0], "to": "2022-01-01"}, {**VALUES[0], "from": "2021-12-31"}
                )
            },
            "“most” has two values on 2021-12-31",
        ),
        (
            {"parameters": parameter({**VALUES[0], "to": "2019-01-01"})},
            "“most” ends on 2019-01-01, before it begins",
        ),
        ({"remedy": {"fr": "Ôter {manque}.", "en": "Cut {manque}."}}, "are {missing} and"),
        ({"remedy": {"fr": "Réduire de {missing}.", "en": "Reduce."}}, "in both languages"),
        ({"remedy": {"fr": "Réduire {", "en": "Reduce"}}, "are {missing} and"),
        ({"shown": shown({"field": "project.staff"})}, "A figure is not in “m2”"),
        ({"shown": shown({"field": "project.stafff"})}, "“project.staff”?"),
        ({"shown": shown({"parameter": "least"})}, "Unknown unit or name"),
    ],
)  # fmt: skip
def test_a_fault_of_an_article(load, entry, others, words):
    """It is found when the charter is loaded, and said with what was meant."""
    assert words in said_of(load, entry(**others))


def test_values_that_follow_each_other(load, entry):
    """An end on the day of the next beginning is no overlap; an open end neither."""
    first = {**VALUES[0], "to": "2021-01-01"}
    second = {**VALUES[0], "from": "2021-01-01"}
    third = {**VALUES[0], "from": "2022-01-01"}
    assert load(entry(parameters=parameter(third, first, second)))


def test_an_exemption_needs_a_source(load, entry):
    """The document that proves a way out has its source too."""
    way_out = {
        "when": {"field": "project.committee_opinion", "op": "=", "value": "favorable"},
        "document": {"fr": "Avis", "en": "Opinion"},
        "source": "LOI",
    }
    said = said_of(load, entry(exceptions=[way_out]))
    assert "“LOI” is not in sources.yaml" in said
    assert "Did you mean “favourable”?" in said


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ("a;2020-01-01;;1;m;LOI;\n", "“LOI”"),
        ("a;2020-01-01;2021-06-01;1;m;LAW;\na;2021-01-01;;2;m;LAW;\n", "“a” has two values"),
        ("a;2020-01-01;2019-01-01;1;m;LAW;\n", "before it begins"),
    ],
)
def test_a_fault_of_a_table(load, entry, rows, words):
    """Dates and sources of each key are checked."""
    assert words in said_of(load, entry(), tables={"densities": HEAD + rows})


@pytest.mark.parametrize(
    ("threshold", "unit", "words"),
    [
        ({"table": "densities", "key": "project.use"}, "m2", "threshold is not in “m”"),
        ({"table": "densities", "key": "project.staff"}, "m", "different units: project.staff"),
        ({"table": "densities", "key": "project.use"}, "pieds", "Unknown unit"),
    ],
)
def test_a_table_in_an_article(load, entry, threshold, unit, words):
    """Its unit must fit, and its key must be a word."""
    table = f"{HEAD}office;2020-01-01;;1;{unit};LAW;\n"
    said = said_of(
        load, entry(requirement={"op": "<=", "threshold": threshold}), tables={"densities": table}
    )
    assert words in said


def test_every_fault_at_once(load, entry):
    """Five faults of one article come together."""
    said = said_of(
        load,
        entry(
            charter="other",
            sources=["LOI"],
            levers=["project.hight"],
            parameters=parameter({**VALUES[0], "source": "X", "to": "2019-01-01"}),
        ),
    )
    assert 5 == said.count(" | ") + 1


def test_an_article_written_twice(load, entry):
    """The same id twice is refused."""
    charter = load(entry())
    with pytest.raises(CharterError, match="deux fois"):
        check_charter(charter.model_copy(update={"articles": charter.articles * 2}))


def test_facts_of_a_requirement():
    """PI-02 by hand: conditions, way out, measure; each once."""
    requirement = next(each for _, each in load_charters()[0].requirements if each.id == "PI-02")
    expected = (
        "project.use",
        "project.footprint",
        "project.renewable_extra_cost",
        "project.roof_pv_area",
        "project.roof_green_area",
        "project.roof_area",
    )
    assert expected == requirement_fields(requirement)
    assert expected[3:] == tuple(fields_of_value(requirement.any_of[0].measure.value))
    assert set(expected[:2]) == set(fields_of_condition(requirement.applies_when))
    assert () == tuple(fields_of_condition(None))


def test_facts_of_a_table_value():
    """A table reads the word that chooses the row."""
    requirement = next(each for _, each in load_charters()[0].requirements if each.id == "PI-15")
    assert ("project.use",) == tuple(fields_of_value(requirement.any_of[0].requirement.threshold))
    assert () == parts_of(requirement.any_of[0].requirement.threshold)


def test_the_name_of_a_measure():
    """Its own title, or that of the one fact it reads."""
    titles = {
        each.id: measure_title(each.any_of[0].measure).en
        for _, each in load_charters()[1].requirements
    }
    assert "Sales area of the sector, project included" == titles["CH-02"]
    assert "Bicycle spaces" == titles["CH-11"]


def test_what_is_shown_may_fill_the_remedy(load, entry):
    """A place named like a figure that is shown is filled; a word needs no unit."""
    remedy = {"fr": "Reste {figure}.", "en": "{figure} left."}
    load(entry(shown=shown({"field": "project.floor_area"}), remedy=remedy))
    load(entry(shown=shown({"field": "site.commercial_sector"}), remedy=remedy))
