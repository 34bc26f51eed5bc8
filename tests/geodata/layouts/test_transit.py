import pandas as pd
import pytest
import shapely

from geodata.errors import DataError
from geodata.layers import make_layer
from geodata.layouts.transit import FastLines, gtfs_to_catalog, is_gtfs


def table(text):
    """Table of a CSV text, every cell text, empty ones missing."""
    head, *rows = [line.split(",") for line in text.strip().splitlines()]
    return pd.DataFrame([[cell or None for cell in row] for row in rows], columns=head)


def feed():
    """Two bus lines and a train; N1 runs every 20 minutes towards B from 7 to 9 h."""
    stop_times = ["trip_id,arrival_time,departure_time,stop_id,stop_sequence"]
    for minute in (0, 20, 40, 60, 80, 100):  # six departures of N1 from 7:00 to 8:40
        hour, rest = divmod(420 + minute, 60)
        trip = f"n{minute}"
        stop_times += [
            f"{trip},{hour}:{rest:02d}:00,{hour}:{rest:02d}:00,A,1",
            f"{trip},,,M,2",
            f"{trip},{hour + 1}:{rest:02d}:00,{hour + 1}:{rest:02d}:00,B,3",
        ]
    stop_times += [
        "late,9:00:00,9:00:00,A,1",  # 9:00 is not in the peak
        "late,9:30:00,9:30:00,B,2",
        "seven,6:59:59,6:59:59,A,1",
        "seven,08:30:00,08:30:00,C,2",
        "seven,25:10:00,25:10:00,B,3",
        "saturday,8:00:00,8:00:00,A,1",
        "saturday,8:10:00,8:10:00,B,2",
        "rail,8:00:00,8:00:00,G,1",
        "rail,8:10:00,8:10:00,A,2",
    ]
    return {
        "agency.txt": table("agency_id,agency_name,agency_url,agency_timezone\n1,Ametis,x,y"),
        "stops.txt": table(
            "stop_id,stop_name,stop_lat,stop_lon,location_type\n"
            "A,Gare,49.89,2.30,0\nM,Milieu,49.90,2.31,\nB,Fin,49.91,2.32,0\nC,Centre,49.88,2.29,\n"
            "S,Pôle,49.90,2.30,1\nU,Oublié,49.95,2.35,0\nG,Quai,49.95,2.36,0"
        ),
        "routes.txt": table(
            "route_id,route_short_name,route_long_name,route_type,route_color\n"
            "r1,N1,Étouvie - Pôle Jules-Verne,3,0000ff\nr7,7,Centre,3,\nrt,,TER,2,"
        ),
        "trips.txt": table(
            "route_id,service_id,trip_id,direction_id\n"
            + "\n".join(f"r1,week,n{minute},0" for minute in (0, 20, 40, 60, 80, 100))
            + "\nr1,week,late,0\nr7,week,seven,1\nr1,sat,saturday,0\nrt,week,rail,0"
        ),
        "stop_times.txt": table("\n".join(stop_times)),
        "calendar.txt": table(
            "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\n"
            "week,1,1,1,1,1,0,0,20261102,20261108\nsat,0,0,0,0,0,1,0,20261102,20261108"
        ),
    }


def stops_of(conversion):
    """Stops by id."""
    return dict(conversion.layers)["transit_stops"].set_index("id")


def test_a_feed_is_known_by_its_tables():
    """Four tables make a feed."""
    assert is_gtfs(feed())
    assert not is_gtfs({"stops.txt": 1, "routes.txt": 2})


def test_intervals_are_those_counted_by_hand():
    """N1: 6 departures in 120 minutes at A, every 20 minutes; the line 7 one, at C."""
    stops = stops_of(gtfs_to_catalog(feed(), name="x.zip"))
    assert ["A", "M", "B", "C"] == stops.index.tolist()
    assert 20.0 == stops.loc["A", "headway_min"]
    assert 120.0 == stops.loc["C", "headway_min"]


def test_times_left_out_lie_between_those_given():
    """M is half an hour after A: 7:30 to 8:50 is five departures before 9, 9:10 is not."""
    stops = stops_of(gtfs_to_catalog(feed(), name="x.zip"))
    assert 120 / 5 == stops.loc["M", "headway_min"]


def test_the_end_of_a_line_is_no_departure():
    """Nobody gets on at B; its interval is unknown, and it is said."""
    conversion = gtfs_to_catalog(feed(), name="x.zip")
    assert pd.isna(stops_of(conversion).loc["B", "headway_min"])
    assert [("B",)] == [each.ids for each in conversion.remarks if each.kind == "no_interval"]


def test_modes_and_lines_of_stops():
    """N1 is a fast bus by its name; a stop has the names of its lines, and trains do not count."""
    stops = stops_of(gtfs_to_catalog(feed(), name="x.zip"))
    assert {"A": "7|N1", "M": "N1", "B": "7|N1", "C": "7"} == stops["lines"].to_dict()
    assert ["bhns", "bhns", "bhns", "bus"] == stops["mode"].tolist()
    other = gtfs_to_catalog(feed(), fast=FastLines(names="7"))
    assert "bus" == stops_of(other).loc["M", "mode"]


def test_stops_without_a_bus_are_set_aside_and_told():
    """Neither the forgotten stop nor the railway platform is a bus stop."""
    remarks = gtfs_to_catalog(feed()).remarks
    assert [("U", "G")] == [each.ids for each in remarks if each.kind == "set_aside"]


def test_the_busiest_weekday_is_said():
    """Every weekday is equal, the first is taken."""
    said = [each.what.fr for each in gtfs_to_catalog(feed()).remarks]
    assert any(text.endswith("2026-11-02") for text in said)


def test_exceptions_of_the_calendar_count():
    """On Monday the week's service is removed: Tuesday is the busiest."""
    tables = feed()
    tables["calendar_dates.txt"] = table("service_id,date,exception_type\nweek,20261102,2")
    said = [each.what.fr for each in gtfs_to_catalog(tables).remarks]
    assert any(text.endswith("2026-11-03") for text in said)


def test_a_feed_with_exceptions_only():
    """Many French feeds have no calendar, only dates."""
    tables = feed()
    del tables["calendar.txt"]
    tables["calendar_dates.txt"] = table("service_id,date,exception_type\nweek,20261105,1")
    assert 20.0 == stops_of(gtfs_to_catalog(tables)).loc["A", "headway_min"]


def test_without_any_calendar_every_trip_counts():
    """Seven departures at A then, for Saturday's 8:00 is one; it is said."""
    tables = feed()
    del tables["calendar.txt"]
    conversion = gtfs_to_catalog(tables)
    assert pytest.approx(120 / 7) == stops_of(conversion).loc["A", "headway_min"]
    assert any("sans calendrier" in each.what.fr for each in conversion.remarks)


def test_frequencies_stand_for_many_trips():
    """A trip every 10 minutes from 8 to 10 h: 6 departures in the peak beside the six others."""
    tables = feed()
    tables["trips.txt"].loc[len(tables["trips.txt"])] = ["r1", "week", "often", "0"]
    more = table(
        "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n"
        "often,0:00:00,0:00:00,A,1\noften,0:10:00,0:10:00,B,2"
    )
    tables["stop_times.txt"] = pd.concat([tables["stop_times.txt"], more], ignore_index=True)
    tables["frequencies.txt"] = table(
        "trip_id,start_time,end_time,headway_secs\noften,8:00:00,10:00:00,600"
    )
    assert 10.0 == stops_of(gtfs_to_catalog(tables)).loc["A", "headway_min"]


def test_lines_run_from_stop_to_stop_without_shapes():
    """N1 goes through A, M and B; its interval is the median of 20, 24 and unknown."""
    lines = dict(gtfs_to_catalog(feed()).layers)["transit_lines"].set_index("id")
    assert ["r1", "r7"] == lines.index.tolist()
    course = shapely.LineString([(2.30, 49.89), (2.31, 49.90), (2.32, 49.91)])
    assert course.equals(lines.loc["r1"].geometry)
    assert 22.0 == lines.loc["r1", "headway_min"]
    assert ("#0000FF", None) == (lines.loc["r1", "colour"], lines.loc["r7", "colour"])


def test_lines_follow_their_shape():
    """Where the feed draws the course, it is taken."""
    tables = feed()
    tables["trips.txt"]["shape_id"] = ["s"] * 7 + [None, None, None]
    tables["shapes.txt"] = table(
        "shape_id,shape_pt_lat,shape_pt_lon,shape_pt_sequence\ns,49.91,2.32,2\ns,49.89,2.30,1"
    )
    lines = dict(gtfs_to_catalog(tables).layers)["transit_lines"].set_index("id")
    assert shapely.LineString([(2.30, 49.89), (2.32, 49.91)]).equals(lines.loc["r1"].geometry)
    assert ["r1", "r7"] == lines.index.tolist()


def test_the_layers_keep_their_contracts():
    """What comes out can be stored, and names its agency."""
    for layer, features in gtfs_to_catalog(feed(), name="x.zip").layers:
        made = make_layer(features, layer=layer, date="", source="x.zip")
        assert {"Ametis (GTFS)"} == set(made.features["source"])
        assert {"2026-11-02"} == set(made.features["source_date"])


def test_an_empty_feed_gives_no_layer():
    """Tables with heads only."""
    tables = {name: each.iloc[:0] for name, each in feed().items()}
    assert () == gtfs_to_catalog(tables).layers


def test_an_incomplete_feed_is_refused():
    """The message names the tables that lack."""
    with pytest.raises(DataError, match=r"trips\.txt, stop_times\.txt"):
        gtfs_to_catalog({"stops.txt": table("stop_id\na"), "routes.txt": table("route_id\nb")})
