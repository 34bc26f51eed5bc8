"""Networks: roads, transit lines and stops, stations, cycle links, heat mains."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import shapely

from geodata.demo.labels import PRODUCER, SYNTHETIC, Label, labelled, quoted
from geodata.demo.planted import EXACT_STOP
from geodata.demo.streets import streets
from geodata.demo.territory import COMMUNES, commune_outlines, curve, outline, place, spot

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

_NEMO = "Ametis / presse (lignes Nemo, mai 2019)"

# Name, line, drawn point, uncertainty in metres; layers of published names at assumed positions.
_NAMED_STOPS = (
    ("Étouvie", "N1", (6150, 9900), 700),
    ("Pôle Jules-Verne", "N1", (15080, 6508), 500),
    ("La Paix", "N2", (9700, 10700), 900),
    ("Gare", "N2", (10395, 8085), 150),
    ("Quatre-Lemaire", "N2", (9560, 7330), 700),
    ("Ambroise-Paré", "N2", (7900, 6850), 500),
    ("CHU", "N2", (7060, 6560), 500),
    ("IUT", "N2", (7096, 5880), 300),
    ("Promenade", "N3", (9640, 12390), 700),
    ("Centre Commercial Sud", "N3", (7600, 3860), 500),
    ("Pôle Licorne", "N4", (7121, 8471), 400),
    ("Longueau SNCF", "N4", (13422, 5990), 300),
)
_MADE_UP_BHNS = (
    ("Vallée A (arrêt fictif)", "N1", (10790, 8050)),
    ("Vallée B (arrêt fictif)", "N1", (11320, 7860)),
    ("Vallée C (arrêt fictif)", "N1", (11900, 7690)),
    ("Campus A (arrêt fictif)", "N2", (7560, 6660)),
    ("Belfort (arrêt fictif)", "N2|N3", (9950, 7690)),
    ("Marchands (arrêt fictif)", "N3|N4", (9945, 8250)),
)
_MADE_UP_BUS = (
    (5900, 8470), (6210, 8340), (6520, 8260), (6900, 8170), (6160, 7900), (6560, 8640), (6150, 8580),
    (6800, 6540), (7280, 6500), (7330, 6230), (7790, 6450), (7830, 6180), (8020, 6480), (7620, 6020),
    (8200, 6920), (7420, 6990), (9800, 8160), (10120, 8180), (10390, 8440), (10700, 8440), (10990, 8335),
    (10880, 7830), (11290, 8150), (11310, 7660), (11560, 8080), (11880, 8010), (11640, 7420), (9990, 7620),
    (10350, 7710), (7420, 3830), (7760, 3780), (9700, 12660), (9900, 12650), (15080, 6500), (12500, 9600),
)  # fmt: skip
_LINES: dict[str, tuple[str, int, tuple[tuple[float, float], ...]]] = {
    "N1": ("#1F5FBF", 8, ((6150, 9900), (7500, 9000), (9000, 8700), (9945, 8250), (10395, 8085), (10790, 8050), (11320, 7860), (11900, 7690), (13400, 6900), (15080, 6508))),
    "N2": ("#C8102E", 8, ((9700, 10700), (9600, 9500), (10100, 8700), (10395, 8085), (9950, 7690), (9560, 7330), (8500, 7050), (7900, 6850), (7560, 6660), (7060, 6560), (7096, 5880))),
    "N3": ("#2E8B57", 10, ((9640, 12390), (9500, 10500), (9800, 9000), (9945, 8250), (9950, 7690), (9000, 6300), (8200, 5000), (7600, 3860))),
    "N4": ("#E3B505", 10, ((7121, 8471), (8300, 8200), (9300, 8250), (9945, 8250), (10350, 8060), (10900, 7560), (12000, 6750), (13422, 5990))),
}  # fmt: skip
_HIGHWAYS = (
    ("A16 (tracé schématique)", "motorway", ((4263, 3050), (4300, 6000), (4250, 8500), (4361, 12503))),
    ("A29 (tracé schématique)", "motorway", ((3300, 3150), (7700, 3020), (11500, 3300), (16500, 5100))),
    ("Rocade (tracé schématique)", "high_traffic", ((4300, 10900), (6500, 12500), (9300, 12960), (10800, 12500), (13000, 11000), (14500, 8600), (14600, 6100), (12900, 4000), (11000, 3250))),
    ("Route de Rouen (tracé schématique)", "high_traffic", ((4300, 5300), (6000, 5700), (7600, 5780), (9000, 6200))),
)  # fmt: skip


def road_frame() -> gpd.GeoDataFrame:
    """The ``roads`` layer: highways as schematic lines, and the streets of the demonstration."""
    rows: list[dict[str, Any]] = [
        {"name": name, "road_class": kind, "geometry": curve(drawn)}
        for name, kind, drawn in _HIGHWAYS
    ]
    rows += [
        {"name": street.name, "road_class": street.road_class, "geometry": street.axis}
        for street in streets()
    ]
    return labelled("roads", rows)


def transit_line_frame() -> gpd.GeoDataFrame:
    """The ``transit_lines`` layer: Nemo lines; termini are published, the course is drawn."""
    label = Label(f"{_NEMO} ; tracé schématique, fréquence publiée 8 à 10 min", source_date="2019-05-11", licence="inconnue")  # fmt: skip
    rows = [
        {"id": f"line-{name}", "name": f"Nemo {name}", "mode": "bhns", "colour": colour, "headway_min": headway, "geometry": curve(drawn)}
        for name, (colour, headway, drawn) in _LINES.items()
    ]  # fmt: skip
    return labelled("transit_lines", rows, label)


def transit_stop_frame() -> gpd.GeoDataFrame:
    """The ``transit_stops`` layer: real names at assumed positions, the others said to be made up."""
    rows, labels = [], []
    for name, line, drawn, metres in _NAMED_STOPS:
        rows.append(_stop(name, "bhns", line, _LINES[line][1], spot(*drawn)))
        source = f"{_NEMO} ; position supposée, fréquence publiée 8 à 10 min"
        labels.append(quoted(source, metres=metres, confidence="low", date="2019-05-11"))
    for name, lines, drawn in _MADE_UP_BHNS:
        headway = min(_LINES[line][1] for line in lines.split("|"))
        rows.append(_stop(name, "bhns", lines, headway, spot(*drawn)))
        labels.append(SYNTHETIC)
    rows.append(_stop("Seuil 500 m (arrêt fictif)", "bhns", "N2", 8, shapely.Point(EXACT_STOP)))
    labels.append(SYNTHETIC)
    for rank, drawn in enumerate(_MADE_UP_BUS, 1):
        rows.append(_stop(f"Arrêt fictif {rank}", "bus", f"B{1 + rank % 4}", 15 + 5 * (rank % 3), spot(*drawn)))  # fmt: skip
        labels.append(SYNTHETIC)
    return labelled("transit_stops", rows, labels)


def station_frame() -> gpd.GeoDataFrame:
    """The ``stations`` layer."""
    rows = [
        {"id": "station-amiens", "name": "Gare d'Amiens", "tgv_date": "2028-12-10", "geometry": place(49.88996, 2.31041)},
        {"id": "station-saint-roch", "name": "Gare de Saint-Roch", "tgv_date": None, "geometry": place(49.8875, 2.2915)},
    ]  # fmt: skip
    labels = [
        quoted("Wikipédia (position) ; amiens.fr, 07/01/2026 (date TGV, hypothèse modifiable)", metres=150, date="2026-01-07"),
        quoted("Position relevée de mémoire", metres=300, confidence="low"),
    ]  # fmt: skip
    return labelled("stations", rows, labels)


def cycle_frame() -> gpd.GeoDataFrame:
    """The ``cycle_links`` layer: facilities along the main axes."""
    rows: list[dict[str, Any]] = [
        {"ame_d": "PISTE CYCLABLE" if street.road_class == "boulevard" else "BANDE CYCLABLE", "name": street.name, "geometry": street.axis}
        for street in streets()
        if street.name and (street.road_class == "boulevard" or street.name.startswith(("Quai", "Coulée", "Rue du Conf", "Rue des Cot")))
    ]  # fmt: skip
    towpath = curve([(12400, 8050), (11504, 8400), (10900, 8640), (10358, 8780), (9782, 8680)])
    rows.append(
        {"ame_d": "VOIE VERTE", "name": "Chemin de halage (tracé schématique)", "geometry": towpath}
    )
    return labelled("cycle_links", rows)


def heat_coverage() -> shapely.Polygon:
    """Area where the demonstration knows the heat network, work CRS: not all of Renancourt."""
    return outline(
        ((6400, 5900), (6400, 9300), (12600, 9300), (12600, 6300), (9500, 5700)), rounds=0
    )


def heat_frame() -> gpd.GeoDataFrame:
    """The ``heat_mains`` layer: schematic mains along main axes."""
    rows: list[dict[str, Any]] = [
        {
            "name": f"Réseau de chaleur – {street.name}",
            "geometry": street.axis.intersection(heat_coverage()),
        }
        for street in streets()
        if street.name in _HEATED
    ]
    feeder = curve(((7121, 8471), (8300, 8200), (9300, 8250), (9700, 8170)))
    rows.append({"name": "Réseau de chaleur – liaison (tracé schématique)", "geometry": feeder})
    return labelled("heat_mains", rows)


def heat_perimeter_frame() -> gpd.GeoDataFrame:
    """The ``heat_perimeters`` layer: around the mains."""
    mains = shapely.union_all(heat_frame().geometry.to_numpy())
    around = mains.buffer(140, quad_segs=2).simplify(15).intersection(heat_coverage())
    rows = [
        {"name": f"Périmètre prioritaire {rank} (démonstration)", "geometry": part}
        for rank, part in enumerate(
            getattr(shapely.set_precision(around, 0.01), "geoms", [around]), 1
        )
    ]
    return labelled("heat_perimeters", rows)


_HEATED = {
    "Boulevard d'Alsace-Lorraine",
    "Axe de la Vallée (fictif)",
    "Allée des Ateliers (fictive)",
    "Rue de la Tour (fictive)",
    "Avenue des Campus (fictive)",
    "Rue Saint-Honoré (fictive)",
    "Avenue de la Haute-Borne (fictive)",
}


def _stop(name: str, mode: str, lines: str, headway: int, point: shapely.Point) -> dict[str, Any]:
    """Columns of one stop."""
    return {"name": name, "mode": mode, "lines": lines, "headway_min": headway, "geometry": point}
