import pytest

from geodata import errors
from geodata.errors import Fault, PlanningError, culprits, did_you_mean
from geodata.language import Text

FAULT = Fault(Text("Quoi.", "What."), "parcelles.json", Text("Faire.", "Do."))


@pytest.mark.parametrize(
    ("name", "builtin"),
    [
        ("DataError", ValueError),
        ("FileFormatError", ValueError),
        ("MissingCrsError", ValueError),
        ("ContractError", ValueError),
        ("MissingFileError", FileNotFoundError),
        ("StoreError", OSError),
        ("CharterError", ValueError),
        ("ProjectError", ValueError),
        ("FetchError", ConnectionError),
        ("SelectionError", LookupError),
    ],
)
def test_each_error_is_one_of_ours_and_a_builtin(name, builtin):
    """Plain `except ValueError` works, and so does one `except` for all of ours."""
    error = getattr(errors, name)(FAULT)
    assert isinstance(error, PlanningError)
    assert isinstance(error, builtin)
    assert "parcelles.json\u00a0: Quoi. Faire." == str(error) == error.say("fr")


def test_every_fault_is_said_in_the_language_asked_for():
    """One line each; no place, no colon."""
    nowhere = Fault(Text("a", "b"), "", Text("c", "d"))
    assert "parcelles.json: What. Do.\nb d" == PlanningError(FAULT, nowhere).say("en")


def test_five_culprits_are_named_and_the_rest_counted():
    """A message stays readable."""
    assert "" == culprits([])
    assert "1, 2, 3, 4, 5" == culprits(range(1, 6))
    assert "1, 2, 3, 4, 5 (+ 2)" == culprits(range(1, 8))


def test_the_nearest_word_is_proposed_or_all_of_them():
    """A slip gets a proposal, a stranger the list."""
    assert "Did you mean “parcels”?" == did_you_mean("parcles", ["zones", "parcels"]).en
    assert "Choose one of: a, b." == did_you_mean("xyz", ["b", "a"]).en
