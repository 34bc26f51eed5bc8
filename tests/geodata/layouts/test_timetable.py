import pandas as pd

from geodata.layouts.timetable import busiest_services, calls, departures, trips_of


def test_times_after_midnight_and_left_out():
    """25:10 is ten past one; a time left out lies halfway."""
    times = pd.DataFrame(
        {
            "trip_id": ["t"] * 3,
            "stop_id": ["a", "b", "c"],
            "stop_sequence": ["1", "2", "10"],
            "departure_time": ["24:10:00", None, "25:10:00"],
        }
    )
    made = calls({"stop_times": times})
    assert [87_000.0, 88_800.0, 90_600.0] == made["seconds"].tolist()
    assert [True, True, False] == made["boards"].tolist()


def test_stops_are_ordered_by_number_not_by_text():
    """10 comes after 2."""
    times = pd.DataFrame(
        {
            "trip_id": ["t"] * 3,
            "stop_id": ["c", "a", "b"],
            "stop_sequence": ["10", "1", "2"],
            "departure_time": ["08:00:00"] * 3,
        }
    )
    assert ["a", "b", "c"] == calls({"stop_times": times})["stop_id"].tolist()


def test_the_peak_ends_before_nine():
    """7:00 counts, 9:00 does not, nor does a stop where nobody may board."""
    served = pd.DataFrame(
        {
            "trip_id": ["a", "b", "c", "d"],
            "seconds": [7 * 3600, 9 * 3600, 9 * 3600 - 1, 8 * 3600],
            "boards": [True, True, True, False],
        }
    )
    assert [1.0, 0.0, 1.0, 0.0] == departures({}, served=served).tolist()


def test_the_busiest_weekday():
    """Three trips on Fridays; Sunday's four do not count."""
    tables = {
        "trips": pd.DataFrame(
            {
                "route_id": "r",
                "trip_id": list("abcdefgh"),
                "service_id": ["w", "f", "f", "s", "s", "s", "s", "old"],
            }
        ),
        "calendar": pd.DataFrame(
            {
                "service_id": ["w", "f", "s"],
                "monday": ["1", "0", "0"],
                "tuesday": ["1", "0", "0"],
                "wednesday": ["1", "0", "0"],
                "thursday": ["1", "0", "0"],
                "friday": ["1", "1", "0"],
                "saturday": ["0", "0", "0"],
                "sunday": ["0", "0", "1"],
                "start_date": "20261101",
                "end_date": "20261130",
            }
        ),
    }
    services, day = busiest_services(tables, trips=trips_of(tables))
    assert ({"w", "f"}, "2026-11-06") == (services, day)
