import numpy as np
import shapely

from charters.facts import Missing
from zones.measures import measure_sites


def test_contenance_m2_is_the_one_of_the_site_and_missing_if_null(sites, square):
    """The sum made by zones.sites is passed on; an unknown one is an empty datum."""
    frame = sites({"a": square(), "b": square(20)}, [99.0, None])
    column = measure_sites(frame, {})["site.contenance_m2"]
    assert column.values[0] == 99.0
    assert np.isnan(column.values[1])
    assert column.missing.tolist() == [Missing.KNOWN, Missing.NULL_DATUM]
    assert column.tolerance.tolist() == [0.0, 0.0]


def test_planar_area_m2_is_the_area_drawn(sites):
    """A triangle of 30 m by 40 m has 600 m²; no layer is needed for it."""
    frame = sites({"a": shapely.Polygon([(0, 0), (30, 0), (0, 40)])})
    column = measure_sites(frame, {})["site.planar_area_m2"]
    assert column.values.tolist() == [600.0]
    assert column.missing.tolist() == [Missing.KNOWN]
