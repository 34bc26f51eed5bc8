"""The shape of a charter: closed, frozen, each node named by its one operator."""

import datetime as dt

import pytest
from pydantic import TypeAdapter, ValidationError

from charters import model
from charters.loading import load_charters

VALUE = TypeAdapter(model.Value)
CONDITION = TypeAdapter(model.Condition)


@pytest.mark.parametrize(
    ("node", "kind"),
    [
        ({"field": "a"}, model.FieldValue),
        ({"parameter": "a"}, model.ParameterValue),
        ({"table": "a", "key": "b"}, model.TableValue),
        ({"sum": [{"field": "a"}]}, model.Sum),
        ({"product": [{"field": "a"}]}, model.Product),
        ({"quotient": [{"field": "a"}, {"field": "b"}]}, model.Quotient),
        ({"difference": [{"field": "a"}, {"field": "b"}]}, model.Difference),
        ({"min": [{"field": "a"}]}, model.Least),
        ({"max": [{"field": "a"}]}, model.Greatest),
        ({"ceil": {"field": "a"}}, model.Ceiling),
        ({"same": [{"field": "a"}, {"field": "b"}]}, model.Equal),
    ],
)
def test_values_are_named_by_their_operator(node, kind):
    """Each operator makes its own node, and the node is accepted again as it is."""
    made = VALUE.validate_python(node)
    assert kind is type(made)
    assert made == VALUE.validate_python(made)


@pytest.mark.parametrize(
    ("node", "kind"),
    [
        ({"all": [{"field": "a", "in": ["b"]}]}, model.AllOf),
        ({"any": [{"field": "a", "in": ["b"]}]}, model.AnyOf),
        ({"none": [{"field": "a", "in": ["b"]}]}, model.NoneOf),
        ({"field": "a", "op": ">", "value": 1}, model.Comparison),
        ({"field": "a", "in": ["b"]}, model.Member),
        ({"field": "a", "not_in": ["b"]}, model.NotMember),
        ({"field": "a", "between": [1, 2]}, model.Between),
    ],
)
def test_conditions_are_named_by_their_operator(node, kind):
    """Each operator makes its own node, and the node is accepted again as it is."""
    made = CONDITION.validate_python(node)
    assert kind is type(made)
    assert made == CONDITION.validate_python(made)


@pytest.mark.parametrize(
    "node",
    [
        {},
        {"power": [{"field": "a"}]},
        {"sum": []},
        {"sum": [{"field": "a"}], "product": [{"field": "a"}]},
        {"quotient": [{"field": "a"}]},
        {"field": "a", "unit": "m"},
        {"field": 3},
        "project.height * 2",
        None,
        3,
    ],
)
def test_refused_values(node):
    """Unknown, empty, doubled or incomplete operators, and any expression text, are refused."""
    with pytest.raises(ValidationError):
        VALUE.validate_python(node)


@pytest.mark.parametrize(
    "node",
    [
        {"any": []},
        {"field": "a", "op": "!=", "value": 1},
        {"field": "a", "op": "=="},
        {"field": "a", "in": []},
        {"field": "a", "between": [1]},
        "true",
    ],
)
def test_refused_conditions(node):
    """No empty list, no operator that is not listed, no text."""
    with pytest.raises(ValidationError):
        CONDITION.validate_python(node)


def test_figures_are_finite():
    """An infinite or undefined threshold is no threshold."""
    for figure in (float("inf"), float("nan"), "nan", "inf"):
        with pytest.raises(ValidationError):
            model.DatedValue.model_validate(
                {"from": "2020-01-01", "value": figure, "source": "LAW"}
            )


def test_a_charter_cannot_be_changed():
    """It is shared between users: attributes cannot be set."""
    charter = load_charters()[0]
    with pytest.raises(ValidationError):
        charter.edition = "other"
    with pytest.raises(ValidationError):
        charter.articles[0].in_force.since = dt.date(2030, 1, 1)


def test_requirements_come_in_the_order_of_articles():
    """Rows follow the articles, and the letters within an article."""
    ids = [each.id for _, each in load_charters()[0].requirements]
    assert sorted(ids) == ids
    assert ["PI-04a", "PI-04b", "PI-05a", "PI-05b", "PI-06a"] == ids[3:8]
