"""Planning and risk: zones of the pact, local plan, prescriptions, flood zones, communes, landmarks."""

from __future__ import annotations

import functools
from typing import Any

import geopandas as gpd
import numpy as np
import shapely

from geodata.demo.labels import PRODUCER, SYNTHETIC, Label, labelled
from geodata.demo.parcels import parcels
from geodata.demo.streets import streets
from geodata.demo.territory import (
    COMMUNES,
    QUARTERS,
    ZONE_AREAS_HA,
    commune_outlines,
    curve,
    outline,
    railways,
    somme,
    territory,
    zone_outlines,
)

__all__ = [
    "commune_frame",
    "context_frame",
    "flood_communes",
    "flood_frame",
    "planned_communes",
    "plu_zone_frame",
    "prescription_frame",
    "zone_frame",
]

_IDURBA = "80021_PLU_DEMO"
_VALID = "2026-11-01"

_ZONES: dict[str, tuple[dict[str, Any], int]] = {
    "gare_la_vallee": (
        {
            "libelle": "ZAC Gare-la-Vallée",
            "theme": "digital",
            "created_year": 2006,
            "developer": "SPL Vallée Idéale Développement",
            "programme": "250 000 m² de bureaux et commerces et 1 000 logements prévus ; 1 150 logements "
            "livrés, 33 500 m² tertiaires, 450 chambres d'hôtel ; horizon 2030",
            "source": "amiens-amenagement.com ; La Gazette ; Le Moniteur (attributs) ; périmètre schématique",
        },
        400,
    ),
    "intercampus": (
        {
            "libelle": "ZAC Intercampus",
            "theme": "health",
            "created_year": 2010,
            "developer": "Amiens Aménagement",
            "programme": "1 900 à 2 000 logements, 60 000 m² de bureaux, 7 000 m² de commerces ; environ "
            "1 500 logements en juin 2024",
            "source": "La Gazette ; CCI ; Le Moniteur (attributs) ; périmètre schématique",
        },
        500,
    ),
    "renancourt": (
        {
            "libelle": "ZAC de Renancourt",
            "theme": "energy",
            "created_year": 2007,
            "developer": "Amiens Aménagement",
            "programme": "1 000 logements et 2 immeubles de bureaux de 1 500 à 1 800 m² environ ; 500 "
            "logements faits ou engagés (2021)",
            "source": "La Gazette ; amiens.fr (attributs) ; périmètre schématique",
        },
        700,
    ),
    "gare": (
        {
            "libelle": "Secteur de la gare (pas une ZAC)",
            "theme": "station",
            "created_year": None,
            "developer": None,
            "programme": "Les 3 Mondes (7 ha, 36 000 m²), Halle Freyssinet (7 500 m²), cité administrative "
            "(18 800 m², livrée le 22/12/2023)",
            "source": "Presse et aménageurs (programme) ; périmètre et surface supposés pour la démonstration",
        },
        400,
    ),
}


def zone_frame() -> gpd.GeoDataFrame:
    """The ``zones`` layer: published attributes, schematic outlines."""
    rows, labels = [], []
    for zone, (about, metres) in _ZONES.items():
        is_zac = zone != "gare"
        rows.append(
            {
                "id": f"zone-{zone.replace('_', '-')}",
                "typeinf": "02" if is_zac else "99",
                "stypeinf": "00",
                "txt": "ZAC" if is_zac else "Autre périmètre",
                "idurba": _IDURBA,
                "datvalid": _VALID,
                "published_area_ha": ZONE_AREAS_HA[zone] if is_zac else None,
                "geometry": zone_outlines()[zone],
                **about,
            }
        )
        label = Label(str(about["source"]), source_date=None, licence="inconnue")
        labels.append(_moved(label, metres, "medium" if is_zac else "low"))
    return labelled("zones", rows, labels)


def plu_zone_frame() -> gpd.GeoDataFrame:
    """The ``plu_zones`` layer: a partition of the communes that have a demonstration plan."""
    rows = []
    left = planned_communes()
    for libelle, libelong, typezone, formdomi, destoui, area in _plan():
        taken = _surface(left.intersection(area))
        left = _surface(left.difference(area))
        for commune in _PLANNED:
            part = _surface(taken.intersection(commune_outlines()[commune]))
            if not part.is_empty:
                rows.append(
                    {
                        "libelle": libelle,
                        "libelong": f"{libelong} (démonstration)",
                        "typezone": typezone,
                        "formdomi": formdomi,
                        "destoui": destoui,
                        "idurba": f"{commune}_PLU_DEMO",
                        "datvalid": _VALID,
                        "geometry": part,
                    }
                )
    return labelled("plu_zones", rows)


_PLANNED = ("80021", "80261", "80639", "80379")


def planned_communes() -> shapely.Geometry:
    """Area of the communes that have a demonstration plan, work CRS."""
    outlines = [commune_outlines()[code] for code in _PLANNED]
    return _surface(shapely.union_all(outlines).intersection(territory()))


def flood_communes() -> shapely.Geometry:
    """Area of the communes where the demonstration knows the flood zones, work CRS."""
    codes = ("80021", "80674", "80164", "80489", "80379")
    return _surface(
        shapely.union_all([commune_outlines()[code] for code in codes]).intersection(territory())
    )


def prescription_frame() -> gpd.GeoDataFrame:
    """The ``plu_prescriptions`` layer: areas 26, 38, 39, 44, 48 and shopping lines 22."""
    zones = zone_outlines()
    station = zones["gare"]
    surfaces = (
        ("26", "00", "Performance énergétique renforcée", "Cep,nr ≤ 0,9 × seuil", zones["renancourt"]),
        ("38", "02", "Emprise au sol maximale 60 %", "CES 0,60", zones["intercampus"]),
        ("38", "02", "Emprise au sol maximale 70 %", "CES 0,70", zones["gare_la_vallee"]),
        ("39", "02", "Hauteur maximale 18 m", "18 m", zones["intercampus"]),
        ("39", "02", "Hauteur maximale 28 m (abords de la gare)", "28 m", station),
        ("44", "00", "Stationnement plafonné près de la gare", "Plafond", station.buffer(140, quad_segs=3)),
        ("48", "00", "Sols perméables, vallée de la Somme", "30 %", somme().buffer(420, quad_segs=3).intersection(zones["gare_la_vallee"])),
    )  # fmt: skip
    rows = [
        _prescription(kind, subtype, libelle, text, shapely.set_precision(area, 0.01))
        for kind, subtype, libelle, text, area in surfaces
    ]
    rows += [
        _prescription("22", "03", "Linéaire commercial protégé", name, line)
        for name, line in shopping_lines().items()
    ]
    return labelled("plu_prescriptions", rows)


@functools.cache
def shopping_lines() -> dict[str, shapely.Geometry]:
    """Protected shopping fronts: street edges of the parcels along three streets, work CRS."""
    centre = zone_outlines()["gare"].buffer(220)
    fronts = shapely.union_all(
        [parcel.shape for parcel in parcels() if parcel.plot.quarter == "valley"]
    )
    edges = fronts.boundary.intersection(centre)
    found = {}
    for street in streets():
        if street.name in {
            "Rue de la Tour (fictive)",
            "Rue des Marchands (fictive)",
            "Boulevard d'Alsace-Lorraine",
        }:
            reach = street.axis.buffer(street.width_m / 2 + 0.4, cap_style="flat")
            line = shapely.line_merge(edges.intersection(reach))
            parts = [part for part in getattr(line, "geoms", [line]) if part.length > 12]
            found[street.name] = shapely.MultiLineString(parts)
    return found


def flood_frame() -> gpd.GeoDataFrame:
    """The ``flood_zones`` layer: types 1 to 4 outwards from the Somme, schematic."""
    reaches = {"1": (72, 14), "2": (118, 30), "3": (215, 60), "4": (350, 80)}
    done = shapely.Polygon()
    rows = []
    for kind, (reach, swing) in reaches.items():
        area = _valley(reach, swing, phase=int(kind))
        band = shapely.set_precision(area.difference(done), 0.01)
        done = done.union(area)
        rows.append(
            {
                "id": f"flood-{kind}",
                "zone_type": kind,
                "document": "Schéma inspiré du PPRI Vallée de la Somme – ne vaut pas document réglementaire",
                "geometry": _surface(band.intersection(territory())),
            }
        )
    return labelled("flood_zones", rows)


def commune_frame() -> gpd.GeoDataFrame:
    """The ``communes`` layer: schematic outlines, for context."""
    label = Label(f"{PRODUCER} – contexte, non opposable", licence="EUPL-1.2")
    rows = [
        {"id": code, "insee": code, "name": name, "geometry": commune_outlines()[code]}
        for code, (name, _) in COMMUNES.items()
    ]
    return labelled("communes", rows, label)


def context_frame() -> gpd.GeoDataFrame:
    """The ``context`` layer: the Somme, railways, the Hortillonnages, schematic."""
    rows = [{"id": "context-somme", "name": "La Somme", "kind": "river", "geometry": somme()}]
    for rank, (name, axis) in enumerate(railways().items(), 1):
        rows.append(
            {"id": f"context-rail-{rank}", "name": name, "kind": "railway", "geometry": axis}
        )
    park = outline(((11000, 8760), (11500, 8560), (12300, 8220), (13100, 7900), (13500, 8150), (13000, 8700), (12300, 9050), (11500, 9080)))  # fmt: skip
    rows.append(
        {"id": "context-hortillonnages", "name": "Hortillonnages", "kind": "park", "geometry": park}
    )
    return labelled("context", rows)


def _moved(label: Label, metres: int, confidence: str) -> Label:
    """Label of a schematic outline at an assumed position."""
    return Label(
        label.source,
        label.demo,
        label.source_date,
        label.licence,
        f"approx ±{metres} m",
        confidence,
    )


def _prescription(
    kind: str, subtype: str, libelle: str, text: str, shape: shapely.Geometry
) -> dict[str, Any]:
    """Columns of one prescription."""
    return {
        "libelle": f"{libelle} (démonstration)",
        "txt": text,
        "typepsc": kind,
        "stypepsc": subtype,
        "nature": "Démonstration, sans valeur réglementaire",
        "idurba": _IDURBA,
        "datvalid": _VALID,
        "geometry": shape,
    }


def _plan() -> tuple[tuple[str, str, str, str, str, shapely.Geometry], ...]:
    """Zones of the demonstration plan, the first one winning where two meet."""
    zones = zone_outlines()
    poles = shapely.union_all(
        [outline(QUARTERS[name]).buffer(180) for name in ("south", "north", "east")]
    )
    quarters = {name: outline(drawn).buffer(60) for name, drawn in QUARTERS.items()}
    centre = outline(
        ((9300, 7950), (9350, 8600), (9900, 8640), (10260, 8480), (10150, 8050), (9800, 7800))
    )
    town = outline(((7700, 7600), (7300, 9300), (8600, 11500), (10200, 11600), (11000, 10100), (11300, 7400), (10600, 5500), (8900, 5700)))  # fmt: skip
    return (
        ("UG", "Secteur de la gare", "U", "0600", "Bureaux, hébergement hôtelier, commerce, logement", zones["gare"]),
        ("UV", "ZAC Gare-la-Vallée", "U", "0600", "Activités numériques, bureaux, logement, commerce", zones["gare_la_vallee"]),
        ("US", "ZAC Intercampus", "U", "0600", "Santé, enseignement, bureaux, logement", zones["intercampus"]),
        ("AUE", "ZAC de Renancourt", "AUc", "0600", "Énergie, bureaux, ateliers, logement", zones["renancourt"]),
        ("UE", "Activités et commerce de périphérie", "U", "0200", "Commerce, industrie, entrepôt", poles),
        ("UA", "Centre ancien", "U", "0100", "Logement, commerce, bureaux", centre),
        ("N", "Vallée de la Somme", "N", "0000", "Sans construction nouvelle", somme().buffer(90, quad_segs=3)),
        ("AUS", "Extension à long terme", "AUs", "0000", "Fermée à l'urbanisation", quarters["renancourt"].buffer(150)),
        ("UB", "Faubourgs", "U", "0100", "Logement, services, commerce de proximité", town.union(quarters["intercampus"]).union(quarters["valley"])),
        ("A", "Espace agricole", "A", "0000", "Agriculture", territory()),
    )  # fmt: skip


def _valley(reach: float, swing: float, *, phase: int) -> shapely.Geometry:
    """Land within a winding distance of the Somme."""
    river = somme()
    stations = np.arange(0, river.length, 40)
    waves = np.sin(stations / 310 + phase) + 0.6 * np.sin(stations / 127 + 2.1 * phase)
    reaches = np.maximum(reach + swing * waves, reach * 0.5)
    discs = shapely.buffer(shapely.line_interpolate_point(river, stations), reaches, quad_segs=8)
    return shapely.union_all(discs).simplify(2)


def _surface(shape: shapely.Geometry) -> shapely.Geometry:
    """Polygons of a shape on the centimetre grid, without the crumbs that overlays leave."""
    gridded = shapely.set_precision(shape, 0.01)
    parts = [part for part in getattr(gridded, "geoms", [gridded]) if part.geom_type == "Polygon"]
    kept = [part for part in parts if part.area > 0.5]
    return kept[0] if len(kept) == 1 else shapely.MultiPolygon(kept)
