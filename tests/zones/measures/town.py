"""A small made-up town on a grid of streets, and the same reckoned another way."""

import itertools

import networkx as nx
import numpy as np
import shapely

STEP = 1100.0
SIDE = 6
DAY = "2026-11-01"
FAMILIES = ("food", "household", "clothing", "culture", "services")
MIXED = 5
# node of each neighbourhood, inhabitants, EUR by family
QUARTERS = {
    "north": ((1, 5), 900, (5e6, 2e6, 1e6, 1e6, 5e5)),
    "old town": ((2, 2), 1500, (8e6, 3e6, 2e6, 1e6, 1e6)),
    "south": ((4, 0), 600, (3e6, 1e6, 5e5, 5e5, 2e5)),
}
# group: node, kind, sales area by family
POLES = {
    "centre": ((2, 2), "centre", {"food": 800.0, "clothing": 1200.0, "mixed": 500.0}),
    "retail park": ((5, 5), "periphery", {"food": 3000.0, "household": 2500.0}),
    "north": ((1, 5), None, {"food": 150.0}),
}
SITES = {"a": (4, 4), "b": (0, 0), "c": (2, 3)}


def place(node):
    """Coordinates of a node."""
    return STEP * node[0], STEP * node[1]


def edges():
    """Pairs of neighbouring nodes with a speed drawn for each street."""
    chance = np.random.default_rng(7)
    for x, y in itertools.product(range(SIDE), repeat=2):
        for other in ((x + 1, y), (x, y + 1)):
            if max(other) < SIDE:
                yield (x, y), other, float(chance.choice([15.0, 30.0, 50.0]))


def box(node, half):
    """Square around a node."""
    x, y = place(node)
    return shapely.box(x - half, y - half, x + half, y + half)


def town(layer):
    """Layers of the town."""
    streets = [
        {
            "is_walkable": True,
            "is_drivable": True,
            "speed_kmh": speed,
            "geometry": shapely.LineString([place(first), place(second)]),
        }
        for first, second, speed in edges()
    ]
    quarters = [
        {
            "name": name,
            "population": float(people),
            "spending_year": 2022.0,
            **{f"spending_{f}_eur": each for f, each in zip(FAMILIES, spent, strict=True)},
            "geometry": box(node, 100),
        }
        for name, (node, people, spent) in QUARTERS.items()
    ]
    sectors = [
        {"name": name, "kind": kind, "geometry": box(node, 50)}
        for name, (node, kind, _) in POLES.items()
        if kind is not None
    ]
    shops = [
        {
            "name": f"{name} {family}",
            "family": family,
            "sales_area_m2": area,
            "status": "existing",
            "vacant": False,
            "geometry": shapely.Point(place(node)),
        }
        for name, (node, _, areas) in POLES.items()
        for family, area in areas.items()
    ]
    idle = {"status": "existing", "vacant": True, "geometry": shapely.Point(place((2, 2)))}
    shops.append({"name": "empty", "family": "food", "sales_area_m2": 9999.0, **idle})
    refused = {"name": "no", "kind": "shop", "decision": "refused", "sales_area_m2": 9999.0}
    openings = [{**refused, "family": "food", "geometry": shapely.Point(place((2, 2)))}]
    rows = {
        "streets": streets,
        "neighbourhoods": quarters,
        "commercial_sectors": sectors,
        "shops": shops,
        "openings": openings,
    }
    wide = shapely.box(-9000, -9000, 15000, 15000)
    return {name: layer(name, each, coverage=wide) for name, each in rows.items()}


def minutes(first, second):
    """Minutes by car between two nodes, by networkx."""
    graph = nx.Graph()
    for start, end, speed in edges():
        graph.add_edge(start, end, minutes=STEP / 1000 / speed * 60)
    return nx.dijkstra_path_length(graph, first, second, weight="minutes")


def spent(family):
    """EUR of each neighbourhood on a family, and its part of everything that is spent."""
    every = np.array([each for _, _, each in QUARTERS.values()])
    if family == "mixed":
        return every.sum(axis=1), 1.0
    column = FAMILIES.index(family)
    return every[:, column], every[:, column].sum() / every.sum()


def sold(family):
    """Sales area of a family at each pole, by hand: mixed shops by their part of the spending."""
    part = spent(family)[1]
    return [
        sum(areas.values())
        if family == "mixed"
        else areas.get(family, 0.0) + part * areas.get("mixed", 0.0)
        for _, _, areas in POLES.values()
    ]


def site_squares():
    """Site near each of its nodes."""
    return {name: box(node, 20) for name, node in SITES.items()}
