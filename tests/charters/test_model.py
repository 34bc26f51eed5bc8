"""The shape of a charter: closed, frozen, each node named by its one operator."""

import datetime as dt

import pytest
from pydantic import ValidationError

from charters import model
from charters.loading import load_charters


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
    assert ["PI-04a", "PI-04b", "PI-05a", "PI-05b", "PI-06a"] == ids[5:10]
