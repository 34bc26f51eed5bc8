"""The day by which a draft is judged is one on which it changes something."""

import datetime as dt

import pytest

from charters.editing import AddRow, AddValue, EditText, EndArticle, SetNature
from charters.editing_article import ArticleForm
from charters.editing_days import day_to_judge
from charters.editing_state import state_of

PARKS = "industrial_parks"
FILED = dt.date(2026, 11, 1)


def value(since, until=None, figure=100):
    """A reach of so many metres from a day on."""
    given = {"charter": PARKS, "requirement": "PI-05b", "parameter": "reach", "from": since,
             "to": until, "value": figure, "unit": "m", "source": "MODEL"}  # fmt: skip
    return AddValue.model_validate(given)


def article(since):
    """A new article on heights, in force from a day on."""
    form = {"id": "PI-21", "charter": PARKS, "title": ("Hauteur", "Height"),
            "chapter": ("Bâti", "Buildings"), "kind": "commitment", "severity": "recommended",
            "from": since, "fact": "project.height", "op": "<=", "value": 12, "source": "MODEL",
            "remedy": ("Réduire.", "Reduce.")}  # fmt: skip
    return ArticleForm.model_validate(form).article()


ROW = AddRow.model_validate({
    "charter": PARKS, "table": "job_densities", "key": "office", "from": "2028-01-01",
    "value": 50, "unit": "job/ha", "source": "MODEL",
})  # fmt: skip
END = EndArticle.model_validate(
    {"charter": PARKS, "article": "PI-01", "to": "2029-01-01", "source": "MODEL"}
)
NATURE = SetNature(charter=PARKS, requirement="PI-06b", kind="commitment", severity="information")
TITLE = EditText(charter=PARKS, requirement="PI-05", part="title", text=("Chaleur", "Heat"))


@pytest.mark.parametrize(
    ("changes", "on", "expected"),
    [
        ((value("2026-06-01"),), FILED, "2026-11-01"),
        ((value("2027-01-01"),), FILED, "2027-01-01"),
        ((value("2027-01-01"),), None, "2027-01-01"),
        ((article("2027-06-01"),), FILED, "2027-06-01"),
        ((ROW,), FILED, "2028-01-01"),
        ((END,), FILED, "2029-01-01"),
        ((ROW, END, value("2027-01-01")), FILED, "2027-01-01"),
        ((NATURE,), FILED, "2026-11-01"),
        ((NATURE,), dt.date(2020, 1, 1), "2026-05-01"),
        ((TITLE,), FILED, "2026-11-01"),
    ],
)
def test_the_first_day_that_differs(changes, on, expected):
    """That of the filing where the draft counts by then, else the first day on which it does."""
    charters = state_of(1, changes).charters
    assert dt.date.fromisoformat(expected) == day_to_judge(changes, charters, on=on)


def test_what_was_over_before():
    """A value that was closed by the next one is judged on a day that it had."""
    changes = (value("2025-01-01"), value("2026-01-01", figure=150))
    charters = state_of(1, changes).charters
    assert dt.date(2025, 1, 1) == day_to_judge(changes[:1], charters, on=FILED)
    assert day_to_judge((), charters, on=None) is None
    assert FILED == day_to_judge((), charters, on=FILED)
