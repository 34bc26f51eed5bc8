"""What a form names is found, or told with what was perhaps meant."""

from charters.editing_names import (
    article_named,
    article_with,
    charter_of_form,
    new_source_faults,
    requirement_named,
    source_faults,
    unknown_fault,
)
from charters.loading import load_charters
from geodata.errors import Fault

PARKS = load_charters()[0]


def test_what_is_there():
    """The charter, the article and the requirement themselves."""
    assert PARKS == charter_of_form({"charter": PARKS.id}, load_charters())
    assert charter_of_form({}, load_charters()) is None
    found = requirement_named({"requirement": "PI-05b"}, PARKS)
    assert "PI-05b" == found.id
    assert article_named("PI-05", PARKS) == article_with(found, PARKS)
    assert article_named(None, PARKS) is None
    assert requirement_named({}, PARKS) is None


def test_what_is_not_there():
    """A fault at its field, with the near word."""
    assert isinstance(article_named("PI-99", PARKS), Fault)
    assert isinstance(requirement_named({"requirement": "PI-05z"}, PARKS), Fault)
    given = {"source": "MODLE", "new_source": None}
    assert ["source"] == [each.where for each in source_faults(given, PARKS)]
    assert [] == list(source_faults({**given, "source": "MODEL"}, PARKS))
    assert [] == list(new_source_faults({}, PARKS))
    fault = unknown_fault("key", ("inconnu", "unknown"), "ofice", ["office"])
    assert "Did you mean “office”?" in fault.say("en")
