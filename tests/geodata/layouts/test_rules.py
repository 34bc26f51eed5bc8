import pandas as pd

from geodata.catalog import contract
from geodata.layouts.model import Rule
from geodata.layouts.rules import mapped, ranks


def apply(values, rule, layer="hotels", column="status"):
    """Values and kinds of remarks of one column ``c``."""
    frame = pd.DataFrame({"c": pd.Series(values, dtype=object)})
    made, found = mapped(
        frame,
        name=column,
        column=contract(layer).columns[column],
        rule=Rule.model_validate(rule),
        known={"c": "c"},
        ids=ranks(frame),
    )
    return made.tolist(), [(each.kind, each.ids) for each in found]


def test_no_row():
    """Nothing in, nothing out."""
    assert ([], []) == apply([], "c")


def test_words_outside_the_list_of_a_required_column_are_kept_and_told():
    """The contract will name them; nothing is lost on the way."""
    assert (["existing", "open"], [("outside_list", ("n° 2",))]) == apply(["existing", "open"], "c")


def test_words_outside_the_list_of_an_optional_column_are_emptied_and_told():
    """The row stays."""
    made, found = apply(["health", "sport"], "c", "zones", "theme")
    assert "health" == made[0]
    assert pd.isna(made[1])
    assert [("outside_list", ("n° 2",))] == found


def test_other_words_can_have_one_for_all():
    """It is told which."""
    rule = {"from": "c", "values": {"ouvert": "existing"}, "otherwise": "pending"}
    assert (["existing", "pending"], [("outside_list", ("n° 2",))]) == apply(["OUVERT", "?"], rule)


def test_what_silence_means_is_the_layouts_to_say():
    """With a word for it, nothing is told; without, required text is marked and told."""
    assert (["existing"], []) == apply([None], {"from": "c", "missing": "existing"})
    expected = (["non indiqué"], [("missing_value", ("n° 1",))])
    assert expected == apply([None], "c", "hotels", "name")


def test_a_constant_needs_no_column():
    """Every row gets it."""
    assert (["pending", "pending"], []) == apply([1, 2], {"constant": "pending"})
