"""A GTFS feed becomes stops and lines, with their mode and their interval at the morning peak."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geodata.catalog import contract
from geodata.crs import WEB_CRS
from geodata.errors import DataError, Fault, culprits
from geodata.language import Text
from geodata.layouts.conversion import Conversion
from geodata.layouts.courses import courses
from geodata.layouts.preparing import cell_text
from geodata.layouts.remarks import Remark, remark
from geodata.layouts.rules import UNSAID
from geodata.layouts.timetable import (
    PEAK_MINUTES,
    busiest_services,
    calls,
    departures,
    trips_of,
)
from geodata.layouts.values import day, number

__all__ = ["FAST_LINES", "FastLines", "gtfs_to_catalog", "is_gtfs"]

_NEEDED = ("stops", "routes", "trips", "stop_times")
_PLATFORM = "0"


@dataclass(frozen=True, slots=True)
class FastLines:
    """How a high-level-of-service line (bhns) is told from a bus line."""

    names: str = r"N[1-4]"
    """Pattern of the whole short name; Amiens calls its four lines N1 to N4."""
    words: str = r"bhns|haut niveau de service|bus rapid transit"
    """Pattern found in the long name or the description, case aside."""
    types: tuple[int, ...] = (0, 1, 5, 12, 900, 901, 902, 903, 904, 905, 906)
    """Route types that count as such: trams, metros."""
    rail: tuple[int, ...] = (2, *range(100, 118))
    """Route types that are trains: their stops are the layer of stations, not of stops."""


FAST_LINES = FastLines()
"""What holds for Amiens."""


def is_gtfs(tables: Mapping[str, object]) -> bool:
    """Whether tables of these names, with or without ``.txt``, make a feed."""
    names = {name.removesuffix(".txt").lower() for name in tables}
    return names >= set(_NEEDED)


def gtfs_to_catalog(
    tables: Mapping[str, pd.DataFrame], *, name: str = "", fast: FastLines = FAST_LINES
) -> Conversion:
    """Layers ``transit_stops`` and ``transit_lines`` of a feed, in WGS84.

    The interval of a line at a stop is 120 minutes divided by its departures in one direction
    from 7 to 9 h on the weekday with the most trips; a stop has the shortest interval of its
    lines, a line the median of its stops, in its better direction. Without a departure then, the
    interval is missing.

    Parameters
    ----------
    tables
        Tables of the feed by file name, ``.txt`` or not; values are text.
    name
        Name of the file, the source where the feed names no agency.
    fast
        How lines of the mode ``bhns`` are recognised.

    Raises
    ------
    DataError
        One of stops, routes, trips, stop_times is missing.
    """
    feed = {key.removesuffix(".txt").lower(): table for key, table in tables.items()}
    absent = [each for each in _NEEDED if each not in feed]
    if absent:
        raise DataError(_incomplete(absent, name))
    trips = trips_of(feed)
    routes = _routes(feed["routes"], fast)
    services, busiest = busiest_services(feed, trips=trips)
    served = calls(feed).merge(trips, on="trip_id").merge(routes, on="route_id")
    counts = departures(feed, served=served).where(served["service_id"].isin(services), 0.0)
    served = served.assign(departures=counts)[served["mode"].ne("rail")]
    intervals = _intervals(served)
    said = _said(feed, name)
    stops, found = _stops(feed["stops"], served, intervals)
    lines = _lines(feed, trips, routes, served, intervals)
    found += _told(routes, busiest, stops, fast)
    made = [("transit_stops", stops.assign(**said)), ("transit_lines", lines.assign(**said))]
    layers = tuple((layer, _ordered(features, layer)) for layer, features in made if len(features))
    return Conversion(layers, tuple(found))


def _routes(table: pd.DataFrame, fast: FastLines) -> pd.DataFrame:
    """Routes: ``route_id``, ``line`` (name), ``mode`` (bus, bhns, rail), ``colour``."""
    short, long = cell_text(table, "route_short_name"), cell_text(table, "route_long_name")
    words = long.fillna("") + " " + cell_text(table, "route_desc").fillna("")
    kind = number(cell_text(table, "route_type"))
    is_fast = (
        short.str.fullmatch(fast.names).fillna(value=False).astype(bool)
        | words.str.contains(fast.words, case=False)
        | kind.isin(fast.types)
    )
    ids = cell_text(table, "route_id")
    modes = np.select([kind.isin(fast.rail), is_fast], ["rail", "bhns"], default="bus")
    colour = cell_text(table, "route_color|route_colour").str.lstrip("#").str.upper()
    return pd.DataFrame(
        {
            "route_id": ids,
            "line": short.fillna(long).fillna(ids),
            "mode": modes,
            "colour": ("#" + colour).where(colour.notna(), None),
        }
    ).drop_duplicates("route_id")


def _intervals(served: pd.DataFrame) -> pd.DataFrame:
    """Interval in minutes (``headway_min``) by stop, route and direction; NaN without departure."""
    keys = ["stop_id", "route_id", "direction"]
    counts = served.groupby(keys, as_index=False)["departures"].sum()
    minutes = PEAK_MINUTES / counts["departures"].replace(0.0, np.nan)
    return counts.assign(headway_min=minutes)


def _stops(
    table: pd.DataFrame, served: pd.DataFrame, intervals: pd.DataFrame
) -> tuple[gpd.GeoDataFrame, list[Remark]]:
    """Platforms that buses serve, and what was set aside."""
    calling = served.groupby("stop_id")
    lines = calling["line"].agg(lambda names: "|".join(sorted(set(names))))
    is_fast = served["mode"].eq("bhns").groupby(served["stop_id"]).any()
    headway = intervals.groupby("stop_id")["headway_min"].min()
    ids = cell_text(table, "stop_id")
    places = shapely.points(
        number(cell_text(table, "stop_lon")), number(cell_text(table, "stop_lat"))
    )
    has_place = np.isfinite(shapely.get_coordinates(places)).all(axis=1)
    stops = gpd.GeoDataFrame(
        {
            "id": ids,
            "name": cell_text(table, "stop_name").fillna(UNSAID),
            "mode": np.where(ids.map(is_fast).eq(other=True), "bhns", "bus"),
            "lines": ids.map(lines),
            "headway_min": ids.map(headway).astype("float64"),
        },
        geometry=places,
        crs=WEB_CRS,
    )
    is_platform = cell_text(table, "location_type").fillna(_PLATFORM).eq(_PLATFORM)
    idle = is_platform & stops["lines"].isna()
    lost = is_platform & ~idle & ~has_place
    found = []
    if idle.any():
        what = Text(
            "arrêt(s) qu'aucun bus ne dessert, laissé(s) de côté",
            "stop(s) no bus serves, set aside",
        )
        found.append(remark("set_aside", ids[idle], what=what))
    if lost.any():
        what = Text("arrêt(s) sans position, laissé(s) de côté", "stop(s) without place, set aside")
        found.append(remark("no_place", ids[lost], what=what))
    return stops[is_platform & ~idle & ~lost].reset_index(drop=True), found


def _lines(
    feed: Mapping[str, pd.DataFrame],
    trips: pd.DataFrame,
    routes: pd.DataFrame,
    served: pd.DataFrame,
    intervals: pd.DataFrame,
) -> gpd.GeoDataFrame:
    """One feature per route, its most used course in each direction."""
    by_road = routes[routes["mode"].ne("rail")]
    shapes = courses(feed, trips=trips, served=served)
    medians = intervals.groupby(["route_id", "direction"])["headway_min"].median()
    headway = medians.groupby("route_id").min()
    drawn = by_road[by_road["route_id"].isin(shapes.index)].reset_index(drop=True)
    return gpd.GeoDataFrame(
        {
            "id": drawn["route_id"],
            "name": drawn["line"],
            "mode": drawn["mode"],
            "colour": drawn["colour"],
            "headway_min": drawn["route_id"].map(headway).astype("float64"),
        },
        geometry=drawn["route_id"].map(shapes).to_numpy(),
        crs=WEB_CRS,
    )


def _said(feed: Mapping[str, pd.DataFrame], name: str) -> dict[str, object]:
    """What every feature says of itself."""
    agencies = cell_text(feed.get("agency", pd.DataFrame()), "agency_name").dropna().unique()
    begins = [
        day(cell_text(feed.get(table, pd.DataFrame()), column)).dropna().min()
        for table, column in (("feed_info", "feed_start_date"), ("calendar", "start_date"))
    ]
    known = [each for each in begins if isinstance(each, str)]
    return {
        "demo": False,
        "source": f"{' · '.join(agencies[:3])} (GTFS)" if len(agencies) else name or UNSAID,
        "source_date": known[0] if known else None,
        "licence": UNSAID,
        "geom_precision": "real",
        "confidence": "high",
    }


def _ordered(features: gpd.GeoDataFrame, layer: str) -> gpd.GeoDataFrame:
    """Columns in the order of the catalog."""
    return features[[*contract(layer).columns, "geometry"]]


def _told(
    routes: pd.DataFrame, busiest: str | None, stops: pd.DataFrame, fast: FastLines
) -> list[Remark]:
    """Which day was taken, which lines are bhns and why, which stops have no interval."""
    chosen = sorted(routes.loc[routes["mode"].eq("bhns"), "line"])
    who = culprits(chosen) if chosen else "—"
    found = [
        remark(
            "assumed",
            chosen,
            what=Text(
                f"Lignes lues comme BHNS : {who} (nom court « {fast.names} », mention du haut "
                "niveau de service, ou tramway et métro)",
                f"Lines read as bhns: {who} (short name “{fast.names}”, words for high level of "
                "service, or tram and metro)",
            ),
        )
    ]
    what = Text(
        "Intervalles de pointe calculés de 7 h à 9 h, jour de semaine le plus chargé : "
        f"{busiest or 'sans calendrier, toutes les courses'}",
        "Peak intervals computed from 7 to 9 h on the busiest weekday: "
        f"{busiest or 'no calendar, every trip'}",
    )
    found.append(remark("assumed", stops["id"], what=what))
    silent = stops["headway_min"].isna()
    if silent.any():
        what = Text(
            "arrêt(s) sans départ de 7 h à 9 h ce jour-là : intervalle inconnu",
            "stop(s) without a departure from 7 to 9 h that day: interval unknown",
        )
        found.append(remark("no_interval", stops.loc[silent, "id"], what=what))
    return found


def _incomplete(absent: list[str], name: str) -> Fault:
    """Fault of a feed without its main tables."""
    names = ", ".join(f"{each}.txt" for each in absent)
    return Fault(
        Text(f"Ce GTFS est incomplet : il manque {names}.", f"This GTFS lacks {names}."),
        name,
        Text("Télécharger de nouveau le jeu complet.", "Download the whole feed again."),
    )
