import dataclasses
import json

import pytest

from geodata.reading.defect_words import SETS_ASIDE, WORDS
from geodata.reading.defects import collection, defect, defect_from, fault_of, place, told


def test_a_defect_counts_all_and_names_five():
    """Control characters are replaced, novels cut."""
    found = defect("null_geometry", names=["a\n", "b" * 100, *range(9)])
    assert (11, 5) == (found.count, len(found.ids))
    assert "a\N{REPLACEMENT CHARACTER}" == found.ids[0]
    assert 60 == len(found.ids[1])
    assert found.what.en.endswith("(+ 6).")


def test_a_defect_without_names_has_its_count():
    """Such as rows without geometry."""
    found = defect("no_geometry", count=3, table="t")
    assert (3, ()) == (found.count, found.ids)


def test_a_defect_travels_as_json():
    """From the reading process to its parent, unchanged."""
    where = collection([place("a", (2.3, 49.9), reason="x")])
    found = defect("null_geometry", names=["a"], where=where)
    assert found == defect_from(json.loads(json.dumps(dataclasses.asdict(found))))


def test_a_defect_is_told_to_a_machine_and_as_a_fault():
    """In one language, in both."""
    found = defect("zero_rows", count=1, table="t")
    assert ["kind", "count", "where", "remedy", "what", "ids"] == list(told(found, "en"))
    assert "f: Table “t” has no row. Check the export it comes from." == fault_of(
        found, where="f"
    ).say("en")


def test_no_place_is_none():
    """And a hundred places at most are kept."""
    assert collection([]) is None
    assert 100 == len(collection(place(rank, (0, 0)) for rank in range(300))["features"])


@pytest.mark.parametrize("kind", WORDS)
def test_both_languages_ask_for_the_same_values(kind):
    """But for the parts that differ by language."""
    for text in WORDS[kind]:
        french, english = (
            {
                part.split("}")[0].replace("_fr", "").replace("_en", "")
                for part in each.split("{")[1:]
            }
            for each in text
        )
        assert french == english


def test_what_sets_aside_is_known():
    """The set names kinds that exist."""
    assert set(WORDS) >= SETS_ASIDE
