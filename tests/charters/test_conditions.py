"""Conditions: each node is named by its one operator."""

import pytest
from pydantic import TypeAdapter, ValidationError

from charters import conditions

CONDITION = TypeAdapter(conditions.Condition)


@pytest.mark.parametrize(
    ("node", "kind"),
    [
        ({"all": [{"field": "a", "in": ["b"]}]}, conditions.AllOf),
        ({"any": [{"field": "a", "in": ["b"]}]}, conditions.AnyOf),
        ({"none": [{"field": "a", "in": ["b"]}]}, conditions.NoneOf),
        ({"field": "a", "op": ">", "value": 1}, conditions.Comparison),
        ({"field": "a", "in": ["b"]}, conditions.Member),
        ({"field": "a", "not_in": ["b"]}, conditions.NotMember),
        ({"field": "a", "between": [1, 2]}, conditions.Between),
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
