import pytest

from geodata.catalog import catalog
from geodata.errors import SelectionError
from geodata.fetching.services import chosen, department, request_of, services


def test_no_service_is_called_verified():
    """Nobody has called one with this program, and all are asked over https."""
    assert {False} == {each.verified for each in services().values()}
    assert all(each.base.startswith("https://") for each in services().values())


def test_topics_bring_layers_of_the_catalog():
    """Every layer named exists, and every endpoint serves topics of its service."""
    for service in services().values():
        assert set(catalog()) >= {layer for each in service.topics.values() for layer in each}
        for endpoint in service.endpoints.values():
            assert set(service.topics) >= set(endpoint.topics)


def test_topics_and_services_can_be_chosen():
    """A topic, a whole service, everything; the WFS only ever replaces API Carto."""
    assert {"cadastre": {"parcels"}, "osm": {"shops", "hotels"}} == chosen(("parcels", "osm"))
    assert {"bdnb": {"heights"}} == chosen(("heights",))
    everything = chosen(None)
    assert {"communes", "parcels", "buildings"} == everything["cadastre"]
    assert "plu_wfs" not in everything
    assert "territory" not in everything


@pytest.mark.parametrize("word", ["parcel", "plu_wfs", "", "territory"])
def test_unknown_topics_are_refused(word):
    """With the nearest word, or all of them."""
    with pytest.raises(SelectionError) as error:
        chosen((word,))
    assert word in error.value.say("en")


def test_nothing_chosen_is_refused():
    """An empty choice is a slip, not a wish."""
    with pytest.raises(SelectionError):
        chosen(())


def test_the_address_of_the_cadastre():
    """As documented, by hand."""
    values = {"commune": "80021", "department": "80"}
    assert (
        "https://cadastre.data.gouv.fr/data/etalab-cadastre/latest/geojson/communes/80/80021/"
        "cadastre-80021-parcelles.json.gz"
    ) == request_of("cadastre", "parcels", values=values).url


def test_places_without_a_value_stay():
    """A plan shows what comes from an earlier answer."""
    assert "{resource}" == request_of("transit", "gtfs", values={}).url


def test_the_environment_may_name_another_base(monkeypatch):
    """For a mirror, or for tests; the slash at its end does not count."""
    monkeypatch.setenv("TECHNOPOLE_FETCH_BASE_RNB", "https://rnb-api.beta.gouv.fr/mirror/")
    request = request_of("rnb", "buildings", values={"commune": "80021"})
    assert "https://rnb-api.beta.gouv.fr/mirror" == request.base
    assert request.url.startswith("https://rnb-api.beta.gouv.fr/mirror/api/alpha/buildings/?")


@pytest.mark.parametrize(
    ("commune", "expected"), [("80021", "80"), ("2A004", "2A"), ("97411", "974"), ("98818", "988")]
)
def test_departments(commune, expected):
    """Two characters, three overseas."""
    assert expected == department(commune)
