import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.store import DEMO_STORE, read_layers
from zones.measures import bulk, ground, ground_of, measure_ground
from zones.measures.bulk import nearest_pieces, shared_ground
from zones.measures.features import ready
from zones.sites import each_parcel

CORNER = (1_640_000.0, 9_180_000.0)


@pytest.fixture(params=[0, 10**9], ids=["compiled", "GEOS"])
def _either_way(request, monkeypatch):
    """The compiled loops for any number of shapes, then GEOS for any number."""
    monkeypatch.setattr(bulk, "FEW", request.param)


def lots():
    """A row of lots with jagged sides, one with a hole, one in two parts, one that is turned."""
    sides = [[(x, 0.0), (x + (2.0 if x % 20 else -2.0), 4.0), (x, 8.0)] for x in range(0, 70, 10)]
    rows = [shapely.Polygon([*west, *east[::-1]]) for west, east in zip(sides, sides[1:])]  # noqa: B905, RUF007 - pairs
    rows[1] -= shapely.box(13, 3, 14, 5)
    rows[3] = shapely.MultiPolygon([rows[3], shapely.box(30, 20, 34, 24)])
    rows[5] = rows[5].reverse()
    return shapely.transform(np.array(rows), lambda points: points + CORNER)


def areas():
    """Polygons along limits of the lots, across them, with a hole, of many points, apart."""
    limit = [(20.0, 0.0), (18.0 if 20 % 20 == 0 else 22.0, 4.0), (20.0, 8.0)]
    shapes = [
        shapely.Polygon([(-5, 0), *limit, (-5, 8)]),
        shapely.box(-5, 4, 100, 30),
        shapely.box(0, -5, 70, 30) - shapely.box(32, 1, 45, 3),
        shapely.Point(30, 4).buffer(25, quad_segs=200),
        shapely.box(500, 500, 510, 510),
    ]
    return shapely.transform(np.array(shapes), lambda points: points + CORNER)


@pytest.mark.usefixtures("_either_way")
def test_shared_areas_along_common_limits_holes_and_parts():
    """Every pair against a plain overlay; pairs that share noise at most are left out."""
    shapes, features = lots(), ready(areas())
    found = shared_ground(shapes, shapely.area(shapes), features)
    table = np.zeros((len(shapes), len(features.shapes)))
    table[found.site, found.feature] = found.area_m2
    expected = shapely.area(shapely.intersection(shapes[:, None], features.shapes[None]))
    np.testing.assert_allclose(table, np.where(expected > 0.01, expected, 0), atol=1e-6)
    assert (found.area_m2 > 0.01).all()


@pytest.mark.usefixtures("_either_way")
def test_distances_to_points_and_lines():
    """Inside, on the edge, across, in a hole, far away: against every pair."""
    shapes = lots()
    targets = shapely.transform(
        np.array(
            [
                shapely.Point(13.5, 4),
                shapely.Point(40, 2),
                shapely.LineString([(33, -20), (33, -3)]),
                shapely.LineString([(52, 2), (53, 3), (90, 3)]),
                shapely.Point(5000, 5000),
            ]
        ),
        lambda points: points + CORNER,
    )
    for chosen in (targets, targets[:1], targets[2:3], targets[-1:], targets[1:2]):
        features = ready(chosen)
        found = nearest_pieces(shapes, features)
        expected = shapely.distance(shapes[:, None], chosen[None]).min(axis=1)
        np.testing.assert_allclose(found.distance_m, expected, atol=1e-6)
        np.testing.assert_allclose(
            shapely.distance(shapes, features.pieces[found.piece]), expected, atol=1e-6
        )
        assert (expected == 0).tolist() == (found.distance_m == 0).tolist()


@pytest.mark.usefixtures("_either_way")
def test_nothing_is_far_from_nothing():
    """No shape, no feature, a shape without a point: infinity and -1, no pair."""
    none = ready(np.array([], dtype=object))
    assert np.isinf(nearest_pieces(lots(), none).distance_m).all()
    assert 0 == len(nearest_pieces(lots()[:0], ready(areas())).piece)
    void = np.array([shapely.Polygon()])
    found = nearest_pieces(void, ready(np.array([shapely.Point(0, 0)])))
    assert ([np.inf], [-1]) == (found.distance_m.tolist(), found.piece.tolist())
    assert 0 == len(shared_ground(void, np.zeros(1), ready(areas())).site)


@pytest.mark.usefixtures("_either_way")
def test_polygons_and_shapes_of_other_kinds_are_measured_too():
    """A polygon as a target, a point as a shape."""
    shapes = np.array([shapely.box(0, 0, 1, 1), shapely.Point(0, 3)])
    target = ready(np.array([shapely.box(4, 0, 5, 3)]))
    assert [3.0, 4.0] == nearest_pieces(shapes, target).distance_m.tolist()
    assert [4.0, 5.0] == nearest_pieces(
        shapes, ready(np.array([shapely.Point(5, 0), shapely.Point(5, 3)]))
    ).distance_m.tolist()


def test_a_limit_only_spares_work(monkeypatch):
    """What lies within the limit is found; beyond it infinity may stand."""
    monkeypatch.setattr(bulk, "FEW", 0)
    shapes = np.array([shapely.box(0, 0, 1, 1), shapely.box(50, 0, 51, 1)])
    target = ready(np.array([shapely.Point(3, 0)]))
    found = nearest_pieces(shapes, target, limit_m=np.array([2.0, 5.0]))
    assert [2.0, np.inf] == found.distance_m.tolist()


def test_many_chunks_are_put_together(monkeypatch):
    """Shapes in chunks of three: the same as at once."""
    monkeypatch.setattr(bulk, "FEW", 0)
    shapes, features = lots(), ready(areas()[:4])
    whole = shared_ground(shapes, shapely.area(shapes), features)
    stops = ready(shapely.centroid(areas()))
    far = nearest_pieces(shapes, stops)
    monkeypatch.setattr(bulk, "_CHUNK", 3)
    again = shared_ground(shapes, shapely.area(shapes), features)
    assert whole.area_m2.tolist() == again.area_m2.tolist()
    assert far.distance_m.tolist() == nearest_pieces(shapes, stops).distance_m.tolist()


def test_every_fact_of_the_demonstration_is_the_same_either_way(monkeypatch):
    """Words, reasons and tolerances to the bit; figures within a millionth."""
    layers = read_layers(DEMO_STORE)
    sites = each_parcel(layers["parcels"].features.iloc[::4])
    found = []
    for few in (0, 10**9):
        monkeypatch.setattr(bulk, "FEW", few)
        monkeypatch.setattr(ground, "FEW", few)
        found.append(measure_ground(ground_of(sites, layers)))
    for name, column in found[0].items():
        other = found[1][name]
        assert column.missing.tolist() == other.missing.tolist(), name
        assert column.tolerance.tolist() == other.tolerance.tolist(), name
        if column.values.dtype == object:
            assert column.values.tolist() == other.values.tolist(), name
        else:
            np.testing.assert_allclose(column.values, other.values, rtol=1e-6, atol=1e-6)


PLACES = st.integers(0, 12)


@given(st.lists(st.tuples(PLACES, PLACES, PLACES, PLACES, st.booleans()), min_size=2, max_size=8))
@settings(deadline=None, max_examples=150)
def test_on_a_lattice_where_everything_coincides(cells):
    """Boxes and triangles with whole corners share edges and points all the time."""
    shapes = np.array(
        [
            shapely.box(x, y, x + 1 + w, y + 1 + h)
            if is_box
            else shapely.Polygon([(x, y), (x + 1 + w, y), (x, y + 1 + h)])
            for x, y, w, h, is_box in cells
        ]
    )
    one, two = shapes[::2], ready(shapes[1::2])
    flat = bulk.outlines_of(one)
    site, feature, area = bulk._counted_m2(flat, one, shapely.area(one), two)  # noqa: SLF001 - the loops, without the switch
    found = np.zeros((len(one), len(two.shapes)))
    found[site, feature] = area
    expected = shapely.area(shapely.intersection(one[:, None], two.shapes[None]))
    np.testing.assert_allclose(found, expected, atol=1e-9)
