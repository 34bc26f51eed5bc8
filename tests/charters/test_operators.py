"""The tree of operators on whole columns, and Kleene's three-valued logic."""

import datetime as dt

import numpy as np
import pytest
from pydantic import TypeAdapter

from charters import model
from charters.facts import Column, Missing
from charters.operators import Scope, dated, evaluate, holds, is_within, satisfied

TRUE, FALSE, UNDECIDED = 1, -1, 0
DAY = np.array(["2026-11-01"], "datetime64[D]")
PARAMETERS = {
    "rate": {
        "unit": "%",
        "values": [
            {"from": "2024-01-01", "value": 30, "source": "LAW"},
            {"from": "2026-07-01", "to": "2027-07-01", "value": 40, "source": "LAW"},
        ],
    },
    "reach": {"unit": "m", "values": [{"from": "2020-01-01", "value": 500, "source": "LAW"}]},
}
TABLE = {
    "unit": "job/ha",
    "rows": [
        {"key": "office", "from": "2020-01-01", "value": 60, "source": "LAW"},
        {"key": "office", "from": "2026-01-01", "value": 70, "source": "LAW"},
        {"key": "craft", "from": "2027-01-01", "value": 30, "source": "LAW"},
    ],
}


@pytest.fixture(scope="module")
def scope(facts):
    """Function that gives the scope of some facts on some days."""
    parameters = TypeAdapter(dict[str, model.Parameter]).validate_python(PARAMETERS)
    tables = {"densities": model.Table.model_validate(TABLE)}

    def build(given=None, *, on=DAY, tolerance=None):
        days = np.atleast_1d(np.array(on, "datetime64[D]"))
        return Scope(facts(given, tolerance=tolerance), parameters, tables, days)

    return build


def value(node, where):
    """Column of a value written as in an article."""
    return evaluate(TypeAdapter(model.Value).validate_python(node), where)


def truth(node, where):
    """Truth of a condition written as in an article."""
    condition = None if node is None else TypeAdapter(model.Condition).validate_python(node)
    return list(holds(condition, where))


STAFF, HEIGHT = {"field": "project.staff"}, {"field": "project.height"}
FIGURES = {"project.staff": [3, 8, None], "project.height": 4}


@pytest.mark.parametrize(
    ("node", "expected"),
    [
        ({"sum": [STAFF, HEIGHT]}, [7, 12]),
        ({"difference": [STAFF, HEIGHT]}, [-1, 4]),
        ({"product": [STAFF, HEIGHT, HEIGHT]}, [48, 128]),
        ({"quotient": [STAFF, HEIGHT]}, [0.75, 2]),
        ({"min": [STAFF, HEIGHT]}, [3, 4]),
        ({"max": [STAFF, HEIGHT]}, [4, 8]),
        ({"ceil": {"quotient": [STAFF, HEIGHT]}}, [1, 2]),
    ],
)
def test_arithmetic_on_columns(scope, node, expected):
    """A figure for all sites meets one per site; a missing term makes the result missing."""
    column = value(node, scope(FIGURES))
    assert expected == list(column.values[:2])
    assert np.isnan(column.values[2])
    assert [0, 0, Missing.NOT_GIVEN] == list(column.missing)


def test_no_site_at_all(scope):
    """Columns of length 0 give a column of length 0."""
    column = value({"sum": [STAFF, HEIGHT]}, scope({"project.staff": [], "project.height": 4}))
    assert (0, 0) == (len(column.values), len(column.missing))


def test_a_division_by_zero_is_undefined(scope):
    """Neither infinity nor 0 nor a warning; a missing divisor keeps its own reason."""
    where = scope({"project.staff": [3, 0, 3], "project.height": [0, 0, None]})
    column = value({"quotient": [STAFF, HEIGHT]}, where)
    assert np.isnan(column.values).all()
    assert [Missing.UNDEFINED, Missing.UNDEFINED, Missing.NOT_GIVEN] == list(column.missing)


@pytest.mark.parametrize(
    ("figure", "expected"),
    [(6.0, 6), (6.000000001, 6), (6.001, 7), (0.15 * 40, 6), (0.1 * 60, 6), (0.1 * 3 * 10, 3)],
)
def test_rounding_up_without_binary_dust(scope, figure, expected):
    """15 % of 40 is 6 places; 6.001 is 7."""
    assert [expected] == list(value({"ceil": HEIGHT}, scope({"project.height": figure})).values)


def test_the_same_word(scope):
    """1 where both words are the same, 0 where not, missing where one is."""
    node = {"same": [{"field": "project.cluster"}, {"field": "site.zone_theme"}]}
    where = scope(
        {"project.cluster": "digital", "site.zone_theme": ["digital", "health", Missing.NO_LAYER]}
    )
    column = value(node, where)
    assert [1, 0] == list(column.values[:2])
    assert [0, 0, Missing.NO_LAYER] == list(column.missing)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2023-12-31", None),
        ("2024-01-01", 0.3),
        ("2026-06-30", 0.3),
        ("2026-07-01", 0.4),
        ("2027-06-30", 0.4),
        ("2027-07-01", None),
    ],
)
def test_a_dated_value_the_day_before_on_and_after(scope, day, expected):
    """A value holds from its first day until the day before its last; then none does."""
    column = value({"parameter": "rate"}, scope(on=day))
    if expected is None:
        assert [Missing.NO_TABLE_VALUE] == list(column.missing)
        assert np.isnan(column.values[0])
    else:
        assert np.isclose(expected, column.values[0])


def test_a_day_per_site(scope):
    """Sites judged on different days read different values."""
    column = value({"parameter": "rate"}, scope(on=["2026-06-30", "2026-07-01", "2020-01-01"]))
    assert np.allclose([0.3, 0.4, np.nan], column.values, equal_nan=True)


def test_dated_values_in_any_order():
    """The position returned is that of the file, not of the sorted values."""
    values = tuple(
        model.DatedValue.model_validate({"from": day, "value": 1, "source": "LAW"})
        for day in ("2026-01-01", "2020-01-01")
    )
    position, is_given = dated(values, np.array(["2021-01-01", "2026-01-01"], "datetime64[D]"))
    assert [1, 0] == list(position)
    assert is_given.all()


def test_a_table_by_key_and_day(scope):
    """Each word reads its row in force; no row, or none in force, is missing."""
    node = {"table": "densities", "key": "project.use"}
    where = scope({"project.use": ["office", "craft", "hotel", None]})
    column = value(node, where)
    assert np.isclose(70 / 10_000, column.values[0])
    assert np.isnan(column.values[1:]).all()
    absent = [Missing.NO_TABLE_VALUE, Missing.NO_TABLE_VALUE, Missing.NOT_GIVEN]
    assert [0, *absent] == list(column.missing)
    assert np.isclose(
        60 / 10_000, value(node, scope({"project.use": "office"}, on="2025-12-31")).values[0]
    )


@pytest.mark.parametrize(
    ("node", "expected"),
    [
        ({"sum": [STAFF, HEIGHT]}, 0.5 + 2),
        ({"difference": [STAFF, HEIGHT]}, 0.5 + 2),
        ({"product": [STAFF, HEIGHT]}, 10 * 2 + 4 * 0.5),
        ({"quotient": [STAFF, HEIGHT]}, (0.5 + 10 / 4 * 2) / 4),
        ({"max": [STAFF, HEIGHT]}, 2),
    ],
)
def test_tolerances_add_up_to_first_order(scope, node, expected):
    """10 ± 0.5 and 4 ± 2: derivatives by hand."""
    where = scope(
        {"project.staff": 10, "project.height": 4},
        tolerance={"project.staff": 0.5, "project.height": 2},
    )
    assert np.isclose(expected, value(node, where).tolerance[0])


def figures(*values, reach=0.0):
    """Column of numbers, missing where not a number."""
    array = np.array(values)
    return Column(array, np.isnan(array).astype(np.int8), np.full(len(values), reach))


@pytest.mark.parametrize(
    ("op", "below", "equal", "above"),
    [
        ("<", True, False, False),
        ("<=", True, True, False),
        ("=", False, True, False),
        (">=", False, True, True),
        (">", False, False, True),
    ],
)
def test_comparisons(op, below, equal, above):
    """Each comparator below, at and above the threshold."""
    found = satisfied(figures(1.0, 2.0, 3.0), op, figures(2.0))
    assert [TRUE if each else FALSE for each in (below, equal, above)] == list(found)


def test_comparisons_forgive_rounding_only():
    """0.1 + 0.2 is 0.3; 0.300001 is not."""
    found = figures(0.1 + 0.2, 0.300001)
    assert [TRUE, FALSE] == list(satisfied(found, "<=", figures(0.3)))
    assert [FALSE, TRUE] == list(satisfied(found, ">", figures(0.3)))


def test_comparisons_undecided():
    """A side that is missing, or a gap below the two tolerances together."""
    assert [UNDECIDED, TRUE] == list(satisfied(figures(np.nan, 9.0), ">", figures(2.0)))
    assert [UNDECIDED, UNDECIDED] == list(satisfied(figures(1.0, 9.0), ">", figures(np.nan)))
    found = satisfied(figures(1.5, 2.9, 3.0, reach=0.4), "<=", figures(2.0, reach=0.6))
    assert [UNDECIDED, UNDECIDED, FALSE] == list(found)


def test_nan_is_never_within():
    """A gap that is not known is not close; one as large as the tolerance is not either."""
    gaps = np.array([np.nan, 4.9, 5.0, -5.0, 0.11 - 0.10])
    assert [False, True, False, False, False] == list(
        is_within(gaps, np.array([5.0, 5.0, 5.0, 5.0, 0.01]))
    )
    assert not is_within(np.zeros(1), np.zeros(1)).any()


WORDS = {TRUE: "office", FALSE: "hotel", UNDECIDED: None}
LEFT = {"field": "project.use", "op": "=", "value": "office"}
RIGHT = {"field": "project.cluster", "op": "=", "value": "digital"}


def two(scope, left, right):
    """Scope in which LEFT and RIGHT have the truth asked for."""
    clusters = {TRUE: "digital", FALSE: "other", UNDECIDED: None}
    return scope({"project.use": WORDS[left], "project.cluster": clusters[right]})


@pytest.mark.parametrize(
    ("left", "right", "both", "either"),
    [
        (TRUE, TRUE, TRUE, TRUE),
        (TRUE, FALSE, FALSE, TRUE),
        (TRUE, UNDECIDED, UNDECIDED, TRUE),
        (FALSE, TRUE, FALSE, TRUE),
        (FALSE, FALSE, FALSE, FALSE),
        (FALSE, UNDECIDED, FALSE, UNDECIDED),
        (UNDECIDED, TRUE, UNDECIDED, TRUE),
        (UNDECIDED, FALSE, FALSE, UNDECIDED),
        (UNDECIDED, UNDECIDED, UNDECIDED, UNDECIDED),
    ],
)
def test_truth_tables(scope, left, right, both, either):
    """Kleene's tables of *and*, *or* and *neither*."""
    where = two(scope, left, right)
    assert [both] == truth({"all": [LEFT, RIGHT]}, where)
    assert [either] == truth({"any": [LEFT, RIGHT]}, where)
    assert [-either] == truth({"none": [LEFT, RIGHT]}, where)


def test_no_condition_always_holds(scope):
    """An article without a condition applies everywhere."""
    assert [TRUE] == truth(None, scope())


def test_words_in_a_list_and_not_in_a_list(scope):
    """A missing word is in no list and out of none."""
    where = scope({"project.use": ["office", "hotel", None]})
    assert [TRUE, FALSE, UNDECIDED] == truth({"field": "project.use", "in": ["office"]}, where)
    assert [FALSE, TRUE, UNDECIDED] == truth({"field": "project.use", "not_in": ["office"]}, where)


def test_between_includes_both_ends(scope):
    """11 to 200 holds 11 and 200."""
    where = scope({"project.parking_spaces": [10, 11, 200, 201, None]})
    node = {"field": "project.parking_spaces", "between": [11, 200], "unit": "space"}
    assert [FALSE, TRUE, TRUE, FALSE, UNDECIDED] == truth(node, where)


def test_between_in_another_unit_without_dust(scope):
    """30 % is in 30 to 40 %, whatever 0.3 is in binary."""
    where = scope({"site.zone_share": [0.1 + 0.2, 0.4, 0.41]})
    node = {"field": "site.zone_share", "between": [30, 40], "unit": "%"}
    assert [TRUE, TRUE, FALSE] == truth(node, where)


def test_a_measured_fact_near_a_bound_is_undecided(scope):
    """Within the tolerance of either bound nothing is said; at the tolerance it is."""
    where = scope(
        {"site.zone_share": [0.285, 0.29, 0.305, 0.31, 0.35, 0.395, 0.41]},
        tolerance={"site.zone_share": 0.01},
    )
    node = {"field": "site.zone_share", "between": [30, 40], "unit": "%"}
    undecided = [FALSE, FALSE, UNDECIDED, TRUE, TRUE, UNDECIDED, FALSE]
    assert undecided == truth(node, where)


def test_a_comparison_with_a_dated_value(scope):
    """A fact measured to ± 5 m against 500 m."""
    where = scope(
        {"site.bhns_stop_distance_m": [494, 495, 496, 504.9, 505, None]},
        tolerance={"site.bhns_stop_distance_m": 5},
    )
    node = {"field": "site.bhns_stop_distance_m", "op": "<=", "value": {"parameter": "reach"}}
    assert [TRUE, TRUE, UNDECIDED, UNDECIDED, FALSE, UNDECIDED] == truth(node, where)


def test_a_comparison_with_a_value_not_yet_in_force(scope):
    """Without a bound nothing can be said."""
    node = {"field": "site.zone_share", "op": ">", "value": {"parameter": "rate"}}
    where = scope({"site.zone_share": 0.9}, on=dt.date(2020, 1, 1))
    assert [UNDECIDED] == truth(node, where)


def test_a_figure_in_its_unit(scope):
    """« > 15 % » holds for 0.16, not for 0.15."""
    node = {"field": "project.renewable_extra_cost", "op": ">", "value": 15, "unit": "%"}
    where = scope({"project.renewable_extra_cost": [0.15, 0.16, None]})
    assert [FALSE, TRUE, UNDECIDED] == truth(node, where)


@pytest.mark.parametrize(("how", "word", "expected"), [("all", "hotel", -1), ("any", "office", 1)])
def test_what_cannot_change_a_condition_is_not_read(how, word, expected):
    """The second fact is not even there."""
    condition = TypeAdapter(model.Condition).validate_python(
        {how: [LEFT, {"field": "site.far", "op": ">", "value": 1}]}
    )
    facts = {"project.use": Column(np.array([word], object), np.zeros(1, np.int8), np.zeros(1))}
    assert [expected] == list(holds(condition, Scope(facts, {}, {}, DAY)))
