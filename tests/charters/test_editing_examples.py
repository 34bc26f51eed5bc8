"""Examples that give another verdict are found, told and written anew."""

import datetime as dt

from charters.editing_examples import MovedExample, with_examples
from charters.editions import charters_from, edition_files
from charters.examples import example_faults
from charters.loading import load_charters


def test_right_examples_stay_as_they_are():
    """No file is touched."""
    files = edition_files(1)
    assert (files, ()) == with_examples(files, load_charters(), but=())


def test_wrong_examples_expect_the_verdict():
    """Outcome and margin; PI-03a asks for 27.5 %, not 17.5 %: 350 of 2 000 m² is 10 short."""
    files = edition_files(1)
    path = "industrial_parks/PI-03.yaml"
    files[path] = files[path].replace(
        b"{from: 2025-11-28, value: 17.5,",
        b"{from: 2025-11-28, value: 27.5,",
    )
    charters = charters_from(files)
    assert 2 <= len(list(example_faults(charters[0])))
    made, moved = with_examples(files, charters, but=())
    day = dt.date(2026, 11, 1)
    assert MovedExample("PI-03a", day, "compliant", "non_compliant") == moved[0]
    assert {name for name in made if made[name] != files[name]} == {path}
    again = charters_from(made)
    assert [] == list(example_faults(again[0]))
    (article,) = [each for each in again[0].articles if each.id == "PI-03"]
    assert [-10, -15] == [each.expect.margin for each in article.examples[:2]]
    assert files == with_examples(files, charters, but={"PI-03"})[0]
