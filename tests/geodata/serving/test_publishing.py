import json

import pytest

from geodata.errors import FileFormatError, MissingFileError, StoreError
from geodata.layers import make_layer
from geodata.serving import publishing
from geodata.serving.publishing import publish, read_publication
from geodata.store import DEMO_STORE, read_layers
from geodata.writing.command import export_layers


def names(folder):
    """Names of the files of a folder."""
    return sorted(each.name for each in folder.iterdir())


def test_no_layer_publishes_nothing(tmp_path):
    """The folder is made, its index is empty."""
    assert [] == publish(tmp_path / "a" / "b", {})
    assert [] == read_publication(tmp_path / "a" / "b")


def test_a_layer_without_features_is_left_out(tmp_path, raw_parcels, stops):
    """A collection without an extent breaks readers."""
    empty = make_layer(raw_parcels.iloc[:0], layer="parcels", date="", source="vide")
    publish(tmp_path, {"parcels": empty, "transit_stops": stops})
    assert ["publication.json", "transit_stops.geojson"] == names(tmp_path)


def test_what_is_published_is_the_public_export(tmp_path):
    """File for file, byte for byte, for every layer of the demonstration."""
    layers = read_layers(DEMO_STORE)
    publish(tmp_path / "published", layers)
    export_layers(tmp_path / "exported", layers, output="geojson", profile="public", language="fr")
    for name in layers:
        published = (tmp_path / "published" / f"{name}.geojson").read_bytes()
        assert (tmp_path / "exported" / f"{name}.geojson").read_bytes() == published


def test_collections_say_where_they_come_from(tmp_path, parcels, verdict_file):
    """Title and description in both languages, with the demonstration label."""
    made = publish(tmp_path, {"parcels": parcels}, verdicts=verdict_file)
    assert made == read_publication(tmp_path)
    layer, verdicts = made
    assert {"fr": "DEMO – Parcelles", "en": "DEMO – Parcels"} == layer.title
    assert layer.description["fr"].startswith("DÉMONSTRATION")
    assert "Edition: 2026-01-01." in layer.description["en"]
    assert f"Licence: {layer.licence}." in layer.description["en"]
    assert ("id", 3) == (layer.columns[0], layer.features)
    west, south, east, north = layer.bbox
    assert 2.2 < west < east < 2.4
    assert 49.8 < south < north < 50.0
    assert ("verdicts", "DEMO – Avis", "2026-11-01") == (
        verdicts.id,
        verdicts.title["fr"],
        verdicts.date,
    )
    assert [2.3, 49.89, 2.311, 49.891] == verdicts.bbox
    everything = "".join(each.read_text(encoding="utf-8") for each in tmp_path.iterdir())
    assert "Jeanne" not in everything


def test_a_new_publication_replaces_the_old(tmp_path, parcels, stops):
    """What is no longer published goes; equal publications are equal bytes."""
    publish(tmp_path, {"parcels": parcels, "transit_stops": stops})
    before = (tmp_path / "parcels.geojson").read_bytes()
    publish(tmp_path, {"parcels": parcels})
    assert ["parcels.geojson", "publication.json"] == names(tmp_path)
    assert before == (tmp_path / "parcels.geojson").read_bytes()


def test_a_folder_of_something_else_is_left_alone(tmp_path, parcels):
    """Nothing is written among a user's own files, and nothing of them is removed."""
    (tmp_path / "zones.geojson").write_text("mine", encoding="utf-8")
    with pytest.raises(StoreError):
        publish(tmp_path, {"parcels": parcels})
    assert ["zones.geojson"] == names(tmp_path)
    with pytest.raises(StoreError):
        publish(tmp_path / "zones.geojson", {"parcels": parcels})


def test_a_refused_file_of_verdicts_leaves_the_old_publication(tmp_path, parcels, stops):
    """Everything is read before anything is written."""
    publish(tmp_path, {"parcels": parcels})
    index = (tmp_path / "publication.json").read_bytes()
    with pytest.raises(MissingFileError):
        publish(tmp_path, {"transit_stops": stops}, verdicts=tmp_path / "no.geojson")
    assert ["parcels.geojson", "publication.json"] == names(tmp_path)
    assert index == (tmp_path / "publication.json").read_bytes()


def test_a_failing_disk_leaves_the_old_publication(tmp_path, parcels, stops, monkeypatch):
    """Files take their place together, the index last."""
    publish(tmp_path, {"parcels": parcels})
    before = {each.name: each.read_bytes() for each in tmp_path.iterdir()}
    write = publishing.replacing
    given = iter(range(9))

    def failing(path):
        if next(given) == 1:
            raise StoreError
        return write(path)

    monkeypatch.setattr(publishing, "replacing", failing)
    with pytest.raises(StoreError):
        publish(tmp_path, {"transit_stops": stops})
    assert before == {each.name: each.read_bytes() for each in tmp_path.iterdir()}


@pytest.mark.parametrize(
    "index",
    [
        "",
        "[]",
        '{"layout": 9, "collections": []}',
        '{"layout": 1}',
        '{"layout": 1, "collections": [{"id": "a"}]}',
        '{"layout": 1, "collections": 3}',
    ],
)
def test_a_damaged_index_is_refused(tmp_path, index):
    """Also by the next publication, which would not know what to remove."""
    (tmp_path / "publication.json").write_text(index, encoding="utf-8")
    with pytest.raises(FileFormatError, match=r"publication\.json"):
        read_publication(tmp_path)
    with pytest.raises(FileFormatError):
        publish(tmp_path, {})


def test_an_index_names_no_file_elsewhere(tmp_path, parcels):
    """An id is a plain word: nothing outside the folder is read or removed."""
    folder = tmp_path / "published"
    publish(folder, {"parcels": parcels})
    outside = tmp_path / "canary.geojson"
    outside.write_text("canary", encoding="utf-8")
    index = json.loads((folder / "publication.json").read_text(encoding="utf-8"))
    index["collections"][0]["id"] = "../canary"
    (folder / "publication.json").write_text(json.dumps(index), encoding="utf-8")
    with pytest.raises(FileFormatError):
        publish(folder, {})
    assert "canary" == outside.read_text(encoding="utf-8")


def test_nothing_published(tmp_path):
    """The command that publishes is named."""
    with pytest.raises(MissingFileError, match="geodata publish"):
        read_publication(tmp_path)
