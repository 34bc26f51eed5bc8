import itertools

import networkx as nx
import numpy as np
import pytest
import shapely

from zones.measures.access import access_of
from zones.measures.network import (
    cost_to_nearest,
    costs_from,
    network_of,
    reach_of,
)


def street(*points, **columns):
    """Row of one street."""
    row = {"name": None, "is_walkable": True, "is_drivable": True, "speed_kmh": 30.0}
    return {**row, **columns, "geometry": shapely.LineString(points)}


def points(*places):
    """Points as an array of shapes."""
    return np.array([shapely.Point(*place) for place in places], dtype=object)


def walk(network, origins, targets):
    """Walking distance of every origin to the nearest target."""
    found = access_of(network.lines, origins), reach_of(network, access_of(network.lines, targets))
    return cost_to_nearest(network, *found, count=len(origins))


@pytest.fixture
def block(layer):
    """Maker of the network of a block of 100 m × 50 m, and a street that leads away from it."""
    rows = [
        street((0, 0), (100, 0), speed_kmh=50.0),
        street((100, 0), (100, 50), speed_kmh=None),
        street((100, 50), (0, 50)),
        street((0, 50), (0, 0)),
        street((100, 0), (300, 0), is_walkable=False, speed_kmh=90.0),
    ]
    streets = layer("streets", rows)
    return lambda mode="walk": network_of(streets, mode=mode)


def test_streets_meet_at_the_ends_they_share(block):
    """Four corners and four streets on foot; the fifth street only by car."""
    assert 4 == len(block().nodes)
    assert [100.0, 50.0, 100.0, 50.0] == block().length_m.tolist()
    assert 5 == len(block("drive").nodes)
    assert 5 == len(block("drive").length_m)


def test_network_is_built_once_and_kept(block):
    """Asked again, the same object; another mode has its own."""
    assert block() is block()
    assert block() is not block("drive")


def test_ends_apart_by_more_than_a_millimetre_do_not_meet(layer):
    """A gap of 2 cm leaves the second street out of reach; one of a tenth of a millimetre not."""
    for gap, expected in ((0.02, np.inf), (0.0001, 150.0)):
        streets = layer("streets", [street((0, 0), (100, 0)), street((100 + gap, 0), (200, 0))])
        network = network_of(streets, mode="walk")
        assert [expected] == pytest.approx(
            walk(network, points((0, 0)), points((150, 0))).tolist(), abs=0.001
        )


def test_streets_that_cross_without_a_node_do_not_meet(layer):
    """A bridge: from the street below, the one above is out of reach."""
    streets = layer("streets", [street((0, 0), (100, 0)), street((50, -50), (50, 50))])
    network = network_of(streets, mode="walk")
    assert [np.inf] == walk(network, points((10, 0)), points((50, 40))).tolist()


def test_way_along_one_street_does_not_go_round(block):
    """From (30, 7) to (80, -2): 7 + 50 + 2."""
    assert [59.0] == walk(block(), points((30, 7)), points((80, -2))).tolist()


def test_way_by_the_nearer_end(block):
    """From (30, 7) to (20, 48): 7 + 30 + 50 + 20 + 2 by the west, more by the east."""
    assert [109.0] == walk(block(), points((30, 7)), points((20, 48))).tolist()


def test_nearest_of_several_targets_is_the_nearest_on_foot(block):
    """A target across the block is nearer as the crow flies, farther on foot."""
    targets = points((30, 49), (95, -1))
    assert [72.0] == walk(block(), points((30, 6)), targets).tolist()


def test_target_on_a_node_costs_nothing_more(block):
    """A way of no length from the node to the target is a way."""
    assert [73.0] == walk(block(), points((30, 3)), points((100, 0))).tolist()


def test_site_beside_a_street_starts_at_its_best_corner(block):
    """A plot from x = 30 to 60, 4 m from the street: 4 + 20 to the target at x = 80."""
    plot = np.array([shapely.box(30, -24, 60, -4)], dtype=object)
    assert [24.0] == walk(block(), plot, points((80, 0))).tolist()
    assert [14.0] == walk(block(), plot, points((20, 0))).tolist()


def test_site_that_faces_its_target_goes_straight_across(block):
    """The target at x = 45 lies before the plot's front from x = 30 to 60: 4 m."""
    plot = np.array([shapely.box(30, -24, 60, -4)], dtype=object)
    assert [4.0] == pytest.approx(walk(block(), plot, points((45, 0))).tolist())


def test_corner_plot_has_access_to_both_streets(block):
    """3 m from two streets: to a target on either, straight out to that street."""
    plot = np.array([shapely.box(80, 3, 97, 30)], dtype=object)
    assert [23.0] == walk(block(), plot, points((60, 0))).tolist()
    assert [18.0] == walk(block(), plot, points((100, 45))).tolist()


def test_street_across_a_site_is_taken_where_it_leaves(block):
    """A street crosses the site from x = 20 to 40: 40 m to x = 80, 15 to x = 5, 0 inside."""
    plot = np.array([shapely.box(20, -10, 40, 10)], dtype=object)
    assert [40.0] == walk(block(), plot, points((80, 0))).tolist()
    assert [15.0] == walk(block(), plot, points((5, 0))).tolist()
    assert [0.0] == walk(block(), plot, points((25, 0))).tolist()


def test_parallel_streets_count_by_the_shorter(layer):
    """Two streets between the same crossings: the shorter one; costs are never added up."""
    rows = [
        street((0, 0), (50, 80), (100, 0)),
        street((0, 0), (100, 0)),
        street((100, 0), (200, 0)),
    ]
    network = network_of(layer("streets", rows), mode="walk")
    assert [150.0] == walk(network, points((0, 0)), points((150, 0))).tolist()


def test_minutes_by_car(block):
    """Along 100 m at 50 km/h, then 150 m at 90 km/h; a street of unknown speed takes 30 km/h."""
    network = block("drive")
    costs = costs_from(network, access_of(network.lines, points((0, 0), (250, 0))), count=2)
    node = {tuple(each): number for number, each in enumerate(network.nodes)}
    far, corner = node[300.0, 0.0], node[100.0, 50.0]
    assert 0.1 / 50 * 60 + 0.2 / 90 * 60 == pytest.approx(costs[0, far])
    assert 0.1 / 50 * 60 + 0.05 / 30 * 60 == pytest.approx(costs[0, corner])
    assert 0.05 / 90 * 60 == pytest.approx(costs[1, far])


def test_limit_cuts_what_is_too_far(block):
    """Nodes farther than the limit are out of reach."""
    network = block()
    costs = costs_from(network, access_of(network.lines, points((0, 0))), count=1, limit=60.0)
    assert [0.0, 50.0, np.inf, np.inf] == sorted(costs[0].tolist())


def test_no_street_no_site_and_no_target(layer, block):
    """Empty inputs give empty or infinite answers."""
    none = network_of(layer("streets", [street((0, 0), (9, 0), is_walkable=False)]), mode="walk")
    assert [np.inf] == walk(none, points((0, 0)), points((5, 0))).tolist()
    assert [] == walk(block(), points(), points((5, 0))).tolist()
    assert [np.inf] == walk(block(), points((0, 0)), points()).tolist()


def town(chance):
    """Streets of a bent grid of 8 × 8 crossings with gaps, loops and streets of several points."""
    spots = {
        (i, j): (100 * i + chance.uniform(-30, 30), 100 * j + chance.uniform(-30, 30))
        for i, j in itertools.product(range(8), range(8))
    }
    rows = []
    for (i, j), spot in spots.items():
        for other in ((i + 1, j), (i, j + 1)):
            if other in spots and chance.random() < 0.8:
                end = spots[other]
                middle = (np.array(spot) + end) / 2 + chance.uniform(-15, 15, 2)
                rows.append(street(spot, middle, end))
    return rows


def graph_of(rows, shapes):
    """The same town for networkx: streets cut where a shape that they give access is nearest."""
    lines = [row["geometry"] for row in rows]
    cuts = {number: [] for number in range(len(lines))}
    for name, shape in shapes.items():
        metres = [line.distance(shape) for line in lines]
        for number in np.flatnonzero(np.array(metres) <= min(metres) + 1.0):
            cuts[number].append((lines[number].project(shape), name, metres[number]))
    graph = nx.DiGraph()
    for number, line in enumerate(lines):
        marks = [(0.0, line.coords[0]), (line.length, line.coords[-1])]
        marks += [(along, ("foot", number, name)) for along, name, _ in cuts[number]]
        for (a, start), (b, end) in itertools.pairwise(sorted(marks, key=lambda mark: mark[0])):
            if b - a < graph.get_edge_data(start, end, {"weight": np.inf})["weight"]:
                graph.add_edge(start, end, weight=b - a)
                graph.add_edge(end, start, weight=b - a)
        for _, name, off in cuts[number]:
            # ways lead from a shape or to it: nobody crosses it to change streets
            graph.add_edge(("from", name), ("foot", number, name), weight=off)
            graph.add_edge(("foot", number, name), ("to", name), weight=off)
    return graph


@pytest.mark.parametrize("seed", range(4))
def test_against_networkx(layer, seed):
    """Points of a town to the nearest of nine targets, and to each: what networkx finds."""
    chance = np.random.default_rng(seed)
    rows = town(chance)
    network = network_of(layer("streets", rows), mode="walk")
    origins = points(*chance.uniform(0, 700, (60, 2)))
    targets = points(*chance.uniform(0, 700, (9, 2)))
    names = {("o", n): each for n, each in enumerate(origins)}
    names |= {("t", n): each for n, each in enumerate(targets)}
    graph = graph_of(rows, names)
    ways = {each: nx.single_source_dijkstra_path_length(graph, ("from", each)) for each in names}
    expected = [
        min(ways["o", n].get(("to", ("t", m)), np.inf) for m in range(len(targets)))
        for n in range(len(origins))
    ]
    np.testing.assert_allclose(walk(network, origins, targets), expected, atol=1e-6)
    costs = costs_from(network, access_of(network.lines, targets), count=len(targets))
    for m, found in enumerate(costs):
        for node, cost in zip(network.nodes, found, strict=True):
            assert cost == pytest.approx(ways["t", m].get(tuple(node), np.inf), abs=1e-6)


def test_site_against_every_point_of_its_boundary(layer):
    """No point of the boundary, every half metre, has a shorter way than the corners found."""
    chance = np.random.default_rng(5)
    rows = town(chance)
    network = network_of(layer("streets", rows), mode="walk")
    targets = points(*chance.uniform(0, 700, (5, 2)))
    corners = chance.uniform(50, 600, (40, 2))
    plots = np.array([shapely.box(x, y, x + 35, y + 20) for x, y in corners], dtype=object)
    lines = shapely.union_all(network.lines.shapes)
    found = walk(network, plots, targets)
    for plot, metres in zip(plots, found, strict=True):
        rim = plot.exterior
        dots = np.array([rim.interpolate(at) for at in np.arange(0, rim.length, 0.5)], dtype=object)
        # a point whose nearest street is another than the site's goes there by itself
        near = dots[shapely.distance(dots, lines) <= plot.distance(lines) + 1.0]
        assert metres <= walk(network, near, targets).min() + 0.5
