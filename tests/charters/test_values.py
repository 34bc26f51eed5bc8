"""Values: each node is named by its one operator."""

import pytest
from pydantic import TypeAdapter, ValidationError

from charters import values

VALUE = TypeAdapter(values.Value)


@pytest.mark.parametrize(
    ("node", "kind"),
    [
        ({"field": "a"}, values.FieldValue),
        ({"parameter": "a"}, values.ParameterValue),
        ({"table": "a", "key": "b"}, values.TableValue),
        ({"sum": [{"field": "a"}]}, values.Sum),
        ({"product": [{"field": "a"}]}, values.Product),
        ({"quotient": [{"field": "a"}, {"field": "b"}]}, values.Quotient),
        ({"difference": [{"field": "a"}, {"field": "b"}]}, values.Difference),
        ({"min": [{"field": "a"}]}, values.Least),
        ({"max": [{"field": "a"}]}, values.Greatest),
        ({"ceil": {"field": "a"}}, values.Ceiling),
        ({"same": [{"field": "a"}, {"field": "b"}]}, values.Equal),
    ],
)
def test_values_are_named_by_their_operator(node, kind):
    """Each operator makes its own node, and the node is accepted again as it is."""
    made = VALUE.validate_python(node)
    assert kind is type(made)
    assert made == VALUE.validate_python(made)


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
