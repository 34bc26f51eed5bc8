import numpy as np
import pytest
import shapely

from geodata.demo.plots import plots
from geodata.demo.streets import blocks


def test_plots_fill_their_block():
    """No land of a block is lost, none is counted twice."""
    areas = np.bincount([plot.block for plot in plots()], [plot.shape.area for plot in plots()])
    assert areas == pytest.approx([block.shape.area for block in blocks()], rel=1e-6)


def test_every_style_occurs_and_sizes_follow_it():
    """Town plots are smaller than housing, housing than mixed, and so on up to large plots."""
    medians = {
        style: np.median([plot.shape.area for plot in plots() if plot.style == style])
        for style in ("centre", "housing", "mixed", "activity", "large")
    }
    assert sorted(medians.values()) == list(medians.values())


def test_there_are_back_plots():
    """Some plots are not convex: they reach the street by a lane."""
    shapes = np.array([plot.shape for plot in plots()])
    fill = shapely.area(shapes) / shapely.area(shapely.convex_hull(shapes))
    assert (fill < 0.8).sum() > 20
