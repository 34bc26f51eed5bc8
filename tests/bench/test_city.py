import numpy as np
import pytest
import shapely
from city import cached_city, city

from geodata.layers import faults


@pytest.fixture(scope="module")
def layers():
    """A small city."""
    return city(1500)


def test_every_layer_keeps_its_contract(layers):
    """Valid shapes, unique ids, the columns of the catalog."""
    assert [] == [fault for layer in layers.values() for fault in faults(layer)]
    assert 1500 == len(layers["parcels"].features)


def test_parcels_are_no_bare_grid(layers):
    """Five to seventeen points and more, holes, several parts, no overlap, common sides."""
    shapes = layers["parcels"].features.geometry.to_numpy()
    counts = shapely.get_num_coordinates(shapes)
    assert (counts.min(), np.unique(counts).size > 10) == (5, True)
    assert (shapely.get_num_interior_rings(shapes) > 0).sum() > 3
    assert (shapely.get_num_geometries(shapes) > 1).sum() > 3
    merged = shapely.union_all(shapes)
    assert merged.area == pytest.approx(shapely.area(shapes).sum(), abs=1e-3)
    assert merged.length < 0.8 * shapely.length(shapes).sum()


def test_limits_of_zones_run_along_limits_of_parcels(layers):
    """Dozens of parcels have a side of 5 m and more on the limit of a plan zone."""
    parcels = layers["parcels"].features.geometry.to_numpy()
    limits = shapely.union_all(shapely.boundary(layers["plu_zones"].features.geometry.to_numpy()))
    shared = shapely.length(shapely.intersection(shapely.boundary(parcels), limits.buffer(1e-6)))
    assert (shared > 5).sum() > 50


def test_plan_zones_leave_no_gap(layers):
    """Their areas add up to that of their union, which holds every parcel."""
    zones = layers["plu_zones"].features.geometry.to_numpy()
    merged = shapely.union_all(zones)
    assert merged.area == pytest.approx(shapely.area(zones).sum())
    assert shapely.covers(merged.buffer(1e-6), layers["parcels"].features.geometry.to_numpy()).all()


def test_some_layers_do_not_speak_for_the_whole_city(layers):
    """Part of the parcels lies outside the coverage of stops and of heat mains."""
    parcels = layers["parcels"].features.geometry.to_numpy()
    for name, share in (("communes", 1.0), ("transit_stops", 0.9), ("heat_mains", 0.9)):
        inside = shapely.covers(layers[name].coverage, parcels).mean()
        assert 0.2 < inside <= share


def test_the_city_is_the_same_every_time_and_read_back_as_made(tmp_path):
    """Twice made, once read: the same bytes."""
    first, kept = city(300), cached_city(300, tmp_path)
    again = cached_city(300, tmp_path)
    for name, layer in first.items():
        for other in (kept[name], again[name]):
            assert layer.coverage.equals_exact(other.coverage, 0)
            assert list(layer.features.index) == list(other.features.index)
            wkb = shapely.to_wkb(layer.features.geometry.to_numpy())
            assert wkb.tolist() == shapely.to_wkb(other.features.geometry.to_numpy()).tolist()
