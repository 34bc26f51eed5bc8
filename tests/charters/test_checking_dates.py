"""Dated values: one for each day, each with a source that is known."""

import pytest

VALUES = [{"from": "2020-01-01", "value": 11, "source": "LAW"}]
HEAD = "key;from;to;value;unit;source;confidence\n"


def parameter(*values, unit="m"):
    """Parameter of the made-up article."""
    return {"most": {"unit": unit, "values": list(values) or VALUES}}


@pytest.mark.parametrize(
    ("others", "words"),
    [
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
    ],
)  # fmt: skip
def test_a_fault_of_dates(said_of, entry, others, words):
    """A day has one value, and each value a source."""
    assert words in said_of(entry(**others))


def test_values_that_follow_each_other(load, entry):
    """An end on the day of the next beginning is no overlap; an open end neither."""
    first = {**VALUES[0], "to": "2021-01-01"}
    second = {**VALUES[0], "from": "2021-01-01"}
    third = {**VALUES[0], "from": "2022-01-01"}
    assert load(entry(parameters=parameter(third, first, second)))


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ("a;2020-01-01;;1;m;LOI;\n", "“LOI”"),
        ("a;2020-01-01;2021-06-01;1;m;LAW;\na;2021-01-01;;2;m;LAW;\n", "“a” has two values"),
        ("a;2020-01-01;2019-01-01;1;m;LAW;\n", "before it begins"),
    ],
)
def test_a_fault_of_a_table(said_of, entry, rows, words):
    """Dates and sources of each key are checked."""
    assert words in said_of(entry(), tables={"densities": HEAD + rows})
