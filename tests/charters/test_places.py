"""A fault names the file, and the line of the nearest entry that is in it."""

from charters.places import Place, fault_at, gathered

LINES = {("measure",): 8, ("measure", "value"): 10}
LISTED = {("requirements",): 18, ("requirements", 1): 20}


def test_the_line_of_an_entry():
    """Steps that the file leaves out are skipped; an unknown entry stands at what holds it."""
    place = Place("made_up/XX-01.yaml", LINES)
    article = place.at("requirements", 0, "any_of", 0, "measure")
    assert "made_up/XX-01.yaml, l. 8" == str(article)
    assert "made_up/XX-01.yaml, l. 10" == str(article.at("value", "sum", 1))
    assert "made_up/XX-01.yaml, l. 20" == str(Place(place.file, LISTED).at("requirements", 1))
    assert "made_up/XX-01.yaml" == str(place.at("title"))


def test_what_was_never_in_a_file():
    """Its id stands for it."""
    assert "XX-01" == str(Place("XX-01").at("sources", 0))


def test_a_fault_is_a_sentence():
    """It begins with a capital and ends with a point, in both languages."""
    fault = fault_at(Place("XX-01"), "la table est vide", "the table is empty")
    assert ("La table est vide.", "The table is empty.") == fault.what
    assert "XX-01: The table is empty. Correct this entry." == fault.say("en")


def test_the_same_fault_of_many_files_is_said_once():
    """At most five places are named; faults that differ stay apart."""
    faults = [fault_at(Place(f"XX-{i:02}"), "une", "one") for i in (*range(1, 8), 1)]
    faults.append(fault_at(Place("XX-01"), "deux", "two"))
    first, second = gathered(faults)
    assert "XX-01, XX-02, XX-03, XX-04, XX-05 (+ 2)" == first.where
    assert ("XX-01", "Two.") == (second.where, second.what.en)
