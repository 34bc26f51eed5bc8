"""Networks: roads, transit lines and stops, stations, cycle links, heat mains."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import shapely

from geodata.demo.ground import curve, facts, ground, outline, parts_of, place, spot
from geodata.demo.labels import SYNTHETIC, Label, labelled, quoted
from geodata.demo.planted import EXACT_STOP
from geodata.demo.street_graph import avenues
from geodata.demo.streets import streets

__all__ = [
    "cycle_frame",
    "heat_coverage",
    "heat_frame",
    "heat_perimeter_frame",
    "road_frame",
    "station_frame",
    "transit_line_frame",
    "transit_stop_frame",
]

_NEMO = "Ametis / presse (lignes Nemo, mai 2019 ; toutes les 8 à 10 min en pointe)"
_NEMO_DATE = "2019-05-11"
_BOULEVARD_KMH = 50


def road_frame() -> gpd.GeoDataFrame:
    """The ``roads`` layer: schematic highways, streets of the quarters, avenues between."""
    rows: list[dict[str, Any]] = [
        {"name": road["name"], "road_class": road["road_class"], "geometry": curve(road["points"])}
        for road in ground()["highways"]
    ]
    rows += [
        {"name": street.name, "road_class": street.road_class, "geometry": street.axis}
        for street in streets()
    ]
    rows += [
        {
            "name": way.name,
            "road_class": "boulevard" if (way.kmh or 0) >= _BOULEVARD_KMH else "street",
            "geometry": way.line,
        }
        for way in avenues()
    ]
    return labelled("roads", rows)


def transit_line_frame() -> gpd.GeoDataFrame:
    """The ``transit_lines`` layer: Nemo lines; termini are published, the course is drawn."""
    label = Label(f"{_NEMO} ; tracé schématique", source_date=_NEMO_DATE, licence="inconnue")
    rows = [
        {
            "id": f"line-{name}",
            "name": f"Nemo {name}",
            "mode": "bhns",
            "geometry": curve(ground()["transit_lines"][name]),
            **about,
        }
        for name, about in facts()["transit_lines"].items()
    ]
    return labelled("transit_lines", rows, label)


def transit_stop_frame() -> gpd.GeoDataFrame:
    """The ``transit_stops`` layer: real names at assumed positions, made-up ones that say so."""
    rows, labels = [], []
    for stop in facts()["named_stops"]:
        rows.append(_bhns_stop(stop["name"], stop["lines"], spot(*stop["drawn"])))
        source = f"{_NEMO} ; position supposée"
        labels.append(quoted(source, metres=stop["metres"], confidence="low", date=_NEMO_DATE))
    for stop in facts()["made_up_stops"]:
        name = f"{stop['name']} (arrêt fictif)"
        rows.append(_bhns_stop(name, stop["lines"], spot(*stop["drawn"])))
    rows.append(_bhns_stop("Seuil des 500 m (arrêt fictif)", "N4", shapely.Point(EXACT_STOP)))
    for rank, drawn in enumerate(ground()["bus_stops"], 1):
        stop = {"name": f"Arrêt fictif {rank}", "mode": "bus", "lines": f"B{1 + rank % 4}"}
        rows.append({**stop, "headway_min": 15 + 5 * (rank % 3), "geometry": spot(*drawn)})
    labels += [SYNTHETIC] * (len(rows) - len(labels))
    return labelled("transit_stops", rows, labels)


def station_frame() -> gpd.GeoDataFrame:
    """The ``stations`` layer; the date of the TGV is an assumption that the desk may change."""
    rows, labels = [], []
    for about in facts()["stations"]:
        kept = {name: about[name] for name in ("id", "name", "tgv_date")}
        rows.append({**kept, "geometry": place(*about["at"])})
        labels.append(
            quoted(about["source"], metres=about["metres"], confidence=about["confidence"])
        )
    return labelled("stations", rows, labels)


def cycle_frame() -> gpd.GeoDataFrame:
    """The ``cycle_links`` layer: tracks along boulevards, lanes along some streets, a towpath."""
    rows: list[dict[str, Any]] = []
    for street in streets():
        if street.road_class == "boulevard":
            rows.append({"ame_d": "PISTE CYCLABLE", "name": street.name, "geometry": street.axis})
        elif street.name in facts()["cycled_streets"]:
            rows.append({"ame_d": "BANDE CYCLABLE", "name": street.name, "geometry": street.axis})
    towpath = {"ame_d": "VOIE VERTE", "name": "Chemin de halage (tracé schématique)"}
    rows.append({**towpath, "geometry": curve(ground()["cycle_path"])})
    return labelled("cycle_links", rows)


def heat_coverage() -> shapely.Polygon:
    """Area where the demonstration knows the heat network, work CRS: half of Renancourt only."""
    return outline(ground()["heat_coverage"], rounds=0)


def heat_frame() -> gpd.GeoDataFrame:
    """The ``heat_mains`` layer: schematic mains along main streets."""
    rows: list[dict[str, Any]] = [
        {
            "name": f"Réseau de chaleur – {street.name}",
            "geometry": street.axis.intersection(heat_coverage()),
        }
        for street in streets()
        if street.name in facts()["heated_streets"]
    ]
    feeder = curve(ground()["heat_feeder"])
    rows.append({"name": "Réseau de chaleur – liaison (tracé schématique)", "geometry": feeder})
    return labelled("heat_mains", rows)


def heat_perimeter_frame() -> gpd.GeoDataFrame:
    """The ``heat_perimeters`` layer: the land around the mains."""
    mains = shapely.union_all(heat_frame().geometry.to_numpy())
    around = mains.buffer(140, quad_segs=2).simplify(15).intersection(heat_coverage())
    parts = parts_of(shapely.set_precision(around, 0.01))
    rows = [
        {"name": f"Périmètre prioritaire {rank} (démonstration)", "geometry": part}
        for rank, part in enumerate(parts, 1)
    ]
    return labelled("heat_perimeters", rows)


def _bhns_stop(name: str, lines: str, point: shapely.Point) -> dict[str, Any]:
    """Columns of one stop of the Nemo lines; the shortest headway of its lines."""
    headways = [facts()["transit_lines"][line]["headway_min"] for line in lines.split("|")]
    stop = {"name": name, "mode": "bhns", "lines": lines, "headway_min": min(headways)}
    return {**stop, "geometry": point}
