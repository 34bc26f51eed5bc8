import dataclasses
import gc

import numpy as np
import pytest
import shapely

from zones.measures.features import Selection, coverage_of, features_of, kept, label, numbers, ready


def test_nothing_selected_is_no_feature(layer, square):
    """An empty layer and a value that no feature has give empty arrays, not an error."""
    empty = features_of(layer("zones", []), Selection("zones"))
    assert len(empty.shapes) == len(empty.pieces) == 0
    one = layer("hotels", [{"status": "pending", "geometry": square()}])
    assert len(features_of(one, Selection("hotels", "status", ("existing",))).shapes) == 0


def test_lines_are_cut_into_segments_that_know_their_owner():
    """Three segments, of two lines."""
    lines = np.array(
        [shapely.LineString([(0, 0), (1, 0), (1, 1)]), shapely.LineString([(5, 5), (6, 6)])]
    )
    features = ready(lines)
    assert features.owners.tolist() == [0, 0, 1]
    assert shapely.length(features.pieces).tolist() == pytest.approx([1, 1, 2**0.5])


def test_big_polygons_are_cut_into_blocks_without_loss():
    """A ring of 1 000 points and a small square: the same areas, in blocks of few points."""
    big = shapely.Point(0, 0).buffer(100, quad_segs=250).difference(shapely.Point(9, 9).buffer(20))
    features = ready(np.array([shapely.box(0, 0, 1, 1), big]))
    areas = np.bincount(features.owners, weights=shapely.area(features.pieces))
    assert areas.tolist() == pytest.approx([1.0, big.area])
    assert shapely.get_num_coordinates(features.pieces).max() <= 128


def test_mixed_geometries_keep_every_piece():
    """Points, lines and polygons side by side."""
    shapes = np.array(
        [
            shapely.MultiPoint([(0, 0), (1, 1)]),
            shapely.LineString([(0, 0), (3, 0)]),
            shapely.box(0, 0, 2, 2),
        ]
    )
    features = ready(shapes)
    assert sorted(features.owners.tolist()) == [0, 0, 1, 2]


def test_dissolved_features_are_merged(layer, square):
    """Two squares that overlap make one shape."""
    rows = [{"geometry": square()}, {"geometry": square(5)}]
    merged = features_of(layer("zones", rows), Selection("zones", dissolved=True))
    assert shapely.area(merged.shapes).tolist() == [150.0]


def test_work_is_kept_with_the_layer_and_dropped_with_it(layer, square):
    """The second call returns the same object; another layer starts anew."""
    rows = [{"geometry": square()}]
    first, second = layer("zones", rows), layer("zones", rows)
    selection = Selection("zones")
    made = features_of(first, selection)
    assert features_of(first, selection) is made
    assert features_of(second, selection) is not made
    calls = []
    assert kept(first, "mine", lambda: calls.append(1) or 5) == 5
    assert kept(first, "mine", lambda: calls.append(1) or 6) == 5
    del first, made
    gc.collect()
    assert kept(second, "mine", lambda: 6) == 6
    assert calls == [1]


def test_two_coverages_of_the_same_features_are_told_apart(layer, square):
    """A layer with another coverage does not inherit the first one's."""
    wide = layer("zones", [{"geometry": square()}])
    narrow = dataclasses.replace(wide, coverage=shapely.box(0, 0, 1, 1))
    none = dataclasses.replace(wide, coverage=None)
    assert shapely.area(coverage_of(wide).area.shapes).tolist() == [9e6]
    assert shapely.area(coverage_of(narrow).area.shapes).tolist() == [1.0]
    assert len(coverage_of(none).area.shapes) == 0


def test_label_is_the_name_or_the_id(layer, square):
    """Name first, the id where it is empty."""
    rows = [{"id": "x", "name": "Gare", "geometry": square()}, {"id": "y", "geometry": square()}]
    features = features_of(layer("stations", rows), Selection("stations"))
    assert [label(features, 0), label(features, 1)] == ["Gare", "y"]


def test_numbers_of_a_column_that_is_absent_are_unknown(layer, square):
    """NaN for every feature."""
    features = features_of(layer("zones", [{"a": 1.5, "geometry": square()}]), Selection("zones"))
    assert numbers(features, "a").tolist() == [1.5]
    assert np.isnan(numbers(features, "b")).tolist() == [True]
