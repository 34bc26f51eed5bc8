"""Conditions of an article: words that are choices, figures in the unit of their fact."""

import pytest

COMPARISON = {"field": "project.staff", "op": ">", "value": 20, "unit": "job"}


@pytest.mark.parametrize(
    ("others", "words"),
    [
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
    ],
)  # fmt: skip
def test_a_fault_of_a_condition(said_of, entry, others, words):
    """It is found where it is, and said with what was meant."""
    assert words in said_of(entry(**others))
