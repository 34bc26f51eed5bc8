"""The courses of transit lines, from the shapes of a GTFS feed or from its stops."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
import shapely

from geodata.layouts.preparing import cell_text
from geodata.layouts.values import number

__all__ = ["courses"]


def courses(
    feed: Mapping[str, pd.DataFrame], *, trips: pd.DataFrame, served: pd.DataFrame
) -> pd.Series:
    """Line of each route: along ``shapes.txt``, or from stop to stop where there is none.

    Parameters
    ----------
    feed
        Tables by name.
    trips, served
        Of :mod:`geodata.layouts.timetable`; ``served`` is in the order of the trips.

    Returns
    -------
    Series
        By ``route_id``: a line, or a multi-line of both directions; longitude and latitude.
    """
    way = ["route_id", "direction"]
    drawn = _paths(feed)
    used = trips[trips["shape_id"].isin(drawn.index)]
    counts = used.groupby([*way, "shape_id"]).size().reset_index(name="count")
    best = counts.sort_values("count", kind="stable").drop_duplicates(way, keep="last")
    along = best.assign(path=best["shape_id"].map(drawn))[[*way, "path"]]
    by_stops = _stop_to_stop(feed["stops"], served[~served["route_id"].isin(best["route_id"])])
    every = pd.concat([along, by_stops], ignore_index=True)
    return every.groupby("route_id")["path"].agg(
        lambda paths: paths.iloc[0] if len(paths) == 1 else shapely.multilinestrings([*paths])
    )


def _paths(feed: Mapping[str, pd.DataFrame]) -> pd.Series:
    """Lines of ``shapes.txt`` by ``shape_id``."""
    table = feed.get("shapes")
    if table is None or table.empty:
        return pd.Series(dtype=object)
    points = pd.DataFrame(
        {
            "key": cell_text(table, "shape_id"),
            "rank": number(cell_text(table, "shape_pt_sequence")),
            "x": number(cell_text(table, "shape_pt_lon")),
            "y": number(cell_text(table, "shape_pt_lat")),
        }
    ).dropna()
    return _joined(points.sort_values(["key", "rank"], kind="stable"))


def _stop_to_stop(stops: pd.DataFrame, served: pd.DataFrame) -> pd.DataFrame:
    """Lines through the stops of the longest trip of each route and direction."""
    way = ["route_id", "direction"]
    sizes = served.groupby([*way, "trip_id"]).size().reset_index(name="count")
    longest = sizes.sort_values("count", kind="stable").drop_duplicates(way, keep="last")
    ids = cell_text(stops, "stop_id")
    places = pd.DataFrame(
        {
            "x": number(cell_text(stops, "stop_lon")).to_numpy(),
            "y": number(cell_text(stops, "stop_lat")).to_numpy(),
        },
        index=ids,
    )
    places = places[~places.index.duplicated()]
    on_course = served[served["trip_id"].isin(longest["trip_id"])]
    points = on_course[["trip_id", "stop_id"]].join(places, on="stop_id")
    paths = _joined(points.rename(columns={"trip_id": "key"}).dropna())
    made = longest.assign(path=longest["trip_id"].map(paths))[[*way, "path"]]
    return made[made["path"].notna()]


def _joined(points: pd.DataFrame) -> pd.Series:
    """Lines by ``key`` through ``x`` and ``y`` in their order; a lone point is no line."""
    many = points[points["key"].duplicated(keep=False)]
    rows, keys = pd.factorize(many["key"])
    order = np.argsort(rows, kind="stable")
    lines = shapely.linestrings(many[["x", "y"]].to_numpy()[order], indices=rows[order])
    return pd.Series(lines, index=keys, dtype=object)
