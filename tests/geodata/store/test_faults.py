import inspect

import pytest

from geodata.store import faults

WHERE = "metropole.gpkg"
EXTRA = {
    "other_layout": {"layout": (3,), "expected": 1},
    "altered": {"layer": "parcels", "number": 2},
    "refused": {"code": "53100"},
}


@pytest.mark.parametrize("name", faults.__all__)
def test_faults_name_the_store_and_a_remedy(name):
    """What, where, what to do, in both languages, every value filled in."""
    fault = getattr(faults, name)(WHERE, **EXTRA.get(name, {}))
    for language in ("fr", "en"):
        said = fault.say(language)
        assert said.startswith(WHERE)
        assert fault.remedy.say(language) in said
        assert "None" not in said
        assert "{" not in said
        for value in ("53100", "parcels") if name in {"refused", "altered"} else ():
            assert value in said or value not in str(EXTRA[name])


def test_a_layout_that_cannot_be_told_is_said_so():
    """A store without a layout number is one of another layout."""
    assert "?" in faults.other_layout(WHERE, None, expected=2).say("fr")


def test_a_damaged_store_offers_its_backup():
    """By name, and only when there is one."""
    assert "s.gpkg.bak" in faults.damaged("s.gpkg", backup="s.gpkg.bak").say("fr")
    assert ".bak" not in faults.damaged("s.gpkg").say("en")


def test_every_fault_has_a_sentence_of_its_own():
    """Each function says when it applies."""
    assert all(inspect.getdoc(getattr(faults, name)) for name in faults.__all__)
