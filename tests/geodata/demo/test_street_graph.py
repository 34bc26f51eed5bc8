import numpy as np
import pytest
import shapely

import geodata.demo


@pytest.fixture
def river(built):
    """Course of the Somme."""
    return built["context"].geometry["context-somme"]


def test_the_network_is_in_one_piece(walked, driven):
    """On foot and by car, at least 98 % of the length hangs together."""
    assert walked.main_share() >= 0.98
    assert driven.main_share() >= 0.98


def test_streets_of_one_level_are_cut_at_every_crossing(walked):
    """Two walked streets share end points only: none crosses or touches another elsewhere."""
    left, right = shapely.STRtree(walked.lines).query(walked.lines, predicate="intersects")
    pairs = left < right
    common = shapely.intersection(walked.lines[left[pairs]], walked.lines[right[pairs]])
    points = shapely.get_coordinates(common).round(2)
    nodes = {tuple(each) for each in walked.nodes.tolist()}
    assert set(shapely.get_type_id(common)) <= {0, 4}
    assert [] == [each for each in points.tolist() if tuple(each) not in nodes]


def test_no_end_stops_just_short_of_another_street(walked):
    """Where a street ends alone, no other street passes within half a metre."""
    for node in np.flatnonzero(walked.degree == 1):
        point = shapely.Point(walked.nodes[node])
        near = (shapely.distance(walked.lines, point) < 0.5).sum()
        assert 1 == near, point.wkt


def test_coordinates_lie_on_the_centimetre(built):
    """End points are equal or at least a centimetre apart."""
    points = shapely.get_coordinates(built["streets"].geometry.to_numpy())
    assert np.abs(points - points.round(2)).max() < 1e-6


def test_there_are_dead_ends_and_junctions(walked):
    """A network of a town: many crossings of three or four streets, some dead ends."""
    assert (walked.degree == 1).sum() > 20
    assert (walked.degree >= 3).sum() > 300


def test_motorways_are_not_walked_and_footpaths_not_driven(built):
    """Motorways and the ring road on one side; towpath, path and footbridge on the other."""
    streets = built["streets"]
    names = streets["name"].fillna("")
    fast = names.str.match("A16|A29|Rocade|Bretelle")
    assert streets.loc[fast, "is_drivable"].all()
    assert not streets.loc[fast, "is_walkable"].any()
    paths = names.str.match("Chemin de halage|Sentier|Passerelle")
    assert streets.loc[paths, "is_walkable"].all()
    assert not streets.loc[paths, "is_drivable"].any()
    assert streets.loc[~paths & ~fast, ["is_walkable", "is_drivable"]].all(axis=None)


def test_the_river_is_crossed_by_bridges_only(built, river):
    """Every walked street that crosses the Somme is called a bridge, and there are five."""
    walkable = built["streets"][built["streets"]["is_walkable"].astype(bool)]
    crossing = walkable.loc[walkable.intersects(river), "name"]
    assert crossing.str.match("Pont |Passerelle ").all()
    assert 5 == crossing.nunique()


def test_a_way_to_the_other_bank_is_long(walked, river):
    """Two streets close across the Somme are far apart along the streets."""
    from scipy.sparse.csgraph import dijkstra  # noqa: PLC0415 - used here only

    middle = river.interpolate(0.3, normalized=True)
    banks = [middle.buffer(600).difference(river.buffer(5)).geoms[side] for side in (0, 1)]
    nodes = shapely.points(walked.nodes)
    sides = [np.flatnonzero(shapely.contains(bank, nodes)) for bank in banks]
    if not all(len(side) for side in sides):
        pytest.fail("no street on one of the banks")
    metres = dijkstra(walked.ways, indices=sides[0])[:, sides[1]]
    straight = shapely.distance(nodes[sides[0]][:, None], nodes[sides[1]][None, :])
    assert (metres / straight).max() > 1.5


def test_streets_follow_the_drawn_roads(built):
    """What the territory holds of a drawn street, highway or avenue lies on the network."""
    network = shapely.union_all(built["streets"].geometry.to_numpy()).buffer(0.05)
    roads = built["roads"].intersection(geodata.demo.coverages()["streets"])
    assert (roads.intersection(network).length / roads.length).min() > 0.98


def test_streets_leave_parcels_alone(built):
    """Streets run between blocks: hardly a hundredth of their length crosses a parcel."""
    streets, parcels = built["streets"].geometry.to_numpy(), built["parcels"].geometry.to_numpy()
    land = shapely.union_all(parcels).buffer(-0.5)
    inside = shapely.length(shapely.intersection(streets, land)).sum()
    assert inside < 0.015 * shapely.length(streets).sum()


def test_every_parcel_is_near_a_walked_street(built, walked):
    """No parcel is more than 150 m from the network."""
    tree = shapely.STRtree(walked.lines)
    _, metres = tree.query_nearest(
        built["parcels"].geometry.to_numpy(), return_distance=True, all_matches=False
    )
    assert metres.max() < 150


def test_pavements_are_known_on_most_streets(built):
    """Some have one, some have none, and of some nobody knows."""
    walkable = built["streets"][built["streets"]["is_walkable"].astype(bool)]
    pavement = walkable["has_pavement"]
    assert 0.05 < pavement.isna().mean() < 0.25
    assert 0.05 < pavement.eq(False).mean() < 0.3  # noqa: FBT003 - a value
    assert pavement.eq(True).mean() > 0.5  # noqa: FBT003 - a value


def test_speeds(built):
    """30 to 110 km/h where cars go, missing on a few; none on footpaths."""
    streets = built["streets"]
    driven = streets[streets["is_drivable"].astype(bool)]
    assert driven["speed_kmh"].dropna().between(30, 110).all()
    assert 0 < driven["speed_kmh"].isna().mean() < 0.1
    assert streets.loc[~streets["is_drivable"].astype(bool), "speed_kmh"].isna().all()
