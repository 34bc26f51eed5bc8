import numpy as np
from comparing import differences, markdown


def test_words_differ_or_are_known_to_one_engine_only():
    """Another word, and one that is missing, are two mismatches."""
    ours = {"zone": np.array(["a", "b", None, "none"], dtype=object)}
    theirs = {"zone": np.array(["a", "c", "a", "none"], dtype=object)}
    (found,) = differences(ours, theirs)
    assert (3, 2, (1, 2)) == (found.compared, found.mismatches, found.examples)


def test_lengths_may_differ_by_a_millimetre_and_areas_by_a_millionth():
    """Just within and just beyond; an area under 1 m² counts as 1 m²."""
    metres = {"hotel_distance_m": np.array([10.0, 10.0, np.nan, np.nan])}
    other = {"hotel_distance_m": np.array([10.0009, 10.0011, np.nan, 3.0])}
    assert [2] == [each.mismatches for each in differences(metres, other)]
    areas = {"strict_flood_area_m2": np.array([2e6, 2e6, 0.5])}
    other = {"strict_flood_area_m2": np.array([2e6 + 1.9, 2e6 + 2.1, 0.5000009])}
    (found,) = differences(areas, other)
    assert (1, (1,)) == (found.mismatches, found.examples)


def test_facts_that_an_engine_leaves_out_are_not_compared():
    """Only what the other one has; the table names the engine."""
    ours = {"zone": np.array(["a"], dtype=object), "zone_share": np.array([1.0])}
    found = differences(ours, {"zone_share": np.array([1.0])})
    assert ["zone_share"] == [each.fact for each in found]
    assert "| sedonadb | zone_share | 1 | 0 | 0 | 0 |" in markdown({"sedonadb": found})
