"""The unit of a value must be the one that the article says."""

import pytest

VALUES = [{"from": "2020-01-01", "value": 11, "source": "LAW"}]
HEAD = "key;from;to;value;unit;source;confidence\n"
FIELD = {"field": "project.height"}


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


@pytest.mark.parametrize(
    ("others", "words"),
    [
        ({"measure": measure(FIELD, "m2")}, "The measure is not in “m2”"),
        ({"measure": measure({"product": [FIELD, FIELD]})}, "The measure is not in “m”"),
        ({"measure": measure({"quotient": [FIELD, FIELD]})}, "The measure is not in “m”"),
        ({"measure": measure({"sum": [FIELD, {"field": "project.staff"}]})}, "different units"),
        ({"measure": measure({"max": [FIELD, {"field": "project.staff"}]})}, "different units"),
        ({"measure": measure({"field": "project.use"}, "bool")}, "different units: project.use"),
        ({"measure": measure({"same": [FIELD, FIELD]}, "bool")}, "different units: same"),
        ({"parameters": parameter(unit="m2")}, "The threshold is not in “m”"),
        ({"requirement": {"op": "<=", "threshold": {"parameter": "least"}}}, "'least'"),
        (
            {"requirement": {"op": "<=", "threshold": {"table": "none", "key": "project.use"}}},
            "'none'",
        ),
    ],
)  # fmt: skip
def test_a_fault_of_units(said_of, entry, others, words):
    """Terms have one unit, and what is measured that of the article."""
    assert words in said_of(entry(**others))


@pytest.mark.parametrize(
    ("threshold", "unit", "words"),
    [
        ({"table": "densities", "key": "project.use"}, "m2", "threshold is not in “m”"),
        ({"table": "densities", "key": "project.staff"}, "m", "different units: project.staff"),
        ({"table": "densities", "key": "project.use"}, "pieds", "Unknown unit"),
    ],
)
def test_a_table_in_an_article(said_of, entry, threshold, unit, words):
    """Its unit must fit, and its key must be a word."""
    table = f"{HEAD}office;2020-01-01;;1;{unit};LAW;\n"
    said = said_of(
        entry(requirement={"op": "<=", "threshold": threshold}), tables={"densities": table}
    )
    assert words in said
