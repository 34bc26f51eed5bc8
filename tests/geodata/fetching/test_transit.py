import json

import pytest

from geodata.errors import DataError, FetchError
from geodata.fetching.transit import bring
from tests.geodata.fetching.conftest import Reply

pytestmark = pytest.mark.usefixtures("quick_reader")


@pytest.mark.usefixtures("town")
def test_stops_and_lines_of_the_network(server, task):
    """The network of the EPCI, its headway from the timetable: ten minutes."""
    brought = bring(task("transit"))
    stops, lines = brought.layers
    assert ["Gare", "CHU"] == stops.features["name"].tolist()
    assert 10.0 == stops.features["headway_min"].iloc[0]
    assert ["N2"] == lines.features["name"].tolist()
    assert "2026-09-01" == stops.edition.date
    assert ["/api/datasets", "/gtfs.zip"] == server.paths()


@pytest.mark.usefixtures("town")
def test_the_authority_of_a_commune_is_asked_where_the_epci_is_not_known(server, task):
    """Its SIREN names the network."""
    server.play("/api/aoms/80021", {"siren": "248000531", "nom": "Amiens Métropole"})
    assert 2 == len(bring(task("transit", siren="")).layers)
    assert "/api/aoms/80021" == server.paths()[0]


@pytest.mark.usefixtures("town")
@pytest.mark.parametrize("answer", [[], {"siren": None}, {"siren": "abc"}])
def test_an_authority_without_siren(server, task, answer):
    """Not of the documented form."""
    server.play("/api/aoms/80021", answer)
    with pytest.raises(FetchError):
        bring(task("transit", siren=""))


def test_no_published_timetable(server, task):
    """Said with the authority."""
    server.play("/api/datasets", [])
    with pytest.raises(FetchError) as error:
        bring(task("transit"))
    assert "No GTFS file is published for the authority 248000531." in error.value.say("en")


def test_a_file_on_a_strange_host_is_not_fetched(server, task):
    """The planner may allow the host, or download by hand."""
    file = {"url": "https://operator.example/gtfs.zip", "format": "GTFS"}
    listed = [{"title": "Ametis", "aom": {"siren": "248000531"}, "resources": [file]}]
    server.play("/api/datasets", listed)
    with pytest.raises(FetchError) as error:
        bring(task("transit"))
    assert "TECHNOPOLE_FETCH_HOSTS" in error.value.say("en")


@pytest.mark.usefixtures("town")
def test_what_is_no_zip(server, task):
    """Refused by the reader."""
    server.play("/gtfs.zip", Reply(json.dumps({}).encode(), kind="application/zip"))
    with pytest.raises(DataError):
        bring(task("transit"))
