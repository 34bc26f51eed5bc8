import pandas as pd
import shapely

from geodata.layouts.courses import courses

TRIPS = pd.DataFrame(
    {
        "trip_id": ["a", "b", "c"],
        "route_id": "r",
        "direction": ["0", "0", "1"],
        "shape_id": ["s", "t", "t"],
    }
)
STOPS = pd.DataFrame({"stop_id": ["1", "2"], "stop_lat": ["49", "50"], "stop_lon": ["2", "3"]})
SERVED = pd.DataFrame(
    {
        "trip_id": ["a", "a", "c", "c"],
        "stop_id": ["1", "2", "2", "1"],
        "route_id": "r",
        "direction": ["0", "0", "1", "1"],
    }
)


def test_both_directions_make_one_course():
    """From stop to stop, out and back."""
    made = courses({"stops": STOPS}, trips=TRIPS.assign(shape_id=None), served=SERVED)
    out = [(2.0, 49.0), (3.0, 50.0)]
    assert shapely.MultiLineString([out, out[::-1]]).equals(made["r"])
    assert 2 == shapely.get_num_geometries(made["r"])


def test_shapes_win_over_stops():
    """Points in the order of their numbers; a lone point is no line."""
    shapes = pd.DataFrame(
        {
            "shape_id": ["t", "t", "s"],
            "shape_pt_sequence": ["10", "9", "1"],
            "shape_pt_lon": ["3", "2", "2"],
            "shape_pt_lat": ["50", "49", "49"],
        }
    )
    made = courses({"stops": STOPS, "shapes": shapes}, trips=TRIPS, served=SERVED)
    assert [(2.0, 49.0), (3.0, 50.0)] == list(made["r"].geoms[0].coords)


def test_no_trip_no_course():
    """An empty feed."""
    assert courses({"stops": STOPS}, trips=TRIPS.iloc[:0], served=SERVED.iloc[:0]).empty
