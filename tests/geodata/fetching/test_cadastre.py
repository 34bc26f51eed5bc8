import pytest

from geodata.errors import PlanningError
from geodata.fetching.cadastre import bring
from tests.geodata.fetching.conftest import Reply
from tests.geodata.fetching.town import packed, parcels


@pytest.mark.usefixtures("quick_reader")
def test_communes_parcels_and_buildings(town, task):
    """In that order; the newest day of change dates each; the communes give the coverage."""
    brought = bring(task("cadastre"))
    assert ["communes", "parcels", "buildings"] == [each.id for each in brought.layers]
    dates = ["2025-06-01", "2025-03-01", "2025-05-05"]
    assert dates == [each.edition.date for each in brought.layers]
    outline = brought.layers[0].features.geometry.iloc[0]
    assert all(each.coverage.equals(outline) for each in brought.layers)
    assert town


@pytest.mark.usefixtures("town", "quick_reader")
def test_only_what_is_wanted_is_asked(server, task):
    """Parcels alone: one request, and the outline of the parcels is the coverage."""
    (layer,) = bring(task("cadastre", "parcels")).layers
    assert 1 == len(server.asked)
    assert layer.coverage.covers(layer.features.geometry.union_all())
    assert [8000.0, 8010.0] == layer.features["contenance"].dropna().tolist()


def test_one_bad_ring_costs_no_other_parcel(server, town, task):
    """It is set aside by id; the others come in."""
    server.play(f"{town}parcelles.json.gz", packed(parcels(bad_ring=True)))
    brought = bring(task("cadastre", "parcels"))
    assert ["80021000ZX0001", "80021000ZX0002"] == brought.layers[0].features.index.tolist()
    assert any("80021000ZX0003" in each.en for each in brought.remarks)


@pytest.mark.usefixtures("town", "quick_reader")
def test_unchanged_files_are_said_to_be(server, town, task):
    """Every file answered by 304."""
    first = packed(parcels(), ETag='"p"')
    server.play(f"{town}parcelles.json.gz", first, Reply(b"", status=304))
    assert not bring(task("cadastre", "parcels")).is_unchanged
    assert bring(task("cadastre", "parcels")).is_unchanged


def test_a_file_that_is_none(server, town, task):
    """Refused in the reader, with the name of the file."""
    server.play(f"{town}parcelles.json.gz", Reply(b'{"type": "FeatureCollection"}'))
    with pytest.raises(PlanningError) as error:
        bring(task("cadastre", "parcels"))
    assert "cadastre-80021-parcelles.json.gz" in error.value.say("en")


@pytest.mark.usefixtures("town", "quick_reader")
def test_files_that_the_store_was_made_of_are_not_read_again(task, monkeypatch):
    """The layers held are given back as they are."""
    held = {each.id: each for each in bring(task("cadastre")).layers}
    monkeypatch.setattr("geodata.fetching.reading.read_tables", None)
    again = bring(task("cadastre", held=held)).layers
    assert all(held[each.id] is each for each in again)
    assert 3 == len(again)
