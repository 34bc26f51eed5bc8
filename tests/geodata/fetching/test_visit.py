import pytest

from geodata.errors import SelectionError, StoreError
from geodata.fetching.visit import fetch
from geodata.store import DEMO_STORE, read_layers
from tests.geodata.fetching.conftest import Reply
from tests.geodata.fetching.town import buildings, packed, parcels

AMIENS = ("80021",)
LAYERS = {
    "communes": 1,
    "parcels": 3,
    "buildings": 2,
    "zones": 1,
    "plu_zones": 2,
    "transit_stops": 2,
    "transit_lines": 1,
    "cycle_links": 1,
    "hotels": 2,
    "shops": 2,
    "companies": 2,
}


def outcomes(results):
    """Outcome by service."""
    return {each.service: each.outcome for each in results}


@pytest.mark.usefixtures("town", "quick_reader")
def test_a_town_comes_in_whole(tmp_path, session):
    """Every layer is in the store, real, dated, with producer, licence, address and checksum."""
    told = []
    store = tmp_path / "s.gpkg"
    results = fetch(AMIENS, store=store, session=session, report=told.append)
    assert {"done"} == set(outcomes(results).values())
    held = read_layers(store)
    assert LAYERS == {name: len(layer.features) for name, layer in held.items()}
    for layer in held.values():
        assert 0.0 == layer.edition.demo_share
        assert layer.edition.source.startswith("http://127.0.0.1")
        assert 64 == len(layer.edition.digest)
        assert layer.edition.date
        assert layer.edition.producer
    assert "ODbL" == held["shops"].edition.licence
    without = {name for name, layer in held.items() if layer.coverage is None}
    assert {"cycle_links", "hotels", "shops"} == without  # absence is no fact where volunteers draw
    assert held["communes"].coverage.equals(held["plu_zones"].coverage)
    assert set(outcomes(results)) == {each.service for each in told}


@pytest.mark.usefixtures("town", "quick_reader")
def test_fetching_again_makes_no_new_edition(tmp_path, visit):
    """Equal content is kept; the heights of the BDNB are not lost on the way."""
    store = tmp_path / "s.gpkg"
    with visit() as session:
        fetch(AMIENS, store=store, session=session)
    before = {name: layer.edition.number for name, layer in read_layers(store).items()}
    with visit() as session:
        results = fetch(AMIENS, store=store, session=session)
    held = read_layers(store)
    assert before == {name: layer.edition.number for name, layer in held.items()}
    told = {"risks", "dpe", "rnb"}  # remarks only, and no 304
    assert {"kept"} == {each.outcome for each in results if each.service not in told}
    assert 1 == held["buildings"].features["height_m"].notna().sum()


@pytest.mark.usefixtures("quick_reader")
def test_one_failure_costs_no_other_layer(tmp_path, server, town, visit):
    """The zoning fails twice: the plan of the first visit stays, the parcels are renewed."""
    store = tmp_path / "s.gpkg"
    with visit() as session:
        fetch(AMIENS, only=("cadastre", "plu"), store=store, session=session)
    first = read_layers(store)
    changed = parcels()
    del changed["features"][2]
    server.play(f"{town}parcelles.json.gz", packed(changed))
    server.play("/api/gpu/zone-urba", Reply(status=500))
    server.play("/wfs/ows", Reply(b"<html>", kind="text/html"))
    with visit() as session:
        results = fetch(AMIENS, only=("cadastre", "plu"), store=store, session=session)
    second = read_layers(store)
    assert {"cadastre": "done", "plu": "failed"} == outcomes(results)
    assert (3, 2) == (len(first["parcels"].features), len(second["parcels"].features))
    assert first["plu_zones"].edition == second["plu_zones"].edition
    said = [each.say("en") for each in results[1].faults]
    assert any("answers 500" in each for each in said)
    assert any("text/html" in each for each in said)


def test_a_failure_of_everything_makes_no_store(tmp_path, server, session):
    """Nothing came in, nothing is written."""
    results = fetch(AMIENS, store=tmp_path / "s.gpkg", session=session, only=("parcels", "osm"))
    assert {"cadastre": "failed", "osm": "failed"} == outcomes(results)
    assert not (tmp_path / "s.gpkg").exists()
    assert server.asked


@pytest.mark.usefixtures("quick_reader")
def test_a_commune_that_fails_fails_its_layer(tmp_path, server, session):
    """A layer that lacks a commune is no layer; the one received is not asked for twice."""
    folder = "/data/etalab-cadastre/latest/geojson/communes/80/"
    path = f"{folder}80021/cadastre-80021-parcelles.json.gz"
    server.play(path, packed(parcels(), ETag='"p"'))
    results = fetch(
        ("80021", "80724"), only=("parcels",), store=tmp_path / "s.gpkg", session=session
    )
    assert ["failed"] == [each.outcome for each in results]
    assert ["no such file" in each.what.en for each in results[0].faults] == [True]
    assert "cadastre-80724" in results[0].faults[0].where


@pytest.mark.usefixtures("town", "quick_reader")
def test_the_planner_stops(tmp_path, visit):
    """What is done stays, what is not asked is said to be cancelled."""
    asked = []
    with visit(cancelled=lambda: len(asked) > 2) as session:
        results = fetch(AMIENS, store=tmp_path / "s.gpkg", session=session, report=asked.append)
    assert "cancelled" == results[-1].outcome
    assert {"done", "cancelled"} >= set(outcomes(results).values())


@pytest.mark.usefixtures("town", "quick_reader")
def test_communes_are_needed_to_say_that_nothing_is_there(tmp_path, session):
    """Without their outlines the layer covers nothing, and that is said."""
    results = fetch(AMIENS, only=("plu",), store=tmp_path / "s.gpkg", session=session)
    assert any("Fetch “communes” first." in each.en for each in results[0].remarks)
    assert read_layers(tmp_path / "s.gpkg")["plu_zones"].coverage is None


@pytest.mark.usefixtures("quick_reader")
def test_changed_buildings_keep_the_heights_of_the_others(tmp_path, server, town, visit):
    """The first building keeps its 9 m when the second one goes."""
    store = tmp_path / "s.gpkg"
    with visit() as session:
        fetch(AMIENS, only=("buildings", "heights"), store=store, session=session)
    left = buildings()
    del left["features"][1]
    server.play(f"{town}batiments.json.gz", packed(left))
    with visit() as session:
        fetch(AMIENS, only=("buildings",), store=store, session=session)
    assert [9.0] == read_layers(store)["buildings"].features["height_m"].tolist()


@pytest.mark.parametrize(
    ("communes", "only"), [((), None), (("8002",), None), (AMIENS, ("parcel",)), (AMIENS, ())]
)
def test_bad_requests_ask_nobody(tmp_path, server, communes, only):
    """Refused before the first request."""
    with pytest.raises(SelectionError):
        fetch(communes, only=only, store=tmp_path / "s.gpkg")
    assert [] == server.asked


def test_the_demonstration_is_not_for_writing(session):
    """Another store must be named."""
    with pytest.raises(StoreError):
        fetch(AMIENS, store=DEMO_STORE, session=session)
