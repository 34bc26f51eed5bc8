"""The timetable of a GTFS feed: its busiest weekday, and how often each stop is served at peak."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from geodata.layouts.preparing import cell_text
from geodata.layouts.values import number

__all__ = ["PEAK_MINUTES", "busiest_services", "calls", "departures", "trips_of"]

_PEAK = (7 * 3600, 9 * 3600)
"""Morning peak, seconds after midnight; the end is not in it."""
PEAK_MINUTES = (_PEAK[1] - _PEAK[0]) / 60
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEKEND = 5
_ADDED, _REMOVED = "1", "2"
_LONGEST_DAYS = 800
"""Days of calendar looked at; feeds speak for weeks or months."""

Tables = Mapping[str, pd.DataFrame]


def trips_of(tables: Tables) -> pd.DataFrame:
    """Trips: ``trip_id``, ``route_id``, ``service_id``, ``direction``, ``shape_id``, all text."""
    trips = tables["trips"]
    return pd.DataFrame(
        {
            "trip_id": cell_text(trips, "trip_id"),
            "route_id": cell_text(trips, "route_id"),
            "service_id": cell_text(trips, "service_id"),
            "direction": cell_text(trips, "direction_id").fillna("0"),
            "shape_id": cell_text(trips, "shape_id"),
        }
    )


def busiest_services(tables: Tables, *, trips: pd.DataFrame) -> tuple[set[str], str | None]:
    """Services that run on the weekday with the most trips, and that day (ISO 8601).

    The earliest of equal days is taken, and a day of the weekend only where no weekday is served.
    Every service, and no day, where the feed has no calendar.
    """
    services = trips["service_id"].dropna().unique()
    days, runs = _running(tables, services)
    if not runs.any():
        return set(services), None
    counts = trips["service_id"].value_counts().reindex(services).to_numpy()
    per_day = counts @ runs
    weekend = _weekdays(days) >= _WEEKEND
    if per_day[~weekend].any():
        per_day = np.where(weekend, -1, per_day)
    best = int(np.argmax(per_day))
    return set(services[runs[:, best]]), str(days[best])


def calls(tables: Tables) -> pd.DataFrame:
    """Stops of each trip in their order.

    Columns ``trip_id``, ``stop_id``, ``seconds`` after midnight (times left out are interpolated
    between those given), ``boards`` where passengers may get on, which is not the last stop.
    """
    times = tables["stop_times"]
    table = pd.DataFrame(
        {
            "trip_id": cell_text(times, "trip_id"),
            "stop_id": cell_text(times, "stop_id"),
            "rank": number(cell_text(times, "stop_sequence")),
            "seconds": _seconds(cell_text(times, "departure_time")).fillna(
                _seconds(cell_text(times, "arrival_time"))
            ),
            "boards": cell_text(times, "pickup_type").ne("1"),
        }
    ).sort_values(["trip_id", "rank"], kind="stable", ignore_index=True)
    given = np.flatnonzero(table["seconds"].notna())
    if len(given):
        places = np.arange(len(table))
        table["seconds"] = np.interp(places, given, table["seconds"].to_numpy()[given])
    is_last = ~table["trip_id"].duplicated(keep="last")
    return table.assign(boards=table["boards"] & ~is_last)


def departures(tables: Tables, *, served: pd.DataFrame) -> pd.Series:
    """Departures from 7 to 9 h that each row of ``served`` stands for.

    Parameters
    ----------
    tables
        Tables of the feed; ``frequencies`` turns a trip into many.
    served
        Rows of :func:`calls`.
    """
    is_peak = served["seconds"].between(_PEAK[0], _PEAK[1], inclusive="left")
    count = is_peak.astype("float64")
    frequencies = tables.get("frequencies")
    if frequencies is not None and len(frequencies):
        start = _seconds(cell_text(frequencies, "start_time")).clip(*_PEAK)
        end = _seconds(cell_text(frequencies, "end_time")).clip(*_PEAK)
        every = number(cell_text(frequencies, "headway_secs"))
        runs = ((end - start) / every).groupby(cell_text(frequencies, "trip_id")).sum()
        repeated = served["trip_id"].map(runs)
        count = repeated.where(repeated.notna(), count)
    return count.where(served["boards"], 0.0)


def _running(tables: Tables, services: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Days, and where a service (row) runs on a day (column)."""
    calendar = tables.get("calendar", pd.DataFrame())
    dates = tables.get("calendar_dates", pd.DataFrame())
    start = _days(cell_text(calendar, "start_date"))
    end = _days(cell_text(calendar, "end_date"))
    moved = _days(cell_text(dates, "date"))
    known = np.concatenate([start, end, moved])
    known = known[~np.isnat(known)]
    none = np.zeros((len(services), 0), dtype=bool)
    if not len(known):
        return known, none
    first = known.min()
    days = first + np.arange(min(int((known.max() - first).astype(int)) + 1, _LONGEST_DAYS))
    rows = pd.Index(services)
    runs = np.zeros((len(services), len(days)), dtype=bool)
    week = np.column_stack([cell_text(calendar, day).eq("1").to_numpy() for day in _DAYS])
    row = rows.get_indexer(cell_text(calendar, "service_id"))
    within = (days >= start[:, None]) & (days <= end[:, None]) & week[:, _weekdays(days)]
    np.logical_or.at(runs, row[row >= 0], within[row >= 0])
    row = rows.get_indexer(cell_text(dates, "service_id"))
    column = pd.Index(days).get_indexer(moved)
    kind = cell_text(dates, "exception_type")
    for word, does_run in ((_ADDED, True), (_REMOVED, False)):
        chosen = (row >= 0) & (column >= 0) & kind.eq(word).to_numpy()
        runs[row[chosen], column[chosen]] = does_run
    return days, runs


def _days(written: pd.Series) -> np.ndarray:
    """Days of ``AAAAMMJJ`` texts."""
    read = pd.to_datetime(written.astype("str"), format="%Y%m%d", errors="coerce")
    return np.asarray(read.to_numpy().astype("datetime64[D]"))


def _weekdays(days: np.ndarray) -> np.ndarray:
    """Weekday of each day, Monday is 0."""
    return np.asarray((days.astype("datetime64[D]").astype(int) + 3) % 7)


def _seconds(written: pd.Series) -> pd.Series:
    """Seconds after midnight of ``H:MM:SS``; hours go beyond 24 after midnight."""
    codes, distinct = pd.factorize(written)  # a day has few distinct times
    parts = pd.Series(distinct, dtype="str").str.extract(r"^(\d{1,3}):(\d{2}):(\d{2})$")
    known = parts.astype("float64") @ np.array([3600.0, 60.0, 1.0])
    seconds = np.append(known.to_numpy(), np.nan)  # a missing time has the code -1
    return pd.Series(seconds[codes], index=written.index)
