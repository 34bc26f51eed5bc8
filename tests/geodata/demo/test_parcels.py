import numpy as np
import pytest
import shapely

from geodata.demo.parcels import parcels


def test_there_are_enough_parcels_in_and_around_each_zone(built):
    """At least 1 200 parcels, and a good number in each zone."""
    features, zones = built["parcels"], built["zones"].geometry
    assert 1_400 <= len(features) <= 2_300
    for zone in zones.index:
        assert features.intersects(zones[zone]).sum() > 150, zone


def test_ids_follow_the_etalab_schema(built):
    """Fourteen characters: commune, prefix, padded section, padded number; parts are trimmed."""
    features = built["parcels"]
    assert features.index.is_unique
    assert features.index.str.fullmatch(r"\d{5}000Z[XYZ]\d{4}").all()
    rebuilt = (
        features["commune"]
        + features["prefixe"]
        + features["section"].str.zfill(2)
        + features["numero"].str.zfill(4)
    )
    assert rebuilt.eq(features["id"]).all()
    assert not features["numero"].str.startswith("0").any()
    assert {"ZX", "ZY", "ZZ"} == set(features["section"])


def test_dates_are_in_order(built):
    """A parcel is never updated before it was created, nor after the edition."""
    features = built["parcels"]
    assert (features["created"] <= features["updated"]).all()
    assert (features["updated"] <= "2026-11-01").all()


def test_no_two_parcels_overlap(built):
    """Parcels share edges, never land."""
    shapes = built["parcels"].geometry.to_numpy()
    left, right = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    before = left < right
    shared = shapely.area(shapely.intersection(shapes[left[before]], shapes[right[before]]))
    assert shared.max() == 0


def test_neighbours_share_their_vertices(built):
    """Where parcels touch along a line, the line is an edge of both, to the centimetre."""
    shapes = built["parcels"].geometry.to_numpy()
    assert shapely.coverage_is_valid(shapes)
    coordinates = shapely.get_coordinates(shapes)
    assert np.abs(coordinates * 100 - np.round(coordinates * 100)).max() < 1e-4


def test_sizes_are_those_of_a_town(built):
    """From small town plots to a few of more than one hectare; no chessboard."""
    areas = built["parcels"].area
    assert 600 < areas.median() < 1_500
    assert (areas > 10_000).sum() > 8
    assert areas.between(250, 700).sum() > 250
    boxes = shapely.area(shapely.oriented_envelope(built["parcels"].geometry.to_numpy()))
    assert (areas / boxes < 0.97).mean() > 0.5


def test_plots_turn_in_many_directions(built):
    """The long sides of parcels point everywhere: no direction takes a third of them."""
    corners = [
        np.asarray(shape.minimum_rotated_rectangle.exterior.coords)[:2]
        for shape in built["parcels"].geometry
    ]
    sides = np.array([each[1] - each[0] for each in corners])
    angles = np.degrees(np.arctan2(sides[:, 1], sides[:, 0])) % 90
    shares, _ = np.histogram(angles, bins=9, range=(0, 90))
    assert shares.max() / shares.sum() < 1 / 3


def test_registered_areas_stray_from_the_plan_as_real_ones_do(built):
    """Between 0 and 9 % off, 1 % in the median, nearly 9 % at the 95th percentile."""
    known = built["parcels"].dropna(subset="contenance")
    assert known["contenance"].mod(1).eq(0).all()
    error = (known["contenance"] - known.area).abs() / known.area
    large = error[known.area > 100]
    assert large.max() <= 0.095
    assert large.median() == pytest.approx(0.01, abs=0.003)
    assert 0.06 < large.quantile(0.95) <= 0.09


def test_parcels_leave_the_streets_the_railway_and_the_river_free(built):
    """Public space is no parcel."""
    land = shapely.union_all(built["parcels"].geometry.to_numpy())
    context = built["context"]
    lines = context[context["kind"].isin(["river", "railway"])].geometry
    assert not lines.intersects(land).any()
    streets = built["roads"][built["roads"]["road_class"].isin(["street", "boulevard"])]
    inside = streets.intersection(land).length.sum() / streets.length.sum()
    assert inside < 0.01


def test_each_parcel_lies_in_the_commune_of_its_id(built):
    """The five first characters name the commune that holds the middle of the parcel."""
    outlines = built["communes"].geometry
    for parcel in parcels():
        assert outlines[parcel.id[:5]].contains(parcel.shape.representative_point())
