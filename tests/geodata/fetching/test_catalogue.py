import pytest

from geodata.fetching.catalogue import Resource, national, resources

FILE = {"url": "https://data.example/a.zip", "format": "GTFS", "updated": "2026-09-01T10:00:00Z"}


@pytest.mark.parametrize(
    "scope",
    [
        {"aom": {"siren": "248000531"}},
        {"covered_area": [{"type": "epci", "insee": "248000531"}]},
        {"legal_owners": {"aoms": [{"siren": 248000531}]}},
    ],
)
def test_a_dataset_speaks_for_a_territory_in_several_ways(scope):
    """The form of the catalogue changed over the years."""
    listed = [{"title": "Ametis", "resources": [FILE], **scope}]
    expected = Resource("Ametis", "https://data.example/a.zip", "2026-09-01", is_local=True)
    assert [expected] == resources(listed, formats=("gtfs",), mentions={"248000531"})


@pytest.mark.parametrize(
    "listed",
    [None, {}, [], [None], [{"resources": [FILE]}], [{"aom": {"siren": "1"}, "resources": [FILE]}]],
)
def test_nothing_is_found_in_other_documents(listed):
    """Members of another form are passed over."""
    assert [] == resources(listed, formats=("gtfs",), mentions={"248000531"})


@pytest.mark.parametrize(
    "file",
    [None, {}, {**FILE, "format": "NeTEx"}, {**FILE, "is_available": False}, {**FILE, "url": 1}],
)
def test_files_that_cannot_be_used(file):
    """Another format, not available, no address."""
    listed = [{"aom": {"siren": "248000531"}, "resources": [file]}]
    assert [] == resources(listed, formats=("gtfs",), mentions={"248000531"})


def test_deep_documents_do_not_hang():
    """A catalogue that nests without end is not followed."""
    deep = []
    for _ in range(500):
        deep = [deep]
    assert [] == resources([{"aom": deep}], formats=("gtfs",), mentions={"1"})


def test_national_files_by_the_words_of_their_title():
    """All words, case aside."""
    listed = [{"title": "Aménagements Cyclables France", "resources": [FILE]}, {"title": "Vélos"}]
    (found,) = national(listed, formats=("gtfs",), words=("aménagements", "cyclables"))
    assert not found.is_local
