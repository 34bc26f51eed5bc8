import shapely

from geodata.demo.oddities import with_odd_outlines
from geodata.demo.plots import plots


def test_no_land_is_lost():
    """Joining, holing and slicing plots moves edges, never land."""
    before = shapely.union_all([plot.shape for plot in plots()]).area
    after = sum(plot.shape.area for plot in with_odd_outlines(plots()))
    assert abs(before - after) < 1


def test_the_plots_given_are_left_alone():
    """The argument is not changed."""
    given = plots()
    with_odd_outlines(given)
    assert given == plots()
    assert all(plot.shape.geom_type == "Polygon" for plot in given)


def test_odd_outlines_are_few():
    """Three joined pairs, one parcel in two parts with a hole, one plot cut by two strips."""
    made = with_odd_outlines(plots())
    joined, in_two_parts, sliced = -3, -2 + 2, -1 + 4
    assert len(made) == len(plots()) + joined + in_two_parts + sliced
    assert [plot.shape.geom_type for plot in made].count("MultiPolygon") == 1
