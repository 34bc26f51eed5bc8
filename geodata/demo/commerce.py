"""Commerce and economy: sectors, shops, hotels, economic sites, establishments, cluster anchors."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import numpy as np
import shapely

from geodata.demo.labels import SYNTHETIC, Label, labelled, quoted
from geodata.demo.parcels import parcels
from geodata.demo.streets import chance
from geodata.demo.territory import QUARTERS, outline, place, spot, zone_outlines

__all__ = [
    "anchor_frame",
    "company_frame",
    "economic_site_frame",
    "hotel_frame",
    "sector_frame",
    "shop_frame",
]

_FAMILIES = ("food", "household", "clothing", "culture", "services", "mixed")
_CENTRE = ((9560, 7960), (9560, 8480), (9900, 8560), (10240, 8480), (10520, 8420), (10640, 8200), (10560, 7900), (10250, 7760), (9900, 7760))  # fmt: skip

# Sector: name, kind, reference sales area in m2, source.
_SECTORS = (
    ("centre", "Centre-ville", "centre", None, "Aucune surface de référence publiée"),
    ("north", "Amiens-Nord", "periphery", 40_000, "Presse : Shopping Promenade 40 000 m² (oct. 2017), sans l'hypermarché"),
    ("south", "Amiens-Sud", "periphery", 20_000, "Presse : plus de 20 000 m² ; borne basse prise comme référence"),
    ("east", "Glisy–Jules-Verne", "periphery", None, "Aucune surface totale publiée (+5 000 m² en 2017)"),
)  # fmt: skip
# Made-up shops: number, total sales area in m2, vacant ones.
_SHOPS = {
    "centre": (170, 24_000, 12),
    "north": (46, 38_600, 3),
    "south": (28, 19_900, 2),
    "east": (22, 21_000, 1),
}
_AUTHORISED = {"north": 1_200, "south": 900}
_PENDING = {"north": 2_500, "south": 800}
_HOTELS = (
    ("Mercure (cathédrale)", 102, None, "existing", (9890, 8470), 150, "Projet de 2005 cité dans la presse ; chambres citées"),
    ("Marotte", 12, None, "existing", (9960, 8190), 400, "Presse ; chambres citées"),
    ("Univers", 40, None, "existing", (10010, 8060), 400, "Presse ; chambres citées"),
    ("Campanile Gare", 109, None, "existing", (10560, 8060), 400, "Presse ; chambres citées"),
)  # fmt: skip
_MADE_UP_HOTELS = (
    (84, 3, "existing", (10330, 8150)),
    (62, 2, "existing", (10120, 8010)),
    (76, 3, "existing", (10930, 8110)),
    (110, 4, "authorised", (11080, 7960)),
    (125, 3, "existing", (7330, 6610)),
    (58, 2, "existing", (7640, 3800)),
    (70, 3, "existing", (9800, 12700)),
    (66, 2, "existing", (15110, 6470)),
    (48, 3, "existing", (6930, 8150)),
    (100, 4, "pending", (10260, 8230)),
)
_ANCHORS = (
    (
        "Hub de l'énergie / LRCS",
        "energy",
        (49.897, 2.303),
        150,
        "UPJV ; adresse publiée, point approché",
        "high",
    ),
    (
        "ESAD Amiens",
        "digital",
        (49.8990, 2.2850),
        500,
        "Quartier Saint-Maurice ; point approché",
        "medium",
    ),
    (
        "MIS – laboratoire UPJV",
        "digital",
        (49.8970, 2.3035),
        300,
        "33 rue Saint-Leu, de mémoire",
        "low",
    ),
    (
        "Institut Faire Faces",
        "health",
        (49.8752, 2.2575),
        300,
        "Près du CHU Sud ; point approché",
        "medium",
    ),
    ("CHU Amiens-Picardie, site Sud", "health", (49.8758, 2.2556), 150, "Wikipédia", "high"),
    ("IUT d'Amiens", "health", (49.8707, 2.2640), 300, "Campus sud ; point approché", "medium"),
    ("Campus Citadelle", "digital", (49.9015, 2.2945), 300, "UPJV ; de mémoire", "low"),
)
_ACTIVITIES = (
    "62.01Z",
    "71.12B",
    "86.22C",
    "27.20Z",
    "47.11D",
    "56.10A",
    "70.22Z",
    "25.62B",
    "43.21A",
    "72.19Z",
)


def sector_frame() -> gpd.GeoDataFrame:
    """The ``commercial_sectors`` layer: published poles, schematic outlines."""
    rows, labels = [], []
    for key, name, kind, reference, source in _SECTORS:
        rows.append({"id": f"sector-{key}", "name": name, "kind": kind, "reference_sales_area_m2": reference, "geometry": _sector(key)})  # fmt: skip
        labels.append(
            Label(f"{source} ; contour schématique", source_date=None, licence="inconnue")
        )
    return labelled("commercial_sectors", rows, labels)


def shop_frame() -> gpd.GeoDataFrame:
    """The ``shops`` layer: made-up shops that add up to a plausible stock in each sector."""
    source = chance("shops")
    rows: list[dict[str, Any]] = []
    for key, (count, total, vacant) in _SHOPS.items():
        weights = source.lognormal(0, 0.9, count)
        areas = np.round(weights / weights.sum() * total / 5) * 5
        points = _points_in(_sector(key), count, source)
        empty = {int(rank) for rank in source.choice(count, vacant, replace=False)}
        for rank, (area, point) in enumerate(zip(areas, points, strict=True)):
            rows.append(_shop(point, max(float(area), 15.0), "existing", vacant=rank in empty))
            rows[-1]["family"] = str(source.choice(_FAMILIES))
    for status, planned in (("authorised", _AUTHORISED), ("pending", _PENDING)):
        for key, area in planned.items():
            rows.append(_shop(_points_in(_sector(key), 1, source)[0], float(area), status))
    rows.append(_shop(_points_in(_sector("east"), 1, source)[0], None, "existing"))
    for rank, row in enumerate(rows, 1):
        row["name"] = f"Commerce fictif {rank}"
    return labelled("shops", rows)


def hotel_frame() -> gpd.GeoDataFrame:
    """The ``hotels`` layer: rooms of real hotels where published, the others said to be made up."""
    rows, labels = [], []
    for name, rooms, stars, status, drawn, metres, source in _HOTELS:
        rows.append(_hotel(name, rooms, stars, status, spot(*drawn)))
        labels.append(quoted(source, metres=metres, confidence="medium"))
    for rank, (rooms, stars, status, drawn) in enumerate(_MADE_UP_HOTELS, 1):
        rows.append(_hotel(f"Hôtel fictif {rank}", rooms, stars, status, spot(*drawn)))
        labels.append(SYNTHETIC)
    return labelled("hotels", rows, labels)


def economic_site_frame() -> gpd.GeoDataFrame:
    """The ``economic_sites`` layer: published parks, schematic outlines; unit counts are made up."""
    zones = zone_outlines()
    made_up = (
        ("site-vallee", "Parc d'activités Gare-la-Vallée", "tertiaire", 112.0, 140, 9, None, zones["gare_la_vallee"]),
        ("site-intercampus", "Parc Intercampus", "tertiaire", 80.0, 95, 6, None, zones["intercampus"]),
        ("site-renancourt", "Parc de Renancourt", "mixte", 63.0, 80, 11, None, zones["renancourt"]),
    )  # fmt: skip
    published = (
        ("site-nord", "Espace Industriel Nord", "industrie", 450.0, 11_000, ((8000, 11000), (8300, 12700), (9400, 12950), (10060, 12900), (10050, 12420), (9500, 11300))),
        ("site-jules-verne", "Pôle Jules-Verne", "mixte", 600.0, 7_500, ((14300, 5300), (14400, 7000), (15600, 7300), (16300, 6600), (15900, 5400))),
        ("site-montieres", "Montières", "industrie", 200.0, None, ((6900, 9450), (7300, 10300), (8400, 9900), (8200, 9150))),
        ("site-vallee-des-vignes", "Vallée des Vignes", "mixte", 105.0, None, ((7250, 3480), (7250, 4350), (8000, 4500), (8200, 3700), (7800, 3450))),
    )  # fmt: skip
    rows, labels = [], []
    for key, name, use, hectares, units, vacant, jobs, shape in made_up:
        rows.append(_site(key, name, use, hectares, units, vacant, jobs, shape))
        labels.append(SYNTHETIC)
    for key, name, use, hectares, staff, drawn in published:
        rows.append(_site(key, name, use, hectares, None, None, staff, outline(drawn)))
        labels.append(Label("Presse et aménageurs (surface, emplois) ; contour schématique", source_date=None, licence="inconnue"))  # fmt: skip
    return labelled("economic_sites", rows, labels)


def company_frame() -> gpd.GeoDataFrame:
    """The ``companies`` layer: made-up establishments, whose SIRET fail Luhn's check."""
    source = chance("companies")
    built = [parcel for parcel in parcels() if parcel.plot.style in {"activity", "mixed", "large"}]
    chosen = source.choice(len(built), 260, replace=False)
    rows = [
        {
            "id": _bad_siret(990_000_000 + 37 * rank),
            "name": f"Entreprise fictive {rank}",
            "naf": str(source.choice(_ACTIVITIES)),
            "staff": None if rank % 17 == 0 else int(source.lognormal(2.1, 1.0)) + 1,
            "geometry": built[int(which)].shape.representative_point(),
        }
        for rank, which in enumerate(chosen, 1)
    ]
    return labelled("companies", rows)


def anchor_frame() -> gpd.GeoDataFrame:
    """The ``cluster_anchors`` layer: real places, approached."""
    rows = [
        {"name": name, "theme": theme, "geometry": place(*where)}
        for name, theme, where, *_ in _ANCHORS
    ]
    labels = [
        quoted(source, metres=metres, confidence=trust) for *_, metres, source, trust in _ANCHORS
    ]
    return labelled("cluster_anchors", rows, labels)


def _sector(key: str) -> shapely.Polygon:
    """Schematic outline of a sector."""
    if key == "centre":
        return outline(_CENTRE)
    return shapely.set_precision(outline(QUARTERS[key]).buffer(60, quad_segs=2).simplify(8), 0.01)


def _points_in(
    area: shapely.Polygon, count: int, source: np.random.Generator
) -> list[shapely.Point]:
    """Points on parcels of ``area``, several on one parcel where parcels are few."""
    inside = [parcel.shape for parcel in parcels() if area.contains(parcel.shape)]
    found = []
    for which in source.integers(0, len(inside), count):
        middle = inside[int(which)].representative_point()
        east, north = source.uniform(-3, 3, 2)
        found.append(shapely.Point(round(middle.x + east, 2), round(middle.y + north, 2)))
    return found


def _shop(
    point: shapely.Point, area: float | None, status: str, *, vacant: bool = False
) -> dict[str, Any]:
    """Columns of one shop, its name aside."""
    return {
        "family": "mixed",
        "sales_area_m2": area,
        "status": status,
        "vacant": vacant,
        "geometry": point,
    }


def _hotel(
    name: str, rooms: int, stars: int | None, status: str, point: shapely.Point
) -> dict[str, Any]:
    """Columns of one hotel."""
    return {"name": name, "rooms": rooms, "stars": stars, "status": status, "geometry": point}


def _site(
    key: str, name: str, use: str, hectares: float, units: int | None, vacant: int | None, jobs: int | None, shape: shapely.Polygon
) -> dict[str, Any]:  # fmt: skip
    """Columns of one economic site."""
    return {
        "id": key,
        "site_nom": name,
        "site_type": "ZAE",
        "site_vocadomi": use,
        "site_etat": "existant",
        "site_surf_brute": hectares,
        "site_uf_nbre": units,
        "site_uf_vacant_nbre": vacant,
        "site_nb_emploi": jobs,
        "geometry": shape,
    }


def _bad_siret(siren: int) -> str:
    """Fourteen digits that no register can hold: Luhn's sum is off by one."""
    head = f"{siren}0001"
    total = 0
    for rank, digit in enumerate(reversed(f"{head}0")):
        doubled = int(digit) * (1 + rank % 2)
        total += doubled - 9 * (doubled > 9)
    return head + str((10 - total % 10 + 1) % 10)
