import dataclasses

import numpy as np
import pytest
import shapely
from city import city

from zones.measures import keeping
from zones.measures.ground import ground_of
from zones.measures.keeping import keep_facts
from zones.measures.measuring import measure_ground
from zones.sites import each_parcel

COUNT = 60


@pytest.fixture(scope="module")
def layers():
    """A few parcels and everything around them."""
    return city(COUNT)


@pytest.fixture(autouse=True)
def _however_few(monkeypatch):
    """The few parcels of the tests are kept too."""
    monkeypatch.setattr(keeping, "FEW", 0)


def on_ground(layers):
    """Every parcel on its layers."""
    return ground_of(each_parcel(layers["parcels"].features), layers)


def listed(facts):
    """Facts as plain lists."""
    return {
        name: (each.values.tolist(), each.missing.tolist(), each.tolerance.tolist())
        for name, each in facts.items()
    }


def test_facts_come_back_as_they_were_measured(layers, tmp_path):
    """Words, numbers, reasons, tolerances; the second time from disk, then nothing is measured."""
    first, second = on_ground(layers), on_ground(layers)
    assert not keep_facts(first, folder=tmp_path)
    assert keep_facts(second, folder=tmp_path)
    expected, found = listed(measure_ground(on_ground(layers))), listed(measure_ground(second))
    assert repr(expected) == repr(found)
    assert ("overlaps", "zones") not in second.memo
    words = measure_ground(second, only=["commune"])["site.commune"].values
    assert object == words.dtype


def test_another_layer_is_measured_anew(layers, tmp_path):
    """A feature that moves, another edition, another coverage, one parcel less."""
    keep_facts(on_ground(layers), folder=tmp_path)
    hotels = layers["hotels"]
    moved = hotels.features.copy()
    moved.geometry = shapely.transform(moved.geometry.to_numpy(), lambda points: points + 1)
    edition = dataclasses.replace(hotels.edition, number=7)
    fewer = layers["parcels"].features.iloc[:-1]
    for other in (
        {"hotels": dataclasses.replace(hotels, features=moved)},
        {"hotels": dataclasses.replace(hotels, edition=edition)},
        {"hotels": dataclasses.replace(hotels, coverage=None)},
        {"parcels": dataclasses.replace(layers["parcels"], features=fewer)},
    ):
        assert not keep_facts(on_ground({**layers, **other}), folder=tmp_path)
    assert keep_facts(on_ground({**layers, **other}), folder=tmp_path)


def test_another_version_of_the_measures_is_not_believed(layers, tmp_path, monkeypatch):
    """A changed source file changes the stamp."""
    keep_facts(on_ground(layers), folder=tmp_path)
    monkeypatch.setattr(keeping, "_version", lambda: b"another")
    assert not keep_facts(on_ground(layers), folder=tmp_path)


@pytest.mark.parametrize("damage", [b"", b"PAR1 but not really PAR1", None])
def test_a_damaged_file_is_replaced(layers, tmp_path, damage):
    """Empty, overwritten, cut short: measured again, and whole the next time."""
    keep_facts(on_ground(layers), folder=tmp_path)
    (path,) = tmp_path.glob("*.parquet")
    path.write_bytes(path.read_bytes()[:-100] if damage is None else damage)
    ground = on_ground(layers)
    assert not keep_facts(ground, folder=tmp_path)
    assert COUNT == len(measure_ground(ground, only=["zone"])["site.zone"].values)
    assert keep_facts(on_ground(layers), folder=tmp_path)


def test_a_file_under_the_name_of_another_is_not_believed(layers, tmp_path):
    """The stamp within the file decides."""
    keep_facts(on_ground(layers), folder=tmp_path)
    (path,) = tmp_path.glob("*.parquet")
    other = {**layers, "hotels": dataclasses.replace(layers["hotels"], coverage=None)}
    keep_facts(on_ground(other), folder=tmp_path)
    (new,) = set(tmp_path.glob("*.parquet")) - {path}
    new.write_bytes(path.read_bytes())
    assert not keep_facts(on_ground(other), folder=tmp_path)


def test_a_folder_that_cannot_be_written_costs_only_time(layers, tmp_path):
    """A file stands where the folder should be: the facts are measured, nothing is raised."""
    (tmp_path / "facts").write_bytes(b"")
    ground = on_ground(layers)
    assert not keep_facts(ground, folder=tmp_path / "facts")
    assert ("column", "zone") in ground.memo


def test_the_files_are_few(layers, tmp_path):
    """After six editions, the four used last are there."""
    parcels = layers["parcels"]
    for number in range(6):
        edition = dataclasses.replace(parcels.edition, number=number)
        other = {**layers, "parcels": dataclasses.replace(parcels, edition=edition)}
        keep_facts(on_ground(other), folder=tmp_path)
    assert 4 == len(list(tmp_path.iterdir()))
    assert keep_facts(on_ground(other), folder=tmp_path)


def test_few_sites_are_left_to_be_measured(layers, tmp_path, monkeypatch):
    """Nothing is read, measured or written."""
    monkeypatch.setattr(keeping, "FEW", COUNT + 1)
    ground = on_ground(layers)
    assert not keep_facts(ground, folder=tmp_path)
    assert ([], {}) == (list(tmp_path.iterdir()), ground.memo)


def test_facts_of_the_day_are_not_kept(layers, tmp_path):
    """What depends on the day or the project is measured with them."""
    keep_facts(on_ground(layers), folder=tmp_path)
    ground = on_ground(layers)
    keep_facts(ground, folder=tmp_path)
    assert ("column", "ort_share") not in ground.memo
    assert np.all(ground.memo["column", "planar_area_m2"][1].values > 0)
