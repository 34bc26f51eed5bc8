import pandas as pd

from zones.ui.components.times_table import change_texts, count_rows

OK, BAD, NOT = "compliant", "non_compliant", "not_applicable"
COUNTS = pd.DataFrame(
    [
        ("x", "", OK, OK, 5, 50.0),
        ("x", "", OK, BAD, 2, 20.0),
        ("x", "", BAD, BAD, 3, 30.0),
        ("x", "X-1", NOT, NOT, 9, 90.0),
        ("x", "X-1", OK, BAD, 1, 10.0),
        ("y", "", OK, OK, 10, 100.0),
    ],
    columns=["charter", "article", "before", "after", "sites", "planar_area_m2"],
)


def rows(**asked):
    """Rows as plain tuples."""
    return list(count_rows(COUNTS, **asked).itertuples(index=False, name=None))


def test_what_stays_is_one_line_of_each_charter():
    """After what changes; every parcel is counted once by each charter."""
    assert [
        ("x", (OK, BAD), 2, 20.0),
        ("x", None, 8, 80.0),
        ("y", None, 10, 100.0),
    ] == rows(article=None)


def test_one_article_alone():
    """Of its own charter only."""
    assert [("x", (OK, BAD), 1, 10.0), ("x", None, 9, 90.0)] == rows(article="X-1")


def test_nothing_to_count():
    """No row, the same columns."""
    empty = count_rows(COUNTS[:0], article=None)
    assert (0, ["charter", "step", "sites", "planar_area_m2"]) == (len(empty), list(empty))


def test_articles_that_take_the_same_step_are_named_together():
    """Site by site; a charter by its name, among its articles."""
    found = pd.DataFrame(
        [
            ("1", "x", "", OK, BAD),
            ("1", "x", "X-1", OK, BAD),
            ("1", "x", "X-2", NOT, OK),
            ("2", "x", "X-2", NOT, OK),
        ],
        columns=["site_id", "charter", "article", "before", "after"],
    )
    assert {
        "1": ["Compliant → Non-compliant: X!, X-1", "Not applicable → Compliant: X-2"],
        "2": ["Not applicable → Compliant: X-2"],
    } == change_texts(found, lambda name: f"{name.upper()}!", language="en")
    assert "Sans objet → Conforme\u00a0: X-2" == change_texts(found, str, language="fr")["2"][0]
    assert {} == change_texts(found[:0], str, language="fr")
