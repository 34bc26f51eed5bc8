from __future__ import annotations

import re

import geopandas as gpd
import pytest
import shapely
from shapely.affinity import translate

from geodata.crs import WEB_CRS, to_work
from geodata.layers import Edition, Layer
from geodata.store import DEMO_STORE, read_layers
from zones.drawing import drawing
from zones.maps import STATIC_FOLDER


def layer(layer_id, shapes, ids=None, /, **columns):
    """A layer of ``shapes`` given in degrees."""
    index = ids or [f"{layer_id}-{rank}" for rank in range(len(shapes))]
    raw = gpd.GeoDataFrame(columns, geometry=list(shapes), crs=WEB_CRS, index=index)
    edition = Edition(layer_id, "test", "test", "2026-01-01", "test", 1.0, len(shapes), "")
    return Layer(layer_id, to_work(raw), None, edition)


def drawn(flat, origin):
    """Rings of degrees of a flat drawing, read back step by step."""
    x = y = vertex = ring = part = 0
    features = []
    for parts in flat["features"]:
        feature = []
        for _ in range(parts):
            rings = []
            for _ in range(flat["parts"][part]):
                line = []
                for _ in range(flat["rings"][ring]):
                    x += flat["points"][vertex]
                    y += flat["points"][vertex + 1]
                    vertex += 2
                    line.append((round(origin[0] + x / 1e6, 6), round(origin[1] + y / 1e6, 6)))
                rings.append(line)
                ring += 1
            feature.append(rings)
            part += 1
        features.append(feature)
    assert vertex == len(flat["points"])
    return features


def test_no_layer_draws_nothing():
    """An empty desk has an empty drawing and shows the world."""
    made = drawing({})
    assert made["parcels"]["ids"] == []
    assert made["layers"] == []
    assert made["bounds"] == [-180.0, -60.0, 180.0, 70.0]


def test_empty_layer_draws_nothing():
    """A layer without features counts as none."""
    made = drawing({"parcels": layer("parcels", [])})
    assert made["parcels"]["ids"] == []
    assert made["parcels"]["points"] == []


def test_one_parcel_is_its_ring_without_the_closing_vertex():
    """Coordinates come back at 1e-6 degree, and the id is the only thing said of the parcel."""
    ring = [(2.30, 49.89), (2.31, 49.89), (2.31, 49.90)]
    made = drawing({"parcels": layer("parcels", [shapely.Polygon(ring)], ["80021000ZX0001"])})
    assert drawn(made["parcels"], made["origin"]) == [[[ring]]]
    assert set(made["parcels"]) == {"ids", "points", "rings", "parts", "features"}
    assert made["bounds"] == pytest.approx([2.30, 49.89, 2.31, 49.90], abs=1e-6)


def test_parts_holes_and_missing_shapes_keep_their_place():
    """A shape of two parts, one with a hole, an empty shape, and a plain one, in that order."""
    holed = shapely.box(0.0, 0.0, 0.01, 0.01).difference(shapely.box(0.004, 0.004, 0.006, 0.006))
    double = shapely.MultiPolygon([holed, shapely.box(0.02, 0, 0.03, 0.01)])
    shapes = [
        translate(each, 2.3, 49.9)
        for each in (double, shapely.Polygon(), shapely.box(0.04, 0, 0.05, 0.01))
    ]
    made = drawing({"parcels": layer("parcels", shapes)})
    features = drawn(made["parcels"], made["origin"])
    assert [[len(rings) for rings in feature] for feature in features] == [[2, 1], [], [1]]
    assert all(len(ring) == 4 for feature in features for rings in feature for ring in rings)


def test_a_layer_of_several_families_becomes_one_part_each():
    """Points, lines and areas of one layer are drawn apart, each with its own names."""
    made = drawing(
        {
            "context": layer(
                "context",
                [
                    shapely.box(2.30, 49.89, 2.31, 49.90),
                    shapely.LineString([(2.30, 49.89), (2.32, 49.90)]),
                ],
                kind=["park", "river"],
                name=["Parc", None],
            )
        }
    )
    found = {part["kind"]: (part["styles"], part["names"]) for part in made["layers"]}
    assert found == {"area": (["park"], ["Parc"]), "line": (["river"], [""])}


def test_other_columns_and_unknown_layers_stay_at_home():
    """Only ids, style words and names of the known layers reach the browser."""
    point = [shapely.Point(2.3, 49.9)]
    made = drawing(
        {
            "hotels": layer("hotels", point, name=["H"], status=["existing"], owner=["Jean X"]),
            "companies": layer("companies", point, name=["Jean Y"]),
        }
    )
    assert [part["id"] for part in made["layers"]] == ["hotels"]
    assert "Jean" not in str(made)


def test_every_layer_drawn_has_a_look():
    """What the map may draw, it knows how to draw, and lists."""
    looks = (STATIC_FOLDER / "map" / "looks.js").read_text(encoding="utf-8")
    known = set(re.findall(r"^    (\w+): \{$", looks, re.MULTILINE))
    made = drawing(read_layers(DEMO_STORE))
    assert set() == {part["id"] for part in made["layers"]} - known


def test_establishments_and_the_market_are_not_drawn():
    """All else is on the map: who works where, and figures of wide areas, are not."""
    layers = read_layers(DEMO_STORE)
    made = {part["id"] for part in drawing(layers)["layers"]} | {"parcels"}
    assert {"companies", "hotel_market"} == set(layers) - made
