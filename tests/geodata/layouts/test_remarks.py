from geodata.language import Text
from geodata.layouts.remarks import remark


def test_all_are_counted_and_five_are_named():
    """Ids are text."""
    made = remark("set_aside", range(7), what=Text("a", "b"))
    assert (7, ("0", "1", "2", "3", "4")) == (made.count, made.ids)
    assert (0, ()) == (
        remark("x", [], what=Text("a", "b")).count,
        remark("x", [], what=Text("a", "b")).ids,
    )
